"""A small review plan and figures to test with, all to be checked by hand."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from supplier_eval.monitor.plan import ReviewPlan

PLAN: dict[str, Any] = {
    "name": "desk",
    "title": {"en": "Service desk", "zh": "服务台"},
    "branches": [
        {"id": "quality", "name": {"en": "Service quality", "zh": "服务质量"}, "weight": 50},
        {"id": "fulfilment", "name": {"en": "Fulfilment", "zh": "履约"}, "weight": 30},
        {"id": "price", "name": {"en": "Price level", "zh": "价格水平"}, "weight": 20},
    ],
    "kpis": [
        {
            "id": "ontime",
            "name": {"en": "Resolved in time", "zh": "按时解决率"},
            "measure": "resolution_time",
            "limit": "8h",
            "target": "0.95",
            "floor": "0.85",
            "weight": 60,
        },
        {
            "id": "csat",
            "name": {"en": "Satisfaction", "zh": "客户满意度"},
            "measure": "satisfaction",
            "statistic": "mean",
            "target": "4.2",
            "floor": "3.2",
            "stretch": "4.7",
            "weight": 40,
        },
        {
            "id": "milestones",
            "name": {"en": "Milestones", "zh": "里程碑"},
            "part": "fulfilment",
            "measure": "milestones",
            "target": "1",
            "floor": "0.8",
            "weight": 100,
        },
        {
            "id": "price_level",
            "name": {"en": "Price level", "zh": "价格水平"},
            "part": "price",
            "measure": "price_level",
            "target": "100",
            "floor": "120",
            "stretch": "90",
            "weight": 100,
        },
    ],
    "grades": {
        "bands": [
            {"grade": "A", "lower": 90},
            {"grade": "B", "lower": 75},
            {"grade": "C", "lower": 60},
            {"grade": "D", "lower": 0},
        ]
    },
    "knock_outs": [{"kind": "security", "grade": "D", "action": "suspend"}],
    "consequences": [
        {"grade": "A", "action": "keep", "approver": "contract owner"},
        {"grade": "B", "action": "keep", "approver": "contract owner"},
        {
            "grade": "C",
            "action": "no_new_invitations",
            "approver": "procurement committee",
            "expires_months": 6,
            "appeal_days": 15,
            "appeal_to": "audit office",
        },
        {
            "grade": "D",
            "action": "suspend",
            "approver": "procurement committee",
            "expires_months": 12,
            "appeal_days": 15,
            "appeal_to": "audit office",
        },
    ],
}


def plan_data(**changes: Any) -> dict[str, Any]:
    """The plan's data, with top keys changed."""
    return copy.deepcopy(PLAN) | changes


def review_plan(**changes: Any) -> ReviewPlan:
    """The plan, with top keys changed."""
    return ReviewPlan.from_mapping(plan_data(**changes))


KINDS = {"ontime": "rate", "csat": "mean", "milestones": "rate", "price_level": "index"}


def kpi_row(
    supplier: str, kpi: str, value: float | None = None, n: int = 0, period: str = "2026-01", **more: Any
) -> dict[str, Any]:
    """One row of measured KPIs; a rate is given as value and n, without a value it is no data."""
    kind = KINDS[kpi]
    events = round(value * n) if kind == "rate" and value is not None else 0
    row = {
        "period": period,
        "supplier": supplier,
        "kpi": kpi,
        "kind": kind,
        "n": n,
        "events": events,
        "value": float("nan") if value is None else (events / n if kind == "rate" else value),
        "sd": float("nan"),
        "lower": float("nan"),
        "upper": float("nan"),
        "in_force": 1.0,
        "status": "no_data" if value is None else "measured",
        "reason": "",
    }
    return row | more


def figures(supplier: str = "S1", period: str = "2026-01", **values: Any) -> list[dict[str, Any]]:
    """All four KPIs of one supplier; None leaves one without data."""
    given = {"ontime": (0.95, 400), "csat": (4.2, 100), "milestones": (1.0, 10), "price_level": (100.0, 12)} | values
    rows = []
    for kpi, cell in given.items():
        value, n = cell if cell is not None else (None, 0)
        more = {"sd": 0.6} if kpi == "csat" and cell is not None else {}
        rows.append(kpi_row(supplier, kpi, value, n, period, **more))
    return rows


def frame(*rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table."""
    return pd.DataFrame([row for part in rows for row in part])


def normal_total(mean: float, sd: float) -> Any:
    """A total that is normal around its mean: rounded, unrounded, distribution."""
    from supplier_eval.monitor.scorecard_distribution import STEP, Distribution

    nodes = STEP * np.arange(2001)
    mass = norm.pdf(nodes, mean, sd) if sd else np.zeros(2001)
    if not sd:
        mass[round(mean / STEP)] = 1.0
    return mean, mean, Distribution(mass / np.sum(mass), sd)
