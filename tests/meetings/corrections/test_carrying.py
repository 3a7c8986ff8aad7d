"""A new version of the document keeps the corrections whose place is found again, and sets the others apart."""

import pytest

from convenor.meetings.agenda import Block, Item
from convenor.meetings.agenda.edits import Add, Operation, Place, Remove, Renumber, Set, SplitItem, Style
from convenor.meetings.corrections.carrying import Carried, carry
from convenor.meetings.corrections.corrected import corrected
from convenor.meetings.corrections.log import NO_LINK, Log, Mark, record
from convenor.meetings.reader import read
from tests.meetings.corrections.making import TEXT, reading, state, titles

MOVED = TEXT.replace("10:00 - 10:50 Welcome\n", "09:30 - 10:00 Registration\n10:00 - 10:50 Welcome\n").replace(
    "5. Open discussion", "5. Open debate of the floor"
)


def logged(*operations: Operation, marks: tuple[Mark, ...] = ()) -> Log:
    """Record one correction for each operation, the marks with the last."""
    log = Log()
    for at, operation in enumerate(operations, start=1):
        log = record(state().base.agenda, log, [operation], marks if at == len(operations) else ())
    return log


def carried(new: str, *operations: Operation, marks: tuple[Mark, ...] = ()) -> tuple[Carried, list[str]]:
    """Carry corrections over to a new version; give what stands then."""
    found = carry(reading(), read(new), logged(*operations, marks=marks))
    return found, titles(corrected(read(new), found.log).reading.agenda)


def test_the_same_document_keeps_everything() -> None:
    found, lines = carried(TEXT, Set("1.1.1", "label", "1", None), Remove("1.3"))

    assert (found.kept, found.fulfilled, found.log.left) == (2, 0, ())
    assert lines[:3] == ["1 Welcome", "2 Adoption of the agenda", "3 Updates from the initiatives and"]


def test_a_correction_finds_its_item_at_its_new_place() -> None:
    found, lines = carried(MOVED, Set("1.1.1", "label", "1", None), Set("1.4.1", "minutes", 50, None))

    assert found.kept == 2
    assert lines[:2] == ["Registration", "1 Welcome"]
    agenda = corrected(read(MOVED), found.log).reading.agenda
    assert next(block.items[0].minutes for block in agenda.days[0].blocks if block.start == "15:00") == 50


def test_what_the_new_version_prints_itself_is_dropped_from_the_corrections() -> None:
    new = TEXT.replace("10:50 Welcome", "10:50 1. Welcome").replace(
        "5. Open discussion", "5. Open discussion\n6. Thanks"
    )

    found, lines = carried(
        new, Set("1.1.1", "label", "1", None), Add(Place("1.4", "1.4.1"), Item("6", "Thanks", key="n2.1")),
        Set("n2.1", "minutes", 5, None),
    )  # fmt: skip

    assert (found.kept, found.fulfilled, found.log.left) == (1, 2, ())
    assert lines.count("6 Thanks") == 1


@pytest.mark.parametrize(
    ("new", "operation", "code"),
    [
        (TEXT.replace("Open discussion", "Debate"), Set("1.4.1", "title", "Floor", "Open discussion"), "changed_since"),
        (TEXT.replace("2. Adoption of the agenda\n", ""), Set("1.1.2", "minutes", 5, None), "gone"),
        (TEXT.replace("10:50 Welcome", "10:50 Good morning"), SplitItem("1.1.1", 3, "Welcome", "n1"), "gone"),
    ],
)  # fmt: skip
def test_what_no_longer_fits_is_set_apart_with_the_reason(new: str, operation: Operation, code: str) -> None:
    found, lines = carried(new, operation)

    assert [one.code for one in found.log.left] == [code]
    assert found.log.left[0].entry.changes == logged(operation).done[0].changes, "it still says what it was"
    assert lines == titles(read(new).agenda)


def test_numbers_are_counted_again() -> None:
    found, lines = carried(MOVED, Renumber("", (Style.NUMBER,)))

    assert found.kept == 1
    assert lines[:3] == ["1 Registration", "2 Welcome", "3 Adoption of the agenda"]


def test_an_answer_is_kept_while_its_question_is_raised() -> None:
    settled = (Mark("lost_label", "1.1.1", "as_printed"),)
    assert carried(TEXT, Remove("1.3"), marks=settled)[0].log.marks.keys() == {("lost_label", "1.1.1")}

    only = record(state().base.agenda, Log(), [], settled)
    later = TEXT.replace(
        "Day 1: 12", "Day 0: 11 June 2017\n15:00 1. Arrival of the delegates\n16:00 2. Greetings\n\nDay 1: 12"
    )
    kept = carry(reading(), read(later), only)
    assert [mark.key for entry in kept.log.done for mark in entry.marks] == ["2.1.1"]
    dropped = carry(reading(), read(TEXT.replace("10:50 Welcome", "10:50 1. Welcome")), only)
    assert dropped.log.done == ()


def test_a_link_that_was_undone_stays_undone() -> None:
    text = "Day 1: 12 June 2017\n10:00 - 11:00 1. Workshop selection\n11:00 - 12:00 2. Continue workshop selection\n"
    log = record(corrected(read(text), Log()).base.agenda, Log(), [], [Mark(NO_LINK, "1.2.1")])

    found = carry(read(text), read(text.replace("10:00", "09:00 - 09:30 Arrival\n10:00")), log)

    assert [(mark.code, mark.key) for entry in found.log.done for mark in entry.marks] == [(NO_LINK, "1.3.1")]


def test_nothing_is_done_to_a_part_that_only_happens_to_stand_there() -> None:
    """The first block is gone: what was corrected in it must not hit the block that is first now."""
    new = TEXT.replace("10:00 - 10:50 Welcome\n2. Adoption of the agenda\n", "")

    found, lines = carried(new, Set("1.1", "end", None, "10:50"), Add(Place("1"), Block("08:00", None, key="n2.1")))

    assert [one.code for one in found.log.left] == ["gone"]
    assert found.kept == 1
    assert lines[0] == "3 Updates from the initiatives and"
