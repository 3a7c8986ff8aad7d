"""The words of a selection problem: candidates, places, and what the set must look like."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain

POINTS_PER_SCORE = 10**6  # the solver counts in whole points: scores are compared to six decimals
LARGEST_SCORE = 10**6  # keeps the sum of 5 000 scores far below 2**63 points
LOT_BITS = 40  # two equal sums of lots have a chance below (candidates / 2**40); see `lot_of`


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal that could be taken; `classes` maps a dimension ("theme", "region") to its class there."""

    id: int
    score: float
    classes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Quota:
    """How many of one class must be taken at least, and may be at most; None is no upper bound."""

    dimension: str
    value: str
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Fill exactly `places` places with the highest total score.

    `required` are taken, `barred` are not, of each pair in `apart` at most one is. `seed` draws the lots that
    decide between sets of equal total.

    Raises:
        ValueError: a candidate, a quota or a number is not sound (see `_faults`).
    """

    candidates: tuple[Candidate, ...]
    places: int
    quotas: tuple[Quota, ...] = ()
    required: frozenset[int] = frozenset()
    barred: frozenset[int] = frozenset()
    apart: tuple[tuple[int, int], ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        """Refuse what no rule could be read from."""
        for fault in _faults(self):
            raise ValueError(fault)


def _faults(problem: Problem) -> list[str]:
    """List what is unsound; an impossible problem (more required than places) is sound."""
    ids = {candidate.id for candidate in problem.candidates}
    named = chain(problem.required, problem.barred, chain.from_iterable(problem.apart))
    faults = [f"{one} is no candidate" for one in named if one not in ids]
    if len(ids) < len(problem.candidates):
        faults.append("a candidate is listed twice")
    if problem.places < 0:
        faults.append(f"{problem.places} places")
    faults += [f"{one} is apart from itself" for one, other in problem.apart if one == other]
    faults += [
        f"score {candidate.score} of candidate {candidate.id} is no number within ±{LARGEST_SCORE}"
        for candidate in problem.candidates
        if not abs(candidate.score) <= LARGEST_SCORE
    ]
    return faults + _quota_faults(problem.quotas)


def _quota_faults(quotas: tuple[Quota, ...]) -> list[str]:
    seen: set[tuple[str, str]] = set()
    faults = []
    for quota in quotas:
        name = (quota.dimension, quota.value)
        if name in seen:
            faults.append(f"two quotas for {quota.value} ({quota.dimension})")
        if quota.least < 0 or (quota.most is not None and quota.most < 0):
            faults.append(f"a quota below zero for {quota.value} ({quota.dimension})")
        seen.add(name)
    return faults


def points_of(candidate: Candidate) -> int:
    """Return the score in whole points, as the solver counts it."""
    return round(candidate.score * POINTS_PER_SCORE)


def lot_of(seed: int, candidate: int) -> int:
    """Draw a candidate's lot: a whole number below 2**40, the same on every machine.

    It is the first ten hexadecimal digits of BLAKE2b-64 of "seed:candidate", so that anybody can draw it
    again. It depends on the seed and the candidate alone, so that nobody's lot changes when others come or
    go. Among sets of equal total the one with the highest sum of lots is taken; that two sets share it has a
    chance below candidates / 2**40 (the isolation lemma of Mulmuley, Vazirani and Vazirani, 1987).
    """
    digest = blake2b(f"{seed}:{candidate}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> (64 - LOT_BITS)


def key_of(problem: Problem, candidate: Candidate) -> tuple[int, int]:
    """Return what candidates are compared by: points, then lot."""
    return points_of(candidate), lot_of(problem.seed, candidate.id)
