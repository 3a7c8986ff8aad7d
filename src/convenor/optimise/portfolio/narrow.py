"""Find what every set of at least some total has in common, so that the search by lots has little left to search.

Source of the method: fixing by reduced costs (G. Dantzig, R. Fulkerson and S. Johnson, 1954), here in whole
numbers: prices from the linear relaxation are rounded first, and the bound they give is computed exactly, so
that it holds whatever the relaxation's last bits were.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python.cp_model import CpModel
from scipy.optimize import linprog
from scipy.sparse import csr_array

Whole = NDArray[np.int64]
NO_BOUND = 2**62  # the solver writes an open side of a sum as a bound beyond this


def settled(model: CpModel, points: Sequence[int], total: int) -> dict[int, bool]:
    """Map variables to the value they have in every solution of at least `total` points.

    The model holds sums over variables that are 0 or 1, and `points` what each variable earns. Empty when the
    relaxation gives no prices.
    """
    if not points:
        return {}
    earned = np.array(points, dtype=np.int64)
    rows, limits = _rows(model, len(earned))
    relaxed = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrix
        -earned.astype(float), A_ub=rows, b_ub=limits, bounds=(0, 1), method="highs-ds"
    )
    if relaxed.status != 0:
        return {}
    prices = np.maximum(np.rint(-relaxed.ineqlin.marginals), 0).astype(np.int64)
    worth = earned - rows.T @ prices
    slack = int(prices @ limits) + int(np.maximum(worth, 0).sum()) - total
    return {int(index): bool(worth[index] > 0) for index in np.flatnonzero(np.abs(worth) > slack)}


def _rows(model: CpModel, size: int) -> tuple[csr_array, Whole]:
    """Return the sums of the model, each as one that may not exceed its limit."""
    data: list[int] = []
    columns: list[int] = []
    starts, limits = [0], []
    for constraint in model.proto.constraints:
        if not len(constraint.linear.vars):  # a sum over an empty class, true or false from the start
            continue
        lowest, *_, highest = list(constraint.linear.domain)  # its own index -1 reads beside the list
        for sign, limit in ((1, highest), (-1, -lowest)):
            if abs(limit) < NO_BOUND:
                data += [sign * factor for factor in constraint.linear.coeffs]
                columns += list(constraint.linear.vars)
                starts.append(len(data))
                limits.append(limit)
    shape = (len(limits), size)
    return csr_array((np.array(data, dtype=np.int64), columns, starts), shape=shape), np.array(limits, np.int64)
