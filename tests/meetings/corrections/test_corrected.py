"""Doubts and links follow the corrections: what is answered is asked no more, what a correction brings up is asked."""

import pytest

from convenor.meetings.agenda.edits import Operation, Remove, Set, Tree, apply
from convenor.meetings.corrections.answers import AS_PRINTED, Answer, answers, fresh_marks
from convenor.meetings.corrections.corrected import Corrected
from convenor.meetings.corrections.log import NO_LINK, Log, Mark, record
from tests.meetings.corrections.making import state, titles

DAY = "Day 1: 12 June 2017\n"
SEED_LIKE = """Day 1: 12 June 2017
10:00 - 11:00 1. Workshop selection
11:00 - 12:00 2. Continue workshop selection
"""


def asked(now: Corrected) -> list[tuple[str, str]]:
    """Name the open questions by code and key."""
    return [(doubt.code.value, now.key_of(doubt.path)) for doubt in now.open]


def offered(now: Corrected, code: str) -> dict[str, Answer]:
    """Give the answers offered to the first doubt of a code."""
    doubt = next(doubt for doubt in now.open if doubt.code == code)
    return {one.code: one for one in answers(Tree(now.reading.agenda), now.key_of(doubt.path), doubt)}


def corrected(*operations: Operation, marks: tuple[Mark, ...] = (), text: str = "") -> Corrected:
    """Give what stands after corrections."""
    before = state(text=text) if text else state()
    log = record(before.base.agenda, Log(), operations, marks)
    return state(log, text) if text else state(log)


def given(code: str, answer: str, *, text: str = "") -> Corrected:
    """Give an answer."""
    before = state(text=text) if text else state()
    one = fresh_marks(offered(before, code)[answer], 1)
    doubt = next(doubt for doubt in before.open if doubt.code == code)
    mark = Mark(code, before.key_of(doubt.path), answer)
    return corrected(*one.operations, marks=(mark, *one.marks), text=text)


def test_without_corrections_everything_is_as_it_was_read() -> None:
    now = state()

    assert now.reading.agenda == now.base.agenda
    assert now.reading.warnings == now.base.warnings
    assert asked(now) == [
        ("lost_label", "1.1.1"),
        ("dangling_word", "1.2.1"),
        ("continued_other_item", "2.2"),
    ]


@pytest.mark.parametrize(
    ("code", "answer", "line", "expected"),
    [
        ("lost_label", "number", 0, "1 Welcome"),
        ("dangling_word", "without_word", 2, "3 Updates from the initiatives"),
        ("dangling_word", "join_next", 2, "3 Updates from the initiatives and Policy options"),
        ("continued_other_item", "continue_below", 8, "2 Main sessions"),
    ],
)
def test_an_answer_does_what_it_says_and_closes_the_question(code: str, answer: str, line: int, expected: str) -> None:
    now = given(code, answer)

    assert titles(now.reading.agenda)[line] == expected
    assert code not in [one for one, _ in asked(now)]


def test_an_item_that_is_taken_up_below_continues_there() -> None:
    now = given("continued_other_item", "continue_below")

    link = now.reading.links[-1]
    assert [titles(now.reading.agenda).count("2 Main sessions"), link.source, link.target] == [2, (1, 1, 0), (1, 2, 0)]


def test_as_printed_settles_and_changes_nothing() -> None:
    now = given("lost_label", AS_PRINTED)

    assert now.reading.agenda == state().reading.agenda
    assert [doubt.code.value for doubt in now.settled] == ["lost_label"]
    assert ("lost_label", "1.1.1") not in asked(now)


def test_a_correction_by_hand_answers_the_question_too() -> None:
    assert ("lost_label", "1.1.1") not in asked(corrected(Set("1.1.1", "label", "1", None)))
    assert ("dangling_word", "1.2.1") not in asked(
        corrected(Set("1.2.1", "title", "Updates", "Updates from the initiatives and"))
    )
    assert ("continued_other_item", "2.2") not in asked(corrected(Remove("2.2")))


