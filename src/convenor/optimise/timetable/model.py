"""The words of a timetable problem: what is given in, what comes out.

Times are minutes; `Slot.start` counts from midnight of its `day`, and a day is any whole number. A session
fills its slot from end to end, however short it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

MINUTES_PER_DAY = 24 * 60

#: The `Session.kind` of the sessions everybody is invited to.
MAIN = "main"


@dataclass(frozen=True, slots=True)
class Slot:
    """One stretch of time, offered in every room; slots may overlap in time."""

    id: int
    day: int
    start: int
    minutes: int

    @property
    def opens(self) -> int:
        """Minutes from midnight of day 0 to the start."""
        return self.day * MINUTES_PER_DAY + self.start

    @property
    def closes(self) -> int:
        """Minutes from midnight of day 0 to the end."""
        return self.opens + self.minutes

    def overlaps(self, other: Slot) -> bool:
        """Tell whether the two share at least one minute; a slot overlaps itself."""
        return self.opens < other.closes and other.opens < self.closes


@dataclass(frozen=True, slots=True)
class Room:
    """A room and the people it seats."""

    id: int
    seats: int


@dataclass(frozen=True, slots=True)
class Session:
    """What is to be placed.

    `seats` people are expected, `people` must be there, `days` may be chosen from (None: any), "" is no theme.
    """

    id: int
    minutes: int
    seats: int
    people: frozenset[int]
    theme: str
    kind: str
    days: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Absence:
    """A person who cannot be there during a slot, nor during any slot that overlaps it."""

    person: int
    slot: int


@dataclass(frozen=True, slots=True)
class Lock:
    """A session that must be in this slot, in this room, or in both; None leaves the choice."""

    session: int
    slot: int | None
    room: int | None


@dataclass(frozen=True, slots=True)
class Closed:
    """A room that cannot be used in one slot of the grid; slots that overlap it are closed one by one."""

    room: int
    slot: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything the timetable depends on.

    Raises:
        ValueError: two things of one kind share an id, a slot has no length, or an absence, a lock or a
        closure names a
            session, slot or room that is not there.
    """

    sessions: tuple[Session, ...]
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...]
    absences: tuple[Absence, ...] = ()
    locks: tuple[Lock, ...] = ()
    closed: tuple[Closed, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        sessions = _unique("session", (session.id for session in self.sessions))
        slots = _unique("slot", (slot.id for slot in self.slots))
        rooms = _unique("room", (room.id for room in self.rooms))
        if any(slot.minutes <= 0 for slot in self.slots):
            raise ValueError("a slot must last at least one minute")
        _known("session", (lock.session for lock in self.locks), sessions)
        _known("slot", (lock.slot for lock in self.locks if lock.slot is not None), slots)
        _known("room", (lock.room for lock in self.locks if lock.room is not None), rooms)
        _known("slot", (absence.slot for absence in self.absences), slots)
        _known("slot", (closed.slot for closed in self.closed), slots)
        _known("room", (closed.room for closed in self.closed), rooms)


def _unique(kind: str, ids: Iterable[int]) -> frozenset[int]:
    listed = list(ids)
    if len(set(listed)) < len(listed):
        raise ValueError(f"two {kind}s share an id")
    return frozenset(listed)


def _known(kind: str, ids: Iterable[int], known: frozenset[int]) -> None:
    for one in ids:
        if one not in known:
            raise ValueError(f"there is no {kind} {one}")


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """One session in one slot and room."""

    session: int
    slot: int
    room: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """A complete timetable: no cheaper one than `bound` exists; `proven` says that `cost` has reached it."""

    placements: tuple[Placement, ...]
    proven: bool
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The state of a running search: seconds on the solver's own clock, best cost so far, bound so far."""

    seconds: float
    cost: int
    bound: int


@dataclass(frozen=True, slots=True)
class Violation:
    """A hard rule that is broken: `need` was asked for where there is only `have`.

    `need` and `have` are minutes for `slot_length`, seats for `room_size`, placements for `once`; None
    elsewhere.
    """

    rule: str
    sessions: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    need: int | None = None
    have: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason why no timetable exists; docs/explanation/timetable.md lists codes and fields."""

    code: str
    sessions: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    slots: tuple[int, ...] = ()
    rooms: tuple[int, ...] = ()
    rules: tuple[str, ...] = ()
    need: int | None = None
    have: int | None = None
    more_than_seats: int | None = None
    minimal: bool = True


class Impossible(Exception):  # noqa: N818 - the answer "there is none", not an error
    """No timetable obeys every hard rule; `findings` says why, as data."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = findings


class Undecided(Exception):  # noqa: N818 - the answer "not known yet", not an error
    """The time ran out with neither a timetable nor a proof that there is none."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"undecided after {seconds:g} seconds")
        self.seconds = seconds


class Place(NamedTuple):
    """A session, a slot and a room by id: one cell a session may be put in."""

    session: int
    slot: int
    room: int
