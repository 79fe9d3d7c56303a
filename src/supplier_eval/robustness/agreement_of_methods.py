r"""How far two orders of the same bids agree: Kendall's tau-b, Spearman's rho, and a tau that minds the top most.

.. math::
    \tau_b = \frac{C - D}{\sqrt{(n_0 - n_1)(n_0 - n_2)}}

with *C* pairs of bids in the same order, *D* in the opposite order, :math:`n_0` all pairs, :math:`n_1` and
:math:`n_2` the pairs that either order ties.

Sources: Kendall (1945), "The treatment of ties in ranking problems", Biometrika 33, eq. 9; Spearman (1904); Vigna
(2015), "A weighted correlation index for rankings with ties", WWW 2015, §4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

Correlation: TypeAlias = Literal["kendall", "spearman", "weighted"]
CORRELATIONS: tuple[Correlation, ...] = get_args(Correlation)


def kendall_tau(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Say how many pairs of bids two orders put the same way round, from -1 to 1, ties allowed for (tau-b).

    Parameters
    ----------
    first, second : array_like of shape (n_bids,)
        Ranks or scores; only their order counts.

    Returns
    -------
    float or None
        1 for the same order, -1 for the opposite; None where an order ties all bids, or there is one bid.
    """
    a, b = _pair(first, second)
    x, y = _signs(a), _signs(b)
    untied = int(np.abs(x).sum()) * int(np.abs(y).sum())
    return None if untied == 0 else float(int((x * y).sum()) / np.sqrt(untied))


def spearman_rho(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Say how well the ranks of two orders go together, from -1 to 1; tied bids share the mean of their ranks.

    Parameters
    ----------
    first, second : array_like of shape (n_bids,)
        Ranks or scores; only their order counts.

    Returns
    -------
    float or None
        1 for the same order, -1 for the opposite; None where an order ties all bids, or there is one bid.
    """
    a, b = _pair(first, second)
    x, y = _signs(a).sum(axis=1), _signs(b).sum(axis=1)  # twice the mean rank, centred: whole numbers
    spread = int((x * x).sum()) * int((y * y).sum())
    return None if spread == 0 else float(int((x * y).sum()) / np.sqrt(spread))


def weighted_tau(first: npt.ArrayLike, second: npt.ArrayLike) -> float | None:
    """Kendall's tau in which a swap near the top costs more than one near the bottom.

    Parameters
    ----------
    first, second : array_like of shape (n_bids,)
        Ranks: lower is better.

    Returns
    -------
    float or None
        From -1 to 1; None where an order ties all bids, or there is one bid.

    Notes
    -----
    A pair weighs 1/r + 1/s with r and s the places of its bids, and the mean is taken over the places in the first
    order and those in the second; the other order parts ties of place (additive hyperbolic weights of Vigna 2015).
    """
    a, b = _pair(first, second)
    if not _signs(a).any() or not _signs(b).any():
        return None
    return (_top_weighted(a, b) + _top_weighted(b, a)) / 2.0


MEASURES: dict[Correlation, Callable[[npt.ArrayLike, npt.ArrayLike], float | None]] = {
    "kendall": kendall_tau,
    "spearman": spearman_rho,
    "weighted": weighted_tau,
}


def correlations(ranks: npt.ArrayLike, measure: Correlation = "kendall") -> tuple[tuple[float | None, ...], ...]:
    """Compare every order with every other.

    Parameters
    ----------
    ranks : array_like of shape (n_orders, n_bids)
        One order a row; lower is better.
    measure : {"kendall", "spearman", "weighted"}
        `kendall_tau`, `spearman_rho` or `weighted_tau`.

    Returns
    -------
    tuple of tuple of (float or None), n_orders × n_orders
        Symmetric; None in the row and the column of an order that ties all bids, on the diagonal too.
    """
    if measure not in CORRELATIONS:
        raise ValueError(f"the measure is one of {', '.join(CORRELATIONS)}, not {measure!r}")
    rows = np.asarray(ranks)
    n = len(rows)
    found: list[list[float | None]] = [[None] * n for _ in range(n)]
    for i in range(n):
        for j in range(i, n):
            found[i][j] = found[j][i] = MEASURES[measure](rows[i], rows[j])
    return tuple(tuple(row) for row in found)


def _pair(first: npt.ArrayLike, second: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Two orders of the same bids."""
    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    if a.ndim != 1 or a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("two orders have one finite figure for each of the same bids")
    return a, b


def _signs(order: FloatArray) -> npt.NDArray[np.int64]:
    """Which of two bids comes after the other: 1, 0 or -1, of shape (n_bids, n_bids)."""
    return np.asarray(np.sign(order[:, np.newaxis] - order), dtype=np.int64)


def _top_weighted(leading: FloatArray, other: FloatArray) -> float:
    """Weighted tau with the places of the leading order; bids are put in that order, so that theirs decides no bit."""
    at = np.lexsort((other, leading))
    x, y = _signs(leading[at]), _signs(other[at])
    place = 1.0 / np.arange(1, len(at) + 1)
    upper = np.triu_indices(len(at), 1)
    weight = (place[:, np.newaxis] + place)[upper]
    same, x_apart, y_apart = (sum_in_order(weight * s[upper]) for s in (x * y, np.abs(x), np.abs(y)))
    return float(same / np.sqrt(x_apart * y_apart))
