"""What the agenda page says of times, part by part: planned, now expected and held never mix."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from convenor.meetings.clock import BlockTimes, DayTimes, Occurrence, Reason, Span, State, Why
from convenor.meetings.clock_words import ClockWords, length
from convenor.meetings.models import Block, BlockKind, Day, Item
from convenor.meetings.syncing import key_of
from convenor.meetings.timing import Timing, is_today
from convenor.meetings.wording import day_name, item_name, times_in_words

MINUTE = timedelta(minutes=1)
EARLIER = "−"
UNSAID = (Why.CONTINUES, Why.EARLY)  # the page shows them without words
TAKE_UP, CONTINUE, CLOSE, PAUSE, OPEN, ADJOURN = "take-up", "continue", "close", "pause", "open", "adjourn"


@dataclass(frozen=True, slots=True)
class BlockSaid:
    """The second column of a block: expected or held times with what they differ by, or words instead; and why."""

    expected: str = ""
    held: str = ""
    off: str = ""
    words: str = ""
    why: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it differs by being late."""
        return not self.off.startswith(EARLIER)


@dataclass(frozen=True, slots=True)
class ItemSaid:
    """What an item says of its times: whether it is being treated, facts, what somebody should know, and acts."""

    is_now: bool = False
    facts: Sequence[str] = ()
    late: Sequence[str] = ()
    acts: Sequence[str] = ()
    is_to_come: bool = False


@dataclass(frozen=True, slots=True)
class Again:
    """A stretch that nobody planned: what was interrupted goes on, or was left over from another day."""

    key: str
    times: BlockSaid
    notes: Sequence[str]


@dataclass(frozen=True, slots=True)
class DaySaid:
    """When a day is expected to end or was held, by how much it is late, and what the chair can do with it."""

    expected: str = ""
    off: str = ""
    held: str = ""
    act: str = ""

    @property
    def is_late(self) -> bool:
        """Whether it differs by being late."""
        return not self.off.startswith(EARLIER)


@dataclass(slots=True)
class _Segment:
    """What is treated without another block or break in between; `block` is the home of its items."""

    block: str
    rows: list[Occurrence | BlockTimes]

    @property
    def span(self) -> Span:
        spans = [row.expected for row in self.rows if row.expected is not None]
        return Span(min(one.start for one in spans), max(one.end or one.start for one in spans))


