"""The solver against every possible timetable of tiny problems, and what it promises beside the optimum."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convenor.optimise.timetable.check import check, price
from convenor.optimise.timetable.model import (
    Absence,
    Closed,
    Finding,
    Impossible,
    Lock,
    Placement,
    Problem,
    Progress,
    Timetable,
    Undecided,
)
from convenor.optimise.timetable.solve import solve
from convenor.optimise.timetable.wishes import WEIGHTS
from tests.examples import examples
from tests.optimise.timetable.tiny import ROOMS, SLOTS, problem, put, session


def sessions_numbered(number: int):
    """Draw a session with this id that collides with its like often."""
    return st.builds(
        session,
        st.just(number),
        minutes=st.sampled_from([60, 60, 90, 195]),
        seats=st.sampled_from([0, 8, 15, 20, 21, 60, 100]),
        people=st.frozensets(st.integers(1, 3), max_size=2),
        theme=st.sampled_from(["", "access", "access", "rights"]),
        kind=st.sampled_from(["workshop", "workshop", "main"]),
        days=st.sampled_from([None, None, None, {0}, {1}]),
    )


@st.composite
def problems(draw) -> Problem:
    """Draw two or three sessions on the tiny grid, with absences, closures and locks, possible or not."""
    sessions = [draw(sessions_numbered(number)) for number in range(1, draw(st.integers(2, 3)) + 1)]
    slots = st.sampled_from([slot.id for slot in SLOTS])
    rooms = st.sampled_from([room.id for room in ROOMS])
    ids = st.sampled_from([one.id for one in sessions])
    return problem(
        *sessions,
        absences=tuple(draw(st.lists(st.builds(Absence, st.integers(1, 3), slots), max_size=2))),
        locks=tuple(draw(st.lists(st.builds(Lock, ids, st.none() | slots, st.none() | rooms), max_size=1))),
        closed=tuple(draw(st.lists(st.builds(Closed, rooms, slots), max_size=3))),
    )


def every_timetable(case: Problem) -> list[tuple[Placement, ...]]:
    """Place every session in every slot and room: the definition of "exactly once", and nothing of our rules."""
    cells = [(slot.id, room.id) for slot in case.slots for room in case.rooms]
    return [
        tuple(Placement(one.id, *cell) for one, cell in zip(case.sessions, chosen, strict=True))
        for chosen in product(cells, repeat=len(case.sessions))
    ]


@settings(max_examples=examples(60), deadline=None, derandomize=True)
@given(case=problems(), moved_from=st.sampled_from([(), put((1, 1, 1), (2, 3, 2), (7, 1, 1))]))
def test_the_solver_finds_what_trying_everything_finds(case, moved_from):
    costs = [
        sum(price(case, one, previous=moved_from).values()) for one in every_timetable(case) if not check(case, one)
    ]
    if not costs:
        with pytest.raises(Impossible) as refused:
            solve(case, previous=moved_from)
        assert refused.value.findings != ()
        return

    found = solve(case, previous=moved_from)

    assert check(case, found.placements) == ()
    assert (found.cost, found.bound, found.proven) == (min(costs), min(costs), True)
    assert found.cost == sum(price(case, found.placements, previous=moved_from).values())


def test_nothing_to_place_is_a_timetable():
    assert solve(problem()) == Timetable((), proven=True, cost=0, bound=0)


def test_placements_come_by_session():
    found = solve(problem(session(3), session(1), session(2)))

    assert [one.session for one in found.placements] == [1, 2, 3]


def test_a_session_keeps_one_room_through_a_slot_that_lies_over_two_others():
    """Two rooms, and two sessions at every moment: counting would allow it, but no room is free throughout."""
    case = problem(
        session(1),
        session(2),
        session(3, minutes=195),
        locks=(Lock(1, 1, 1), Lock(2, 2, 2)),
    )

    with pytest.raises(Impossible) as refused:
        solve(case)
    assert refused.value.findings == (Finding("tangled", (1, 2, 3), rules=("room_once", "slot_length", "locked")),)


def test_solving_again_moves_only_what_must_move():
    before = problem(*(session(n, theme="access", people={n}) for n in range(1, 5)))
    first = solve(before)
    closing = next(one for one in first.placements if one.session == 1)
    after = problem(*before.sessions, closed=(Closed(closing.room, closing.slot),))

    again = solve(after, previous=first.placements)

    assert price(after, again.placements, previous=first.placements)["moved"] == WEIGHTS["moved"]
    assert [one for one in again.placements if one not in first.placements] == [again.placements[0]]


def test_progress_comes_at_each_better_timetable_and_ends_at_the_cost():
    seen: list[Progress] = []
    case = problem(*(session(n, theme="access", people={n % 3}) for n in range(1, 6)))

    found = solve(case, progress=seen.append)

    assert [one.cost for one in seen] == sorted({one.cost for one in seen}, reverse=True)
    assert seen[-1].cost == found.cost
    assert all(one.bound <= found.cost for one in seen)


def test_what_the_listener_raises_stops_the_search_and_comes_out():
    def cancelled(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(problem(session(1), session(2)), progress=cancelled)


def test_no_time_is_neither_a_timetable_nor_a_proof():
    with pytest.raises(Undecided, match="undecided after 0 seconds"):
        solve(problem(*(session(n, people={n % 3}) for n in range(1, 6))), seconds=0)


def test_judging_a_timetable_does_not_load_the_solver():
    code = "import sys, convenor.optimise.timetable.check; sys.exit(any(m.startswith('ortools') for m in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": "src"}, check=False).returncode == 0
