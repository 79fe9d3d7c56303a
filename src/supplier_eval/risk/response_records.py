"""Responses to risks and the measures behind them, read with every finding at once (§6.2.1, §6.2.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.dated import read_days
from supplier_eval.risk.records import Column, Record, Unclear, asked, judge_records
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    pass

MEASURES, RESPONSES = "measures", "responses"
KINDS = ("avoid", "reduce", "transfer", "accept")
STATES = ("in_place", "proposed")
RESULTS = ("passed", "failed")
FACTORS = ("frequency_factor", "severity_factor")
CHINESE = {
    **{"规避": "avoid", "降低": "reduce", "减轻": "reduce", "转移": "transfer", "接受": "accept"},
    **{"已实施": "in_place", "已落实": "in_place", "拟实施": "proposed", "建议": "proposed"},
    **{"通过": "passed", "未通过": "failed", "不通过": "failed"},
}
HUNDREDTHS = Decimal("0.01")
MEASURE_COLUMNS = (
    Column("measure"),
    Column("risk"),
    Column("state"),
    Column("cost", "figure", filled=False, least=0, most=1e13),
    Column("frequency_factor", "figure", required=False, filled=False, least=0, most=1),
    Column("severity_factor", "figure", required=False, filled=False, least=0, most=1),
    Column("evidence", required=False, filled=False),
    Column("test_result", required=False, filled=False),
    Column("currency", required=False, filled=False),
)
MEASURE_DAYS = ("tested_on", "test_due")
RESPONSE_COLUMNS = (
    Column("risk"),
    Column("response"),
    Column("approver", required=False, filled=False),
    Column("reason", required=False, filled=False),
)
RESPONSE_DAYS = ("decided_on", "expires", "done_on")


def word(text: str) -> str:
    """A word of a choice as the code knows it; the Chinese ones are read too."""
    return CHINESE.get(id_key(text), id_key(text))


def kind_of(record: Record) -> str:
    """The strategy of a response."""
    return word(record.text("response"))


def state_of(record: Record) -> str:
    """The state of a measure."""
    return word(record.text("state"))


def result_of(record: Record) -> str:
    """The result of a test."""
    return word(record.text("test_result"))


@dataclass(frozen=True)
class Measure:
    """What one measure does to one risk.

    Parameters
    ----------
    measure, risk : str
        Ids.
    state : {"in_place", "proposed"}
        Whether it is there, or could be bought.
    cost : int
        In hundredths of the currency, a year; once for all risks of the measure. 0 for what is in place.
    frequency_factor, severity_factor : float
        What it leaves of the events a year and of the loss of one event, 0-1.
    counts : bool
        Whether it is in place and its test is neither failed nor past its date.
    why_not : {"", "test_overdue", "test_failed"}
        Why a measure in place counts for nothing.
    evidence : str
        What shows that it works.
    tested_on, test_due : date or None
        The last test, and the day by which the next must be done.
    """

    measure: str
    risk: str
    state: Literal["in_place", "proposed"]
    cost: int
    frequency_factor: float
    severity_factor: float
    counts: bool
    why_not: Literal["", "test_overdue", "test_failed"] = ""
    evidence: str = ""
    tested_on: date | None = None
    test_due: date | None = None

    @property
    def factor(self) -> float:
        """What it leaves of the expected loss."""
        return self.frequency_factor * self.severity_factor


@dataclass(frozen=True)
class RiskResponse:
    """What was decided about one risk.

    Parameters
    ----------
    risk : str
        Id.
    response : {"avoid", "reduce", "transfer", "accept"}
        The strategy.
    state : {"standing", "expired", "done"}
        ``expired``: an acceptance past its day, so that the risk is open again; ``done``: avoided.
    approver, reason : str
        Who decided it and why; an acceptance has both.
    decided_on, expires, done_on : date or None
        An acceptance has the first two.
    """

    risk: str
    response: Literal["avoid", "reduce", "transfer", "accept"]
    state: Literal["standing", "expired", "done"]
    approver: str = ""
    reason: str = ""
    decided_on: date | None = None
    expires: date | None = None
    done_on: date | None = None


def hundredths(figure: float) -> int:
    """Money in hundredths, half up."""
    return int(Decimal(repr(figure)).quantize(HUNDREDTHS, ROUND_HALF_UP) * 100)


def read_measures(
    given: object, known: Mapping[str, str], as_of: date, currency: str
) -> tuple[tuple[Measure, ...], list[Finding]]:
    """Measures in canonical order, and what is wrong.

    Parameters
    ----------
    given : DataFrame
        As in `assess_responses`.
    known : mapping
        Key of each risk -> its id.
    as_of : date
        The day.
    currency : str
        Of the register.
    """
    records, days, found = _read(given, MEASURE_COLUMNS, MEASURES, MEASURE_DAYS, ("measure", "risk"))
    unclear = Unclear(found)
    found += _strays(records, known, MEASURES)
    same: dict[str, list[Record]] = {}
    for record in records:
        found += _measure_findings(record, days, (as_of, currency), unclear)
        if record.text("measure") and not unclear(record.row, "cost", "state"):
            same.setdefault(id_key(record.text("measure")), []).append(record)
    for mine in same.values():
        figures, states = {r.figure("cost") for r in mine}, {state_of(r) for r in mine}
        if len(figures) > 1 or len(states) > 1:
            column = "cost" if len(figures) > 1 else "state"
            rows = tuple(sorted(r.row for r in mine))
            found.append(Finding("response.measure_differs", MEASURES, column, rows, mine[0].text("measure")))
    if found or not known:
        return (), found
    names: dict[str, str] = {}
    for record in records:
        names.setdefault(id_key(record.text("measure")), record.text("measure"))
    return tuple(_measure(r, days, known, names, as_of) for r in records), []


def read_responses(
    given: object, known: Mapping[str, str], as_of: date
) -> tuple[dict[str, RiskResponse], list[Finding]]:
    """Responses by id of the risk, and what is wrong; None is none."""
    if given is None:
        return {}, []
    records, days, found = _read(given, RESPONSE_COLUMNS, RESPONSES, RESPONSE_DAYS, ("risk",))
    unclear = Unclear(found)
    found += _strays(records, known, RESPONSES)
    for record in records:
        kind = kind_of(record)
        if kind not in KINDS and not unclear(record.row, "response"):
            found.append(_choice(record, "response", RESPONSES, KINDS))
        if kind == "accept":
            lacking = [name for name in ("approver", "reason") if not record.text(name)]
            lacking += [name for name in ("decided_on", "expires") if record.row not in days[name]]
            missing = [name for name in lacking if not unclear(record.row, name)]
            facts = {"risk": record.text("risk")}
            found += [Finding("response.accept_lacks", RESPONSES, name, (record.row,), facts=facts) for name in missing]
            if not lacking and days["expires"][record.row] <= days["decided_on"][record.row]:
                shown = days["expires"][record.row].isoformat()
                found.append(Finding("response.expires_before", RESPONSES, "expires", (record.row,), shown, facts))
    if found or not known:
        return {}, found
    return {one.risk: one for one in (_response(r, days, known, as_of) for r in records)}, []


def _read(
    given: object, columns: Sequence[Column], table: str, names: Sequence[str], key: Sequence[str]
) -> tuple[list[Record], dict[str, dict[int, date]], list[Finding]]:
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        return [], {name: {} for name in names}, [asked("asked.frame", table, given)]
    days, found = read_days(given, names, table)
    records, wrong = judge_records(given, columns, table, key)
    return records, days, [*wrong, *found]


def _strays(records: Sequence[Record], known: Mapping[str, str], table: str) -> list[Finding]:
    return [
        Finding("response.stray", table, "risk", (record.row,), record.text("risk"))
        for record in sorted(records, key=lambda one: one.row)
        if known and record.text("risk") and id_key(record.text("risk")) not in known
    ]


def _choice(record: Record, column: str, table: str, known: Sequence[str]) -> Finding:
    return Finding("response.choice", table, column, (record.row,), record.text(column), {"known": Names(known)})


def _measure_findings(
    record: Record, days: Mapping[str, Mapping[int, date]], at: tuple[date, str], unclear: Unclear
) -> list[Finding]:
    row, facts, (as_of, currency) = record.row, {"measure": record.text("measure"), "risk": record.text("risk")}, at
    state, found = state_of(record), []
    if state not in STATES and not unclear(row, "state"):
        found.append(_choice(record, "state", MEASURES, STATES))
    if record.text("test_result") and result_of(record) not in RESULTS:
        found.append(_choice(record, "test_result", MEASURES, RESULTS))
    factors = [record.figure(name) for name in FACTORS]
    if all(factor is None or factor == 1 for factor in factors) and not unclear(row, *FACTORS):
        found.append(Finding("response.lowers_nothing", MEASURES, "frequency_factor", (row,), facts=facts))
    if state == "proposed" and record.figure("cost") is None and not unclear(row, "cost"):
        found.append(Finding("response.no_cost", MEASURES, "cost", (row,), facts=facts))
    if state == "in_place" and row not in days["test_due"] and not unclear(row, "test_due"):
        found.append(Finding("response.no_test_date", MEASURES, "test_due", (row,), facts=facts))
    if row in days["tested_on"] and days["tested_on"][row] > as_of:
        shown = days["tested_on"][row].isoformat()
        found.append(Finding("response.tested_later", MEASURES, "tested_on", (row,), shown, facts))
    tested, due = days["tested_on"].get(row), days["test_due"].get(row)
    if state == "in_place" and tested is not None and due is not None and due <= tested:
        dated = facts | {"tested": tested.isoformat()}
        found.append(Finding("response.due_not_moved", MEASURES, "test_due", (row,), due.isoformat(), dated))
    own = record.text("currency")
    if own and currency and id_key(own) != id_key(currency):
        found.append(Finding("response.currency", MEASURES, "currency", (row,), own, facts | {"currency": currency}))
    return found


def _measure(
    record: Record,
    days: Mapping[str, Mapping[int, date]],
    known: Mapping[str, str],
    names: Mapping[str, str],
    as_of: date,
) -> Measure:
    tested, due = days["tested_on"].get(record.row), days["test_due"].get(record.row)
    in_place = state_of(record) == "in_place"
    why_not: Literal["", "test_overdue", "test_failed"] = ""
    if in_place and result_of(record) == "failed":
        why_not = "test_failed"
    elif in_place and due is not None and due < as_of:
        why_not = "test_overdue"
    left = [1.0 if (f := record.figure(n)) is None else f for n in ("frequency_factor", "severity_factor")]
    name, risk = names[id_key(record.text("measure"))], known[id_key(record.text("risk"))]
    cost = 0 if in_place else hundredths(record.figure("cost") or 0.0)
    state: Literal["in_place", "proposed"] = "in_place" if in_place else "proposed"
    counts = in_place and not why_not
    evidence = record.text("evidence")
    return Measure(name, risk, state, cost, left[0], left[1], counts, why_not, evidence, tested, due)


def _response(
    record: Record, days: Mapping[str, Mapping[int, date]], known: Mapping[str, str], as_of: date
) -> RiskResponse:
    decided, expires, done = (days[name].get(record.row) for name in RESPONSE_DAYS)
    kind = kind_of(record)
    state: Literal["standing", "expired", "done"] = "standing"
    if kind == "accept" and expires is not None and expires < as_of:
        state = "expired"
    elif kind == "avoid" and done is not None and done <= as_of:
        state = "done"
    said = (record.text("approver"), record.text("reason"), decided, expires, done)
    return RiskResponse(known[id_key(record.text("risk"))], kind, state, *said)  # type: ignore[arg-type]
