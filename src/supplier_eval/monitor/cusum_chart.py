r"""The tabular CUSUM: how far the points have drifted from the target in all, above and below.

.. math::
    C_t^+ = \max[0,\; x_t - (\mu_0 + K) + C_{t-1}^+], \qquad
    C_t^- = \max[0,\; (\mu_0 - K) - x_t + C_{t-1}^-]

with :math:`K = k\sigma`; a signal where one of them is above :math:`H = h\sigma`. A fast initial response (FIR)
starts both at a part of H (half of it, as a rule), so that a process that is off from the start is seen sooner.

Sources: E. S. Page (1954), Biometrika 41, 100-115; J. M. Lucas and R. B. Crosier (1982), Technometrics 24(3), 199-205
(FIR); D. C. Montgomery, "Introduction to Statistical Quality Control", eqs. 9.2-9.6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CusumPath:
    """Both sums at every point, and since how many points each is above zero.

    Parameters
    ----------
    high, low : ndarray of shape (n_points,)
        Sums above and below, both at least 0, in the unit of the values; NaN at a gap.
    run_high, run_low : ndarray of int, shape (n_points,)
        Points since the sum was last zero; at a signal it tells when the shift is likely to have begun.
    """

    high: FloatArray
    low: FloatArray
    run_high: IntArray
    run_low: IntArray


@dataclass(frozen=True)
class CusumDesign:
    """Slack, decision line and start of a CUSUM, all in the unit of the values.

    Parameters
    ----------
    slack : float
        K, what a point may be off without adding up.
    line : float
        H, the sum that is a signal.
    head_start : float
        Where both sums start.
    restart : bool
        Whether a sum starts again (at the head start) after its signal.
    """

    slack: float
    line: float
    head_start: float = 0.0
    restart: bool = False


def cusum_path(values: npt.ArrayLike, target: float, design: CusumDesign) -> CusumPath:
    """Add up what the points are off the target by more than the slack.

    Parameters
    ----------
    values : array_like of shape (n_points,)
        In order of time; at a gap (NaN) both sums stand still.
    target : float
        The mean that is wanted, or the centre of the baseline.
    design : CusumDesign
        Slack, line and start.

    Returns
    -------
    CusumPath
    """
    x = np.asarray(values, dtype=np.float64)
    sums, runs = np.full((2, x.size), np.nan), np.zeros((2, x.size), dtype=np.int64)
    now, since = [design.head_start] * 2, [0, 0]
    for t, value in enumerate(x.tolist()):
        if not np.isfinite(value):
            continue
        for side, sign in enumerate((1.0, -1.0)):
            if design.restart and now[side] > design.line:
                now[side], since[side] = design.head_start, 0
            now[side] = max(0.0, sign * (value - target) - design.slack + now[side])
            since[side] = since[side] + 1 if now[side] > 0 else 0
            sums[side, t], runs[side, t] = now[side], since[side]
    return CusumPath(sums[0], sums[1], runs[0], runs[1])
