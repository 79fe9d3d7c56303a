"""Figures of KPIs as people read them: shares in per cent, everything else with its unit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang
from supplier_eval.report.formats import NOTHING, plain, short
from supplier_eval.report.words import words

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition

UNITS = {"h": "review.unit_h", "points": "review.unit_points", "index": "review.unit_index"}


def is_share(kpi: KpiDefinition) -> bool:
    """Whether the figure is a fraction of 1."""
    return kpi.shown_unit == "share"


def unit_words(kpi: KpiDefinition, lang: Lang) -> str:
    """The unit in words: % for shares, the plan's own words where it states some."""
    if is_share(kpi):
        return "%"
    key = UNITS.get(kpi.shown_unit)
    return words(lang)[key] if key else plain(kpi.shown_unit)


def kpi_figure(kpi: KpiDefinition, value: float | None, lang: Lang, *, unit: bool = True) -> str:
    """A figure of a KPI with its unit; a dash where there is none.

    Four significant digits at least, so that 0.004 is not shown as 0.00; a share of 0.99995 is not shown as 100 %.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    shown = short(_digits(100.0 * value if is_share(kpi) else value))
    return f"{shown} {unit_words(kpi, lang)}" if unit else shown


def kpi_change(kpi: KpiDefinition, value: float | None, lang: Lang) -> str:
    """A difference between two figures of a KPI: percentage points for shares, its unit for all else."""
    if not is_share(kpi) or value is None or not math.isfinite(value):
        return kpi_figure(kpi, value, lang)
    return words(lang)["review.percentage_points"].format(figure=kpi_figure(kpi, value, lang, unit=False))


def _digits(value: float) -> float:
    """Rounded to four significant digits, and not to a whole hundred that it is not."""
    rounded = float(f"{value:.4g}")
    return value if rounded == 100.0 and value != 100.0 else rounded


def target_words(kpi: KpiDefinition, lang: Lang, *, unit: bool = True) -> str:
    """The target with its direction: ≥ 95 %."""
    sign = "≥" if kpi.direction == "max" else "≤"
    target = kpi_figure(kpi, float(kpi.target), lang, unit=unit)
    return words(lang)["review.target_is"].format(sign=sign, target=target)
