"""Chances of many tests together: what one small p-value is worth among hundreds.

Bonferroni, Šidák and Holm bound the chance of any false alarm; Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57,
289-300, and Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188 (for any dependence), bound the share of
false alarms among the alarms.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

ANY_FALSE = ("sidak", "bonferroni", "holm")
SHARE_FALSE = ("fdr_bh", "fdr_by")
METHODS = (*ANY_FALSE, *SHARE_FALSE, "none")


def adjusted(p_values: npt.ArrayLike, method: str = "fdr_bh") -> FloatArray:
    """Adjust p-values for the number of tests; a test is an alarm where its adjusted value is at most the level.

    Parameters
    ----------
    p_values : array_like of shape (n_tests,)
        From 0 to 1; NaN is no test, is not counted, and stays NaN.
    method : str
        One of ``METHODS``.

    Returns
    -------
    ndarray of shape (n_tests,)
        Adjusted p-values, in the order given; the order of the tests never matters.
    """
    p = np.asarray(p_values, dtype=np.float64)
    kept = np.isfinite(p)
    mine, out = p[kept], p.copy()
    m = mine.size
    if m == 0 or method == "none":
        return out
    if method == "bonferroni":
        out[kept] = np.minimum(m * mine, 1.0)
    elif method == "sidak":
        with np.errstate(divide="ignore"):
            out[kept] = -np.expm1(m * np.log1p(-mine))
    else:
        out[kept] = _stepwise(mine, method)
    return out


def _stepwise(p: FloatArray, method: str) -> FloatArray:
    order = np.argsort(p, kind="stable")
    m, sorted_p = p.size, p[order]
    rank = np.arange(1, m + 1)
    if method == "holm":
        steps = np.maximum.accumulate(sorted_p * (m - rank + 1))
    else:
        factor = float(np.sum(1.0 / rank)) if method == "fdr_by" else 1.0
        steps = np.minimum.accumulate((sorted_p * factor * m / rank)[::-1])[::-1]
    back = np.empty(m)
    back[order] = np.minimum(steps, 1.0)
    return back
