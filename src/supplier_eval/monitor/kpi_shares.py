"""Shares of good records, means and ratios of a cell, each with its interval and its reason where there is none."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit
from scipy.stats import chi2

from supplier_eval.monitor.kpi_cells import BoolArray, Cells, Figures, FloatArray, IntArray
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.rate_intervals import wilson


def share_figures(kpi: KpiDefinition, good: IntArray, n: IntArray) -> Figures:
    """Good records of those counted, with Wilson's interval.

    Parameters
    ----------
    good, n : ndarray of int64, shape (n_cells,)
        Of a KPI that is better when low the value is the share of the others.
    """
    figures = Figures.of(n.size, n=n, events=good)
    there = n > 0
    k = (good if kpi.direction == "max" else n - good).astype(np.float64)
    counted = np.where(there, n, 1).astype(np.float64)
    lower, upper = wilson(np.where(there, k, 0.0), counted, float(kpi.confidence))
    figures.value = np.where(there, k / counted, np.nan)
    figures.lower, figures.upper = np.where(there, lower, np.nan), np.where(there, upper, np.nan)
    figures.say(there, "measured")
    _few(figures, kpi)
    return figures


def mean_figures(kpi: KpiDefinition, cells: Cells, cell: IntArray, x: FloatArray) -> Figures:
    """Mean of figures, their standard deviation, and Student's interval of the mean.

    Parameters
    ----------
    cell : ndarray of int64, shape (n_records,)
        Cell of each record.
    x : ndarray of float64, shape (n_records,)
        Figures.
    """
    n = cells.count(cell)
    counted = np.maximum(n, 1)
    mean = cells.total(cell, x) / counted
    apart = x - mean[np.maximum(cell, 0)]
    with np.errstate(invalid="ignore", divide="ignore"):
        sd = np.sqrt(cells.total(cell, apart * apart) / (n - 1))
        half = stdtrit(np.maximum(n - 1, 1), 0.5 + float(kpi.confidence) / 2) * sd / np.sqrt(counted)
    enough = n > 1
    figures = Figures.of(n.size, n=n, value=np.where(n > 0, mean, np.nan), sd=np.where(enough, sd, np.nan))
    spread = enough & (sd > 0)
    figures.lower, figures.upper = np.where(spread, mean - half, np.nan), np.where(spread, mean + half, np.nan)
    figures.say(n > 0, "measured")
    figures.say(enough & ~spread, "measured", "no_spread")
    figures.say(n == 1, "too_few", "one_record")
    _few(figures, kpi)
    return figures


def ratio_figures(kpi: KpiDefinition, events: IntArray, n: IntArray, exposure: FloatArray) -> Figures:
    """Events per so many units of exposure, with the exact Poisson interval of Garwood (1936).

    Parameters
    ----------
    events, n : ndarray of int64, shape (n_cells,)
        What is counted, and the records that it was counted in.
    exposure : ndarray of float64, shape (n_cells,)
        Units; no exposure, no ratio.
    """
    tail, per = (1 - float(kpi.confidence)) / 2, float(kpi.per)
    there = exposure > 0
    units = np.where(there, exposure, 1.0)
    low = np.where(events > 0, chi2.ppf(tail, 2 * np.maximum(events, 1)) / 2, 0.0)
    high = chi2.ppf(1 - tail, 2 * (events + 1)) / 2
    figures = Figures.of(n.size, n=n, events=events, denominator=np.where(there, exposure, np.nan))
    for name, count in (("value", events.astype(np.float64)), ("lower", low), ("upper", high)):
        setattr(figures, name, np.where(there, per * count / units, np.nan))
    figures.say(there, "measured")
    figures.say(~there & (events > 0), "no_data", "no_exposure")
    figures.say(there & (n < kpi.minimum_n) & (kpi.minimum_n > 1), "too_few", "below_minimum")
    return figures


def _few(figures: Figures, kpi: KpiDefinition) -> None:
    few: BoolArray = (figures.n > 0) & (figures.n < kpi.minimum_n)
    figures.say(few, "too_few", "below_minimum")
