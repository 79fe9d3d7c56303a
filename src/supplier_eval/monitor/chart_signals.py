"""Which points of a control chart are signals, from its figures and tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.monitor.chart_limits import ChartArrays, PhaseEstimate
from supplier_eval.monitor.chart_settings import ChartSettings
from supplier_eval.monitor.run_rules import LIMITS, LONGEST, RANGES, SAME, RuleHit, run_hits
from supplier_eval.score.order import FloatArray

IntArray = npt.NDArray[np.int64]
EMPTY = 1e-12


def distances(out: ChartArrays) -> FloatArray:
    """Standard deviations between each point and its centre; infinite where limits have no width and the point is off.

    A CUSUM has the larger of its two sums, with the sign of its side.
    """
    off = out.values - out.centre
    with np.errstate(invalid="ignore"):
        off = np.where(np.isfinite(out.low) & (out.low > off), -out.low, off)
    off = np.where(np.abs(off) <= EMPTY * np.maximum(np.abs(out.values), np.abs(out.centre)), 0.0, off)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(off == 0.0, np.where(np.isnan(out.sigma), np.nan, 0.0), off / out.sigma))


def found_hits(out: ChartArrays, settings: ChartSettings, own: Sequence[int], estimate: PhaseEstimate) -> list[RuleHit]:
    """Alarms of one phase, in order of time; none on limits from too few points.

    Parameters
    ----------
    out : ChartArrays
        All figures.
    settings : ChartSettings
        The chart.
    own : sequence of int
        Positions of the phase's points.
    estimate : PhaseEstimate
        Its baseline.
    """
    if estimate.status in {"too_few", "no_limits"}:
        return []
    places = np.asarray(own, dtype=np.int64)
    z = distances(out)[places]
    hits: list[RuleHit] = []
    if LIMITS in settings.rules:
        hits += _beyond(out, settings.kind, places, z, estimate.limit)
    if RANGES in settings.rules and np.isfinite(estimate.range_upper):
        over = out.ranges[places] > estimate.range_upper * (1 + SAME)
        for i in np.flatnonzero(over).tolist():
            before = next(j for j in range(i - 1, -1, -1) if np.isfinite(out.values[places[j]]))
            hits.append(RuleHit(RANGES, int(places[i]), (int(places[before]), int(places[i])), 0))
    finite = np.where(np.isinf(z), np.sign(z) * 1e9, z)
    for hit in run_hits(finite, settings.rules):
        hits.append(RuleHit(hit.rule, int(places[hit.at]), tuple(int(places[p]) for p in hit.points), hit.side))
    order = {rule: i for i, rule in enumerate(settings.rules)}
    return sorted(hits, key=lambda hit: (hit.at, order[hit.rule], -hit.side))


def _beyond(out: ChartArrays, kind: str, places: IntArray, z: FloatArray, limit: float) -> list[RuleHit]:
    """Single points beyond the limits; a CUSUM's signal concerns all points since its sum was zero."""
    hits = []
    if kind == "cusum":
        for side, sums, runs in ((1, out.values, out.since[0]), (-1, out.low, out.since[1])):
            with np.errstate(invalid="ignore"):
                over = sums[places] > out.upper[places] * (1 + SAME)
            kept = [int(p) for p in places.tolist() if np.isfinite(sums[p])]
            place = {p: i for i, p in enumerate(kept)}
            for i in np.flatnonzero(over).tolist():
                end = int(places[i])
                first = max(0, place[end] - min(int(runs[end]), LONGEST) + 1)
                hits.append(RuleHit(LIMITS, end, tuple(kept[first : place[end] + 1]), side))
        return hits
    with np.errstate(invalid="ignore"):
        beyond = np.flatnonzero(np.abs(z) > limit + SAME)
    at = [int(places[i]) for i in beyond.tolist()]
    sides = [1 if z[i] > 0 else -1 for i in beyond.tolist()]
    return [RuleHit(LIMITS, place, (place,), side) for place, side in zip(at, sides, strict=True)]


@dataclass(frozen=True)
class ChartSignal:
    """One alarm, with the labels of the points that it is about.

    Parameters
    ----------
    rule : str
        Name of the test.
    point : object
        Label of the point at which it fires.
    points : tuple
        Labels of all points that make the pattern, in order of time.
    value : float
        Plotted figure of that point.
    side : {1, 0, -1}
        Above, both or neither, below the centre.
    at : int
        Position of the point, from 0.
    """

    rule: str
    point: object
    points: tuple[object, ...]
    value: float
    side: int
    at: int
