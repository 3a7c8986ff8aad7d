"""The rules of a selection: each is read by the solver (`post`) and by the checker (`violations`)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

from convenor.optimise.portfolio.problem import Problem

Taken = Mapping[int, IntVar]  # candidate id → is it in the set?


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: how many were `found` where it wants another number, and the candidates counted."""

    rule: "Rule"
    found: int
    candidates: tuple[int, ...]


class Rule(Protocol):
    """One rule with its two readers; equal rules are the same rule."""

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add the rule to the solver's model."""

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Return what a set breaks of this rule: nothing, or one violation."""


@dataclass(frozen=True, slots=True)
class Eligible:
    """Only candidates are chosen. The solver has no others to choose from, so it is told nothing."""

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add nothing: who is no candidate has no variable."""

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Return those that are no candidates."""
        strangers = tuple(sorted(chosen - {candidate.id for candidate in problem.candidates}))
        return (Violation(self, len(strangers), strangers),) if strangers else ()


@dataclass(frozen=True, slots=True)
class Places:
    """Exactly so many are chosen."""

    count: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add the number of places as a sum."""
        model.add(LinearExpr.sum(list(taken.values())) == self.count)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Count the set."""
        found = tuple(sorted(chosen))
        return (Violation(self, len(found), found),) if len(found) != self.count else ()


@dataclass(frozen=True, slots=True)
class Least:
    """At least so many of one class are chosen."""

    dimension: str
    value: str
    count: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add the minimum as a sum over the class."""
        model.add(_sum(problem, self, taken) >= self.count)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Count the chosen of the class."""
        found = tuple(sorted(chosen.intersection(members(problem, self.dimension, self.value))))
        return (Violation(self, len(found), found),) if len(found) < self.count else ()


@dataclass(frozen=True, slots=True)
class Most:
    """At most so many of one class are chosen."""

    dimension: str
    value: str
    count: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add the maximum as a sum over the class."""
        model.add(_sum(problem, self, taken) <= self.count)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Count the chosen of the class."""
        found = tuple(sorted(chosen.intersection(members(problem, self.dimension, self.value))))
        return (Violation(self, len(found), found),) if len(found) > self.count else ()


@dataclass(frozen=True, slots=True)
class Required:
    """This candidate is chosen."""

    candidate: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Fix the candidate in."""
        model.add(taken[self.candidate] == 1)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Look for the candidate."""
        return () if self.candidate in chosen else (Violation(self, 0, (self.candidate,)),)


@dataclass(frozen=True, slots=True)
class Barred:
    """This candidate is not chosen."""

    candidate: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Fix the candidate out."""
        model.add(taken[self.candidate] == 0)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Look for the candidate."""
        return (Violation(self, 1, (self.candidate,)),) if self.candidate in chosen else ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Of these two, such as proposals asked to merge, at most one is chosen; `one` is below `other`."""

    one: int
    other: int

    def post(self, problem: Problem, model: CpModel, taken: Taken) -> None:
        """Add that not both are in."""
        model.add(taken[self.one] + taken[self.other] <= 1)

    def violations(self, problem: Problem, chosen: frozenset[int]) -> tuple[Violation, ...]:
        """Look for both."""
        pair = (self.one, self.other)
        return (Violation(self, 2, pair),) if chosen.issuperset(pair) else ()


def members(problem: Problem, dimension: str, value: str) -> list[int]:
    """Return the candidates of one class, in the order of the problem."""
    return [candidate.id for candidate in problem.candidates if candidate.classes.get(dimension) == value]


def _sum(problem: Problem, rule: Least | Most, taken: Taken) -> LinearExpr:
    return LinearExpr.sum([taken[one] for one in members(problem, rule.dimension, rule.value)])


def rules_of(problem: Problem) -> tuple[Rule, ...]:
    """Return every rule of the problem: places, then quotas as asked for, then candidates by number."""
    rules: list[Rule] = [Eligible(), Places(problem.places)]
    for quota in problem.quotas:
        if quota.least > 0:
            rules.append(Least(quota.dimension, quota.value, quota.least))
        if quota.most is not None:
            rules.append(Most(quota.dimension, quota.value, quota.most))
    rules += [Required(one) for one in sorted(problem.required)]
    rules += [Barred(one) for one in sorted(problem.barred)]
    rules += [Apart(*pair) for pair in sorted({(min(pair), max(pair)) for pair in problem.apart})]
    return tuple(rules)


def check(problem: Problem, chosen: Collection[int]) -> tuple[Violation, ...]:
    """Return all that a set breaks, hand-made or computed; empty when it obeys every rule."""
    the_set = frozenset(chosen)
    return tuple(violation for rule in rules_of(problem) for violation in rule.violations(problem, the_set))
