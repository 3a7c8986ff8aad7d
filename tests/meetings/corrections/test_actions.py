"""A draft is corrected, read again and made a meeting; a meeting takes a new version, and its rows stay."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from convenor.cycle.models import Cycle
from convenor.meetings.actions import hand_in, make_meeting, settle_doubt, undo_continuation
from convenor.meetings.agenda import Item as Plain
from convenor.meetings.agenda.edits import Add, Place, Remove, Set
from convenor.meetings.corrections import actions
from convenor.meetings.corrections.revision import hand_in_version, proposal, revise_meeting
from convenor.meetings.models import AgendaDraft, Continuation, Doubt, Item, Meeting
from convenor.people.models import Person
from convenor.people.roles import Role
from convenor.shared.errors import Refused
from convenor.shared.journal.models import Entry
from tests.meetings.corrections.making import TEXT, titles

pytestmark = pytest.mark.django_db
NOW = datetime(2017, 6, 12, 8, 0, tzinfo=UTC)


@pytest.fixture
def secretary(person_as: Callable[[Role], Person]) -> Person:
    """Give a person of the secretariat."""
    return person_as(Role.SECRETARIAT)


@pytest.fixture
def short(secretary: Person) -> AgendaDraft:
    """Give the short document as it was handed in."""
    return hand_in(TEXT, by=secretary, at=NOW, file_name="agenda.txt")


@pytest.fixture
def standing(june: Meeting) -> Meeting:
    """Give the meeting of June as it stands."""
    june.refresh_from_db()
    return june


def lines(draft: AgendaDraft) -> list[str]:
    """Give the corrected items of a draft."""
    return titles(actions.state_of(AgendaDraft.objects.get(pk=draft.pk)).reading.agenda)


def make(draft: AgendaDraft, cycle: Cycle, by: Person) -> Meeting:
    """Make a meeting of a draft."""
    meeting = make_meeting(draft, into=cycle, title="Example", zone="Europe/Zurich", by=by, at=NOW, slug="example")
    meeting.refresh_from_db()
    return meeting


def rows(meeting: Meeting) -> dict[str, int]:
    """Give the items of a meeting with their primary keys."""
    found = Item.objects.filter(block__day__meeting=meeting).order_by("block__day__order", "block__order", "order")
    return {str(item): item.pk for item in found}


def test_corrections_are_kept_with_the_draft(short: AgendaDraft) -> None:
    actions.correct(short, [Set("1.1.1", "label", "1", None)], seen=0)
    actions.answer(short, "dangling_word", "1.2.1", "join_next", seen=1)
    assert lines(short)[:3] == [
        "1 Welcome",
        "2 Adoption of the agenda",
        "3 Updates from the initiatives and Policy options",
    ]

    actions.undo(short)
    assert lines(short)[2:4] == ["3 Updates from the initiatives and", "4 Policy options"]
    actions.redo(short)
    actions.take_back(short, 1)
    assert lines(short)[:2] == ["Welcome", "2 Adoption of the agenda"]


def test_what_was_added_twice_has_two_keys(short: AgendaDraft) -> None:
    for _time in range(2):
        state = actions.correct(
            short, [Add(Place("1.1"), Plain(None, "Statements")), Add(Place("1.1"), Plain(None, "Film"))], seen=9
        )
    assert titles(state.reading.agenda)[:4] == ["Film", "Statements", "Film", "Statements"]


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda d: actions.correct(d, [Remove("9")], seen=0), "the place is no longer in the agenda"),
        (
            lambda d: actions.correct(d, [Set("1.1.1", "title", "x", "y")], seen=0),
            "the title has changed since you saw it, from “y” to “Welcome”",
        ),
        (lambda d: actions.answer(d, "lost_label", "2.1.1", "number", seen=0), "it is no longer open"),
        (lambda d: actions.answer(d, "lost_label", "1.1.1", "x", seen=0), "it is no longer open"),
        (lambda d: actions.unlink(d, "9", seen=0), "the place is no longer in the agenda"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(
    short: AgendaDraft, do: Callable[[AgendaDraft], object], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        do(short)

    assert AgendaDraft.objects.get(pk=short.pk).corrections == {}


def test_the_meeting_has_the_corrections_and_what_was_settled(
    short: AgendaDraft, cycle: Cycle, secretary: Person
) -> None:
    actions.answer(short, "lost_label", "1.1.1", "number", seen=0)
    actions.answer(short, "dangling_word", "1.2.1", "as_printed", seen=1)

    meeting = make(short, cycle, secretary)

    assert list(rows(meeting))[:2] == ["1 Welcome", "2 Adoption of the agenda"]
    assert list(meeting.doubts.values_list("code", "settled_by")) == [
        ("dangling_word", secretary.pk),
        ("continued_other_item", None),
    ]
    with pytest.raises(Refused, match="a meeting was made of this draft"):
        actions.correct(short, [Remove("1.3")], seen=0)


def test_a_link_that_was_undone_on_the_draft_is_undone_in_the_meeting(cycle: Cycle, secretary: Person) -> None:
    text = "Day 1: 12 June 2017\n10:00 - 11:00 1. Workshop selection\n11:00 - 12:00 2. Continue workshop selection\n"
    draft = hand_in(text, by=secretary, at=NOW)
    actions.unlink(draft, "1.2.1", seen=0)

    make(draft, cycle, secretary)

    assert list(Continuation.objects.values_list("undone_by", "undone_at")) == [(secretary.pk, NOW)]


def test_a_new_version_of_a_draft_keeps_its_corrections(short: AgendaDraft) -> None:
    actions.correct(short, [Set("1.1.1", "label", "1", None)], seen=0)
    actions.correct(short, [Set("1.4.1", "title", "Open floor", "Open discussion")], seen=1)

    carried = actions.read_again(short, TEXT.replace("Open discussion", "Debate"), at=NOW, file_name="v2.txt")

    short.refresh_from_db()
    assert (carried.kept, len(carried.log.left), short.earlier, short.file_name) == (1, 1, TEXT, "v2.txt")
    assert lines(short)[0] == "1 Welcome"
    assert "5 Debate" in lines(short)
    actions.insist(short, 2)
    assert "5 Open floor" in lines(short)


def test_a_new_version_goes_into_the_meeting_and_rows_stay(short: AgendaDraft, cycle: Cycle, secretary: Person) -> None:
    actions.answer(short, "lost_label", "1.1.1", "number", seen=0)
    meeting = make(short, cycle, secretary)
    before = rows(meeting)
    dangling = meeting.doubts.get(code="dangling_word")
    settle_doubt(dangling, by=secretary, at=NOW)
    Item.objects.filter(pk=before["5 Open discussion"]).update(minutes=45)
    meeting.refresh_from_db()

    new = TEXT.replace("5. Open discussion", "5. Open discussion\n16:00 - 16:30 6. Closing of the day").replace(
        "11:00 - 12:00 (continued below) 2. Main", "11:00 - 12:30 2. Main"
    )
    version = hand_in_version(meeting, new, by=secretary, at=NOW)
    assert lines(version)[0] == "1 Welcome", "what was corrected on the first version is corrected on the next"
    assert [doubt.code.value for doubt in actions.state_of(version).open] == [], "nobody is asked again"
    assert rows(meeting) == before, "nothing changes yet"

    revise_meeting(version, seen=meeting.sequence, by=secretary, at=NOW)

    after = rows(meeting)
    assert {name: pk for name, pk in after.items() if name in before} == before
    assert after.keys() - before.keys() == {"6 Closing of the day"}
    assert Item.objects.get(pk=before["5 Open discussion"]).minutes == 45
    assert list(meeting.doubts.values_list("pk", "code", "settled_by")) == [
        (dangling.pk, "dangling_word", secretary.pk)
    ]
    meeting.refresh_from_db()
    assert "Closing of the day" in meeting.source
    assert Entry.objects.order_by("pk").values_list("verb", flat=True).last() == "meeting.revised"


def test_the_next_version_is_held_against_the_last(short: AgendaDraft, cycle: Cycle, secretary: Person) -> None:
    meeting = make(short, cycle, secretary)
    texts = [TEXT.replace("Lunch", "Lunch break"), TEXT.replace("Lunch", "Lunch in the garden")]
    kept = rows(meeting)["Lunch"]

    for text in texts:
        meeting.refresh_from_db()
        revise_meeting(
            hand_in_version(meeting, text, by=secretary, at=NOW), seen=meeting.sequence, by=secretary, at=NOW
        )

    assert rows(meeting)["Lunch in the garden"] == kept


def test_what_both_changed_is_decided_by_a_person(short: AgendaDraft, cycle: Cycle, secretary: Person) -> None:
    meeting = make(short, cycle, secretary)
    lunch = Item.objects.get(title="Lunch")
    Item.objects.filter(pk=lunch.pk).update(title="Lunch, offered by the host")
    version = hand_in_version(meeting, TEXT.replace("Lunch", "Lunch break"), by=secretary, at=NOW)

    found = proposal(version, meeting).revision
    assert [clash.code for clash in found.clashes] == ["changed_since"]

    revise_meeting(version, taking=[0], seen=meeting.sequence, by=secretary, at=NOW)
    lunch.refresh_from_db()
    assert lunch.title == "Lunch break"


def test_a_meeting_that_changed_meanwhile_is_left_alone(june: Meeting, seed: str, secretary: Person) -> None:
    version = hand_in_version(june, seed.replace("Lunch", "Break"), by=secretary, at=NOW)
    link = Continuation.objects.first()
    assert link is not None
    undo_continuation(link, by=secretary, at=NOW)

    with pytest.raises(Refused, match="somebody changed its agenda since you looked"):
        revise_meeting(version, seen=june.sequence, by=secretary, at=NOW)

    june.refresh_from_db()
    assert revise_meeting(version, seen=june.sequence, by=secretary, at=NOW) == june
    assert Continuation.objects.filter(undone_at=None).count() == 1, "a link that was undone stays undone"
    assert revise_meeting(version, seen=0, by=secretary, at=NOW) == june, "a second click does nothing"


def test_without_its_first_document_a_meeting_still_takes_a_new_version(
    standing: Meeting, seed: str, secretary: Person
) -> None:
    AgendaDraft.objects.all().delete()
    before = set(rows(standing).values())

    version = hand_in_version(
        standing, seed.replace("5.\tAny Other Business", "5. Any Other Business"), by=secretary, at=NOW
    )
    revise_meeting(version, seen=standing.sequence, by=secretary, at=NOW)

    assert set(rows(standing).values()) == before
    assert Doubt.objects.filter(meeting=standing).count() == 6


def test_a_link_that_only_the_old_version_had_goes(standing: Meeting, seed: str, secretary: Person) -> None:
    assert Continuation.objects.count() == 2
    new = seed.replace("Continue workshop selection", "Sector reports")

    revise_meeting(hand_in_version(standing, new, by=secretary, at=NOW), seen=standing.sequence, by=secretary, at=NOW)

    assert Continuation.objects.count() < 2
