"""The annual meeting of the example world, and that its sessions can be placed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

import pytest

from convenor.example.records import OtherSession, World
from convenor.example.venue import RESERVE
from convenor.example.world import make_world


@pytest.fixture(scope="module")
def world() -> World:
    return make_world()


def test_the_week_in_geneva(world: World) -> None:
    venue = world.venue
    assert (venue.city, venue.zone, venue.days) == (
        "Geneva",
        "Europe/Zurich",
        tuple(date(2017, 12, d) for d in range(18, 22)),
    )
    assert [(room.name, room.seats) for room in venue.rooms] == [
        ("Assembly", 1600), ("XVII", 650), ("XX", 750), ("XXI", 180), ("XXII", 180), ("XXIII", 120), ("XXIV", 120),
        ("XXV", 100), ("XXVI", 100), ("XXVII", 60),
    ]  # fmt: skip
    assert [sum(slot.day == day and slot.kind == "parallel" for slot in venue.slots) for day in venue.days] == [
        2,
        5,
        5,
        3,
    ]
    assert [f"{slot.start:%H:%M} {slot.minutes}" for slot in venue.slots if slot.day == venue.days[1]] == [
        "09:00 60", "10:00 180", "10:15 90", "12:00 60", "15:00 90", "15:00 180", "16:45 90",
    ]  # fmt: skip


def test_the_slot_budget_leaves_eighty_workshops_and_the_grid_holds_it(world: World) -> None:
    budget, venue = world.slot_budget, world.venue
    shut = {(closure.room, closure.slot) for closure in venue.closures}
    cells = [(room, slot) for slot in venue.slots if slot.kind == "parallel" for room in venue.rooms]

    assert (budget.on_grid, budget.open_forums, budget.coalitions, budget.best_practice_forums) == (103, 12, 7, 4)
    assert budget.workshops == 80
    assert sum((room.name, slot.number) not in shut for room, slot in cells) == budget.on_grid + RESERVE


def test_other_sessions_are_counted_and_the_great_ones_locked(world: World) -> None:
    count = Counter(session.kind for session in world.other_sessions)
    locked = [s for s in world.other_sessions if s.slot is not None]
    main_slots = [slot.number for slot in world.venue.slots if slot.kind == "main"]

    assert count == {"open-forum": 12, "coalition": 7, "bpf": 4, "main": 6, "ceremony": 2}
    assert {s.kind for s in locked} == {"main", "ceremony"}
    assert {s.room for s in locked} == {"Assembly"}
    assert sorted(s.slot for s in locked if s.slot is not None) == main_slots
    assert all(s.minutes == 180 for s in locked)


def test_a_timetable_exists_for_the_eighty_best(world: World) -> None:
    total = Counter[int]()
    for e in world.evaluations:
        total[e.proposal] += sum(grade or 0 for grade in e.grades.values())
    best = [world.proposals[number - 1] for number, _ in total.most_common(80)]
    sessions: list[tuple[int, int, frozenset[int]]] = [
        (p.expected, p.minutes, frozenset(c.person for c in p.contributors)) for p in best
    ]
    sessions += [(s.expected, s.minutes, frozenset(s.people)) for s in world.other_sessions if s.slot is None]

    assert len(sessions) == 103
    assert greedy(world, sessions, [s for s in world.other_sessions if s.slot is not None]) == 103


def greedy(world: World, sessions: Sequence[tuple[int, int, frozenset[int]]], locked: Sequence[OtherSession]) -> int:
    """Place the largest and longest first into the tightest room where nobody is elsewhere; count the placed."""
    shut = {(closure.room, closure.slot) for closure in world.venue.closures}
    slots = {slot.number: slot for slot in world.venue.slots}
    cells = [
        (room.seats, slot.minutes, slot.number, room.name)
        for slot in slots.values()
        for room in world.venue.rooms
        if slot.kind == "parallel" and (room.name, slot.number) not in shut
    ]
    busy: dict[int, set[int]] = defaultdict(set)
    for session in locked:
        for slot in slots.values():
            if session.slot is not None and overlap(world, session.slot, slot.number):
                busy[slot.number] |= set(session.people)
    placed = 0
    for expected, minutes, people in sorted(sessions, key=lambda s: (-s[1], -s[0], sorted(s[2]))):
        fits = [c for c in cells if c[0] >= expected and c[1] >= minutes and not busy[c[2]] & people]
        if fits:
            cell = min(fits, key=lambda c: (c[1], c[0], c[2]))
            cells.remove(cell)
            busy[cell[2]] |= people
            placed += 1
    return placed


def overlap(world: World, one: int, other: int) -> bool:
    a, b = world.venue.slots[one - 1], world.venue.slots[other - 1]
    starts = [slot.start.hour * 60 + slot.start.minute for slot in (a, b)]
    return a.day == b.day and starts[0] < starts[1] + b.minutes and starts[1] < starts[0] + a.minutes
