"""A supplier's KPI over the periods of a review: the series, what sets its limits, its trend (§5.2.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.monitor.attribute_charts import OF_ITEMS
from supplier_eval.monitor.chart_settings import OF_COUNTS
from supplier_eval.monitor.kpi_results import KpiResults
from supplier_eval.monitor.trend_front import trend_test

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.chart_result import ControlChart
    from supplier_eval.monitor.kpi_definitions import KpiDefinition
    from supplier_eval.monitor.plan import ReviewPlan
    from supplier_eval.monitor.trend_result import TrendTest

COUNTED = ("measured", "too_few")


def definition_of(results: KpiResults, kpi: str) -> KpiDefinition:
    """The definition of a KPI that was measured.

    Raises
    ------
    UnknownName
        For any other.
    InvalidInput
        For what is no result of `measure_kpis`.
    """
    if not isinstance(results, KpiResults):
        raise InvalidInput([Finding("credits.no_results", "arguments", "results", value=type(results).__name__)])
    for one in results.kpis:
        if one.id == kpi:
            return one
    raise UnknownName("kpi", kpi, [one.id for one in results.kpis])


def series_of(results: KpiResults, supplier: str, kpi: str) -> pd.DataFrame:
    """The rows of one supplier and KPI, one a period, earliest first; columns as `KpiResults.to_frame`.

    Raises
    ------
    UnknownName
        For a supplier or KPI that was not measured.
    """
    definition_of(results, kpi)
    if supplier not in results.suppliers:
        raise UnknownName("supplier", supplier, results.suppliers)
    own = results.frame[(results.frame["supplier"] == supplier) & (results.frame["kpi"] == kpi)]
    order = {period.label: at for at, period in enumerate(results.periods)}
    return own.assign(_at=own["period"].map(order)).sort_values("_at").drop(columns="_at").reset_index(drop=True)


def chart_rule(plan: ReviewPlan) -> dict[str, Any]:
    """How control charts of a review are drawn up: the plan's first periods set the limits, only later ones are judged.

    The limits are fixed by the first ``chart_baseline`` periods with a figure, so that no period sets its own limits
    and no later one moves them.
    """
    first = plan.chart_baseline
    return {"baseline": first, "least": first, "later_only": True, "widen": True}


def enough_cases(chart: ControlChart) -> bool:
    """Whether limits can hold: of counts at least one failure a period is expected, and one case without.

    Below that a single failure lies beyond any limit, so that a chart would judge suppliers with few cases by chance.
    """
    if chart.kind not in OF_COUNTS:
        return True
    there = np.isfinite(chart.raw) & np.isfinite(chart.centre) & chart.in_baseline
    if not there.any():
        return False
    failures = float(np.mean(chart.n[there] * chart.centre[there]))
    if chart.kind not in OF_ITEMS:
        return failures >= 1.0
    return min(failures, float(np.mean(chart.n[there])) - failures) >= 1.0


def kpi_trend_test(results: KpiResults, supplier: str, kpi: str, *, name: str = "") -> TrendTest:
    """Ask whether a KPI of a supplier rises or falls over the periods.

    Parameters
    ----------
    results : KpiResults
        Of several periods.
    supplier, kpi : str
        Whose, and which.
    name : str
        Display text.

    Returns
    -------
    TrendTest
        Of the contract's raw figures; a period without one is a gap. The slope is per period.
    """
    one, rows = definition_of(results, kpi), series_of(results, supplier, kpi)
    values = np.where(rows["status"].to_numpy() == "measured", rows["value"].to_numpy(dtype=float), np.nan)
    return trend_test(values, name=name or f"{supplier} {kpi}", unit=one.shown_unit)
