"""The running order beside the chair: what was held, is under way and is to come, with when it is expected to end."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from convenor.meetings.agenda_page import days_of
from convenor.meetings.agenda_times import names_of
from convenor.meetings.clock import Act, BlockTimes, DayTimes, Occurrence
from convenor.meetings.clock import State as Stands
from convenor.meetings.clock_words import ClockWords, length
from convenor.meetings.floor import Setting, State
from convenor.meetings.floor.setting import running_order
from convenor.meetings.floor.state import ItemState
from convenor.meetings.models import BlockKind, Day, Item, Meeting
from convenor.meetings.syncing import key_of
from convenor.meetings.timing import Timing, timing_of
from convenor.meetings.wording import day_name, label_as_printed, times_in_words

MINUTE = timedelta(minutes=1)
DAWN = timedelta(hours=4)  # when the days of a meeting begin: see docs/explanation/clock.md


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the running order. `earlier` and `later` are behind what the item is taken if it is moved so."""

    key: str
    label: str
    title: str
    time: str
    tags: Sequence[str] = ()
    is_break: bool = False
    is_now: bool = False
    is_done: bool = False
    can_begin: bool = False
    is_resting: bool = False
    earlier: str | None = None
    later: str | None = None


@dataclass(frozen=True, slots=True)
class Ends:
    """When the item, its block and the day are expected to end; "" where that is not known."""

    item: str = ""
    left: str = ""
    block: str = ""
    day: str = ""
    planned: str = ""
    over: str = ""
    latest: str = ""


@dataclass(frozen=True, slots=True)
class Running:
    """The running order of the day that is open, or of the next one; `next` and `pause` are what comes next."""

    day: Day | None
    rows: Sequence[Row]
    ends: Ends
    notes: Sequence[str]
    next: Row | None
    pause: Row | None
    items: Sequence[tuple[str, str]]  # that are to come, with their names
    blocks: Sequence[tuple[str, str]]  # to the end of which an item can be put off
    choices: Sequence[tuple[str, str]]  # days that can be opened
    subjects: Sequence[tuple[str, str]]  # rows of all items, with their names


def running_of(meeting: Meeting, state: State, setting: Setting, *, now: datetime) -> Running:
    """Gather the running order; the number of queries does not depend on its length."""
    days = days_of(meeting)
    day = next((one for one in days if key_of(one) == state.day), None)
    timing = timing_of(meeting, days, now=now)
    found = {key_of(item): item for one in days for block in one.blocks.all() for item in block.items.all()}
    order = running_order(state, setting)
    coming = [key for key in order if key != state.item and state.items.get(key) is not ItemState.CLOSED]
    blocks = {
        key_of(block): _block_name(block) for one in days for block in one.blocks.all() if block.kind == BlockKind.ITEMS
    }
    drawn = _Rows(state, found, order, coming, meeting, timing, names_of(days))
    times = next((one for one in timing.projection.days if one.key == state.day), None) if timing else None
    rows = list(drawn.of_day(times)) if times else []
    return Running(
        day,
        rows,
        drawn.ends(times) if times else Ends(),
        drawn.notes(timing, day) if timing and day else (),
        next((row for row in rows if row.can_begin and not row.is_break), None),
        _pause(rows),
        [(key, _name(found[key])) for key in coming if key in found],
        list(blocks.items()),
        [(key_of(one), day_name(one)) for one in days],
        [(key[1:], _name(found[key])) for key in order if key in found],
    )


def _pause(rows: Sequence[Row]) -> Row | None:
    """Give the break that comes next, else the last one that nobody has begun."""
    breaks = [row for row in rows if row.is_break and row.can_begin]
    return next((row for row in breaks if not row.is_done), breaks[-1] if breaks else None)


def _name(item: Item) -> str:
    title = item.title if len(item.title) <= 60 else item.title[:59] + "…"  # noqa: PLR2004 - fits a choice
    return f"{label_as_printed(item.label)} {title}".strip()


def _block_name(block: object) -> str:
    day = day_name(block.day)  # type: ignore[attr-defined]  # a Block, whose day is loaded
    times = times_in_words(block)  # type: ignore[arg-type]  # as above
    return f"{day}, {times}" if times else day


