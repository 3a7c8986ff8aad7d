"""From an agenda to a plan: clock times become moments, keys are given where there are none."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from convenor.meetings.agenda.model import Agenda, Block, Day, Item, Kind
from convenor.meetings.clock.moments import moment, moments
from convenor.meetings.clock.plan import Guest, Plan, PlannedBlock, PlannedDay, PlannedItem

MEAL = timedelta(minutes=45)
"""A break of this length or more is a meal, and meals do not move."""
Path = tuple[int, ...]
_WINDOW = re.compile(r"(\d\d:\d\d)?–(\d\d:\d\d)? (.+)")


def plan_of(agenda: Agenda, zone: str, links: Iterable[tuple[Path, Path]] = ()) -> Plan:
    """Return the plan of an agenda whose times are those of a zone.

    Days without a date are left out: nobody knows when they are. A part without a key gets its path, "1.2.3" for the
    third item in the second block of the first day. `links` are pairs of paths, counted from 0, of items that are one
    matter, the earlier first. Guests are read from an item's `arrivals` ("10:40–11:30 Name"), and its least length from
    `minimum_minutes`, where the agenda has them.
    """
    earlier = {later: _key_at(agenda, source) for source, later in links}
    return Plan(
        tuple(
            _Reading(date.fromisoformat(day.date), ZoneInfo(zone), earlier).day(day, at)
            for at, day in enumerate(agenda.days)
            if day.date is not None
        )
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One day being read."""

    on: date
    zone: ZoneInfo
    earlier: Mapping[Path, str]

    def day(self, day: Day, at: int) -> PlannedDay:
        """Return the day."""
        times = moments(self.on, [(block.start, block.end) for block in day.blocks], self.zone)
        blocks = (
            self._block(block, (at, place), start, end)
            for place, (block, (start, end)) in enumerate(zip(day.blocks, times, strict=True))
        )
        return PlannedDay(_key(day, (at,)), self.on, self.zone.key, tuple(blocks))

    def _block(self, block: Block, path: Path, start: datetime | None, end: datetime | None) -> PlannedBlock:
        is_meal = block.kind is Kind.BREAK and start is not None and end is not None and end - start >= MEAL
        return PlannedBlock(
            _key(block, path),
            start,
            end,
            block.kind,
            tuple(self._items(block.items, path, start)) if block.kind is Kind.ITEMS else (),
            pinned_start=block.pinned_start or is_meal or block.kind is Kind.SOCIAL,
            pinned_end=block.pinned_end or is_meal,
            minimum=_minimum(block),
        )

    def _items(self, items: Iterable[Item], path: Path, start: datetime | None) -> Iterator[PlannedItem]:
        for at, item in enumerate(items):
            here = (*path, at)
            yield PlannedItem(
                _key(item, here),
                None if item.minutes is None else timedelta(minutes=item.minutes),
                _minimum(item),
                tuple(self._guests(item, start)),
                tuple(self._items(item.children, here, start)),
                self.earlier.get(here),
            )

    def _guests(self, item: Item, start: datetime | None) -> Iterator[Guest]:
        """Yield the guests of an item and of everything under it; times are those of the date on which it begins."""
        on = self.on if start is None else start.astimezone(self.zone).date()
        for line in (line for one in item.walk() for line in getattr(one, "arrivals", ())):
            if match := _WINDOW.fullmatch(line):
                arrives, leaves = (moment(on, at, self.zone) if at else None for at in match.group(1, 2))
                yield Guest(match[3], arrives, leaves)


def _minimum(part: Block | Item) -> timedelta | None:
    minutes = getattr(part, "minimum_minutes", None)
    return None if minutes is None else timedelta(minutes=minutes)


def _key_at(agenda: Agenda, path: Path) -> str:
    """Return the key of the item at a path."""
    item = agenda.days[path[0]].blocks[path[1]].items[path[2]]
    for at in path[3:]:
        item = item.children[at]
    return _key(item, path)


def _key(part: Day | Block | Item, path: Path) -> str:
    """Return a part's key, or its path counted from 1."""
    return part.key or ".".join(str(at + 1) for at in path)
