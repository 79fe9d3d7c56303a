r"""Many tenders, many chances to be wrong: p-values that are corrected for how many were looked at.

With :math:`m` p-values in ascending order, the adjusted value of the *i*-th is

.. math:: q_{(i)} = \min\Big(1, \; \min_{j \ge i} \frac{c\, m\, p_{(j)}}{j}\Big), \qquad
    c = 1 \text{ (Benjamini-Hochberg)}, \quad c = \sum_{k=1}^{m} \frac1k \text{ (Benjamini-Yekutieli)}

Among what is flagged at :math:`q \le \alpha`, at most a share :math:`\alpha` is expected to be false.

Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57, 289-300 (tests that are
independent or positively dependent); Benjamini and Yekutieli (2001), Annals of Statistics 29, 1165-1188, theorem 1.3
(any dependence).
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput

FloatArray = npt.NDArray[np.float64]
Method = Literal["bh", "by"]
METHODS: tuple[Method, ...] = ("bh", "by")


def adjust_p_values(p: npt.ArrayLike, method: Method = "bh") -> FloatArray:
    """Adjust p-values for their number (false discovery rate).

    Parameters
    ----------
    p : array_like of shape (n,)
        P-values, 0-1; NaN where a test is not defined: it counts for nothing and stays NaN.
    method : {"bh", "by"}
        Benjamini-Hochberg, or Benjamini-Yekutieli, which holds whatever the dependence and is stricter.

    Returns
    -------
    ndarray of shape (n,)
        Adjusted values, 0-1, in the order of `p`. Equal p-values get equal ones.

    Raises
    ------
    InvalidInput
        If `p` is no row of numbers from 0 to 1, or the method is not known (also a ValueError).

    Examples
    --------
    >>> se.integrity.adjust_p_values([0.001, 0.02, 0.04, 0.5]).round(4).tolist()
    [0.004, 0.04, 0.0533, 0.5]
    """
    given, findings = _read(p)
    if not isinstance(method, str) or method not in METHODS:
        facts = {"known": ", ".join(METHODS)}
        findings.append(Finding("false_alarms.method", "arguments", "method", value=str(method), facts=facts))
    if findings:
        raise InvalidInput(findings, "arguments")
    defined = ~np.isnan(given)
    values = given[defined]
    adjusted = np.full(given.shape, np.nan)
    m = len(values)
    if m:
        order = np.argsort(values, kind="stable")
        c = float(np.add.accumulate(1.0 / np.arange(1, m + 1))[-1]) if method == "by" else 1.0
        scaled = values[order] * (c * m) / np.arange(1, m + 1)
        lowest = np.minimum.accumulate(scaled[::-1])[::-1]
        q = np.empty(m)
        q[order] = np.minimum(lowest, 1.0)
        adjusted[defined] = q
    return adjusted


def _read(p: object) -> tuple[FloatArray, list[Finding]]:
    """The p-values as an array, and what is wrong with them."""
    try:
        given = np.asarray(p, dtype=np.float64)
    except (TypeError, ValueError):
        return np.zeros(0), [Finding("false_alarms.p", "arguments", "p", value=type(p).__name__)]
    if given.ndim != 1:
        return np.zeros(0), [Finding("false_alarms.p", "arguments", "p", value=f"{type(p).__name__} {given.shape}")]
    wrong = np.flatnonzero((given < 0) | (given > 1))
    if not wrong.size:
        return given, []
    rows = tuple((wrong + 1).tolist())
    return given, [Finding("false_alarms.outside", "arguments", "p", rows, f"{given[wrong[0]]:g}")]
