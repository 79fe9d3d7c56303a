r"""How sure a total is: the distribution of a weighted sum of points, worked out on a lattice, without a draw.

The distribution of each KPI's figure is cut into 96 stretches with six places each, which become points, times the
KPI's share; every place puts its mass on the two neighbouring nodes of a lattice of 0.05 points in the proportion that
keeps the mean. The sums over the KPIs, which are taken as independent, are convolutions:

.. math::
    P(T = t) = (p_1 * p_2 * \cdots * p_K)(t), \qquad \mathrm{Var}(T) = \sum_k s_k^2\, \mathrm{Var}(\text{points}_k)

The same figures always give the same interval and the same probabilities: no seed can move a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft

from supplier_eval.monitor.scorecard_beliefs import Beliefs
from supplier_eval.monitor.scorecard_points import PointScale

FloatArray = npt.NDArray[np.float64]
STEP = 0.05
TOP = 100.0
NODES: FloatArray = np.asarray(STEP * np.arange(round(TOP / STEP) + 1), dtype=np.float64)
AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Distribution:
    """Of one total, 0-100 points.

    Parameters
    ----------
    mass : ndarray of shape (2001,)
        Probability of the nodes 0, 0.05, ..., 100.
    error : float
        Standard deviation, in points; 0 where nothing is uncertain.
    """

    mass: FloatArray
    error: float

    def share_below(self, points: float) -> float:
        """Probability of less than so many points; the mass of a node lies half below it."""
        return float(np.interp(points, NODES, self._below, left=0.0, right=1.0))

    def quantile(self, shares: npt.ArrayLike) -> FloatArray:
        """Points below which the total lies with these probabilities, read between the nodes."""
        return np.asarray(np.interp(np.asarray(shares, dtype=np.float64), self._below, NODES))

    @cached_property
    def _below(self) -> FloatArray:
        return np.asarray(np.minimum(np.cumsum(self.mass) - self.mass / 2, 1.0))


@dataclass(frozen=True)
class Spread:
    """How sure a total is.

    Parameters
    ----------
    lower, upper : float
        Interval in points, to 0.05; it holds the total itself, unrounded and rounded as shown.
    error : float
        Standard error of the total, in points.
    """

    lower: float
    upper: float
    error: float


def total_distributions(
    beliefs: Beliefs, scales: Sequence[PointScale | None], shares: FloatArray
) -> tuple[Distribution, ...]:
    """Work out the distribution of every supplier's total.

    Parameters
    ----------
    beliefs : Beliefs
        Of all KPIs and suppliers.
    scales : sequence of PointScale or None
        By KPI.
    shares : ndarray of shape (n_kpis, n_suppliers)
        Weights of the KPIs in a supplier's total, which add up to 1 over those that were measured; 0 for the others.
    """
    counted = [(k, scale) for k, scale in enumerate(scales) if scale is not None and np.any(shares[k] > 0)]
    spread = [(k, scale, *beliefs.places(k)) for k, scale in counted]
    points = [(k, scale.points(figures), masses) for k, scale, figures, masses in spread]
    found: list[Distribution] = []
    for start in range(0, shares.shape[1], AT_ONCE):
        some = slice(start, start + AT_ONCE)
        found += _convolved([(shares[k, some], p[some], mass[some]) for k, p, mass in points], len(shares[0, some]))
    return tuple(found)


def _convolved(parts: Sequence[tuple[FloatArray, FloatArray, FloatArray]], suppliers: int) -> list[Distribution]:
    """Sums of independent parts, each (shares by supplier, points and masses by supplier and place)."""
    length = next_fast_len(len(NODES) + len(parts), real=True)
    whole = np.ones((suppliers, length // 2 + 1), dtype=np.complex128)
    variance = np.zeros(suppliers)
    for share, points, mass in parts:
        own = np.where(share[:, np.newaxis] > 0, share[:, np.newaxis] * points, 0.0)
        middle = np.sum(mass * own, axis=1, keepdims=True)
        variance += np.sum(mass * (own - middle) ** 2, axis=1)
        whole *= rfft(_lattice(own, mass, length), axis=1)
    masses = np.maximum(irfft(whole, n=length, axis=1), 0.0)
    kept = masses[:, : len(NODES)].copy()
    kept[:, -1] += np.sum(masses[:, len(NODES) :], axis=1)
    kept /= np.sum(kept, axis=1, keepdims=True)
    return [Distribution(mass, float(np.sqrt(own))) for mass, own in zip(kept, variance, strict=True)]


def spread_of(distribution: Distribution, total: float, confidence: float, shown: float | None = None) -> Spread:
    """Interval and standard error of a total; a total that nothing makes uncertain is its own interval.

    `shown` is the total as rounded for the scorecard: rounding can lift it over the bound, which is then moved to it.
    """
    points = (total,) if shown is None else (total, shown)
    if distribution.error < 1e-9:
        return Spread(min(points), max(points), 0.0)
    lower, upper = distribution.quantile([(1 - confidence) / 2, (1 + confidence) / 2])
    return Spread(min(float(lower), *points), max(float(upper), *points), distribution.error)


def _lattice(points: FloatArray, mass: FloatArray, length: int) -> FloatArray:
    """Masses at points, each shared by its two neighbouring nodes so that the mean stays; one row a supplier."""
    at = points / STEP
    low = np.floor(at + 1e-9).astype(np.int64)
    part = np.clip(at - low, 0.0, 1.0)
    rows = length * np.arange(len(points))[:, np.newaxis]
    whole = np.bincount((rows + low).ravel(), (mass * (1 - part)).ravel(), minlength=length * len(points))
    whole += np.bincount((rows + low + 1).ravel(), (mass * part).ravel(), minlength=length * len(points))
    return np.asarray(whole.reshape(len(points), length))
