"""Measure how long a selection takes, whether it is proven, and what the checker says of it.

Makes its own seeded instances: 230 candidates for 80 places under 21 quotas; the same with quotas as tight as
a set allows, scores in eighths so that many tie, and 40 pairs to keep apart; the same made impossible; and
5,000 for 1,000 places in the same three ways. Run: python bench/selection.py [--json]
"""

import argparse
import json
from dataclasses import replace
from random import Random
from time import perf_counter

from convenor.optimise.changes import what_would_bring_in
from convenor.optimise.explain import why
from convenor.optimise.portfolio import Candidate, Infeasible, Problem, Quota, check, select

CLASSES = {
    "theme": {f"theme {number}": 1.0 for number in range(1, 9)},
    "region": {"weo": 0.31, "ap": 0.24, "af": 0.19, "lac": 0.17, "ee": 0.09},
    "group": {"civil": 0.52, "technical": 0.19, "private": 0.15, "gov": 0.08, "igo": 0.06},
    "format": {"panel": 0.4, "round table": 0.35, "other": 0.25},
}


def candidates(size: int, seed: int, *, eighths: bool = False) -> tuple[Candidate, ...]:
    """Draw candidates with scores around 3.7 and a class in each dimension."""
    generator = Random(seed)
    drawn = []
    for number in range(1, size + 1):
        score = min(5.0, max(1.0, generator.gauss(3.7, 0.35)))
        classes = {
            dimension: generator.choices(list(shares), list(shares.values()))[0]
            for dimension, shares in CLASSES.items()
        }
        drawn.append(Candidate(number, round(score * 8) / 8 if eighths else round(score, 6), classes))
    return tuple(drawn)


def loose(pool: tuple[Candidate, ...], places: int, seed: int) -> Problem:
    """Ask for three quarters of each class's share of the pool at least, and five quarters at most."""
    quotas = []
    for dimension, shares in CLASSES.items():
        for value in shares:
            share = sum(one.classes[dimension] == value for one in pool) / len(pool) * places
            quotas.append(Quota(dimension, value, int(0.75 * share), int(1.25 * share) + 1))
    return Problem(pool, places, tuple(quotas), seed=seed)


def tight(pool: tuple[Candidate, ...], places: int, seed: int) -> Problem:
    """Ask for exactly the counts of a set drawn at random, and keep 40 pairs apart that this set obeys."""
    generator = Random(seed)
    inside = set(generator.sample([one.id for one in pool], places))
    quotas = []
    for dimension, shares in CLASSES.items():
        for value in shares:
            count = sum(one.classes[dimension] == value for one in pool if one.id in inside)
            quotas.append(Quota(dimension, value, count, count))
    pairs = [tuple(generator.sample([one.id for one in pool], 2)) for _ in range(60)]
    apart = tuple((one, other) for one, other in pairs if not {one, other} <= inside)[:40]
    return Problem(pool, places, tuple(quotas), apart=apart, seed=seed)


def impossible(problem: Problem) -> Problem:
    """Raise the minima of one dimension until they exceed the places."""
    raised = tuple(
        replace(quota, least=quota.least + 6, most=None) if quota.dimension == "region" else quota
        for quota in problem.quotas
    )
    return replace(problem, quotas=raised)


def measure(name: str, problem: Problem) -> dict[str, object]:
    """Select, check, explain; time each."""
    start = perf_counter()
    try:
        found = select(problem, seconds=30)
    except Infeasible as clash:
        seconds = perf_counter() - start
        return {"name": name, "seconds": seconds, "conflict": len(clash.conflict), "minimal": clash.minimal}
    seconds = perf_counter() - start
    start = perf_counter()
    why(problem, found)
    explained = perf_counter() - start
    outside = [one for one in problem.candidates if one.id not in found.chosen]
    start = perf_counter()
    what_would_bring_in(problem, found, max(outside, key=lambda one: (one.score, one.id)).id)
    return {
        "name": name, "seconds": seconds, "proven": found.proven, "total": found.total, "bound": found.bound,
        "violations": len(check(problem, found.chosen)), "why_seconds": explained,
        "changes_seconds": perf_counter() - start,
    }  # fmt: skip


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    base = loose(candidates(230, 2017), 80, seed=2017)
    instances = {
        "230 for 80": base,
        "230 for 80, tight": tight(candidates(230, 2017, eighths=True), 80, seed=2017),
        "230 for 80, impossible": impossible(base),
        "5 000 for 1 000": loose(candidates(5_000, 2017), 1_000, seed=2017),
        "5 000 for 1 000, tight": tight(candidates(5_000, 2017, eighths=True), 1_000, seed=2017),
        "5 000 for 1 000, impossible": impossible_large(),
    }
    rows = [measure(name, problem) for name, problem in instances.items()]
    if options.json:
        print(json.dumps(rows))
        return
    print(f"{'instance':<30}{'seconds':>9}  outcome")
    for row in rows:
        print(f"{row['name']:<30}{row['seconds']:>9.2f}  {outcome(row)}")


def impossible_large() -> Problem:
    """Ask for more of one region than there are, among 5 000."""
    problem = loose(candidates(5_000, 2017), 1_000, seed=2017)
    wanted = tuple(replace(quota, least=700, most=None) if quota.value == "ee" else quota for quota in problem.quotas)
    return replace(problem, quotas=wanted)


def outcome(row: dict[str, object]) -> str:
    """Say in a line what came out."""
    if "conflict" in row:
        return f"impossible; {row['conflict']} rules clash, minimal: {row['minimal']}"
    return (
        f"proven: {row['proven']}, total {row['total']:.6f}, bound {row['bound']:.6f}, violations {row['violations']};"
        f" why {row['why_seconds']:.2f} s, changes {row['changes_seconds']:.2f} s"
    )


if __name__ == "__main__":
    main()