@dataclass(slots=True)
class AgendaTimes:
    """Says the times of one meeting; without a timing there is nothing to say."""

    timing: Timing
    words: ClockWords
    of: Mapping[str, Sequence[Occurrence]]
    days: Mapping[str, DayTimes]
    next: str = ""
    _first: dict[str, _Segment] = field(default_factory=dict)
    _said: str = ""

    @classmethod
    def of_days(cls, timing: Timing, days: Sequence[Day]) -> "AgendaTimes":
        """Prepare to say the times of these days."""
        of: defaultdict[str, list[Occurrence]] = defaultdict(list)
        for one in sorted(timing.projection.occurrences(), key=lambda one: one.number):
            of[one.item].append(one)
        times = cls(timing, ClockWords(names_of(days), timing.meeting.zone), of, {})
        times.days = {day.key: day for day in timing.projection.days}
        times.next = times._next()
        return times

    def day(self, key: str, on: date | None) -> DaySaid:
        """Say when a day ends; call it before its blocks."""
        on = next((one.date for one in self.timing.plan.days if one.key == key), on)  # that on which it is held
        self.words = ClockWords(self.words.names, self.words.zone, on)
        self._said, self._first = "", {}
        day = self.days.get(key)
        if day is None:
            return DaySaid()
        held = self._span(day.actual) if day.actual and day.actual.end else ""
        planned, expected = (span.end if span else None for span in (day.planned, day.expected))
        opens = self.timing.open_day
        act = ADJOURN if opens == key else ""
        if not opens and day.state is State.TO_COME and is_today(self.timing.meeting, [on], now=self.timing.now):
            act = OPEN
        if held or day.state not in (State.TO_COME, State.RUNNING) or planned is None or expected is None:
            return DaySaid(held=held, act=act)
        off = self._off(expected - planned) if abs(expected - planned) >= MINUTE / 2 else ""
        shown = self.words.time(expected) if off and (expected > planned or day.state is State.RUNNING) else ""
        return DaySaid(shown, off if shown else "", "", act)

    def blocks(self, key: str, blocks: Sequence[Block]) -> tuple[Mapping[str, BlockSaid], Mapping[str, list[Again]]]:
        """Say the times of a day's blocks, and what comes again behind each; behind "" what comes before them all."""
        day = self.days.get(key)
        if day is None:
            return {}, {}
        own, again = {key_of(block) for block in blocks}, defaultdict[str, list[Again]](list)
        behind = ""
        for segment in _segments(day):
            if segment.block in own and segment.block not in self._first:
                self._first[segment.block] = segment
                behind = segment.block
            else:
                again[behind] += self._again(segment)
        times = {one.key: one for one in day.blocks}
        return {one: self._block(times[one]) for one in map(key_of, blocks) if one in times}, again

    def item(self, row: Item) -> ItemSaid:
        """Say the times of an item."""
        key = key_of(row)
        rows = self.of.get(key, ())
        if not rows:
            return ItemSaid()
        running = next((one for one in rows if one.state is State.RUNNING), None)
        coming = any(one.state is State.TO_COME and one.expected for one in rows)
        late = [words for one in rows for words in self._notes(one)]
        if key in self.timing.moved:
            late.insert(0, _("moved by the chair"))
        return ItemSaid(running is not None, list(self._facts(rows)), late, self._acts(key, running), coming)

    def part(self, row: Item, above: ItemSaid) -> ItemSaid:
        """Say the times of a sub-item, where it was called by itself."""
        found = (part for rows in self.of.values() for one in rows for part in one.parts if part.key == key_of(row))
        part = next(found, None) if above.is_now or above.facts else None
        if part is None or part.actual is None:
            return ItemSaid()
        if part.actual.end is None:
            return ItemSaid(facts=[_("since %(time)s") % {"time": self.words.time(part.actual.start)}])
        return ItemSaid(facts=[_("held %(times)s") % {"times": self._span(part.actual)}])

    # ---- blocks

    def _block(self, block: BlockTimes) -> BlockSaid:
        segment = self._first.get(block.key)
        if segment is None or block.planned is None:
            return BlockSaid(words=_absent(block.state))
        span, planned = segment.span, block.planned
        if block.state is State.HELD:
            return BlockSaid(held=self._span(block.actual or span), off=self._late(span, planned), why=self._why(block))
        same = span.start == planned.start and (planned.end is None or (span.end or span.start) <= planned.end)
        if same and block.state is State.TO_COME:
            is_pinned = block.is_break and block.key in self._pinned()
            return BlockSaid(words=_("does not move") if is_pinned else _("as planned"))
        return BlockSaid(self._span(span), off=self._late(span, planned), why=self._why(block))

    def _pinned(self) -> set[str]:
        blocks = (block for day in self.timing.plan.days for block in day.blocks)
        return {block.key for block in blocks if block.pinned_start and block.pinned_end}

    def _why(self, block: BlockTimes) -> str:
        """Say why, once for all blocks that are late for the same reasons."""
        said = self.words.delay(block)
        causes = said.partition(":")[2]
        if causes == self._said:
            return ""
        self._said = causes
        return said

    def _late(self, span: Span, planned: Span) -> str:
        offs = [span.start - planned.start]
        if span.end is not None and planned.end is not None and span.end > planned.end:
            offs.append(span.end - planned.end)
        return self._off(max(offs))

    def _off(self, off: timedelta) -> str:
        if abs(off) < MINUTE / 2:
            return ""
        return f"{'+' if off > timedelta(0) else EARLIER}{length(abs(off))}"

    def _again(self, segment: _Segment) -> Iterator[Again]:
        for row in segment.rows:
            if isinstance(row, Occurrence) and row.expected is not None:
                is_held = row.state is State.HELD
                said = self._span(row.actual if is_held and row.actual else row.expected)
                times = BlockSaid(held=said) if is_held else BlockSaid(expected=said)
                yield Again(row.item, times, [self.words.remark(one) for one in row.notes if one.code is Why.FROM_DAY])

    # ---- items

    def _facts(self, rows: Sequence[Occurrence]) -> Iterator[str]:
        held = [self._span(one.actual) for one in rows if one.actual and one.state is State.HELD]
        if held:
            yield _("held %(times)s") % {"times": ", ".join(held)}
        for one in rows:
            if one.state is State.RUNNING and one.actual:
                yield _("since %(time)s") % {"time": self.words.time(one.actual.start)}
                yield self.until(one)
            elif one.state is State.TO_COME and one.expected and self._begins_inside(one):
                yield _("expected %(time)s") % {"time": self.words.time(one.expected.start)}
        yield from filter(None, [_absent(one.state) for one in rows if one.expected is None])

    def until(self, one: Occurrence) -> str:
        """Say until when what is being treated is expected to last."""
        end = one.expected.end if one.expected else None
        if end is None or end <= self.timing.now:
            return _("its time is used up")
        return _("until about %(time)s") % {"time": self.words.time(end)}

    def _begins_inside(self, one: Occurrence) -> bool:
        """Whether its time is another than that of its block, which is not as planned."""
        first = self._first.get(one.block)
        if first is None or one not in first.rows or one.expected is None or one.planned is None:
            return False
        is_moved = one.planned.start != one.expected.start or bool(self.timing.moved)
        return is_moved and one.expected.start != first.span.start

    def _notes(self, one: Occurrence) -> Iterator[str]:
        for note in one.notes:
            if note.code not in UNSAID and note.code is not Why.FROM_DAY:
                yield self.words.remark(note)
        for reason in one.delayed:
            if reason.code is Why.WAITS_FOR_GUEST and self._is_own(reason, one.item):
                yield self.words.cause(reason)

    def _is_own(self, reason: Reason, item: str) -> bool:
        guests = (guest.name for one in self.timing.plan.items() if one.key == item for guest in one.guests)
        return reason.key in set(guests)

    def _acts(self, key: str, running: Occurrence | None) -> Sequence[str]:
        if not self.timing.open_day:
            return ()
        if running is not None:
            return (CLOSE, PAUSE)
        if key == self.next:
            return (CONTINUE,) if key in self.timing.resting else (TAKE_UP,)
        return ()

    def _next(self) -> str:
        """Find what is to be taken up next on the day that is open, or ""."""
        day = self.days.get(self.timing.open_day)
        for row in day.running_order() if day else ():
            if isinstance(row, Occurrence) and row.state is State.TO_COME:
                return row.item
        return ""

    def _span(self, span: Span | None) -> str:
        if span is None:
            return ""
        return f"{self.words.time(span.start)}–{self.words.time(span.end)}" if span.end else self.words.time(span.start)


