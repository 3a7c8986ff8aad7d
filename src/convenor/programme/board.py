"""The timetable board of one day as the page draws it: slots down, rooms across."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from convenor.cycle.models import Cycle
from convenor.people.roles import Role
from convenor.programme.models import Closure, Placement, Release, Room, Session, Slot, Solution
from convenor.programme.sentences import finding_sentence, names_for, wish_sentence


@dataclass(frozen=True, slots=True)
class Cell:
    """One room in one slot: what it holds, or why it is closed, or neither."""

    placement: Placement | None
    closure: Closure | None


@dataclass(frozen=True, slots=True)
class Line:
    """One slot with what each room holds in it, room by room."""

    slot: Slot
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the grid and how many of its places are taken."""

    on: date
    placed: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish that is not met everywhere, in words, and what it costs."""

    sentence: str
    cost: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The last run of the solver."""

    solution: Solution
    wishes: list[Wish]
    findings: list[str]

    @property
    def gap(self) -> float | None:
        """Share of the cost that better timetables could still save at most, in percent."""
        cost, bound = self.solution.cost, self.solution.bound
        if cost is None or bound is None:
            return None
        return 100 * (cost - bound) / cost if cost else 0.0


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the board page shows."""

    days: list[Day]
    day: date | None
    rooms: list[Room]
    lines: list[Line]
    unplaced: list[Session]
    placed: int
    outcome: Outcome | None
    release: Release | None
    changes: int = field(default=0)

    @property
    def sessions(self) -> int:
        """How many sessions there are in all."""
        return self.placed + len(self.unplaced)

    @property
    def next_number(self) -> int:
        """The number that the next release will have."""
        return self.release.number + 1 if self.release else 1

    @property
    def can_be_released(self) -> bool:
        """Whether every session has a place and something differs from the last release."""
        return bool(self.placed and not self.unplaced and (self.release is None or self.changes))


def board_of(cycle: Cycle, wanted: str, *, held: Collection[Role]) -> Board:
    """Read the board of a cycle for somebody with roles; `wanted` names the day (ISO), else the first is shown."""
    slots, rooms = list(Slot.objects.filter(cycle=cycle)), list(Room.objects.filter(cycle=cycle))
    placements = list(_placements(cycle))
    day_of = {slot.pk: slot.starts_at.astimezone(cycle.zone_info).date() for slot in slots}
    taken = Counter(day_of[one.slot_id] for one in placements)
    days = [Day(day, taken[day]) for day in sorted(set(day_of.values()))]
    day = next((one.on for one in days if one.on.isoformat() == wanted), days[0].on if days else None)
    placed = {one.session_id for one in placements}
    waiting = Session.objects.filter(cycle=cycle, is_held=True).exclude(pk__in=placed)
    release = Release.objects.filter(cycle=cycle).first()
    return Board(
        days=days,
        day=day,
        rooms=rooms,
        lines=_lines(cycle, [slot for slot in slots if day_of[slot.pk] == day], rooms, placements),
        unplaced=list(waiting),
        placed=len(placed),
        outcome=_outcome(cycle, held),
        release=release,
        changes=_changes(placements, release),
    )


def _placements(cycle: Cycle) -> "QuerySet[Placement]":
    board = Placement.objects.filter(session__cycle=cycle, release=None).select_related("session")
    return board.defer("session__summary").order_by("pk")


def _lines(cycle: Cycle, slots: Sequence[Slot], rooms: Sequence[Room], placements: Sequence[Placement]) -> list[Line]:
    held = {(one.slot_id, one.room_id): one for one in placements}
    closed = {(one.slot_id, one.room_id): one for one in Closure.objects.filter(slot__cycle=cycle)}
    cells = {
        (slot.pk, room.pk): Cell(held.get((slot.pk, room.pk)), closed.get((slot.pk, room.pk)))
        for slot in slots
        for room in rooms
    }
    return [Line(slot, [cells[slot.pk, room.pk] for room in rooms]) for slot in slots]


def _outcome(cycle: Cycle, held: Collection[Role]) -> Outcome | None:
    solution = Solution.objects.filter(cycle=cycle).first()
    if solution is None:
        return None
    findings: list[dict[str, Any]] = solution.findings
    names = names_for(cycle, findings, held=held) if findings else None
    wishes = [Wish(wish_sentence(name, one["units"]), one["cost"]) for name, one in solution.price.items()]
    return Outcome(
        solution,
        sorted(wishes, key=lambda wish: -wish.cost),
        [finding_sentence(one, names) for one in findings] if names else [],
    )


def _changes(board: Sequence[Placement], release: Release | None) -> int:
    """Count the sessions that are elsewhere, new or gone since a release."""
    if release is None:
        return 0
    now = {one.session_id: (one.slot_id, one.room_id) for one in board}
    then = {session: (slot, room) for session, slot, room in release.placements.values_list("session", "slot", "room")}
    return sum(now.get(session) != then.get(session) for session in now.keys() | then.keys())
