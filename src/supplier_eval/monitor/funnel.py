"""Suppliers beside each other by a rate and by how many cases it rests on: who differs beyond chance (§3.3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.funnel_limits import funnel_limits
from supplier_eval.monitor.review_series import COUNTED, definition_of
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.kpi_results import KpiResults

INNER, OUTER = 0.95, 0.998
GRID = 160


@dataclass(frozen=True, eq=False)
class PeerFunnel(Shown):
    """Rates of suppliers against the number of their cases.

    Parameters
    ----------
    kpi : KpiDefinition
        A rate.
    periods : tuple of str
        Labels, whose cases were added up.
    mean : float
        Rate of all cases together, as the KPI shows it, 0-1; NaN without any.
    frame : DataFrame
        One row a supplier with a case: see `to_frame`.
    grid : DataFrame
        The limits as lines: ``n lower upper lower_outer upper_outer``.
    """

    kpi: KpiDefinition
    periods: tuple[str, ...]
    mean: float
    frame: pd.DataFrame
    grid: pd.DataFrame
    standing: Literal["exploratory"] = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier, in canonical order.

        Columns: ``supplier n value`` (raw rate, 0-1) · ``lower upper`` (95 % of chance around the rate of all) ·
        ``lower_outer upper_outer`` (99.8 %) · ``place`` (``inside``, ``better``, ``worse``, ``much_better``,
        ``much_worse``).
        """
        return self.frame.copy()

    def explain(self, lang: Lang = "en") -> str:
        """Say who differs from the rate of all beyond chance."""
        known_language(lang)
        if self.frame.empty:
            return message("funnel.none", lang)
        facts = {"n": len(self.frame), "mean": f"{100 * self.mean:.2f}", "cases": f"{int(self.frame['n'].sum()):,}"}
        lines = [message("funnel.head", lang, **facts)]
        for row in self.frame.to_dict("records"):
            if row["place"] != "inside":
                said = {"supplier": clean(row["supplier"]), "value": f"{100 * row['value']:.2f}", "n": f"{row['n']:,}"}
                lines.append(message(f"funnel.{row['place']}", lang, **said))
        return "\n".join([*lines, message("funnel.note", lang)])

    def __repr__(self) -> str:
        outside = int((self.frame["place"] != "inside").sum())
        return f"PeerFunnel({self.kpi.id!r}, {len(self.frame)} suppliers, {outside} outside 95 %)"


def peer_funnel(results: KpiResults, kpi: str, periods: Iterable[str] | None = None) -> PeerFunnel:
    """Set the rates of all suppliers beside each other, with the limits of chance for their number of cases.

    Parameters
    ----------
    results : KpiResults
        As `measure_kpis` gives them.
    kpi : str
        A rate: a KPI whose statistic is a share.
    periods : iterable of str, optional
        Labels of the periods whose cases are added up; the last one by default.

    Returns
    -------
    PeerFunnel
        Limits are exact, binomial, of each supplier's own n around the rate of all cases together. With very many
        cases true rates always differ a little more than that: many points outside mean that the suppliers differ,
        not that each of them is at fault.

    Raises
    ------
    UnknownName
        For a KPI or period that was not measured.
    InvalidInput
        For a KPI that is no rate.

    Examples
    --------
    >>> answers = se.monitor.review_folder("data/samples/service-records", period="2026-10")
    >>> se.monitor.peer_funnel(answers.results, "resolution", answers.recent)
    PeerFunnel('resolution', 12 suppliers, 7 outside 95 %)
    """
    import pandas as pd

    one = definition_of(results, kpi)
    if one.kind != "rate":
        facts = {"kind": one.kind, "known": ", ".join(other.id for other in results.kpis if other.kind == "rate")}
        raise InvalidInput([Finding("funnel.kind", "arguments", "kpi", value=kpi, facts=facts)], "arguments")
    labels = (results.periods[-1].label,) if periods is None else _labels(results, periods)
    rows = results.frame[(results.frame["kpi"] == kpi) & results.frame["period"].isin(labels)]
    rows = rows[rows["status"].isin(COUNTED) & (rows["n"] > 0)]
    sums = rows.groupby("supplier", sort=False)[["n", "events"]].sum()
    sums = sums.loc[[name for name in results.suppliers if name in sums.index]]
    n, good = sums["n"].to_numpy(dtype=float), sums["events"].to_numpy(dtype=float)
    shown = n - good if one.direction == "min" else good
    mean = float(shown.sum() / n.sum()) if n.size else float("nan")
    frame = pd.DataFrame({"supplier": list(sums.index), "n": n.astype(int), "value": shown / n})
    most = float(n.max()) if n.size else 1.0
    grid = np.unique(np.round(np.geomspace(1, max(most * 1.15, 10.0), GRID)))
    lines = pd.DataFrame({"n": grid.astype(int)})
    for target, size in ((frame, n), (lines, grid)):
        for ends, sure in ((("lower", "upper"), INNER), (("lower_outer", "upper_outer"), OUTER)):
            limits = funnel_limits(size, mean, sure) if n.size else (np.full(size.shape, np.nan),) * 2
            for name, limit in zip(ends, limits, strict=True):
                target[name] = limit
    frame["place"] = _places(frame, one.direction)
    return PeerFunnel(one, labels, mean, frame, lines)


def _labels(results: KpiResults, periods: Iterable[str]) -> tuple[str, ...]:
    from supplier_eval.errors import UnknownName

    known = [period.label for period in results.periods]
    wanted = [periods] if isinstance(periods, str) else list(periods)
    for label in wanted:
        if label not in known:
            raise UnknownName("period", label, known)
    return tuple(label for label in known if label in wanted)


def _places(frame: pd.DataFrame, direction: str) -> list[str]:
    """Where each rate lies; good is up where more is better."""
    high, low = ("better", "worse") if direction == "max" else ("worse", "better")
    slack = 1e-12
    found = []
    for row in frame.to_dict("records"):
        value = row["value"]
        side = high if value > row["upper"] + slack else low if value < row["lower"] - slack else ""
        far = value > row["upper_outer"] + slack or value < row["lower_outer"] - slack
        found.append("inside" if not side else f"much_{side}" if far else side)
    return found
