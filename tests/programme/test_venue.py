"""Rooms and slots are entered as lines of text; what is wrong is said with its line."""

import pytest

from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.models import Placement, Room, Slot
from convenor.programme.venue import read_rooms, read_slots, rooms_text, slots_text
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.programme.making import make_session, make_venue, place, released

VENUE = "/igf/2017/timetable/venue/"
SLOTS = "2017-12-18 09:00 90\n2017-12-18 11:00 90"


def test_what_is_printed_is_read_again(cycle: Cycle):
    make_venue(cycle)
    rooms, slots = rooms_text(Room.objects.all()), slots_text(Slot.objects.all(), cycle.zone_info)

    assert rooms == "R1, 200\nR2, 100"
    assert slots.splitlines()[0] == "2017-12-18 09:00 90"
    assert [(one.name, one.seats) for one in read_rooms(rooms)] == [("R1", 200), ("R2", 100)]
    assert [one.starts_at for one in read_slots(slots, cycle)] == [one.starts_at for one in Slot.objects.all()]


def test_cells_pasted_from_a_spreadsheet_are_read(cycle: Cycle):
    assert [(one.name, one.seats) for one in read_rooms("Salle A, étage 2\t80\n\n قاعة ;60")] == [
        ("Salle A, étage 2", 80),
        ("قاعة", 60),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("XXI", "Line 1 is no room: “XXI”"),
        ("\nXXI, many", "Line 2 is no room: “XXI, many”"),
        ("A, 1\nA, 2", "Line 2 names the room “A” again"),
        ("A, 1\n" * 1001, "There are 1001 lines; up to 1000 are read"),
    ],
)
def test_a_line_that_is_no_room_is_refused(text: str, sentence: str):
    with pytest.raises(Refused, match=sentence):
        read_rooms(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("tomorrow", "Line 1 is no slot: “tomorrow”"),
        ("2017-12-18 25:00 90", "Line 1 is no slot"),
        ("2017-13-18 10:00 90", "Line 1 is no slot"),
        ("2017-12-18 10:00 0", "Line 1 is no slot"),
        ("2019-12-18 10:00 90", "is far from the meeting"),
    ],
)
def test_a_line_that_is_no_slot_is_refused(cycle: Cycle, text: str, sentence: str):
    with pytest.raises(Refused, match=sentence):
        read_slots(text, cycle)


def test_the_secretariat_enters_rooms_and_slots_and_keeps_what_stays(cycle: Cycle, client_as):
    client = client_as(Role.SECRETARIAT)
    client.post(VENUE, {"rooms": "A, 100\nB, 50", "slots": SLOTS})
    kept = Room.objects.get(name="B")
    place(make_session(cycle, 1001), Slot.objects.all()[0], kept)

    answer = client.post(VENUE, {"rooms": "B, 60\nC, 40", "slots": SLOTS})

    assert answer["Location"] == "/igf/2017/timetable/"
    assert list(Room.objects.values_list("name", "seats")) == [("B", 60), ("C", 40)]
    assert Room.objects.get(name="B").pk == kept.pk
    assert Placement.objects.count() == 1
    assert Slot.objects.count() == 2
    assert Entry.objects.count() == 2


def test_a_room_that_a_release_needs_is_not_taken_away_and_nothing_typed_is_lost(cycle: Cycle, client_as):
    make_venue(cycle)
    released(cycle, [make_session(cycle, 1001)])
    typed = {"rooms": "R2, 100\nNew, 5", "slots": slots_text(Slot.objects.all(), cycle.zone_info)}

    answer = client_as(Role.CHAIR).post(VENUE, typed)

    assert answer.status_code == 409
    assert "a release holds sessions in R1" in answer.content.decode()
    assert "New, 5" in answer.content.decode()
    assert sorted(Room.objects.values_list("name", flat=True)) == ["R1", "R2"]


def test_wrong_lines_are_said_and_kept(cycle: Cycle, client_as):
    answer = client_as(Role.CHAIR).post(VENUE, {"rooms": "<b>nothing", "slots": "2017-12-18 09:00 90"})

    assert answer.status_code == 409
    assert "Line 1 is no room: “&lt;b&gt;nothing”" in answer.content.decode()
    assert not Room.objects.exists()


def test_a_member_may_not_enter_rooms(cycle: Cycle, client_as):
    assert client_as(Role.MEMBER).get(VENUE).status_code == 403
