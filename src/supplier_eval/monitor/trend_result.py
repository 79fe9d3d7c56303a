"""A test of trend: is it rising or falling, how fast, and how sure is that."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.chart_words import change_text, figure_text
from supplier_eval.monitor.mann_kendall import KendallStatistic
from supplier_eval.monitor.sen_slope import SenSlope
from supplier_eval.score.order import FloatArray
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class TrendTest(Shown):
    """Whether later figures tend to be higher or lower than earlier ones, and by how much a step.

    Parameters
    ----------
    name, unit : str
        What was tested, and its unit.
    values, times : ndarray of shape (n,)
        Measured figures in order of time; gaps are left out.
    gaps : int
        Points without a figure.
    time_unit : str
        ``step``, ``number``, ``day`` or ``period`` with its frequency: what the slope is given per.
    statistic : KendallStatistic
        S, its variance, tau, ties.
    variance_factor : float
        Factor on the variance for autocorrelation; 1 without.
    z, p_normal : float
        Standardised S with the correction for continuity, and its chance; NaN with too few points.
    p_value : float
        The chance that decides, exact or normal as `method` says; NaN with too few points.
    smallest_p : float
        The smallest chance that so many points with such ties can reach.
    slope : SenSlope
        With its interval at `level`.
    method : {"exact", "normal"}
        How the chance was found.
    alternative : {"two-sided", "increasing", "decreasing"}
        Which trend was asked about.
    significance, level : float
        Chance up to which a trend is called one; level of the interval.
    conclusion : {"rising", "falling", "no_trend", "too_few", "no_variation"}
        The answer.
    """

    name: str
    unit: str
    values: FloatArray
    times: FloatArray
    gaps: int
    time_unit: str
    statistic: KendallStatistic
    variance_factor: float
    z: float
    p_normal: float
    p_value: float
    smallest_p: float
    slope: SenSlope
    method: str
    alternative: str
    significance: float
    level: float
    conclusion: str
    standing: Literal["exploratory"] = "exploratory"

    @property
    def n(self) -> int:
        """Measured points."""
        return int(self.values.size)

    @property
    def s(self) -> int:
        """Rising pairs less falling pairs."""
        return self.statistic.s

    @property
    def tau(self) -> float:
        """Kendall's tau-b."""
        return self.statistic.tau

    def to_frame(self) -> pd.DataFrame:
        """One row.

        Columns: ``name n gaps s variance z tau p_value p_normal smallest_p method alternative`` · ``slope slope_lower
        slope_upper intercept`` (per unit of time) · ``time_unit conclusion``. NaN where there are too few points.
        """
        import pandas as pd

        row = {
            "name": self.name,
            "n": self.n,
            "gaps": self.gaps,
            "s": self.s,
            "variance": self.statistic.variance * self.variance_factor,
            "z": self.z,
            "tau": self.tau,
            "p_value": self.p_value,
            "p_normal": self.p_normal,
            "smallest_p": self.smallest_p,
            "method": self.method,
            "alternative": self.alternative,
            "slope": self.slope.slope,
            "slope_lower": self.slope.lower,
            "slope_upper": self.slope.upper,
            "intercept": self.slope.intercept,
            "time_unit": self.time_unit,
            "conclusion": self.conclusion,
        }
        return pd.DataFrame([row])

    def explain(self, lang: Lang = "en") -> str:
        """Say it in sentences."""
        known_language(lang)
        name = clean(self.name) or ("序列" if lang == "zh" else "the series")
        lines = [message("trend.head", lang, name=name, n=self.n, gaps=self.gaps)]
        facts = {
            "s": self.s,
            "tau": figure_text(self.tau),
            "p": f"{self.p_value:.4f}" if self.p_value >= 1e-4 else f"{self.p_value:.1e}",
            "significance": f"{self.significance:g}",
            "smallest": f"{self.smallest_p:.3f}",
        }
        lines.append(message(f"trend.{self.conclusion}", lang, **facts))
        if math.isfinite(self.slope.slope) and self.conclusion != "too_few":
            per = message(f"trend.per.{self.time_unit.split()[0]}", lang)
            ends = [
                change_text(end, clean(self.unit), lang) if math.isfinite(end) else ("−∞", "∞")[end > 0]
                for end in self._ends()
            ]
            shown = change_text(self.slope.slope, clean(self.unit), lang)
            level = f"{100 * self.level:g} %"
            lines.append(message("trend.slope", lang, slope=shown, per=per, low=ends[0], high=ends[1], level=level))
        if self.variance_factor != 1.0:
            lines.append(message("trend.autocorrelated", lang, factor=f"{self.variance_factor:.2f}"))
        return "\n".join(lines)

    def _ends(self) -> tuple[float, float]:
        return self.slope.lower, self.slope.upper

    def __repr__(self) -> str:
        return f"TrendTest({self.name!r}, n = {self.n}, S = {self.s}, p = {self.p_value:.4g}: {self.conclusion})"