def _segments(day: DayTimes) -> Iterator[_Segment]:
    """Yield what follows one another on a day, parted where another block begins."""
    segment: _Segment | None = None
    for row in day.running_order():
        block = row.key if isinstance(row, BlockTimes) else row.block
        if segment is None or segment.block != block:
            if segment is not None:
                yield segment
            segment = _Segment(block, [])
        segment.rows.append(row)
    if segment is not None:
        yield segment


def _absent(state: State) -> str:
    """Say why no time is expected; nothing where nobody noted anything."""
    words = {
        State.POSTPONED: _("put off"),
        State.LEFT_OVER: _("left over"),
        State.NOT_NEEDED: _("not needed"),
    }
    return words.get(state, "")


def names_of(days: Sequence[Day]) -> dict[str, str]:
    """Name days, breaks and items by their keys, as sentences say them."""
    names = {key_of(day): day_name(day) for day in days}
    for block in (block for day in days for block in day.blocks.all()):
        items = list(block.items.all())
        titles = [item.title for item in items if item.parent_id is None]
        is_pause = block.kind != BlockKind.ITEMS
        names[key_of(block)] = titles[0] if is_pause and titles else times_in_words(block) or _("a block without time")
        names.update((key_of(item), item_name(item)) for item in items)
    return names
