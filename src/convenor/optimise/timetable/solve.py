"""Make the best timetable in the time given, and say how good it can be at most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

from ortools.sat.python import cp_model

from convenor.optimise.timetable.board import Board
from convenor.optimise.timetable.check import price
from convenor.optimise.timetable.explain import tangle
from convenor.optimise.timetable.facts import Facts
from convenor.optimise.timetable.findings import count
from convenor.optimise.timetable.model import (
    Impossible,
    Place,
    Placement,
    Problem,
    Progress,
    Timetable,
    Undecided,
)
from convenor.optimise.timetable.rules import BARS, RULES, open_places
from convenor.optimise.timetable.wishes import WEIGHTS, WISHES, Moved


def solve(
    problem: Problem,
    *,
    seconds: float = 20.0,
    progress: Callable[[Progress], None] | None = None,
    previous: Sequence[Placement] = (),
) -> Timetable:
    """Place every session, obeying every hard rule, at the least cost found within `seconds` of solving.

    The search ends early when the cost reaches the bound. `progress` is called at each better timetable; what
    it raises stops the search and is raised here. With `previous`, each session that moves costs more than a
    few moves could win, so that as little as possible changes; sessions new or gone since then count for
    nothing. Explaining why there is no timetable may take as long again.

    The cost of a proven timetable is the same on every machine and for every seed. Which of several equally
    good timetables is found, and how far a search comes that runs out of time, may differ.

    Raises:
        Impossible: no timetable obeys the hard rules; its findings say why.
        Undecided: the time was too short to find one or to prove that there is none.
    """
    facts = Facts(problem)
    findings = count(facts)
    if findings:
        raise Impossible(findings)
    board = _posted(facts, previous)
    solver, watch = _solver(problem.seed, seconds), _Watch(progress)
    status = solver.solve(board.model, watch)
    if watch.failure is not None:
        raise watch.failure
    if status == cp_model.INFEASIBLE:
        raise Impossible((tangle(problem, seconds=seconds),))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Undecided(seconds)
    return _timetable(board, solver, previous)


def _posted(facts: Facts, previous: Sequence[Placement]) -> Board:
    board = Board(facts, open_places(facts, BARS))
    for rule in RULES:
        rule.post(board)
    wishes = (*WISHES, Moved(previous)) if previous else WISHES
    board.model.minimize(board.total([WEIGHTS[wish.name] * wish.post(board) for wish in wishes]))
    for one in previous:
        kept = board.place.get(Place(one.session, one.slot, one.room))
        if kept is not None:
            board.model.add_hint(kept, 1)
    return board


def _solver(seed: int, seconds: float) -> cp_model.CpSolver:
    """Return a solver for two cores: one worker proves on the full linear relaxation, the other improves.

    Probing took 1 of the first 1.4 seconds and won nothing; without the iterations at the root the relaxation
    of a full-size grid was never finished and the bound stayed trivial (bench/timetable.py).
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.subsolvers.append("max_lp")
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.root_lp_iterations = 100_000
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_time_in_seconds = seconds
    return solver


def _timetable(board: Board, solver: cp_model.CpSolver, previous: Sequence[Placement]) -> Timetable:
    taken = (place for place, variable in board.place.items() if solver.boolean_value(variable))
    chosen = sorted(Placement(*place) for place in taken)
    cost = sum(price(board.facts.problem, chosen, previous=previous).values())
    bound = min(cost, _whole(solver.best_objective_bound))
    return Timetable(tuple(chosen), cost == bound, cost, bound)


def _whole(bound: float) -> int:
    """Round a bound up, as costs are whole, but not over a rounding error of the relaxation."""
    return ceil(bound - 1e-6)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Pass each better timetable on as progress, and keep what the listener raises."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        super().__init__()
        self.progress = progress
        self.failure: BaseException | None = None

    def on_solution_callback(self) -> None:
        """Report, or stop the search when the listener raises."""
        if self.progress is None or self.failure is not None:
            return
        try:
            bound = _whole(self.best_objective_bound)
            self.progress(Progress(self.wall_time, round(self.objective_value), bound))
        except BaseException as failure:  # nothing may cross the solver's frames; `solve` raises it again
            self.failure = failure
            self.stop_search()
