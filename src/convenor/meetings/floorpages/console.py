"""What the consoles of the chair and the secretariat show beside the floor: the one big button, the order, the day."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import uuid4

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from convenor.cycle.processes import Process
from convenor.meetings.adopting.found import shown_in
from convenor.meetings.floor import Kind
from convenor.meetings.floor.orders import COUNTED, side
from convenor.meetings.floor.state import CountEnd, Turn
from convenor.meetings.floor_people import names_of, speakers
from convenor.meetings.floor_words import OUTCOMES, RULES
from convenor.meetings.floorpages.deeds import MOST_RULES
from convenor.meetings.floorpages.minuting import LAST, Point, points_of, sorts
from convenor.meetings.floorpages.running import Running, running_of
from convenor.meetings.floorpages.showing import Floor, Level, Place, clock, floor_of
from convenor.meetings.models import Meeting
from convenor.shared import references

OUTCOMES_STATED = tuple(outcome for outcome in OUTCOMES if outcome != "adopted")


@dataclass(frozen=True, slots=True)
class Main:
    """The one big button: what it does, its words, and why it cannot be pressed where it cannot."""

    do: str = ""
    words: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """How often and how long somebody has spoken today."""

    name: str
    group: str
    turns: int
    time: str


@dataclass(frozen=True, slots=True)
class Today:
    """Who has spoken today: from where, of which group, and each with turns and time."""

    room: int
    online: int
    groups: Sequence[tuple[str, int]]
    people: Sequence[Spoke]


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the chair can put a request: behind whom it is first, one place earlier or later; None where it is not."""

    first: int | None = None
    earlier: int | None = None
    later: int | None = None


