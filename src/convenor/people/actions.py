"""What people do with their account."""

from datetime import date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from convenor.people.affiliations import find_or_make_organisation, speak_for
from convenor.people.models import Person
from convenor.people.sign_in_resume import resume_link as resume_link  # noqa: PLC0414 - where others look for it
from convenor.shared.errors import Refused

LINK_DAYS = 30
_links = Signer(salt="convenor.people.sign-in-link")


@transaction.atomic
def arrive(email: str, *, at: datetime) -> Person:
    """Give the person who has just proved to read this address, or make them.

    Somebody known only as a contributor takes their own row over.

    Raises:
        Refused: the account is closed.
    """
    person = Person.objects.by_email(email) or _newcomer(email)
    if not person.is_active:
        raise Refused(
            _(
                "You were not signed in: the account of %(email)s is closed. "
                "The secretariat of your forum can open it again."
            )
            % {"email": person.email}
        )
    if person.joined_at is None:
        person.joined_at = at
        person.save(update_fields=["joined_at"])
    return person


def _newcomer(email: str) -> Person:
    try:
        with transaction.atomic():
            return Person.objects.create_user(email)
    except IntegrityError:  # added by somebody else between the look-up and now
        return Person.objects.get(email=email.lower())


@transaction.atomic
def save_profile(
    person: Person, *, name: str, country: str, group: str, gender: str, organisation: str, language: str, on: date
) -> Person:
    """Save what somebody says about themselves; another organisation, found or made, counts from a day on."""
    person.name, person.country, person.group = name, country, group
    person.gender, person.language = gender, language
    person.save(update_fields=["name", "country", "group", "gender", "language"])
    speak_for(person, find_or_make_organisation(organisation) if organisation else None, on=on)
    return person


def sign_in_link(person: Person, *, at: datetime) -> str:
    """Give a path that signs this person in for thirty days, in the demo only."""
    return reverse("people:enter", args=[_links.sign(f"{person.pk}.{int(at.timestamp())}")])


def open_link(token: str, *, at: datetime) -> Person:
    """Give the person of a sign-in link.

    Raises:
        Refused: the link was changed, is too old, or its person is gone.
    """
    try:
        key, made = map(int, _links.unsign(token).split("."))
    except (BadSignature, ValueError):
        key, made = 0, 0
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None or at.timestamp() - made > timedelta(days=LINK_DAYS).total_seconds():
        raise Refused(
            _(
                "You were not signed in: this link is older than %(days)s days or not complete. "
                "Start the demo again for new links."
            )
            % {"days": LINK_DAYS}
        )
    return person
