"""Somebody registers, changes what they said, and withdraws."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from convenor.meetings.models import Meeting
from convenor.meetings.participants.actions import Said, register, withdraw
from convenor.meetings.participants.models import NEXT, Capacity, Mode, Registration, State
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.mail.models import Mail
from tests.meetings.participants.conftest import AT, UNTIL, coming, days_of

pytestmark = pytest.mark.django_db
ROOM, ONLINE = Said("room"), Said("online")


def test_every_state_has_a_row():
    assert set(NEXT) == set(State)


def test_an_observer_waits_and_gets_a_receipt(meeting: Meeting, observer: Person):
    said = Said(
        "room", days_of(meeting, "room", "online"), organisation="Cable Union", position="Engineer", needs="Ramp"
    )
    row = register(meeting, observer, said, held=[Role.SIGNED_IN], at=AT)

    assert (row.state, row.capacity, row.mode, row.is_listed) == ("asked", "observer", "room", False)
    assert (row.organisation, row.position, row.needs) == ("Cable Union", "Engineer", "Ramp")
    assert coming(row) == [("Day 1", "room"), ("Day 2", "online")]
    mail = Mail.objects.get()
    assert (mail.to, mail.kind) == (observer.email, "meetings.registration-received")
    assert "12–14 June 2100" in mail.text


def test_a_day_for_members_only_is_no_day_of_an_observer(meeting: Meeting, observer: Person):
    row = register(meeting, observer, Said("room", days_of(meeting, "room", "", "room")), held=(), at=AT)

    assert coming(row) == [("Day 1", "room")]


def test_a_meeting_for_members_only_takes_no_observers(meeting: Meeting, observer: Person):
    meeting.days.update(audience="members")
    with pytest.raises(Refused, match="this meeting is for members only"):
        register(meeting, observer, ROOM, held=(), at=AT)


@pytest.mark.parametrize(
    ("role", "capacity"),
    [(Role.MEMBER, Capacity.MEMBER), (Role.CHAIR, Capacity.MEMBER), (Role.SECRETARIAT, Capacity.SECRETARIAT)],
)
def test_the_committee_is_confirmed_at_once(meeting: Meeting, person_as: Callable[[Role], Person], role, capacity):
    row = register(meeting, person_as(role), Said("room", days_of(meeting, "", "", "room")), held=[role], at=AT)

    assert (row.state, row.capacity) == (State.CONFIRMED, capacity)
    assert coming(row) == [("Day 3", "room")]


def test_observers_are_confirmed_at_once_where_the_meeting_says_so(meeting: Meeting, observer: Person):
    Meeting.objects.update(needs_confirming=False)

    assert register(meeting, observer, ROOM, held=(), at=AT).state == State.CONFIRMED


@pytest.mark.parametrize(
    ("since", "until", "sentence"),
    [
        (None, None, "registration for this meeting is not open"),
        (AT + timedelta(hours=1), UNTIL, r"opens on 20 May 2100, 12:00 Europe/Zurich \(UTC\+2\)"),
        (None, AT - timedelta(minutes=1), r"closed on 20 May 2100, 10:59 Europe/Zurich \(UTC\+2\)"),
    ],
)
def test_outside_its_dates_nobody_registers(meeting: Meeting, observer: Person, since, until, sentence):
    Meeting.objects.update(registers_from=since, registers_until=until)
    with pytest.raises(Refused, match=sentence):
        register(meeting, observer, ROOM, held=(), at=AT)

    assert Registration.objects.count() == 0


def test_the_stated_minute_still_counts(meeting: Meeting, observer: Person):
    register(meeting, observer, ROOM, held=(), at=UNTIL + timedelta(seconds=59))
    with pytest.raises(Refused, match="closed on 5 June 2100, 23:59"):
        register(meeting, Person.objects.create(name="Late"), ROOM, held=(), at=UNTIL + timedelta(seconds=60))


def test_somebody_registered_changes_after_the_end_and_no_second_mail_goes(
    meeting: Meeting, observer: Person, registered: Registration
):
    row = register(meeting, observer, Said("online", is_listed=True), held=(), at=UNTIL + timedelta(days=2))

    assert (row.pk, row.mode, row.is_listed, row.registered_at) == (registered.pk, Mode.ONLINE, True, AT)
    assert Mail.objects.count() == 1


def test_the_last_place_is_given_once(meeting: Meeting, person_as: Callable[[Role], Person]):
    Meeting.objects.update(seats=1)
    first = register(meeting, person_as(Role.MEMBER), ROOM, held=[Role.MEMBER], at=AT)
    second = register(meeting, person_as(Role.CHAIR), ROOM, held=[Role.CHAIR], at=AT)

    assert (first.state, second.state) == (State.CONFIRMED, State.ASKED)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the test database of SQLite lives in memory: no two writers")
@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_same_moment_one_gets_the_last_place(meeting: Meeting):
    Meeting.objects.update(seats=1)
    people = [Person.objects.create(name=f"P{n}", email=f"p{n}@example.org") for n in range(4)]

    def come(person: Person) -> None:
        try:
            register(meeting, person, ROOM, held=[Role.MEMBER], at=AT)
        finally:
            connection.close()

    threads = [threading.Thread(target=come, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Registration.objects.values_list("state", flat=True)) == ["asked", "asked", "asked", "confirmed"]


def test_whoever_is_confirmed_online_stays_so_where_the_room_is_full(meeting: Meeting, person_as):
    Meeting.objects.update(seats=0)
    member = person_as(Role.MEMBER)
    register(meeting, member, ONLINE, held=[Role.MEMBER], at=AT)
    with pytest.raises(Refused, match="You stay registered online"):
        register(meeting, member, ROOM, held=[Role.MEMBER], at=AT)

    assert Registration.objects.get().mode == Mode.ONLINE


def test_without_a_name_nobody_registers(meeting: Meeting):
    with pytest.raises(Refused, match="your account has no name yet"):
        register(meeting, Person.objects.create(email="x@example.org"), ROOM, held=(), at=AT)


def test_withdrawing_frees_the_place_and_forgets_what_was_needed(meeting: Meeting, observer: Person):
    row = register(
        meeting, observer, Said("room", days_of(meeting, "room"), needs="Ramp", is_listed=True), held=(), at=AT
    )
    withdraw(row, at=AT)

    row.refresh_from_db()
    assert (row.state, row.needs, row.is_listed, coming(row)) == (State.WITHDRAWN, "", False, [])
    assert [mail.kind for mail in Mail.objects.order_by("pk")] == [
        "meetings.registration-received",
        "meetings.registration-withdrawn",
    ]
    with pytest.raises(Refused, match="you are not registered any more"):
        withdraw(row, at=AT)

    assert register(meeting, observer, ROOM, held=(), at=AT).state == State.ASKED
