"""The planned times: when each block, and each item in it, is to begin and end if all goes as planned."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from convenor.meetings.agenda.model import Kind
from convenor.meetings.clock.plan import Plan, PlannedBlock, PlannedDay, PlannedItem

ZERO, MINUTE = timedelta(0), timedelta(minutes=1)
DAWN = time(4)
"""What is held earlier, still belongs to the day before."""


@dataclass(slots=True, eq=False)
class Slot:
    """The planned stretch of an item: how long, and from when where that is known."""

    item: PlannedItem
    length: timedelta
    start: datetime | None

    @property
    def end(self) -> datetime | None:
        """When it is to end."""
        return None if self.start is None else self.start + self.length


@dataclass(slots=True, eq=False)
class TimedBlock:
    """A block with its planned times and those of its items; `day` and `track` count from 0, `place` within its lane.

    It `waits` for its planned start if it is the first of its lane, pinned, or stands after a gap. It `cuts` what runs
    into it if it is a break that does not move and a block for items follows. One that is not `is_shown` stands for the
    gap behind a pinned end, or for a break of another track.
    """

    plan: PlannedBlock
    day: int
    track: int
    start: datetime | None
    end: datetime | None
    slots: tuple[Slot, ...] = ()
    place: int = 0
    waits: bool = False
    cuts: bool = False
    is_shown: bool = True

    @property
    def is_break(self) -> bool:
        """Whether it is a break or a social event."""
        return self.plan.kind is not Kind.ITEMS

    @property
    def is_fixed(self) -> bool:
        """Whether it is a break that does not move."""
        return self.is_break and self.start is not None and (self.plan.pinned_start or self.plan.pinned_end)

    @property
    def length(self) -> timedelta:
        """How long it is planned to be."""
        return self.end - self.start if self.start is not None and self.end is not None else ZERO

    @property
    def filled_until(self) -> datetime | None:
        """When what is in it is to end: before its end where there is time to spare, after it where more is needed."""
        if self.is_break:
            return self.end
        return self.slots[-1].end if self.slots else self.start

    @property
    def gives_way_at(self) -> datetime | None:
        """When at the latest what stands before it has to stop, if it does not move."""
        if self.plan.pinned_start or self.end is None:
            return self.start
        return self.end - (self.length if self.plan.minimum is None else self.plan.minimum)

    def is_past(self, moment: datetime) -> bool:
        """Say whether its pinned end is over."""
        return self.is_break and self.plan.pinned_end and self.end is not None and moment >= self.end


Lane = tuple[TimedBlock, ...]
"""Blocks of a day that follow each other, beside those of other tracks."""


@dataclass(slots=True, eq=False)
class TimedDay:
    """A day with its planned times; `end` is when its last work is to end, `latest` when it has to.

    A day without work ends with its last break. `dawn` is when it begins if nobody opens it.
    """

    plan: PlannedDay
    blocks: tuple[TimedBlock, ...]
    lanes: tuple[Lane, ...]
    start: datetime | None
    end: datetime | None
    latest: datetime | None
    dawn: datetime


def timetable(plan: Plan) -> tuple[TimedDay, ...]:
    """Return the planned times of every day."""
    return tuple(_day(day, at) for at, day in enumerate(plan.days))


def _day(day: PlannedDay, at: int) -> TimedDay:
    blocks = tuple(_blocks(day, at))
    lanes = tuple(_lane(track, blocks) for track in sorted({block.track for block in blocks}))
    shown = {block.plan.key: block for lane in lanes for block in lane if block.is_shown}
    blocks = tuple(shown[block.plan.key] for block in blocks)
    ends = [(not block.is_break, block.end) for block in blocks if block.end is not None]
    end = max(ends)[1] if ends else None  # of work, if there is any
    start = min((block.start for block in blocks if block.start is not None), default=None)
    dawn = datetime.combine(day.date, DAWN, ZoneInfo(day.zone)).astimezone(UTC)
    dawn = dawn if start is None else min(dawn, start)
    return TimedDay(day, blocks, lanes, start, end, _latest(day, blocks, end), dawn)


def _latest(day: PlannedDay, blocks: Sequence[TimedBlock], end: datetime | None) -> datetime | None:
    """Return the hard end: as given, or the pinned start of what closes the day, or the pinned end of its last work."""
    last = next((at for at in reversed(range(len(blocks))) if not blocks[at].is_break), None)
    found = [day.hard_end]
    if last is not None and end is not None:
        found += [block.start for block in blocks[last + 1 :] if block.plan.pinned_start]
        found += [blocks[last].end] if blocks[last].plan.pinned_end else []
    return min((moment for moment in found if moment is not None), default=None)


def _blocks(day: PlannedDay, at: int) -> Iterator[TimedBlock]:
    """Give each block its times: what is not printed follows the block above, an open end reaches to the next start."""
    above: datetime | None = None
    ends: list[datetime | None] = []  # of the last block of each track
    for place, block in enumerate(day.blocks):
        start = block.start if block.start is not None else above
        end = block.end if block.end is not None else _next_start(day.blocks[place + 1 :], start)
        items = block.items if block.kind is Kind.ITEMS else ()
        lengths = shares(end - start if start is not None and end is not None else ZERO, items)
        if end is None and start is not None:
            end = start + sum(lengths, ZERO)
        track = _track(start, ends)
        ends[track] = end if end is not None else ends[track]
        above = end if end is not None else above
        yield TimedBlock(block, at, track, start, end, tuple(_slots(items, lengths, start)))


def _next_start(after: Iterable[PlannedBlock], start: datetime | None) -> datetime | None:
    if start is None:
        return None
    return next((block.start for block in after if block.start is not None and block.start > start), None)


def _slots(items: Sequence[PlannedItem], lengths: Sequence[timedelta], start: datetime | None) -> Iterator[Slot]:
    for item, length in zip(items, lengths, strict=True):
        yield Slot(item, length, start)
        start = None if start is None else start + length


def _track(start: datetime | None, ends: list[datetime | None]) -> int:
    """Return the first track whose last block has ended by then; blocks printed at one time run beside each other."""
    free = (at for at, end in enumerate(ends) if end is None or start is None or end <= start)
    track = next(free, len(ends))
    ends.extend([None] * (track + 1 - len(ends)))
    return track


def _lane(track: int, blocks: Sequence[TimedBlock]) -> Lane:
    own = [block for block in blocks if block.track == track]
    kept = list[TimedBlock]()
    for block in blocks:
        if block.track == track:
            kept.append(block)
        elif block.is_fixed and _is_between(block, own):
            kept.append(replace(block, track=track, is_shown=False))
    kept = _with_gaps(kept)
    last = max((at for at, block in enumerate(kept) if not block.is_break), default=-1)
    found, ended = list[TimedBlock](), None
    for at, block in enumerate(kept):
        waits = at == 0 or block.plan.pinned_start or (ended is not None and block.start and ended < block.start)
        cuts = block.is_fixed and at < last
        found.append(replace(block, place=at, waits=bool(waits and block.start), cuts=cuts))
        ended = block.filled_until
    return tuple(found)


def _with_gaps(blocks: Sequence[TimedBlock]) -> list[TimedBlock]:
    """Put what does not move behind a pinned end: the break that follows begins then, or the gap is like one."""
    found = list(blocks[:1])
    for block, below in pairwise(blocks):
        end = block.end if block.plan.pinned_end and not block.is_break else None
        if end is not None and below.is_break:
            below = replace(below, plan=replace(below.plan, pinned_start=True))  # noqa: PLW2901
        elif end is not None and below.start is not None and below.start > end:
            gap = PlannedBlock(block.plan.key, end, below.start, Kind.BREAK, pinned_start=True, pinned_end=True)
            found.append(TimedBlock(gap, block.day, block.track, end, below.start, is_shown=False))
        found.append(below)
    return found


def _is_between(pause: TimedBlock, own: Sequence[TimedBlock]) -> bool:
    """Say whether a break of another track stands between the blocks of this one."""
    if pause.start is None or pause.end is None:
        return False
    sides = [
        -1
        if block.end is not None and block.end <= pause.start
        else 1
        if block.start and block.start >= pause.end
        else 0
        for block in own
    ]
    return 0 not in sides and sides == sorted(sides) and len(set(sides)) > 1


def shares(total: timedelta, items: Sequence[PlannedItem]) -> list[timedelta]:
    """Share a time: explicit lengths first, what they leave equally among the others, in whole minutes where it goes.

    An item whose sub-items all have lengths is as long as they are together; with some, at least that.
    """
    known = [_own(item) if item.parts else item.length for item in items]
    if None not in known:
        return [length or ZERO for length in known]
    left = max(ZERO, total - sum((length for length in known if length is not None), ZERO))
    equal = iter(_equal(left, known.count(None)))
    for at, item in enumerate(items):
        if known[at] is None:
            share = next(equal)
            known[at] = max(share, _explicit(item)) if item.parts else share
    return [length or ZERO for length in known]


def part_shares(total: timedelta, item: PlannedItem) -> dict[str, timedelta]:
    """Share an item's time among everything under it that has nothing under itself."""
    found: dict[str, timedelta] = {}
    for part, length in zip(item.parts, shares(total, item.parts), strict=True):
        found.update(part_shares(length, part) if part.parts else {part.key: length})
    return found


def _own(item: PlannedItem) -> timedelta | None:
    """Return the length that is written at an item, or at all of its sub-items."""
    if item.length is not None:
        return item.length
    whole = ZERO
    for part in item.parts:
        length = _own(part) if part.parts else part.length
        if length is None:
            return None
        whole += length
    return whole


def _explicit(item: PlannedItem) -> timedelta:
    """Return how much time is written at an item's sub-items."""
    return sum((part.length if part.length is not None else _explicit(part) for part in item.parts), ZERO)


def _equal(total: timedelta, number: int) -> list[timedelta]:
    if number == 1:
        return [total]
    seconds = int(total.total_seconds())
    unit = 60 if seconds >= number * 60 and not seconds % 60 else 1
    if seconds % (unit * number) == 0:  # as most are
        return [timedelta(seconds=seconds // number)] * number
    bounds = [seconds // unit * at // number * unit for at in range(number + 1)]
    return [timedelta(seconds=end - start) for start, end in pairwise(bounds)]
