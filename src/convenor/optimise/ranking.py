"""Rank scores with ties shown, and say what a line through the ranking can and cannot tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from convenor.optimise.grades import NORMAL_95, SAME, Key, Score

CHUNK = 500  # redraws held in memory at once; the result does not depend on it


@dataclass(frozen=True, slots=True)
class Ranked:
    """A place in competition ranking (1, 2, 2, 4); `tied_with` counts the others on the same rank."""

    proposal: int
    rank: int
    tied_with: int


@dataclass(frozen=True, slots=True)
class NoiseBand:
    """The proposals whose 90 % interval holds the line: the grades cannot place them on one side.

    The line lies midway between the calibrated scores of the last place in and the first place out; None
    where there is no line (no place, or a place for all), and then the band is empty. `undecided` goes by
    rank; ranks and scores are of its ends. A proposal with few grades can be undecided far from the line
    while its neighbours are not. `tied_at_line` and `means_tied_at_line` hold the proposals that one score,
    or one plain mean, puts on both sides.
    """

    line: float | None
    lowest: float | None
    highest: float | None
    first_rank: int | None
    last_rank: int | None
    undecided: tuple[int, ...]
    clearly_in: int
    clearly_out: int
    tied_at_line: tuple[int, ...]
    means_tied_at_line: tuple[int, ...]


def _value(score: Score, key: Key) -> float | None:
    value = score.mean if key == "mean" else score.calibrated
    return None if value is None else round(value, SAME)


def _ordered(scores: Sequence[Score], key: Key) -> list[tuple[float, int]]:
    """Return (value, proposal) from the best down, ties by number; without a grade, left out."""
    values = [(_value(score, key), score.proposal) for score in scores]
    return sorted(((value, one) for value, one in values if value is not None), key=lambda pair: (-pair[0], pair[1]))


def rank(scores: Sequence[Score], key: Key = "mean") -> tuple[Ranked, ...]:
    """Rank the graded proposals from the best down; equal to 1e-9 is tied, and tied is listed by number."""
    ordered = _ordered(scores, key)
    first: dict[float, int] = {}
    size: dict[float, int] = {}
    for place, (value, _) in enumerate(ordered, start=1):
        first.setdefault(value, place)
        size[value] = size.get(value, 0) + 1
    return tuple(Ranked(one, first[value], size[value] - 1) for value, one in ordered)


def chance_in(scores: Sequence[Score], places: int, *, seed: int, draws: int = 10_000) -> Mapping[int, float]:
    """Return, per graded proposal, the share of redraws in which it stands among the first `places`.

    Each redraw takes every proposal's score from the normal distribution behind its interval. A tie at the
    line is shared, never cut. The same seed gives the same shares on every machine with the same numpy.

    Raises:
        ValueError: places below 0 or draws below 1.
    """
    if places < 0 or draws < 1:
        raise ValueError(f"{places} places and {draws} draws: at least 0 and 1 are needed")
    known = [score for score in scores if score.calibrated is not None]
    if places == 0 or places >= len(known):
        return {score.proposal: float(places > 0) for score in known}
    centre = np.array([_value(score, "calibrated") for score in known], dtype=float)
    sd = np.array([(score.half_width or 0.0) / NORMAL_95 for score in known])
    generator = np.random.default_rng(seed)
    shares = np.zeros(len(known))
    for start in range(0, draws, CHUNK):
        drawn = centre + sd * generator.standard_normal((min(CHUNK, draws - start), len(known)))
        line = np.partition(drawn, len(known) - places, axis=1)[:, [len(known) - places]]
        above, level = drawn > line, drawn == line
        room = (places - above.sum(axis=1)) / level.sum(axis=1)
        shares += above.sum(axis=0) + room @ level
    return {score.proposal: float(share) / draws for score, share in zip(known, shares, strict=True)}


def expected_changes(scores: Sequence[Score], places: int, chances: Mapping[int, float]) -> float:
    """Return how many of the first `places` would be expected to change if other members had read."""
    return sum(1 - chances[proposal] for _, proposal in _ordered(scores, "calibrated")[:places])


def noise_band(scores: Sequence[Score], places: int) -> NoiseBand:
    """Say which proposals the grades cannot tell from a line drawn after `places`."""
    ordered = _ordered(scores, "calibrated")
    if not 0 < places < len(ordered):
        into = len(ordered) if places > 0 else 0
        return NoiseBand(None, None, None, None, None, (), into, len(ordered) - into, (), ())
    line = (ordered[places - 1][0] + ordered[places][0]) / 2
    half = {score.proposal: score.half_width or 0.0 for score in scores}
    near = [(value, one) for value, one in ordered if abs(value - line) <= half[one]]
    undecided = tuple(one for _, one in near)
    ranks = {ranked.proposal: ranked.rank for ranked in rank(scores, "calibrated")}
    clearly_in = sum(1 for _, one in ordered[:places] if one not in set(undecided))
    return NoiseBand(
        line,
        near[-1][0] if near else None,
        near[0][0] if near else None,
        ranks[undecided[0]] if near else None,
        ranks[undecided[-1]] if near else None,
        undecided,
        clearly_in,
        len(ordered) - len(undecided) - clearly_in,
        _tied(scores, places, "calibrated"),
        _tied(scores, places, "mean"),
    )


def _tied(scores: Sequence[Score], places: int, key: Key) -> tuple[int, ...]:
    ordered = _ordered(scores, key)
    if ordered[places - 1][0] != ordered[places][0]:
        return ()
    return tuple(one for value, one in ordered if value == ordered[places][0])
