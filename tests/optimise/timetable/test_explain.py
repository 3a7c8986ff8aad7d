"""Why there is no timetable: each code on a problem that has just this fault, with the figures to say it."""

import pytest

from convenor.optimise.timetable.facts import moments_of
from convenor.optimise.timetable.findings import most_apart
from convenor.optimise.timetable.model import Absence, Closed, Finding, Impossible, Lock, Room, Slot
from convenor.optimise.timetable.solve import solve
from tests.optimise.timetable.tiny import SLOTS, problem, session


def findings(case) -> tuple[Finding, ...]:
    """Solve what cannot be solved and return why."""
    with pytest.raises(Impossible) as refused:
        solve(case)
    return refused.value.findings


def test_a_session_longer_than_every_slot():
    case = problem(session(8), session(9, minutes=200))

    assert findings(case) == (Finding("no_place", (9,), rules=("slot_length",), need=200, have=195),)


def test_a_session_larger_than_every_room():
    case = problem(session(1, seats=101))

    assert findings(case) == (Finding("no_place", (1,), rules=("room_size",), need=101, have=100),)


def test_a_session_whose_people_are_never_there_together_on_its_days():
    case = problem(session(1, people={5, 6}, days={1}), absences=(Absence(5, 3), Absence(6, 1)))

    assert findings(case) == (Finding("no_place", (1,), (5, 6), rules=("allowed_days", "presence")),)


def test_a_lock_that_breaks_another_rule():
    case = problem(session(1, minutes=90), locks=(Lock(1, 3, None),))

    assert findings(case) == (Finding("no_place", (1,), slots=(3,), rules=("slot_length", "locked"), need=90, have=60),)


def test_a_grid_without_rooms_bars_every_session_with_no_rule_to_blame():
    assert findings(problem(session(1), rooms=())) == (Finding("no_place", (1,)),)


@pytest.mark.parametrize(
    ("locks", "finding"),
    [
        ((Lock(1, 1, None), Lock(1, 2, None)), Finding("locks_collide", (1,), slots=(1, 2))),
        ((Lock(1, 1, 1), Lock(2, 4, 1)), Finding("locks_collide", (1, 2), slots=(1, 4), rooms=(1,))),
        ((Lock(1, 1, 1), Lock(3, 1, 2)), Finding("locks_collide", (1, 3), (7,), (1,))),
    ],
)
def test_locks_that_cannot_hold_together(locks, finding):
    case = problem(session(1, people={7}), session(2), session(3, people={7}), locks=locks)

    assert findings(case) == (finding,)


def test_a_person_with_more_sessions_than_times():
    case = problem(*(session(n, people={17, 18}) for n in (1, 2, 3)), absences=(Absence(17, 3), Absence(18, 3)))

    assert findings(case) == (Finding("person_too_busy", (1, 2, 3), (17, 18), (1, 2, 4), need=3, have=2),)


def test_more_large_sessions_than_times_in_large_rooms():
    case = problem(*(session(n, seats=30) for n in (1, 2, 3)), session(4), closed=(Closed(1, 2), Closed(1, 4)))

    assert findings(case) == (Finding("too_few_places", (1, 2, 3), slots=(1, 3), need=3, have=2, more_than_seats=20),)


def test_more_sessions_of_one_day_than_the_day_has_places():
    case = problem(*(session(n, days={1}) for n in (1, 2, 3)), session(4))

    assert findings(case) == (Finding("too_few_places", (1, 2, 3), slots=(3,), need=3, have=2),)


def test_what_no_count_shows_is_narrowed_to_sessions_and_rules_none_of_them_needless():
    """Three sessions that share a person each with each other, two slots: every count is right, all do not fit."""
    triangle = (session(1, people={1, 2}), session(2, people={2, 3}), session(3, people={3, 1}))
    case = problem(*triangle, session(4, people={9}), slots=SLOTS[:2], rooms=(Room(1, 100), Room(2, 20), Room(3, 20)))

    assert findings(case) == (Finding("tangled", (1, 2, 3), (1, 2, 3), rules=("people_apart",)),)


def test_overlapping_slots_make_a_moment_each_time_one_more_is_shared():
    assert moments_of(SLOTS) == (frozenset({1, 4}), frozenset({2, 4}), frozenset({3}))


def test_slots_one_after_another_are_moments_of_their_own():
    assert moments_of((Slot(1, 0, 540, 60), Slot(2, 0, 600, 60))) == (frozenset({1}), frozenset({2}))


def test_most_apart_prefers_many_short_slots_to_one_long():
    assert most_apart(SLOTS) == 3
