"""Hundreds of charts at once: how many false alarms a month to expect, and which alarms stand after that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.stats import norm

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.monitor.chart_result import ControlChart
from supplier_eval.monitor.multiple_tests import ANY_FALSE, METHODS, SHARE_FALSE, adjusted
from supplier_eval.monitor.point_chances import point_chance
from supplier_eval.monitor.series import TABLE, given_choice, given_figure, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 20


@dataclass(frozen=True)
class WatchedChart:
    """One chart's point among those of the whole portfolio.

    Parameters
    ----------
    name : str
        Name of the chart.
    point : object
        Label of the point; None where the chart has none in that period.
    z : float
        Standard deviations from the centre; NaN where there is none.
    chance, adjusted : float
        Two-sided chance of the point, alone and among all; NaN where it is not judged.
    own_signal : bool
        Whether one of the chart's own tests fires at the point.
    alarm : bool
        Whether it stands out among all charts. A CUSUM keeps its own decision.
    false_rate : float
        False alarms a period that the chart's own tests give; 0 where it is not judged.
    judged : bool
        Whether the point could be judged.
    """

    name: str
    point: object
    z: float
    chance: float
    adjusted: float
    own_signal: bool
    alarm: bool
    false_rate: float
    judged: bool


@dataclass(frozen=True, eq=False)
class PortfolioAlarms(Shown):
    """One period of all charts, with the false alarms that are to be expected.

    Parameters
    ----------
    charts : tuple of WatchedChart
        In the order of their names.
    method, level : str, float
        How false alarms are held down, and to what.
    period : str
        Label of the period; empty where each chart's last point was taken.
    """

    charts: tuple[WatchedChart, ...]
    method: str
    level: float
    period: str
    standing: Literal["exploratory"] = "exploratory"

    @property
    def alarms(self) -> tuple[str, ...]:
        """Names of the charts that stand out, the least likely first."""
        loud = [one for one in self.charts if one.alarm]
        return tuple(one.name for one in sorted(loud, key=lambda one: (one.adjusted, one.name)))

    @property
    def not_judged(self) -> tuple[str, ...]:
        """Names of charts without a point in the period, or with limits from too few points."""
        return tuple(one.name for one in self.charts if not one.judged)

    @property
    def expected_false_alarms(self) -> float:
        """False alarms a period to expect from the charts' own tests, while nothing changes."""
        return math.fsum(one.false_rate for one in self.charts)

    @property
    def chance_of_any(self) -> float:
        """Chance of at least one false alarm a period from the charts' own tests, for independent charts."""
        quiet = math.fsum(math.log1p(-min(one.false_rate, 1 - 1e-12)) for one in self.charts)
        return abs(math.expm1(quiet))

    @property
    def joint_limit(self) -> float:
        """Standard deviations to which limits move so that the chance of any false alarm is at most the level.

        For charts with a known standard; NaN for methods that bound the share of false alarms, or without any chart.
        """
        m = sum(math.isfinite(one.chance) for one in self.charts)
        if m == 0 or self.method not in ANY_FALSE:
            return math.nan
        each = -math.expm1(math.log1p(-self.level) / m) if self.method == "sidak" else self.level / m
        return float(norm.isf(each / 2))

    def to_frame(self) -> pd.DataFrame:
        """One row a chart, by name.

        Columns: ``chart point z chance adjusted own_signal alarm false_rate judged``; chances from 0 to 1, rates a
        period; NaN where the chart is not judged.
        """
        import pandas as pd

        columns = ["chart", "point", "z", "chance", "adjusted", "own_signal", "alarm", "false_rate", "judged"]
        rows = [
            (c.name, c.point, c.z, c.chance, c.adjusted, c.own_signal, c.alarm, c.false_rate, c.judged)
            for c in self.charts
        ]
        return pd.DataFrame(rows, columns=columns)

    def explain(self, lang: Lang = "en") -> str:
        """Say how many false alarms to expect, and what stands out after that."""
        known_language(lang)
        judged = sum(one.judged for one in self.charts)
        period = clean(self.period) or ("各图最后一点" if lang == "zh" else "the last point of each")
        lines = [message("alarms.head", lang, n=len(self.charts), judged=judged, period=period)]
        facts = {"expected": f"{self.expected_false_alarms:.2f}", "any": f"{100 * self.chance_of_any:.1f} %"}
        lines.append(message("alarms.own", lang, **facts))
        how = {"method": self.method, "level": f"{self.level:g}", "limit": f"{self.joint_limit:.2f}"}
        if self.method in ANY_FALSE and math.isfinite(self.joint_limit):
            lines.append(message("alarms.joint", lang, **how))
        elif self.method in SHARE_FALSE:
            lines.append(message("alarms.fdr", lang, **how))
        by_name = {one.name: one for one in self.charts}
        for name in self.alarms[:SHOWN]:
            one = by_name[name]
            p = "CUSUM" if math.isnan(one.chance) else f"{one.chance:.2g}"
            lines.append(message("alarms.alarm", lang, chart=clean(name), z=said_figure(f"{one.z:.2f}"), p=p))
        if not self.alarms:
            lines.append(message("alarms.none", lang))
        if self.not_judged:
            named = ", ".join(clean(name) for name in self.not_judged[:SHOWN])
            lines.append(message("alarms.not_judged", lang, n=len(self.not_judged), charts=named))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"PortfolioAlarms({len(self.charts)} charts, {len(self.alarms)} alarms; {self.method} at {self.level:g})"


