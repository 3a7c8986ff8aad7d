"""What a meeting plans: days, blocks of time and the items treated in them, with every moment in UTC.

A plan holds moments, not clock times: `agendas` and `moments` turn what an agenda prints into them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from convenor.meetings.agenda.model import Kind

LEAST = timedelta(minutes=5)
"""The shortest stretch worth beginning an item for, where the plan does not say another."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody an item cannot be treated without, and when they are there; None leaves that side open."""

    name: str
    arrives: datetime | None = None
    leaves: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item; without a `length` it takes a share of what its block leaves.

    `minimum` is the least it can be shortened to. `continues` names the earlier item that is the same matter.
    """

    key: str
    length: timedelta | None = None
    minimum: timedelta | None = None
    guests: tuple[Guest, ...] = ()
    parts: tuple["PlannedItem", ...] = ()
    continues: str | None = None

    @property
    def least(self) -> timedelta:
        """The shortest this item may become."""
        return LEAST if self.minimum is None else self.minimum

    def walk(self) -> Iterator["PlannedItem"]:
        """Yield the item and everything under it, in reading order."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def leaves(self) -> list["PlannedItem"]:
        """Return what has nothing under it, in reading order."""
        return [one for one in self.walk() if not one.parts]


@dataclass(frozen=True, slots=True)
class PlannedBlock:
    """A stretch of a day. A break or social event has no items.

    A pinned start is neither left early nor passed by what stands before it; a pinned end is kept. `minimum` is what is
    left of a break whose end is pinned and whose start is not; without one it is the whole break.
    """

    key: str
    start: datetime | None
    end: datetime | None
    kind: Kind = Kind.ITEMS
    items: tuple[PlannedItem, ...] = ()
    pinned_start: bool = False
    pinned_end: bool = False
    minimum: timedelta | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of the meeting in its zone; after `hard_end` nothing can go on (interpreters leave, doors close)."""

    key: str
    date: date
    zone: str
    blocks: tuple[PlannedBlock, ...] = ()
    hard_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The days of a meeting, in order.

    Raises:
        ValueError: two days, blocks or items share a key, a moment has no zone, or an end comes before its start.
    """

    days: tuple[PlannedDay, ...] = ()

    def __post_init__(self) -> None:
        """Check what the clock relies on."""
        blocks = [block for day in self.days for block in day.blocks]
        keys = [day.key for day in self.days] + [block.key for block in blocks]
        keys += [one.key for item in self.items() for one in item.walk()]
        if len(keys) != len(set(keys)):
            raise ValueError(f"the key {Counter(keys).most_common(1)[0][0]!r} is given twice")
        moments = [moment for block in blocks for moment in (block.start, block.end)]
        moments += [day.hard_end for day in self.days]
        moments += [when for item in self.items() for guest in item.guests for when in (guest.arrives, guest.leaves)]
        if any(moment is not None and moment.tzinfo is None for moment in moments):
            raise ValueError("a moment of the plan has no zone")
        for block in blocks:
            if block.start is not None and block.end is not None and block.end < block.start:
                raise ValueError(f"the block {block.key!r} ends before it starts")

    def items(self) -> Iterator[PlannedItem]:
        """Yield the items, in order."""
        return (item for day in self.days for block in day.blocks for item in block.items)
