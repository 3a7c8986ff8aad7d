"""Short ways to write plans for tests: minutes after ten o'clock."""

from datetime import UTC, date, datetime, timedelta

from convenor.meetings.agenda import Kind
from convenor.meetings.clock import Act, BlockTimes, Fact, Plan, PlannedBlock, PlannedDay, PlannedItem, Projection, Span

TEN = datetime(2017, 6, 12, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def at(minutes: float) -> datetime:
    """Return a moment."""
    return TEN + minutes * MINUTE


def item(key: str, minutes: float | None = None, **more: object) -> PlannedItem:
    """Return an item."""
    return PlannedItem(key, None if minutes is None else minutes * MINUTE, **more)  # type: ignore[arg-type]


def block(key: str, start: float | None, end: float | None, *items: PlannedItem, **more: object) -> PlannedBlock:
    """Return a block of items."""
    moments = (None if one is None else at(one) for one in (start, end))
    return PlannedBlock(key, *moments, items=items, **more)  # type: ignore[arg-type]


def pause(key: str, start: float, end: float, **more: object) -> PlannedBlock:
    """Return a break."""
    return block(key, start, end, kind=Kind.BREAK, **more)


def lunch(key: str, start: float, end: float) -> PlannedBlock:
    """Return a break that does not move."""
    return pause(key, start, end, pinned_start=True, pinned_end=True)


def day(*blocks: PlannedBlock, key: str = "day", **more: object) -> PlannedDay:
    """Return a day."""
    return PlannedDay(key, date(2017, 6, 12), "UTC", blocks, **more)  # type: ignore[arg-type]


def plan(*blocks: PlannedBlock, **more: object) -> Plan:
    """Return a plan of one day."""
    return Plan((day(*blocks, **more),))


def facts(*lines: str) -> list[Fact]:
    """Read facts such as "25 opened day"."""
    found = []
    for line in lines:
        minutes, act, key, *to = line.split()
        found.append(Fact(Act(act), key, at(float(minutes)), to[0] if to else None))
    return found


def minutes(span: Span | None) -> tuple[float, float] | None:
    """Return from when to when in minutes after ten."""
    return None if span is None or span.end is None else ((span.start - TEN) / MINUTE, (span.end - TEN) / MINUTE)


def times(projection: Projection) -> dict[str, tuple[float, float] | None]:
    """Return what is expected: items with the number of their stretch from the second on, breaks by their block."""
    found = {one.item: None for one in projection.occurrences() if one.expected is None}
    for one in (row for shown in projection.days for row in shown.running_order()):
        name = one.key if isinstance(one, BlockTimes) else one.item
        again = "" if isinstance(one, BlockTimes) or one.number == 1 else f" {one.number}"
        found[name + again] = minutes(one.expected)
    return found
