"""What is changed is written at once; it is undone and redone whole, by whoever did it; nobody's work is lost."""

from datetime import timedelta

import pytest

from convenor.meetings.agenda.edits import Join, Move, Place, Remove, Renumber, Set, SplitBlock, SplitItem, Style
from convenor.meetings.editor import sitting
from convenor.meetings.editor.aside import hanging
from convenor.meetings.models import Continuation, Doubt, Item, Meeting, Sitting
from convenor.meetings.participants.models import Attendance, Coming
from convenor.meetings.requests.models import SlotRequest
from convenor.people.models import Person
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.meetings.editor.making import AT, LATER, agenda, block_key, day_key, fresh, key, lines

pytestmark = pytest.mark.django_db
START = [
    "Welcome", "2 Adoption of the agenda", "3 Updates from the initiatives and", "4 Policy options", "Lunch",
    "5 Open discussion", "1 Selection of workshops", "2 Main sessions", "3 Any other business",
]  # fmt: skip


def change(meeting: Meeting, *operations: object, by: Person, seen: int | None = None) -> sitting.Work:
    """Change the meeting as somebody who sees it as it stands."""
    meeting = fresh(meeting)
    version = meeting.sequence if seen is None else seen
    return sitting.change(meeting, operations, seen=version, by=by, at=LATER)  # type: ignore[arg-type]


def operation(meeting: Meeting, name: str) -> object:
    """Make one operation of each kind on the short meeting."""
    welcome, updates, policy = (key(meeting, title) for title in ("Welcome", "Updates", "Policy"))
    first, second = block_key(meeting, "10:00"), block_key(meeting, "10:50")
    title = "Updates from the initiatives and"
    return {
        "set": Set(welcome, "title", "Opening", "Welcome"),
        "move": Move(welcome, Place(second, policy)),
        "remove block": Remove(second),
        "remove day": Remove(day_key(meeting, 2)),
        "split item": SplitItem(updates, 7, title, ""),
        "split block": SplitBlock(second, policy, "11:00", ""),
        "join items": Join(updates, policy),
        "join blocks": Join(first, second),
        "number": Renumber("", (Style.NUMBER,), restart=False),
        "pin": Set(first, "pinned_end", value=True, was=False),
    }[name]


CHANGED = {
    "set": ["Opening", *START[1:]],
    "move": [*START[1:4], "Welcome", *START[4:]],
    "remove block": [*START[:2], *START[4:]],
    "remove day": START[:6],
    "split item": [*START[:2], "3 Updates", "from the initiatives and", *START[3:]],
    "split block": START,
    "join items": [*START[:2], "3 Updates from the initiatives and Policy options", *START[4:]],
    "join blocks": START,
    "number": [
        "1 Welcome", "2 Adoption of the agenda", "3 Updates from the initiatives and", "4 Policy options", "Lunch",
        "5 Open discussion", "6 Selection of workshops", "7 Main sessions", "8 Any other business",
    ],
    "pin": START,
}  # fmt: skip


@pytest.mark.parametrize("name", list(CHANGED))
def test_every_change_is_written_undone_and_redone(meeting: Meeting, secretary: Person, name: str):
    before = agenda(meeting)
    assert lines(meeting) == START

    change(meeting, operation(meeting, name), by=secretary)
    after = agenda(meeting)
    assert (lines(meeting), after != before) == (CHANGED[name], True)

    sitting.undo(fresh(meeting), by=secretary, at=LATER)
    assert agenda(meeting) == before
    sitting.redo(fresh(meeting), by=secretary, at=LATER)
    assert agenda(meeting) == after
    sitting.undo(fresh(meeting), by=secretary, at=LATER)
    assert agenda(meeting) == before


