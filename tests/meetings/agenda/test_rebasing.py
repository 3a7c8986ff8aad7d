"""What two people do at the same time comes together, or both are told."""

import pytest
from hypothesis import given

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.agenda.edits import (
    ROOT,
    Add,
    Impossible,
    Join,
    Move,
    Operation,
    Place,
    Remove,
    Renumber,
    Set,
    Style,
    apply,
    rebase,
)
from tests.meetings.agenda.test_edits import worlds
from tests.meetings.agenda.two_days import AGENDA, LAW, whole

NEW = Item(None, "Statements", key="n")
OPENING = Set("1.1.1", "title", "Opening", "Welcome")


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (OPENING, Set("1.1.1", "minutes", 10, 5)),
        (OPENING, Set("1.1.1", "title", "Opening", "Welcome")),
        (OPENING, Move("1.1.1", Place("2.1"))),
        (Move("1.1.2", Place("2.1")), Move("1.1.1", Place("2.1"))),
        (Remove("1.3"), Set("1.1.1", "title", "Opening", "Welcome")),
        (Add(Place("1.1"), NEW), Add(Place("1.1", "1.1.2"), Item(None, "Other", key="m"))),
        (Add(Place("1.1"), NEW), Renumber(ROOT, (Style.NUMBER,))),
        (Remove("1.1.2"), Remove("1.1.1")),
    ],
)
def test_what_is_apart_comes_together(theirs: Operation, mine: Operation) -> None:
    assert rebase(AGENDA, [theirs], mine) == apply(AGENDA, theirs, mine)


@pytest.mark.parametrize(
    ("theirs", "mine", "code", "key"),
    [
        (OPENING, Set("1.1.1", "title", "Hello", "Welcome"), "changed_since", "1.1.1"),
        (Remove("1.1.1"), Set("1.1.1", "title", "Hello", "Welcome"), "gone", "1.1.1"),
        (Remove("1.1"), Set("1.1.1", "title", "Hello", "Welcome"), "gone", "1.1.1"),
        (Set("1.1.1.1", "title", "The chair", "Chair"), Remove("1.1.1"), "changed_inside", "1.1.1.1"),
        (Add(Place("1.1.1"), NEW), Remove("1.1"), "changed_inside", "1.1.1"),
        (Move("1.1.2", Place("1.1.1")), Remove("1.1.1"), "changed_inside", "1.1.1"),
        (Move("1.1.1", Place("2.1")), Move("1.1.1", Place("1.3")), "moved_since", "1.1.1"),
        (Set("1.1.1", "label", "0", "1"), Renumber(ROOT, (Style.ROMAN,)), "changed_since", "1.1.1"),
        (Remove("1.1.2"), Add(Place("1.1", "1.1.2"), NEW), "gone", "1.1.2"),
        (Move("1.1.2", Place("2.1")), Add(Place("1.1", "1.1.2"), NEW), "neighbour_moved", "1.1.2"),
        (Add(Place("1.1", "1.1.1"), NEW), Join("1.1.1", "1.1.2"), "not_next", "1.1.1"),
    ],
)  # fmt: skip
def test_what_both_changed_is_told(theirs: Operation, mine: Operation, code: str, key: str) -> None:
    with pytest.raises(Impossible) as told:
        rebase(AGENDA, [theirs], mine)

    assert (told.value.code, told.value.values["key"]) == (code, key)


@LAW
@given(worlds())
def test_with_nobody_else_at_work_an_operation_is_just_done(world: tuple[Agenda, list[Operation]]) -> None:
    agenda, done = world
    for operation in done[:1]:
        assert whole(rebase(agenda, [], operation)) == whole(apply(agenda, operation))
