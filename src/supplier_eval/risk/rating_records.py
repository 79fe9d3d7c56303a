"""The tables behind a rating, read with every finding at once: suppliers, scorecards, findings, violations, spend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.risk.dated import read_days
from supplier_eval.risk.financial_statements import exact
from supplier_eval.risk.records import ARGUMENTS, Column, Record, Unclear, judge_records
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    import pandas as pd

SUPPLIERS = (
    Column("supplier"),
    Column("name", required=False, filled=False),
    Column("revenue_share", "figure", required=False, filled=False, least=0, most=1),
    Column("single_source", "whole", required=False, filled=False, least=0),
)
BOUNDS = ("lower", "upper", "score_lower", "score_upper")
DELIVERY = (
    Column("supplier"),
    Column("score", "figure", filled=False, least=0, most=100),
    *(Column(name, "figure", required=False, filled=False, least=0, most=100) for name in BOUNDS),
    Column("coverage", "figure", required=False, filled=False, least=0, most=1),
)
SECURITY = (Column("finding"), Column("supplier"), Column("severity"))
LEGAL = (Column("record"), Column("supplier"), Column("severity"))
Read = TypeVar("Read")


@dataclass(frozen=True)
class Subject:
    """A supplier that is rated, with what its own row says; figures are None where not known."""

    supplier: str
    name: str
    revenue_share: Fraction | None
    single_source: Fraction | None
    security_checked: date | None
    legal_checked: date | None


@dataclass(frozen=True)
class Delivered:
    """Score of a scorecard with its bounds, 0-100, and the share of its weights that was measured."""

    score: Fraction | None
    lower: Fraction | None
    upper: Fraction | None
    coverage: Fraction | None


@dataclass(frozen=True)
class Event:
    """An open finding of information security, or a violation of law: severity as the plan spells it."""

    id: str
    severity: str
    overdue: bool = False


@dataclass
class Refusals:
    """Collects the findings of several tables, so that all of them come at once."""

    found: list[Finding] = field(default_factory=list)

    def read(self, read: Callable[[], Read], instead: Read) -> Read:
        """What a table holds, or `instead` where it is refused."""
        try:
            return read()
        except InvalidInput as refused:
            self.found += refused.findings
            return instead


def read_suppliers(given: object, as_of: date) -> dict[str, Subject]:
    """Suppliers by key, in canonical order.

    Parameters
    ----------
    given : DataFrame or sequence of str
        ``supplier`` and what `rate_risks` says, or ids alone.
    as_of : date
        Checks after it are refused.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    import pandas as pd

    if isinstance(given, pd.Index | Sequence) and not isinstance(given, str):
        given = pd.DataFrame({"supplier": pd.Series(list(given), dtype=object)})
    records, found = judge_records(given, SUPPLIERS, "suppliers", key=("supplier",))
    if not isinstance(given, pd.DataFrame):
        raise InvalidInput(found, ARGUMENTS)
    days, wrong = read_days(given, ("security_checked", "legal_checked"), "suppliers")
    found += wrong
    for name, by_row in days.items():
        found += _future(by_row, "suppliers", name, as_of)
    if found:
        raise InvalidInput(found, "suppliers")
    return {
        id_key(one.text("supplier")): Subject(
            one.text("supplier"), one.text("name"),
            _exact(one, "revenue_share"), _exact(one, "single_source"),
            days["security_checked"].get(one.row), days["legal_checked"].get(one.row),
        )
        for one in records
    }  # fmt: skip


