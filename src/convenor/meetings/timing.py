"""The times of a meeting from its rows and its log: what is planned, what was held, and what is expected now."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from convenor.meetings.agenda import Agenda, Item
from convenor.meetings.agenda.model import Kind as BlockKind
from convenor.meetings.clock import Act, Fact, Plan, PlannedBlock, PlannedItem, Projection, plan_of, project
from convenor.meetings.clock.timetable import DAWN, timetable
from convenor.meetings.floor import Kind
from convenor.meetings.floor.actuals import OF_TIME, actuals
from convenor.meetings.floor_log import entries_of
from convenor.meetings.floor_models import FloorEntry
from convenor.meetings.models import Continuation, Day, Meeting
from convenor.meetings.storing import agenda_of

PATIENCE = timedelta(hours=1)
"""Where nobody notes anything, what is expected is shown for so long after the planned beginning."""
BEFORE_DAWN = timedelta(hours=DAWN.hour)
NEAR = timedelta(hours=3)
"""So far from its printed hours a day can be opened on another date and still keep them."""
Links = Iterable[tuple[str, str]]  # keys of items that are one matter: the earlier, the later


@dataclass(frozen=True, slots=True)
class Timing:
    """What the clock says of a meeting, and what it was told; `moved` are the items that the chair moved.

    `is_elsewhere` says that a day is held on another date than the printed one, and the agenda was taken along.
    """

    meeting: Meeting
    plan: Plan
    facts: tuple[Fact, ...]
    moved: frozenset[str]
    projection: Projection
    is_elsewhere: bool = False

    @property
    def now(self) -> datetime:
        """The moment it is seen from."""
        return self.projection.now

    @property
    def order(self) -> Mapping[str, Sequence[str]]:
        """The items of each block in the order in which they are to be taken."""
        return {block.key: [item.key for item in block.items] for day in self.plan.days for block in day.blocks}

    @property
    def open_day(self) -> str:
        """The day that is open, or ""."""
        last = next((fact for fact in reversed(self.facts) if fact.act in (Act.OPENED, Act.ADJOURNED)), None)
        return last.key if last and last.act is Act.OPENED else ""

    @property
    def under_way(self) -> str:
        """The item or sub-item that is being treated, or ""."""
        of_items = (Act.TAKEN_UP, Act.CONTINUED, Act.PAUSED, Act.CLOSED, Act.POSTPONED)
        found = ""
        for fact in (one for one in self.facts if one.act in of_items):
            if fact.act in (Act.TAKEN_UP, Act.CONTINUED):
                found = fact.key
            elif fact.key == found:
                found = ""
        return found

    @property
    def resting(self) -> frozenset[str]:
        """The items that were begun, or put off, and can be gone on with."""
        last = {fact.key: fact.act for fact in self.facts}
        return frozenset(key for key, act in last.items() if act in (Act.PAUSED, Act.POSTPONED))


def timing_of(meeting: Meeting, days: Sequence[Day], *, links: Links | None = None, now: datetime) -> Timing | None:
    """Reckon the times of a meeting whose days are loaded; None where there is nothing to say but the plan.

    It asks for the log in one query, and for the links in another where they are not given. Nothing is expected of a
    meeting that is not held today and of which nothing was noted; nor of one that began an hour ago and of which
    nobody notes anything. In an example time stands still until somebody opens a day of it.
    """
    told = entries_of(meeting, kinds=OF_TIME)
    stands = meeting.cycle.moment(now)
    now = now if told and told[-1].at > stands else stands
    if not told and not is_today(meeting, (day.date for day in days), now=now):
        return None
    agenda = agenda_of(meeting, days)
    plan = plan_of(agenda, meeting.zone, paths_of(agenda, links_of(meeting) if links is None else links))
    facts = tuple(Fact(Act(one.act.value), one.key, one.at, one.to) for one in actuals(told))
    if not plan.days or (not facts and _is_past(plan, meeting, now)):
        return None
    moves = [(entry.text("item"), entry.text("behind")) for entry in told if entry.kind is Kind.MOVED]
    printed = moved(plan, moves)
    plan = taken_along(printed, facts)
    items = frozenset(item for item, _behind in moves)
    return Timing(meeting, plan, facts, items, project(plan, facts, now), is_elsewhere=plan != printed)


def present(meeting: Meeting, now: datetime) -> datetime:
    """Give the moment at which something is noted of a meeting: in an example time stands until a day is opened."""
    last = FloorEntry.objects.filter(meeting=meeting).order_by("-sequence").values_list("at", flat=True).first()
    stands = meeting.cycle.moment(now)
    return now if last is not None and last > stands else stands


def is_today(meeting: Meeting, dates: Iterable[date | None], *, now: datetime) -> bool:
    """Whether one of these dates is today where the meeting is; a day lasts until four in the morning."""
    return _today(meeting, now) in set(dates)


def links_of(meeting: Meeting) -> list[tuple[str, str]]:
    """Load which items are one matter, as keys."""
    links = Continuation.objects.filter(later__block__day__meeting=meeting, undone_at=None)
    return [(f"i{earlier}", f"i{later}") for earlier, later in links.values_list("earlier", "later")]


def moved(plan: Plan, moves: Sequence[tuple[str, str]]) -> Plan:
    """Return the plan in the order that the chair gave it: each item right behind another, or first of all.

    The lengths stay what they were. What is not planned any more moves nothing.
    """
    if not moves:
        return plan
    plan = _fixed(plan)
    for key, behind in moves:
        items = {item.key: item for item in plan.items()}
        behind_which = behind or next(iter(items), "")
        if key not in items or behind_which not in items or key == behind_which:
            continue
        put = (items[key], items[behind_which]) if not behind else (items[behind_which], items[key])

        def place(item: PlannedItem, key: str = key, put: tuple[PlannedItem, ...] = put) -> Sequence[PlannedItem]:
            return () if item.key == key else put if item in put else (item,)

        plan = _each(plan, place)
    return plan


def taken_along(plan: Plan, facts: Iterable[Fact]) -> Plan:
    """Return the plan on the date on which it is held, where a day was opened on another date than the printed one.

    The hours stay, so that one sees how late a meeting begins that was put off by a day; where they lie too far from
    those of the opening, as in a rehearsal, the day begins when it is opened.
    """
    days = {day.plan.key: day for day in timetable(plan)}
    opened = [fact for fact in facts if fact.act is Act.OPENED and fact.key in days]
    if not opened or (start := (day := days[opened[-1].key]).start) is None:
        return plan
    at, zone = opened[-1].at, ZoneInfo(day.plan.zone)
    if not (off := (at.astimezone(zone) - BEFORE_DAWN).date() - day.plan.date):
        return plan
    there = _shifted(start, zone, off)
    rest = at.replace(second=0, microsecond=0) - there if abs(at - there) > NEAR else timedelta(0)

    def put(moment: datetime | None) -> datetime | None:
        return None if moment is None else _shifted(moment, zone, off) + rest

    def of_block(block: PlannedBlock) -> PlannedBlock:
        items = tuple(map(of_item, block.items))
        return replace(block, start=put(block.start), end=put(block.end), items=items)

    def of_item(item: PlannedItem) -> PlannedItem:
        guests = tuple(replace(one, arrives=put(one.arrives), leaves=put(one.leaves)) for one in item.guests)
        return replace(item, guests=guests, parts=tuple(map(of_item, item.parts)))

    return Plan(
        tuple(
            replace(one, date=one.date + off, hard_end=put(one.hard_end), blocks=tuple(map(of_block, one.blocks)))
            for one in plan.days
        )
    )


def _shifted(moment: datetime, zone: ZoneInfo, off: timedelta) -> datetime:
    """Give the moment at which the clocks of a zone show the same hour so many days later."""
    local = moment.astimezone(zone)
    return datetime.combine(local.date() + off, local.timetz()).astimezone(UTC)


def _today(meeting: Meeting, now: datetime) -> date:
    return (now.astimezone(ZoneInfo(meeting.zone)) - BEFORE_DAWN).date()


def _is_past(plan: Plan, meeting: Meeting, now: datetime) -> bool:
    """Whether today should have begun so long ago that somebody would have noted it."""
    today = _today(meeting, now)
    starts = [day.start for day in timetable(plan) if day.plan.date == today and day.start is not None]
    return not starts or now > min(starts) + PATIENCE


def paths_of(agenda: Agenda, links: Links) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Turn links between keys into links between places of an agenda."""
    paths: dict[str, tuple[int, ...]] = {}

    def walk(items: Sequence[Item], above: tuple[int, ...]) -> None:
        for at, item in enumerate(items):
            paths[item.key] = (*above, at)
            walk(item.children, paths[item.key])

    for i, day in enumerate(agenda.days):
        for j, block in enumerate(day.blocks):
            walk(block.items, (i, j))
    return [(paths[earlier], paths[later]) for earlier, later in links if earlier in paths and later in paths]


def _fixed(plan: Plan) -> Plan:
    """Give every item the length it has as planned, so that a move leaves those of the others."""
    lengths = {slot.item.key: slot.length for day in timetable(plan) for block in day.blocks for slot in block.slots}
    return _each(plan, lambda item: (replace(item, length=lengths.get(item.key, item.length)),))


def _each(plan: Plan, change: Callable[[PlannedItem], Sequence[PlannedItem]]) -> Plan:
    def of(block: PlannedBlock) -> PlannedBlock:
        if block.kind is not BlockKind.ITEMS:
            return block
        return replace(block, items=tuple(new for item in block.items for new in change(item)))

    return Plan(tuple(replace(day, blocks=tuple(map(of, day.blocks))) for day in plan.days))
