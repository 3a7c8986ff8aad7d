"""The log of corrections: done, undone, taken back in any order, stored, and put together from two windows."""

import json

import pytest

from convenor.meetings.agenda import Item
from convenor.meetings.agenda.edits import Add, Code, Impossible, Move, Operation, Place, Remove, Set, keyed
from convenor.meetings.corrections import log as logs
from convenor.meetings.corrections.log import (
    Entry,
    Log,
    Mark,
    as_stored,
    log_of,
    record,
    redo,
    standing,
    undo,
    withdraw,
)
from tests.meetings.corrections.making import reading, titles

EMPTY = Log()
BASE = keyed(reading().agenda)
WELCOME = Set("1.1.1", "title", "Opening", "Welcome")
NUMBER = Set("1.1.1", "label", "1", None)


def done(*operations: Operation, log: Log = EMPTY) -> Log:
    """Record operations one after the other."""
    for operation in operations:
        log = record(BASE, log, [operation])
    return log


def test_a_correction_is_recorded_with_what_it_changed() -> None:
    log = done(WELCOME)

    assert log.version == 1
    assert log.done[0].number == 1
    assert [(change.code, change.values["was"], change.values["now"]) for change in log.done[0].changes] == [
        (Code.CHANGED, "Welcome", "Opening")
    ]
    assert titles(standing(BASE, log)[0])[0] == "Opening"


def test_what_changes_nothing_is_not_recorded() -> None:
    assert record(BASE, Log(), [Set("1.1.1", "title", "Welcome", "Welcome")]) == Log()


def test_undo_and_redo_go_back_and_forth() -> None:
    log = done(WELCOME, NUMBER)

    back = undo(undo(log))
    assert (back.done, len(back.undone), back.version) == ((), 2, 4)
    assert undo(back) == back

    again = redo(BASE, redo(BASE, back))
    assert titles(standing(BASE, again)[0])[0] == "1 Opening"
    assert again.undone == ()
    assert redo(BASE, again) == again


def test_a_new_correction_ends_what_can_be_redone() -> None:
    assert done(NUMBER, log=undo(done(WELCOME))).undone == ()


def test_one_correction_among_many_is_taken_back() -> None:
    log = withdraw(BASE, done(WELCOME, NUMBER, Remove("1.3")), 2)

    assert [entry.number for entry in log.done] == [1, 3]
    assert titles(standing(BASE, log)[0])[:2] == ["Opening", "2 Adoption of the agenda"]


def test_what_others_are_built_on_is_not_taken_back() -> None:
    log = done(Add(Place("1.1"), Item(None, "Statements", key="n1")), Set("n1", "label", "0", None))

    with pytest.raises(Impossible) as refused:
        withdraw(BASE, log, 1)
    assert (refused.value.code, refused.value.values) == ("built_upon", {"number": 2})


def test_two_windows_come_together_where_they_do_not_touch() -> None:
    log = done(WELCOME)

    both = record(BASE, log, [NUMBER], seen=0)
    assert titles(standing(BASE, both)[0])[0] == "1 Opening"

    with pytest.raises(Impossible) as refused:
        record(BASE, log, [Set("1.1.1", "title", "Hello", "Welcome")], seen=0)
    assert refused.value.code == "changed_since"
    assert refused.value.values["now"] == "Opening"

    with pytest.raises(Impossible) as refused:
        record(BASE, log, [Remove("1.1")], seen=0)
    assert refused.value.code == "changed_inside"
    assert record(BASE, log, [Remove("1.1")], seen=1).version == 2, "who has seen it may"


def test_a_correction_of_an_older_reader_that_no_longer_fits_is_set_apart_and_not_lost() -> None:
    entry = Entry(7, (Set("9.9", "label", "1", None),))

    agenda, log = standing(BASE, Log(7, (entry,)))

    assert agenda == BASE
    assert (log.done, [(one.entry, one.code) for one in log.left]) == ((), [(entry, "gone")])


def test_what_no_longer_fits_is_done_over_what_stands_there_or_dropped() -> None:
    log = standing(BASE, Log(7, (Entry(7, (Set("1.1.1", "title", "Opening", "Good morning"),)),)))[1]
    assert [one.code for one in log.left] == ["changed_since"]

    insisted = logs.insist(BASE, log, 7)
    assert titles(standing(BASE, insisted)[0])[0] == "Opening"
    assert insisted.left == ()
    assert logs.drop_left(log, 7) == Log(8)

    moved = standing(BASE, Log(7, (Entry(7, (Move("1.1.1", Place("2.1", "gone")),)),)))[1]
    assert titles(standing(BASE, logs.insist(BASE, moved, 7))[0])[-3] == "Welcome"


def test_a_draft_keeps_so_many_corrections_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_ENTRIES", 1)

    with pytest.raises(Impossible, match="too_many"):
        done(WELCOME, NUMBER)


def test_a_log_comes_back_from_what_is_stored() -> None:
    log = undo(done(WELCOME, Add(Place("1.1"), Item("2", "Statements", key="n1")), Move("1.1.2", Place("2.1"))))
    log = record(BASE, log, [], [Mark("lost_label", "1.1.1", "as_printed", {"missing": "1", "said": {}})])
    log = standing(BASE, Log(log.version, (*log.done, Entry(99, (Remove("9"),))), log.undone))[1]

    assert log_of(json.loads(json.dumps(as_stored(log)))) == log
    assert log_of({}) == Log()
    with pytest.raises(ValueError, match="the log is not an object"):
        log_of([1])
