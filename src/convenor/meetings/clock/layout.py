"""The clock itself: one lane of one day, from what was held to what is to come."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from convenor.meetings.clock.history import History, Story
from convenor.meetings.clock.plan import LEAST
from convenor.meetings.clock.projection import Reason, State, Why
from convenor.meetings.clock.timetable import ZERO, Lane, TimedBlock

IN_TIME = attrgetter("start", "end")
"""Puts rows in the order of time."""


@dataclass(slots=True, eq=False)
class Row:
    """A stretch of time: an item's, or a break. `causes` is what held it back, before it began."""

    block: TimedBlock
    story: Story | None
    start: datetime
    end: datetime
    state: State
    causes: list[Reason] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)
    delay: timedelta = ZERO
    delayed: tuple[Reason, ...] = ()


@dataclass(slots=True, eq=False)
class Work:
    """What is left to do of an item; `is_rest` of a stretch that was cut."""

    story: Story
    left: timedelta
    is_rest: bool = False
    notes: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a lane has to know of its day: its planned start, when it was opened, until when the day before goes on."""

    day: str
    at: int
    opened: datetime | None = None
    not_before: datetime | None = None
    day_before: str = ""
    start: datetime | None = None
    is_over: bool = False


class Layout:
    """Lays the open work of a lane out behind what was held.

    The queue holds works and, as marks, the blocks that do not simply follow: breaks, and blocks with a pinned start. A
    work that does not fit before a mark that does not move is cut there, or set aside whole, and comes again behind it;
    what stands after it in the queue waits with it, so that the order stays.
    """

    def __init__(self, lane: Lane, history: History, held: Sequence[Row], setting: Setting) -> None:
        """Gather what was held in the lane."""
        self.lane, self.history, self.now, self.setting = lane, history, history.now, setting
        noted = (self._noted(block) for block in lane if block.is_break and block.is_shown)
        rows = sorted([*held, *(row for row in noted if row)], key=IN_TIME)
        self.start = next((block.start for block in lane if block.start is not None), None)
        begun = max((at for at in (self.start, setting.not_before) if at is not None), default=None)
        self.cursor = max((row.end for row in rows), default=setting.opened or begun)
        self.running = next((row for row in rows if row.story and row.state is State.RUNNING), None)
        self.rows, self.queue, self.aside = rows, deque[Work | TimedBlock](), list[Work]()
        self._line_up()

    def run(self, carried: Sequence[Work]) -> list[Row]:
        """Return the rows of the lane in the order of time, with what is carried into it from earlier days."""
        if self.cursor is None or self.setting.is_over:
            return self.rows
        for work in reversed(carried):
            self._insert(work)
        if self.running is not None and self.running.story is not None:
            self._run_on(self.running, self.running.story)
        while self.queue or self.aside:
            self._step(self.cursor)
        return self.rows

    def _step(self, cursor: datetime) -> None:
        if not self.queue:
            self._release()
            return
        following = self.queue.popleft()
        if isinstance(following, Work):
            self._place(following, cursor)
        elif following.is_break:
            self._take_break(following, cursor)
        else:
            self._begin_pinned(following, cursor)

    def _begin_pinned(self, block: TimedBlock, cursor: datetime) -> None:
        """Begin a block at its pinned start; what it interrupts comes behind it."""
        own = [one for one in self.queue if isinstance(one, Work) and one.story.home is block]
        for work in own:
            self.queue.remove(work)
        self.aside[:0] = own
        self.cursor = max(cursor, block.start or cursor)
        self._release()

    def _release(self) -> None:
        """Bring what was set aside to the head of the queue."""
        self.queue.extendleft(reversed(self.aside))
        self.aside = []

    # What is to come

    def _line_up(self) -> None:
        held = {row.block.plan.key for row in self.rows}
        is_open = self.running is not None and self._stands(self.running) < 0
        for block in self.lane:
            if block.is_break:
                if not self._is_passed(block, is_open=is_open):
                    self.queue.append(block)
                elif block.is_shown and block.plan.key not in held and (row := self._unnoted(block)):
                    self.rows.append(row)
                continue
            works = [*self.works(block)]
            is_open = is_open or bool(works) or (self.running is not None and self.running.block is block)
            if block.plan.pinned_start and works and block.plan.key not in held:
                self.queue.append(block)
            self.queue.extend(works)
        self.rows.sort(key=IN_TIME)

    def works(self, block: TimedBlock) -> Iterator[Work]:
        """Yield what is left of the items of a block, and of those put off to its end."""
        own = (self.history.stories[slot.item.key] for slot in block.slots)
        put_off = (story for story in self.history.put_off if story.home is block)
        for story in [*(story for story in own if story.put_off_to is None), *put_off]:
            if story.is_open and not story.is_running:
                yield Work(story, story.left(self.now))

    def _insert(self, work: Work) -> None:
        """Put what comes from an earlier day before the next part of its matter, else to the head of the queue."""
        later = self.history.next_parts(work.story.key)
        homes = [story.home for story in later]
        places = (
            at
            for at, one in enumerate(self.queue)
            if (one.story in later if isinstance(one, Work) else not one.is_break and one in homes)
        )
        self.queue.insert(next(places, 0), work)

    def _limit(self, start: datetime) -> tuple[datetime, TimedBlock] | None:
        """Return what comes next that does not move, and when; a break whose end is over at `start` is none."""
        for block in self.queue:
            if isinstance(block, Work) or (block.is_break and not block.cuts) or block.is_past(start):
                continue
            at = block.gives_way_at if block.is_break else block.start
            if at is not None:
                return at, block
        return None

    def _run_on(self, row: Row, story: Story) -> None:
        """Say until when the running item goes on."""
        row.end = self.now + story.left(self.now)
        limit = self._limit(self.now)
        if limit is not None and max(limit[0], self.now) < row.end:
            at = max(limit[0], self.now)
            self._cut(row, row.end - at, limit[1])
            row.end = at
        self.cursor = row.end

    def _cut(self, row: Row, rest: timedelta, by: TimedBlock) -> None:
        if row.story is not None:
            is_gap = by.is_break and not by.is_shown and by.plan.key in self.history.blocks
            is_stop = is_gap and not self.history.blocks[by.plan.key].is_break
            row.notes.append(Reason(Why.STOPS if is_stop else Why.GOES_ON, by.plan.key, rest))
            self.aside.append(Work(row.story, rest, is_rest=True))

    def _place(self, work: Work, cursor: datetime) -> None:
        if self.aside:
            self.aside.append(work)
            return
        start, causes = self._earliest(work, cursor)
        limit = self._limit(max(cursor, self.now))
        end = start + work.left
        if limit is not None and limit[0] < end:
            if limit[0] <= start or limit[0] - start < work.story.slot.item.least:
                self.aside.append(work)
                return
            end = limit[0]
        row = Row(work.story.home, work.story, start, end, State.TO_COME, causes, work.notes)
        if limit is not None and end - start < work.left:
            self._cut(row, work.left - (end - start), limit[1])
        self.rows.append(row)
        self.cursor = end

    def _earliest(self, work: Work, cursor: datetime) -> tuple[datetime, list[Reason]]:
        """Return when a work can begin, and what holds it back."""
        start, causes, block = cursor, list[Reason](), work.story.home
        if block.waits and not work.is_rest and block.start is not None and self._is_waited_for(block):
            start = max(start, block.start)
        if start < self.now:
            is_open = self.setting.opened is not None or bool(self.rows)
            code, key = (Why.NOT_BEGUN, work.story.key) if is_open else (Why.NOT_OPENED, self.setting.day)
            causes.append(Reason(code, key, self.now - start))
            start = self.now
        for guest in work.story.slot.item.guests if not work.story.held else ():
            if guest.arrives is not None and guest.arrives > start:
                causes.append(Reason(Why.WAITS_FOR_GUEST, guest.name, guest.arrives - start, guest.arrives))
                start = guest.arrives
        return start, causes

    def _is_waited_for(self, block: TimedBlock) -> bool:
        """Say whether a block of this day that is to wait for its start has not begun; the first begins on opening."""
        if block.day != self.setting.at:
            return False
        if block.place == 0 and self.setting.opened is not None and self.start == self.setting.start:
            return block.plan.pinned_start
        return not any(row.block is block and row.state is not State.TO_COME for row in self.rows)

    # Breaks

    def _noted(self, block: TimedBlock) -> Row | None:
        held = self.history.breaks.get(block.plan.key)
        if held is None:
            return None
        if held.end is not None:
            return Row(block, None, held.start, held.end, State.HELD)
        planned = block.end if block.plan.pinned_end and block.end is not None else held.start + block.length
        if self.setting.is_over:
            return Row(block, None, held.start, max(planned, held.start), State.HELD)
        return Row(block, None, held.start, max(planned, self.now), State.RUNNING)

    def _is_passed(self, block: TimedBlock, *, is_open: bool) -> bool:
        """Say whether a break is behind: noted, or treated at its time was what stands behind it.

        One that moves is also behind if nothing before it is open; one that does not, if its second half was worked in.
        """
        if self.setting.is_over or block.plan.key in self.history.breaks:
            return True
        behind = [row.start for row in self.rows if self._stands(row) > block.place]
        if not block.is_fixed or block.start is None:
            return bool(behind) and not is_open
        half = block.start + block.length / 2
        return (
            any(start > block.start for start in behind)
            or any(row.start >= half for row in self.rows)
            or (self.cursor is not None and bool(self.rows) and block.is_past(self.cursor))
        )

    def _stands(self, row: Row) -> int:
        """Return the place of a row's block; what comes from another day stands before all."""
        return row.block.place if row.block.day == self.setting.at else -1

    def _unnoted(self, block: TimedBlock) -> Row | None:
        """Return a break that is behind and that nobody noted, if nothing was treated for a while when it was due."""
        if block.is_fixed and block.start is not None:
            begun = block.start
            above = max([begun, *(row.end for row in self.rows if row.start <= begun)])
            below = min((row.start for row in self.rows if row.start > begun), default=None)
        else:
            ends = [row.end for row in self.rows if self._stands(row) < block.place]
            below = min((row.start for row in self.rows if self._stands(row) > block.place), default=None)
            if not ends or below is None:
                return None
            above = max(ends)
        end = block.end if block.plan.pinned_end and block.end is not None else above + block.length
        end = end if below is None else min(end, below)
        return Row(block, None, above, end, State.HELD) if end - above >= min(LEAST, block.length) > ZERO else None

    def _take_break(self, block: TimedBlock, cursor: datetime) -> None:
        """Place a break; in its turn it begins by itself, but one that moves not before now while something waits."""
        start = cursor
        if (block.waits or block.is_fixed) and block.start is not None:
            start = max(start, block.start)
        if not block.is_fixed and (self.aside or not (self.rows or block.place == 0)):
            start = max(start, self.now)
        end = block.end if block.plan.pinned_end and block.end is not None else start + block.length
        if not block.is_fixed and (limit := self._limit(start)) is not None:
            end = min(end, limit[0])
        if start < end:
            state = State.TO_COME if start > self.now else State.RUNNING if end > self.now else State.HELD
            self.rows.append(Row(block, None, start, end, state))
            self.cursor = end
        if block.cuts:
            self._release()
