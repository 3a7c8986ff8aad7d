"""Mails about a registration, in the language of whoever gets them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from convenor.meetings.models import Meeting
from convenor.meetings.participants.links import link_of
from convenor.meetings.participants.models import Capacity, Mode, Registration, State
from convenor.meetings.wording import dates_in_words
from convenor.people.models import Person
from convenor.shared.mail import kinds
from convenor.shared.mail.actions import Letter, write, write_all
from convenor.shared.mail.kinds import Example, Kind, Placeholder

KINDS = {
    State.INVITED: "meetings.registration-asked",
    State.ASKED: "meetings.registration-received",
    State.CONFIRMED: "meetings.registration-confirmed",
    State.DECLINED: "meetings.registration-declined",
    State.WITHDRAWN: "meetings.registration-withdrawn",
}
LINK = "meetings.registration-link"
MOST_CHOICES = 50
_WORDS = {
    State.INVITED: (
        gettext_noop("Question to the members of the committee"),
        gettext_noop("Goes to members who have not said whether they come, when the secretariat releases it."),
        gettext_noop("{meeting}: do you take part?"),
        gettext_noop(
            "Dear {name},\n\nplease say whether you take part in “{meeting}” ({days}), and on which days you come or "
            "connect. {sentence}\n\nAnswer here:\n{link}"
        ),
    ),
    State.ASKED: (
        gettext_noop("Receipt of a registration that waits"),
        gettext_noop("Goes at once to whoever registers for a meeting and has to wait for the secretariat."),
        gettext_noop("{meeting}: your registration waits"),
        gettext_noop(
            "Dear {name},\n\nyour registration for “{meeting}” ({days}) has arrived: {capacity}, {mode}. "
            "The secretariat answers it. {sentence}\n\nChange it or withdraw it here:\n{link}"
        ),
    ),
    State.CONFIRMED: (
        gettext_noop("Confirmation of a registration"),
        gettext_noop(
            "Goes to whoever takes part in a meeting: at once, or, where the secretariat confirms many together, when "
            "it releases them."
        ),
        gettext_noop("{meeting}: your registration is confirmed"),
        gettext_noop(
            "Dear {name},\n\nyou are registered for “{meeting}” ({days}): {capacity}, {mode}. {sentence}\n\n"
            "Your registration and the agenda are here:\n{link}"
        ),
    ),
    State.DECLINED: (
        gettext_noop("A registration is declined"),
        gettext_noop("Goes at once to whoever the secretariat does not register for a meeting."),
        gettext_noop("{meeting}: your registration"),
        gettext_noop(
            "Dear {name},\n\nthe secretariat could not register you for “{meeting}” ({days}).\n\n{sentence}\n\n{link}"
        ),
    ),
    State.WITHDRAWN: (
        gettext_noop("Receipt of a withdrawal"),
        gettext_noop("Goes at once to whoever withdraws a registration for a meeting."),
        gettext_noop("{meeting}: your registration is withdrawn"),
        gettext_noop(
            "Dear {name},\n\nyour registration for “{meeting}” ({days}) is withdrawn, and your name is on no list of "
            "it. {sentence}\n\nAs long as registration is open you can register again here:\n{link}"
        ),
    ),
}


def register_kinds() -> None:
    """Register them; called once, when the parts are ready."""
    for state, (title, purpose, subject, text) in _WORDS.items():
        kinds.register(
            Kind(
                code=KINDS[state],
                title=title,
                purpose=purpose,
                subject=subject,
                text=text,
                placeholders=_placeholders(),
                choices=_choices(state),
                example=_example,
            )
        )
    kinds.register(
        Kind(
            code=LINK,
            title=gettext_noop("Link to register without an account"),
            purpose=gettext_noop("Goes at once to an address with which somebody wants to register for a meeting."),
            subject=gettext_noop("{meeting}: go on with your registration"),
            text=gettext_noop(
                "Hello,\n\nsomebody, we think you, wants to take part in “{meeting}” ({days}) and gave this address. "
                "Go on here; the same link changes the registration later, so keep it to yourself:\n{link}\n\n"
                "If it was not you, do nothing: nothing is kept."
            ),
            placeholders=tuple(
                replace(one, is_needed=one.is_link)
                for one in _placeholders()
                if one.name in ("meeting", "days", "link")
            ),
            is_secret=True,
        )
    )


def _placeholders() -> tuple[Placeholder, ...]:
    return (
        Placeholder("name", gettext_noop("name of the person"), "Amina Diallo"),
        Placeholder("meeting", gettext_noop("title of the meeting"), "2nd Open Consultations"),
        Placeholder("days", gettext_noop("days of the meeting"), "12–14 June 2017"),
        Placeholder("capacity", gettext_noop("in which capacity the person takes part"), "observer"),
        Placeholder("mode", gettext_noop("on site or online"), "on site"),
        Placeholder("sentence", gettext_noop("what the secretariat adds, or nothing"), "The room is full."),
        Placeholder(
            "link",
            gettext_noop("address of the page of the registration"),
            f"{settings.ORIGIN}/igf/2017/meetings/june/participants/me/",
            is_link=True,
        ),
    )


def address_of(row: Registration) -> Person | str | None:
    """Give to whom mails about a registration go: the account, else the address that was noted, else nobody."""
    return row.person if row.person.email else row.contact or None


def language_of(row: Registration) -> str:
    """Give the language in which somebody is written to: their own, else that of the meeting."""
    return row.person.language or row.meeting.language or row.meeting.cycle.language


def send(row: Registration, *, at: datetime, sentence: str = "") -> None:
    """Tell somebody where their registration stands now; somebody without an address is not told."""
    to = address_of(row)
    if to is None:
        return
    letter = _letter(row, to, sentence)
    write(
        KINDS[State(row.state)],
        to=to,
        context=letter.context,
        language=letter.language,
        forum=row.meeting.cycle.forum.slug,
        at=at,
    )


def send_batch(state: State, rows: Iterable[Registration], *, forum: str, by: Person, at: datetime) -> int:
    """Write to many that their registration came into a state, as one batch that the secretariat releases; count."""
    letters = [_letter(row, to, "") for row in rows if (to := address_of(row)) is not None]
    if letters:
        write_all(KINDS[state], letters, forum=forum, at=at, by=by)
    return len(letters)


def _letter(row: Registration, to: Person | str, sentence: str) -> Letter:
    language = language_of(row)
    with override(language):
        return Letter(to, values_for(row, sentence), language)


def values_for(row: Registration, sentence: str = "") -> dict[str, str]:
    """Give what fills a mail about a registration, in the language that is on."""
    meeting = row.meeting
    return {
        "name": row.person.name,
        "meeting": meeting.title,
        "days": dates_in_words(meeting.days.all()) or _("no date yet"),
        "capacity": str(Capacity(row.capacity).label),
        "mode": str(Mode(row.mode).label),
        "sentence": sentence,
        "link": f"{settings.ORIGIN}{own_page(row)}",
    }


def own_page(row: Registration) -> str:
    """Give the address where somebody changes their registration; without an account, one that holds who they are."""
    if row.is_without_account and row.contact:
        return link_of(row.meeting, row.contact)
    return reverse("meetings:participants:me", args=(*row.meeting.cycle.address, row.meeting.slug))


def send_link(meeting: Meeting, email: str, *, at: datetime) -> None:
    """Send to an address where it can register; somebody with an account here gets the way through it.

    Whoever asks reads the same either way, so that nobody learns who is known here.
    """
    person = Person.objects.filter(email=email).first()
    language = (person.language if person else "") or get_language() or ""
    address = (*meeting.cycle.address, meeting.slug)
    page = reverse("meetings:participants:me", args=address) if person else link_of(meeting, email)
    with override(language):
        context = {
            "meeting": meeting.title,
            "days": dates_in_words(meeting.days.all()) or _("no date yet"),
            "link": f"{settings.ORIGIN}{page}",
        }
    write(LINK, to=person or email, context=context, language=language, forum=meeting.cycle.forum.slug, at=at)


def _rows(cycle: Any) -> QuerySet[Registration]:
    rows = Registration.objects.filter(meeting__cycle=cycle)
    return rows.select_related("person", "meeting__cycle__forum").order_by("-registered_at", "-pk")


def _choices(state: State) -> Any:
    def choices(cycle: Any) -> list[tuple[str, str]]:
        rows = _rows(cycle).filter(state=state)[:MOST_CHOICES]
        return [(str(row.pk), f"{row.person}, {row.meeting}") for row in rows]

    return choices


def _example(cycle: Any, key: str) -> Example | None:
    row = _rows(cycle).filter(pk=int(key)).first() if key.isdecimal() and key.isascii() else None
    return None if row is None else Example(values_for(row, row.sentence), language_of(row))
