"""In which order people speak: the rules of the day propose, the chair's word comes over them, each place has reasons.

The list is built from its head: of those who still wait, the one whom the rules of the day put first, in their order of
weight, is taken; who asked earlier decides between equals. A place once taken counts like a turn for the places after
it, so that the whole list is balanced, and not only its head. Nothing here depends on the time of day: the same log and
the same people give the same order to everybody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from convenor.meetings.floor.entries import Channel
from convenor.meetings.floor.setting import Setting
from convenor.meetings.floor.state import Placement, Request, Rule, State, Turn, Wish

COUNTED = frozenset({Wish.INTERVENTION, Wish.QUESTION})
"""The kinds of turn that count for the balance; a reply or a point of order is nobody's turn."""
CLASSES: Mapping[Rule, str] = {Rule.GROUP: "group", Rule.REGION: "region", Rule.GENDER: "gender"}
POINT_OF_ORDER, ASKED_FIRST, WAITED, CHAIR = "point_of_order", "asked_first", "waited", "chair"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a request stands where it stands: the code is that of a rule or one of the four above."""

    code: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the list: whose request, the place it would have by the time of asking, and why it has this one."""

    request: int
    asked: int
    reasons: tuple[Reason, ...]


def order(state: State, setting: Setting, matter: str | None = None) -> list[Place]:
    """Return the list of an item, or of the one under way, in the order in which the floor is given."""
    waiting = list(state.waiting(state.matter if matter is None else matter))
    asked = {request.id: at for at, request in enumerate(waiting, start=1)}
    first = [one for one in waiting if one.wish is Wish.POINT_OF_ORDER]
    proposed = _by_rules([one for one in waiting if one.wish is not Wish.POINT_OF_ORDER], state, setting)
    places = [Place(one.id, asked[one.id], (Reason(POINT_OF_ORDER),)) for one in first]
    for request, reason in _by_chair(proposed, state.placements):
        places.append(Place(request, asked[request], (reason,)))
    return places


def _by_rules(waiting: Sequence[Request], state: State, setting: Setting) -> list[tuple[int, Reason]]:
    tally = _Tally(setting, state, waiting)
    left, found = list(waiting), list[tuple[int, Reason]]()
    passed: Counter[int] = Counter()
    while left:
        earliest = left[0]
        chosen = min(left, key=lambda one: tuple(tally.weight(rule, one) for rule in state.rules))
        found.append((chosen.id, _reason(state.rules, tally, chosen, earliest, passed[chosen.id])))
        passed.update(one.id for one in left[: left.index(chosen)])
        left.remove(chosen)
        tally.add(chosen.person, chosen.seat, chosen.wish, state.limit_seconds or 0)
    return found


def _reason(rules: Iterable[Rule], tally: "_Tally", chosen: Request, earliest: Request, passed: int) -> Reason:
    if chosen is earliest:
        return Reason(WAITED, {"before": passed}) if passed else Reason(ASKED_FIRST)
    rule = next(rule for rule in rules if tally.weight(rule, chosen) < tally.weight(rule, earliest))
    return Reason(rule.value, {"over": earliest.id, **tally.facts(rule, chosen, earliest)})


def _by_chair(proposed: list[tuple[int, Reason]], placements: Iterable[Placement]) -> list[tuple[int, Reason]]:
    """Apply the chair's words, the earlier first: each request stands right behind those it was put behind."""
    reasons = dict(proposed)
    found = [request for request, _reason in proposed]
    would = {request: at for at, request in enumerate(found, start=1)}
    for one in placements:
        if one.request in would:
            found.remove(one.request)
            at = max((place for place, request in enumerate(found, start=1) if request in one.ahead), default=0)
            found.insert(at, one.request)
            reasons[one.request] = Reason(CHAIR, {"would": would[one.request]})
    return [(request, reasons[request]) for request in found]


class _Tally:
    """Who has spoken today, in turns and seconds, and from where the last one spoke."""

    def __init__(self, setting: Setting, state: State, waiting: Iterable[Request]) -> None:
        self.setting = setting
        self.asked = {request.id: at for at, request in enumerate(waiting)}
        self.turns: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.classes: Counter[tuple[Rule, str]] = Counter()
        self.last: str = ""
        running = [turn for turn in (state.interrupted, state.turn) if turn]
        for turn in (*(one for one in state.turns if one.day == state.day), *running):
            self.add(turn.person, turn.seat, turn.wish, _seconds(turn))

    def add(self, person: str, seat: Channel, wish: Wish, seconds: int) -> None:
        """Count a turn that was had, or a place that comes before."""
        if wish not in COUNTED:
            return
        self.turns[person] += 1
        self.seconds[person] += seconds
        for rule in CLASSES:
            self.classes[rule, self._class(rule, person)] += 1
        self.last = side(seat)

    def weight(self, rule: Rule, request: Request) -> int:
        """How much a rule holds a request back; 0 is not at all."""
        match rule:
            case Rule.ALTERNATE:
                return int(side(request.seat) == self.last)
            case Rule.COMMUNITY_FIRST | Rule.MEMBERS_FIRST:
                return int(self.setting.speaker(request.person).is_member is (rule is Rule.COMMUNITY_FIRST))
            case Rule.GROUP | Rule.REGION | Rule.GENDER:
                return self.classes[rule, self._class(rule, request.person)]
            case Rule.FEWEST_TURNS | Rule.LEAST_TIME:
                return (self.turns if rule is Rule.FEWEST_TURNS else self.seconds)[request.person]
            case Rule.FIRST_COME:
                return self.asked[request.id]

    def facts(self, rule: Rule, chosen: Request, earliest: Request) -> dict[str, Any]:
        """Say what the rule compared."""
        if rule is Rule.ALTERNATE:
            return {"side": side(chosen.seat)}
        if rule in CLASSES:
            classes = {"class": self._class(rule, chosen.person), "other": self._class(rule, earliest.person)}
            return {**classes, "turns": self.weight(rule, chosen), "others": self.weight(rule, earliest)}
        if rule in (Rule.FEWEST_TURNS, Rule.LEAST_TIME):
            return {"turns": self.weight(rule, chosen), "others": self.weight(rule, earliest)}
        return {}

    def _class(self, rule: Rule, person: str) -> str:
        return str(getattr(self.setting.speaker(person), CLASSES[rule]))


def side(seat: Channel) -> str:
    """Say from which side somebody speaks: the room, or online with chat and hubs."""
    return Channel.ROOM.value if seat is Channel.ROOM else Channel.ONLINE.value


def _seconds(turn: Turn) -> int:
    return int(turn.spoken(turn.ended_at).total_seconds()) if turn.ended_at else 0
