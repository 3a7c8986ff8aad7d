"""What the secretariat does about the participants of a meeting: confirm, decline, enter guests, correct."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from convenor.cycle.members import SEATED, members_of, terms_in
from convenor.meetings.models import Meeting
from convenor.meetings.participants import letters
from convenor.meetings.participants.actions import days_for, full_sentence, is_full, locked, plan, seats_left
from convenor.meetings.participants.actions_attendance import today_of
from convenor.meetings.participants.models import NEXT, Capacity, Mode, Registration, State
from convenor.meetings.participants.shelves import forget_lists
from convenor.people.models import Person, running
from convenor.shared.errors import Refused
from convenor.shared.journal import record, typed


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account, as the secretariat enters them."""

    name: str
    mode: str
    days: Mapping[int, str] = field(default_factory=dict)
    organisation: str = ""
    position: str = ""
    country: str = ""
    group: str = ""
    contact: str = ""
    needs: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """How a line of the list should read."""

    mode: str
    days: Mapping[int, str]
    capacity: str
    organisation: str
    position: str


@dataclass(frozen=True, slots=True)
class Bulk:
    """What became of many at once."""

    confirmed: int
    left: int  # they wait on: the room is full
    mails: int


@transaction.atomic
def confirm(registration: Registration, *, by: Person, at: datetime, sentence: str = "") -> None:
    """Confirm one registration; the person is told at once, in their language.

    Raises:
        Refused: it waits no longer, or the room is full.
    """
    meeting = locked(registration.meeting)
    row = _row(meeting, registration.pk, State.CONFIRMED)
    if row.mode == Mode.ROOM and is_full(meeting):
        raise Refused(
            _("“%(name)s” was not confirmed. %(full)s Give the room more places, or ask whether online is possible.")
            % {"name": row.person.shown_name, "full": full_sentence(meeting)}
        )
    row.state, row.sentence = State.CONFIRMED, ""
    row.save(update_fields=["state", "sentence"])
    _told(meeting, row, sentence, at=at)
    _record_confirmed(meeting, 1, by=by, at=at)


@transaction.atomic
def decline(registration: Registration, *, sentence: str, by: Person, at: datetime) -> None:
    """Decline one registration with a sentence that goes to the person, and stays there for them to read.

    Raises:
        Refused: it is declined or withdrawn already, or there is no sentence.
    """
    meeting = locked(registration.meeting)
    row = _row(meeting, registration.pk, State.DECLINED)
    if not (sentence := " ".join(sentence.split())):
        raise Refused(_("Nothing was changed: say in a sentence why; it goes to the person."))
    row.state, row.sentence, row.is_listed = State.DECLINED, sentence[:300], False
    row.save(update_fields=["state", "sentence", "is_listed"])
    _told(meeting, row, row.sentence, at=at)
    record(
        scope=meeting.cycle.scope,
        verb="registration.declined",
        template=marked("A registration for “%(title)s” was declined."),
        private={"title": typed(meeting.title)},
        actor=by,
        subject=meeting,
        at=at,
    )


@transaction.atomic
def confirm_all(meeting: Meeting, keys: Collection[int], *, by: Person, at: datetime) -> Bulk:
    """Confirm those of these registrations that wait, the first that came first, as long as the room has places.

    Their mails are one batch, which waits in the outbox to be released.
    """
    meeting = locked(meeting)
    waiting = meeting.registrations.filter(pk__in=keys, state=State.ASKED).order_by("registered_at", "pk")
    seats, taken = seats_left(meeting), list[Registration]()
    rows = list(waiting.select_related("person"))
    for row in rows:
        if row.mode == Mode.ROOM and seats is not None:
            if seats <= 0:
                continue
            seats -= 1
        row.meeting, row.state = meeting, State.CONFIRMED
        taken.append(row)
    meeting.registrations.filter(pk__in=[row.pk for row in taken]).update(state=State.CONFIRMED, sentence="")
    mails = letters.send_batch(State.CONFIRMED, taken, forum=meeting.cycle.forum.slug, by=by, at=at)
    if taken:
        forget_lists(meeting)
        _record_confirmed(meeting, len(taken), by=by, at=at)
    return Bulk(len(taken), len(rows) - len(taken), mails)


