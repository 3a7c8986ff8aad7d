"""Planned, expected and actual times of a whole meeting, as seen at a moment."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from convenor.meetings.clock.delays import explain
from convenor.meetings.clock.facts import Actuals
from convenor.meetings.clock.findings import findings
from convenor.meetings.clock.history import History, Story
from convenor.meetings.clock.layout import IN_TIME, Layout, Row, Setting, Work
from convenor.meetings.clock.parts import parts_of
from convenor.meetings.clock.plan import Plan
from convenor.meetings.clock.projection import BlockTimes, DayTimes, Occurrence, Projection, Reason, Span, State, Why
from convenor.meetings.clock.timetable import ZERO, TimedBlock, timetable


def project(plan: Plan, actuals: Actuals, now: datetime) -> Projection:
    """Return the times of a meeting from its plan and what was noted up to now, in UTC.

    Raises:
        ValueError: `now` has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("now has no zone")
    return _Projecting(plan, actuals, now.astimezone(UTC)).projection()


class _Projecting:
    """Lays out day by day, handing on what is left; then puts together what is shown."""

    def __init__(self, plan: Plan, actuals: Actuals, now: datetime) -> None:
        self.now, self.days = now, timetable(plan)
        self.history = History(self.days, actuals, now)
        self.carried: list[Work] = []
        self.rows: list[list[Row]] = []
        for at in range(len(self.days)):
            self.rows.append(self._lay_out(at))
        self.of: defaultdict[str, list[Row]] = defaultdict(list)
        for row in sorted((row for rows in self.rows for row in rows), key=IN_TIME):
            if row.story is not None:
                self.of[row.story.key].append(row)

    def projection(self) -> Projection:
        """Return the whole."""
        shown = tuple(self._day(at) for at in range(len(self.days)))
        return Projection(self.now, shown, findings(self.days, self.history, shown, self.carried))

    # Laying out

    def _lay_out(self, at: int) -> list[Row]:
        day, history = self.days[at], self.history
        setting = self._setting(at)
        held = self._held(at)
        layouts = [Layout(lane, history, held[track], setting) for track, lane in enumerate(day.lanes)]
        carried = self._carried_into(at) if not setting.is_over and any(layout.cursor for layout in layouts) else {}
        found = [] if day.lanes else held[-1]  # of a day without blocks there is only what was held
        for track, layout in enumerate(layouts):
            found += layout.run(carried.get(track, []))
            explain(layout)
        if setting.is_over:
            self._carry_from(at, layouts)
        return [row for row in found if row.story is not None or row.block.is_shown]

    def _setting(self, at: int) -> Setting:
        """Say what a day's lanes have to know; the day before it may go on into it."""
        day, ended, before = self.days[at], None, ""
        for other, rows in enumerate(self.rows):
            if self.history.follows(at, other) and not self.history.is_over[other]:
                for row in rows:
                    if row.story is not None and (ended is None or row.end > ended):
                        ended, before = row.end, self.days[other].plan.key
        history = self.history
        return Setting(day.plan.key, at, history.opened[at], ended, before, day.start, history.is_over[at])

    def _held(self, at: int) -> defaultdict[int, list[Row]]:
        """Return what was held on a day, by track."""
        found: defaultdict[int, list[Row]] = defaultdict(list)
        for story, held in self.history.held[at]:
            state = State.RUNNING if held.end is None else State.HELD
            row = Row(story.block, story, held.start, held.end or self.now, state)
            if story.block.day != at:
                row.notes.append(Reason(Why.FROM_DAY, self.days[story.block.day].plan.key))
            found[min(story.block.track, len(self.days[at].lanes) - 1)].append(row)
        return found

    def _carried_into(self, at: int) -> dict[int, list[Work]]:
        """Take what is left of earlier days into a day, by track, unless its matter goes on only on a later one."""
        found: defaultdict[int, list[Work]] = defaultdict(list)
        kept: list[Work] = []
        for work in self.carried:
            parts = [story for story in self.history.next_parts(work.story.key) if story.is_open]
            parts = [story for story in parts if not self.history.is_over[story.home.day]]
            track = min(work.story.home.track, len(self.days[at].lanes) - 1)
            track = next((story.home.track for story in parts if story.home.day == at), track)
            is_later = bool(parts) and all(story.home.day != at for story in parts)
            is_beside = not self.history.follows(at, work.story.home.day)
            (kept if is_later or is_beside else found[track]).append(work)
        self.carried = kept
        return found

    def _carry_from(self, at: int, layouts: Sequence[Layout]) -> None:
        """Hand on what is left of a day that is over; of one that nobody noted, only what was begun elsewhere."""
        for layout in layouts:
            for block in layout.lane:
                for work in layout.works(block) if not block.is_break else ():
                    if work.left if work.story.held else self.history.has_facts[at]:
                        work.notes.append(Reason(Why.FROM_DAY, self.days[at].plan.key))
                        self.carried.append(work)

    # Putting together

    def _day(self, at: int) -> DayTimes:
        day, history = self.days[at], self.history
        work = [row for row in self.rows[at] if row.story]
        of_blocks: defaultdict[TimedBlock, list[Row]] = defaultdict(list)
        for row in self.rows[at]:
            of_blocks[row.block].append(row)
        expected = _around(work)
        held = _around([row for row in work if row.state is not State.TO_COME])
        began, adjourned = history.opened[at] or (held.start if held else None), history.adjourned[at]
        over = ZERO
        if expected and expected.end and day.end and not history.is_over[at]:
            over = max(ZERO, expected.end - day.end)
        occurrences = [*map(self._occurrence, work), *self._absent(at)]
        occurrences.sort(key=_moment)
        return DayTimes(
            day.plan.key,
            day.plan.zone,
            Span(day.start, day.end) if day.start else None,
            expected,
            Span(began, adjourned) if began else None,
            self._state(at),
            day.latest,
            over,
            tuple(self._block(at, block, of_blocks[block]) for block in day.blocks),
            tuple(occurrences),
        )

    def _state(self, at: int) -> State:
        if self.history.is_over[at]:
            return State.HELD if self.history.has_facts[at] else State.UNKNOWN
        return State.RUNNING if self.history.has_facts[at] else State.TO_COME

    def _block(self, at: int, block: TimedBlock, rows: Sequence[Row]) -> BlockTimes:
        expected = _around(rows)
        planned = Span(block.start, block.end) if block.start else None
        held = _around([row for row in rows if row.state is not State.TO_COME])
        still = any(row.state is not State.HELD for row in rows)
        actual = Span(held.start, None if still else held.end) if held else None
        states = {row.state for row in rows}
        if not states:
            is_unknown = self._state(at) is State.UNKNOWN
            states = {State.UNKNOWN if is_unknown else State.NOT_NEEDED}
        state = states.pop() if len(states) == 1 else State.RUNNING
        delay = expected.start - planned.start if expected and planned else ZERO
        delayed = rows[0].delayed if rows else ()
        return BlockTimes(block.plan.key, block.is_break, planned, expected, actual, state, delay, delayed)

    def _occurrence(self, row: Row) -> Occurrence:
        story = _story(row)
        rows = self.of[story.key]
        number = 1 if rows[0] is row else rows.index(row) + 1
        expected = Span(row.start, row.end)
        actual = expected if row.state is State.HELD else None
        if row.state is State.RUNNING:
            actual = Span(row.start)
        planned = Span(story.slot.start, story.slot.end) if number == 1 and story.slot.start else None
        is_shared = number == 1 and story.part_lengths
        parts = parts_of(story, [Span(one.start, one.end) for one in rows], self.now) if is_shared else ()
        return Occurrence(
            story.key,
            number,
            row.block.plan.key,
            planned,
            expected,
            actual,
            row.state,
            row.delay,
            row.delayed,
            tuple(self._notes(row, rows, number)) if number > 1 or row.notes or row.delay < ZERO else (),
            parts,
        )

    def _notes(self, row: Row, rows: Sequence[Row], number: int) -> Iterator[Reason]:
        if number > 1:
            yield Reason(Why.CONTINUES, _story(row).key)
        following = rows[number].start if number < len(rows) else None
        for note in row.notes:
            yield note._replace(at=following) if note.code in (Why.GOES_ON, Why.STOPS) else note
        if row.delay < ZERO:
            yield Reason(Why.EARLY, length=-row.delay)

    def _absent(self, at: int) -> Iterator[Occurrence]:
        """Yield what was planned for a day and will not come, on no day."""
        left = {work.story.key for work in self.carried}
        for block in self.days[at].blocks:
            for slot in block.slots:
                story = self.history.stories[slot.item.key]
                if self.of.get(story.key):
                    continue
                state = State.TO_COME  # on a day without times, which nobody opened
                if story.is_postponed:
                    state = State.POSTPONED
                elif story.is_closed:
                    state = State.NOT_NEEDED
                elif story.key in left:
                    state = State.LEFT_OVER
                elif self.history.is_over[at]:
                    state = State.UNKNOWN
                planned = Span(slot.start, slot.end) if slot.start else None
                parts = parts_of(story, [], self.now)
                yield Occurrence(story.key, 1, block.plan.key, planned, None, None, state, parts=parts)


def _story(row: Row) -> Story:
    if row.story is None:
        raise ValueError("a break is no stretch of an item")
    return row.story


def _around(rows: Sequence[Row]) -> Span | None:
    return Span(min(row.start for row in rows), max(row.end for row in rows)) if rows else None


def _moment(one: Occurrence) -> tuple[bool, datetime, datetime]:
    span = one.expected or one.planned
    if span is None:
        return True, datetime.max.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    return False, span.start, span.end or span.start