@dataclass(frozen=True)
class Console:
    """Everything a console shows to those of a level."""

    floor: Floor
    running: Running
    main: Main
    today: Today
    back_to: str  # whose turn can be given back
    instead_of: str  # whom the order had proposed, where the chair called somebody else
    objector: str
    placed: Sequence[tuple[Place, Placing]]

    @property
    def mark(self) -> int:
        """The mark of what is shown."""
        return self.floor.state.mark

    @property
    def rules(self) -> list[list[tuple[str, str, bool]]]:
        """The choices of the order of speakers: the weightiest rule, the second, the third."""
        held = list(self.floor.state.rules)
        return [
            [("", "—", False)][: int(place > 0)]
            + [(rule.value, str(name), held[place : place + 1] == [rule]) for rule, name in RULES.items()]
            for place in range(MOST_RULES)
        ]

    @property
    def limit(self) -> str:
        """The limit of the day as it is typed: "3" or "2:30"."""
        seconds = self.floor.state.limit_seconds
        return (clock(seconds) if seconds % 60 else str(seconds // 60)) if seconds else ""

    @property
    def first_order(self) -> int:
        """The point of order that is to be called first; 0 where none waits."""
        return next((place.request for place in self.floor.places if place.is_order), 0)

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """What the chair can state."""
        return [(outcome.value, _(OUTCOMES[outcome])) for outcome in OUTCOMES_STATED]

    @property
    def sorts(self) -> list[tuple[str, object]]:
        """What can be minuted."""
        return sorts()

    @cached_property
    def minuted(self) -> list[Point]:
        """What was minuted last."""
        return points_of(self.floor.meeting, self.floor.state, last=LAST)

    @cached_property
    def processes(self) -> Sequence[Process]:
        """The rules and selections that the agenda shows to be adopted, beside the rules in force."""
        return shown_in(self.floor.meeting)

    @property
    def kinds(self) -> list[tuple[str, object]]:
        """What a decision can be about by its number."""
        return references.chosen_by_number()

    @property
    def basis(self) -> int:
        """The check that a decision stated now rests on: the one that was closed last, on the item under way."""
        state = self.floor.state
        return state.checks[-1].id if state.checks and state.mark_kind is Kind.CHECK_CLOSED else 0

    @property
    def token(self) -> str:
        """The token of the next message."""
        return uuid4().hex


def console_of(meeting: Meeting, level: Level, *, now: datetime) -> Console:
    """Gather what a console shows."""
    floor = floor_of(meeting, level, now=now)
    state = floor.state
    running = running_of(meeting, state, floor.setting, now=now)
    turns = [one for one in state.turns if one.day == state.day]
    objection = state.counts[-1] if state.counts and state.mark_kind is Kind.OBJECTED else None
    keys = {one.person for one in turns}
    last = state.turns[-1] if state.turns else None
    can_undo = last and last.ended_by == state.mark and state.mark_kind in (Kind.FLOOR_GIVEN, Kind.FLOOR_ENDED)
    proposed = state.requests.get(state.turn.proposed) if state.turn and state.turn.is_deviation else None
    for one in filter(None, (last.person if last else "", proposed.person if proposed else "")):
        keys.add(one)
    if objection and objection.end is CountEnd.OBJECTED:
        keys.add(objection.objector)
    names = names_of(meeting, keys)
    return Console(
        floor,
        running,
        main_of(floor, running),
        _today(meeting, floor, turns, names),
        names.get(last.person, _("(erased)")) if last and can_undo else "",
        names.get(proposed.person, "") if proposed else "",
        names.get(objection.objector, _("(erased)")) if objection else "",
        _listed(floor),
    )


def main_of(floor: Floor, running: Running) -> Main:
    """Say what the one big button does now."""
    state = floor.state
    if not floor.is_open:
        return Main("", "", _("Open a day to begin."))
    if floor.is_break or not state.item:
        return _taking_up(floor, running)
    first = next(iter(floor.places), None)
    if floor.interrupted and not (first and first.is_order):
        return Main("next 0", _("Back to %(name)s") % {"name": floor.interrupted.who.name})
    if first:
        words = _("Point of order: %(name)s") if first.is_order else _("Next: %(name)s")
        return Main(f"next {first.request}", words % {"name": first.who.name})
    if floor.speaking:
        return Main("next 0", _("End the turn of %(name)s") % {"name": floor.speaking.who.name})
    return Main("", pgettext("the next speaker", "Next"), _("Nobody waits and nobody has the floor."))


def _taking_up(floor: Floor, running: Running) -> Main:
    following = running.next
    if following is None:
        said = _("Nothing of this day is still to come. Take up an item, or close the day.")
        return Main("", pgettext("the next speaker", "Next"), said)
    name = f"{following.label} {following.title}".strip()
    if following.is_resting:
        return Main(f"continue {following.key}", _("Continue %(item)s") % {"item": name})
    return Main(f"take {following.key}", _("Take up %(item)s") % {"item": name})


def _today(meeting: Meeting, floor: Floor, turns: Sequence[Turn], names: Mapping[str, str]) -> Today:
    counted = [one for one in turns if one.wish in COUNTED]
    known = speakers(meeting, {one.person for one in counted}, on=meeting.cycle.day_of(floor.now)) if counted else {}
    sides = Counter(side(one.seat) for one in counted)
    groups = Counter(known[one.person].group if one.person in known else "" for one in counted)
    seconds: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for one in turns:
        seconds[one.person] += int(_spoken(one, floor.now).total_seconds())
        times[one.person] += 1
    is_shown = "group" in floor.level
    return Today(
        sides["room"],
        sides["online"],
        [(group, number) for group, number in groups.most_common() if group] if is_shown else [],
        [
            Spoke(
                names.get(key, _("(erased)")), known[key].group if is_shown and key in known else "", times[key],
                clock(number),
            )
            for key, number in seconds.most_common()
        ],
    )  # fmt: skip


def _spoken(turn: Turn, now: datetime) -> timedelta:
    return turn.spoken(turn.ended_at or now)


def _listed(floor: Floor) -> list[tuple[Place, Placing]]:
    """Give the list with where each request can be put; points of order stay where they are."""
    rest = [place.request for place in floor.places if not place.is_order]
    found = {}
    for at, request in enumerate(rest):
        earlier = None if not at else rest[at - 2] if at > 1 else 0
        later = rest[at + 1] if at + 1 < len(rest) else None
        found[request] = Placing(0 if at > 1 else None, earlier, later)
    return [(place, found.get(place.request, Placing())) for place in floor.places]
