"""How much hangs on one supplier, or on one owner of several: concentration of spend by category (§6.1.1, §6.1.2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.concentration_index import ZERO, effective_number, herfindahl, left_open
from supplier_eval.risk.concentration_result import Band, Concentration, Concentrations, Level
from supplier_eval.risk.headers import header_key
from supplier_eval.risk.records import Column, Record, as_figure, judge_records, several_currencies
from supplier_eval.risk.spend_rows import total_rows

if TYPE_CHECKING:
    import pandas as pd

TABLE = "spend"
THRESHOLDS = (1000.0, 1800.0)  # US DOJ & FTC 2023
LEVELS: tuple[Level, Level] = ("supplier", "parent")
COLUMNS = (
    Column("supplier"),
    Column("amount", "figure", least=0),
    Column("category", required=False),
    Column("parent", required=False, filled=False),
    Column("capacity", "figure", required=False, filled=False, least=0),
    Column("currency", required=False),
)


@dataclass(frozen=True)
class Spend:
    """One supplier in one category, ids as keys."""

    category: str
    supplier: str
    parent: str
    amount: Fraction
    capacity: Fraction | None


def concentration(spend: pd.DataFrame, *, thresholds: Sequence[float] = THRESHOLDS) -> Concentrations:
    """Say how concentrated spend is, by category and ultimate parent, and whether the rest could take over.

    Parameters
    ----------
    spend : DataFrame
        ``supplier`` (id, str), ``amount`` (spend or volume, not negative); optional ``category`` (str; filled in
        every row where the column is there), ``parent`` (id of the owner; empty for none, and an owner may have an
        owner in turn), ``capacity`` (the most that the supplier could deliver in that category, in the unit of
        `amount`; empty for unknown), ``currency`` (one only). One row a supplier and category.
    thresholds : (float, float)
        HHI above the first is moderate, above the second high: 1000 and 1800 of the 2023 merger guidelines; 1500 and
        2500 are those of 2010.

    Returns
    -------
    Concentrations

    Raises
    ------
    InvalidInput
        With every finding: cells missing or wrong, a supplier twice in a category, two parents of one supplier, owners
        in a circle, two currencies, a capacity below the amount, thresholds that do not rise.

    Notes
    -----
    A supplier without capacity is unknown, not full and not empty: the answer is then yes or no where it holds
    whatever that capacity is, else unknown. All together, what stays open is added over categories: spare room in one
    does not serve another.

    Examples
    --------
    >>> import pandas as pd
    >>> spend = pd.DataFrame({"supplier": ["A", "B", "C", "D"], "category": "ITO", "amount": [30, 30, 20, 20]})
    >>> se.risk.concentration(spend).to_frame()[["category", "hhi"]]
      category     hhi
    0      ITO  2600.0
    1      ITO  2600.0
    2           2600.0
    3           2600.0
    """
    findings, low, high = _thresholds(thresholds)
    records, wrong = judge_records(spend, COLUMNS, TABLE, key=_key_of(spend))
    findings += wrong + _contradictions(records)
    if findings:
        raise InvalidInput([*findings, *total_rows(records)], TABLE)
    names = _names(records)
    parents = _parents(records)
    rows = [_spend(record, names, parents) for record in records]
    by_category: dict[str, list[Spend]] = {"": rows}
    for row in rows:
        if row.category:
            by_category.setdefault(row.category, []).append(row)
    lines = [
        _line(category, level, by_category[category], (low, high))
        for category in [*(name for name in by_category if name), ""]
        for level in LEVELS
    ]
    return Concentrations(tuple(lines), (low, high), total_rows(records))


def _key_of(spend: object) -> tuple[str, ...]:
    columns = [header_key(header) for header in getattr(spend, "columns", ())]
    return ("category", "supplier") if "category" in columns else ("supplier",)


def _thresholds(given: object) -> tuple[list[Finding], float, float]:
    figures = [as_figure(x) for x in given] if isinstance(given, Iterable) and not isinstance(given, str) else []
    known = [figure for figure in figures if figure is not None]
    if len(figures) != 2 or len(known) != 2 or not 0 < known[0] < known[1] <= 10_000:
        return [Finding("concentration.thresholds", "arguments", "thresholds", value=str(given))], 0.0, 0.0
    return [], known[0], known[1]


def _names(records: Iterable[Record]) -> dict[str, str]:
    """Key of an id -> the id as it is shown: its first writing in canonical order."""
    found: dict[str, str] = {}
    for text in sorted({r.text(column) for r in records for column in ("supplier", "parent", "category")}):
        found.setdefault(id_key(text), text)
    return found


def _parents(records: Iterable[Record]) -> dict[str, str]:
    owned = [r for r in records if r.text("parent") and r.text("supplier")]
    return {id_key(r.text("supplier")): id_key(r.text("parent")) for r in owned}


def _ultimate(key: str, parents: Mapping[str, str]) -> str | None:
    """The last owner of the chain; None where it runs in a circle. A supplier named as its own parent has none."""
    seen = {key}
    while (above := parents.get(key, key)) != key:
        if above in seen:
            return None
        seen.add(above)
        key = above
    return key


def _spend(record: Record, names: Mapping[str, str], parents: Mapping[str, str]) -> Spend:
    supplier = id_key(record.text("supplier"))
    capacity = record.figure("capacity")
    return Spend(
        names[id_key(record.text("category"))] if record.text("category") else "",
        names[supplier],
        names[_ultimate(supplier, parents) or supplier],
        _exact(record.figure("amount") or 0.0),
        None if capacity is None else _exact(capacity),
    )


def _exact(figure: float) -> Fraction:
    """The decimal that was written: 0.1 is a tenth."""
    return Fraction(Decimal(repr(float(figure))))


def _contradictions(records: Sequence[Record]) -> list[Finding]:
    found: list[Finding] = []
    by_supplier: dict[str, dict[str, list[int]]] = {}
    for record in records:
        amount, capacity = record.figure("amount"), record.figure("capacity")
        if amount is not None and capacity is not None and capacity < amount:
            facts = {"amount": f"{amount:,.15g}", "supplier": record.text("supplier")}
            found.append(
                Finding("concentration.capacity", TABLE, "capacity", (record.row,), f"{capacity:,.15g}", facts)
            )
        if not record.text("supplier"):
            continue
        owners = by_supplier.setdefault(id_key(record.text("supplier")), {})
        owners.setdefault(id_key(record.text("parent")), []).append(record.row)
    names = _names(records)
    for supplier, owners in by_supplier.items():
        if len(owners) > 1:
            rows = tuple(sorted(row for same in owners.values() for row in same))
            shown = " / ".join(names.get(owner) or "-" for owner in sorted(owners))
            found.append(
                Finding("concentration.two_parents", TABLE, "parent", rows, shown, {"supplier": names[supplier]})
            )
    parents = _parents(records)
    circles = [key for key in sorted(parents) if _ultimate(key, parents) is None]
    if circles:
        found.append(Finding("concentration.circle", TABLE, "parent", value=", ".join(names[key] for key in circles)))
    return found + several_currencies("concentration.currencies", TABLE, records)


def _line(category: str, level: Level, rows: Sequence[Spend], thresholds: tuple[float, float]) -> Concentration:
    amounts: dict[str, Fraction] = {}
    for row in rows:
        who = row.supplier if level == "supplier" else row.parent
        amounts[who] = amounts.get(who, ZERO) + row.amount
    paid = {who: amount for who, amount in amounts.items() if amount}
    hhi = herfindahl(list(paid.values()))
    total = sum(paid.values(), ZERO)
    most = max(paid.values(), default=ZERO)
    largest = tuple(sorted(who for who, amount in paid.items() if amount == most))
    gaps = _gaps(largest, level, rows)
    return Concentration(
        category, level, total, len(paid), hhi, effective_number(list(paid.values())), _band(hhi, thresholds), largest,
        most / total if total else None,
        max((least for least, _ in gaps), default=None), max((worst for _, worst in gaps), default=None),
    )  # fmt: skip


def _gaps(leaving: Sequence[str], level: Level, rows: Sequence[Spend]) -> list[tuple[Fraction, Fraction]]:
    """What stays open in all categories when each of these leaves, with all that belongs to it."""
    whole: dict[str, list[tuple[Fraction, Fraction, int]]] = {}
    own: dict[str, dict[str, list[tuple[Fraction, Fraction, int]]]] = {who: {} for who in leaving}
    for row in rows:
        spare = ZERO if row.capacity is None else row.capacity - row.amount
        figures = (row.amount, spare, int(row.capacity is None))
        whole.setdefault(row.category, []).append(figures)
        who = row.supplier if level == "supplier" else row.parent
        if who in own:
            own[who].setdefault(row.category, []).append(figures)
    sums = {category: _added(figures) for category, figures in whole.items()}
    found = []
    for by_category in own.values():
        least = most = ZERO
        for category, mine in by_category.items():
            amount, spare, unknown = _added(mine)
            _, all_spare, all_unknown = sums[category]
            low, high = left_open(amount, all_spare - spare, all_unknown > unknown)
            least, most = least + low, most + high
        found.append((least, most))
    return found


def _added(figures: Sequence[tuple[Fraction, Fraction, int]]) -> tuple[Fraction, Fraction, int]:
    amounts, spares, unknown = zip(*figures, strict=True)
    return sum(amounts, ZERO), sum(spares, ZERO), sum(unknown)


def _band(hhi: Fraction | None, thresholds: tuple[float, float]) -> Band:
    if hhi is None:
        return "not_defined"
    return "high" if hhi > thresholds[1] else "moderate" if hhi > thresholds[0] else "low"
