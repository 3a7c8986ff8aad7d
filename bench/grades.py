"""Compare plain means, z-scores and the mixed model by how much of the true first 100 each finds.

Draws committees whose truth is known, as in the simulation the design quotes: 264 proposals, 55 members,
severity sd 0.6, true spread 0.5, noise 0.8, grades 1 to 5 in whole steps. Run: python bench/grades.py
[--json] [--rounds N]
"""

import argparse
import json
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from convenor.optimise.grades import Grade, calibrate
from convenor.optimise.ranking import chance_in

PROPOSALS, MEMBERS, FIRST = 264, 55, 100
SPREAD, SEVERITY, NOISE, CENTRE = 0.5, 0.6, 0.8, 3.5
Floats = NDArray[np.float64]


def readers(generator: np.random.Generator, proposals: int, members: int, k: int) -> NDArray[np.int64]:
    """Return k different readers per proposal, everybody's load the same to one."""
    rows = []
    load = np.zeros(members)
    for _ in range(proposals):
        chosen = np.argsort(load + generator.random(members), kind="stable")[:k]
        load[chosen] += 1
        rows.append(chosen)
    return np.array(rows)


def draw(seed: int, proposals: int, members: int, k: int) -> tuple[Floats, list[Grade]]:
    """Return the true quality of each proposal and the grades it was given."""
    generator = np.random.default_rng(seed)
    quality = generator.normal(0, SPREAD, proposals)
    severity = generator.normal(0, SEVERITY, members)
    who = readers(generator, proposals, members, k)
    raw = CENTRE + quality[:, None] + severity[who] + generator.normal(0, NOISE, who.shape)
    values = np.clip(np.rint(raw), 1, 5)
    return quality, [
        Grade(row, int(member), float(values[row, place]))
        for row, line in enumerate(who)
        for place, member in enumerate(line)
    ]


def means(grades: list[Grade], proposals: int) -> Floats:
    """Return the plain mean of each proposal's grades."""
    rows = np.array([grade.proposal for grade in grades])
    values = np.array([grade.value for grade in grades])
    return np.bincount(rows, values, proposals) / np.bincount(rows, minlength=proposals)


def z_scores(grades: list[Grade]) -> list[Grade]:
    """Return the grades with each member's own mean and spread taken out."""
    values: dict[int, list[float]] = {}
    for grade in grades:
        values.setdefault(grade.evaluator, []).append(grade.value)
    shape = {one: (np.mean(own), np.std(own) or 1.0) for one, own in values.items()}
    return [
        Grade(
            grade.proposal,
            grade.evaluator,
            float((grade.value - shape[grade.evaluator][0]) / shape[grade.evaluator][1]),
        )
        for grade in grades
    ]


def found(quality: Floats, score: Floats) -> float:
    """Return the share of the true first 100 among the first 100 by score."""
    best = set(np.argsort(-quality)[:FIRST].tolist())
    return len(best & set(np.argsort(-score, kind="stable")[:FIRST].tolist())) / FIRST


def compare(k: int, rounds: int) -> dict[str, float]:
    """Return the mean share found by each method over `rounds` committees."""
    shares = []
    for seed in range(rounds):
        quality, grades = draw(seed, PROPOSALS, MEMBERS, k)
        fitted = calibrate(grades, range(PROPOSALS))
        model = np.array([score.calibrated for score in fitted.scores], dtype=float)
        scores = (means(grades, PROPOSALS), means(z_scores(grades), PROPOSALS), model)
        shares.append([found(quality, score) for score in scores])
    mean, z, model_share = np.mean(shares, axis=0).tolist()
    return {"k": k, "mean": mean, "z_scores": z, "mixed_model": model_share}


def time_large(proposals: int = 5_000, k: int = 8) -> dict[str, float]:
    """Return the seconds for a large call, the fastest of three."""
    _, grades = draw(1, proposals, MEMBERS, k)
    seconds, redraws = [], []
    for _ in range(3):
        start = perf_counter()
        scores = calibrate(grades, range(proposals)).scores
        seconds.append(perf_counter() - start)
        start = perf_counter()
        chance_in(scores, proposals // 3, seed=1)
        redraws.append(perf_counter() - start)
    return {
        "proposals": proposals,
        "grades": len(grades),
        "calibrate": min(seconds),
        "chance_in": min(redraws),
    }


def main() -> None:
    """Print the table, or the same as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=100)
    options = parser.parse_args()
    rows = [compare(k, options.rounds) for k in (5, 10, 20)]
    large = time_large()
    if options.json:
        print(json.dumps({"rounds": options.rounds, "found": rows, "large": large}))
        return
    print(f"Share of the true first {FIRST} of {PROPOSALS} found, mean of {options.rounds} committees of {MEMBERS}")
    print(f"{'grades each':>12}{'plain mean':>12}{'z-scores':>12}{'mixed model':>13}")
    for row in rows:
        print(f"{row['k']:>12}{row['mean']:>12.3f}{row['z_scores']:>12.3f}{row['mixed_model']:>13.3f}")
    print(
        f"{large['proposals']:,} proposals, {large['grades']:,} grades: calibrated in {large['calibrate']:.2f} s,"
        f" 10,000 redraws in {large['chance_in']:.2f} s"
    )


if __name__ == "__main__":
    main()
