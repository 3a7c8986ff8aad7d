"""The timetable's rows as the pure problem that the solver solves and the checker judges."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, tzinfo

from convenor.cycle.models import Cycle
from convenor.optimise.timetable.model import MAIN, Closed, Lock, Problem
from convenor.optimise.timetable.model import Placement as Cell
from convenor.optimise.timetable.model import Room as ProblemRoom
from convenor.optimise.timetable.model import Session as ProblemSession
from convenor.optimise.timetable.model import Slot as ProblemSlot
from convenor.programme.models import Closure, Kind, Placement, Room, Session, Slot

#: What everybody is invited to; the solver wishes nothing beside it.
FOR_ALL = frozenset({Kind.MAIN, Kind.CEREMONY})


def problem_of(cycle: Cycle) -> Problem:
    """Read a cycle's sessions, rooms, slots and locked placements; ids are row keys, times the cycle's own."""
    board = Placement.objects.filter(session__cycle=cycle, release=None, is_locked=True)
    return Problem(
        sessions=_sessions(cycle),
        slots=_slots(Slot.objects.filter(cycle=cycle), first=cycle.starts_on, zone=cycle.zone_info),
        rooms=tuple(ProblemRoom(id=room.pk, seats=room.seats) for room in Room.objects.filter(cycle=cycle)),
        locks=tuple(Lock(one.session_id, one.slot_id, one.room_id) for one in board.order_by("session")),
        closed=tuple(Closed(one.room_id, one.slot_id) for one in Closure.objects.filter(slot__cycle=cycle)),
        seed=cycle.pk,
    )


def cells_of(placements: Iterable[Placement]) -> tuple[Cell, ...]:
    """Give placements as the solver's own, sorted by session."""
    return tuple(sorted(Cell(one.session_id, one.slot_id, one.room_id) for one in placements))


def _sessions(cycle: Cycle) -> tuple[ProblemSession, ...]:
    people = defaultdict(set)
    through = Session.people.through
    rows = through._default_manager.filter(session__cycle=cycle, session__is_held=True).values_list(
        "session_id", "person_id"
    )
    for session, person in rows:
        people[session].add(person)
    return tuple(
        ProblemSession(
            id=one.pk,
            minutes=one.minutes,
            seats=one.seats,
            people=frozenset(people[one.pk]),
            theme=one.theme,
            kind=MAIN if one.kind in FOR_ALL else one.kind,
        )
        for one in Session.objects.filter(cycle=cycle, is_held=True).order_by("pk")
    )


def _slots(slots: Iterable[Slot], *, first: date, zone: tzinfo) -> tuple[ProblemSlot, ...]:
    local = [(slot, slot.starts_at.astimezone(zone)) for slot in slots]
    return tuple(
        ProblemSlot(id=slot.pk, day=(at.date() - first).days, start=60 * at.hour + at.minute, minutes=slot.minutes)
        for slot, at in local
    )
