"""The code that waits in a browser's session until it is typed.

The session holds a keyed digest, so that nobody who reads the table of sessions learns a code.
"""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.template.loader import render_to_string
from django.utils.crypto import constant_time_compare, salted_hmac

from convenor.shared.mail.message import CodeMail

MINUTES, DIGITS, TRIES = 15, 8, 3
_KEY = "code"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A code that was sent to an address; `at` is seconds since 1970."""

    email: str
    digest: str
    at: float
    wrong: int = 0

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """Give the code that waits in a session, however old."""
        kept = session.get(_KEY)
        return cls(**kept) if kept else None

    def age_minutes(self, now: datetime) -> int:
        """Give the whole minutes since it was sent."""
        return int((now.timestamp() - self.at) // 60)

    def is_late(self, now: datetime) -> bool:
        """Say whether it no longer works."""
        return now.timestamp() - self.at > MINUTES * 60

    def is_right(self, typed: str) -> bool:
        """Compare, in digits of any script, with or without the dash."""
        return constant_time_compare(_digest(self.email, digits_of(typed)), self.digest)


def send(session: SessionBase, email: str, *, at: datetime) -> None:
    """Send a new code to an address and have it wait in the session; an earlier one is void."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    context = {"code": f"{code[:4]}-{code[4:]}", "minutes": MINUTES, "address": settings.ORIGIN}
    subject = render_to_string("account/email/login_code_subject.txt", context).strip()
    text = render_to_string("account/email/login_code_message.txt", context).strip()
    CodeMail(subject, f"{text}\n", settings.DEFAULT_FROM_EMAIL, [email]).send()
    session[_KEY] = {"email": email, "digest": _digest(email, code), "at": at.timestamp(), "wrong": 0}


def count_wrong(session: SessionBase, waiting: Waiting) -> bool:
    """Count a wrong code; say whether another try is left.

    Many requests at once may overwrite each other's count here: the limit on tries of one code holds then.
    """
    session[_KEY] = {**session[_KEY], "wrong": waiting.wrong + 1}
    return waiting.wrong + 1 < TRIES


def drop(session: SessionBase) -> None:
    """Make the waiting code void."""
    session.pop(_KEY, None)


def digits_of(typed: str) -> str:
    """Give the digits in a text, those of any script as those of ours."""
    return "".join(str(value) for letter in typed if (value := unicodedata.decimal(letter, None)) is not None)


def _digest(email: str, code: str) -> str:
    return salted_hmac("convenor.people.code", f"{email}\n{code}", algorithm="sha256").hexdigest()
