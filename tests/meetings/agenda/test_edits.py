"""Operations do what they say, say why they cannot, and can be taken back."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenor.meetings.agenda import Agenda, Block, Day, Item, Kind
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
    SplitBlock,
    SplitItem,
    Style,
    apply,
    down,
    fresh,
    indent,
    invert,
    keyed,
    keys_in,
    outdent,
    touches,
    unkeyed,
    up,
)
from convenor.meetings.agenda.edits.fields import FIELDS, PARTS
from convenor.meetings.agenda.edits.operations import UNDER
from tests.meetings.agenda.two_days import AGENDA, AGENDAS, FLAGS, LAW, TEXTS, TIMES, WORDS, place_of, titles, whole

UPDATES = "Updates from initiatives and coalitions"


def refusal(agenda: Agenda, operation: Operation) -> tuple[str, dict[str, object]]:
    """Apply what cannot be applied; give the code and the values."""
    with pytest.raises(Impossible) as refused:
        apply(agenda, operation)
    return refused.value.code, refused.value.values


# ---- keys and fields


def test_every_part_gets_a_key_that_tells_its_place() -> None:
    assert keys_in(AGENDA) == [
        "1",
        "1.1",
        "1.1.1",
        "1.1.1.1",
        "1.1.1.2",
        "1.1.2",
        "1.2",
        "1.2.1",
        "1.3",
        "1.3.1",
        "2",
        "2.1",
        "2.1.1",
    ]


def test_a_key_that_is_taken_is_not_given_again() -> None:
    agenda = Agenda(None, days=(Day("2017-06-12", key="2"), Day("2017-06-13")))

    assert keys_in(keyed(agenda)) == ["2", "2'"]
    assert keys_in(keyed(Agenda(None, days=(Day(None),)), apart_from=["1"])) == ["1'"]


def test_every_field_of_a_part_can_be_set() -> None:
    structure = {"key", "spans"}
    for part in PARTS.values():
        assert {one.name for one in fields(part)} - structure - {UNDER[part]} == set(FIELDS[part]), part


@pytest.mark.parametrize(
    ("operation", "value"),
    [
        (Set("1", "audience", "members", None), "members"),
        (Set("1", "date", None, "2017-06-12"), None),
        (Set("1.2", "kind", "social", "break"), Kind.SOCIAL),
        (Set("1.2", "pinned_end", value=True, was=False), True),
        (Set("1.1.1", "minutes", 10, 5), 10),
        (Set("1.1.1.2", "title", "Host country", "Host"), "Host country"),
        (Set(ROOT, "title", "Third meeting", "Second meeting"), "Third meeting"),
    ],
)
def test_a_field_is_set(operation: Set, value: object) -> None:
    changed = apply(AGENDA, operation)

    found = {part["key"]: part for part in parts(whole(changed))}
    assert found[operation.key][operation.field] == value
    assert apply(changed, *invert(AGENDA, operation)) == AGENDA


def parts(whole: dict[str, object]) -> list[dict[str, object]]:
    """Give the parts of an agenda in its JSON form, the agenda first."""
    found, waiting = [], [{"key": ROOT, **whole}]
    while waiting:
        found.append(part := waiting.pop())
        waiting += [one for name in ("days", "blocks", "items", "children") for one in part.get(name, [])]  # type: ignore[attr-defined]
    return found


def test_a_field_that_holds_something_else_by_now_is_not_overwritten() -> None:
    seen = Set("1.1.1", "title", "Opening", "Welcome")
    now = apply(AGENDA, Set("1.1.1", "title", "Good morning", "Welcome"))

    assert refusal(now, seen) == (
        "changed_since",
        {"key": "1.1.1", "field": "title", "was": "Welcome", "now": "Good morning", "value": "Opening"},
    )
    assert apply(apply(AGENDA, seen), seen) == apply(AGENDA, seen), "said twice, it is done once"


# ---- adding, removing, moving


def test_a_part_is_added_with_all_under_it() -> None:
    new = Item("2", "Statements", key="n1", children=(Item("a", "Host", key="n2"),))

    changed = apply(AGENDA, Add(Place("1.1", "1.1.1"), new))

    assert titles(changed)[:6] == [
        (0, "Welcome"), (1, "Chair"), (1, "Host"), (0, "Statements"), (1, "Host"), (0, "Adoption of the agenda"),
    ]  # fmt: skip
    assert apply(changed, *invert(AGENDA, Add(Place("1.1", "1.1.1"), new))) == AGENDA


def test_a_removed_part_takes_all_under_it_along_and_comes_back_whole() -> None:
    changed = apply(AGENDA, Remove("1.1.1"))

    assert titles(changed)[0] == (0, "Adoption of the agenda")
    assert whole(apply(changed, *invert(AGENDA, Remove("1.1.1")))) == whole(AGENDA)


@pytest.mark.parametrize(
    ("key", "place", "expected"),
    [
        ("1.1.2", Place("1.1"), Place("1.1")),
        ("1.1.1", Place("2.1", "2.1.1"), Place("2.1", "2.1.1")),
        ("1.1.2", Place("1.1.1", "1.1.1.1"), Place("1.1.1", "1.1.1.1")),
        ("1.3", Place("2"), Place("2")),
        ("1.1", Place("1", "1.3"), Place("1", "1.3")),
        ("2", Place(ROOT), Place(ROOT)),
    ],
)
def test_a_part_moves_with_all_under_it(key: str, place: Place, expected: Place) -> None:
    changed = apply(AGENDA, Move(key, place))

    assert place_of(changed, key) == expected
    assert sorted(keys_in(changed)) == sorted(keys_in(AGENDA))
    assert whole(apply(changed, *invert(AGENDA, Move(key, place)))) == whole(AGENDA)


@pytest.mark.parametrize(
    ("operation", "code", "values"),
    [
        (Remove("9"), "gone", {"key": "9"}),
        (Remove(ROOT), "not_the_whole", {}),
        (Set("1", "minutes", 5, None), "no_such_field", {"key": "1", "field": "minutes", "part": "day"}),
        (Set("1.1.1", "title", None, "Welcome"), "wrong_value", {"key": "1.1.1", "field": "title", "value": None}),
        (Move("1.1.1", Place("1")), "wrong_place", {"part": "item", "parent": "day", "key": "1"}),
        (Move("1.1", Place(ROOT)), "wrong_place", {"part": "block", "parent": "agenda", "key": ROOT}),
        (Move("1.1.1", Place("1.1.1.2")), "inside_itself", {"key": "1.1.1", "parent": "1.1.1.2"}),
        (Move("1.1.1", Place("1.1", "1.1.1")), "beside_itself", {"key": "1.1.1"}),
        (Move("1.1.1", Place("2.1", "1.1.2")), "neighbour_moved", {"key": "1.1.2"}),
        (Add(Place("2.1"), Item(None, "x", key="1.1.1")), "key_taken", {"key": "1.1.1"}),
        (SplitItem("1.1.1", 0, "Welcome", "n"), "nothing_to_split", {"key": "1.1.1"}),
        (SplitItem("1.1.1", 7, "Welcome", "n"), "nothing_to_split", {"key": "1.1.1"}),
        (SplitItem("1.1", 3, "Welcome", "n"), "wrong_place", {"key": "1.1"}),
        (SplitBlock("1.1", "1.1.1", "10:20", "n"), "nothing_to_split", {"key": "1.1"}),
        (SplitBlock("1.1", "1.1.1.2", "10:20", "n"), "wrong_place", {"key": "1.1.1.2"}),
        (Join("1.1.2", "1.1.1"), "not_next", {"key": "1.1.2", "other": "1.1.1"}),
        (Join("1", "2"), "not_next", {"key": "1", "other": "2"}),
        (Renumber("1.1", (Style.NUMBER,)), "wrong_place", {"key": "1.1"}),
    ],
)
def test_what_cannot_be_done_says_why(operation: Operation, code: str, values: dict[str, object]) -> None:
    assert refusal(AGENDA, operation) == (code, values)


def test_items_do_not_sink_deeper_than_anybody_reads() -> None:
    deep = Item(None, "x", key="deep-50")
    for level in range(49, 0, -1):
        deep = Item(None, "x", children=(deep,), key=f"deep-{level}")
    agenda = apply(AGENDA, Add(Place("2.1"), deep))

    assert refusal(agenda, Move("2.1.1", Place("deep-50"))) == ("too_deep", {"levels": 51, "limit": 50})


def test_a_part_without_a_key_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="key: a part to add has none"):
        apply(AGENDA, Add(Place("2.1"), Item(None, "x")))
    with pytest.raises(ValueError, match="key: '' is empty or taken"):
        apply(unkeyed(AGENDA), Remove("1"))


def test_new_parts_get_keys_of_their_own() -> None:
    add = Add(Place("2.1"), Item(None, "x", children=(Item(None, "y"), Item(None, "z", key="mine"))))

    named = fresh(add, "e7")

    assert isinstance(named, Add)
    assert keys_in(named.part) == ["e7.1", "e7.2", "mine"]
    assert fresh(SplitItem("1.1.1", 3, "Welcome", ""), "e8") == SplitItem("1.1.1", 3, "Welcome", "e8.1")
    assert fresh(Remove("1"), "e9") == Remove("1")


# ---- splitting and joining


def test_an_item_is_split_and_what_stands_under_it_goes_with_the_second() -> None:
    agenda = apply(AGENDA, Set("1.1.1", "title", "Welcome and statements", "Welcome"))
    split = SplitItem("1.1.1", 8, "Welcome and statements", "n")

    changed = apply(agenda, split)

    assert changed.days[0].blocks[0].items == (
        Item("1", "Welcome", 5),
        Item(None, "and statements", None, (Item("a", "Chair"), Item("b", "Host"))),
        Item("2", "Adoption of the agenda"),
    )
    assert apply(changed, *invert(agenda, split)) == agenda
    assert apply(changed, Join("1.1.1", "n")) == agenda


def test_a_title_that_changed_since_is_not_split_at_a_stale_place() -> None:
    assert refusal(AGENDA, SplitItem("1.1.1", 3, "Welcoming", "n")) == (
        "changed_since",
        {"key": "1.1.1", "field": "title", "was": "Welcoming", "now": "Welcome"},
    )


def test_a_block_is_split_before_an_item_at_a_time() -> None:
    agenda = apply(
        AGENDA, Set("1.1", "pinned_end", value=True, was=False), Set("1.1", "continued", value=True, was=False)
    )
    split = SplitBlock("1.1", "1.1.2", "10:30", "n")

    changed = apply(agenda, split)

    first, second, *_ = changed.days[0].blocks
    assert first == Block("10:00", "10:30", items=AGENDA.days[0].blocks[0].items[:1])
    assert second == Block(
        "10:30", "10:50", continued=True, pinned_end=True, items=(Item("2", "Adoption of the agenda"),)
    )
    assert apply(changed, *invert(agenda, split)) == agenda
    assert apply(changed, Join("1.1", "n")) == agenda


def test_joined_items_keep_the_words_minutes_and_items_of_both() -> None:
    agenda = apply(AGENDA, Set("1.1.2", "minutes", 10, None))

    changed = apply(agenda, Join("1.1.1", "1.1.2"))

    joined = Item("1", "Welcome Adoption of the agenda", 15, (Item("a", "Chair"), Item("b", "Host")))
    assert changed.days[0].blocks[0].items == (joined,)
    assert apply(changed, *invert(agenda, Join("1.1.1", "1.1.2"))) == agenda


def test_joined_blocks_reach_from_the_first_start_to_the_last_end() -> None:
    changed = apply(AGENDA, Join("1.2", "1.3"))

    assert changed.days[0].blocks[1] == Block(
        "13:00", "15:00", kind=Kind.BREAK, continued=True, items=(Item(None, "Lunch"), Item("3", UPDATES))
    )
    assert apply(changed, *invert(AGENDA, Join("1.2", "1.3"))) == AGENDA


# ---- numbering


def labels(agenda: Agenda) -> list[str | None]:
    return [item.label for day in agenda.days for block in day.blocks for top in block.items for item in top.walk()]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (Renumber(ROOT, (Style.NUMBER,)), ["1", "a", "b", "2", None, "3", "1"]),
        (Renumber(ROOT, (Style.NUMBER,), restart=False), ["1", "a", "b", "2", None, "3", "4"]),
        (Renumber(ROOT, (Style.LETTER, Style.ROMAN)), ["a", "i", "ii", "b", None, "c", "a"]),
        (Renumber("1", (Style.NUMBER, Style.DOTTED)), ["1", "1.1", "1.2", "2", None, "3", "1"]),
        (Renumber("2", (Style.ROMAN,)), ["1", "a", "b", "2", None, "3", "i"]),
        (Renumber(ROOT, (Style.NONE, Style.NONE)), [None, None, None, None, None, None, None]),
    ],
)
def test_items_are_numbered_and_breaks_are_not(operation: Renumber, expected: list[str | None]) -> None:
    changed = apply(AGENDA, operation)

    assert labels(changed) == expected
    assert apply(changed, *invert(AGENDA, operation)) == AGENDA


def test_letters_and_roman_numbers_go_on() -> None:
    items = tuple(Item(None, f"Item {n}") for n in range(1, 29))
    agenda = keyed(Agenda(None, days=(Day(None, blocks=(Block(None, None, items=items),)),)))

    assert labels(apply(agenda, Renumber(ROOT, (Style.LETTER,))))[24:] == ["y", "z", "aa", "ab"]
    roman = labels(apply(agenda, Renumber(ROOT, (Style.ROMAN,))))
    assert [roman[n - 1] for n in (4, 9, 14, 19, 28)] == ["iv", "ix", "xiv", "xix", "xxviii"]


# ---- ways


@pytest.mark.parametrize(
    ("way", "key", "place"),
    [
        (up, "1.1.2", Place("1.1")),
        (up, "1.3.1", Place("1.2", "1.2.1")),
        (up, "2.1.1", Place("1.3", "1.3.1")),
        (up, "2.1", Place("1", "1.3")),
        (up, "2", Place(ROOT)),
        (down, "1.1.1", Place("1.1", "1.1.2")),
        (down, "1.1.2", Place("1.2")),
        (down, "1.3", Place("2")),
        (down, "1", Place(ROOT, "2")),
        (indent, "1.1.2", Place("1.1.1", "1.1.1.2")),
        (outdent, "1.1.1.1", Place("1.1", "1.1.1")),
    ],
)
def test_keys_of_the_keyboard_lead_somewhere(way: type, key: str, place: Place) -> None:
    assert way(AGENDA, key) == Move(key, place)
    assert place_of(apply(AGENDA, way(AGENDA, key)), key) == place


@pytest.mark.parametrize(
    ("way", "key"),
    [(up, ""), (down, ""), (indent, ""), (outdent, ""),
     (up, "1.1.1"), (up, "1"), (up, "1.1.1.1"), (down, "2.1.1"), (down, "2"), (down, "1.1.1.2"), (indent, "1.1.1"),
     (indent, "1.2"), (outdent, "1.1.1"), (outdent, "1.1")],
)  # fmt: skip
def test_at_the_edge_there_is_no_further(way: type, key: str) -> None:
    with pytest.raises(Impossible, match="no_further"):
        way(AGENDA, key)


# ---- laws


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Agenda, list[Operation]]:
    """Invent an agenda and operations on it, each possible after those before."""
    agenda = draw(AGENDAS)
    now, done = agenda, list[Operation]()
    for number in range(draw(st.integers(1, 5))):
        operation = draw(operations(now, f"n{number}"))
        try:
            now = apply(now, operation)
        except Impossible:
            continue
        done.append(operation)
    return agenda, done


def operations(agenda: Agenda, new: str) -> st.SearchStrategy[Operation]:
    """Give operations of every kind that name parts of this agenda."""
    keys = st.sampled_from([ROOT, *keys_in(agenda)])
    places = st.builds(Place, keys, st.none() | keys)
    added = st.one_of(
        st.builds(Item, TEXTS, WORDS), st.builds(Block, TIMES, TIMES), st.builds(Day, st.none(), TEXTS)
    ).map(lambda part: replace(part, key=new))
    held = {str(part["key"]): part for part in parts(whole(agenda))}
    settable = [
        (key, name) for key, part in held.items() for name in part if name in ("title", "label", "room", "continued")
    ]

    def setting(at: tuple[str, str]) -> st.SearchStrategy[Operation]:
        key, name = at
        values = FLAGS if name == "continued" else WORDS if name == "title" else TEXTS
        return st.builds(Set, st.just(key), st.just(name), values, st.just(held[key][name]))

    splits = [
        SplitItem(str(key), at, str(part["title"]), new)
        for key, part in held.items()
        if part["part"] == "item"
        for at in range(1, len(str(part["title"])))
    ]
    return st.one_of(
        st.builds(Add, places, added),
        st.builds(Remove, keys),
        st.builds(Move, keys, places),
        st.builds(Join, keys, keys),
        st.builds(SplitBlock, keys, keys, TIMES, st.just(new)),
        st.builds(Renumber, keys, st.lists(st.sampled_from(Style), min_size=1, max_size=3).map(tuple), FLAGS),
        *([st.sampled_from(settable).flatmap(setting)] if settable else []),
        *([st.sampled_from(splits)] if splits else []),
    )


@LAW
@given(worlds())
def test_what_was_done_can_be_taken_back(world: tuple[Agenda, list[Operation]]) -> None:
    agenda, done = world

    after = apply(agenda, *done)

    assert whole(apply(after, *invert(agenda, *done))) == whole(agenda)


@LAW
@given(worlds())
def test_keys_stay_unique(world: tuple[Agenda, list[Operation]]) -> None:
    agenda, done = world

    keys = keys_in(apply(agenda, *done))

    assert len(keys) == len(set(keys))


@LAW
@given(worlds())
def test_moving_loses_and_invents_nothing(world: tuple[Agenda, list[Operation]]) -> None:
    agenda, done = world
    moves = [one for one in done if isinstance(one, Move)]
    try:
        after = apply(agenda, *moves)
    except Impossible:
        return

    assert sorted(keys_in(after)) == sorted(keys_in(agenda))
    assert sorted(title for _, title in titles(after)) == sorted(title for _, title in titles(agenda))


@LAW
@given(AGENDAS, st.lists(st.sampled_from(Style), min_size=1, max_size=3).map(tuple), FLAGS)
def test_numbering_twice_is_numbering_once(agenda: Agenda, styles: tuple[Style, ...], restart: bool) -> None:
    operation = Renumber(ROOT, styles, restart)
    once = apply(agenda, operation)

    assert apply(once, operation) == once
    assert invert(once, operation) == ()


@LAW
@given(worlds())
def test_an_operation_names_the_parts_it_changes(world: tuple[Agenda, list[Operation]]) -> None:
    """Two operations that name no part in common come to the same in either order, if neither numbers or removes."""
    agenda, done = world
    pair = [one for one in done if isinstance(one, Set | Move)][:2]
    if len(pair) < 2 or touches(pair[0]) & touches(pair[1]):
        return
    try:
        first, second = apply(agenda, *pair), apply(agenda, *reversed(pair))
    except Impossible:
        return

    assert whole(first) == whole(second)
