"""What somebody does about their own part in a meeting: register, change it, withdraw; and until when that is open."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import ngettext

from convenor.cycle.deadlines import zone_of
from convenor.meetings.models import Audience, Day, Meeting
from convenor.meetings.participants import letters
from convenor.meetings.participants.models import NEXT, Capacity, Coming, Mode, Registration, State
from convenor.meetings.participants.opening import registers_now, until_words
from convenor.meetings.participants.shelves import forget_lists
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed

AT_ONCE = frozenset({Capacity.MEMBER, Capacity.SECRETARIAT})  # nobody confirms them
NOTHING = "–"  # how the journal prints what is not set


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of their taking part; organisation and position as the list prints them.

    `days` says from where they take part on which day; `mode` is the room if it is so on any day.
    """

    mode: str
    days: Mapping[int, str] = field(default_factory=dict)
    organisation: str = ""
    position: str = ""
    needs: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Settings:
    """How a meeting takes registrations and requests."""

    registers_from: datetime | None
    registers_until: datetime | None
    needs_confirming: bool
    takes_strangers: bool
    seats: int | None
    requests_until: datetime | None


def capacity_of(held: Collection[Role]) -> Capacity:
    """Say in which capacity somebody with these roles takes part."""
    if Role.MEMBER in held or Role.CHAIR in held:
        return Capacity.MEMBER
    return Capacity.SECRETARIAT if Role.SECRETARIAT in held else Capacity.OBSERVER


def days_for(meeting: Meeting, capacity: Capacity) -> list[Day]:
    """Give the days that somebody in this capacity may come to: those for members only are not for observers."""
    days = list(meeting.days.all())
    return days if capacity in AT_ONCE else [day for day in days if day.audience != Audience.MEMBERS]


def seats_left(meeting: Meeting) -> int | None:
    """Count the places in the room that nobody has; None where there is no limit."""
    if meeting.seats is None:
        return None
    return meeting.seats - meeting.registrations.filter(state=State.CONFIRMED, mode=Mode.ROOM).count()


def is_full(meeting: Meeting) -> bool:
    """Say whether nobody else fits into the room."""
    left = seats_left(meeting)
    return left is not None and left <= 0


def full_sentence(meeting: Meeting) -> str:
    """Say that the room is full."""
    seats = meeting.seats or 0
    words = ngettext(
        "The room has %(seats)s place, and it is taken.", "The room has %(seats)s places, and all are taken.", seats
    )
    return words % {"seats": seats}


@transaction.atomic
def register(meeting: Meeting, person: Person, said: Said, *, held: Collection[Role], at: datetime) -> Registration:
    """Register somebody for a meeting, or change what they said before; they get a receipt where its state is new.

    Members and the secretariat are confirmed at once, others as the meeting is set; where the room is full, whoever
    wants to come there waits. Locks the meeting, so that the last place is given once.

    Raises:
        Refused: registration is not open, was declined, the account has no name, or the room is full for somebody who
            is confirmed online.
    """
    meeting = locked(meeting)
    row = meeting.registrations.filter(person=person).first() or Registration(meeting=meeting, person=person)
    return put_down(meeting, row, said, held=held, at=at)


def put_down(meeting: Meeting, row: Registration, said: Said, *, held: Collection[Role], at: datetime) -> Registration:
    """Write down what somebody says of their registration; the meeting is locked.

    Raises:
        Refused: see `register`.
    """
    before = State(row.state) if row.pk else None
    _check(meeting, row, before, at=at)
    derived = capacity_of(held)
    is_guest = row.capacity == Capacity.GUEST and derived == Capacity.OBSERVER
    capacity = Capacity.GUEST if is_guest else derived
    days = days_for(meeting, capacity)
    if not days and meeting.days.exists():
        raise Refused(_("You are not registered: this meeting is for members only. Ask the secretariat."))
    row.state = _state_after(meeting, row, said, capacity, before)
    for name in ("mode", "organisation", "position", "needs", "is_listed"):
        setattr(row, name, getattr(said, name))
    row.capacity = capacity
    if before != row.state:
        row.registered_at = at
    row.sentence = ""
    row.save()
    plan(row, said.days, days)
    forget_lists(meeting)
    if before != row.state:
        letters.send(row, at=at)
    return row


