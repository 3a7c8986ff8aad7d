"""The hard rules, each defined once and read twice: posted to the solver, checked on any timetable.

A `Bar` looks at one session in one place and says what is wrong with it; places that a bar refuses never
become variables. The other rules look at several sessions. Nothing here imports the solver: the board is
handed in.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from typing import TYPE_CHECKING

from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Place, Placement, Violation

if TYPE_CHECKING:
    from convenor.optimise.timetable.board import Board


class HardRule(ABC):
    """What every timetable must obey."""

    name: str

    @abstractmethod
    def violations(self, facts: Facts, placements: Sequence[Placement]) -> tuple[Violation, ...]:
        """Return every breach; the placements name only sessions, slots and rooms that exist."""


class Rule(HardRule):
    """A hard rule over several sessions."""

    @abstractmethod
    def post(self, board: Board) -> None:
        """Make the solver obey."""


class Bar(HardRule):
    """A hard rule over one session in one place."""

    @abstractmethod
    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """Say what is wrong with this place, or None."""

    def post(self, facts: Facts, places: Iterable[Place]) -> list[Place]:
        """Keep the places that obey: the solver gets no variable for the others."""
        return [place for place in places if self.refuses(facts, place) is None]

    def violations(self, facts: Facts, placements: Sequence[Placement]) -> tuple[Violation, ...]:
        """Return the refusal of each placement that has one."""
        refusals = (self.refuses(facts, Place(one.session, one.slot, one.room)) for one in sorted(placements))
        return tuple(refusal for refusal in refusals if refusal is not None)


class SlotLength(Bar):
    """The slot is at least as long as the session."""

    name = "slot_length"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`."""
        need, have = facts.sessions[place.session].minutes, facts.slots[place.slot].minutes
        if need <= have:
            return None
        return Violation(self.name, (place.session,), slots=(place.slot,), need=need, have=have)


class RoomSize(Bar):
    """The room seats everybody who is expected."""

    name = "room_size"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`."""
        need, have = facts.sessions[place.session].seats, facts.rooms[place.room].seats
        if need <= have:
            return None
        return Violation(self.name, (place.session,), rooms=(place.room,), need=need, have=have)


class AllowedDays(Bar):
    """The session is on one of its days."""

    name = "allowed_days"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`."""
        days = facts.sessions[place.session].days
        if days is None or facts.slots[place.slot].day in days:
            return None
        return Violation(self.name, (place.session,), slots=(place.slot,))


class Presence(Bar):
    """Nobody of the session is absent."""

    name = "presence"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`."""
        absent = facts.absent(place.session, place.slot)
        return Violation(self.name, (place.session,), absent, (place.slot,)) if absent else None


class RoomOpen(Bar):
    """The room can be used in the slot."""

    name = "room_open"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`."""
        if (place.room, place.slot) not in facts.closed:
            return None
        return Violation(self.name, (place.session,), slots=(place.slot,), rooms=(place.room,))


class Locked(Bar):
    """A locked session is where its locks hold it."""

    name = "locked"

    def refuses(self, facts: Facts, place: Place) -> Violation | None:
        """See `Bar.refuses`; the slots and rooms named are those of the locks."""
        locks = facts.locks.get(place.session, ())
        slots = {slot for slot, _ in locks if slot is not None and slot != place.slot}
        rooms = {room for _, room in locks if room is not None and room != place.room}
        if not slots and not rooms:
            return None
        return Violation(self.name, (place.session,), (), tuple(sorted(slots)), tuple(sorted(rooms)))


class Once(Rule):
    """Every session is placed exactly once."""

    name = "once"

    def post(self, board: Board) -> None:
        """See `Rule.post`."""
        choices = defaultdict(list)
        for place, chosen in board.place.items():
            choices[place.session].append(chosen)
        for session in board.facts.sessions:
            board.model.add_exactly_one(choices[session])

    def violations(self, facts: Facts, placements: Sequence[Placement]) -> tuple[Violation, ...]:
        """See `Rule.violations`; `have` counts the placements of the session."""
        times = Counter(placement.session for placement in placements)
        return tuple(
            Violation(self.name, (session,), need=1, have=times[session])
            for session in sorted(facts.sessions)
            if times[session] != 1
        )


class RoomOnce(Rule):
    """A room holds one session at a time."""

    name = "room_once"

    def post(self, board: Board) -> None:
        """See `Rule.post`; one constraint per moment says what one per pair would, and binds tighter."""
        inside = defaultdict(list)
        for place, chosen in board.place.items():
            inside[place.room, place.slot].append(chosen)
        for moment in board.facts.moments:
            for room in board.facts.rooms:
                held = [chosen for slot in sorted(moment) for chosen in inside[room, slot]]
                board.model.add_at_most_one(held)

    def violations(self, facts: Facts, placements: Sequence[Placement]) -> tuple[Violation, ...]:
        """See `Rule.violations`; one per pair of sessions."""
        return tuple(
            Violation(self.name, (one.session, two.session), (), _slots(one, two), (one.room,))
            for one, two in sorted(facts.meetings(placements))
            if one.room == two.room
        )


class PeopleApart(Rule):
    """Nobody is in two places at a time."""

    name = "people_apart"

    def post(self, board: Board) -> None:
        """See `Rule.post`; people whose sessions are all another's too need no constraint of their own."""
        groups = {frozenset(ids) for ids in board.facts.sessions_of.values() if len(ids) > 1}
        largest = [group for group in groups if not any(group < other for other in groups)]
        for group in sorted(largest, key=sorted):
            for moment in board.facts.moments:
                board.model.add_at_most_one(board.during(sorted(group), moment))

    def violations(self, facts: Facts, placements: Sequence[Placement]) -> tuple[Violation, ...]:
        """See `Rule.violations`; one per pair of sessions, naming everybody they share."""
        found = []
        for one, two in sorted(facts.meetings(placements)):
            shared = facts.sessions[one.session].people & facts.sessions[two.session].people
            if shared:
                sessions = (one.session, two.session)
                found.append(Violation(self.name, sessions, tuple(sorted(shared)), _slots(one, two)))
        return tuple(found)


def _slots(one: Placement, two: Placement) -> tuple[int, ...]:
    return tuple(sorted({one.slot, two.slot}))


BARS: tuple[Bar, ...] = (SlotLength(), RoomSize(), AllowedDays(), Presence(), RoomOpen(), Locked())
RULES: tuple[Rule, ...] = (Once(), RoomOnce(), PeopleApart())
HARD: tuple[HardRule, ...] = (*RULES, *BARS)


def open_places(facts: Facts, bars: Iterable[Bar]) -> list[Place]:
    """Return every place that all the bars let pass, by session, slot and room as the problem lists them."""
    places = [Place(*ids) for ids in product(facts.sessions, facts.slots, facts.rooms)]
    for bar in bars:
        places = bar.post(facts, places)
    return places
