"""Control charts of a supplier's figures: is this month different, or only chance (§5.2.3)."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.monitor.attribute_charts import OF_ITEMS
from supplier_eval.monitor.baseline import baseline_mask, phase_numbers, points_after
from supplier_eval.monitor.chart_limits import ChartArrays, empty_arrays, fill_phase
from supplier_eval.monitor.chart_result import ControlChart
from supplier_eval.monitor.chart_settings import NEEDS_N, OF_COUNTS, ChartSettings, chart_settings
from supplier_eval.monitor.chart_signals import ChartSignal, found_hits
from supplier_eval.monitor.chart_words import label_text
from supplier_eval.monitor.run_rules import RuleHit
from supplier_eval.monitor.series import TABLE, aligned, figure_or_gap, given_labels, given_series, refuse_all
from supplier_eval.monitor.trend_times import label_times
from supplier_eval.score.order import FloatArray

WHOLE = 1e-9


def control_chart(
    values: npt.ArrayLike,
    *,
    kind: str = "xmr",
    n: npt.ArrayLike | None = None,
    baseline: int | tuple[int, int] | None = None,
    rules: str | Iterable[str] = ("beyond_limits",),
    key_step: bool = False,
    **parameters: Any,  # noqa: ANN401 - by kind, see Other Parameters
) -> ControlChart:
    """Chart figures over time with the limits between which chance alone would keep them.

    Parameters
    ----------
    values : array_like of shape (n_points,)
        In order of time: figures for ``xmr``, ``ewma``, ``cusum``; counts of failures for ``p np laney_p``, counts of
        events for ``u c laney_u``. None or NaN is a gap and never zero. The index of a Series gives the labels; labels
        that are times (dates, periods, texts such as 2026-03) are put into their order, others stand as given.
    kind : {"xmr", "p", "np", "u", "c", "laney_p", "laney_u", "ewma", "cusum"}
        Kind of chart.
    n : array_like of shape (n_points,) or a figure
        Items (``p np laney_p``) or volume (``u laney_u``) that each count is out of; a point with n = 0 is a gap.
    baseline : int, (int, int), optional
        Which points set centre and limits: the first so many measured points (of each phase), or a half-open pair of
        positions. All points by default. Later points do not move them.
    rules : str or iterable of str
        Tests, or sets of tests: ``western_electric``, ``nelson``; see `run_rules.NAMES`.
    key_step : bool
        Whether this is a key step, with stricter limits: 2.5 standard deviations, 4 for a CUSUM (`key_limit`).

    Other Parameters
    ----------------
    labels, name, unit : array_like, str, str
        Labels of the points; what is charted; its unit.
    exclude : array_like
        Labels of points with an assigned cause, left out of the baseline.
    phases : array_like
        Labels of the points at which a new phase begins, with its own baseline.
    limit, key_limit, least : float, float, int
        Standard deviations to the limits (3), on a key step (2.5); baseline points below which limits are provisional
        and raise no alarm (8).
    later_only : bool
        Whether only points after the baseline are judged, so that no point sets its own limits; with none, there are
        too few points to judge.
    widen : bool
        Whether limits allow for how little a short baseline knows (xmr, ewma, laney): Student's t in place of the
        normal, so that later points pass them as rarely as the limit says.
    centre, sigma, spread : float
        Standards that are given instead of a baseline: a mean with the standard deviation of a single value, a rate of
        failures, Laney's factor.
    estimate, bounds : str, (float, float)
        ``mean`` or ``median`` moving range; lowest and highest possible figure, which limits do not pass (xmr).
    weight, settled : float, bool
        EWMA: weight of the newest point (0.2); limits that it settles to, instead of exact ones.
    k, h, head_start, restart : float, float, float, bool
        CUSUM: slack (0.5) and decision line (5) in standard deviations; start as a share of the line (0; 0.5 is the
        usual fast initial response); whether a sum starts again after its signal.

    Returns
    -------
    ControlChart
        With fewer than two points there are no limits, and the chart says so; it raises nothing.

    Raises
    ------
    InvalidInput
        With everything that is wrong: no figures, negative or broken counts, more failures than items, unknown tests
        or settings, labels given twice.

    Notes
    -----
    A gap is left out, and its neighbours follow one another: it neither breaks a run nor counts as one of its points.

    Examples
    --------
    >>> chart = se.monitor.control_chart([10, 11, 9, 10, 12, 10, 11, 10, 9, 18], baseline=9)
    >>> chart.signal_points
    (10,)
    >>> print(chart.explain().splitlines()[0])
    xmr, xmr chart: n = 10 points, 9 of them set centre and limits.
    """
    found: list[Finding] = []
    raw, labels = given_series(values, "values", found)
    settings = chart_settings(kind, rules, key_step, parameters, found)
    if parameters.get("labels") is not None:
        labels = given_labels(parameters["labels"], raw.size, "labels", found)
    elif labels:
        given_labels(labels, raw.size, "labels", found)
    size = _sizes(aligned(n, values, "n", found), raw.size, settings, found)
    if not found:
        raw = _counted(raw, size, settings, found)
    raw, size, labels = _in_time(raw, size, labels, found)
    starts = _places(parameters.get("phases"), labels, "phases", found)
    left_out = _places(parameters.get("exclude"), labels, "exclude", found)
    window = _window(baseline, raw.size, bool(starts), found)
    refuse_all(found)
    phases = phase_numbers(raw.size, starts)
    base = baseline_mask(np.isfinite(raw), phases, window, left_out)
    return _drawn_up(settings, labels, (raw, size), phases, base)


def _in_time(
    raw: FloatArray, size: FloatArray, labels: tuple[Any, ...], found: list[Finding]
) -> tuple[FloatArray, FloatArray, tuple[Any, ...]]:
    """Put points into the order of the times that their labels stand for; other labels stand as given."""
    times = label_times(labels, "labels", found) if len(labels) == raw.size else None
    if times is None:
        return raw, size, labels
    order = sorted(range(len(labels)), key=times.__getitem__)
    return raw[order], size[order] if size.size == raw.size else size, tuple(labels[i] for i in order)


def _drawn_up(
    settings: ChartSettings,
    labels: tuple[Any, ...],
    figures: tuple[FloatArray, FloatArray],
    phases: npt.NDArray[np.int64],
    base: npt.NDArray[np.bool_],
) -> ControlChart:
    raw, size = figures
    out = empty_arrays(raw.size)
    base = base & ~np.full(raw.size, settings.standard)
    estimates, signals = [], []
    for phase in range(int(phases.max()) + 1 if raw.size else 0):
        own = phases == phase
        made = fill_phase(out, settings, raw, size, own, base & own)
        heard = own & np.isfinite(raw) & (points_after(base & own) if settings.later_only else True)
        if settings.later_only and not heard.any() and made.status != "no_limits":
            made = dataclasses.replace(made, status="too_few")
        estimates.append(dataclasses.replace(made, phase=phase))
        signals += [hit for hit in found_hits(out, settings, np.flatnonzero(own).tolist(), made) if heard[hit.at]]
    named = tuple(_named(hit, labels, out) for hit in signals)
    return ControlChart(settings, labels, raw, size, out, phases, base, tuple(estimates), named)


def _named(hit: RuleHit, labels: tuple[Any, ...], out: ChartArrays) -> ChartSignal:
    """The alarm with labels, and the figure that fired: of a CUSUM the sum on that side."""
    below = hit.side < 0 and np.isfinite(out.low[hit.at])
    value = float(out.low[hit.at] if below else out.values[hit.at])
    return ChartSignal(hit.rule, labels[hit.at], tuple(labels[p] for p in hit.points), value, hit.side, hit.at)


def _sizes(n: Any, n_points: int, settings: ChartSettings, found: list[Finding]) -> FloatArray:  # noqa: ANN401 - read here
    """Items or volume at every point; 1 for a c chart, NaN where the kind has none."""
    if settings.kind == "c" or settings.kind not in OF_COUNTS:
        if n is not None:
            found.append(Finding("chart.n_unused", TABLE, "n", facts={"kind": settings.kind}))
        return np.full(n_points, 1.0 if settings.kind == "c" else np.nan)
    if n is None:
        found.append(Finding("chart.n_missing", TABLE, "n", facts={"kind": settings.kind}))
        return np.full(n_points, np.nan)
    one = figure_or_gap(n)
    if one is not None and settings.kind in NEEDS_N and np.ndim(n) == 0:
        sizes = np.full(n_points, one)
    else:
        sizes, _ = given_series(n, "n", found)
        if sizes.size != n_points and not found:
            found.append(Finding("series.length", TABLE, "n", value=str(sizes.size), facts={"n": n_points}))
    _refuse_where(sizes < 0, sizes, "chart.negative", "n", found)
    if settings.kind in OF_ITEMS:
        _refuse_where(np.abs(sizes - np.round(sizes)) > WHOLE, sizes, "chart.not_whole", "n", found)
    return sizes


def _counted(raw: FloatArray, n: FloatArray, settings: ChartSettings, found: list[Finding]) -> FloatArray:
    """Counts with gaps where no work was done; for other kinds the figures, checked against their bounds."""
    if settings.kind not in OF_COUNTS:
        low, high = settings.bounds
        facts = {"low": f"{low:g}", "high": f"{high:g}"}
        _refuse_where((raw < low) | (raw > high), raw, "chart.outside_bounds", "values", found, facts)
        return raw
    _refuse_where(raw < 0, raw, "chart.negative", "values", found)
    _refuse_where(np.abs(raw - np.round(raw)) > WHOLE, raw, "chart.not_whole", "values", found)
    idle = ~(n > 0)
    _refuse_where(idle & (raw > 0), raw, "chart.no_work_but_count", "values", found)
    if settings.kind in OF_ITEMS:
        over = ~idle & (raw > n)
        shown = [f"{d:g} > {size:g}" for d, size in zip(raw[over], n[over], strict=True)]
        if shown:
            rows = tuple(int(i) + 1 for i in np.flatnonzero(over))
            found.append(Finding("chart.more_than_n", TABLE, "values", rows, shown[0]))
    return np.asarray(np.where(idle, np.nan, raw))


def _refuse_where(
    wrong: npt.NDArray[np.bool_],
    figures: FloatArray,
    code: str,
    column: str,
    found: list[Finding],
    facts: dict[str, str] | None = None,
) -> None:
    """One finding for all points that are wrong in one way."""
    at = np.flatnonzero(wrong)
    if at.size:
        rows = tuple(int(i) + 1 for i in at)
        found.append(Finding(code, TABLE, column, rows, f"{float(figures[at[0]]):g}", facts or {}))


def _places(given: object, labels: tuple[Any, ...], name: str, found: list[Finding]) -> list[int]:
    """Positions of the points with these labels."""
    if given is None:
        return []
    if isinstance(given, str) or not isinstance(given, Iterable):
        given = (given,)
    places, known = [], {shown: i for i, label in enumerate(labels) for shown in (str(label), label_text(label))}
    for label in given:
        if str(label) in known:
            places.append(known[str(label)])
        else:
            found.append(Finding("chart.no_point", TABLE, name, value=str(label)))
    return places


def _window(given: object, n_points: int, phased: bool, found: list[Finding]) -> int | tuple[int, int] | None:
    """A number of points or a half-open pair of positions."""
    if given is None:
        return None
    if isinstance(given, int | np.integer) and not isinstance(given, bool) and given > 0:
        return int(given)
    if isinstance(given, slice) and given.step is None:
        given = (given.start or 0, n_points if given.stop is None else given.stop)
    if isinstance(given, tuple | list) and len(given) == 2 and all(isinstance(one, int | np.integer) for one in given):
        start, stop = int(given[0]), int(given[1])
        if 0 <= start < stop <= n_points:
            if phased:
                found.append(Finding("chart.baseline_phases", TABLE, "baseline"))
            return start, stop
    found.append(Finding("chart.baseline", TABLE, "baseline", value=str(given)[:40]))
    return None
