"""Centre, standard deviation and limits at every point, phase by phase: the arithmetic of all kinds of chart."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from supplier_eval.monitor.attribute_charts import OF_ITEMS, WHOLE_COUNTS, attribute_estimate, sigma_of_rate
from supplier_eval.monitor.chart_settings import OF_COUNTS, ChartSettings
from supplier_eval.monitor.cusum_chart import CusumDesign, cusum_path
from supplier_eval.monitor.ewma_chart import ewma_path, ewma_sigma
from supplier_eval.monitor.xmr_chart import moving_ranges, xmr_estimate
from supplier_eval.score.order import FloatArray

BoolArray = npt.NDArray[np.bool_]
PER_POINT = 0.62
FLAT = 1e-12  # a standard deviation below this share of the figures is the noise of binary arithmetic


@dataclass(frozen=True)
class PhaseEstimate:
    """What the baseline of one phase says.

    Parameters
    ----------
    phase : int
        From 0.
    points : int
        Points that it was estimated from; 0 where standards were given.
    centre : float
        Mean, or rate of failures; NaN where there is none.
    sigma : float
        Standard deviation of a single value; NaN for charts of counts, where it depends on n.
    spread : float
        Laney's factor; 1 elsewhere.
    average_range, range_upper : float
        Mean (or median) moving range and the limit of a moving range; NaN where not used.
    status : {"ok", "too_few", "no_limits", "no_variation"}
        Whether alarms can be raised on it.
    limit : float
        Standard deviations between centre and limit.
    """

    phase: int
    points: int
    centre: float
    sigma: float = math.nan
    spread: float = 1.0
    average_range: float = math.nan
    range_upper: float = math.nan
    status: str = "ok"
    limit: float = math.nan


@dataclass
class ChartArrays:
    """Figures of all points, filled phase by phase.

    Parameters
    ----------
    values : ndarray of shape (n_points,)
        What is plotted; NaN at a gap. For a CUSUM the sum above, with the sum below in `low`.
    centre, sigma, lower, upper : ndarray of shape (n_points,)
        Standard deviation is that of the plotted figure.
    low, ranges : ndarray of shape (n_points,)
        Sum below of a CUSUM (at least 0); moving ranges of an XmR chart; NaN elsewhere.
    since : ndarray of int, shape (2, n_points)
        Points since each sum of a CUSUM was zero.
    """

    values: FloatArray
    centre: FloatArray
    sigma: FloatArray
    lower: FloatArray
    upper: FloatArray
    low: FloatArray
    ranges: FloatArray
    since: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros((2, 0), dtype=np.int64))


def empty_arrays(n_points: int) -> ChartArrays:
    """All NaN."""
    made = ChartArrays(*(np.full(n_points, np.nan) for _ in range(7)))
    made.since = np.zeros((2, n_points), dtype=np.int64)
    return made


def fill_phase(
    out: ChartArrays, settings: ChartSettings, raw: FloatArray, n: FloatArray, own: BoolArray, base: BoolArray
) -> PhaseEstimate:
    """Estimate one phase from its baseline and fill in its points.

    Parameters
    ----------
    out : ChartArrays
        Filled at the points of the phase.
    settings : ChartSettings
        The chart.
    raw, n : ndarray of shape (n_points,)
        Figures or counts, NaN at gaps; items or volume.
    own, base : ndarray of bool, shape (n_points,)
        Points of this phase; those among them that set the limits.

    Returns
    -------
    PhaseEstimate
    """
    if settings.kind in OF_COUNTS:
        return _fill_counts(out, settings, raw, n, own, base)
    points = int(base.sum())
    if settings.standard:
        estimate = PhaseEstimate(0, 0, settings.centre, settings.sigma, limit=settings.limit)
    else:
        found = xmr_estimate(raw[base], "median" if settings.estimate == "median" else "mean", settings.limit)
        sigma = 0.0 if found.sigma < FLAT * np.abs(raw[base]).max(initial=0.0) else found.sigma
        figures = (found.centre, sigma, 1.0, found.average_range, found.range_upper)
        estimate = PhaseEstimate(0, points, *figures, _status(points, sigma, settings), settings.limit)
    if settings.widen and estimate.points:
        estimate = replace(estimate, limit=widened(settings.limit, points))
    fill = {"xmr": _fill_values, "ewma": _fill_ewma, "cusum": _fill_cusum}[settings.kind]
    fill(out, settings, raw, own, estimate)
    return estimate


def widened(limit: float, points: int) -> float:
    """The limit that a new point passes as rarely as `limit` with a known centre and standard deviation.

    Student's t with 0.62 (m - 1) degrees of freedom for m baseline points, times the square root of 1 + 1 / m: what
    the mean moving range of so many points knows.
    """
    if points < 2:
        return limit
    t = float(stats.t.isf(stats.norm.sf(limit), max(1.0, PER_POINT * (points - 1))))
    return t * math.sqrt(1.0 + 1.0 / points)


def _status(points: int, sigma: float, settings: ChartSettings) -> str:
    if not math.isfinite(sigma):
        return "no_limits"
    if points < settings.least:
        return "too_few"
    return "no_variation" if sigma == 0 else "ok"


def _fill_counts(
    out: ChartArrays, settings: ChartSettings, raw: FloatArray, n: FloatArray, own: BoolArray, base: BoolArray
) -> PhaseEstimate:
    kind, limit, points = settings.kind, settings.limit, int(base.sum())
    if settings.standard:
        rate, spread = settings.centre, settings.spread if math.isfinite(settings.spread) else 1.0
        estimate = PhaseEstimate(0, 0, rate, spread=spread, limit=limit)
    else:
        found = attribute_estimate(kind, raw[base], n[base])
        rate, spread = found.rate, found.spread
        limit = widened(limit, points) if settings.widen else limit
        sure = min(rate, 1.0 - rate) if kind in OF_ITEMS else rate
        status = _status(points, spread * sure, settings)
        estimate = PhaseEstimate(0, points, rate, spread=spread, status=status, limit=limit)
    factor = np.where(np.isfinite(raw), n, np.nan)[own] if kind in WHOLE_COUNTS else np.ones(int(own.sum()))
    size = np.where(np.isfinite(raw), n, np.nan)[own]
    with np.errstate(invalid="ignore", divide="ignore"):
        out.values[own] = raw[own] / size * factor
    out.centre[own] = rate * factor
    out.sigma[own] = sigma_of_rate(kind, rate, size) * spread * factor
    most = factor if kind in OF_ITEMS else np.inf
    out.lower[own] = np.maximum(out.centre[own] - limit * out.sigma[own], 0.0)
    out.upper[own] = np.minimum(out.centre[own] + limit * out.sigma[own], most)
    return estimate


def _fill_values(
    out: ChartArrays, settings: ChartSettings, raw: FloatArray, own: BoolArray, estimate: PhaseEstimate
) -> None:
    out.values[own], out.centre[own], out.sigma[own] = raw[own], estimate.centre, estimate.sigma
    low, high = settings.bounds
    out.lower[own] = max(estimate.centre - estimate.limit * estimate.sigma, low)
    out.upper[own] = min(estimate.centre + estimate.limit * estimate.sigma, high)
    out.ranges[own] = moving_ranges(raw[own])


def _fill_ewma(
    out: ChartArrays, settings: ChartSettings, raw: FloatArray, own: BoolArray, estimate: PhaseEstimate
) -> None:
    out.values[own] = ewma_path(raw[own], settings.weight, estimate.centre)
    out.centre[own] = estimate.centre
    sigma = ewma_sigma(np.isfinite(raw[own]), settings.weight, estimate.sigma, settled=settings.settled)
    out.sigma[own] = sigma
    out.lower[own] = estimate.centre - estimate.limit * sigma
    out.upper[own] = estimate.centre + estimate.limit * sigma


def _fill_cusum(
    out: ChartArrays, settings: ChartSettings, raw: FloatArray, own: BoolArray, estimate: PhaseEstimate
) -> None:
    line = settings.limit * estimate.sigma
    out.centre[own], out.sigma[own], out.lower[own], out.upper[own] = 0.0, estimate.sigma, -line, line
    if not math.isfinite(estimate.sigma):
        return
    design = CusumDesign(settings.k * estimate.sigma, line, settings.head_start * line, settings.restart)
    path = cusum_path(raw[own], estimate.centre, design)
    out.values[own], out.low[own] = path.high, path.low
    out.since[:, own] = np.stack((path.run_high, path.run_low))
