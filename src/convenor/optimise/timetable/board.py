"""The CP-SAT model of one problem: one yes-or-no variable per place a session may be put in.

Slots and rooms are decided together. A split (slots first, rooms after) could fail: with slots that overlap
in time, counting rooms per moment does not promise that each session can keep one room throughout.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Place, Placement


class Board:
    """The variables that rules and wishes post to.

    `place[s, t, r]`: session s is in slot t and room r. `at[s, t]`: it is in slot t, in whichever room.
    """

    def __init__(self, facts: Facts, open_places: Sequence[Place]) -> None:
        self.facts = facts
        self.model = cp_model.CpModel()
        self._nothing = self.model.new_constant(0)
        self.place = {place: self.model.new_bool_var(f"place {place}") for place in open_places}
        self.at = self._slots()
        self._rooms: dict[tuple[int, int], cp_model.IntVar] = {}

    def _slots(self) -> dict[tuple[int, int], cp_model.IntVar]:
        places = defaultdict(list)
        for place, chosen in self.place.items():
            places[place.session, place.slot].append(chosen)
        at = {}
        for (session, slot), choices in places.items():
            at[session, slot] = self.model.new_bool_var(f"session {session} at {slot}")
            self.model.add(cp_model.LinearExpr.sum(choices) == at[session, slot])
        return at

    def during(self, sessions: Iterable[int], slots: Iterable[int]) -> list[cp_model.IntVar]:
        """Return `at` for each of the sessions and slots that may meet."""
        pairs = ((session, slot) for session in sessions for slot in sorted(slots))
        return [self.at[pair] for pair in pairs if pair in self.at]

    def in_room(self, session: int, room: int) -> cp_model.IntVar:
        """Return the variable "the session is in that room, whenever"; made once, when first asked for."""
        if (session, room) not in self._rooms:
            inside = self.model.new_bool_var(f"session {session} in {room}")
            places = (Place(session, slot, room) for slot in self.facts.slots)
            choices = [self.place[place] for place in places if place in self.place]
            self.model.add(cp_model.LinearExpr.sum(choices) == inside)
            self._rooms[session, room] = inside
        return self._rooms[session, room]

    def total(self, terms: Sequence[cp_model.LinearExprT]) -> cp_model.LinearExpr:
        """Add up terms; the sum of none is an expression too, so that it can be compared and priced."""
        return cp_model.LinearExpr.sum([self._nothing, *terms])

    def start_from(self, placements: Iterable[Placement]) -> None:
        """Hint at these placements instead of any hinted before; those that are barred are passed over."""
        self.model.clear_hints()  # type: ignore[no-untyped-call]  # untyped in the library
        taken = {Place(one.session, one.slot, one.room) for one in placements}
        sessions = {place.session for place in taken if place in self.place}
        for place, chosen in self.place.items():
            if place.session in sessions:
                self.model.add_hint(chosen, int(place in taken))

    def placements(self, solver: cp_model.CpSolver) -> list[Placement]:
        """Read the solver's timetable, by session."""
        taken = (place for place, chosen in self.place.items() if solver.boolean_value(chosen))
        return sorted(Placement(*place) for place in taken)
