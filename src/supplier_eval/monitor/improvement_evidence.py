r"""Do later figures show that a target is met: a posterior probability, or a CUSUM that was reset and stays quiet.

With d failures (or successes) in n later cases and a prior Beta(a, b),

.. math::
    P(\pi \le t \mid d, n) = I_t(a + d,\; b + n - d)

with :math:`I` the regularised incomplete beta function. The CUSUM sums, from the day of the measure on, what
standardised later rates are worse than the target: :math:`C_i = \max(0, C_{i-1} + z_i - k)`,
:math:`z_i = (p_i - t)/\sqrt{t(1-t)/n_i}`; it is quiet while it stays at or below h.

Sources: A. Gelman et al., "Bayesian Data Analysis", section 2.4; H. Jeffreys' prior a = b = 1/2; E. S. Page (1954).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betainc

from supplier_eval.score.order import FloatArray


def chance_target_met(
    events: int, n: int, target: float, direction: str, prior: tuple[float, float] = (0.5, 0.5)
) -> float:
    """Posterior probability that a true rate meets its target.

    Parameters
    ----------
    events, n : int
        Cases that the rate counts, of so many later cases.
    target : float
        Between 0 and 1.
    direction : {"min", "max"}
        Whether the rate should be at most, or at least, the target.
    prior : (float, float)
        Of the rate, both above 0.

    Returns
    -------
    float
        From 0 to 1; the prior's own probability where n is 0.
    """
    a, b = prior
    below = float(betainc(a + events, b + n - events, target))
    return below if direction == "min" else 1.0 - below


def chance_mean_met(values: npt.ArrayLike, target: float, direction: str) -> float:
    """Posterior probability that a true mean meets its target, for a flat prior and normal figures.

    Parameters
    ----------
    values : array_like of shape (n,)
        Later figures.
    target : float
        In their unit.
    direction : {"min", "max"}
        As in `chance_target_met`.

    Returns
    -------
    float
        Student's t with n - 1 degrees of freedom; NaN with fewer than two figures. Where all are equal it is 0 or 1.
    """
    from scipy.stats import t

    x = np.asarray(values, dtype=np.float64)
    if x.size < 2:
        return math.nan
    off = (target - float(x.mean())) if direction == "min" else (float(x.mean()) - target)
    spread = float(x.std(ddof=1)) / math.sqrt(x.size)
    if spread == 0:
        return 1.0 if off >= 0 else 0.0
    return float(t.cdf(off / spread, x.size - 1))


@dataclass(frozen=True)
class QuietCusum:
    """A CUSUM since its reset.

    Parameters
    ----------
    path : ndarray of shape (n_points,)
        The sum after each later point, in standard deviations.
    points : int
        Points with any case.
    quiet_for : int
        Points since the line was last passed, all of them where it never was.
    """

    path: FloatArray
    points: int
    quiet_for: int


def reset_cusum(
    events: npt.ArrayLike, n: npt.ArrayLike, target: float, direction: str, k: float = 0.5, h: float = 5.0
) -> QuietCusum:
    """Run a CUSUM of later rates against the target, on the bad side only.

    Parameters
    ----------
    events, n : array_like of shape (n_points,)
        Counts by period, in order of time; a period without cases is left out.
    target : float
        Above 0 and below 1.
    direction : {"min", "max"}
        As in `chance_target_met`.
    k, h : float
        Slack and line in standard deviations; the sum starts again after each time the line is passed.
    """
    d, size = (np.asarray(given, dtype=np.float64) for given in (events, n))
    sign = 1.0 if direction == "min" else -1.0
    total, path, quiet, points = 0.0, [], 0, 0
    for count, cases in zip(d.tolist(), size.tolist(), strict=True):
        if not cases > 0:
            path.append(math.nan)
            continue
        z = sign * (count / cases - target) / math.sqrt(target * (1 - target) / cases)
        total = max(0.0, total + z - k)
        path.append(total)
        points += 1
        quiet += 1
        if total > h:
            total, quiet = 0.0, 0
    return QuietCusum(np.array(path, dtype=np.float64), points, quiet)