@transaction.atomic
def enter_guest(meeting: Meeting, guest: Guest, *, by: Person, at: datetime) -> Registration:
    """Enter somebody who has no account, and tell them; they are confirmed, or, where the room is full, wait.

    An address of somebody of this forum means that person; any other address is noted with the registration only, so
    that nothing is said of who is known elsewhere.

    Raises:
        Refused: this person is registered already.
    """
    meeting = locked(meeting)
    row = _entered(meeting, guest, _known(meeting, [guest]), by=by, at=at)
    forget_lists(meeting)
    letters.send(row, at=at)
    return row


def _known(meeting: Meeting, guests: Sequence[Guest]) -> Mapping[str, Person]:
    """Find by address whom of these guests the forum knows."""
    addresses = {guest.contact.lower() for guest in guests if guest.contact}
    return {str(one.email): one for one in members_of(meeting.cycle.forum).filter(email__in=addresses)}


def _entered(meeting: Meeting, guest: Guest, known: Mapping[str, Person], *, by: Person, at: datetime) -> Registration:
    person = known.get(guest.contact.lower())
    if meeting.registrations.filter(_same(guest, person)).exists():
        raise Refused(
            _("“%(name)s” was not entered: this person is registered already, see the list.") % {"name": guest.name}
        )
    if person is None:
        person = Person.objects.create(name=guest.name, country=guest.country, group=guest.group)
    row = Registration(
        meeting=meeting,
        person=person,
        capacity=Capacity.GUEST,
        state=State.ASKED if guest.mode == Mode.ROOM and is_full(meeting) else State.CONFIRMED,
        contact="" if person.email else guest.contact,
        is_listed=guest.is_listed and person.email is None,  # somebody with an account says so themselves
        registered_at=at,
        entered_by=by,
    )
    _fill(row, guest)
    row.save()
    plan(row, guest.days, days_for(meeting, Capacity.GUEST))
    return row


def _same(guest: Guest, person: Person | None) -> Q:
    """Find who is a guest already: by person, by address, else by name and organisation among those without either."""
    if person:
        return Q(person=person)
    if guest.contact:
        return Q(contact=guest.contact)
    named = Q(person__name__iexact=guest.name, organisation__iexact=guest.organisation)
    return named & Q(person__email=None, contact="", capacity=Capacity.GUEST)


@transaction.atomic
def enter_guests(meeting: Meeting, guests: Sequence[Guest], *, by: Person, at: datetime) -> list[str]:
    """Enter many guests, as pasted from a spreadsheet; say of each why not, or nothing.

    Mails to those confirmed are one batch, which waits in the outbox to be released.
    """
    meeting, rows, said = locked(meeting), list[Registration](), list[str]()
    known = _known(meeting, guests)
    for guest in guests:
        try:
            rows.append(_entered(meeting, guest, known, by=by, at=at))
            said.append("")
        except Refused as refusal:
            said.append(str(refusal))
    forget_lists(meeting)
    confirmed = [row for row in rows if row.state == State.CONFIRMED]
    letters.send_batch(State.CONFIRMED, confirmed, forum=meeting.cycle.forum.slug, by=by, at=at)
    return said


