"""How likely chance alone puts a point of a control chart this far from its centre.

For counts of independent items the exact binomial or Poisson tail, doubled. For figures whose standard deviation comes
from moving ranges, Student's t with 0.62 (m - 1) degrees of freedom for m baseline points (the information that the
mean moving range holds; Wheeler 1995, "Advanced Topics in Statistical Process Control", recalled); for a given
standard the normal distribution. A CUSUM's sum has no such chance.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from supplier_eval.monitor.attribute_charts import OF_ITEMS
from supplier_eval.monitor.chart_limits import PER_POINT

if TYPE_CHECKING:
    from supplier_eval.monitor.chart_result import ControlChart

EXACT = ("p", "np", "c", "u")


def point_chance(chart: ControlChart, at: int) -> float:
    """Two-sided chance of a point at least this far off while nothing has changed.

    Parameters
    ----------
    chart : ControlChart
        Any kind.
    at : int
        Position of the point.

    Returns
    -------
    float
        From 0 to 1; NaN for a gap, for limits from too few points, and for a CUSUM.
    """
    estimate = chart.estimates[int(chart.phase[at])] if chart.estimates else None
    if estimate is None or chart.kind == "cusum" or not math.isfinite(chart.raw[at]):
        return math.nan
    if estimate.status in {"too_few", "no_limits"}:
        return math.nan
    if chart.kind in EXACT:
        return _count_chance(chart, at, estimate.centre)
    z = abs(float(chart.z[at]))
    if math.isinf(z):
        return 0.0
    if chart.settings.standard:
        return float(2 * stats.norm.sf(z))
    return float(2 * stats.t.sf(z, max(1.0, PER_POINT * (estimate.points - 1))))


def _count_chance(chart: ControlChart, at: int, rate: float) -> float:
    count, n = float(chart.raw[at]), float(chart.n[at])
    spread = stats.binom(round(n), rate) if chart.kind in OF_ITEMS else stats.poisson(n * rate)
    tails = float(spread.cdf(count)), float(spread.sf(count - 1))
    return float(np.minimum(1.0, 2 * min(tails)))
