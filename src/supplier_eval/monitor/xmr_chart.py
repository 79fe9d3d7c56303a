r"""Individual values and moving ranges (XmR): limits from how much neighbouring points differ.

.. math::
    \hat\sigma = \frac{\overline{mR}}{d_2}, \qquad \bar x \pm 3\hat\sigma = \bar x \pm 2.66\,\overline{mR},
    \qquad UCL_{mR} = 3.267\,\overline{mR}

with :math:`d_2 = 1.128` for ranges of two. From the median moving range :math:`\hat\sigma = \widetilde{mR}/0.954`:
limits at 3.145 and 3.865 times the median range.

Sources: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2; D. J. Wheeler (1993), "Understanding Variation".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

D2, D2_MEDIAN = 1.128, 0.954
RANGE_LIMIT, RANGE_LIMIT_MEDIAN = 3.267, 3.865
THREE = 3.0


@dataclass(frozen=True)
class XmrEstimate:
    """What the baseline of individual values says.

    Parameters
    ----------
    centre : float
        Mean of the values.
    sigma : float
        Standard deviation of a value, from the moving ranges; NaN with fewer than two values.
    average_range : float
        Mean (or median) moving range.
    range_upper : float
        Upper limit of a moving range.
    """

    centre: float
    sigma: float
    average_range: float
    range_upper: float


def moving_ranges(values: npt.ArrayLike) -> FloatArray:
    """Give the size of the step from the last measured point to each point; NaN at the first and at gaps."""
    x = np.asarray(values, dtype=np.float64)
    ranges = np.full(x.shape, np.nan)
    kept = np.flatnonzero(np.isfinite(x))
    ranges[kept[1:]] = np.abs(np.diff(x[kept]))
    return ranges


def xmr_estimate(
    values: npt.ArrayLike, estimate: Literal["mean", "median"] = "mean", limit: float = THREE
) -> XmrEstimate:
    """Estimate centre and standard deviation of individual values from their moving ranges.

    Parameters
    ----------
    values : array_like of shape (n_points,)
        The baseline, in order of time; NaN is left out and its neighbours follow one another.
    estimate : {"mean", "median"}
        Which moving range stands for all; the median is moved less by single large steps.
    limit : float
        Standard deviations between centre and limit; 3 gives the published factors.

    Returns
    -------
    XmrEstimate
        NaN where there are too few values for a figure.
    """
    x = np.asarray(values, dtype=np.float64)
    x = x[np.isfinite(x)]
    if x.size == 0:
        return XmrEstimate(np.nan, np.nan, np.nan, np.nan)
    centre = float(sum_in_order(x)) / x.size
    if x.size == 1:
        return XmrEstimate(centre, np.nan, np.nan, np.nan)
    steps = np.abs(np.diff(x))
    if estimate == "median":
        average, divisor, factor = float(np.median(steps)), D2_MEDIAN, RANGE_LIMIT_MEDIAN
    else:
        average, divisor, factor = float(sum_in_order(steps)) / steps.size, D2, RANGE_LIMIT
    upper = average * (1.0 + (factor - 1.0) * limit / THREE)
    return XmrEstimate(centre, average / divisor, average, upper)
