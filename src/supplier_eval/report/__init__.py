"""What is shown: charts, one page, letters and a workbook, in English and Chinese. Nothing here decides anything.

Charts take axes and give axes; files are written by the ``write_`` functions. Whatever is exploratory says so.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supplier_eval.report.charts import panel_heat_map, price_quality, ranking_bars
    from supplier_eval.report.documents import debrief_letter, report_page, write_debriefs, write_report
    from supplier_eval.report.workbook import write_workbook

_HOMES = {
    "debrief_letter": "documents",
    "panel_heat_map": "charts",
    "price_quality": "charts",
    "ranking_bars": "charts",
    "report_page": "documents",
    "write_debriefs": "documents",
    "write_report": "documents",
    "write_workbook": "workbook",
}

__all__ = [
    "debrief_letter",
    "panel_heat_map",
    "price_quality",
    "ranking_bars",
    "report_page",
    "write_debriefs",
    "write_report",
    "write_workbook",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any public name
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
