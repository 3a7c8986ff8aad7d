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
    board = Board(facts, open_places(facts, BARS))
    for rule in RULES:
        rule.post(board)
    board.start_from(previous)
    start, spent = _any(board, seconds)
    return _improved(board, start, previous, _Watch(progress, spent), seconds - spent)


def _any(board: Board, seconds: float) -> tuple[list[Placement], float]:
    """Return a timetable that obeys, whatever it costs, and the seconds it took.

    Asked without the wishes, a crowded grid (IETF 106) took half a second; with them, eighteen. The proof that there
    is none comes sooner, too.
    """
    problem = board.facts.problem
    solver = _solver(problem.seed, seconds)
    status = solver.solve(board.model)
    if status == cp_model.INFEASIBLE:
        raise Impossible((tangle(problem, seconds=seconds),))
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Undecided(seconds)
    return board.placements(solver), solver.wall_time


def _improved(
    board: Board, start: list[Placement], previous: Sequence[Placement], watch: _Watch, seconds: float
) -> Timetable:
    """Add the wishes and return the cheapest timetable found, which is `start` at worst."""

    def cost_of(placements: Sequence[Placement]) -> int:
        return sum(price(board.facts.problem, placements, previous=previous).values())

    watch.report(0.0, cost_of(start), 0)
    wishes = (*WISHES, Moved(previous)) if previous else WISHES
    board.model.minimize(board.total([WEIGHTS[wish.name] * wish.post(board) for wish in wishes]))
    board.start_from(start)
    solver = _solver(board.facts.problem.seed, max(0.0, seconds))
    # One worker bounds with the whole relaxation, the other improves. With the iterations the solver grants by itself,
    # the relaxation of a full-size grid is never finished and the bound stays where it began (bench/timetable.py).
    solver.parameters.subsolvers.append("max_lp")
    solver.parameters.root_lp_iterations = 100_000
    status = solver.solve(board.model, watch)
    if watch.failure is not None:
        raise watch.failure
    found = [start]
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found.append(board.placements(solver))
    cost, best = min((cost_of(placements), placements) for placements in found)
    bound = max(0, min(cost, _whole(solver.best_objective_bound)))
    return Timetable(tuple(best), cost == bound, cost, bound)


def _solver(seed: int, seconds: float) -> cp_model.CpSolver:
    """Return a solver for two cores; probing took 1 of the first 1.4 seconds and won nothing."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_time_in_seconds = seconds
    return solver


def _whole(bound: float) -> int:
    """Round a bound up, as costs are whole, but not over a rounding error of the relaxation."""
    return ceil(bound - 1e-6)


class _Watch(cp_model.CpSolverSolutionCallback):
    """Pass each better timetable on as progress, and keep what the listener raises."""

    def __init__(self, progress: Callable[[Progress], None] | None, spent: float) -> None:
        super().__init__()
        self.progress = progress
        self.spent = spent
        self.best: int | None = None
        self.failure: BaseException | None = None

    def report(self, seconds: float, cost: int, bound: int) -> None:
        """Tell the listener, unless the timetable is no better than the last one told."""
        if self.progress is None or (self.best is not None and cost >= self.best):
            return
        self.best = cost
        self.progress(Progress(self.spent + seconds, cost, bound))

    def on_solution_callback(self) -> None:
        """Report, or stop the search when the listener raises: nothing may cross the solver's own frames."""
        if self.failure is not None:
            return
        try:
            self.report(self.wall_time, round(self.objective_value), _whole(self.best_objective_bound))
        except BaseException as failure:
            self.failure = failure
            self.stop_search()
