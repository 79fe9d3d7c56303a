r"""Intraclass correlation: how much of the variation in the marks comes from the bids, not from who marked.

With n bids, k evaluators and the mean squares between bids (BMS), within bids (WMS), between evaluators (JMS)
and of the residuals (EMS):

.. math::

   ICC(1,1) = \frac{BMS - WMS}{BMS + (k-1) WMS} \qquad ICC(1,k) = \frac{BMS - WMS}{BMS}

   ICC(2,1) = \frac{BMS - EMS}{BMS + (k-1) EMS + k (JMS - EMS)/n} \qquad
   ICC(2,k) = \frac{BMS - EMS}{BMS + (JMS - EMS)/n}

   ICC(3,1) = \frac{BMS - EMS}{BMS + (k-1) EMS} \qquad ICC(3,k) = \frac{BMS - EMS}{BMS}

Source: Shrout and Fleiss (1979), Psychological Bulletin 86(2), 420-428; intervals also in McGraw and Wong
(1996), Psychological Methods 1(1), 30-46, table 7. The tables of Shrout and Fleiss have a row per target;
here, as everywhere in this package, evaluators lead: the transposed table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

FORMS = ("1,1", "2,1", "3,1", "1,k", "2,k", "3,k")
NOISE = 64 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True)
class IccForm:
    """One of the six intraclass correlations.

    Parameters
    ----------
    form : str
        ``"1,1"``, ``"2,1"``, ``"3,1"``, ``"1,k"``, ``"2,k"`` or ``"3,k"``.
    value : float or None
        The estimate, at most 1, and below zero where the evaluators differ more on a bid than the bids do
        among each other; None when there is a `reason`.
    f : float or None
        F statistic of "the bids do not differ"; ``inf`` where the denominator's mean square is zero.
    df1, df2 : int
        Degrees of freedom of `f`.
    p_value : float or None
        Upper tail of `f`.
    ci_low, ci_high : float or None
        Two-sided confidence interval; None where a bound does not exist. That of form 2 is approximate
        (Satterthwaite) and fails far below zero: then there is none.
    reason : str or None
        Why there is no value: ``one_evaluator``, ``one_bid``, ``no_variation``, ``missing_marks`` or
        ``denominator_not_positive`` (the bids vary too little for this form to mean anything).
    """

    form: str
    value: float | None
    f: float | None
    df1: int
    df2: int
    p_value: float | None
    ci_low: float | None
    ci_high: float | None
    reason: str | None


@dataclass(frozen=True)
class Icc:
    """The six intraclass correlations of one table of marks, with the analysis of variance behind them.

    Parameters
    ----------
    forms : tuple of IccForm
        In the order of `FORMS`; ``icc["2,1"]`` gives one of them.
    ms_bids, ms_within, ms_evaluators, ms_residual : float or None
        Mean squares BMS, WMS, JMS and EMS, in squared points.
    n_evaluators, n_bids : int
        Size of the table.
    confidence : float
        Level of the intervals.
    reason : str or None
        Why there is no answer at all; None when there is one.
    """

    forms: tuple[IccForm, ...]
    ms_bids: float | None
    ms_within: float | None
    ms_evaluators: float | None
    ms_residual: float | None
    n_evaluators: int
    n_bids: int
    confidence: float
    reason: str | None

    def __getitem__(self, form: str) -> IccForm:
        for found in self.forms:
            if found.form == form:
                return found
        raise KeyError(f"no ICC form {form!r}; there is: {'; '.join(FORMS)}")


class _Anova(NamedTuple):
    """Mean squares in the letters of Shrout and Fleiss."""

    n: int
    k: int
    bms: float
    wms: float
    jms: float
    ems: float


def icc(ratings: npt.ArrayLike, confidence: float = 0.95) -> Icc:
    """Say how far the marks tell the bids apart, as all six intraclass correlations.

    Parameters
    ----------
    ratings : array_like of shape (n_evaluators, n_bids)
        Marks in points, every evaluator × bid filled.
    confidence : float
        Level of the two-sided intervals, between 0 and 1.

    Returns
    -------
    Icc
        The six forms; form 1 for evaluators drawn anew for each bid, 2 for evaluators drawn from many who
        might have sat, 3 for exactly these evaluators with their severity taken out; ``1`` for one
        evaluator's marks, ``k`` for the mean of the panel.

    Raises
    ------
    ValueError
        A mark is missing or infinite, the table is not two-dimensional, or `confidence` is outside (0, 1).
    """
    x = np.asarray(ratings, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError(f"ratings must be evaluators × bids; got shape {x.shape}")
    if not np.all(np.isfinite(x)):
        raise ValueError("the intraclass correlation needs every evaluator's mark of every bid")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie between 0 and 1; got {confidence}")
    k, n = x.shape
    if k < 2 or n < 2:
        return without_icc(k, n, "one_evaluator" if k < 2 else "one_bid", confidence)
    s = _anova(x)
    if s.bms == s.jms == s.ems == 0.0:
        return without_icc(k, n, "no_variation", confidence)
    forms = (*_one_way(s, confidence), *_two_way_random(s, confidence), *_two_way_mixed(s, confidence))
    by_name = {form.form: form for form in forms}
    ordered = tuple(by_name[name] for name in FORMS)
    return Icc(ordered, s.bms, s.wms, s.jms, s.ems, k, n, confidence, None)


def without_icc(n_evaluators: int, n_bids: int, reason: str, confidence: float = 0.95) -> Icc:
    """Build the answer that there is none, with its reason."""
    none = (None, None, None, None)
    forms = tuple(IccForm(form, None, None, 0, 0, None, None, None, reason) for form in FORMS)
    return Icc(forms, *none, n_evaluators, n_bids, confidence, reason)


def _anova(x: FloatArray) -> _Anova:
    """Two-way layout with one observation a cell; a sum of squares below rounding noise is zero."""
    k, n = x.shape
    y = x - x[0, 0]
    mean = float(sum_in_order(sum_in_order(y))) / (k * n)
    bid, evaluator = sum_in_order(y, axis=0) / k - mean, sum_in_order(y, axis=1) / n - mean
    residual = y - mean - bid - evaluator[:, np.newaxis]
    noise = k * n * (NOISE * float(np.max(np.abs(x)))) ** 2

    def squares(d: FloatArray, times: int) -> float:
        total = times * float(sum_in_order(np.ravel(d) ** 2))
        return total if total > noise else 0.0

    ss_bid, ss_evaluator, ss_residual = squares(bid, k), squares(evaluator, n), squares(residual, 1)
    wms = (ss_evaluator + ss_residual) / (n * (k - 1))
    return _Anova(n, k, ss_bid / (n - 1), wms, ss_evaluator / (k - 1), ss_residual / ((n - 1) * (k - 1)))


def _one_way(s: _Anova, confidence: float) -> tuple[IccForm, IccForm]:
    """Compare the bids with all other variation: ICC(1,1) and ICC(1,k)."""
    return _plain("1", s.bms, s.wms, (s.n - 1, s.n * (s.k - 1)), s.k, confidence)


def _two_way_mixed(s: _Anova, confidence: float) -> tuple[IccForm, IccForm]:
    """Compare the bids with the residuals, severity taken out: ICC(3,1) and ICC(3,k)."""
    return _plain("3", s.bms, s.ems, (s.n - 1, (s.n - 1) * (s.k - 1)), s.k, confidence)


def _plain(
    case: str, between: float, error: float, df: tuple[int, int], k: int, confidence: float
) -> tuple[IccForm, IccForm]:
    """Forms 1 and 3: the same formulas and exact F intervals with another error mean square."""
    single = _ratio(between - error, between + (k - 1) * error)
    mean = _ratio(between - error, between)
    f = _f(between, error)
    low, high = _f_limits(df, confidence)
    bounds: list[float | None] = [None, None]
    if f is not None and f > 0.0:
        bounds = [1.0 - error * q / between for q in (low, 1.0 / high)]
    # an interval for the mean of k turns into one for a single evaluator: r₁ = r_k / (k - (k-1) r_k)
    ones = [None if b is None else b / (k - (k - 1) * b) for b in bounds]
    return (
        _form(f"{case},1", single, f, df, (ones[0], ones[1])),
        _form(f"{case},k", mean, f, df, (bounds[0], bounds[1])),
    )


def _two_way_random(s: _Anova, confidence: float) -> tuple[IccForm, IccForm]:
    """Compare the bids with severity and residuals: ICC(2,1) and ICC(2,k)."""
    n, k = s.n, s.k
    df = (n - 1, (n - 1) * (k - 1))
    single = _ratio(s.bms - s.ems, s.bms + (k - 1) * s.ems + k * (s.jms - s.ems) / n)
    mean = _ratio(s.bms - s.ems, s.bms + (s.jms - s.ems) / n)
    bounds = (None, None) if single is None else _random_bounds(s, single, confidence)
    means = [None if b is None else _ratio(k * b, 1.0 + (k - 1) * b) for b in bounds]
    f = _f(s.bms, s.ems)
    return (
        _form("2,1", single, f, df, bounds),
        _form("2,k", mean, f, df, (means[0], means[1]) if mean is not None else (None, None)),
    )


def _random_bounds(s: _Anova, value: float, confidence: float) -> tuple[float | None, float | None]:
    """Bounds of ICC(2,1) on Satterthwaite's degrees of freedom, written without dividing by EMS."""
    n, k = s.n, s.k
    a, b = k * value * s.jms, (n * (1 + (k - 1) * value) - k * value) * s.ems
    if a * a + b * b == 0.0:  # no variation but that of the bids
        return (1.0, 1.0) if value == 1.0 else (None, None)
    v = (k - 1) * (n - 1) * (a + b) ** 2 / ((n - 1) * a**2 + b**2)
    if not v > 0.0:
        return (None, None)
    tail = (1.0 + confidence) / 2.0
    f_low, f_high = _f_quantile(n - 1, v, tail), _f_quantile(v, n - 1, tail)
    if not (f_low >= 1.0 and f_high >= 1.0):  # v is so small that the interval would miss its own estimate
        return (None, None)
    rest = k * s.jms + (k * n - k - n) * s.ems
    low = n * (s.bms - f_low * s.ems) / (f_low * rest + n * s.bms)
    high = n * (f_high * s.bms - s.ems) / (rest + n * f_high * s.bms)
    return (low if math.isfinite(low) else None, high if math.isfinite(high) else None)


