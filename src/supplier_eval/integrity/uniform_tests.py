r"""How far the prices of a tender are from an even spread between the lowest and the highest, with p-values.

If :math:`n` prices are drawn independently and evenly over some range, then between their own minimum and maximum the
:math:`n - 2` inner ones are again even, and the :math:`n - 1` shares of the range between neighbours all have the same
law. Both give p-values that are exact although the range is not known:

.. math::
    D = \max_i \max\Big(\frac{i}{m} - z_i, \; z_i - \frac{i-1}{m}\Big), \quad z_i = \frac{b_{i+1} - b_1}{b_n - b_1},
    \; m = n - 2, \qquad
    P\Big(\frac{b_2 - b_1}{b_n - b_1} \ge f\Big) = (1 - f)^{n-2}

Prices are rounded, often to thousands, and ties would otherwise have a probability of zero. With :math:`u` the largest
power of ten that divides all prices of the tender, :math:`D - u / (b_n - b_1)` and
:math:`(b_2 - b_1 - u) / (b_n - b_1)` are used, the least that rounding leaves of them: the p-values are exact for
prices without rounding and on the careful side for rounded ones.

Source: Kolmogorov's two-sided statistic in its exact finite form (`kolmogorov`); the law of uniform spacings, Pyke
(1965), Journal of the Royal Statistical Society B 27, section 2 (recalled). That the ends are estimated from the same
prices makes the p-value of the common test (all prices against a uniform law on their own range) inexact; its statistic
is given for comparison, without a p-value.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.integrity.kolmogorov import kolmogorov_p
from supplier_eval.integrity.price_patterns import rounding_unit

FloatArray = npt.NDArray[np.float64]
LEAST_BIDS = 3


def uniform_tests(prices: npt.ArrayLike, unit: npt.ArrayLike | None = None) -> dict[str, FloatArray]:
    """Compare the prices of each tender with an even spread.

    Parameters
    ----------
    prices : array_like of shape (n_bids, n_tenders)
        Prices in ascending order along the first axis.
    unit : array_like of shape (n_tenders,), optional
        What the prices are rounded to; by default `rounding_unit` finds it. 0 for prices that are not rounded.

    Returns
    -------
    dict of str to ndarray of shape (n_tenders,)
        ``ks_uniform`` (all prices against a uniform law on their own range, 0-1), ``ks_inner`` and ``ks_p`` (the inner
        prices only, and the exact two-sided p-value), ``gap_share`` (share of the range between the two lowest) and
        ``gap_p`` (probability of at least such a share). NaN with fewer than 3 prices or all of them equal.
    """
    b = np.asarray(prices, dtype=np.float64)
    n = b.shape[0]
    figures = {name: np.full(b.shape[1:], np.nan) for name in ("ks_uniform", "ks_inner", "ks_p", "gap_share", "gap_p")}
    apart = b[-1] > b[0]
    if n < LEAST_BIDS or not apart.any():
        return figures
    reach = b[-1, apart] - b[0, apart]
    z = (b[:, apart] - b[0, apart]) / reach
    u = np.broadcast_to(rounding_unit(b) if unit is None else np.asarray(unit, dtype=np.float64), apart.shape)[apart]
    off = u / reach
    inner = _statistic(z[1:-1])
    figures["ks_uniform"][apart] = _statistic(z)
    figures["ks_inner"][apart] = inner
    figures["ks_p"][apart] = kolmogorov_p(np.maximum(inner - off, 0.0), n - 2)
    figures["gap_share"][apart] = z[1]
    figures["gap_p"][apart] = (1.0 - np.maximum(z[1] - off, 0.0)) ** (n - 2)
    return figures


def _statistic(z: FloatArray) -> FloatArray:
    """Kolmogorov's two-sided statistic of sorted values against the uniform law on 0-1."""
    m = z.shape[0]
    steps = np.arange(m + 1).reshape(-1, 1) / m
    return np.asarray(np.maximum(np.max(steps[1:] - z, axis=0), np.max(z - steps[:-1], axis=0)))
