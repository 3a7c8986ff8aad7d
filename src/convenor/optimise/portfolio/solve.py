"""Find the best set by constraint programming (OR-Tools CP-SAT) and make it the only one."""

from collections.abc import Callable
from dataclasses import dataclass
from math import floor
from typing import Literal

from ortools.sat.python import cp_model

from convenor.optimise.portfolio.conflict import conflict_of, model_of
from convenor.optimise.portfolio.narrow import settled
from convenor.optimise.portfolio.problem import POINTS_PER_SCORE, Problem, lot_of, points_of
from convenor.optimise.portfolio.rules import Taken, rules_of

WORKERS = 2
Phase = Literal["total", "lots"]


@dataclass(frozen=True, slots=True)
class Selection:
    """The chosen candidates by number, their total score, and the bound no allowed set can exceed.

    `proven` says that nothing is better and that the lots leave no second set.
    """

    chosen: tuple[int, ...]
    proven: bool
    total: float
    bound: float


@dataclass(frozen=True, slots=True)
class Progress:
    """A better set was found after `seconds` of solving: first by total, then, at the same total, by lots."""

    phase: Phase
    seconds: float
    total: float
    bound: float


class Undecided(Exception):  # noqa: N818 - it says what the outcome is, which is no error
    """The time ran out with neither a set nor a proof that there is none."""


Watch = Callable[[Progress], None]


def select(problem: Problem, *, seconds: float = 10.0, progress: Watch | None = None) -> Selection:
    """Choose the set with the highest total score that obeys every rule.

    Two searches: the highest total, then, with at least that total kept, the highest sum of seeded lots. So
    another machine, another number of cores or another solver gets the same set, unless the time ran out
    (`proven` is False).

    Raises:
        Infeasible: no set obeys every rule; it names a smallest set of rules that clash.
        Undecided: neither a set nor a proof was found in time.
    """
    found = best_set(problem, seconds=seconds, progress=progress)
    if found is None:
        raise conflict_of(problem)
    return found


def best_set(problem: Problem, *, seconds: float, progress: Watch | None = None) -> Selection | None:
    """Do as `select`, but answer an impossible problem with None and do not look for the reason."""
    model, taken = model_of(problem, rules_of(problem))
    points = [points_of(candidate) for candidate in problem.candidates]
    earned = cp_model.LinearExpr.weighted_sum(list(taken.values()), points)
    model.maximize(earned)
    solver = _solver(seconds)
    status = solver.solve(model, _Reporter(progress, "total"))
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise Undecided(f"neither a set nor a proof that there is none within {seconds} seconds")
    total, bound = round(solver.objective_value), _whole(solver.best_objective_bound)
    best = _chosen(solver, taken)
    spent = solver.wall_time
    if status == cp_model.FEASIBLE or spent >= seconds:
        return _selection(best, total, bound, proven=False)
    common = settled(model, points, total)
    model.add(earned >= total)
    for number, (one, variable) in enumerate(taken.items()):
        model.add_hint(variable, one in best)
        if number in common:
            model.add(variable == common[number])
    watch = _Reporter(progress, "lots", spent=spent, total=total)
    final, proven = _by_lots(problem, model, taken, (seconds - spent, watch))
    return _selection(final or best, total, total, proven=proven)


def _by_lots(
    problem: Problem, model: cp_model.CpModel, taken: Taken, run: tuple[float, "_Reporter"]
) -> tuple[frozenset[int], bool]:
    """Return the set with the highest sum of lots that the model still allows, and whether it is proven."""
    lots = [lot_of(problem.seed, one) for one in taken]
    model.maximize(cp_model.LinearExpr.weighted_sum(list(taken.values()), lots))
    solver = _solver(run[0])
    status = solver.solve(model, run[1])
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return frozenset(), False
    return _chosen(solver, taken), status == cp_model.OPTIMAL


def _solver(seconds: float) -> cp_model.CpSolver:
    """Set the solver up.

    Presolve is off: switched on, 5 000 candidates for 1 000 places took 1.2 to 1.6 seconds to the highest total
    instead of 0.12 to 0.16, and no instance of 230 for 80 gained from it.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.random_seed = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.max_time_in_seconds = seconds
    return solver


def _whole(bound: float) -> int:
    """Round a bound on whole points down, without losing a point to the last bits of a float."""
    return floor(bound + 1e-3)


def _chosen(solver: cp_model.CpSolver, taken: Taken) -> frozenset[int]:
    return frozenset(one for one, variable in taken.items() if solver.boolean_value(variable))


def _selection(chosen: frozenset[int], total: int, bound: int, *, proven: bool) -> Selection:
    return Selection(tuple(sorted(chosen)), proven, total / POINTS_PER_SCORE, bound / POINTS_PER_SCORE)


class _Reporter(cp_model.CpSolverSolutionCallback):
    """Hands each better set on as Progress; in the second search the total stands still."""

    def __init__(self, progress: Watch | None, phase: Phase, *, spent: float = 0.0, total: int | None = None) -> None:
        super().__init__()
        self._progress, self._phase, self._spent, self._total = progress, phase, spent, total

    def on_solution_callback(self) -> None:
        """Report the set just found."""
        if self._progress is None:
            return
        total = self.objective_value if self._total is None else self._total
        bound = self.best_objective_bound if self._total is None else self._total
        seconds = self._spent + self.wall_time
        self._progress(Progress(self._phase, seconds, total / POINTS_PER_SCORE, bound / POINTS_PER_SCORE))