def watch_portfolio(
    charts: Mapping[str, ControlChart] | Iterable[ControlChart],
    *,
    method: str = "sidak",
    level: float = 0.05,
    period: object = None,
) -> PortfolioAlarms:
    """Judge the newest point of every chart at once, so that many charts do not mean many false alarms.

    Parameters
    ----------
    charts : mapping of str to ControlChart, or iterable of ControlChart
        By name; charts of a list must have different names.
    method : {"sidak", "bonferroni", "holm", "fdr_bh", "fdr_by", "none"}
        The first three bound the chance of any false alarm a period, ``fdr`` the share of false ones among the alarms.
    level : float
        That chance or share, above 0 and below 1.
    period : object, optional
        Label of the point to judge; the last point of each chart by default. A gap there is not judged.

    Returns
    -------
    PortfolioAlarms

    Raises
    ------
    InvalidInput
        No control charts, two of one name, an unknown method, a period that no chart has.
    """
    found: list[Finding] = []
    named = _named(charts, found)
    chosen = given_choice(method, "method", METHODS, found)
    bound = given_figure(level, "level", found, 0.0, 1.0)
    if period is not None and not found and not any(_place(chart, period) is not None for chart in named.values()):
        found.append(Finding("alarms.no_period", TABLE, "period", value=str(period)))
    refuse_all(found)
    names = sorted(named)
    places = [_place(named[name], period) for name in names]
    pairs = [(named[name], at) for name, at in zip(names, places, strict=True)]
    chances = np.array(
        [math.nan if at is None or not chart.judged[at] else point_chance(chart, at) for chart, at in pairs]
    )
    among = adjusted(chances, chosen)
    watched = [
        _watched(name, chart, at, (float(p), float(q)), bound)
        for name, (chart, at), p, q in zip(names, pairs, chances, among, strict=True)
    ]
    return PortfolioAlarms(tuple(watched), chosen, bound, "" if period is None else str(period))


def _watched(
    name: str, chart: ControlChart, at: int | None, chances: tuple[float, float], level: float
) -> WatchedChart:
    chance, among = chances
    if at is None:
        return WatchedChart(name, None, math.nan, math.nan, math.nan, False, False, 0.0, False)
    judged = bool(chart.judged[at])
    own = any(signal.at == at for signal in chart.signals)
    alarm = own if chart.kind == "cusum" else bool(among <= level)
    rate = 1.0 / chart.run_length if judged else 0.0
    return WatchedChart(name, chart.points[at], float(chart.z[at]), chance, among, own, alarm, rate, judged)


def _place(chart: ControlChart, period: object) -> int | None:
    """Position of the point to judge."""
    if period is None:
        return len(chart.points) - 1 if chart.points else None
    return next((i for i, label in enumerate(chart.points) if str(label) == str(period)), None)


def _named(charts: object, found: list[Finding]) -> dict[str, ControlChart]:
    if isinstance(charts, Mapping):
        pairs = [(str(name), chart) for name, chart in charts.items()]
    elif isinstance(charts, Iterable) and not isinstance(charts, str):
        pairs = [(getattr(chart, "name", ""), chart) for chart in charts]
    else:
        pairs = [("", charts)]
    wrong = [chart for _, chart in pairs if not isinstance(chart, ControlChart)]
    if wrong:
        found.append(Finding("alarms.no_charts", TABLE, "charts", value=type(wrong[0]).__name__))
        return {}
    names = [name for name, _ in pairs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        found.append(Finding("alarms.name_twice", TABLE, "charts", value=twice[0]))
    return {name: chart for name, chart in pairs if isinstance(chart, ControlChart)}
