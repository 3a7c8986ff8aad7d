"""Links in mails that lead back to one draft without a code, so that a late code locks nobody out of their work.

What somebody with the mail can do, and what not, is in docs/howto/sign-in-and-mail.md. The link names its person, one
path and the moment it was made, all signed; it is void once the person's address or password changes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import login
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from convenor.people.models import Person
from convenor.people.sessions import ONLY, PROVED
from convenor.shared.errors import Refused

RESUME_DAYS = 14
SESSION_SECONDS = 24 * 3600
_signer = Signer(salt="convenor.people.resume-link")


@dataclass(frozen=True, slots=True)
class Opened:
    """A link as it was read: whose, where it leads, and whether it still lets in."""

    person: Person
    path: str
    is_valid: bool


def resume_link(person: Person, path: str, *, at: datetime) -> str:
    """Give a path for a mail that opens one draft, and what lies below its path, for fourteen days.

    The draft's own page still decides whether it is this person's. In a mail, `settings.ORIGIN` goes before it.

    Raises:
        ValueError: not the path of a page here, with a slash at both ends.
    """
    if not (path.startswith("/") and path.endswith("/")) or "//" in path or ".." in path or set(path) & set("?#\\"):
        raise ValueError(f"{path!r} is no path of a page here with a slash at both ends")
    if path == "/":
        raise ValueError("a link for everything is no link for a draft")
    values = {"person": person.pk, "path": path, "at": int(at.timestamp()), "seal": _seal(person)}
    return reverse("sign-in:resume", args=[_signer.sign_object(values, compress=True)])


def open_resume(token: str, *, at: datetime) -> Opened:
    """Read a link.

    Raises:
        Refused: it was changed, is not complete, or its person is gone.
    """
    try:
        values = _signer.unsign_object(token)
    except (BadSignature, ValueError):
        values = {}
    person = Person.objects.filter(pk=values.get("person")).first()
    if person is None:
        raise Refused(
            _(
                "This link is not complete, or it was changed. Copy the whole of it from the mail, or sign in: "
                "your draft is kept."
            )
        )
    is_young = at.timestamp() - values["at"] <= timedelta(days=RESUME_DAYS).total_seconds()
    is_same = constant_time_compare(values["seal"], _seal(person))
    return Opened(person, values["path"], is_valid=is_young and is_same and person.is_active)


def is_protected(person: Person) -> bool:
    """Say whether somebody chose more than their mailbox to guard the account; then a link alone opens nothing."""
    return (
        has_password(person)
        or Authenticator.objects.filter(user=person).exists()
        or SocialAccount.objects.filter(user=person).exists()
    )


def has_password(person: Person) -> bool:
    """Say whether somebody set a password; rows of people who never signed in hold an empty one."""
    return bool(person.password) and person.has_usable_password()


def let_into_draft(request: HttpRequest, opened: Opened) -> None:
    """Open a session that is good for the one path, for a day, and proves nothing."""
    login(request, opened.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[ONLY] = opened.path
    request.session.pop(PROVED)
    request.session.set_expiry(SESSION_SECONDS)


def _seal(person: Person) -> str:
    words = f"{person.email}\n{person.password}"
    return salted_hmac("convenor.people.resume", words, algorithm="sha256").hexdigest()[:24]
