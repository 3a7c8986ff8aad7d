"""Where a day ends, by its print and by its minutes, and which times follow from one another."""

import pytest

from convenor.meetings.agenda import Block, Day, Item, Kind
from convenor.meetings.agenda.edits import Set
from convenor.meetings.agenda.ends import Ending, Over, ending, following, taken


def block(start: str | None, end: str | None, *minutes: int | None, key: str = "b", **more: bool) -> Block:
    """Give a block with items of these minutes."""
    items = tuple(Item(None, "Item", one) for one in minutes)
    return Block(start, end, items=items, key=key, **more)  # type: ignore[arg-type]


def day(*blocks: Block) -> Day:
    """Give a day of these blocks."""
    return Day(None, blocks=blocks)


LUNCH = Block("13:00", "15:00", Kind.BREAK, pinned_start=True, pinned_end=True, key="lunch")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (day(), Ending(None, None, ())),
        (day(block("10:00", "11:00"), block("11:00", "12:00")), Ending("12:00", "12:00", ())),
        (day(block("10:00", "11:00", 30, 45)), Ending("11:00", "11:15", (Over("b", 75, 60),))),
        # What is over pushes the next, and a gap takes it up.
        (day(block("10:00", "11:00", 75), block("11:00", "12:00")), Ending("12:00", "12:15", (Over("b", 75, 60),))),
        (day(block("10:00", "11:00", 75), block("11:30", "12:00")), Ending("12:00", "12:00", (Over("b", 75, 60),))),
        # A pinned break stays where it is.
        (
            day(block("12:00", "13:00", 90), LUNCH, block("15:00", "16:00")),
            Ending("16:00", "16:00", (Over("b", 90, 60),)),
        ),
        (day(block("10:00", None, 30)), Ending(None, "10:30", ())),
        (day(block(None, None, 30)), Ending(None, None, ())),
        (day(block("22:00", "00:30")), Ending("00:30", "00:30", ())),
        (day(block("23:00", "00:00", 90)), Ending("00:00", "00:30", (Over("b", 90, 60),))),
    ],
)
def test_a_day_ends_when_its_minutes_are_over(given: Day, expected: Ending):
    assert ending(given) == expected


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], None),
        ([Item(None, "One")], None),
        ([Item(None, "One", 10), Item(None, "Two")], 10),
        ([Item(None, "One", 10, (Item(None, "Inner", 99),))], 10),
        ([Item(None, "One", None, (Item(None, "Inner", 7), Item(None, "Inner", 8)))], 15),
    ],
)
def test_minutes_are_those_of_the_item_else_of_what_stands_under_it(items: list[Item], expected: int | None):
    assert taken(items) == expected


def test_times_follow_and_what_is_pinned_stays():
    given = day(
        block("10:00", "11:20", key="a"), block("11:00", "12:00", key="b"), block("12:00", "12:30", key="c"), LUNCH,
        block("14:30", "15:00", key="d"),
    )  # fmt: skip

    assert list(following(given, "a")) == [
        Set("b", "start", "11:20", "11:00"),
        Set("b", "end", "12:20", "12:00"),
        Set("c", "start", "12:20", "12:00"),
        Set("c", "end", "12:50", "12:30"),
        Set("d", "start", "15:00", "14:30"),
        Set("d", "end", "15:30", "15:00"),
    ]


def test_nothing_follows_what_has_no_end_or_is_not_there():
    given = day(block("10:00", None, key="a"), block("11:00", "12:00", key="b"))

    assert (list(following(given, "a")), list(following(given, "x"))) == ([], [])
