"""A small plan whose figures can be recomputed by hand, and its tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from supplier_eval.planning import PlanningPlan

PEOPLE = ("an", "bo", "cy")
CALLS = pd.DataFrame({"driver": ["calls"], "unit": ["calls"], "low": [5.0], "likely": [10.0], "high": [30.0]})
COST_NAMES = ("option", "item", "kind", "driver", "first_month", "last_month", "rate_low", "rate_likely", "rate_high")
COST_ROWS = (
    ("own", "team", "run", "", 1, 12, 90.0, 100.0, 120.0),
    ("own", "overtime", "run", "calls", 1, 12, 2.0, 2.0, 2.0),
    ("out", "supplier", "run", "calls", 1, 12, 4.0, 5.0, 8.0),
    ("out", "handover", "transition", "", 1, 1, 200.0, 300.0, 500.0),
    ("out", "return", "exit", "", 12, 12, 60.0, 60.0, 60.0),
)


def plan(**changes: Any) -> PlanningPlan:
    """Two criteria a dimension on 1-5 (one of them falling), two options, cost, service and risk; no discounting."""
    scale = {"floor": 1, "target": 5}
    given: dict[str, Any] = {
        "term_months": 12,
        "discount_rate": 0,
        "needs": [
            {"id": "gap", "dimension": "necessity", "weight": 75, **scale},
            {"id": "urgency", "dimension": "necessity", "weight": 25, **scale},
            {"id": "market", "dimension": "feasibility", "weight": 50, **scale},
            {"id": "data", "dimension": "feasibility", "weight": 50, "floor": 5, "target": 1},
        ],
        "options": [{"id": "own", "kind": "in_house"}, {"id": "out", "kind": "whole"}],
        "criteria": [
            {"id": "cost", "part": "cost", "weight": 50},
            {"id": "service", "part": "quality", "weight": 30, **scale},
            {"id": "risk", "part": "risk", "weight": 20, "floor": 5, "target": 1},
        ],
    }
    return PlanningPlan.of(given | changes)


def costs_table(*more: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame([*COST_ROWS, *more], columns=list(COST_NAMES))


def needs_table() -> pd.DataFrame:
    rows = [("N1", "Desk", "IT", "ITO"), ("N2", "Print", "Office", "BPO"), ("N3", "Lab", "R&D", "KPO")]
    return pd.DataFrame(rows, columns=["need", "title", "department", "category"])


def marks_table(**by_need: dict[str, tuple[float, ...]]) -> pd.DataFrame:
    """Need -> person -> marks on gap, urgency, market, data."""
    names = ("gap", "urgency", "market", "data")
    rows = [
        (need, person, name, float(mark))
        for need, people in by_need.items()
        for person, marks in people.items()
        for name, mark in zip(names, marks, strict=True)
    ]
    return pd.DataFrame(rows, columns=["need", "person", "criterion", "mark"])


def option_marks(**by_person: tuple[float, float, float, float]) -> pd.DataFrame:
    """Person -> marks on own service, own risk, out service, out risk."""
    cells = (("own", "service"), ("own", "risk"), ("out", "service"), ("out", "risk"))
    rows = [
        (option, person, criterion, float(mark))
        for person, marks in by_person.items()
        for (option, criterion), mark in zip(cells, marks, strict=True)
    ]
    return pd.DataFrame(rows, columns=["option", "person", "criterion", "mark"])


def places(refused: Any) -> set[tuple[str, str, str, tuple[int, ...]]]:
    """Code, table, column and rows of every finding of a refusal."""
    return {(one.code, one.table, one.column, one.rows) for one in refused.value.findings}
