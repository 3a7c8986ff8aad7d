"""Every wish on three worked examples: granted, not granted, and one that it has nothing to do with."""

import pytest

from convenor.optimise.timetable.check import price
from convenor.optimise.timetable.model import Slot
from convenor.optimise.timetable.wishes import WEIGHTS, WISHES, Moved
from tests.optimise.timetable.tiny import problem, put, session

THEMES = problem(*(session(n, theme="access", seats=20) for n in (1, 2, 3)), session(4, theme="rights"))
BARE = problem(*(session(n) for n in (1, 2, 3)))
WEEK = tuple(Slot(day, day, 540, 60) for day in (1, 2, 3, 4))
TRAVEL = problem(*(session(n, people={1, 2} | {n + 10}) for n in (1, 2, 3, 4)), slots=WEEK)
HURRY = problem(session(1, people={1, 2, 3}), session(2, people={2, 3, 4}), session(3, people={9}))
SEATS = problem(session(1, seats=12), session(2, seats=0), session(3, seats=51))
PLENARY = problem(session(1, kind="main"), session(2), session(3, kind="main"))


@pytest.mark.parametrize(
    ("wish", "case", "placements", "units"),
    [
        # granted
        ("same_theme", THEMES, put((1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 1, 2)), 0),
        ("theme_days", THEMES, put((1, 1, 1), (2, 2, 1), (3, 3, 1)), 0),
        ("long_stay", TRAVEL, put((1, 1, 1), (2, 1, 2), (3, 2, 1), (4, 2, 2)), 0),
        ("room_change", HURRY, put((1, 1, 1), (2, 2, 1)), 0),
        ("empty_seats", SEATS, put((1, 1, 2), (3, 2, 1)), 0),
        ("beside_main", PLENARY, put((1, 1, 1), (2, 2, 1), (3, 3, 1)), 0),
        # not granted
        ("same_theme", THEMES, put((1, 1, 1), (2, 1, 2), (3, 3, 1)), 1),
        ("same_theme", THEMES, put((1, 1, 1), (2, 1, 2), (3, 1, 1)), 3),
        ("same_theme", THEMES, put((1, 4, 1), (2, 1, 2), (3, 2, 2)), 2),
        ("theme_days", THEMES, put((1, 1, 1), (2, 2, 1), (3, 2, 2)), 1),
        ("long_stay", TRAVEL, put((1, 1, 1), (2, 2, 1), (3, 3, 1), (4, 4, 1)), 4),
        ("room_change", HURRY, put((1, 1, 1), (2, 2, 2)), 2),
        ("room_change", HURRY, put((2, 1, 1), (1, 2, 2)), 2),
        ("empty_seats", SEATS, put((1, 1, 1)), 3),  # 12, 24, 48, 96 of 100
        ("empty_seats", SEATS, put((2, 1, 2)), 4),  # nobody expected counts as one: 1, 2, 4, 8, 16 of 20
        ("beside_main", PLENARY, put((1, 1, 1), (2, 1, 2), (3, 2, 1)), 1),
        ("beside_main", PLENARY, put((1, 4, 1), (2, 1, 2), (3, 2, 2)), 2),
        # unrelated
        ("same_theme", BARE, put((1, 1, 1), (2, 1, 2), (3, 1, 1)), 0),
        ("theme_days", BARE, put((1, 1, 1), (2, 1, 2), (3, 2, 1)), 0),
        ("long_stay", BARE, put((1, 1, 1), (2, 2, 2), (3, 3, 1)), 0),
        ("room_change", HURRY, put((1, 1, 1), (3, 2, 2)), 0),
        ("room_change", HURRY, put((1, 1, 1), (2, 3, 2)), 0),
        ("empty_seats", SEATS, (), 0),
        ("beside_main", BARE, put((1, 1, 1), (2, 1, 2)), 0),
    ],
)
def test_a_wish_costs_its_units_times_its_weight(wish, case, placements, units):
    assert price(case, placements)[wish] == units * WEIGHTS[wish]


@pytest.mark.parametrize(
    ("placements", "units"),
    [
        pytest.param(put((1, 1, 1), (2, 2, 1)), 0, id="granted: both stay; the session that is gone does not count"),
        pytest.param(put((1, 1, 2), (2, 3, 1)), 2, id="not granted: another room, another slot"),
        pytest.param(put((1, 1, 1), (2, 2, 1), (3, 1, 2)), 0, id="unrelated: a new session has nowhere to stay"),
    ],
)
def test_a_moved_session_is_charged(placements, units):
    case = problem(session(1), session(2), session(3))

    charged = price(case, placements, previous=put((1, 1, 1), (2, 2, 1), (8, 1, 1)))

    assert charged["moved"] == units * WEIGHTS["moved"]


def test_every_wish_has_a_weight_and_every_weight_a_wish():
    assert {wish.name for wish in (*WISHES, Moved())} == set(WEIGHTS)
