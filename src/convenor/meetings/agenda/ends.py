"""Where a day ends: as it is printed, and by the sum of its minutes; and the times that follow from one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convenor.meetings.agenda.edits.fields import Value
from convenor.meetings.agenda.edits.operations import Set
from convenor.meetings.agenda.model import Block, Day, Item

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Ending:
    """Where a day ends ("HH:MM", None where nothing says it), and the blocks whose items take longer than printed."""

    printed: str | None
    counted: str | None
    over: tuple["Over", ...]


@dataclass(frozen=True, slots=True)
class Over:
    """A block, by its key, whose items take more minutes than it has."""

    key: str
    takes: int
    has: int


def length(block: Block) -> int | None:
    """Give the printed minutes of a block; one that ends before it starts ends after midnight."""
    if block.start is None or block.end is None:
        return None
    return (_minutes(block.end) - _minutes(block.start)) % DAY_MINUTES


def taken(items: Sequence[Item]) -> int | None:
    """Give the minutes that items take together; one without minutes takes what stands under it; None: nothing says."""
    known = [minutes for item in items if (minutes := _taken_by(item)) is not None]
    return sum(known) if known else None


def _taken_by(item: Item) -> int | None:
    return item.minutes if item.minutes is not None else taken(item.children)


def ending(day: Day) -> Ending:
    """Say where a day ends.

    A block begins when it is printed to, or later where the one before has not ended; a pinned start does not wait. It
    lasts as long as printed, or as its items take if that is more; a pinned end stays.
    """
    at: int | None = None
    over = list[Over]()
    for block in day.blocks:
        has, takes = length(block), taken(block.items)
        if has is not None and takes is not None and takes > has:
            over.append(Over(block.key, takes, has))
        if (start := _begins(block, at)) is not None:
            at = start + max(has or 0, takes or 0)
            if block.pinned_end and block.end is not None:
                at = max(start, _after(_minutes(block.end), start))
    printed = next((block.end for block in reversed(day.blocks) if block.end is not None), None)
    return Ending(printed, None if at is None else clock(at), tuple(over))


def _begins(block: Block, at: int | None) -> int | None:
    if block.start is None:
        return at
    printed = _minutes(block.start)
    return printed if at is None or block.pinned_start else max(at, printed)


def following(day: Day, key: str) -> Iterator[Set]:
    """Yield what lets every block behind one begin when the one before it ends, each as long as it was.

    What is pinned stays; without an end, nothing follows.
    """
    at: int | None = None
    for block in day.blocks:
        if at is not None:
            start = _minutes(block.start) if block.pinned_start and block.start is not None else at
            has = length(block)
            end = start + has if has is not None else None
            if block.pinned_end and block.end is not None:
                end = _minutes(block.end)
            yield from _set(block, "start", clock(start))
            if end is not None:
                yield from _set(block, "end", clock(end))
            at = end
        elif block.key == key:
            at = None if block.end is None else _minutes(block.end)


def _set(block: Block, name: str, value: str) -> Iterator[Set]:
    was: Value = getattr(block, name)
    if was != value:
        yield Set(block.key, name, value, was)


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * 60 + int(minute)


def _after(minutes: int, start: int) -> int:
    """Put a time of the clock on the same day as a start, or on the next if it lies well before it."""
    return minutes + DAY_MINUTES if minutes < start - DAY_MINUTES // 2 else minutes


def clock(minutes: int) -> str:
    """Write minutes since midnight as a time; what is past midnight begins again at 00:00."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
