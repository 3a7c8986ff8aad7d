"""Operations keep their meaning in JSON, and what is malformed is refused by the name of its field."""

import json
from typing import Any

import pytest
from hypothesis import given

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind
from convenor.meetings.agenda.edits import (
    ROOT,
    Add,
    Join,
    Move,
    Operation,
    Place,
    Remove,
    Renumber,
    Set,
    SplitBlock,
    SplitItem,
    Style,
    from_dict,
    part_from_dict,
    part_to_dict,
    renamed,
    to_dict,
    touches,
)
from tests.meetings.agenda.test_edits import worlds
from tests.meetings.agenda.two_days import AGENDA, AGENDAS, LAW, whole

ITEM = Item("a", "Host", 5, (Item(None, "Slides", key="n2"),), key="n1")
FORMS: list[tuple[Operation, dict[str, Any], set[str]]] = [
    (
        Set("1.2", "kind", "social", "break"),
        {"op": "set", "key": "1.2", "field": "kind", "value": "social", "was": "break"},
        {"1.2"},
    ),
    (Remove("1"), {"op": "remove", "key": "1"}, {"1"}),
    (
        Move("1.1", Place("2", "2.1")),
        {"op": "move", "key": "1.1", "place": {"parent": "2", "after": "2.1"}},
        {"1.1", "2", "2.1"},
    ),
    (
        SplitItem("1.1.1", 3, "Welcome", "n"),
        {"op": "split-item", "key": "1.1.1", "at": 3, "title": "Welcome", "new": "n"},
        {"1.1.1", "n"},
    ),
    (
        SplitBlock("1.1", "1.1.2", None, "n"),
        {"op": "split-block", "key": "1.1", "before": "1.1.2", "time": None, "new": "n"},
        {"1.1", "1.1.2", "n"},
    ),
    (Join("1.2", "1.3"), {"op": "join", "key": "1.2", "other": "1.3"}, {"1.2", "1.3"}),
    (
        Renumber(ROOT, (Style.NUMBER, Style.LETTER), restart=False),
        {"op": "renumber", "key": "", "styles": ["1", "a)"], "restart": False},
        {""},
    ),
]


@pytest.mark.parametrize(("operation", "form", "keys"), FORMS)
def test_an_operation_has_a_form_in_json(operation: Operation, form: dict[str, Any], keys: set[str]) -> None:
    assert to_dict(operation) == form
    assert from_dict(json.loads(json.dumps(form))) == operation
    assert touches(operation) == keys


def test_an_added_part_is_in_its_operation_whole() -> None:
    operation = Add(Place("1.1"), ITEM)

    form = json.loads(json.dumps(to_dict(operation)))

    assert form["place"] == {"parent": "1.1", "after": None}
    assert part_to_dict(ITEM).items() <= form["part"].items()
    assert to_dict(from_dict(form)) == form
    assert touches(operation) == {"1.1", "n1", "n2"}


