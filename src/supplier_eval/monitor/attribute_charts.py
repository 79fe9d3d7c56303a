r"""Counts of failures: p and np (of n items), c and u (events), and Laney's p' and u' for counts that vary more.

.. math::
    \bar p = \frac{\sum d_i}{\sum n_i}, \quad \sigma_i = \sqrt{\frac{\bar p(1-\bar p)}{n_i}};
    \qquad \bar u = \frac{\sum d_i}{\sum n_i}, \quad \sigma_i = \sqrt{\frac{\bar u}{n_i}}

and for Laney's charts :math:`z_i = (p_i - \bar p)/\sigma_i`, :math:`\sigma_z = \overline{mR}(z)/1.128`, limits
:math:`\bar p \pm 3\,\sigma_i\,\sigma_z`: how much neighbouring points really differ, beside how much they would
if every item failed independently.

Sources: D. C. Montgomery, "Introduction to Statistical Quality Control", ch. 7 (p, np, c, u); D. B. Laney (2002),
"Improved Control Charts for Attributes", Quality Engineering 14(4), 531-537 (recalled).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.monitor.xmr_chart import D2
from supplier_eval.score.order import FloatArray, sum_in_order

OF_ITEMS = ("p", "np", "laney_p")
LANEY = ("laney_p", "laney_u")
WHOLE_COUNTS = ("np", "c")


@dataclass(frozen=True)
class AttributeEstimate:
    """What the baseline of counts says.

    Parameters
    ----------
    rate : float
        Failures an item, or events a unit of n; NaN without any.
    spread : float
        Factor on the standard deviation of independent counts: Laney's sigma of z, 1 for the plain charts; NaN with
        fewer than two points.
    """

    rate: float
    spread: float


def sigma_of_rate(kind: str, rate: float, n: npt.ArrayLike) -> FloatArray:
    """Standard deviation of a rate of n independent items (binomial) or units (Poisson); NaN where n is no figure."""
    size = np.asarray(n, dtype=np.float64)
    variance = rate * (1.0 - rate) if kind in OF_ITEMS else rate
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.sqrt(max(variance, 0.0) / np.where(size > 0, size, np.nan)))


def attribute_estimate(kind: str, counts: npt.ArrayLike, n: npt.ArrayLike) -> AttributeEstimate:
    """Estimate the rate and, for Laney's charts, how much more than by chance the rates vary.

    Parameters
    ----------
    kind : {"p", "np", "laney_p", "c", "u", "laney_u"}
        Chart.
    counts, n : array_like of shape (n_points,)
        The baseline, in order of time; points without work (n = 0 or NaN) are left out.

    Returns
    -------
    AttributeEstimate
    """
    d, size = (np.asarray(x, dtype=np.float64) for x in (counts, n))
    kept = np.isfinite(d) & (size > 0)
    d, size = d[kept], size[kept]
    if d.size == 0:
        return AttributeEstimate(np.nan, np.nan)
    rate = float(sum_in_order(d)) / float(sum_in_order(size))
    if kind not in LANEY:
        return AttributeEstimate(rate, 1.0)
    if d.size == 1:
        return AttributeEstimate(rate, np.nan)
    sigma = sigma_of_rate(kind, rate, size)
    if not sigma.max() > 0:
        return AttributeEstimate(rate, 0.0)
    steps = np.abs(np.diff((d / size - rate) / sigma))
    return AttributeEstimate(rate, float(sum_in_order(steps)) / steps.size / D2)
