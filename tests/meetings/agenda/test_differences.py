"""Parts are found again in a new version, and what changed is said: as changes, and as operations."""

from dataclasses import replace

import pytest
from hypothesis import given

from convenor.meetings.agenda import Agenda, Block, Day, Item
from convenor.meetings.agenda.edits import (
    ROOT,
    Add,
    Code,
    Move,
    Operation,
    Place,
    Remove,
    Set,
    adopt,
    apply,
    differences,
    keyed,
    keys_in,
    operations_between,
    touches,
    unkeyed,
)
from tests.meetings.agenda.test_edits import worlds
from tests.meetings.agenda.two_days import AGENDA, AGENDAS, LAW, whole

WELCOME = {"label": "1", "title": "Welcome", "start": "10:00", "day": "Day 1"}
ADOPTION = {"label": "2", "title": "Adoption of the agenda", "start": "10:00", "day": "Day 1"}
LUNCH = {"start": "13:00", "end": "15:00", "title": "Lunch", "day": "Day 1"}
FROM = {"from_day": "Day 1", "from_start": "10:00", "from_under": None}


@pytest.mark.parametrize(
    ("operation", "code", "values"),
    [
        (
            Set("1.1.1", "title", "Opening", "Welcome"),
            Code.CHANGED,
            {**WELCOME, "title": "Opening", "field": "title", "was": "Welcome", "now": "Opening"},
        ),
        (
            Set("1.2", "end", "14:30", "15:00"),
            Code.RETIMED,
            {
                **LUNCH,
                "end": "14:30",
                "from_start": "13:00",
                "from_end": "15:00",
                "to_start": "13:00",
                "to_end": "14:30",
            },
        ),
        (
            Move("1.1.2", Place("1.3")),
            Code.MOVED,
            {**ADOPTION, "start": "15:00", **FROM, "to_day": "Day 1", "to_start": "15:00", "to_under": None},
        ),
        (
            Move("1.1.2", Place("2.1")),
            Code.MOVED_DAY,
            {**ADOPTION, "day": "Day 2", **FROM, "to_day": "Day 2", "to_start": "10:00", "to_under": None},
        ),
        (
            Move("1.1.2", Place("1.1.1", "1.1.1.2")),
            Code.MOVED,
            {**ADOPTION, **FROM, "to_day": "Day 1", "to_start": "10:00", "to_under": "1"},
        ),
        (
            Move("1.1.1.2", Place("1.1.1")),
            Code.REORDERED,
            {"label": "b", "title": "Host", "start": "10:00", "day": "Day 1"},
        ),
        (Remove("1.1.1"), Code.REMOVED, WELCOME),
        (
            Remove("2"),
            Code.REMOVED,
            {"label": "Day 2", "date": "2017-06-13", "heading": None},
        ),
        (
            Add(Place("1.2", "1.2.1"), Item(None, "Concert", key="n")),
            Code.ADDED,
            {"label": None, "title": "Concert", "start": "13:00", "day": "Day 1"},
        ),
    ],
)
def test_each_change_is_told(operation: Operation, code: Code, values: dict[str, object]) -> None:
    told = differences(AGENDA, apply(AGENDA, operation))

    assert [(change.code, change.values) for change in told] == [(code, values)]
    assert {change.key for change in told} <= touches(operation)


def test_of_many_that_changed_places_only_those_that_moved_are_told() -> None:
    agenda = keyed(
        Agenda(
            None, days=(Day(None, blocks=(Block(None, None, items=tuple(Item(None, f"Item {n}") for n in range(9))),)),)
        )
    )

    moved = apply(agenda, Move("1.1.9", Place("1.1")))

    assert [(change.code, change.key) for change in differences(agenda, moved)] == [(Code.REORDERED, "1.1.9")]


def test_of_two_that_changed_places_the_one_that_was_moved_is_told() -> None:
    for operation in (Move("1.1.1", Place("1.1", "1.1.2")), Move("1.1.2", Place("1.1"))):
        told = differences(AGENDA, apply(AGENDA, operation), moved=[operation.key])
        assert [(change.code, change.key) for change in told] == [(Code.REORDERED, operation.key)]


