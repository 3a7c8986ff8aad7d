"""Calibrate grades: take each reader's severity out, and say how sure the result is.

Source of the method: a linear mixed model with two crossed random effects (C. R. Henderson, "Best linear
unbiased estimation and prediction under a selection model", Biometrics 31, 1975), its variances by restricted
maximum likelihood (H. D. Patterson and R. Thompson, Biometrika 58, 1971).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, log
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Floats = NDArray[np.float64]
Key = Literal["mean", "calibrated"]

NORMAL_95 = 1.6448536269514722  # 5 % of a normal distribution lie above it: 90 % lie within ± it
SAME = 9  # decimals: two scores that agree after rounding to 1e-9 are tied
LOWEST, HIGHEST = -12.0, 12.0  # of the logarithm of a variance ratio; at the lowest the variance is zero
ENOUGH_TO_SPLIT = 2  # grades of one proposal, or evaluators, below which two variances cannot be told apart


@dataclass(frozen=True, slots=True)
class Grade:
    """The weighted overall of one evaluation; a blank is no Grade, never a zero."""

    proposal: int
    evaluator: int
    value: float


@dataclass(frozen=True, slots=True)
class Score:
    """What the grades say about one proposal.

    `mean` and `sd` (sample, n - 1) are plain. `calibrated` is the mean the whole committee would be expected
    to give, and `calibrated ± half_width` its 90 % interval. None where the grades cannot say: all where n =
    0, `sd` where n < 2, `half_width` where the whole cycle has a single grade.
    """

    proposal: int
    n: int
    mean: float | None
    sd: float | None
    calibrated: float | None
    half_width: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """Scores in the order asked for, and the model behind them.

    `severities` maps an evaluator to what he or she adds to a grade (negative: severe); they sum to zero.
    `groups` counts the parts of the committee that share no proposal, directly or through others: above 1,
    scores are comparable between parts only as far as the parts are alike. `separable` is False where no
    proposal has two grades: quality and noise are then shared out half and half. `converged` states whether
    the variances were found.
    """

    scores: tuple[Score, ...]
    severities: Mapping[int, float]
    mu: float
    variance_quality: float
    variance_severity: float
    variance_noise: float
    groups: int
    separable: bool
    converged: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Grades as arrays: a row per graded proposal, a column per evaluator, values less `centre`."""

    proposals: list[int]
    evaluators: list[int]
    cells: csr_array
    n: Floats
    totals: Floats
    by_evaluator: Floats
    squares: float
    centre: float
    count: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """All that the likelihood needs of the proposals with the same number of grades."""

    n: int
    proposals: int
    total: float
    squares: float
    column: Floats
    cross: Floats
    shared: Floats


@dataclass(frozen=True, slots=True)
class _System:
    """The equations left for (mu, scaled severities) once each proposal's own equation is eliminated."""

    matrix: Floats
    right: Floats
    explained: float
    log_determinant: float


def calibrate(grades: Sequence[Grade], proposals: Sequence[int]) -> Calibration:
    """Fit grade = mu + quality(proposal) + severity(evaluator) + noise and score every proposal.

    Promises the same result for the same grades, whatever their order. Two variance ratios are searched; each
    step costs the cube of the number of evaluators and does not depend on the number of proposals.

    Raises:
        ValueError: a grade of an unknown proposal, two grades of one evaluator for one proposal, a value that
        is no
            number, or a proposal asked for twice.
    """
    _require_sound(grades, proposals)
    if not grades:
        return Calibration(
            tuple(_blank(one) for one in proposals),
            {},
            0.0,
            0.0,
            0.0,
            0.0,
            groups=0,
            separable=False,
            converged=True,
        )
    table = _tabulate(grades)
    sums = _sums(table)
    quality, severity, converged = _ratios(table, sums)
    return _report(grades, proposals, table, sums, (quality, severity, converged))


