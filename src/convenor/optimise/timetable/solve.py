"""Make the best timetable in the time given, and say how good it can be at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import ceil

from ortools.sat.python import cp_model

from convenor.optimise.timetable.board import Board
from convenor.optimise.timetable.explain import Clash, count
from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.model import Impossible, Place, Placement, Problem, Progress, Timetable, Undecided
from convenor.optimise.timetable.wishes import WEIGHTS, WISHES, Moved
