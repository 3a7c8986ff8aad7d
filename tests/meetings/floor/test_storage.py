"""The log in the database: one order, nothing twice, nothing changed, names beside it."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction

from convenor.cycle.retention import RULES
from convenor.meetings.floor import Channel, Speaker, Wish, items, lists, turns
from convenor.meetings.floor.entries import Kind
from convenor.meetings.floor.orders import order
from convenor.meetings.floor_access import is_registered, part_in, verb_of
from convenor.meetings.floor_actions import (
    arrange,
    ask_for_floor,
    close_day,
    enter_request,
    open_day,
    steer,
    welcome_guest,
    withdraw_request,
)
from convenor.meetings.floor_log import entries_of, first_fault, setting_of, state_of
from convenor.meetings.floor_models import FloorEntry, FloorGuest
from convenor.meetings.floor_people import names_of, speakers
from convenor.meetings.floor_privacy import guests
from convenor.meetings.models import Item, Meeting
from convenor.meetings.participants.models import Registration
from convenor.meetings.permissions import KEEP_LIST, PRESIDE, TAKE_PART_OBSERVED, TAKE_PART_OPEN
from convenor.people.models import Person
from convenor.people.privacy_erasure import erase
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry as JournalEntry
from tests.meetings.conftest import NOW

People = Callable[..., Person]
LATER = NOW + timedelta(minutes=5)


def first_item(meeting: Meeting) -> str:
    """Give the key of the first item of the agenda."""
    return setting_of(meeting, state_of(meeting), at=NOW).items[0]


def take_up(meeting: Meeting, chair: Person) -> str:
    """Take the first item up; give its key."""
    item = first_item(meeting)
    steer(meeting, partial(items.take_up, item=item), by=chair, at=NOW, expected=state_of(meeting).mark)
    return item


def ask(meeting: Meeting, person: Person, **words: object) -> FloorEntry:
    """Let somebody ask for the floor in the room."""
    said = {"wish": Wish.INTERVENTION, "seat": Channel.ROOM, **words}
    return ask_for_floor(meeting, by=person, at=NOW, **said)  # type: ignore[arg-type]  # words of the test


def queue(meeting: Meeting) -> list[str]:
    """Give who waits, by name, in order."""
    state = state_of(meeting)
    persons = [state.requests[one.request].person for one in order(state, setting_of(meeting, state, at=NOW))]
    names = names_of(meeting, persons)
    return [names.get(one, "(erased)") for one in persons]


def test_the_order_of_a_day_follows_from_whom_it_is_for(opened: Meeting, chair: Person):
    assert [rule.value for rule in state_of(opened).rules] == ["community_first", "alternate"]
    close_day(opened, by=chair, at=LATER, expected=1)
    open_day(opened, opened.days.all()[1], by=chair, at=LATER, expected=2)

    assert [rule.value for rule in state_of(opened).rules] == ["members_first", "alternate"]


def test_people_of_the_committee_speak_after_the_community_on_the_open_day(
    opened: Meeting, chair: Person, somebody: People, person_as: Callable[[Role], Person]
):
    take_up(opened, chair)
    ask(opened, person_as(Role.MEMBER))
    ask(opened, somebody("Ana Silva"))
    guest = welcome_guest(opened, name="  Zoë   Hubs ", group="civ")
    enter_request(opened, guest, by=chair, at=NOW, wish=Wish.INTERVENTION, seat=Channel.HUB)

    assert queue(opened) == ["Ana Silva", "Zoë Hubs", "Example member"]


def test_who_clicks_second_is_told_what_has_happened(opened: Meeting, chair: Person, somebody: People):
    take_up(opened, chair)
    for name in ("Ana Silva", "Ben Kane"):
        ask(opened, somebody(name))
    seen = state_of(opened).mark
    steer(opened, turns.call_next, by=chair, at=LATER, expected=seen)

    with pytest.raises(Refused) as caught:
        steer(opened, turns.call_next, by=chair, at=LATER, expected=seen)

    assert str(caught.value) == (
        "The floor has been given to somebody meanwhile. Nothing was done a second time. "
        "Look at what stands there now, and click again if it is still wanted."
    )
    assert queue(opened) == ["Ben Kane"]


def test_a_message_that_comes_twice_is_entered_once(opened: Meeting, chair: Person, somebody: People):
    take_up(opened, chair)
    ana = somebody("Ana Silva")
    first = ask(opened, ana, token="a-1")
    withdraw_request(opened, first.sequence, by=ana, at=NOW)

    again = ask(opened, ana, token="a-1")

    assert (again.pk, queue(opened)) == (first.pk, [])
    assert ask(opened, somebody("Ben Kane"), token="a-1").pk != first.pk  # nobody takes a message for somebody else's
    with pytest.raises(ValueError, match="letters, digits and hyphens"):
        ask(opened, ana, token="Ana Silva")


def test_a_refusal_names_the_item_and_enters_nothing(opened: Meeting, chair: Person):
    item = take_up(opened, chair)
    count = FloorEntry.objects.count()
    name = str(Item.objects.get(pk=int(item[1:])))

    with pytest.raises(Refused) as caught:
        steer(opened, partial(items.take_up, item=item), by=chair, at=NOW, expected=state_of(opened).mark)

    assert str(caught.value) == f"{name} was not taken up: it is under way already."
    assert FloorEntry.objects.count() == count


def test_one_takes_back_ones_own_and_the_keeper_anybodys(opened: Meeting, chair: Person, somebody: People):
    take_up(opened, chair)
    ana, ben = somebody("Ana Silva"), somebody("Ben Kane")
    request = ask(opened, ana).sequence

    with pytest.raises(Refused, match="it is somebody else's request"):
        withdraw_request(opened, request, by=ben, at=NOW)
    withdraw_request(opened, request, by=chair, at=NOW, is_keeper=True)

    assert queue(opened) == []


def test_the_log_is_read_back_as_it_was_written(opened: Meeting, chair: Person, somebody: People):
    take_up(opened, chair)
    ask(opened, somebody("Ana Silva"))
    arrange(opened, lists.close_list, by=chair, at=LATER)

    assert [(one.sequence, one.kind.value, one.channel.value) for one in entries_of(opened)] == [
        (1, "day_opened", "room"),
        (2, "taken_up", "room"),
        (3, "asked", "room"),
        (4, "list_closed", "room"),
    ]
    assert first_fault(opened) is None


def test_a_changed_entry_shows(opened: Meeting, chair: Person):
    take_up(opened, chair)
    row = FloorEntry.objects.get(meeting=opened, sequence=1)
    with pytest.raises(ValueError, match="never changed"):
        row.save()
    with pytest.raises(ValueError, match="never changed"):
        FloorEntry.objects.filter(pk=row.pk).update(by="x")

    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_floorentry SET channel = 'chat' WHERE id = %s", [row.pk])

    assert first_fault(opened) == 1


def test_no_two_entries_have_one_number(opened: Meeting):
    row = FloorEntry.objects.get(meeting=opened, sequence=1)
    row.pk, row._state.adding = None, True

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_close_of_a_day_puts_the_digest_into_the_journal(opened: Meeting, chair: Person):
    entry = close_day(opened, by=chair, at=LATER, expected=1, token="close-1")
    close_day(opened, by=chair, at=LATER, expected=1, token="close-1")

    said = [sentence(one) for one in JournalEntry.objects.filter(verb="floor.day-closed")]
    assert said == [f"A day of “{opened.title}” was closed with entry 2 of its log: {entry.digest}."]


def test_erasing_somebody_keeps_the_log_whole_and_their_place_empty(opened: Meeting, chair: Person, somebody: People):
    take_up(opened, chair)
    ana = somebody("Ana Maria Silva")
    ask(opened, ana)
    guest = welcome_guest(opened, name="Ana Maria Silva", organisation="Hub")
    before = [(one.sequence, one.values) for one in entries_of(opened)]

    erase(ana, at=LATER)

    assert [(one.sequence, one.values) for one in entries_of(opened)] == before
    assert (first_fault(opened), queue(opened)) == (None, ["(erased)"])
    assert not FloorGuest.objects.filter(pk=guest.pk).exists()


def test_the_key_of_a_merged_row_leads_to_who_was_kept(opened: Meeting, somebody: People):
    ana = somebody("Ana Silva", group="civ")
    ana.former_keys = ["0e2b0a36-0f6f-4f0a-9a1e-5b7d4f1f2a3b"]
    ana.save(update_fields=["former_keys"])

    assert names_of(opened, ana.former_keys) == {ana.former_keys[0]: "Ana Silva"}
    assert speakers(opened, [*ana.former_keys, "nobody"], on=NOW.date()) == {
        ana.former_keys[0]: Speaker("civ", "", "none")
    }


def test_a_guest_is_noted_once_and_needs_a_name(opened: Meeting):
    one = welcome_guest(opened, name="Zoë Hubs", organisation="Hub Nairobi")

    assert welcome_guest(opened, name="zoë hubs", organisation="Hub  Nairobi") == one
    with pytest.raises(Refused, match="the name is missing"):
        welcome_guest(opened, name="  ")
    with pytest.raises(Refused, match="at most 200 characters"):
        welcome_guest(opened, name="x" * 201)


def test_the_names_of_guests_are_kept_for_a_time_from_the_last_day(opened: Meeting):
    guest = welcome_guest(opened, name="Zoë Hubs")

    assert guests(opened.cycle.forum) == {guest.pk: date(2017, 6, 14)}
    assert guests(None) == {}
    assert RULES["floor-guests"].act([guest.pk], LATER).rows == 1
    assert not FloorGuest.objects.exists()


def test_who_takes_part_follows_from_the_day_and_who_steers_from_the_role(opened: Meeting, chair: Person):
    assert part_in(opened, state_of(opened)) is TAKE_PART_OPEN
    assert verb_of(opened, Kind.FLOOR_GIVEN, state_of(opened)) is PRESIDE
    assert verb_of(opened, Kind.ASKED, state_of(opened), is_for_other=True) is KEEP_LIST
    close_day(opened, by=chair, at=LATER, expected=1)
    open_day(opened, opened.days.all()[1], by=chair, at=LATER, expected=2)
    assert verb_of(opened, Kind.OBJECTED, state_of(opened)) is TAKE_PART_OBSERVED


def test_who_is_registered_takes_part_without_a_role(opened: Meeting, chair: Person, somebody: People):
    ana, ben = somebody("Ana Silva"), somebody("Ben Kane")
    for person, state in ((ana, "confirmed"), (ben, "asked")):
        Registration.objects.create(
            meeting=opened, person=person, capacity="observer", mode="room", state=state, registered_at=NOW
        )
    assert [is_registered(opened, person, state_of(opened)) for person in (ana, ben, chair)] == [True, False, False]

    close_day(opened, by=chair, at=LATER, expected=1)
    assert not is_registered(opened, ana, state_of(opened))  # nothing is open
    day = opened.days.all()[1]
    day.audience = "members"
    day.save(update_fields=["audience"])
    open_day(opened, day, by=chair, at=LATER, expected=2)
    assert not is_registered(opened, ana, state_of(opened))


def test_what_is_asked_of_the_database_does_not_grow_with_the_list(
    opened: Meeting, chair: Person, somebody: People, django_assert_num_queries: Callable[[int], object]
):
    take_up(opened, chair)
    for turn in range(2):
        for number in range(1 + 10 * turn):
            ask(opened, somebody(f"Speaker {turn} {number}"))
        with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]  # a context manager
            steer(opened, turns.call_next, by=chair, at=LATER, expected=state_of(opened).mark)


QUERIES = 17 + (connection.vendor == "postgresql")  # which is told of the change, too