def _require_sound(grades: Sequence[Grade], proposals: Sequence[int]) -> None:
    known = set(proposals)
    if len(known) < len(proposals):
        raise ValueError("a proposal is listed twice")
    seen: set[tuple[int, int]] = set()
    for grade in grades:
        pair = (grade.proposal, grade.evaluator)
        if grade.proposal not in known:
            raise ValueError(f"grade of proposal {grade.proposal}, which is not listed")
        if pair in seen:
            raise ValueError(f"evaluator {grade.evaluator} has two grades for proposal {grade.proposal}")
        if not isfinite(grade.value):
            raise ValueError(f"grade {grade.value} of proposal {grade.proposal} is no number")
        seen.add(pair)


def _tabulate(grades: Sequence[Grade]) -> _Table:
    ordered = sorted(grades, key=lambda grade: (grade.proposal, grade.evaluator))
    proposals = sorted({grade.proposal for grade in ordered})
    evaluators = sorted({grade.evaluator for grade in ordered})
    row_of = {proposal: row for row, proposal in enumerate(proposals)}
    column_of = {evaluator: column for column, evaluator in enumerate(evaluators)}
    rows = np.array([row_of[grade.proposal] for grade in ordered])
    columns = np.array([column_of[grade.evaluator] for grade in ordered])
    values = np.array([grade.value for grade in ordered])
    centre = float(values.mean())
    values = values - centre
    return _Table(
        proposals,
        evaluators,
        csr_array((np.ones(len(ordered)), (rows, columns)), shape=(len(proposals), len(evaluators))),
        np.bincount(rows).astype(float),
        np.bincount(rows, values).astype(float),
        np.bincount(columns, values).astype(float),
        float(values @ values),
        centre,
        len(ordered),
    )


def _sums(table: _Table) -> list[_Sums]:
    sums = []
    for n in np.unique(table.n):
        at = np.flatnonzero(table.n == n)
        cells, totals = table.cells[at], table.totals[at]
        sums.append(
            _Sums(
                int(n),
                len(at),
                float(totals.sum()),
                float(totals @ totals),
                cells.T @ totals,
                cells.T @ np.ones(len(at)),
                (cells.T @ cells).toarray(),
            )
        )
    return sums


def _system(table: _Table, sums: Sequence[_Sums], quality: float, severity: float) -> _System:
    """Build the equations for two variance ratios (to the noise); all is finite at a ratio of zero."""
    spread = severity**0.5
    matrix = np.zeros((len(table.evaluators) + 1,) * 2)
    right = np.zeros(len(table.evaluators) + 1)
    explained = log_determinant = 0.0
    matrix[0, 0], matrix[1:, 1:] = table.count, np.diag(sum(part.cross for part in sums)) * severity
    matrix[0, 1:] = spread * sum(part.cross for part in sums)
    right[1:] = spread * table.by_evaluator
    for part in sums:
        weight = quality / (1 + quality * part.n)
        matrix[0, 0] -= weight * part.n**2 * part.proposals
        matrix[0, 1:] -= weight * spread * part.n * part.cross
        matrix[1:, 1:] -= weight * severity * part.shared
        right[0] += (1 - weight * part.n) * part.total
        right[1:] -= weight * spread * part.column
        explained += weight * part.squares
        log_determinant += part.proposals * log(1 + quality * part.n)
    matrix[1:, 0] = matrix[0, 1:]
    matrix[1:, 1:] += np.eye(len(table.evaluators))
    return _System(matrix, right, explained, log_determinant)


def _unexplained(table: _Table, system: _System) -> float:
    """Return y'Py times the noise variance: the sum of squares that neither quality nor severity explains."""
    fitted = float(system.right @ np.linalg.solve(system.matrix, system.right))
    return max(table.squares - system.explained - fitted, 0.0)


def _ratios(table: _Table, sums: Sequence[_Sums]) -> tuple[float, float, bool]:
    """Find both variance ratios by restricted maximum likelihood: a grid, then a simplex from its best."""
    free_quality = max(part.n for part in sums) >= ENOUGH_TO_SPLIT
    free_severity = len(table.evaluators) >= ENOUGH_TO_SPLIT
    if table.squares <= 1e-18 * max(table.count, 1):
        return 1.0 if not free_quality else 0.0, 0.0, True

    def ratios(logs: Sequence[float] | Floats) -> tuple[float, float]:
        quality = _ratio(logs[0]) if free_quality else 1.0
        return quality, _ratio(logs[1]) if free_severity else 0.0

    def deviance(logs: Sequence[float] | Floats) -> float:
        system = _system(table, sums, *ratios(logs))
        left = max(_unexplained(table, system), 1e-12 * table.squares)
        determinant = float(np.linalg.slogdet(system.matrix)[1])
        return (table.count - 1) * log(left) + system.log_determinant + determinant

    best, converged = _lowest(deviance)
    return *ratios(best), converged


