"""The wishes, each with its price: posted to the solver as a cost, counted on any timetable.

`WEIGHTS` is the one table of what a unit of each costs. Nothing here imports the solver: the board is handed
in.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import ceil, comb
from types import MappingProxyType
from typing import TYPE_CHECKING

from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import MAIN, Place, Placement, Session

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import IntVar, LinearExpr

    from convenor.optimise.timetable.board import Board

#: Cost of one unit of each wish. A moved session outweighs anything a few moves could win elsewhere.
WEIGHTS: Mapping[str, int] = MappingProxyType(
    {
        "moved": 1000,
        "same_theme": 10,
        "room_change": 5,
        "theme_days": 4,
        "long_stay": 3,
        "empty_seats": 1,
        "beside_main": 1,
    }
)

#: Two slots follow each other when at most so many minutes lie between them.
CHANGE_MINUTES = 20

#: A person may be asked to come on this many days before it costs.
DAYS_FREE = 2


class Wish(ABC):
    """Something the timetable should have, counted in units; its price is units × `WEIGHTS[name]`."""

    name: str

    @abstractmethod
    def post(self, board: Board) -> LinearExpr:
        """Return the units as an expression that the solver can minimise."""

    @abstractmethod
    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """Count the units; the placements name only sessions, slots and rooms that exist."""


class SameTheme(Wish):
    """Sessions of one theme are not held at the same time: one unit per pair and moment."""

    name = "same_theme"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`; n(n−1)/2 is convex, so the lines through its whole points bound it exactly."""
        terms = []
        for theme, members in board.facts.themes().items():
            for moment in board.facts.moments:
                held = board.during((session.id for session in members), moment)
                most = min(len(members), len(board.facts.rooms))
                if most <= 1 or len(held) <= 1:
                    continue
                pairs = board.model.new_int_var(0, comb(most, 2), f"pairs of {theme} at {sorted(moment)}")
                for step in range(1, most):
                    board.model.add(pairs >= step * board.total(held) - comb(step + 1, 2))
                terms.append(pairs)
        return board.total(terms)

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        return sum(
            comb(held, 2)
            for moment in facts.moments
            for theme, held in Counter(
                facts.sessions[one.session].theme for one in placements if one.slot in moment
            ).items()
            if theme
        )


class ThemeDays(Wish):
    """A theme is spread over the days: one unit per session above the even share of a day, rounded up."""

    name = "theme_days"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`."""
        terms = []
        for theme, members in board.facts.themes().items():
            share = self._share(board.facts, members)
            for day, slots in _slots_of_days(board.facts).items():
                excess = board.model.new_int_var(0, len(members), f"excess of {theme} on day {day}")
                held = board.during((session.id for session in members), slots)
                board.model.add(excess >= board.total(held) - share)
                terms.append(excess)
        return board.total(terms)

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        held = Counter((facts.sessions[one.session].theme, facts.slots[one.slot].day) for one in placements)
        return sum(
            max(0, held[theme, day] - self._share(facts, members))
            for theme, members in facts.themes().items()
            for day in facts.days
        )

    def _share(self, facts: Facts, members: Sequence[Session]) -> int:
        return ceil(len(members) / max(1, len(facts.days)))


class LongStay(Wish):
    """People come on few days: one unit per person and day above two."""

    name = "long_stay"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`; people with the same sessions are counted together."""
        groups = Counter(ids for ids in board.facts.sessions_of.values() if len(ids) > DAYS_FREE)
        terms = []
        for group, people in sorted(groups.items()):
            present = []
            for day, slots in _slots_of_days(board.facts).items():
                there = board.model.new_bool_var(f"{group} on day {day}")
                for session in group:
                    board.model.add(board.total(board.during((session,), slots)) <= there)
                present.append(there)
            above = board.model.new_int_var(0, len(present), f"days of {group}")
            board.model.add(above >= board.total(present) - DAYS_FREE)
            terms.append(people * above)
        return board.total(terms)

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        days = defaultdict(set)
        for one in placements:
            for person in facts.sessions[one.session].people:
                days[person].add(facts.slots[one.slot].day)
        return sum(max(0, len(present) - DAYS_FREE) for present in days.values())


class RoomChange(Wish):
    """Nobody hurries: one unit per person and pair of their sessions, one right after the other, elsewhere."""

    name = "room_change"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`; pairs of sessions are priced by the people they share."""
        shared = Counter(pair for ids in board.facts.sessions_of.values() for pair in combinations(ids, 2))
        return board.total([people * self._hurried(board, *pair) for pair, people in sorted(shared.items())])

    def _hurried(self, board: Board, one: int, two: int) -> IntVar:
        """Return a variable that is 1 when the two follow each other in different rooms."""
        following = board.model.new_bool_var(f"{one} next to {two}")
        hurried = board.model.new_bool_var(f"{one} and {two} hurried")
        for slot in board.facts.slots:
            here, near = board.during((one,), (slot,)), board.during((two,), _next_to(board.facts, slot))
            if here and near:
                board.model.add(board.total(here) + board.total(near) <= 1 + following)
        for room in board.facts.rooms:
            board.model.add_bool_or(
                following.negated(), hurried, board.in_room(one, room).negated(), board.in_room(two, room)
            )
        return hurried

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        return sum(
            len(facts.sessions[one.session].people & facts.sessions[two.session].people)
            for one, two in combinations(placements, 2)
            if one.session != two.session and one.room != two.room and two.slot in _next_to(facts, one.slot)
        )


