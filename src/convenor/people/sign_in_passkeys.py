"""Passkeys: made, named and taken away by their owner, and a way in of their own.

The library speaks WebAuthn; only keys that sit in the device with a check of their holder (a finger, a face, a PIN) are
made, so that one step is enough.
"""

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from convenor.people.models import Person
from convenor.people.sessions import end_others
from convenor.shared.errors import Refused

MOST_LETTERS = 20_000
MOST = 20
# What hostile or broken input makes the library raise, from whichever depth.
_BROKEN = (ValidationError, ValueError, TypeError, LookupError, AttributeError, ArithmeticError)


def passkeys_of(person: Person) -> list[Authenticator]:
    """Give somebody's passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def options_to_make(person: Person) -> dict[str, Any]:
    """Give what the browser needs to make a passkey; the session keeps the challenge."""
    options: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return options


def options_to_enter() -> dict[str, Any]:
    """Give what the browser needs to sign in with whichever passkey it has; the session keeps the challenge."""
    options: dict[str, Any] = auth.begin_authentication(user=None)
    return options


@transaction.atomic
def add(person: Person, *, name: str, answer: str) -> Authenticator:
    """Keep a passkey that the browser has just made.

    Raises:
        Refused: there are enough, or the browser's answer is not one to the last question.
    """
    count = len(passkeys_of(person))
    if count >= MOST:
        sentence = ngettext(
            "No passkey was added: you have %(count)s already. Take one away first.",
            "No passkey was added: you have %(count)s already. Take one away first.",
            count,
        )
        raise Refused(sentence % {"count": count})
    try:
        credential = _read(answer)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except _BROKEN as error:
        auth.clear_state()
        raise Refused(
            _(
                "No passkey was added: the browser handed over none that fits. It takes JavaScript and a device "
                "that can keep passkeys; try again."
            )
        ) from error
    if not made.is_user_verified():
        raise Refused(
            _("No passkey was added: the device did not check who you are. Switch its lock on and try again.")
        )
    row: Authenticator = auth.WebAuthn.add(
        person, name or _("Passkey %(number)s") % {"number": count + 1}, credential
    ).instance
    return row


def person_of_answer(answer: str) -> Person:
    """Give the person whose passkey answered the last question of this session.

    The key is found by its own number, not by what the answer says of its holder.

    Raises:
        Refused: it is not known here, or the answer does not fit.
    """
    try:
        credential = _read(answer)
        auth.parse_authentication_response(credential)
        row = Authenticator.objects.select_related("user").get(
            type=Authenticator.Type.WEBAUTHN, data__credential__id=str(credential["id"])
        )
        auth.complete_authentication(row.user, credential)
    except (*_BROKEN, Authenticator.DoesNotExist, Authenticator.MultipleObjectsReturned) as error:
        raise Refused(
            _("You were not signed in: this passkey is not known here, or the page was open for too long. Try again.")
        ) from error
    finally:
        auth.clear_state()  # a question is answered once, rightly or not
    row.record_usage()
    person: Person = row.user
    return person


def rename(row: Authenticator, *, name: str) -> None:
    """Give a passkey another name."""
    row.data["name"] = name
    row.save(update_fields=["data"])


@transaction.atomic
def remove(row: Authenticator, *, request: HttpRequest) -> None:
    """Take a passkey away, and sign its owner's other browsers out: one of them may have come in by it."""
    row.delete()
    end_others(row.user, here=request.session.session_key)


def _read(answer: str) -> dict[str, Any]:
    """Read what the script sent.

    Raises:
        ValueError: it is no object, or far too long.
    """
    found = json.loads(answer) if len(answer) <= MOST_LETTERS else None
    if not isinstance(found, dict):
        raise ValueError("no answer of a passkey")  # noqa: TRY004 - the same to its reader as text that is no JSON
    return found