def _ratio(logarithm: float) -> float:
    return 0.0 if logarithm <= LOWEST + 1e-3 else float(np.exp(logarithm))


def _lowest(deviance: Callable[[Sequence[float] | Floats], float]) -> tuple[Floats, bool]:
    steps = (LOWEST, -6.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 4.0, 8.0)
    start = min(((one, two) for one in steps for two in steps), key=lambda pair: (deviance(pair), pair))
    corners = np.array([start, (start[0] + 0.7, start[1]), (start[0], start[1] + 0.7)])
    found = minimize(
        deviance,
        np.array(start),
        method="Nelder-Mead",
        bounds=[(LOWEST, HIGHEST)] * 2,
        options={"xatol": 1e-6, "fatol": 1e-9, "maxiter": 2_000, "maxfev": 4_000, "initial_simplex": corners},
    )
    return np.asarray(found.x, dtype=float), bool(found.success)


def _report(
    grades: Sequence[Grade],
    proposals: Sequence[int],
    table: _Table,
    sums: Sequence[_Sums],
    fit: tuple[float, float, bool],
) -> Calibration:
    quality, severity, converged = fit
    system = _system(table, sums, quality, severity)
    solution = np.linalg.solve(system.matrix, system.right)
    noise = _unexplained(table, system) / (table.count - 1) if table.count > 1 else 0.0
    severities = severity**0.5 * solution[1:]
    weight = quality / (1 + quality * table.n)
    calibrated = solution[0] + weight * (table.totals - table.n * solution[0] - table.cells @ severities)
    half = NORMAL_95 * np.sqrt(noise * _relative_variance(table, system, weight, severity))
    widths: list[float | None] = half.tolist() if table.count > 1 else [None]
    own = _own(grades)
    known = {
        one: _score(one, own[one], table.centre + float(calibrated[row]), widths[row])
        for row, one in enumerate(table.proposals)
    }
    return Calibration(
        tuple(known.get(one, _blank(one)) for one in proposals),
        dict(zip(table.evaluators, severities.tolist(), strict=True)),
        table.centre + float(solution[0]),
        quality * noise,
        severity * noise,
        noise,
        _groups(table),
        max(part.n for part in sums) >= ENOUGH_TO_SPLIT,
        converged,
    )


def _relative_variance(table: _Table, system: _System, weight: Floats, severity: float) -> Floats:
    """Return, per proposal, the variance of its calibrated score over the noise variance.

    Scored is mu + mean severity + quality: how mild the members are as a whole moves all scores together, so
    it is no doubt about the order and does not widen the interval.
    """
    spread = severity**0.5
    readers = table.cells.multiply(weight[:, None]).toarray()
    known = np.hstack([(1 - weight * table.n)[:, None], spread * (1 / len(table.evaluators) - readers)])
    variance: Floats = weight + (known * np.linalg.solve(system.matrix, known.T).T).sum(axis=1)
    return variance


def _groups(table: _Table) -> int:
    rows, columns = table.cells.nonzero()
    size = sum(table.cells.shape)
    links = csr_array((np.ones(len(rows)), (rows, len(table.proposals) + columns)), shape=(size, size))
    return int(connected_components(links, directed=False)[0])


def _own(grades: Sequence[Grade]) -> dict[int, list[float]]:
    own: dict[int, list[float]] = {}
    for grade in grades:
        own.setdefault(grade.proposal, []).append(grade.value)
    return own


def _score(proposal: int, values: list[float], calibrated: float, half_width: float | None) -> Score:
    values = sorted(values)  # the sum of floats depends on their order
    sd = float(np.std(values, ddof=1)) if len(values) > 1 else None
    return Score(proposal, len(values), float(np.mean(values)), sd, calibrated, half_width)


def _blank(proposal: int) -> Score:
    return Score(proposal, 0, None, None, None, None)
