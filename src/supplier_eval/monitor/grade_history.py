"""The history of grades as a table: written by a review, read back as what came before the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, eq=False)
class Step:
    """Grades after one period.

    Parameters
    ----------
    period : str
        Label.
    states : mapping of str to GradeState
        By supplier.
    basis, plan : str
        Of the scores, and the fingerprint of the plan.
    """

    period: str
    states: Mapping[str, GradeState]
    basis: str
    plan: str


def history_frame(steps: Iterable[Step]) -> pd.DataFrame:
    """One row a period and supplier: the grade after it and what is being counted (columns as `COLUMNS`)."""
    import pandas as pd

    texts = ("band", "grade", "before", "changed", "why", "direction", "count", "target", "hold")
    rows = [
        {
            "period": step.period,
            "supplier": supplier,
            **{name: getattr(state, name) for name in texts},
            **{name: _figure(getattr(state, name)) for name in ("score", "margin", "at_once")},
            "basis": step.basis,
            "plan": step.plan,
        }
        for step in steps
        for supplier, state in step.states.items()
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def read_history(frame: pd.DataFrame, plan: ReviewPlan) -> tuple[Step, ...]:
    """Read a history of grades from its table.

    Parameters
    ----------
    frame : DataFrame
        Columns ``period supplier grade``; ``direction count target hold`` where something is being counted. The order
        of the rows does not matter.
    plan : ReviewPlan
        Whose grades they are.

    Returns
    -------
    tuple of Step
        Earliest first.

    Raises
    ------
    InvalidInput
        With every finding: missing columns, grades that the plan does not know, a supplier twice in a period.
    """
    missing = [name for name in NEEDED if name not in frame.columns]
    if missing:
        facts = {"known": ", ".join(str(name) for name in frame.columns)}
        raise InvalidInput([Finding("review.column.missing", TABLE, name, facts=facts) for name in missing], TABLE)
    known = {"", *(band.grade for band in plan.grades.bands)}
    found: list[Finding] = []
    periods: dict[str, dict[str, GradeState]] = {}
    said: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(frame.to_dict("records"), start=2):
        period, supplier = (
            normalise_id(str(row[name])) if _there(row[name]) else "" for name in ("period", "supplier")
        )
        found += [
            Finding("review.cell.blank", TABLE, name, (number,))
            for name, cell in (("period", period), ("supplier", supplier))
            if not cell
        ]
        states = periods.setdefault(period, {})
        if id_key(supplier) in {id_key(name) for name in states}:
            found.append(Finding("review.row.twice", TABLE, "supplier", (number,), supplier))
        states[supplier] = _state(row, number, known, found)
        said[period] = (_text(row.get("basis")), _text(row.get("plan")))
    if found:
        raise InvalidInput(found, TABLE)
    ordered = sorted(periods, key=lambda label: period_key(label, plan))
    return tuple(
        Step(label, dict(sorted(periods[label].items(), key=lambda i: (id_key(i[0]), i[0]))), *said[label])
        for label in ordered
    )


def states_before(steps: Iterable[Step], period: str, key: Callable[[str], tuple[str, str]]) -> dict[str, GradeState]:
    """The last state of every supplier, all of it before a period.

    Parameters
    ----------
    steps : iterable of Step
        Grades, in any order.
    period : str
        The period that comes now.
    key : callable
        By what labels are ordered, see `period_key`.

    Raises
    ------
    InvalidInput
        If a step is not before it.
    """
    steps = sorted(steps, key=lambda step: key(step.period))
    later = [step.period for step in steps if key(step.period) >= key(period)]
    if later:
        found = Finding("review.previous.later", TABLE, "period", value=", ".join(later), facts={"period": period})
        raise InvalidInput([found], TABLE)
    last: dict[str, tuple[str, GradeState]] = {}
    for step in steps:
        last |= {id_key(supplier): (supplier, state) for supplier, state in step.states.items()}
    return dict(last.values())


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
    why: Any = _text(row.get("why")) or "same"
    score, margin, far = (_exact(row.get(name)) for name in ("score", "margin", "at_once"))
    return GradeState(
        score=score,
        band=_text(row.get("band")),
        grade=texts["grade"],
        before=_text(row.get("before")),
        why=why,
        direction=direction,
        count=counts["count"],
        target=texts["target"],
        hold=counts["hold"],
        margin=margin,
        at_once=far,
    )


def period_of(label: str, plan: ReviewPlan) -> Period | None:
    """The period that a label names, if it is one of the plan's length; None for any other label."""
    read = {"month": Period.month, "quarter": Period.quarter, "year": Period.year}[plan.period]
    try:
        return read(label)
    except InvalidInput:
        return None


def period_key(label: str, plan: ReviewPlan, spans: Mapping[str, Period] | None = None) -> tuple[str, str]:
    """By what periods are ordered: their first day where it is known or the label says it, else the label as text."""
    period = (spans or {}).get(label) or period_of(label, plan)
    return ("", label) if period is None else (str(period.start), "")


def _figure(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _there(cell: object) -> bool:
    return cell is not None and cell == cell  # noqa: PLR0124 - NaN


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _exact(cell: object) -> Decimal | None:
    number = isinstance(cell, int | float | np.integer | np.floating) and not isinstance(cell, bool)
    return Decimal(repr(float(cell))) if number and np.isfinite(float(cell)) else None  # type: ignore[arg-type]
