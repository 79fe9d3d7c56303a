r"""How sure a total is: the distribution of a weighted sum of points, worked out on a lattice, without a draw.

The points of each KPI, times its share, are spread over 512 equally likely places of its distribution; every place puts
its mass on the two neighbouring nodes of a lattice of 0.05 points in the proportion that keeps the mean. The sums over
the KPIs, which are taken as independent, are convolutions:

.. math::
    P(T = t) = (p_1 * p_2 * \cdots * p_K)(t), \qquad \mathrm{Var}(T) = \sum_k s_k^2\, \mathrm{Var}(\text{points}_k)

The same figures always give the same interval and the same probabilities: no seed can move a grade.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft, next_fast_len, rfft
from scipy.special import ndtri

from supplier_eval.monitor.scorecard_beliefs import Beliefs
from supplier_eval.monitor.scorecard_points import PointScale

FloatArray = npt.NDArray[np.float64]
STEP = 0.05
TOP = 100.0
PLACES = 512
CHANCES: FloatArray = (np.arange(PLACES) + 0.5) / PLACES
NORMAL: FloatArray = np.asarray(ndtri(CHANCES))


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
        nodes = STEP * np.arange(len(self.mass))
        return float(np.interp(points, nodes, self._below, left=0.0, right=1.0))

    def quantile(self, shares: npt.ArrayLike) -> FloatArray:
        """Points below which the total lies with these probabilities, read between the nodes."""
        nodes = STEP * np.arange(len(self.mass))
        return np.asarray(np.interp(np.asarray(shares, dtype=np.float64), self._below, nodes))

    @property
    def _below(self) -> FloatArray:
        return np.asarray(np.minimum(np.cumsum(self.mass) - self.mass / 2, 1.0))


@dataclass(frozen=True)
class Spread:
    """How sure a total is.

    Parameters
    ----------
    lower, upper : float
        Interval in points, to 0.05; it holds the total itself.
    error : float
        Standard error of the total, in points.
    """

    lower: float
    upper: float
    error: float


def total_distribution(
    beliefs: Beliefs, scales: Sequence[PointScale | None], shares: FloatArray, at: int
) -> Distribution:
    """Work out the distribution of one supplier's total.

    Parameters
    ----------
    beliefs : Beliefs
        Of all KPIs and suppliers.
    scales : sequence of PointScale or None
        By KPI.
    shares : ndarray of shape (n_kpis,)
        Weights of the KPIs in the total, which add up to 1 over those that were measured; 0 for the others.
    at : int
        The supplier's place in `beliefs`.
    """
    parts, variance = [], 0.0
    for k, scale in enumerate(scales):
        if shares[k] > 0 and scale is not None:
            places = NORMAL if beliefs.family[k, at] == "split" else CHANCES
            points = shares[k] * scale.points(beliefs.figures(k, at, places))
            parts.append(points)
            variance += float(np.var(points))
    size = round(TOP / STEP) + 1
    length = next_fast_len(size + len(parts), real=True)
    masses = np.array([_lattice(points, length) for points in parts]).reshape(len(parts), length)
    whole = irfft(np.prod(rfft(masses, axis=1), axis=0), n=length)
    mass = np.maximum(whole[:size], 0.0)
    mass[-1] += max(float(np.sum(whole[size:])), 0.0)
    return Distribution(mass / np.sum(mass), float(np.sqrt(variance)))


def spread_of(distribution: Distribution, total: float, confidence: float) -> Spread:
    """Interval and standard error of a total; a total that nothing makes uncertain is its own interval."""
    if distribution.error < 1e-9:
        return Spread(total, total, 0.0)
    lower, upper = distribution.quantile([(1 - confidence) / 2, (1 + confidence) / 2])
    return Spread(min(float(lower), total), max(float(upper), total), distribution.error)


def _lattice(points: FloatArray, length: int) -> FloatArray:
    """Equal masses at points, each shared by its two neighbouring nodes so that the mean stays."""
    at = points / STEP
    low = np.floor(at + 1e-9).astype(np.int64)
    part = np.clip(at - low, 0.0, 1.0)
    mass = np.bincount(low, (1 - part) / len(points), minlength=length)
    mass += np.bincount(low + 1, part / len(points), minlength=length)[:length]
    return np.asarray(mass[:length])
