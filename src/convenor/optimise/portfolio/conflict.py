"""Say why no set exists: a minimal set of rules that cannot hold together, with figures for a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from convenor.optimise.portfolio.problem import Problem
from convenor.optimise.portfolio.rules import (
    Apart,
    Barred,
    Least,
    Most,
    Places,
    Required,
    Rule,
    Taken,
    members,
    rules_of,
)

EFFORT = 4.0  # the solver's own time unit, so that the same rules are named on a slow machine


@dataclass(frozen=True, slots=True)
class Count:
    """One rule of the clash: it asks for `asked` where `available` candidates could serve it.

    `available` leaves out those barred by rules of the same clash.
    """

    rule: Rule
    asked: int
    available: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The minima and maxima of the clash in one dimension, added up; None where it has none there."""

    dimension: str
    least: int | None
    most: int | None


class Infeasible(Exception):  # noqa: N818 - it says what the outcome is, which is no error
    """No set obeys every rule.

    The rules of `conflict` cannot hold together; if `minimal`, any of them left out makes the rest possible.
    It can be one rule alone (at least 12 of a class that has 9). `counts` has a figure for each, `sums` one
    for each dimension.
    """

    def __init__(self, conflict: tuple[Rule, ...], problem: Problem, *, minimal: bool) -> None:
        super().__init__(f"{len(conflict)} rules cannot hold together")
        self.conflict = conflict
        self.minimal = minimal
        self.places = problem.places
        self.counts = tuple(_count(problem, conflict, rule) for rule in conflict)
        self.sums = _sums(conflict)


def model_of(problem: Problem, rules: Sequence[Rule]) -> tuple[cp_model.CpModel, Taken]:
    """Build the solver's model of some rules; variables stand in the order of the candidates."""
    model = cp_model.CpModel()
    taken = {candidate.id: model.new_bool_var(f"taken {candidate.id}") for candidate in problem.candidates}
    for rule in rules:
        rule.post(problem, model, taken)
    return model, taken


def conflict_of(problem: Problem) -> Infeasible:
    """Find a minimal set of rules that cannot hold together, of a problem known to be impossible.

    Method: QuickXplain (U. Junker, AAAI 2004), which halves the rules and so needs few trials where the clash
    is small. Where several sets clash, the one found leans on places and quotas, on large minima before small
    ones, and on what was decided about single candidates only where it must.
    """
    search = _Search(problem)
    rules = sorted(rules_of(problem), key=_standing)
    found = set(search.explain((), (), tuple(rules)))
    return Infeasible(tuple(rule for rule in rules_of(problem) if rule in found), problem, minimal=search.sure)


def _standing(rule: Rule) -> tuple[int, int]:
    """Order rules by how firmly they stand; what comes first is put into the clash first."""
    kinds: tuple[type, ...] = (Places, Least, Most, Required, Apart, Barred)
    place = next((number for number, kind in enumerate(kinds) if isinstance(rule, kind)), len(kinds))
    return place, -rule.count if isinstance(rule, Least) else 0


class _Search:
    """Tries parts of the rules; `sure` turns False when a trial could not be decided."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.sure = True

    def explain(self, given: tuple[Rule, ...], added: tuple[Rule, ...], rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Return a minimal part of `rules` that clashes with `given`, whose last part is `added`."""
        if added and self.impossible(given):
            return ()
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        firm, loose = rules[:half], rules[half:]
        of_loose = self.explain(given + firm, firm, loose)
        return self.explain(given + of_loose, of_loose, firm) + of_loose

    def impossible(self, rules: tuple[Rule, ...]) -> bool:
        """Say whether these rules are proven to clash; not proven counts as possible."""
        model, _ = model_of(self.problem, rules)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = EFFORT
        status = solver.solve(model)
        self.sure = self.sure and status != cp_model.UNKNOWN
        return bool(status == cp_model.INFEASIBLE)


def _count(problem: Problem, conflict: tuple[Rule, ...], rule: Rule) -> Count:
    barred = {other.candidate for other in conflict if isinstance(other, Barred)}
    everybody = [candidate.id for candidate in problem.candidates]
    if isinstance(rule, Places):
        return Count(rule, rule.count, len(set(everybody) - barred))
    if isinstance(rule, Least | Most):
        return Count(rule, rule.count, len(set(members(problem, rule.dimension, rule.value)) - barred))
    if isinstance(rule, Apart):
        return Count(rule, 1, len({rule.one, rule.other} - barred))
    if isinstance(rule, Required):
        return Count(rule, 1, len({rule.candidate} - barred))
    return Count(rule, 0, 0)


def _sums(conflict: tuple[Rule, ...]) -> tuple[Sums, ...]:
    least = [rule for rule in conflict if isinstance(rule, Least)]
    most = [rule for rule in conflict if isinstance(rule, Most)]
    dimensions = {rule.dimension for rule in least} | {rule.dimension for rule in most}
    return tuple(Sums(one, _added(least, one), _added(most, one)) for one in sorted(dimensions))


def _added(rules: Sequence[Least] | Sequence[Most], dimension: str) -> int | None:
    counts = [rule.count for rule in rules if rule.dimension == dimension]
    return sum(counts) if counts else None
