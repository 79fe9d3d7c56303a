"""A control chart: points, centre, limits and signals, with the figures that one needs to check them by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from supplier_eval.messages import Lang, known_language
from supplier_eval.monitor.baseline import points_after
from supplier_eval.monitor.chart_limits import BoolArray, ChartArrays, PhaseEstimate
from supplier_eval.monitor.chart_settings import ChartSettings
from supplier_eval.monitor.chart_signals import ChartSignal, distances
from supplier_eval.monitor.run_length import cusum_length, ewma_length, shewhart_length
from supplier_eval.score.order import FloatArray
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

WORST = ("ok", "no_variation", "too_few", "no_limits")


@dataclass(frozen=True, eq=False)
class ControlChart(Shown):
    """A series of figures with the limits between which chance alone would keep them.

    Parameters
    ----------
    settings : ChartSettings
        Kind, tests, limits and what else was asked.
    points : tuple
        Labels in order of time.
    raw, n : ndarray of shape (n_points,)
        Figures or counts as given; items or volume, NaN where the kind has none.
    arrays : ChartArrays
        Plotted figure, centre, standard deviation, limits at every point.
    phase, in_baseline : ndarray of shape (n_points,)
        Number of the phase from 0; whether the point sets the limits.
    estimates : tuple of PhaseEstimate
        One a phase.
    signals : tuple of ChartSignal
        In order of time.
    """

    settings: ChartSettings
    points: tuple[Any, ...]
    raw: FloatArray
    n: FloatArray
    arrays: ChartArrays
    phase: Any
    in_baseline: BoolArray
    estimates: tuple[PhaseEstimate, ...]
    signals: tuple[ChartSignal, ...]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def kind(self) -> str:
        """Kind of chart."""
        return self.settings.kind

    @property
    def name(self) -> str:
        """What is charted; the kind where no name was given."""
        return self.settings.name or self.settings.kind

    @property
    def values(self) -> FloatArray:
        """Plotted figures; NaN at gaps."""
        return self.arrays.values

    @property
    def centre(self) -> FloatArray:
        """Centre at every point."""
        return self.arrays.centre

    @property
    def lower(self) -> FloatArray:
        """Lower limit at every point; NaN at gaps of charts whose limits depend on n."""
        return self.arrays.lower

    @property
    def upper(self) -> FloatArray:
        """Upper limit at every point."""
        return self.arrays.upper

    @property
    def sigma(self) -> FloatArray:
        """Standard deviation of the plotted figure at every point."""
        return self.arrays.sigma

    @cached_property
    def z(self) -> FloatArray:
        """Standard deviations from the centre; infinite where limits have no width and the point is off them."""
        return distances(self.arrays)

    @property
    def gaps(self) -> tuple[Any, ...]:
        """Labels of points without work or figure."""
        return tuple(self.points[i] for i in np.flatnonzero(np.isnan(self.raw)).tolist())

    @property
    def status(self) -> str:
        """The weakest status of a phase: ok, no_variation, too_few, no_limits."""
        return max((one.status for one in self.estimates), key=WORST.index, default="no_limits")

    @property
    def signal_points(self) -> tuple[Any, ...]:
        """Labels of the points at which a test fires, each once."""
        return tuple(dict.fromkeys(signal.point for signal in self.signals))

    @cached_property
    def judged(self) -> BoolArray:
        """Which points are judged: with a figure, on limits from enough points and, if so asked, after the baseline."""
        weak = [one.phase for one in self.estimates if one.status in {"too_few", "no_limits"}]
        heard = np.isfinite(self.raw) & ~np.isin(self.phase, weak)
        if self.settings.later_only:
            for phase in np.unique(self.phase):
                own = self.phase == phase
                heard &= ~own | points_after(self.in_baseline & own)
        return np.asarray(heard, dtype=bool)

    @property
    def run_length(self) -> float:
        """Mean points to the first false alarm while nothing changes, for independent normal points."""
        if self.kind == "cusum":
            return cusum_length(self.settings.k, self.settings.limit)
        if self.kind == "ewma":
            return ewma_length(self.settings.weight, self.settings.limit)
        return shewhart_length(self.settings.rules, self.settings.limit)

    def to_frame(self) -> pd.DataFrame:
        """One row a point, in order of time.

        Columns: ``point`` · ``given`` (figure or count) · ``n`` · ``value`` (what is plotted: a rate for p and u) ·
        ``centre lower upper sigma`` · ``z`` (standard deviations from the centre) · ``phase`` (from 1) ·
        ``in_baseline gap signal`` (yes or no) · ``rules`` (names, comma between) · for an XmR chart ``moving_range``,
        for a CUSUM ``sum_below``. Gaps are NaN, never 0.
        """
        import pandas as pd

        fired: dict[int, list[str]] = {}
        for signal in self.signals:
            names = fired.setdefault(signal.at, [])
            names += [] if signal.rule in names else [signal.rule]
        frame = pd.DataFrame(
            {
                "point": pd.Series(list(self.points), dtype="object"),
                "given": self.raw,
                "n": self.n,
                "value": self.values,
                "centre": self.centre,
                "lower": self.lower,
                "upper": self.upper,
                "sigma": self.sigma,
                "z": self.z,
                "phase": np.asarray(self.phase) + 1,
                "in_baseline": self.in_baseline,
                "gap": np.isnan(self.raw),
                "signal": [i in fired for i in range(len(self.points))],
                "rules": [", ".join(fired.get(i, ())) for i in range(len(self.points))],
            }
        )
        if self.kind == "xmr":
            frame["moving_range"] = self.arrays.ranges
        if self.kind == "cusum":
            frame["sum_below"] = self.arrays.low
        return frame

    def explain(self, lang: Lang = "en") -> str:
        """Say it in sentences: limits, signals, what is provisional, what false alarms to expect."""
        known_language(lang)
        from supplier_eval.monitor.chart_words import explain_chart

        return explain_chart(self, lang)

    def __repr__(self) -> str:
        fired = len(self.signal_points)
        return f"ControlChart({self.name!r}, {self.kind}, n = {len(self.points)}, signals at {fired}; {self.status})"
