"""The history of grades as a table: written by a review, read back as what came before the next one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.monitor.hysteresis import START, GradeState
from supplier_eval.monitor.period import Period

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan

TABLE = "previous"
COLUMNS = {
    "period": "str",
    "supplier": "str",
    "score": "float64",
    "band": "str",
    "grade": "str",
    "before": "str",
    "changed": "bool",
    "why": "str",
    "direction": "str",
    "count": "int64",
    "target": "str",
    "hold": "int64",
    "margin": "float64",
    "at_once": "float64",
    "basis": "str",
    "plan": "str",
}
NEEDED = ("period", "supplier", "grade")


def history_frame(states: Mapping[str, GradeState], period: str, plan: ReviewPlan, basis: str) -> pd.DataFrame:
    """One row a supplier: the grade after a period and what is being counted (columns as `COLUMNS`)."""
    rows = [
        {
            "period": period,
            "supplier": supplier,
            **{name: getattr(state, name) for name in ("band", "grade", "before", "changed", "why", "direction")},
            **{name: getattr(state, name) for name in ("count", "target", "hold")},
            **{name: _figure(getattr(state, name)) for name in ("score", "margin", "at_once")},
            "basis": basis,
            "plan": plan.fingerprint,
        }
        for supplier, state in states.items()
    ]
    return _typed(rows)


def states_before(frame: pd.DataFrame, plan: ReviewPlan, period: str) -> dict[str, GradeState]:
    """Read the last state of every supplier from a history.

    Parameters
    ----------
    frame : DataFrame
        Columns ``period supplier grade``; ``direction count target hold`` where something is being counted.
    plan : ReviewPlan
        Whose grades they are.
    period : str
        The period that comes now; every row lies before it.

    Raises
    ------
    InvalidInput
        With every finding: missing columns, grades that the plan does not know, periods that are not before this one.
    """
    missing = [name for name in NEEDED if name not in frame.columns]
    if missing:
        facts = {"known": ", ".join(str(name) for name in frame.columns)}
        raise InvalidInput([Finding("review.column.missing", TABLE, name, facts=facts) for name in missing], TABLE)
    known = {"", *(band.grade for band in plan.grades.bands)}
    found: list[Finding] = []
    last: dict[str, tuple[tuple[str, str], str, GradeState]] = {}
    now = period_key(period, plan)
    for number, row in enumerate(frame.to_dict("records"), start=2):
        at = period_key(str(row["period"]), plan)
        if at >= now:
            facts = {"period": period}
            found.append(Finding("review.previous.later", TABLE, "period", (number,), str(row["period"]), facts))
        state = _state(row, number, known, found)
        supplier = normalise_id(str(row["supplier"]))
        key = id_key(supplier)
        if key in last and last[key][0] == at:
            found.append(Finding("review.row.twice", TABLE, "supplier", (number,), supplier))
        if key not in last or at > last[key][0]:
            last[key] = (at, supplier, state)
    if found:
        raise InvalidInput(found, TABLE)
    return {supplier: state for _, supplier, state in last.values()}


def _state(row: Mapping[Any, Any], number: int, known: set[str], found: list[Finding]) -> GradeState:
    texts = {name: _text(row.get(name)) for name in ("grade", "target", "direction")}
    for name in ("grade", "target"):
        if texts[name] not in known:
            facts = {"known": ", ".join(sorted(known - {""}))}
            found.append(Finding("review.grade.unknown", TABLE, name, (number,), texts[name], facts))
    if texts["direction"] not in {"", "up", "down"}:
        found.append(Finding("review.direction.unknown", TABLE, "direction", (number,), texts["direction"]))
    counts = {}
    for name in ("count", "hold"):
        cell = row.get(name, 0)
        whole = isinstance(cell, int | float | np.integer) and not isinstance(cell, bool) and float(cell).is_integer()
        if not whole or cell < 0:
            found.append(Finding("review.cell.not_a_number", TABLE, name, (number,), str(cell)))
        counts[name] = int(cell) if whole else 0
    if not texts["grade"]:
        return START
    direction: Any = texts["direction"]
    return GradeState(None, "", texts["grade"], "", "same", direction, counts["count"], texts["target"], counts["hold"])


def period_of(label: str, plan: ReviewPlan) -> Period | None:
    """The period that a label names, if it is one of the plan's length; None for any other label."""
    read = {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[plan.period]
    try:
        return read(label)
    except InvalidInput:
        return None


def period_key(label: str, plan: ReviewPlan) -> tuple[str, str]:
    """By what periods are ordered: their first day where the label says it, else the label."""
    period = period_of(label, plan)
    return ("", label) if period is None else (str(period.start), "")


def joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several histories as one, types kept."""
    return _typed([row for frame in frames for row in frame.to_dict("records")])


def _typed(rows: list[Any]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _figure(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""
