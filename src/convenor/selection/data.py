"""What the solver says, as data to keep: rules, reasons, changes and clashes, proposals by their number.

`selection.sentences` turns them into words. Loads the solver; no page may import it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from convenor.optimise.changes import Change
from convenor.optimise.explain import Reason
from convenor.optimise.portfolio import Apart, Barred, Eligible, Infeasible, Least, Most, Places, Required, Rule

Numbers = Mapping[int, int]  # row key → number
Data = dict[str, Any]


def rule_as_data(rule: Rule, numbers: Numbers) -> Data:
    """Write a rule down: its kind and figures.

    Raises:
        ValueError: a kind that nobody taught this function.
    """
    match rule:
        case Eligible():
            figures: Data = {}
        case Places(count):
            figures = {"count": count}
        case Least(dimension, value, count) | Most(dimension, value, count):
            figures = {"dimension": dimension, "value": value, "count": count}
        case Required(candidate) | Barred(candidate):
            figures = {"number": numbers[candidate]}
        case Apart(one, other):
            figures = {"one": numbers[one], "other": numbers[other]}
        case _:
            raise ValueError(f"unknown rule {rule}")
    return {"kind": type(rule).__name__.lower(), **figures}


def reason_as_data(reason: Reason, numbers: Numbers) -> Data:
    """Write down what the sentence of a reason names."""
    return {
        "line": reason.line,
        "rules": [rule_as_data(rule, numbers) for rule in reason.rules],
        "other": None if reason.other is None else numbers[reason.other],
        "other_score": reason.other_score,
    }


def change_as_data(change: Change, candidate: int, numbers: Numbers) -> Data:
    """Write a change down, with who enters beside the candidate and who leaves."""
    quota = change.quota
    return {
        "step": change.step.value,
        "to": change.to,
        "quota": {"dimension": quota.dimension, "value": quota.value} if quota else None,
        "other": None if change.other is None else numbers[change.other],
        "enters": sorted(numbers[one] for one in change.enters if one != candidate),
        "leaves": sorted(numbers[one] for one in change.leaves),
    }


def clash_as_data(clash: Infeasible, numbers: Numbers) -> Data:
    """Write down the rules that cannot hold together, with their figures."""
    return {
        "minimal": clash.minimal,
        "counts": [
            {"rule": rule_as_data(one.rule, numbers), "asked": one.asked, "available": one.available}
            for one in clash.counts
        ],
        "sums": [asdict(one) for one in clash.sums],
    }
