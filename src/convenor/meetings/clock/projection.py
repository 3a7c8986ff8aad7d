"""What the clock says: planned, expected and actual times of a meeting, with codes for the reasons.

What is made by the hundred is a named tuple: it is made in half the time of a frozen dataclass.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

ZERO = timedelta(0)


class State(StrEnum):
    """Where a stretch, a block or a day stands."""

    TO_COME = "to_come"
    RUNNING = "running"
    HELD = "held"
    POSTPONED = "postponed"
    LEFT_OVER = "left_over"
    """The last day ended before it."""
    NOT_NEEDED = "not_needed"
    """The item was closed without having been taken up, or the break was passed over."""
    UNKNOWN = "unknown"
    """Its day is over, and nobody noted anything on it."""


class Why(StrEnum):
    """Why something is not as planned. `length` is by how much."""

    OPENED_LATE = "opened_late"
    """The day `key` was opened late."""
    NOT_OPENED = "not_opened"
    """The day `key` should have been opened, and was not."""
    NOT_BEGUN = "not_begun"
    """The item `key` should have been taken up, and was not."""
    TAKEN_UP_LATE = "taken_up_late"
    """The item `key` was taken up after a stretch in which nothing was treated."""
    OVERRAN = "overran"
    """The item `key` took or takes longer than planned."""
    BREAK_OVERRAN = "break_overran"
    """The break `key` took longer than planned."""
    WAITS_FOR_GUEST = "waits_for_guest"
    """The guest `key` comes only `at`."""
    DAY_BEFORE = "day_before"
    """The day `key` before it goes on for so long."""
    CARRIED = "carried"
    """What was left of the item `key` comes first."""
    CUT = "cut"
    """The block `key`, which does not move, lies before it."""
    ANOTHER_ORDER = "another_order"
    """Items were taken in another order."""
    EARLY = "early"
    """What stands before it ended early."""
    GOES_ON = "goes_on"
    """The block `key` interrupts it; `length` is left, and it goes on `at`, where that is known."""
    STOPS = "stops"
    """The block `key` ends as fixed; `length` is left, and it goes on `at`, where that is known."""
    CONTINUES = "continues"
    """It goes on with what was begun before."""
    FROM_DAY = "from_day"
    """It was left over from the day `key`."""


class Reason(NamedTuple):
    """A code with its values: the key of what it is about, how much, and when."""

    code: Why
    key: str = ""
    length: timedelta | None = None
    at: datetime | None = None


class Finding(StrEnum):
    """What somebody has to know or decide."""

    DAY_OVERRUNS = "day_overruns"
    """The day `key` is expected to end `length` after its planned end, `at`."""
    HARD_END = "hard_end"
    """The day `key` is expected to end `length` after nothing can go on, `at`."""
    NOT_OPENED = "not_opened"
    """The day `key` should have begun `at`, and nobody opened it."""
    GUEST_LATE = "guest_late"
    """The item `key` waits `length` for `guest`, who comes `at`."""
    GUEST_GONE = "guest_gone"
    """The item `key` is expected to end `length` after `guest` has left, `at`."""
    PIN_MISSED = "pin_missed"
    """The block `key` begins `length` after its pinned start, `at`."""
    OVERFULL = "overfull"
    """The items of the block `key` need `length` more than it has."""
    LEFT_OVER = "left_over"
    """The item `key` is left over when the last day has ended; `length` was left of it."""
    UNKNOWN_FACT = "unknown_fact"
    """Something was noted `at` about `key`, which the plan does not have."""


class Note(NamedTuple):
    """A finding with its values."""

    code: Finding
    key: str
    length: timedelta | None = None
    at: datetime | None = None
    guest: str = ""


class Span(NamedTuple):
    """From when to when; the end is None while it runs."""

    start: datetime
    end: datetime | None = None


class Part(NamedTuple):
    """A sub-item with its times."""

    key: str
    planned: Span | None
    expected: Span | None
    actual: Span | None
    state: State


class Occurrence(NamedTuple):
    """A stretch of an item, whose home is `block`; `number` counts the stretches of the item from 1.

    `planned` is None from the second stretch on, `expected` where it will not come. `delayed` are the reasons that add
    up to a `delay`; `notes` says what else there is to know. The parts stand with the item's first stretch.
    """

    item: str
    number: int
    block: str
    planned: Span | None
    expected: Span | None
    actual: Span | None
    state: State
    delay: timedelta = ZERO
    delayed: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    parts: tuple[Part, ...] = ()


class BlockTimes(NamedTuple):
    """A block with its times on its day: those of a break, or from the first of its items to the last."""

    key: str
    is_break: bool
    planned: Span | None
    expected: Span | None
    actual: Span | None
    state: State
    delay: timedelta = ZERO
    delayed: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class DayTimes:
    """A day with its times, which are those of its work; `over` is by how much its end is expected to be passed.

    `blocks` stand in planned order. `occurrences` is what is treated on the day, wherever it was planned, in the order
    of time, and what was planned for it and will not come.
    """

    key: str
    zone: str
    planned: Span | None
    expected: Span | None
    actual: Span | None
    state: State
    latest: datetime | None
    over: timedelta
    blocks: tuple[BlockTimes, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()

    def running_order(self) -> list[Occurrence | BlockTimes]:
        """Return the stretches and breaks that are expected, in the order of time."""
        rows: list[Occurrence | BlockTimes] = [*self.occurrences, *(block for block in self.blocks if block.is_break)]
        timed = [(one.expected.start, one.expected.end or one.expected.start, one) for one in rows if one.expected]
        return [one for *_, one in sorted(timed, key=lambda row: row[:2])]


@dataclass(frozen=True, slots=True)
class Projection:
    """The times of a whole meeting as seen at `now`."""

    now: datetime
    days: tuple[DayTimes, ...]
    notes: tuple[Note, ...] = ()

    def occurrences(self) -> Iterator[Occurrence]:
        """Yield the stretches of all items, day by day."""
        return (one for day in self.days for one in day.occurrences)

    def of(self, item: str) -> tuple[Occurrence, ...]:
        """Return the stretches of one item, the first first."""
        return tuple(sorted((one for one in self.occurrences() if one.item == item), key=lambda one: one.number))
