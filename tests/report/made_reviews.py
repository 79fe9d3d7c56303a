"""Reviews for tests of charts and pages: the sample, and its records with other names."""

from __future__ import annotations

import functools

import pandas as pd

from monitor_folders import SAMPLE, two_years
from report.made_reports import HOSTILE
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.records import ServiceRecords
from supplier_eval.monitor.reviewing import review_periods

__all__ = ["SAMPLE", "feedback_of", "hostile", "two_years"]
FEEDBACK = {
    "format": "supplier-eval-review/1",
    "name": "feedback",
    "branches": [{"id": "quality", "weight": 100}],
    "kpis": [
        {"id": "satisfied", "name": {"en": "$x$ <b>", "zh": "满意率"}, "measure": "satisfaction", "statistic": "share",
         "top_box": 4, "target": "0.9", "floor": "0.5", "weight": 100}
    ],
    "grades": {"bands": [{"grade": "A", "lower": 80}, {"grade": "B", "lower": 0}]},
}  # fmt: skip


@functools.cache
def feedback_of(names: tuple[str, ...], months: tuple[str, str] = ("2025-01", "2025-03"), score: int = 0):
    """Results and reviews of suppliers of which only feedback is known; all scores equal where one is given."""
    rows = [
        (f"{s}-{m}-{i}", name, f"2025-{m:02}-10", score or 1 + (s + i * m) % 5)
        for s, name in enumerate(names)
        for m in range(1, 4)
        for i in range(4 + 3 * s)
    ]
    frame = pd.DataFrame(rows, columns=["feedback", "supplier", "sent", "score"])
    plan = ReviewPlan.from_mapping(FEEDBACK)
    from supplier_eval.clock import BusinessClock

    records = ServiceRecords.from_frames({"feedback": frame})
    results = measure_kpis(records, plan.kpis, Period.months(*months), clock=BusinessClock.always("Asia/Shanghai"))
    return results, review_periods(results, plan)


def hostile():
    """Suppliers whose ids are what people put into spreadsheets to break them."""
    return feedback_of(HOSTILE)
