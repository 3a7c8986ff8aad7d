"""Small sessions and grids for the worked examples."""

from collections.abc import Iterable

from convenor.optimise.timetable.model import Placement, Problem, Room, Session, Slot

#: Two days; 1 and 2 follow each other on the first, with 15 minutes between them, and 4 lies over both.
SLOTS = (Slot(1, 0, 540, 90), Slot(2, 0, 645, 90), Slot(3, 1, 540, 60), Slot(4, 0, 540, 195))
ROOMS = (Room(1, 100), Room(2, 20))


def session(
    id: int,
    *,
    minutes: int = 60,
    seats: int = 10,
    people: Iterable[int] = (),
    theme: str = "",
    kind: str = "workshop",
    days: Iterable[int] | None = None,
) -> Session:
    """Make a session that fits everywhere unless told otherwise."""
    return Session(id, minutes, seats, frozenset(people), theme, kind, None if days is None else frozenset(days))


def problem(
    *sessions: Session,
    slots: tuple[Slot, ...] = SLOTS,
    rooms: tuple[Room, ...] = ROOMS,
    absences: tuple = (),
    locks: tuple = (),
    closed: tuple = (),
) -> Problem:
    """Make a problem on the grid above."""
    return Problem(sessions, slots, rooms, absences, locks, closed, seed=2017)


def put(*cells: tuple[int, int, int]) -> tuple[Placement, ...]:
    """Place sessions: (session, slot, room) each."""
    return tuple(Placement(*cell) for cell in cells)