def test_fields_that_are_not_given_are_empty() -> None:
    assert part_from_dict({"part": "block", "items": [{"part": "item", "title": "x"}]}) == Block(
        None, None, items=(Item(None, "x"),)
    )
    assert part_from_dict({"part": "day"}) == Day(None)
    assert part_from_dict({"part": "block", "kind": "break"}) == Block(None, None, Kind.BREAK)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ([], "operation: it is not an object"),
        ({}, "op: None is no operation"),
        ({"op": ["set"]}, r"op: \['set'\] is no operation"),
        ({"op": "remove"}, "key: it is missing"),
        ({"op": "remove", "key": "1", "why": "x"}, "why: there is no such field here"),
        ({"op": "remove", "key": 1}, "key: 1 is no key"),
        ({"op": "remove", "key": "k" * 41}, "key: .* is no key"),
        ({"op": "move", "key": "1", "place": {"parent": "", "at": 3}}, "at: there is no such field here"),
        ({"op": "move", "key": "1", "place": {"parent": "", "after": 3}}, "after: 3 is no key"),
        ({"op": "set", "key": "1", "field": "colour", "value": 1, "was": 2}, "field: there is no field 'colour'"),
        ({"op": "set", "key": "1", "field": "date", "value": "2017-02-30", "was": None}, "value: '2017-02-30' is not"),
        ({"op": "set", "key": "1", "field": "start", "value": "9.30", "was": None}, "value: '9.30' is not what start"),
        ({"op": "set", "key": "1", "field": "kind", "value": {"a": 1}, "was": None}, "value: .* what kind can hold"),
        ({"op": "set", "key": "1", "field": "continued", "value": 1, "was": False}, "value: 1 is not what continued"),
        ({"op": "set", "key": "1", "field": "title", "value": "a\x00", "was": "a"}, "value: .* it is text"),
        ({"op": "set", "key": "1", "field": "title", "value": "\ud800", "was": "a"}, "value: .* it is text"),
        ({"op": "set", "key": "1", "field": "minutes", "value": 10_000, "was": 1}, "value: 10000 is not what minutes"),
        ({"op": "set", "key": "1", "field": "minutes", "value": 1, "was": "1"}, "was: '1' is not what minutes"),
        ({"op": "split-item", "key": "1", "at": -1, "title": "x", "new": "n"}, "at: -1 is no place in a title"),
        ({"op": "split-item", "key": "1", "at": 1, "title": None, "new": "n"}, "title: it is not text"),
        ({"op": "split-block", "key": "1", "before": "2", "time": "25:00", "new": "n"}, "time: '25:00' is not"),
        ({"op": "renumber", "key": "", "styles": [], "restart": True}, r"styles: \[\] is no list of styles"),
        ({"op": "renumber", "key": "", "styles": [["1"]], "restart": True}, "styles: .* is no list of styles"),
        ({"op": "renumber", "key": "", "styles": ["1"], "restart": 1}, "restart: it is not true or false"),
        ({"op": "add", "place": {"parent": "", "after": None}, "part": {"part": "item"}}, "title: an item has a title"),
        ({"op": "add", "place": {"parent": "", "after": None}, "part": {"part": "agenda"}}, "part: an agenda cannot"),
        ({"op": "add", "place": {"parent": "", "after": None}, "part": {"part": "x"}}, "part: 'x' is no part"),
        (
            {"op": "add", "place": {"parent": "", "after": None}, "part": {"part": "day", "blocks": [{"part": "day"}]}},
            "blocks: only a part of the kind block can stand there",
        ),
        (
            {"op": "add", "place": {"parent": "", "after": None}, "part": {"part": "day", "blocks": "x"}},
            "blocks: it is not a list",
        ),
    ],
)
def test_what_is_malformed_is_refused_by_name(form: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        from_dict(form)


def test_an_operation_follows_parts_to_other_keys() -> None:
    keys = {"1.1": "b7", "1.1.1": "i9"}

    assert renamed(Move("1.1.1", Place("1.1", "1.1.2")), keys) == Move("i9", Place("b7", "1.1.2"))
    assert renamed(Set("1.1", "room", "1.1", None), keys) == Set("b7", "room", "1.1", None)


@LAW
@given(worlds())
def test_operations_come_back_from_json(world: tuple[Agenda, list[Operation]]) -> None:
    for operation in world[1]:
        form = json.loads(json.dumps(to_dict(operation)))
        assert from_dict(form) == operation
        assert to_dict(from_dict(form)) == form


@LAW
@given(AGENDAS)
def test_agendas_come_back_from_json(agenda: Agenda) -> None:
    again = part_from_dict(json.loads(json.dumps(whole(agenda))))

    assert again == agenda
    assert part_to_dict(again) == whole(agenda)


def test_the_whole_agenda_has_a_form() -> None:
    assert part_from_dict(whole(AGENDA)) == AGENDA
