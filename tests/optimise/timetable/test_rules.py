"""Every hard rule on three worked examples: one that obeys, one that breaks it, one that has nothing to do with it."""

import pytest

from convenor.optimise.timetable.check import check
from convenor.optimise.timetable.model import Absence, Closed, Lock, Violation
from tests.optimise.timetable.tiny import problem, put, session

PLAIN = problem(session(1), session(2))
LONG = problem(session(1, minutes=90), session(2))
LARGE = problem(session(1, seats=21), session(2))
DATED = problem(session(1, days={1}), session(2))
AWAY = problem(session(1, people={7, 8, 9}), session(2), absences=(Absence(9, 1), Absence(7, 1), Absence(8, 3)))
SHUT = problem(session(1), session(2), closed=(Closed(1, 1),))
HELD = problem(session(1), session(2), locks=(Lock(1, 2, None), Lock(1, None, 2)))
SHARED = problem(session(1, people={5, 6, 7}), session(2, people={7, 6, 9}))


@pytest.mark.parametrize(
    ("case", "placements"),
    [
        pytest.param(PLAIN, put((1, 1, 1), (2, 2, 1)), id="once"),
        pytest.param(LONG, put((1, 1, 1), (2, 3, 1)), id="slot_length, to the minute"),
        pytest.param(LARGE, put((1, 1, 1), (2, 1, 2)), id="room_size"),
        pytest.param(DATED, put((1, 3, 1), (2, 1, 1)), id="allowed_days"),
        pytest.param(AWAY, put((1, 2, 1), (2, 3, 1)), id="presence"),
        pytest.param(SHUT, put((1, 1, 2), (2, 2, 1)), id="room_open"),
        pytest.param(HELD, put((1, 2, 2), (2, 1, 1)), id="locked"),
        pytest.param(PLAIN, put((1, 1, 1), (2, 1, 2)), id="room_once"),
        pytest.param(SHARED, put((1, 1, 1), (2, 2, 2)), id="people_apart"),
    ],
)
def test_a_timetable_that_obeys_has_no_violation(case, placements):
    assert check(case, placements) == ()


@pytest.mark.parametrize(
    ("case", "placements", "violations"),
    [
        (PLAIN, put((1, 1, 1)), (Violation("once", (2,), need=1, have=0),)),
        (PLAIN, put((2, 3, 1), (1, 1, 1), (1, 2, 1)), (Violation("once", (1,), need=1, have=2),)),
        (LONG, put((1, 3, 1), (2, 1, 1)), (Violation("slot_length", (1,), slots=(3,), need=90, have=60),)),
        (LARGE, put((1, 1, 2), (2, 1, 1)), (Violation("room_size", (1,), rooms=(2,), need=21, have=20),)),
        (DATED, put((1, 1, 1), (2, 3, 1)), (Violation("allowed_days", (1,), slots=(1,)),)),
        (AWAY, put((1, 1, 1), (2, 3, 1)), (Violation("presence", (1,), (7, 9), (1,)),)),
        (AWAY, put((1, 4, 1), (2, 3, 1)), (Violation("presence", (1,), (7, 9), (4,)),)),
        (SHUT, put((1, 1, 1), (2, 3, 1)), (Violation("room_open", (1,), slots=(1,), rooms=(1,)),)),
        (HELD, put((1, 1, 2), (2, 3, 1)), (Violation("locked", (1,), slots=(2,)),)),
        (HELD, put((1, 2, 1), (2, 3, 1)), (Violation("locked", (1,), rooms=(2,)),)),
        (PLAIN, put((1, 1, 1), (2, 1, 1)), (Violation("room_once", (1, 2), slots=(1,), rooms=(1,)),)),
        (PLAIN, put((1, 4, 1), (2, 2, 1)), (Violation("room_once", (1, 2), slots=(2, 4), rooms=(1,)),)),
        (SHARED, put((1, 1, 1), (2, 1, 2)), (Violation("people_apart", (1, 2), (6, 7), (1,)),)),
        (SHARED, put((1, 1, 1), (2, 4, 2)), (Violation("people_apart", (1, 2), (6, 7), (1, 4)),)),
    ],
    ids=lambda value: value[0].rule if isinstance(value, tuple) and isinstance(value[0], Violation) else "",
)
def test_a_breach_is_named_with_its_figures(case, placements, violations):
    assert check(case, placements) == violations


@pytest.mark.parametrize(
    ("case", "placements"),
    [
        pytest.param(problem(), (), id="once: nothing to place"),
        pytest.param(LONG, put((1, 1, 1), (2, 3, 1)), id="slot_length: the short slot holds the short session"),
        pytest.param(LARGE, put((1, 3, 1), (2, 3, 2)), id="room_size: the small room holds the small session"),
        pytest.param(DATED, put((1, 3, 2), (2, 2, 2)), id="allowed_days: the other session may be on any day"),
        pytest.param(AWAY, put((1, 2, 2), (2, 1, 2)), id="presence: the absent are not in this session"),
        pytest.param(SHUT, put((1, 4, 1), (2, 1, 2)), id="room_open: only that cell of the grid is closed"),
        pytest.param(HELD, put((1, 2, 2), (2, 2, 1)), id="locked: the other session has no lock"),
        pytest.param(PLAIN, put((1, 1, 1), (2, 3, 1)), id="room_once: the same room on another day"),
        pytest.param(SHARED, put((1, 1, 1), (2, 3, 1)), id="people_apart: the same people on another day"),
    ],
)
def test_what_a_rule_is_not_about_does_not_break_it(case, placements):
    assert check(case, placements) == ()


def test_a_placement_of_something_unknown_is_named_and_counts_for_nothing_else():
    placements = put((1, 1, 1), (2, 9, 8), (3, 1, 1))

    assert check(PLAIN, placements) == (
        Violation("unknown", slots=(9,), rooms=(8,)),
        Violation("unknown", (3,)),
        Violation("once", (2,), need=1, have=0),
    )


def test_every_breach_is_listed_whatever_the_order_of_the_placements():
    case = problem(session(1, minutes=90, seats=30, people={1}), session(2, people={1}))
    placements = put((1, 3, 2), (2, 3, 2))
    expected = (
        Violation("room_once", (1, 2), slots=(3,), rooms=(2,)),
        Violation("people_apart", (1, 2), (1,), (3,)),
        Violation("slot_length", (1,), slots=(3,), need=90, have=60),
        Violation("room_size", (1,), rooms=(2,), need=30, have=20),
    )

    assert check(case, placements) == check(case, placements[::-1]) == expected


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"locks": (Lock(5, 1, 1),)}, "there is no session 5"),
        ({"locks": (Lock(1, 9, 1),)}, "there is no slot 9"),
        ({"locks": (Lock(1, 1, 9),)}, "there is no room 9"),
        ({"absences": (Absence(1, 9),)}, "there is no slot 9"),
        ({"closed": (Closed(9, 1),)}, "there is no room 9"),
    ],
)
def test_a_problem_that_names_what_is_not_there_is_a_programmers_mistake(wrong, sentence):
    with pytest.raises(ValueError, match=sentence):
        problem(session(1), **wrong)


def test_two_sessions_cannot_share_an_id():
    with pytest.raises(ValueError, match="two sessions share an id"):
        problem(session(1), session(1))