@dataclass(frozen=True, slots=True)
class _Rows:
    """Draws the lines."""

    state: State
    items: Mapping[str, Item]
    order: Sequence[str]
    coming: Sequence[str]
    meeting: Meeting
    timing: Timing | None
    names: Mapping[str, str]

    def of_day(self, day: DayTimes) -> Iterator[Row]:
        """Yield the lines of a day in the order of time."""
        begun: set[str] = set()
        late = MINUTE * 0
        for row in day.running_order():
            if isinstance(row, BlockTimes):
                yield self._break(row)
            elif row.item in self.items:
                yield self._item(row, again=row.item in begun, is_later=abs(row.delay - late) >= MINUTE)
                begun.add(row.item)
                late = row.delay

    def ends(self, day: DayTimes) -> Ends:
        """Say when item, block and day are expected to end."""
        running = next((one for one in day.occurrences if one.state is Stands.RUNNING), None)
        block = next((one for one in day.blocks if running and one.key == running.block), None)
        end = running.expected.end if running and running.expected else None
        left = end - day_now if (day_now := self._now()) and end and end > day_now else None
        return Ends(
            self._time(end),
            length(left) if left else "",
            self._time(block.expected.end if block and block.expected else None),
            self._time(day.expected.end if day.expected else None),
            self._time(day.planned.end if day.planned else None),
            length(day.over) if day.over >= MINUTE / 2 else "",
            self._time(day.latest),
        )

    def notes(self, timing: Timing, day: Day) -> list[str]:
        """Say what somebody has to know or decide."""
        words = ClockWords(self.names, self.meeting.zone, timing.now.astimezone(ZoneInfo(self.meeting.zone)).date())
        keys = {key_of(day), *(one.item for one in timing.projection.occurrences())}
        return [words.finding(note) for note in timing.projection.notes if note.key in keys]

    def _now(self) -> datetime | None:
        return self.timing.now if self.timing else None

    def _break(self, row: BlockTimes) -> Row:
        end = row.actual.end if row.actual and row.actual.end else (row.expected.end if row.expected else None)
        return Row(
            row.key, "", self.names.get(row.key, ""), self._time(end), is_break=True,
            is_now=row.state is Stands.RUNNING, is_done=row.state is Stands.HELD,
            can_begin=row.key not in self._begun,
        )  # fmt: skip

    def _item(self, row: Occurrence, *, again: bool, is_later: bool) -> Row:
        item, end = self.items[row.item], row.expected.end if row.expected else None
        is_held = row.state is Stands.HELD
        tags = [_("continued")] if again else []
        if self.timing and row.item in self.timing.moved:
            tags.append(_("moved"))
        if is_later and row.delay >= MINUTE and not is_held:  # said once for those that follow with the same delay
            tags.append(_("%(length)s late") % {"length": length(row.delay)})
        earlier, later = self._neighbours(row.item)
        can_begin = row.state is Stands.TO_COME and row.item in self.coming
        return Row(
            row.item, label_as_printed(item.label), item.title, self._time(end), tags,
            is_now=row.state is Stands.RUNNING, is_done=is_held, can_begin=can_begin,
            is_resting=self.state.items.get(row.item) in (ItemState.PAUSED, ItemState.POSTPONED),
            earlier=earlier if can_begin and not again else None, later=later if can_begin and not again else None,
        )  # fmt: skip

    @property
    def _begun(self) -> set[str]:
        """The breaks that somebody has begun; one that nobody noted can be begun at any time, also late."""
        return {fact.key for fact in self.timing.facts if fact.act is Act.STARTED} if self.timing else set()

    def _neighbours(self, key: str) -> tuple[str | None, str | None]:
        """Give behind what an item is put to be taken one place earlier, and one later."""
        if key not in self.coming:
            return None, None
        at = self.coming.index(key)
        earlier = None
        if at:
            place = self.order.index(self.coming[at - 1])
            earlier = self.order[place - 1] if place else ""
        return earlier, self.coming[at + 1] if at + 1 < len(self.coming) else None

    def _time(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(ZoneInfo(self.meeting.zone)):%H:%M}" if moment else ""
