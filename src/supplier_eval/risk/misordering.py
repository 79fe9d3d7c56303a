r"""How often a risk matrix puts the smaller of two risks into the higher colour, exactly and without sampling.

Two risks are drawn independently of each other; each has a likelihood f and an impact s. With :math:`F_c(t)` the
probability that a risk has colour c and ``f * s <= t``, and :math:`p_c = F_c(\infty)`, the probability that the
matrix orders them wrongly is

.. math::
    2 \sum_{c < d} \int (p_c - F_c(t)) \, dF_d(t).

*Independence*: f and s are independent. Inside a cell both are uniform, and the area below the hyperbola is closed:
of the rectangle from the origin to (a, b) it is :math:`t (1 + \ln(ab/t))` for t < ab, the whole beyond.
*Negative correlation*: f and s have the Gaussian copula with correlation rho; one integral over the normal score of f.

The outer integral is a Stieltjes sum over a grid of t, fine at 0 and with every corner of a cell on it; its error is
of second order and is estimated from the grid of half the fineness.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr, ndtri

from supplier_eval.risk.matrix_checks import FloatArray, IntArray

GRID = 1600
NODES = 24
TAIL = 8.0


@dataclass(frozen=True)
class Misordering:
    """Shares of pairs of risks.

    Parameters
    ----------
    wrong : float
        Of all pairs: the colours differ, and the risk with the higher colour is the smaller one.
    tied : float
        Of all pairs: both have the same colour.
    error : float
        Estimated error of `wrong`, from the half grid.
    """

    wrong: float
    tied: float
    error: float

    @property
    def wrong_of_parted(self) -> float | None:
        """Of the pairs whose colours differ: how many are in the wrong order; None where no colours differ."""
        return None if self.tied >= 1 - 1e-12 else self.wrong / (1 - self.tied)


def misordering(
    levels: npt.ArrayLike,
    likelihood: tuple[npt.ArrayLike, npt.ArrayLike],
    impact: tuple[npt.ArrayLike, npt.ArrayLike],
    rho: float = 0.0,
) -> Misordering:
    """Probability that the colours of two random risks contradict their expected losses.

    Parameters
    ----------
    levels : array_like of shape (n_rows, n_columns)
        Colours as 0, 1, ...; rows by rising likelihood, columns by rising impact.
    likelihood, impact : pair of array_like of shape (n_rows + 1,), (n_columns + 1,)
        Edges of the bands, and the probability that a risk lies below each edge (0 first, 1 last).
    rho : float
        Correlation of the normal scores of likelihood and impact, -1 < rho < 1; 0 is independence.

    Returns
    -------
    Misordering
    """
    level = np.unique(np.asarray(levels, np.int64), return_inverse=True)[1].reshape(np.shape(levels))
    f, s = np.asarray(likelihood[0], np.float64), np.asarray(impact[0], np.float64)
    u, v = np.asarray(likelihood[1], np.float64), np.asarray(impact[1], np.float64)
    t = _grid(np.outer(f, s))
    below = _independent(level, f, s, u, v, t) if rho == 0 else _copula(level, f, s, u, v, t, rho)
    below = np.maximum.accumulate(below, axis=1)
    fine, coarse = _wrong(below), _wrong(below[:, ::2])
    return Misordering(fine, float(np.sum(below[:, -1] ** 2)), abs(fine - coarse) / 3)


def _grid(corners: FloatArray) -> FloatArray:
    """Expected losses from 0 to the highest, every corner among them, closer together towards each corner's left."""
    knots = np.unique(corners[corners >= 0])
    if knots[0] > 0:
        knots = np.concatenate([[0.0], knots])
    each = 2 * max(8, GRID // (2 * (len(knots) - 1)))
    step = 0.5 * (1 - np.cos(np.pi * np.arange(each) / each))
    parts = [low + (high - low) * step for low, high in pairwise(knots)]
    return np.concatenate([*parts, knots[-1:]])


def _wrong(below: FloatArray) -> float:
    """The Stieltjes sum, pairs of colours in order."""
    rest = below[:, -1:] - below
    middle, mass = (rest[:, 1:] + rest[:, :-1]) / 2, np.diff(below, axis=1)
    found = 0.0
    for lower in range(len(below)):
        for higher in range(lower + 1, len(below)):
            found += float(middle[lower] @ mass[higher])
    return 2 * found


def _independent(
    level: IntArray, f: FloatArray, s: FloatArray, u: FloatArray, v: FloatArray, t: FloatArray
) -> FloatArray:
    """Probability of each colour with a loss up to t, likelihood and impact independent."""
    corner = f[:, None, None] * s[None, :, None]
    inside = (t > 0) & (t < corner)
    ratio = np.where(inside, corner / np.where(t > 0, t, 1.0), 1.0)
    area = np.where(inside, t * (1 + np.log(ratio)), np.minimum(t, corner))
    cells = area[1:, 1:] - area[:-1, 1:] - area[1:, :-1] + area[:-1, :-1]
    cells *= (np.outer(np.diff(u), np.diff(v)) / np.outer(np.diff(f), np.diff(s)))[:, :, None]
    cells[..., -1] = np.outer(np.diff(u), np.diff(v))
    return np.stack([cells[level == colour].sum(axis=0) for colour in range(int(level.max()) + 1)])


def _copula(
    level: IntArray, f: FloatArray, s: FloatArray, u: FloatArray, v: FloatArray, t: FloatArray, rho: float
) -> FloatArray:
    """The same under the Gaussian copula: for every normal score z of f, how far up the impact may go."""
    sigma = np.sqrt(1 - rho * rho)
    found = np.zeros((int(level.max()) + 1, len(t)))
    points, weights = np.polynomial.legendre.leggauss(NODES)
    for row in range(len(f) - 1):
        ends = np.clip(ndtri(u[row : row + 2]), -TAIL, TAIL)
        pieces = max(1, int(np.ceil((ends[1] - ends[0]) / (0.5 * sigma + 0.05))))
        edges = np.linspace(ends[0], ends[1], pieces + 1)
        half = np.diff(edges)[:, None] / 2
        z = (edges[:-1, None] + half + half * points).ravel()
        mass = (half * weights * np.exp(-((edges[:-1, None] + half + half * points) ** 2) / 2)).ravel()
        mass *= (u[row + 1] - u[row]) / mass.sum()
        likely = np.interp(ndtr(z), u, f)
        up = np.interp(np.divide(t, likely[:, None]), s, v)  # share of impacts up to t / f
        upto = ndtr((ndtri(up) - rho * z[:, None]) / sigma)
        ends_s = ndtr((ndtri(v) - rho * z[:, None]) / sigma)
        for column in range(len(s) - 1):
            part = np.clip(upto, ends_s[:, column, None], ends_s[:, column + 1, None]) - ends_s[:, column, None]
            found[level[row, column]] += mass @ part
    return found