def test_a_correction_can_raise_a_question() -> None:
    assert ("times_overlap", "1.2") in asked(corrected(Set("1.1", "end", "11:00", "10:50")))


def test_what_only_reading_could_doubt_stays_until_its_part_is_changed() -> None:
    text = "Day 1: 12 June 2017\n9:00 - 10:30 Opening\n10:30 - 12:30 Reports\n2:00 - 3:00 Debate\n3:00 - 5:00 Closing\n"
    before = state(text=text)
    assert [code for code, _ in asked(before)] == ["clock_of_twelve", "clock_of_twelve"]

    after = given("clock_of_twelve", "morning", text=text)
    assert after.reading.agenda.days[0].blocks[2].start == "02:00"
    assert [code for code, key in asked(after) if key == "1.4"] == ["clock_of_twelve"]
    assert ("clock_of_twelve", "1.3") not in asked(after)


@pytest.mark.parametrize("label", ["intro", "²", "АБ", "1..2", "1.", "5x9", "一", "十x", "ß", "(a)", "1.a.b"])
def test_a_label_that_no_document_prints_is_no_obstacle(label: str) -> None:
    now = corrected(Set("1.1.2", "label", label, "2"), Set("2.1.1", "label", label, "1"))

    assert titles(now.reading.agenda)[1] == f"{label} Adoption of the agenda"


def test_links_follow_their_items_and_can_be_undone() -> None:
    before = state(text=SEED_LIKE)
    assert [(link.source, link.target) for link in before.reading.links] == [((0, 0, 0), (0, 1, 0))]

    assert corrected(Remove("1.1"), text=SEED_LIKE).reading.links == ()
    undone = corrected(marks=(Mark(NO_LINK, "1.2.1"),), text=SEED_LIKE)
    assert undone.unlinked == {(0, 1, 0)}


@pytest.mark.parametrize(
    ("text", "code", "offers"),
    [
        (f"{DAY}10:00 1. A\n11:00 1. B\n12:00 2. C\n", "label_repeated", ["number", "number_day"]),
        (f"{DAY}10:00 1. A\n11:00 3. B\n12:00 4. C\n", "label_skipped", ["number", "number_day"]),
        (f"{DAY}10:00 - 11:00 1. A\n10:30 - 12:00 2. B\n", "times_overlap", ["above_ends", "starts_later"]),
        (f"{DAY}14:00 - 15:00 1. A\n15:00 - 04:00 2. B\n", "time_backwards", ["ends_afternoon", "swap", "no_end"]),
        ("Day 1: Monday 13 June 2017\n10:00 1. A\n11:00 2. B\n", "date_impossible", ["date"]),
        ("Day 1: 31 June 2017\n10:00 1. A\n11:00 2. B\n", "date_impossible", ["date"]),
        (f"{DAY}10:00 - 11:00 1. A (continued below)\n", "continued_nowhere", ["no_mark"]),
    ],
)  # fmt: skip
def test_every_doubt_has_its_answers_and_each_can_be_given(text: str, code: str, offers: list[str]) -> None:
    before = state(text=text)
    found = offered(before, code)

    assert sorted(found) == sorted([*offers, AS_PRINTED])
    for answer in offers:
        after = given(code, answer, text=text)
        assert after.reading.agenda != before.reading.agenda
        assert asked(before)[0] not in asked(after), answer


def test_the_nearest_day_of_the_printed_weekday_is_offered() -> None:
    found = offered(state(text="Day 1: Monday 13 June 2017\n10:00 1. A\n11:00 2. B\n"), "date_impossible")

    assert found["date"].values == {"date": "2017-06-12"}


def test_an_answer_that_adds_has_keys_of_its_own_each_time() -> None:
    one = offered(state(), "continued_other_item")["continue_below"]
    first, second = fresh_marks(one, 1), fresh_marks(one, 2)

    agenda = apply(state().reading.agenda, *first.operations, *second.operations)
    assert titles(agenda).count("2 Main sessions") == 3
    assert (first.marks[0].key, second.marks[0].key) == ("n1.0", "n2.0")
