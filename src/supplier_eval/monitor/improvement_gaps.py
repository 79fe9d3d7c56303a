"""How far each KPI is from its target, the heaviest gap first (§5.2.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.chart_words import change_text, figure_text
from supplier_eval.monitor.series import TABLE, figure_or_gap, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("kpi", "value", "target", "direction")


@dataclass(frozen=True)
class TargetGap:
    """One KPI of one supplier against its target.

    Parameters
    ----------
    supplier, period, kpi, unit, direction : str
        Empty where the results have none.
    value, target, weight : float
        As measured, as agreed, and how much it counts; value is NaN where it could not be assessed.
    shortfall : float
        How much it misses the target by, in its unit; 0 where it is met, NaN where it could not be assessed.
    relative : float
        Shortfall as a fraction of the way from target to floor, or of the target where there is no floor.
    weighted : float
        Relative times weight: what the gaps are ordered by.
    state : {"gap", "met", "not_assessed"}
        Where it stands.
    reason : str
        Why it could not be assessed.
    n : float
        Cases that the value rests on; NaN where the results do not say.
    """

    supplier: str
    period: str
    kpi: str
    unit: str
    direction: str
    value: float
    target: float
    weight: float
    shortfall: float
    relative: float
    weighted: float
    state: str
    reason: str
    n: float = math.nan


@dataclass(frozen=True, eq=False)
class TargetGaps(Shown):
    """Gaps to target, the heaviest first; then what is met, then what could not be assessed.

    Parameters
    ----------
    gaps : tuple of TargetGap
        One a row of the results.
    """

    gaps: tuple[TargetGap, ...]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def open(self) -> tuple[TargetGap, ...]:
        """Only those that miss their target."""
        return tuple(gap for gap in self.gaps if gap.state == "gap")

    def to_frame(self) -> pd.DataFrame:
        """One row a supplier, period and KPI, in the order of the gaps.

        Columns: ``supplier period kpi unit direction value target weight shortfall relative weighted state reason n``;
        NaN where it could not be assessed, which is no gap of 0.
        """
        import pandas as pd

        names = list(TargetGap.__dataclass_fields__)
        return pd.DataFrame([[getattr(gap, name) for name in names] for gap in self.gaps], columns=names)

    def explain(self, lang: Lang = "en") -> str:
        """Say the gaps, the heaviest first."""
        known_language(lang)
        counts = {state: sum(g.state == state for g in self.gaps) for state in ("gap", "met", "not_assessed")}
        lines = [message("gaps.head", lang, n=len(self.gaps), **counts)]
        for gap in self.open[:20]:
            facts = {
                "supplier": clean(gap.supplier) or "–",
                "kpi": clean(gap.kpi),
                "value": figure_text(gap.value, clean(gap.unit)),
                "target": figure_text(gap.target, clean(gap.unit)),
                "shortfall": change_text(gap.shortfall, clean(gap.unit), lang),
                "relative": f"{100 * gap.relative:.1f}",
            }
            lines.append(message("gaps.line", lang, **facts))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"TargetGaps({len(self.open)} of {len(self.gaps)} KPIs miss their target)"


def gaps_to_target(results: object) -> TargetGaps:
    """Order KPIs by how far they miss their targets.

    Parameters
    ----------
    results : KpiResults or DataFrame
        ``kpi value target direction`` (``max`` or ``min``), and ``supplier period unit weight floor status reason n``
        where there are such. Without a weight each KPI counts 1.

    Returns
    -------
    TargetGaps
        A KPI that could not be assessed is listed as such, never as met; so is a lower bound (``at_least``) that
        leaves open whether the target is met.

    Raises
    ------
    InvalidInput
        No table, missing columns, a target that is no figure, an unknown direction, a negative weight.
    """
    import pandas as pd

    found: list[Finding] = []
    frame = results if isinstance(results, pd.DataFrame) else None
    if frame is None and hasattr(results, "to_frame") and not isinstance(results, type | pd.Series):
        frame = results.to_frame()
    if not isinstance(frame, pd.DataFrame):
        refuse_all([Finding("credits.no_results", TABLE, "results", value=type(results).__name__)])
    assert isinstance(frame, pd.DataFrame)
    known = ", ".join(str(one) for one in frame.columns[:12])
    missing = [name for name in NEEDED if name not in frame.columns]
    found += [Finding("series.column", "results", name, facts={"known": known}) for name in missing]
    refuse_all(found)
    gaps = [_gap(i, row, found) for i, row in enumerate(frame.to_dict("records"), start=2)]
    refuse_all(found)
    order = {"gap": 0, "met": 1, "not_assessed": 2}
    gaps.sort(key=lambda g: (order[g.state], -g.weighted if g.state == "gap" else 0.0, g.supplier, g.period, g.kpi))
    return TargetGaps(tuple(gaps))


def _gap(i: int, row: dict[Any, Any], found: list[Finding]) -> TargetGap:
    text = {name: _text(row.get(name, "")) for name in ("supplier", "period", "kpi", "unit", "reason")}
    direction, status = str(row["direction"]), _text(row.get("status", "measured")) or "measured"
    target = _number(row["target"], i, "target", found)
    weight = 1.0 if _absent(row.get("weight")) else _number(row["weight"], i, "weight", found)
    if direction not in {"max", "min"}:
        found.append(Finding("gaps.direction", "results", "direction", (i,), direction[:40]))
    if weight < 0:
        found.append(Finding("gaps.weight", "results", "weight", (i,), f"{weight:g}"))
    n = math.nan if _absent(row.get("n")) else _number(row["n"], i, "n", found)
    value = math.nan if _absent(row["value"]) else _number(row["value"], i, "value", found)
    if _bounded(row) and (value <= target if direction == "min" else value < target):
        status, text["reason"] = "not_assessed", "at_least"  # the true figure is above it, nobody knows how far
    if status != "measured" or math.isnan(value):
        reason = text["reason"] or (status if status != "measured" else "no_data")
        none = (math.nan, math.nan, math.nan, "not_assessed", reason)
        return TargetGap(
            text["supplier"], text["period"], text["kpi"], text["unit"], direction, math.nan, target, weight, *none, n
        )
    short = max(0.0, target - value if direction == "max" else value - target)
    way = abs(target)
    floor = row.get("floor")
    if not _absent(floor) and abs(_number(floor, i, "floor", found) - target) > 0:
        way = abs(float(floor) - target)  # type: ignore[arg-type]
    relative = short / way if way else short
    figures = (value, target, weight, short, relative, relative * weight, "gap" if short > 0 else "met", "")
    return TargetGap(text["supplier"], text["period"], text["kpi"], text["unit"], direction, *figures, n)


def _bounded(row: dict[Any, Any]) -> bool:
    """Whether the value is a lower bound, since cases are still open."""
    return str(row.get("at_least")).strip().casefold() in {"true", "1", "1.0"}


def _absent(cell: object) -> bool:
    figure = figure_or_gap(cell)
    return figure is not None and math.isnan(figure)


def _text(cell: object) -> str:
    return "" if _absent(cell) else str(cell)


def _number(cell: object, i: int, column: str, found: list[Finding]) -> float:
    figure = figure_or_gap(cell)
    if figure is None or math.isnan(figure):
        found.append(Finding("gaps.figure", "results", column, (i,), str(cell)[:40]))
        return math.nan
    return figure