@transaction.atomic
def ask_members(meeting: Meeting, *, by: Person, at: datetime) -> int:
    """Put every member of the committee on the list who is not, and ask them to answer; give how many.

    Their mails are one batch, which waits in the outbox to be released.
    """
    meeting = locked(meeting)
    seated = terms_in(meeting.cycle).filter(running(today_of(meeting, at)), role__in=SEATED, meeting="")
    known = meeting.registrations.values("person")
    people = Person.objects.filter(pk__in=seated.order_by().values("person")).exclude(pk__in=known).order_by("pk")
    rows = Registration.objects.bulk_create(
        Registration(
            meeting=meeting,
            person=person,
            capacity=Capacity.MEMBER,
            mode=Mode.ROOM,
            state=State.INVITED,
            organisation=person.organisation.name if person.organisation else "",
            registered_at=at,
            entered_by=by,
        )
        for person in people.select_related("organisation")
    )
    letters.send_batch(State.INVITED, rows, forum=meeting.cycle.forum.slug, by=by, at=at)
    return len(rows)


@transaction.atomic
def correct_guest(registration: Registration, guest: Guest) -> None:
    """Correct what was entered of somebody without an account.

    Raises:
        Refused: they have an account by now, or the room is full.
    """
    meeting = locked(registration.meeting)
    row = meeting.registrations.select_related("person").get(pk=registration.pk)
    if not row.is_without_account:
        raise Refused(_("Nothing was changed: this person has an account, and speaks for themselves."))
    _check_seat(meeting, row, guest.mode)
    others = meeting.registrations.exclude(pk=row.pk)
    if guest.contact and others.filter(contact=guest.contact).exists():
        raise Refused(_("Nothing was changed: somebody else on the list has this address."))
    row.contact, row.is_listed = guest.contact, guest.is_listed and row.state == State.CONFIRMED
    _fill(row, guest)
    row.save()
    plan(row, guest.days, days_for(meeting, Capacity(row.capacity)))
    for name in ("name", "country", "group"):
        setattr(row.person, name, getattr(guest, name))
    row.person.save(update_fields=["name", "country", "group"])
    forget_lists(meeting)


@transaction.atomic
def correct(registration: Registration, how: Correction) -> None:
    """Correct a line of the list: capacity, on site or online, organisation and position as printed.

    Raises:
        Refused: the room is full.
    """
    meeting = locked(registration.meeting)
    row = meeting.registrations.select_related("person").get(pk=registration.pk)
    _check_seat(meeting, row, how.mode)
    row.mode, row.capacity, row.organisation, row.position = how.mode, how.capacity, how.organisation, how.position
    row.save(update_fields=["mode", "capacity", "organisation", "position"])
    plan(row, how.days, days_for(meeting, Capacity(row.capacity)))
    forget_lists(meeting)


def _fill(row: Registration, guest: Guest) -> None:
    row.mode, row.organisation, row.position, row.needs = guest.mode, guest.organisation, guest.position, guest.needs


def _check_seat(meeting: Meeting, row: Registration, mode: str) -> None:
    if row.state == State.CONFIRMED and mode == Mode.ROOM and row.mode != Mode.ROOM and is_full(meeting):
        raise Refused(_("Nothing was changed. %(full)s") % {"full": full_sentence(meeting)})


def _row(meeting: Meeting, key: int, to: State) -> Registration:
    """Give a registration that can come into a state."""
    row = meeting.registrations.select_related("person").get(pk=key)
    if to not in NEXT[State(row.state)]:
        raise Refused(
            _("Nothing was changed: the registration of “%(name)s” is: %(state)s.")
            % {"name": row.person.shown_name, "state": row.get_state_display()}
        )
    return row


def _told(meeting: Meeting, row: Registration, sentence: str, *, at: datetime) -> None:
    row.meeting = meeting
    forget_lists(meeting)
    letters.send(row, at=at, sentence=sentence)


def _record_confirmed(meeting: Meeting, count: int, *, by: Person, at: datetime) -> None:
    record(
        scope=meeting.cycle.scope,
        verb="registration.confirmed",
        template=marked("Registrations for “%(title)s” that were confirmed: %(count)s."),
        values={"count": count},
        private={"title": typed(meeting.title)},
        actor=by,
        subject=meeting,
        at=at,
    )
