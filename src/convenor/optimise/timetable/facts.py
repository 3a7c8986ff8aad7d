"""A problem with its look-up tables, read by rules, wishes and findings alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from convenor.optimise.timetable.model import Placement, Problem, Session, Slot


class Facts:
    """Look-up tables of one problem; nothing in here changes after it is made."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sessions = {session.id: session for session in problem.sessions}
        self.slots = {slot.id: slot for slot in problem.slots}
        self.rooms = {room.id: room for room in problem.rooms}
        self.days = tuple(sorted({slot.day for slot in problem.slots}))
        self.moments = moments_of(problem.slots)
        self.overlapping = {
            slot.id: frozenset(other.id for other in problem.slots if slot.overlaps(other)) for slot in problem.slots
        }
        self.closed = frozenset((closed.room, closed.slot) for closed in problem.closed)
        self.busy = self._absences()
        self.locks = {session: tuple(locks) for session, locks in self._locks().items()}
        self.sessions_of = self._people()

    def _absences(self) -> dict[int, frozenset[int]]:
        """Map each person to every slot they miss."""
        busy: defaultdict[int, set[int]] = defaultdict(set)
        for absence in self.problem.absences:
            busy[absence.person] |= self.overlapping[absence.slot]
        return {person: frozenset(slots) for person, slots in busy.items()}

    def _locks(self) -> dict[int, list[tuple[int | None, int | None]]]:
        locks: defaultdict[int, list[tuple[int | None, int | None]]] = defaultdict(list)
        for lock in self.problem.locks:
            locks[lock.session].append((lock.slot, lock.room))
        return locks

    def _people(self) -> dict[int, tuple[int, ...]]:
        """Map each person to their sessions, ascending."""
        sessions: defaultdict[int, list[int]] = defaultdict(list)
        for session in sorted(self.problem.sessions, key=lambda one: one.id):
            for person in session.people:
                sessions[person].append(session.id)
        return {person: tuple(ids) for person, ids in sorted(sessions.items())}

    def themes(self) -> dict[str, tuple[Session, ...]]:
        """Map each theme to its sessions; sessions without a theme are left out."""
        themes: defaultdict[str, list[Session]] = defaultdict(list)
        for session in self.problem.sessions:
            if session.theme:
                themes[session.theme].append(session)
        return {theme: tuple(members) for theme, members in sorted(themes.items())}

    def absent(self, session: int, slot: int) -> tuple[int, ...]:
        """Name the people of the session who cannot be there in that slot, ascending."""
        if not self.busy:
            return ()
        people = self.sessions[session].people
        return tuple(sorted(person for person in people if slot in self.busy.get(person, ())))

    def meetings(self, placements: Sequence[Placement]) -> Iterator[tuple[Placement, Placement]]:
        """Yield every pair of placements of two sessions that share a minute."""
        at_slot: defaultdict[int, list[Placement]] = defaultdict(list)
        for placement in sorted(placements):
            at_slot[placement.slot].append(placement)
        for slot, here in sorted(at_slot.items()):
            later = sorted(other for other in self.overlapping[slot] if other > slot)
            others = [one for other in later for one in at_slot.get(other, ())]
            for one, two in (*combinations(here, 2), *((one, two) for one in here for two in others)):
                if one.session != two.session:
                    yield (one, two) if one < two else (two, one)


def moments_of(slots: Iterable[Slot]) -> tuple[frozenset[int], ...]:
    """Return the largest sets of slots that all share one minute, by time.

    Two slots overlap exactly when one of these sets holds both: intervals that overlap pairwise share a point
    (Helly), and it may be taken where the last of them opens. So "at most one per moment" is "no two that
    overlap".
    """
    ordered = sorted(slots, key=lambda slot: (slot.opens, slot.id))
    points = [
        frozenset(slot.id for slot in ordered if slot.opens <= opening.opens < slot.closes) for opening in ordered
    ]
    return tuple(
        point
        for index, point in enumerate(points)
        if point not in points[:index] and not any(point < other for other in points)
    )
