r"""Single sampling by attributes: take n items, accept the lot if at most c of them fail.

.. math::
    P_a(p) = \sum_{d=0}^{c} \binom{n}{d} p^d (1-p)^{n-d}, \qquad
    AOQ = \frac{P_a\,p\,(N-n)}{N}, \qquad ATI = n + (1-P_a)(N-n)

For a finite lot of N items of which D fail, the hypergeometric distribution H takes the place of the binomial. A lot
is accepted where few of its failures were drawn, so that it keeps more of them than :math:`P_a\,p\,(N-n)`: each of the
D is left with the chance that it was not drawn and that no more than c of the others were.

.. math::
    AOQ = \frac{D}{N} \cdot \frac{N-n}{N} \cdot H(c;\, N - 1,\, D - 1,\, n)

Sources: D. C. Montgomery, "Introduction to Statistical Quality Control", ch. 15, eqs. 15.1-15.6; A. J. Duncan (1986),
"Quality Control and Industrial Statistics", ch. 7.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from supplier_eval.score.order import FloatArray

MOST = 100_000
NOISE = 1e-12


def acceptance(n: int, c: int, share: npt.ArrayLike, lot: int | None = None) -> FloatArray:
    """Chance that a lot is accepted.

    Parameters
    ----------
    n, c : int
        Sample size and acceptance number.
    share : array_like
        Shares of failing items, 0 to 1; in a finite lot the nearest whole number of items is taken.
    lot : int, optional
        Items in the lot; None for a stream of items (binomial).

    Returns
    -------
    ndarray of the shape of `share`
    """
    p = np.asarray(share, dtype=np.float64)
    if lot is None:
        return np.asarray(stats.binom.cdf(c, n, p))
    failing = np.round(p * lot).astype(np.int64)
    return np.asarray(stats.hypergeom.cdf(c, lot, failing, n))


def failing_items(share: float, lot: int, *, up: bool) -> int:
    """Failing items of a lot at a share: the next whole number down (acceptable) or up (limiting)."""
    whole = share * lot
    return math.ceil(whole - NOISE * lot) if up else math.floor(whole + NOISE * lot)


def smallest_plan(
    acceptable: float, limiting: float, producer_risk: float, consumer_risk: float, lot: int | None = None
) -> tuple[int, int] | None:
    """Find the plan with the smallest sample that keeps both risks.

    Parameters
    ----------
    acceptable, limiting : float
        Share of failing items that should be accepted (AQL), and that should be rejected (LTPD); the first is smaller.
    producer_risk, consumer_risk : float
        Largest chance to reject at the first (alpha), to accept at the second (beta).
    lot : int, optional
        Items in the lot.

    Returns
    -------
    (int, int) or None
        n and c; None where no sample below the whole lot (or below 100,000) keeps both.
    """
    most = MOST if lot is None else lot - 1
    low = acceptable if lot is None else failing_items(acceptable, lot, up=False) / lot
    high = limiting if lot is None else failing_items(limiting, lot, up=True) / lot
    if lot is None and _about(low, high, producer_risk, consumer_risk) > 1.5 * most:
        return None
    start = 1
    for c in range(most):
        n = _least_sample(c, high, consumer_risk, lot, max(start, c + 1), most)
        if n is None:
            return None
        if acceptance(n, c, low, lot) >= 1.0 - producer_risk - NOISE:
            return n, c
        start = n
    return None


def _about(low: float, high: float, alpha: float, beta: float) -> float:
    """Roughly the sample that the normal distribution asks for."""
    spread = stats.norm.isf(alpha) * math.sqrt(low * (1 - low)) + stats.norm.isf(beta) * math.sqrt(high * (1 - high))
    return float((spread / (high - low)) ** 2)


def _least_sample(c: int, share: float, risk: float, lot: int | None, low: int, high: int) -> int | None:
    """Smallest n that accepts at this share with at most this chance; the chance falls as n grows."""
    if acceptance(high, c, share, lot) > risk + NOISE:
        return None
    while low < high:
        middle = (low + high) // 2
        if acceptance(middle, c, share, lot) <= risk + NOISE:
            high = middle
        else:
            low = middle + 1
    return low


def outgoing_quality(
    n: int, c: int, share: npt.ArrayLike, lot: int | None = None, *, finite: bool = True
) -> FloatArray:  # fmt: skip
    """Average share of failing items after rejected lots are checked in full and failing items replaced (AOQ).

    With `finite` it is exact for a lot with the nearest whole number of failing items, without it the binomial figure
    of the textbooks.
    """
    p = np.asarray(share, dtype=np.float64)
    left = 1.0 if lot is None else (lot - n) / lot
    if lot is None or not finite:
        return np.asarray(acceptance(n, c, p) * p * left)
    if n == lot:
        return np.zeros(p.shape)
    failing = np.round(p * lot).astype(np.int64)
    others = stats.hypergeom.cdf(c, lot - 1, np.maximum(failing - 1, 0), n)
    return np.asarray(failing / lot * left * others)


def total_inspection(n: int, c: int, share: npt.ArrayLike, lot: int, *, finite: bool = True) -> FloatArray:
    """Average number of items checked a lot, rejected lots in full (ATI); `finite` as in `outgoing_quality`."""
    return np.asarray(n + (1.0 - acceptance(n, c, share, lot if finite else None)) * (lot - n))


def outgoing_limit(n: int, c: int, lot: int | None = None, *, finite: bool = True) -> float:
    """The worst average outgoing share of failing items (AOQL), over all incoming shares."""
    if lot is not None and finite:
        shares = np.arange(lot + 1) / lot
        return float(outgoing_quality(n, c, shares, lot).max())
    grid = np.linspace(0.0, 1.0, 2001)
    left = 1.0 if lot is None else (lot - n) / lot
    best = grid[int(np.argmax(outgoing_quality(n, c, grid)))]
    bounds = (max(0.0, best - 1e-3), min(1.0, best + 1e-3))
    found = optimize.minimize_scalar(
        lambda p: -float(outgoing_quality(n, c, p)), bounds=bounds, method="bounded", options={"xatol": 1e-9}
    )
    return float(-found.fun) * left
