"""What could be done: three ways to end a day in time, and another order for guests; each a whole other plan.

Every way is tried out by projecting: what does not make the day end earlier is not proposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from convenor.meetings.agenda.model import Kind
from convenor.meetings.clock.facts import Actuals, Fact
from convenor.meetings.clock.plan import Plan, PlannedBlock, PlannedItem
from convenor.meetings.clock.project import project
from convenor.meetings.clock.projection import DayTimes, Finding, Note, Projection, State
from convenor.meetings.clock.timetable import MINUTE, ZERO, timetable

OPEN = (State.TO_COME, State.RUNNING)
OF_GUESTS = (Finding.GUEST_LATE, Finding.GUEST_GONE)
IN_THE_WAY = (Finding.DAY_OVERRUNS, Finding.HARD_END, *OF_GUESTS, Finding.PIN_MISSED, Finding.LEFT_OVER)


class Way(StrEnum):
    """How a proposal helps."""

    SHORTEN = "shorten"
    """What is to come is shortened in proportion, nothing below its minimum."""
    NEXT_DAY = "next_day"
    """What lies behind the day's end goes to the next day."""
    DROP = "drop"
    """As little as possible is left out."""
    REORDER = "reorder"
    """Items are taken in another order, so that nobody waits for a guest."""


class Deed(StrEnum):
    """What is done to an item."""

    SHORTENED = "shortened"
    """From `before` to `after`."""
    DROPPED = "dropped"
    """It had `before`."""
    TO_DAY = "to_day"
    """So much of it, `after`, is moved to the day `to`."""
    PLACED = "placed"
    """It is taken behind the item `to`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing done to an item."""

    item: str
    deed: Deed
    before: timedelta = ZERO
    after: timedelta = ZERO
    to: str = ""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """When a day is expected to end, without the proposal and with it."""

    day: str
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another plan to choose, with what it changes and its effect; `notes` are what is still in the way under it."""

    way: Way
    plan: Plan
    changes: tuple[Change, ...]
    ends: tuple[DayEnd, ...]
    expected: Projection
    notes: tuple[Note, ...]


def proposals(plan: Plan, actuals: Actuals, now: datetime, day: str | None = None) -> tuple[Proposal, ...]:
    """Return three proposals by which a day (or else the first that overruns) would end in time; none if it does.

    In time is at the planned end, or at the hard end if that is earlier. A proposal may not be enough: what is still in
    the way stands in its notes.
    """
    start = _Start(_fixed(plan), tuple(actuals), now.astimezone(UTC))
    late = next((one for one in start.before.days if day in (None, one.key) and start.excess(one)), None)
    if late is None:
        return ()
    trial = _Trial(start, late)
    return (trial.shorten(), trial.to_next_day(), trial.drop())


def reordered(plan: Plan, actuals: Actuals, now: datetime) -> Proposal | None:
    """Return a proposal in which an item whose guest is late is taken later in its block, or None if that helps nobody.

    Of the places at which least is waited for guests, or expected after they have left, it is the nearest.
    """
    start = _Start(_fixed(plan), tuple(actuals), now.astimezone(UTC))
    plan, changes = start.plan, list[Change]()
    for note in (note for note in start.before.notes if note.code is Finding.GUEST_LATE):
        best, least, change = plan, _waited(start.expected(plan)), None
        for behind in _behind(plan, note.key):
            moved = _placed(plan, note.key, behind)
            if (waited := _waited(start.expected(moved))) < least:
                length = _lengths(plan)[note.key]
                best, least, change = moved, waited, Change(note.key, Deed.PLACED, length, length, behind)
        plan, changes = best, [*changes, change] if change else changes
    return start.proposal(Way.REORDER, plan, changes) if changes else None


@dataclass(frozen=True, slots=True)
class _Open:
    """An item of which something is still to come on a day: how much, and how much of that can go."""

    item: PlannedItem
    left: timedelta
    slack: timedelta
    is_begun: bool


class _Start:
    """What proposals start from: a plan with fixed lengths, the facts, now, and what is expected."""

    def __init__(self, plan: Plan, facts: Sequence[Fact], now: datetime) -> None:
        self.plan, self.facts, self.now = plan, facts, now
        self.before = self.expected(plan)

    def expected(self, plan: Plan) -> Projection:
        """Return what is expected under another plan."""
        return project(plan, self.facts, self.now)

    def excess(self, day: DayTimes, limit: datetime | None = None) -> timedelta:
        """Return by how much a day ends too late: after a limit, or its planned or hard end."""
        ends = (day.planned.end if day.planned else None, day.latest) if limit is None else (limit,)
        by = min((end for end in ends if end is not None), default=None)
        if by is None or day.expected is None or day.expected.end is None or day.state not in OPEN:
            return ZERO
        return max(ZERO, day.expected.end - by)

    def proposal(self, way: Way, plan: Plan, changes: Sequence[Change]) -> Proposal:
        """Return a proposal with its effect."""
        after = self.expected(plan)
        days = zip(self.before.days, after.days, strict=True)
        ends = tuple(
            DayEnd(old.key, old.expected.end if old.expected else None, new.expected.end if new.expected else None)
            for old, new in days
        )
        notes = tuple(note for note in after.notes if note.code in IN_THE_WAY)
        return Proposal(way, plan, tuple(changes), ends, after, notes)


class _Trial:
    """Tries out ways to end a day in time."""

    def __init__(self, start: _Start, late: DayTimes) -> None:
        self.start, self.late = start, late
        self.at = start.before.days.index(late)
        self.limit = min(end for end in (late.planned.end if late.planned else None, late.latest) if end is not None)
        self.days = 1 + max(self.at, *_noted(start.plan, start.facts))
        self.lengths = _lengths(start.plan)
        self.open = self._open()

    def excess(self, plan: Plan) -> timedelta:
        """Return by how much the day still ends too late under a plan.

        Later days have no say in it, unless something of them was noted: it may have been put off to this one.
        """
        return self.start.excess(self.start.expected(Plan(plan.days[: self.days])).days[self.at], self.limit)

    def _open(self) -> list[_Open]:
        """Return the open items of the day in the order of time."""
        left, held = dict[str, timedelta](), dict[str, timedelta]()
        now = self.start.now
        for one in self.start.before.occurrences():
            if one.actual is not None:
                held[one.item] = held.get(one.item, ZERO) + (one.actual.end or now) - one.actual.start
        for one in self.late.occurrences:
            if one.state in OPEN and one.expected is not None and one.expected.end is not None:
                start = max(one.expected.start, now) if one.state is State.RUNNING else one.expected.start
                left[one.item] = left.get(one.item, ZERO) + one.expected.end - start
        items = {item.key: item for item in self.start.plan.items()}
        return [
            _Open(items[key], some, max(ZERO, some - max(ZERO, items[key].least - held.get(key, ZERO))), key in held)
            for key, some in left.items()
            if some
        ]

    def shorten(self) -> Proposal:
        """Take the least that is enough from the open items, in proportion to what is left of them."""
        plan = self.start.plan
        most = {one.item.key: one.slack for one in self.open}
        goal = self.excess(_shortened(plan, most))
        if goal >= self.excess(plan):
            return self.start.proposal(Way.SHORTEN, plan, ())
        total = _least(
            _minutes(sum(most.values(), ZERO)),
            lambda minutes: self.excess(_shortened(plan, in_proportion(self.open, minutes * MINUTE))) <= goal,
        )
        cuts = in_proportion(self.open, total * MINUTE)
        for key, cut in cuts.items():  # what a gap or a break that does not move makes up for anyway, is not cut
            if cut and self.excess(_shortened(plan, {**cuts, key: cut - MINUTE})) <= goal:

                def is_enough(minutes: int, key: str = key) -> bool:
                    return self.excess(_shortened(plan, {**cuts, key: minutes * MINUTE})) <= goal

                cuts[key] = _least(_minutes(cut), is_enough) * MINUTE
        changes = [
            Change(key, Deed.SHORTENED, self.lengths[key], max(ZERO, self.lengths[key] - cut))
            for key, cut in cuts.items()
            if cut
        ]
        return self.start.proposal(Way.SHORTEN, _shortened(plan, cuts), changes)

    def to_next_day(self) -> Proposal:
        """Move what lies behind the end, the last first; an item is parted only if both parts are worth beginning."""
        plan, changes, day = self.start.plan, list[Change](), self._next_day()
        need = self.excess(plan)
        for one in reversed(self.open) if day is not None else ():
            if day is None or not need:
                break
            key, least = one.item.key, one.item.least
            part = min(max(_minutes(need) * MINUTE, least), one.left)
            if not one.is_begun and one.left - part < least:
                part = one.left
            moved = _put_off(plan, one, part, day)
            if (left := self.excess(moved)) < need:
                plan, need = moved, left
                changes.insert(0, Change(key, Deed.TO_DAY, self.lengths[key], part, day))
        return self.start.proposal(Way.NEXT_DAY, plan, changes)

    def _next_day(self) -> str | None:
        """Return the next day that follows, is not over, and has room for items."""
        for one, planned in list(zip(self.start.before.days, self.start.plan.days, strict=True))[self.at + 1 :]:
            has_room = any(block.kind is Kind.ITEMS for block in planned.blocks)
            if has_room and one.state in OPEN and one.planned and one.planned.start >= self.limit:
                return one.key
        return None

    def drop(self) -> Proposal:
        """Leave out the items not begun that lose the least time and are enough; of equal ones, the later."""
        plan, dropped = self.start.plan, list[str]()
        need = self.excess(plan)
        lefts = {one.item.key: one.left for one in reversed(self.open) if not one.is_begun}
        lefts = {key: left for key, left in lefts.items() if self.excess(_without(plan, [key])) < need}
        while need and lefts:
            chosen = _least_loss(lefts, need)
            dropped += chosen
            lefts = {key: left for key, left in lefts.items() if key not in chosen}
            need = self.excess(_without(plan, dropped))
        for key in list(dropped):
            others = [one for one in dropped if one != key]
            if self.excess(_without(plan, others)) <= need:
                dropped = others
        changes = [
            Change(one.item.key, Deed.DROPPED, self.lengths[one.item.key])
            for one in self.open
            if one.item.key in dropped
        ]
        return self.start.proposal(Way.DROP, _without(plan, dropped), changes)


def in_proportion(given: Sequence[_Open], total: timedelta) -> dict[str, timedelta]:
    """Share a cut among items in proportion to what is left of them, in whole minutes; none gives more than it can."""
    cuts, rest = dict[str, timedelta](), total
    sharing = [one for one in given if one.left]
    while sharing:
        whole = sum((one.left for one in sharing), ZERO)
        full = [one for one in sharing if one.slack <= one.left * (rest / whole)]
        cuts.update({one.item.key: one.slack if full else one.left * (rest / whole) for one in full or sharing})
        rest -= sum((one.slack for one in full), ZERO)
        sharing = [one for one in sharing if one not in full] if full else []
    exact, given_up = ZERO, ZERO
    for one in given:
        exact += cuts.get(one.item.key, ZERO)
        taken = min(one.slack, max(ZERO, _minutes(exact) * MINUTE - given_up))
        cuts[one.item.key] = taken
        given_up += taken
    return {one.item.key: cuts[one.item.key] for one in given}


def _least(most: int, is_enough: Callable[[int], bool]) -> int:
    """Return the least number that is enough, where `most` is the largest worth trying."""
    low = 0
    while low < most:
        middle = (low + most) // 2
        low, most = (low, middle) if is_enough(middle) else (middle + 1, most)
    return low


def _least_loss(lefts: dict[str, timedelta], need: timedelta) -> list[str]:
    """Return the items whose minutes together are enough, and as few as possible; all if they are not."""
    best: dict[int, list[str]] = {0: []}
    for key, left in lefts.items():
        for total, keys in list(best.items()):
            best.setdefault(total + _minutes(left), [*keys, key])
    return best[min((total for total in best if total >= _minutes(need)), default=max(best))]


def _minutes(length: timedelta) -> int:
    """Round up to whole minutes."""
    return -(-length // MINUTE)


def _waited(projection: Projection) -> timedelta:
    """Return how long is waited for guests, and how much is expected after they have left."""
    return sum((note.length or ZERO for note in projection.notes if note.code in OF_GUESTS), ZERO)


def _noted(plan: Plan, facts: Sequence[Fact]) -> list[int]:
    """Return the days of whose items something was noted, and the first."""
    keys = {fact.key for fact in facts}
    items = [(at, item) for at, day in enumerate(plan.days) for block in day.blocks for item in block.items]
    return [0, *(at for at, item in items if any(one.key in keys for one in item.walk()))]


# Changes of a plan


def _fixed(plan: Plan) -> Plan:
    """Give every item the length it has as planned, so that a change of one leaves those of the others."""
    lengths = {slot.item.key: slot.length for day in timetable(plan) for block in day.blocks for slot in block.slots}
    return _each_item(plan, lambda item: [replace(item, length=lengths[item.key])])


def _lengths(plan: Plan) -> dict[str, timedelta]:
    return {item.key: item.length or ZERO for item in plan.items()}


def _each_block(plan: Plan, change: Callable[[PlannedBlock], PlannedBlock]) -> Plan:
    return Plan(tuple(replace(day, blocks=tuple(map(change, day.blocks))) for day in plan.days))


def _each_item(plan: Plan, change: Callable[[PlannedItem], Sequence[PlannedItem]]) -> Plan:
    def of(block: PlannedBlock) -> PlannedBlock:
        if block.kind is not Kind.ITEMS:
            return replace(block, items=())
        return replace(block, items=tuple(new for item in block.items for new in change(item)))

    return _each_block(plan, of)


def _shortened(plan: Plan, cuts: dict[str, timedelta]) -> Plan:
    """Take time from items whose lengths are fixed; their sub-items shrink with them."""

    def shorten(item: PlannedItem) -> PlannedItem:
        length = max(ZERO, (item.length or ZERO) - cuts[item.key])
        return replace(item, length=length, parts=_scaled(item.parts, length / item.length if item.length else 1))

    return _each_item(plan, lambda item: [shorten(item) if cuts.get(item.key) else item])


def _scaled(parts: Sequence[PlannedItem], by: float) -> tuple[PlannedItem, ...]:
    return tuple(
        replace(part, length=None if part.length is None else part.length * by, parts=_scaled(part.parts, by))
        for part in parts
    )


def _without(plan: Plan, keys: Sequence[str]) -> Plan:
    return _each_item(plan, lambda item: [] if item.key in keys else [item])


def _put_off(plan: Plan, one: _Open, part: timedelta, day: str) -> Plan:
    """Move an item, or the last part of it, to a later day: before the next part of its matter, or first.

    The part is an item of its own, which continues what stays.
    """
    item, key = one.item, one.item.key
    if part >= one.left and not one.is_begun:
        plan, moved = _without(plan, [key]), item
    else:
        new = f"{key}+"
        while any(new == other.key for other in plan.items()):
            new += "+"
        moved = PlannedItem(new, part, item.minimum, item.guests, (), key)
        plan = _shortened(plan, {key: part})
        plan = _each_item(plan, lambda other: [replace(other, continues=new) if other.continues == key else other])
    blocks = [block for one in plan.days if one.key == day for block in one.blocks if block.kind is Kind.ITEMS]
    places = ((block, at) for block in blocks for at, other in enumerate(block.items) if other.continues == moved.key)
    target, at = next(places, (blocks[0], 0))
    items = (*target.items[:at], moved, *target.items[at:])
    return _each_block(plan, lambda block: replace(block, items=items) if block.key == target.key else block)


def _behind(plan: Plan, key: str) -> list[str]:
    """Return the items of an item's block that stand behind it."""
    block = next(block.items for day in plan.days for block in day.blocks if key in [item.key for item in block.items])
    keys = [item.key for item in block]
    return keys[keys.index(key) + 1 :]


def _placed(plan: Plan, key: str, behind: str) -> Plan:
    """Put an item behind another one of its block."""
    moved = next(item for item in plan.items() if item.key == key)
    return _each_item(plan, lambda item: [] if item.key == key else [item, moved] if item.key == behind else [item])