def _f_limits(df: tuple[int, int], confidence: float) -> tuple[float, float]:
    """Quantiles F(df1, df2) and F(df2, df1) of the two-sided interval."""
    tail = (1.0 + confidence) / 2.0
    return _f_quantile(df[0], df[1], tail), _f_quantile(df[1], df[0], tail)


def _f(between: float, error: float) -> float | None:
    """F statistic; infinite without error, None without any variation."""
    if error > 0.0:
        return between / error
    return math.inf if between > 0.0 else None


def _ratio(part: float, whole: float) -> float | None:
    """Part over whole; None where the whole is not positive and the quotient would mean nothing."""
    return part / whole if whole > 0.0 else None


def _form(
    name: str,
    value: float | None,
    f: float | None,
    df: tuple[int, int],
    bounds: tuple[float | None, float | None],
) -> IccForm:
    """Put one form together."""
    p = None if f is None else (0.0 if math.isinf(f) else _f_tail(df[0], df[1], f))
    if value is None:
        return IccForm(name, None, f, *df, p, None, None, "denominator_not_positive")
    return IccForm(name, value, f, *df, p, *bounds, None)


def _f_quantile(df1: float, df2: float, p: float) -> float:
    """Quantile of the F distribution; SciPy loads when the first one is asked for."""
    from scipy import special

    return float(special.fdtri(df1, df2, p))


def _f_tail(df1: float, df2: float, f: float) -> float:
    """Chance of a larger F."""
    from scipy import special

    return float(special.fdtrc(df1, df2, f))