def test_what_hangs_on_a_part_comes_back_with_it(meeting: Meeting, secretary: Person):
    one, two = (Item.objects.get(pk=int(key(meeting, title)[1:])) for title in ("Selection", "Any other"))
    Continuation.objects.create(earlier=one, later=two, words="continued")
    Doubt.objects.create(meeting=meeting, code="lost_label", item=two, values={}, settled_at=AT, settled_by=secretary)
    Item.objects.filter(pk=two.pk).update(since=3)
    stood = (list(Continuation.objects.values()), list(Doubt.objects.order_by("pk").values()))

    change(meeting, Remove(day_key(meeting, 2)), by=secretary)
    assert (Continuation.objects.count(), Item.objects.filter(pk=two.pk).exists()) == (0, False)
    sitting.undo(fresh(meeting), by=secretary, at=LATER)

    assert (list(Continuation.objects.values()), list(Doubt.objects.order_by("pk").values())) == stood
    assert Item.objects.get(pk=two.pk).since == 3


def test_a_placed_request_finds_its_item_and_its_day_again(meeting: Meeting, secretary: Person):
    item, day = int(key(meeting, "Selection")[1:]), int(day_key(meeting, 2)[1:])
    request = SlotRequest.objects.create(
        meeting=meeting, title="Briefing", minutes=10, asked_at=AT, day_id=day, item_id=item, state="placed"
    )

    change(meeting, Remove(day_key(meeting, 2)), by=secretary)
    request.refresh_from_db()
    assert (request.item_id, request.day_id) == (None, None)
    sitting.undo(fresh(meeting), by=secretary, at=LATER)

    request.refresh_from_db()
    assert (request.item_id, request.day_id) == (item, day)


def test_links_open_points_and_attendance_hang_on_parts():
    assert set(hanging()) == {Continuation, Doubt, Coming, Attendance}


def test_an_agenda_stays_with_itself_through_a_long_sitting(meeting: Meeting, secretary: Person):
    before = agenda(meeting)
    names = ("pin", "move", "split item", "number", "split block", "remove day")
    for name in names:
        change(meeting, operation(meeting, name), by=secretary)
    for _name in names:
        sitting.undo(fresh(meeting), by=secretary, at=LATER)

    assert agenda(meeting) == before


# ---- two people


def test_two_people_change_different_things_and_both_stand(meeting: Meeting, secretary: Person, colleague: Person):
    seen = fresh(meeting).sequence
    welcome, other = key(meeting, "Welcome"), key(meeting, "Any other")

    change(meeting, Set(welcome, "title", "Opening", "Welcome"), by=secretary, seen=seen)
    change(meeting, Move(other, Place(block_key(meeting, "10:00"))), by=colleague, seen=seen)

    assert lines(meeting) == ["3 Any other business", "Opening", *START[1:-1]]


def test_the_same_field_is_not_overwritten_unseen(meeting: Meeting, secretary: Person, colleague: Person):
    seen, welcome = fresh(meeting).sequence, key(meeting, "Welcome")
    change(meeting, Set(welcome, "title", "Opening", "Welcome"), by=secretary, seen=seen)

    with pytest.raises(Refused, match="the title has changed since you saw it, from “Welcome” to “Opening”"):
        change(meeting, Set(welcome, "title", "Greetings", "Welcome"), by=colleague, seen=seen)

    assert lines(meeting)[0] == "Opening"


def test_a_part_that_the_other_took_out_is_gone(meeting: Meeting, secretary: Person, colleague: Person):
    seen, welcome = fresh(meeting).sequence, key(meeting, "Welcome")
    change(meeting, Remove(welcome), by=secretary, seen=seen)

    with pytest.raises(Refused, match="Somebody took it out"):
        change(meeting, Set(welcome, "title", "Opening", "Welcome"), by=colleague, seen=seen)


def test_each_undoes_their_own(meeting: Meeting, secretary: Person, colleague: Person):
    change(meeting, Set(key(meeting, "Welcome"), "title", "Opening", "Welcome"), by=secretary)
    change(meeting, Remove(key(meeting, "Any other")), by=colleague)

    sitting.undo(fresh(meeting), by=secretary, at=LATER)
    assert lines(meeting) == START[:-1]
    sitting.undo(fresh(meeting), by=secretary, at=LATER)  # nothing of theirs is left
    assert lines(meeting) == START[:-1]
    sitting.undo(fresh(meeting), by=colleague, at=LATER)
    assert lines(meeting) == START