def plan(row: Registration, said: Mapping[int, str], days: Collection[Day]) -> None:
    """Keep on which of these days somebody means to be there, and from where."""
    row.coming.all().delete()
    Coming.objects.bulk_create(
        Coming(registration=row, day=day, mode=said[day.pk]) for day in days if said.get(day.pk) in Mode.values
    )


def _check(meeting: Meeting, row: Registration, before: State | None, *, at: datetime) -> None:
    if before == State.DECLINED:
        raise Refused(
            _("You are not registered: the secretariat declined it. “%(sentence)s” Write to it if things have changed.")
            % {"sentence": row.sentence}
        )
    if not row.person.name:
        raise Refused(
            _("You are not registered: your account has no name yet. Give it one on your account page first.")
        )
    now = meeting.cycle.moment(at)
    if before in (None, State.WITHDRAWN) and not registers_now(meeting, now):
        raise Refused(closed_sentence(meeting, now))


def closed_sentence(meeting: Meeting, now: datetime) -> str:
    """Say that nobody can register now."""
    if meeting.registers_until is None:
        return _("You are not registered: registration for this meeting is not open. Ask the secretariat.")
    if meeting.registers_from and meeting.registers_from > now:
        since = until_words(meeting.registers_from, meeting.zone)
        return _("You are not registered: registration opens on %(since)s. Come back then.") % {"since": since}
    until = until_words(meeting.registers_until, meeting.zone)
    return _("You are not registered: registration closed on %(until)s. Ask the secretariat.") % {"until": until}


def _state_after(meeting: Meeting, row: Registration, said: Said, capacity: Capacity, before: State | None) -> State:
    needs_seat = said.mode == Mode.ROOM and not (before == State.CONFIRMED and row.mode == Mode.ROOM)
    has_seat = not needs_seat or not is_full(meeting)
    if before == State.CONFIRMED:
        if not has_seat:
            raise Refused(
                _("%(full)s You stay registered online; nothing was changed.") % {"full": full_sentence(meeting)}
            )
        return State.CONFIRMED
    waits = meeting.needs_confirming and capacity not in AT_ONCE
    return State.ASKED if waits or not has_seat else State.CONFIRMED


@transaction.atomic
def withdraw(registration: Registration, *, at: datetime) -> None:
    """Take a registration back: the place is free, the name leaves every list, what was needed is forgotten.

    Raises:
        Refused: it is not standing any more.
    """
    meeting = locked(registration.meeting)
    row = meeting.registrations.select_related("person").get(pk=registration.pk)
    if State.WITHDRAWN not in NEXT[State(row.state)]:
        raise Refused(_("Nothing was changed: you are not registered any more."))
    row.state, row.is_listed, row.needs = State.WITHDRAWN, False, ""
    row.save(update_fields=["state", "is_listed", "needs"])
    row.coming.all().delete()
    forget_lists(meeting)
    letters.send(row, at=at)


@transaction.atomic
def set_up(meeting: Meeting, settings: Settings, *, by: Person, at: datetime) -> bool:
    """Set until when people register and ask for slots, how many fit into the room, and whether observers wait; say
    whether anything changed.
    """
    meeting = locked(meeting)
    changed = [one.name for one in fields(settings) if getattr(meeting, one.name) != getattr(settings, one.name)]
    if not changed:
        return False
    for name in changed:
        setattr(meeting, name, getattr(settings, name))
    meeting.save(update_fields=changed)
    record(
        scope=meeting.cycle.scope,
        verb="registration.set",
        template=marked(
            "For “%(title)s”: registration from %(since)s until %(registers)s, places in the room %(seats)s, requests "
            "until %(requests)s."
        ),
        values={
            "since": _as_kept(meeting.registers_from, meeting.zone),
            "registers": _as_kept(meeting.registers_until, meeting.zone),
            "seats": NOTHING if meeting.seats is None else meeting.seats,
            "requests": _as_kept(meeting.requests_until, meeting.zone),
        },
        private={"title": typed(meeting.title)},
        actor=by,
        subject=meeting,
        at=at,
    )
    return True


def locked(meeting: Meeting) -> Meeting:
    """Lock a meeting."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("cycle__forum")
    return rows.get(pk=meeting.pk)


def _as_kept(moment: datetime | None, zone: str) -> str:
    return f"{moment.astimezone(zone_of(zone)):%Y-%m-%d %H:%M} {zone}" if moment else NOTHING