class EmptySeats(Wish):
    """Rooms fit their sessions: one unit each time the audience could double and still find seats."""

    name = "empty_seats"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`."""
        return board.total([self._doublings(board.facts, *place) * v for place, v in board.place.items()])

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        return sum(self._doublings(facts, one.session, one.slot, one.room) for one in placements)

    def _doublings(self, facts: Facts, session: int, slot: int, room: int) -> int:
        audience = max(1, facts.sessions[session].seats)
        return max(0, (facts.rooms[room].seats // audience).bit_length() - 1)


class BesideMain(Wish):
    """Main sessions are alone: one unit per other session held at a moment that has a main session."""

    name = "beside_main"

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`; switched by the rooms, not by the sessions, which keeps the bound tight."""
        mains = [session.id for session in board.facts.sessions.values() if session.kind == MAIN]
        most = min(len(board.facts.rooms), len(board.facts.sessions)) - 1
        terms = []
        for moment in board.facts.moments if mains and most > 0 else ():
            busy = board.model.new_bool_var(f"main at {sorted(moment)}")
            beside = board.model.new_int_var(0, most, f"beside main at {sorted(moment)}")
            for main in board.during(mains, moment):
                board.model.add_implication(main, busy)
            held = board.total(board.during(board.facts.sessions, moment))
            board.model.add(beside >= held - 1 - most * (1 - busy))
            terms.append(beside)
        return board.total(terms)

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`."""
        held = [
            [facts.sessions[one.session].kind for one in placements if one.slot in moment] for moment in facts.moments
        ]
        return sum(len(kinds) - 1 for kinds in held if MAIN in kinds)


class Moved(Wish):
    """The timetable stays as it was: one unit per session whose slot or room is not the one it had."""

    name = "moved"

    def __init__(self, previous: Sequence[Placement] = ()) -> None:
        self.previous = {one.session: Place(one.session, one.slot, one.room) for one in previous}

    def post(self, board: Board) -> LinearExpr:
        """See `Wish.post`; a place that is barred now moves its session for certain."""
        had = [place for session, place in self.previous.items() if session in board.facts.sessions]
        return len(had) - board.total([board.place[place] for place in had if place in board.place])

    def units(self, facts: Facts, placements: Sequence[Placement]) -> int:
        """See `Wish.units`; a session that is not placed now counts as moved."""
        now = {Place(one.session, one.slot, one.room) for one in placements}
        return sum(session in facts.sessions and place not in now for session, place in self.previous.items())


def _slots_of_days(facts: Facts) -> dict[int, list[int]]:
    return {day: [slot.id for slot in facts.slots.values() if slot.day == day] for day in facts.days}


def _next_to(facts: Facts, slot: int) -> list[int]:
    """Return the slots that follow this one, or that it follows, with too little time to change rooms."""
    here = facts.slots[slot]
    return [
        other.id
        for other in facts.slots.values()
        if 0 <= max(other.opens - here.closes, here.opens - other.closes) <= CHANGE_MINUTES
    ]


WISHES: tuple[Wish, ...] = (SameTheme(), RoomChange(), ThemeDays(), LongStay(), EmptySeats(), BesideMain())