def test_what_the_other_built_upon_is_not_undone(meeting: Meeting, secretary: Person, colleague: Person):
    title = "Updates from the initiatives and"
    change(meeting, SplitItem(key(meeting, "Updates"), 7, title, ""), by=secretary)
    change(meeting, Set(key(meeting, "from the"), "minutes", 20, None), by=colleague)

    with pytest.raises(Refused, match="a later correction was built on it"):
        sitting.undo(fresh(meeting), by=secretary, at=LATER)

    assert lines(meeting)[3] == "from the initiatives and"


# ---- the sitting


def test_the_journal_gets_one_entry_when_it_ends(meeting: Meeting, secretary: Person):
    for title, was in (("Opening", "Welcome"), ("Greetings", "Opening")):
        change(meeting, Set(key(meeting, was), "title", title, was), by=secretary)
    assert not Entry.objects.filter(verb="meeting.edited").exists()

    sitting.finish(fresh(meeting), by=secretary, at=LATER)
    sitting.finish(fresh(meeting), by=secretary, at=LATER)

    entry = Entry.objects.get(verb="meeting.edited")
    assert (entry.values, Sitting.objects.count()) == ({"count": 2}, 0)


def test_one_in_which_nothing_is_left_says_nothing(meeting: Meeting, secretary: Person):
    change(meeting, Remove(key(meeting, "Welcome")), by=secretary)
    sitting.undo(fresh(meeting), by=secretary, at=LATER)
    sitting.finish(fresh(meeting), by=secretary, at=LATER)

    assert not Entry.objects.filter(verb="meeting.edited").exists()


def test_one_that_rests_for_an_hour_ends(meeting: Meeting, secretary: Person):
    change(meeting, Remove(key(meeting, "Welcome")), by=secretary)

    assert sitting.finish_resting(at=LATER + timedelta(minutes=59)) == 0
    assert sitting.finish_resting(at=LATER + timedelta(minutes=60)) == 1
    assert Entry.objects.filter(verb="meeting.edited").count() == 1
    assert sitting.work_on(fresh(meeting)).log.done == ()


def test_one_that_others_wrote_past_ends(meeting: Meeting, secretary: Person):
    change(meeting, Remove(key(meeting, "Welcome")), by=secretary)
    Item.objects.filter(title="Lunch").update(title="Dinner")  # as a new version of the document does

    assert sitting.work_on(fresh(meeting)).log.done == ()
    change(meeting, Remove(key(meeting, "Dinner")), by=secretary)
    sitting.undo(fresh(meeting), by=secretary, at=LATER)

    assert lines(meeting) == [*START[1:4], "Dinner", *START[5:]]


def test_a_page_of_an_earlier_sitting_moves_nothing(meeting: Meeting, secretary: Person):
    seen, other = fresh(meeting).sequence, key(meeting, "Any other")
    change(meeting, Remove(key(meeting, "Welcome")), by=secretary)
    sitting.finish(fresh(meeting), by=secretary, at=LATER)

    with pytest.raises(Refused, match="the agenda has changed since you opened this page"):
        change(meeting, Remove(other), by=secretary, seen=seen)
    change(meeting, Set(other, "minutes", 5, None), by=secretary, seen=seen)  # says what it found, and may


def test_the_title_of_a_meeting_stays(meeting: Meeting, secretary: Person):
    with pytest.raises(Refused, match="a meeting needs one"):
        change(meeting, Set("", "title", None, "Example meeting"), by=secretary)

    change(meeting, Set("", "title", "Another meeting", "Example meeting"), by=secretary)
    assert fresh(meeting).title == "Another meeting"


def test_midnight_is_written_as_rows_keep_it(meeting: Meeting, secretary: Person):
    block = block_key(meeting, "15:00")
    change(meeting, Set(block, "end", "24:00", "16:00"), by=secretary)
    change(meeting, Set(block, "end", "17:00", "00:00"), by=secretary)
    sitting.undo(fresh(meeting), by=secretary, at=LATER)

    assert [one.end for day in agenda(meeting).days for one in day.blocks if one.key == block] == ["00:00"]
