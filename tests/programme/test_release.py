"""Releasing the board: once, whole, and only when it can be held."""

import pytest

from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.actions import release
from convenor.programme.models import Placement, Release
from convenor.shared.errors import Refused
from convenor.shared.journal import sentence
from convenor.shared.journal.models import Entry
from tests.programme.making import AT, make_person, make_session, make_venue, place

ADDRESS = "/igf/2017/timetable/release/"


def cells(**which: object) -> list[tuple[int, str, int]]:
    """Read placements as session number, room name and slot."""
    rows = Placement.objects.filter(**which).order_by("session__number")
    return list(rows.values_list("session__number", "room__name", "slot"))


def test_a_release_is_a_numbered_copy_of_the_board_and_stands_in_the_journal(cycle: Cycle, person_as):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])
    place(make_session(cycle, 1002), slots[0], rooms[1], locked=True)

    made = release(cycle, by=person_as(Role.CHAIR), at=AT)

    assert (made.number, made.released_at) == (1, AT)
    assert cells(release=made) == cells(release=None)
    assert sentence(Entry.objects.get()) == "Release 1 of the programme was published: 2 sessions."


def test_two_clicks_release_once(cycle: Cycle, client_as):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])
    client = client_as(Role.SECRETARIAT)

    for _click in range(2):
        assert client.post(ADDRESS).status_code == 302

    assert list(Release.objects.values_list("number", flat=True)) == [1]
    assert Entry.objects.count() == 1


def test_the_next_release_leaves_the_one_before_as_it_was(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    placed = place(make_session(cycle, 1001), slots[0], rooms[0])
    first = release(cycle, by=None, at=AT)
    placed.room = rooms[1]
    placed.save()

    second = release(cycle, by=None, at=AT)

    assert second.number == 2
    assert cells(release=first) == [(1001, "R1", slots[0].pk)]
    assert cells(release=second) == [(1001, "R2", slots[0].pk)]


def test_an_empty_board_is_not_released(cycle: Cycle):
    with pytest.raises(Refused, match="no session has a place yet"):
        release(cycle, by=None, at=AT)


def test_a_board_with_a_session_left_over_is_not_released(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])
    make_session(cycle, 1002)

    with pytest.raises(Refused, match="Nothing was released: “Forum 1002” has no place"):
        release(cycle, by=None, at=AT)

    assert not Release.objects.exists()


def test_a_board_that_breaks_a_rule_is_not_released_and_says_which(cycle: Cycle, client_as):
    rooms, slots = make_venue(cycle)
    person = make_person("Amina Mfano")
    for number, room in zip((1001, 1002), rooms, strict=True):
        session = make_session(cycle, number)
        session.people.add(person)
        place(session, slots[0], room)

    page = client_as(Role.CHAIR).post(ADDRESS, follow=True).content.decode()

    words = "Amina Mfano would be in two places at a time: “Forum 1001” and “Forum 1002” (18 December, 09:00)."
    assert words in page
    assert not Release.objects.exists()


def test_many_broken_rules_are_counted_after_the_first_five(cycle: Cycle):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1000), slots[0], rooms[0])
    for number in range(1001, 1008):
        make_session(cycle, number)

    with pytest.raises(Refused, match=r"“Forum 1005” has no place\. 2 more rules are broken\."):
        release(cycle, by=None, at=AT)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SIGNED_IN])
def test_who_does_not_steer_may_not_release(cycle: Cycle, client_as, role: Role):
    rooms, slots = make_venue(cycle)
    place(make_session(cycle, 1001), slots[0], rooms[0])

    assert client_as(role).post(ADDRESS).status_code == 403
    assert not Release.objects.exists()
