"""Sessions that their owner can see and end: Django's database sessions in a table of ours.

`settings.SESSION_ENGINE` names this module, which therefore holds `SessionStore`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY, user_logged_in
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from convenor.people.models import Person
from convenor.people.sessions_device import device_of
from convenor.people.sign_in_models import BrowserSession

TOUCH = timedelta(hours=1)
DEVICE, PROVED, ONLY = "device", "proved_at", "only"


class SessionStore(DatabaseStore):
    """A session whose row says whose it is and which browser's."""

    used_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[BrowserSession]:
        """Keep sessions in our table."""
        return BrowserSession

    def create_model_instance(self, data: dict[str, Any]) -> BrowserSession:
        """Write into the row what its owner reads on the account page."""
        row: BrowserSession = super().create_model_instance(data)  # type: ignore[assignment]  # the class given above
        device = data.get(DEVICE)
        if SESSION_KEY in data and device:
            row.person_id = int(data[SESSION_KEY])
            row.browser, row.system = device["browser"], device["system"]
            row.started_at = datetime.fromisoformat(device["started_at"])
            row.only = data.get(ONLY, "")
        return row

    def _get_session_from_db(self) -> BrowserSession | None:
        row: BrowserSession | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs leave it out
        self.used_at = (row.used_at or row.started_at) if row else None
        return row


@dataclass(frozen=True, slots=True)
class Listed:
    """One session as its owner sees it; the number names it in forms, and is no key to it."""

    number: str
    browser: str
    system: str
    started_at: datetime | None
    used_at: datetime | None
    only: str
    is_here: bool
    was_used_lately: bool


def number_of(key: str) -> str:
    """Give the number that stands for a session key on pages."""
    return salted_hmac("convenor.people.sessions", key, algorithm="sha256").hexdigest()[:20]


def listed(person: Person, *, here: str | None, at: datetime) -> list[Listed]:
    """Give a person's running sessions, this one first, then the newest first."""
    rows = person.browsers.filter(expire_date__gt=at).defer("session_data").order_by("-started_at")
    return sorted((_listed(row, here=here, at=at) for row in rows), key=lambda one: not one.is_here)


def _listed(row: BrowserSession, *, here: str | None, at: datetime) -> Listed:
    used_at = row.used_at or row.started_at
    return Listed(
        number=number_of(row.pk),
        browser=row.browser,
        system=row.system,
        started_at=row.started_at,
        used_at=used_at,
        only=row.only,
        is_here=row.pk == here,
        was_used_lately=used_at is not None and at - used_at < TOUCH,
    )


def end(person: Person, number: str) -> bool:
    """End the session of this number, if it is the person's; say whether there was one."""
    keys = BrowserSession.objects.filter(person=person).values_list("pk", flat=True)
    wanted = [key for key in keys if constant_time_compare(number_of(key), number)]
    return BrowserSession.objects.filter(pk__in=wanted).delete()[0] > 0


def end_others(person: Person, *, here: str | None) -> int:
    """End all sessions of a person but this one, and say how many there were."""
    return BrowserSession.objects.filter(person=person).exclude(pk=here or "").delete()[0]


def note_entry(*, request: HttpRequest, **_news: Any) -> None:
    """Note at every sign-in which browser it was and when; sweep out what has run out, whoever's it was."""
    now = timezone.now()
    browser, system = device_of(request.META.get("HTTP_USER_AGENT", ""))
    started_at = request.session.get(DEVICE, {}).get("started_at", now.isoformat())
    request.session[DEVICE] = {"browser": browser, "system": system, "started_at": started_at}
    request.session[PROVED] = now.timestamp()
    request.session.pop(ONLY, None)
    request.session.set_expiry(None)
    BrowserSession.objects.filter(expire_date__lte=now).delete()


def watch() -> None:
    """Have every sign-in noted, whichever way it came."""
    user_logged_in.connect(note_entry, dispatch_uid="convenor.people.sessions")
