"""Is a supplier getting better or worse over time? Mann-Kendall with Sen's slope (§5.2.3)."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.monitor.mann_kendall import (
    ALTERNATIVES,
    EXACT_UP_TO,
    exact_chance,
    hamed_rao_factor,
    kendall_statistic,
    normal_chance,
    z_score,
)
from supplier_eval.monitor.sen_slope import sen_slope
from supplier_eval.monitor.series import TABLE, aligned, given_choice, given_figure, given_series, refuse_all
from supplier_eval.monitor.trend_result import TrendTest
from supplier_eval.monitor.trend_times import label_times, times_of
from supplier_eval.score.order import FloatArray

LEAST, EXACT_AUTO, MOST = 4, 10, 5000
METHODS = ("auto", "exact", "normal")


def trend_test(
    values: npt.ArrayLike,
    times: object = None,
    *,
    alternative: str = "two-sided",
    method: str = "auto",
    autocorrelation: str = "none",
    level: float = 0.95,
    name: str = "",
    unit: str = "",
) -> TrendTest:
    """Ask whether figures rise or fall over time, and by how much a step.

    Parameters
    ----------
    values : array_like of shape (n_points,)
        Figures; None or NaN is a gap and is left out.
    times : array_like of shape (n_points,), optional
        Numbers, dates (the slope is then per day) or pandas periods (per period), in any order, none twice; by
        default the index of a Series where it holds periods, dates, or texts such as 2026-03, else steps of 1 in the
        order given, gaps counted.
    alternative : {"two-sided", "increasing", "decreasing"}
        Which trend is asked about.
    method : {"auto", "exact", "normal"}
        The exact distribution over all orders, ties included (up to 30 points), or the normal one with corrections
        for ties and continuity; ``auto`` is exact up to 10 points.
    autocorrelation : {"none", "hamed_rao"}
        Whether the variance is corrected for neighbours that are alike (Hamed and Rao 1998); it needs evenly spaced
        points without gaps, and the normal distribution.
    level : float
        Level of the slope's interval; a trend is called one up to a chance of 1 less this.
    name, unit : str
        Display text.

    Returns
    -------
    TrendTest
        With fewer than four points, or where no order of the points could be significant, the conclusion is
        ``too_few``; where all figures are equal, ``no_variation``.

    Raises
    ------
    InvalidInput
        With everything that is wrong: no figures, times given twice, exact asked of more than 30 points.

    Examples
    --------
    >>> se.monitor.trend_test([0.97, 0.96, 0.96, 0.95, 0.94, 0.94, 0.92, 0.91], name="resolved in time")
    TrendTest('resolved in time', n = 8, S = -26, p = 0.0001984: falling)
    """
    found: list[Finding] = []
    raw, labels = given_series(values, "values", found)
    settings = (
        given_choice(alternative, "alternative", ALTERNATIVES, found),
        given_choice(method, "method", METHODS, found),
        given_choice(autocorrelation, "autocorrelation", ("none", "hamed_rao"), found),
    )
    sure = given_figure(level, "level", found, 0.0, 1 - 1e-9)
    if times is None:
        times = label_times(labels, "values", found)
    t, time_unit = times_of(aligned(times, values, "times", found), raw.size, found)
    x, at = _measured(raw, t)
    _checks(x.size, raw.size, at, settings, found)
    refuse_all(found)
    return _tested(
        x, at, raw.size - x.size, settings, (sure, round(1.0 - sure, 12)), (str(name or ""), str(unit or ""), time_unit)
    )


def _measured(raw: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Figures in order of time, without gaps."""
    order = np.argsort(times, kind="stable")
    kept = order[np.isfinite(raw[order])]
    return raw[kept], times[kept]


def _checks(n: int, given: int, at: FloatArray, settings: tuple[str, str, str], found: list[Finding]) -> None:
    _, method, autocorrelation = settings
    if n > MOST:
        found.append(Finding("trend.too_many", TABLE, "values", value=str(n), facts={"most": MOST}))
    if method == "exact" and n > EXACT_UP_TO:
        found.append(Finding("trend.exact", TABLE, "method", value=str(n), facts={"most": EXACT_UP_TO}))
    if autocorrelation == "hamed_rao":
        if method == "exact":
            found.append(Finding("trend.exact_independent", TABLE, "method"))
        steps = np.diff(at)
        if n < given or (steps.size and not np.allclose(steps, steps[0], rtol=0.2)):
            found.append(Finding("trend.uneven", TABLE, "times"))


def _tested(
    x: FloatArray,
    times: FloatArray,
    gaps: int,
    settings: tuple[str, str, str],
    shares: tuple[float, float],
    words: tuple[str, str, str],
) -> TrendTest:
    alternative, method, autocorrelation = settings
    statistic = kendall_statistic(x)
    slope = sen_slope(x, times, statistic.variance, shares[0])
    factor = 1.0
    if autocorrelation == "hamed_rao" and x.size >= LEAST:
        factor = hamed_rao_factor(x, sen_slope(x, np.arange(float(x.size)), 0.0).slope)
        slope = sen_slope(x, times, statistic.variance * factor, shares[0])
    exact = method == "exact" or (method == "auto" and x.size <= EXACT_AUTO and autocorrelation == "none")
    z = p = p_normal = smallest = math.nan
    if x.size >= LEAST:
        z = z_score(statistic.s, statistic.variance * factor)
        p_normal = normal_chance(z, alternative)
        p = exact_chance(x, statistic.s, alternative) if exact else p_normal
        smallest = _smallest(x, alternative, exact, statistic.variance * factor)
    said = _conclusion(x, p, smallest, shares[1], statistic.s)
    name, unit, time_unit = words
    figures = (statistic, factor, z, p_normal, p, smallest, slope)
    how = ("exact" if exact else "normal", alternative, shares[1], shares[0], said)
    return TrendTest(name, unit, x, times, gaps, time_unit, *figures, *how)


def _smallest(x: FloatArray, alternative: str, exact: bool, variance: float) -> float:
    """The chance of the clearest order that these figures could have had."""
    s = kendall_statistic(np.sort(x) if alternative != "decreasing" else np.sort(x)[::-1]).s
    return exact_chance(x, s, alternative) if exact else normal_chance(z_score(s, variance), alternative)


def _conclusion(x: FloatArray, p: float, smallest: float, significance: float, s: int) -> str:
    if x.size < LEAST:
        return "too_few"
    if x.min() == x.max():
        return "no_variation"
    if smallest > significance:
        return "too_few"
    if p > significance or s == 0:
        return "no_trend"
    return "rising" if s > 0 else "falling"
