"""Critical events: a safety accident, a serious breach, a security incident; they set a grade apart from any score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.messages import clean
from supplier_eval.monitor.plan_rules import EVENT_KINDS, KnockOut

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan

TABLE = "events"
NEEDED = ("supplier", "kind", "on")


@dataclass(frozen=True, order=True)
class CriticalEvent:
    """One event that happened, on a day.

    Parameters
    ----------
    supplier : str
        Id.
    on : date
        Day in the time zone of the contract.
    kind : str
        ``safety``, ``breach``, ``security``, ``integrity`` or ``other``.
    reference, words : str
        Where its record is, and what happened.
    """

    supplier: str
    on: date
    kind: str
    reference: str = ""
    words: str = ""


def read_events(given: object) -> tuple[CriticalEvent, ...]:
    """Read critical events from a table or from rows.

    Parameters
    ----------
    given : DataFrame, iterable of mappings or of CriticalEvent, or None
        Columns ``supplier kind on`` and, where known, ``reference words``.

    Raises
    ------
    InvalidInput
        With every finding: missing columns, unknown kinds, days that are none.
    """
    import pandas as pd

    if given is None:
        return ()
    if isinstance(given, pd.DataFrame):
        rows: list[Any] = [dict(zip(given.columns, row, strict=True)) for row in given.itertuples(index=False)]
        lacking = [name for name in NEEDED if name not in given.columns]
        if lacking:
            raise InvalidInput([Finding("review.column.missing", TABLE, n, facts=_columns(given)) for n in lacking])
    elif isinstance(given, Iterable) and not isinstance(given, str | Mapping):
        rows = list(given)
    else:
        raise InvalidInput([Finding("review.events.kind", TABLE, value=type(given).__name__)], TABLE)
    found: list[Finding] = []
    events = [_event(row, number, found) for number, row in enumerate(rows, start=2)]
    if found:
        raise InvalidInput(found, TABLE)
    return tuple(sorted({event for event in events if event is not None}))


def _event(row: object, number: int, found: list[Finding]) -> CriticalEvent | None:
    if isinstance(row, CriticalEvent):
        return row
    if not isinstance(row, Mapping):
        found.append(Finding("review.events.kind", TABLE, rows=(number,), value=type(row).__name__))
        return None
    before = len(found)
    supplier = normalise_id(str(row.get("supplier") or ""))
    if not supplier or supplier == "nan":
        found.append(Finding("review.cell.blank", TABLE, "supplier", (number,)))
    kind = row.get("kind")
    if kind not in EVENT_KINDS:
        facts = {"known": ", ".join(EVENT_KINDS)}
        found.append(Finding("review.event.unknown", TABLE, "kind", (number,), str(kind), facts))
    day = _day(row.get("on"))
    if day is None:
        found.append(Finding("review.event.day", TABLE, "on", (number,), str(row.get("on"))))
    if len(found) > before or day is None:
        return None
    said = [clean(row.get(name)) if isinstance(row.get(name), str) else "" for name in ("reference", "words")]
    return CriticalEvent(supplier, day, str(kind), said[0], said[1])


def _day(cell: object) -> date | None:
    """A date, a moment or ``2026-01-31``; a moment with a zone is its own calendar day there."""
    if isinstance(cell, datetime):
        return None if cell != cell else cell.date()  # noqa: PLR0124 - NaT
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip())
    except ValueError:
        return None


def events_between(
    events: Iterable[CriticalEvent], start: date | datetime, end: date | datetime
) -> tuple[CriticalEvent, ...]:
    """Events from the first day of a period to just before its end (convention §13).

    A bound that is a moment stands for the day that its own time zone shows: the first moment of March in Shanghai is
    1 March there, although it is still February in UTC.
    """
    first, last = (bound.date() if isinstance(bound, datetime) else bound for bound in (start, end))
    return tuple(event for event in events if first <= event.on < last)


def events_of(events: Iterable[CriticalEvent], supplier: str) -> tuple[CriticalEvent, ...]:
    """Events of one supplier."""
    return tuple(event for event in events if id_key(event.supplier) == id_key(supplier))


def knock_outs_of(events: Iterable[CriticalEvent], plan: ReviewPlan) -> tuple[KnockOut, ...]:
    """Rules that the events set off, the one with the lowest grade first."""
    kinds = {event.kind for event in events}
    order = [band.grade for band in plan.grades.bands]
    hit = [rule for rule in plan.knock_outs if rule.kind in kinds]
    return tuple(sorted(hit, key=lambda rule: (-order.index(rule.grade), rule.kind)))


def _columns(frame: Any) -> dict[str, object]:  # noqa: ANN401 - a DataFrame
    return {"known": ", ".join(str(name) for name in frame.columns)}
