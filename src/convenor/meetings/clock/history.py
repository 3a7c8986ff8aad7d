"""What became of each item, break and day: the facts of a meeting, read in the order of their moments."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from convenor.meetings.clock.facts import Act, Actuals, Fact
from convenor.meetings.clock.timetable import ZERO, Slot, TimedBlock, TimedDay, part_shares

DAY = timedelta(days=1)


@dataclass(slots=True)
class Held:
    """A stretch that was held; without an end it still is."""

    start: datetime
    end: datetime | None = None

    def lasted(self, now: datetime) -> timedelta:
        """Return how long it has lasted."""
        return (self.end or now) - self.start


@dataclass(slots=True, eq=False)
class Story:
    """One item: where it is at home (`put_off_to` is another block), what was held of it, and of its sub-items."""

    slot: Slot
    block: TimedBlock
    put_off_to: TimedBlock | None = None
    held: list[Held] = field(default_factory=list)
    is_closed: bool = False
    is_postponed: bool = False
    part_lengths: dict[str, timedelta] = field(default_factory=dict)
    parts_held: dict[str, list[Held]] = field(default_factory=dict)
    parts_closed: set[str] = field(default_factory=set)
    key: str = field(init=False)

    def __post_init__(self) -> None:
        """Keep the key of the item at hand."""
        self.key = self.slot.item.key

    @property
    def home(self) -> TimedBlock:
        """The block in which what is left of it is to be treated."""
        return self.put_off_to or self.block

    @property
    def is_running(self) -> bool:
        """Whether it is being treated."""
        return bool(self.held) and self.held[-1].end is None

    @property
    def is_open(self) -> bool:
        """Whether something of it may be to come."""
        return not self.is_closed and not self.is_postponed

    def worked(self, now: datetime) -> timedelta:
        """Return how long it has been treated."""
        return sum((one.lasted(now) for one in self.held), ZERO)

    def left(self, now: datetime) -> timedelta:
        """Return how much of it is left; sub-items that were called tell it better."""
        if not self.parts_held and not self.parts_closed:
            return max(ZERO, self.slot.length - self.worked(now)) if self.held else self.slot.length
        open_parts = (key for key in self.part_lengths if key not in self.parts_closed)
        return sum((self.part_left(key, now) for key in open_parts), ZERO)

    def part_left(self, key: str, now: datetime) -> timedelta:
        """Return how much of a sub-item is left."""
        if key in self.parts_closed:
            return ZERO
        return max(ZERO, self.part_lengths[key] - sum((one.lasted(now) for one in self.parts_held.get(key, ())), ZERO))


class History:
    """Everything the facts say up to now; a fact about nothing planned is kept in `unknown`."""

    def __init__(self, days: Sequence[TimedDay], facts: Actuals, now: datetime) -> None:
        """Read the facts."""
        self.now, self._days = now, days
        self.stories: dict[str, Story] = {}
        self.blocks: dict[str, TimedBlock] = {}
        self.breaks: dict[str, Held] = {}  # those that were noted
        self.opened: list[datetime | None] = [None] * len(days)
        self.adjourned: list[datetime | None] = [None] * len(days)
        self.later: defaultdict[str, list[Story]] = defaultdict(list)  # the items that continue one
        self.unknown: list[Fact] = []
        self._owners: dict[str, Story] = {}
        self._begun: list[Story] = []  # those running, and some that rest
        self._places = {day.plan.key: at for at, day in enumerate(days)}
        self._gather()
        known = sorted((fact for fact in facts if fact.at <= now), key=lambda fact: fact.at)
        for fact in known:
            if fact.act is Act.OPENED and (at := self._places.get(fact.key)) is not None:
                self.opened[at] = self.opened[at] or fact.at
        self._begins = [self._begin(at) for at in range(len(days))]
        self._in_order = sorted(self._begins)
        for fact in known:
            self._take(fact)
        self._end_forgotten(now)
        self.put_off = [story for story in self.stories.values() if story.put_off_to is not None]
        self.held = self._held_by_day()
        self.has_facts = [self._has_facts(at) for at in range(len(days))]
        self.is_over = [self._is_over(at) for at in range(len(days))]

    def _gather(self) -> None:
        for block in (block for day in self._days for block in day.blocks):
            self.blocks[block.plan.key] = block
            for slot in block.slots:
                story = Story(slot, block)
                if slot.item.parts:
                    story.part_lengths = part_shares(slot.length, slot.item)
                self.stories[story.key] = story
                self._owners[story.key] = story
                for part in slot.item.parts:
                    self._owners.update((one.key, story) for one in part.walk())
                if slot.item.continues is not None:
                    self.later[slot.item.continues].append(story)

    def next_parts(self, item: str) -> list[Story]:
        """Return the items that go on with the matter of an item."""
        found, waiting = list[Story](), list(self.later.get(item, ()))
        while waiting:
            story = waiting.pop(0)
            if story not in found and story.key != item:
                found.append(story)
                waiting += self.later.get(story.key, ())
        return found

    # Which day is which

    def _begin(self, at: int) -> datetime:
        """Return when a day begins: at its dawn, or when it is opened on another date than planned."""
        dawn, opened = self._days[at].dawn, self.opened[at]
        return dawn if opened is None or dawn <= opened < dawn + DAY else opened

    def _day_of(self, moment: datetime, home: int) -> int:
        """Return the day a moment belongs to: the last that has begun; of two beside each other, the `home`."""
        last = self._in_order[max(0, bisect_right(self._in_order, moment) - 1)]
        return home if self._begins[home] == last else self._begins.index(last)

    def _held_by_day(self) -> list[list[tuple[Story, Held]]]:
        found: list[list[tuple[Story, Held]]] = [[] for _ in self._days]
        for story in self.stories.values():
            for held in story.held:
                found[self._day_of(held.start, story.block.day)].append((story, held))
        return found

    def _has_facts(self, at: int) -> bool:
        noted = (block.plan.key in self.breaks for block in self._days[at].blocks)
        return bool(self.held[at]) or self.opened[at] is not None or self.adjourned[at] is not None or any(noted)

    def _is_over(self, at: int) -> bool:
        """Say whether a day was adjourned, its night is over, or a later day has begun by a fact."""
        if self.adjourned[at] is not None or self.now >= self._begins[at] + DAY:
            return True
        later = (one for one in range(len(self._days)) if self._begins[one] > self._begins[at])
        return any(self.held[one] or self.opened[one] is not None for one in later)

    def follows(self, day: int, at: int) -> bool:
        """Say whether a day comes after another, and not beside it."""
        return self._begins[day] > self._begins[at]

    # Reading the facts

    def _take(self, fact: Fact) -> None:
        story = self._owners.get(fact.key)
        if story is not None and fact.act in _OF_ITEMS:
            self._end_forgotten(fact.at)
            self._take_item(story, fact)
        elif fact.key in self.blocks and self.blocks[fact.key].is_break and fact.act in (Act.STARTED, Act.ENDED):
            self._end_forgotten(fact.at)
            self._take_break(self.blocks[fact.key], fact)
        elif fact.key in self._places and fact.act in (Act.OPENED, Act.ADJOURNED):
            self._end_forgotten(fact.at)
            self._take_day(self._places[fact.key], fact)
        else:
            self.unknown.append(fact)

    def _running(self) -> list[Story]:
        self._begun = [story for story in self._begun if story.is_running]
        return self._begun

    def _end_forgotten(self, moment: datetime) -> None:
        """End what was left running on an earlier day, when that day was to end."""
        for story in self._running() if self._begun else ():
            start = story.held[-1].start
            day = self._day_of(start, story.block.day)
            if day != self._day_of(moment, day):
                _rest(story, max(start, min(moment, self._days[day].end or start)))

    def _take_item(self, story: Story, fact: Fact) -> None:
        leaves = self._leaves(story, fact.key)
        match fact.act:
            case Act.TAKEN_UP | Act.CONTINUED:
                self._begin_item(story, leaves, fact.at)
            case Act.PAUSED:
                _rest(story, fact.at)
            case Act.POSTPONED if not leaves:
                _rest(story, fact.at)
                to = self.blocks.get(fact.to or "")
                story.put_off_to = to if to is not None and not to.is_break else None
                story.is_postponed = story.put_off_to is None
            case _:
                _close(story, leaves, fact.at)

    def _leaves(self, story: Story, key: str) -> list[str]:
        """Return the sub-items a key stands for; none if it is that of the item itself."""
        if key == story.key:
            return []
        return next([leaf.key for leaf in one.leaves()] for one in story.slot.item.walk() if one.key == key)

    def _begin_item(self, story: Story, leaves: Sequence[str], at: datetime) -> None:
        """Take up an item: what ran before it in its track and the earlier parts of its matter are closed."""
        for other in self._running():
            if other is not story and other.block.track == story.block.track:
                _close(other, [], at)
        for key, held in self.breaks.items():
            if held.end is None and (self.blocks[key].track == story.block.track or self.blocks[key].is_fixed):
                held.end = at
        if not story.is_running:
            story.held.append(Held(at))
            self._begun.append(story)
        story.is_closed = story.is_postponed = False
        for earlier in self._before(story):
            if earlier.held and earlier.is_open:
                _close(earlier, [], at)
        if leaves:
            _begin_part(story, leaves, at)

    def _before(self, story: Story) -> list[Story]:
        """Return the earlier items of an item's matter."""
        found, earlier = list[Story](), self.stories.get(story.slot.item.continues or "")
        while earlier is not None and earlier not in found and earlier is not story:
            found.append(earlier)
            earlier = self.stories.get(earlier.slot.item.continues or "")
        return found

    def _take_break(self, block: TimedBlock, fact: Fact) -> None:
        held = self.breaks.setdefault(block.plan.key, Held(fact.at))
        held.end = fact.at if fact.act is Act.ENDED else None
        for story in self._running() if fact.act is Act.STARTED else ():
            if story.block.track == block.track or block.is_fixed:
                _rest(story, fact.at)

    def _take_day(self, at: int, fact: Fact) -> None:
        self.adjourned[at] = fact.at if fact.act is Act.ADJOURNED else None
        for story in self._running() if fact.act is Act.ADJOURNED else ():
            _rest(story, fact.at)


_OF_ITEMS = frozenset({Act.TAKEN_UP, Act.PAUSED, Act.CONTINUED, Act.CLOSED, Act.POSTPONED})


def _rest(story: Story, at: datetime) -> None:
    for stretches in (story.held, *story.parts_held.values()):
        if stretches and stretches[-1].end is None:
            stretches[-1].end = at


def _close(story: Story, parts: Sequence[str], at: datetime) -> None:
    """Close an item, or some of its sub-items."""
    for key in parts:
        for held in story.parts_held.get(key, ()):
            held.end = held.end or at
    story.parts_closed.update(parts)
    if not parts:
        _rest(story, at)
        story.is_closed, story.is_postponed = True, False


def _begin_part(story: Story, leaves: Sequence[str], at: datetime) -> None:
    """Take up a sub-item: the one under way before it is closed."""
    key = next((leaf for leaf in leaves if leaf not in story.parts_closed), leaves[0])
    for other, stretches in story.parts_held.items():
        if other != key and stretches[-1].end is None:
            stretches[-1].end = at
            story.parts_closed.add(other)
    story.parts_closed.discard(key)
    own = story.parts_held.setdefault(key, [])
    if not own or own[-1].end is not None:
        own.append(Held(at))