def test_the_parts_of_a_new_version_are_found_again() -> None:
    """The meeting is a week later; item 2 comes first and has more words; the updates have moved; one block is new."""
    one, lunch, three = AGENDA.days[0].blocks
    welcome, _ = one.items
    new = replace(
        AGENDA,
        days=(
            replace(
                AGENDA.days[0],
                date="2017-06-19",
                blocks=(
                    replace(
                        one,
                        start="09:30",
                        items=(Item("1", "Adoption of the draft agenda"), replace(welcome, label="2")),
                    ),
                    replace(lunch, end="14:30"),
                    Block("14:30", "15:00", items=(Item("3", "Open discussion"),)),
                ),
            ),
            replace(
                AGENDA.days[1],
                date="2017-06-20",
                blocks=(*AGENDA.days[1].blocks, replace(three, start="14:00")),
            ),
        ),
    )

    found = adopt(AGENDA, new)

    assert keys_in(found) == [
        "1",
        "1.1",
        "1.1.2",
        "1.1.1",
        "1.1.1.1",
        "1.1.1.2",
        "1.2",
        "1.2.1",
        "",
        "",
        "2",
        "2.1",
        "2.1.1",
        "1.3",
        "1.3.1",
    ]
    assert [(change.code, change.key, change.values.get("field")) for change in differences(AGENDA, unkeyed(new))] == [
        (Code.CHANGED, "1", "date"),
        (Code.RETIMED, "1.1", None),
        (Code.REORDERED, "1.1.2", None),
        (Code.CHANGED, "1.1.2", "label"),
        (Code.CHANGED, "1.1.2", "title"),
        (Code.CHANGED, "1.1.1", "label"),
        (Code.RETIMED, "1.2", None),
        (Code.ADDED, "1.3'", None),
        (Code.CHANGED, "2", "date"),
        (Code.MOVED_DAY, "1.3", None),
        (Code.RETIMED, "1.3", None),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        "Adoption of the draft agenda",  # most words are the same
        "Comments",  # other words: the same number between the same neighbours
    ],
)
def test_an_item_is_found_again_by_its_words_or_its_number(changed: str) -> None:
    new = apply(AGENDA, Set("1.1.2", "title", changed, "Adoption of the agenda"))

    assert adopt(AGENDA, unkeyed(new)).days[0].blocks[0].items[1].key == "1.1.2"


def test_what_a_break_is_called_may_change() -> None:
    new = apply(
        AGENDA, Set("1.2.1", "title", "Reception in the garden", "Lunch"), Set("1.2", "kind", "social", "break")
    )

    assert keys_in(adopt(AGENDA, unkeyed(new))) == keys_in(AGENDA)


def test_an_item_of_other_words_is_found_by_what_stands_under_it() -> None:
    new = apply(AGENDA, Set("1.1.1", "title", "Opening", "Welcome"), Set("1.1.1", "label", None, "1"), Remove("1.1.2"))

    assert adopt(AGENDA, unkeyed(new)).days[0].blocks[0].items[0].key == "1.1.1"


def test_of_items_of_the_same_words_each_keeps_to_its_day() -> None:
    lunch = Block("13:00", "15:00", items=(Item(None, "Lunch"),))
    agenda = keyed(Agenda(None, days=(Day("2017-06-12", blocks=(lunch,)), Day("2017-06-13", blocks=(lunch,)))))

    assert keys_in(adopt(agenda, replace(agenda, days=agenda.days[1:]))) == ["2", "2.1", "2.1.1"]


@LAW
@given(worlds())
def test_the_differences_as_operations_lead_there(world: tuple[Agenda, list[Operation]]) -> None:
    agenda, done = world
    after = apply(agenda, *done)

    assert whole(apply(agenda, *operations_between(agenda, after))) == whole(after)


@LAW
@given(AGENDAS, AGENDAS)
def test_whatever_is_found_again_leads_from_one_version_to_the_other(before: Agenda, after: Agenda) -> None:
    found = keyed(adopt(before, after), apart_from=keys_in(before))

    assert found == after
    assert whole(apply(before, *operations_between(before, found))) == whole(found)


@LAW
@given(AGENDAS)
def test_what_did_not_change_is_found_again_whole(agenda: Agenda) -> None:
    assert differences(agenda, unkeyed(agenda)) == ()
    assert operations_between(agenda, agenda) == ()
    assert ROOT not in keys_in(adopt(agenda, agenda))
