"""Choose the set of proposals that gets the places: the best total the rules allow, and only one set."""

from convenor.optimise.portfolio.conflict import Count, Infeasible, Sums
from convenor.optimise.portfolio.problem import Candidate, Problem, Quota, key_of, lot_of, points_of
from convenor.optimise.portfolio.rules import (
    Apart,
    Barred,
    Eligible,
    Least,
    Most,
    Places,
    Required,
    Rule,
    Violation,
    check,
    rules_of,
)
from convenor.optimise.portfolio.solve import Progress, Selection, Undecided, best_set, select

__all__ = [
    "Apart",
    "Barred",
    "Candidate",
    "Count",
    "Eligible",
    "Infeasible",
    "Least",
    "Most",
    "Places",
    "Problem",
    "Progress",
    "Quota",
    "Required",
    "Rule",
    "Selection",
    "Sums",
    "Undecided",
    "Violation",
    "best_set",
    "check",
    "key_of",
    "lot_of",
    "points_of",
    "rules_of",
    "select",
]