def read_delivery(given: pd.DataFrame, known: Mapping[str, Subject]) -> dict[str, Delivered]:
    """Scorecards by supplier key; bounds are named ``lower, upper`` or ``score_lower, score_upper``.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    records, found = judge_records(given, DELIVERY, "delivery", key=("supplier",))
    unclear = Unclear(found)
    found += _unknown(records, known, "delivery")
    read: dict[str, Delivered] = {}
    for one in records:
        bounds = [_exact(one, name) for name in BOUNDS]
        lower, upper = (a if b is None else b for a, b in zip(bounds[:2], bounds[2:], strict=True))
        if any(a is not None and b is not None and a != b for a, b in zip(bounds[:2], bounds[2:], strict=True)):
            found.append(Finding("rating.two_bounds", "delivery", "lower", (one.row,), one.text("supplier")))
        if unclear(one.row, *BOUNDS[:2]) or unclear(one.row, *BOUNDS[2:]):
            continue
        if (lower is None) != (upper is None) or (lower is not None and upper is not None and lower > upper):
            shown = " - ".join("-" if x is None else f"{float(x):g}" for x in (lower, upper))
            found.append(
                Finding("rating.bounds", "delivery", "lower", (one.row,), shown, {"supplier": one.text("supplier")})
            )
        figures = Delivered(_exact(one, "score"), lower, upper, _exact(one, "coverage"))
        read[id_key(one.text("supplier"))] = figures
    if found:
        raise InvalidInput(found, "delivery")
    return read


def read_security(
    given: pd.DataFrame, known: Mapping[str, Subject], severities: Iterable[str], as_of: date
) -> dict[str, list[Event]]:
    """Findings that are open on the day, by supplier key.

    Raises
    ------
    InvalidInput
        With every finding: severities unknown, closed before opened, opened after the day.
    """
    import pandas as pd

    table = "security_findings"
    records, found = judge_records(given, SECURITY, table, key=("finding",))
    if not isinstance(given, pd.DataFrame):
        raise InvalidInput(found, ARGUMENTS)
    days, wrong = read_days(given, ("opened", "due", "closed"), table)
    found += wrong
    spelled = _severities(records, severities, table, found)
    found += _unknown(records, known, table) + _future(days["opened"], table, "opened", as_of)
    for one in records:
        opened, closed = days["opened"].get(one.row), days["closed"].get(one.row)
        if opened is not None and closed is not None and closed < opened:
            found.append(Finding("rating.closed_before", table, "closed", (one.row,), str(closed)))
    if found:
        raise InvalidInput(found, table)
    read: dict[str, list[Event]] = {}
    for one in records:
        closed, due = days["closed"].get(one.row), days["due"].get(one.row)
        if closed is None or closed > as_of:
            event = Event(one.text("finding"), spelled[one.row], due is not None and due < as_of)
            read.setdefault(id_key(one.text("supplier")), []).append(event)
    return read


def read_legal(
    given: pd.DataFrame, known: Mapping[str, Subject], severities: Iterable[str], span: tuple[date, date]
) -> dict[str, list[Event]]:
    """Violations after the first day of the span up to its last, by supplier key.

    Raises
    ------
    InvalidInput
        With every finding: severities unknown, no day, a day after the rating.
    """
    import pandas as pd

    table, (after, as_of) = "legal_record", span
    records, found = judge_records(given, LEGAL, table, key=("record",))
    if not isinstance(given, pd.DataFrame):
        raise InvalidInput(found, ARGUMENTS)
    days, wrong = read_days(given, ("on",), table, required=("on",))
    found += wrong
    spelled = _severities(records, severities, table, found)
    found += _unknown(records, known, table) + _future(days["on"], table, "on", as_of)
    if found:
        raise InvalidInput(found, table)
    read: dict[str, list[Event]] = {}
    for one in records:
        if days["on"][one.row] > after:
            read.setdefault(id_key(one.text("supplier")), []).append(Event(one.text("record"), spelled[one.row]))
    return read


def _exact(record: Record, name: str) -> Fraction | None:
    figure = record.figure(name)
    return None if figure is None else exact(figure)


def _unknown(records: Iterable[Record], known: Mapping[str, Subject], table: str) -> list[Finding]:
    """A row of a supplier that is not rated is a typo or a supplier forgotten: it is not dropped."""
    if not known:
        return []
    rows: dict[str, list[int]] = {}
    for one in records:
        if one.text("supplier") and id_key(one.text("supplier")) not in known:
            rows.setdefault(one.text("supplier"), []).append(one.row)
    return [Finding("rating.supplier_unknown", table, "supplier", tuple(r), name) for name, r in rows.items()]


def _future(days: Mapping[int, date], table: str, column: str, as_of: date) -> list[Finding]:
    late = tuple(row for row, day in days.items() if day > as_of)
    if not late:
        return []
    return [Finding("rating.future", table, column, late, str(days[late[0]]), {"as_of": str(as_of)})]


def _severities(
    records: Iterable[Record], known: Iterable[str], table: str, found: list[Finding]
) -> dict[int, str]:  # fmt: skip
    names = {id_key(name): name for name in known}
    wrong: dict[str, list[int]] = {}
    spelled: dict[int, str] = {}
    for one in records:
        severity = normalise_id(one.text("severity"))
        if id_key(severity) in names:
            spelled[one.row] = names[id_key(severity)]
        elif severity:
            wrong.setdefault(severity, []).append(one.row)
    facts = {"known": Names(names.values())}
    found += [Finding("rating.severity", table, "severity", tuple(rows), name, facts) for name, rows in wrong.items()]
    return spelled
