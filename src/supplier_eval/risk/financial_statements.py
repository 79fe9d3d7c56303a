"""Financial statements of suppliers as ratios: read with every finding, the latest of each supplier, or why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.altman import ALTMAN_VARIANTS, RATIOS, AltmanVariant
from supplier_eval.risk.dated import read_days
from supplier_eval.risk.records import Column, Record, read_records

if TYPE_CHECKING:
    import pandas as pd

TABLE = "financial"
TOLERANCE = Fraction(1, 1000)
NOT_NEGATIVE = ("current_assets", "current_liabilities", "market_equity", "sales", "total_assets", "total_liabilities")
ITEMS = ("working_capital", "retained_earnings", "ebit", "book_equity", *NOT_NEGATIVE)
COLUMNS = (
    Column("supplier"),
    Column("variant", required=False, filled=False),
    Column("currency", required=False, filled=False),
    Column("market_currency", required=False, filled=False),
    *(Column(name, "figure", False, False, 0.0 if name in NOT_NEGATIVE else -float("inf")) for name in ITEMS),
    *(Column(name, "figure", required=False, filled=False) for name in RATIOS),
)
FRACTIONS, MOST = ("x1", "x2", "x3"), 5.0
ABOVE = {"x1": "working_capital", "x2": "retained_earnings", "x3": "ebit", "x5": "sales"}


@dataclass(frozen=True)
class Statement:
    """The statement of a supplier that counts.

    Parameters
    ----------
    supplier : str
        Id.
    row : int
        Row in the spreadsheet.
    variant : AltmanVariant
        The score that is asked for.
    ratios : mapping
        Ratio -> figure, those that can be formed.
    period_end : date or None
        Its day.
    why : str
        Why no score can be formed; empty where it can.
    missing : tuple of str
        Items that are missing.
    """

    supplier: str
    row: int
    variant: AltmanVariant
    ratios: Mapping[str, Fraction]
    period_end: date | None = None
    why: str = ""
    missing: tuple[str, ...] = ()


def exact(figure: float) -> Fraction:
    """The decimal that was written: 0.1 is a tenth."""
    return Fraction(Decimal(repr(float(figure))))


def read_statements(given: pd.DataFrame, variant: str | None, as_of: date | None) -> list[Statement]:
    """The latest statement of every supplier, in canonical order.

    Parameters
    ----------
    given : DataFrame
        As `altman_z` takes it.
    variant : str or None
        The score for rows that name none.
    as_of : date or None
        Later statements are refused.

    Raises
    ------
    InvalidInput
        With every finding.
    """
    records = read_records(given, COLUMNS, TABLE)
    days, found = read_days(given, ("period_end",), TABLE)
    ends = days["period_end"]
    for record in records:
        found += _row_findings(record, variant)
    late = tuple(row for row, day in ends.items() if as_of is not None and day > as_of)
    if late:
        found.append(Finding("altman.future", TABLE, "period_end", late, str(ends[late[0]]), {"as_of": str(as_of)}))
    by_supplier: dict[str, list[Record]] = {}
    for record in records:
        by_supplier.setdefault(id_key(record.text("supplier")), []).append(record)
    for same in by_supplier.values():
        found += _several(same, ends)
    if found:
        raise InvalidInput(found, TABLE)
    latest = [max(same, key=lambda one: ends.get(one.row, date.min)) for _, same in sorted(by_supplier.items())]
    return [_statement(record, variant, ends.get(record.row)) for record in latest]


def _row_findings(record: Record, variant: str | None) -> Iterable[Finding]:
    rows, supplier = (record.row,), record.text("supplier")
    named = record.text("variant") or variant or ""
    known = ", ".join(ALTMAN_VARIANTS)
    if named not in ALTMAN_VARIANTS:
        yield Finding("altman.variant", TABLE, "variant", rows, named or "-", {"known": known, "supplier": supplier})
        return
    for ratio in RATIOS:
        stated = record.figure(ratio)
        if stated is None:
            continue
        if ratio in FRACTIONS and stated > MOST:
            yield Finding("altman.percent", TABLE, ratio, rows, f"{stated:g}", {"supplier": supplier})
        items = _parts(ratio, record, ALTMAN_VARIANTS[named])
        if all(figure is not None for figure in items.values()):
            facts = {"items": ", ".join(items), "supplier": supplier}
            yield Finding("altman.both_given", TABLE, ratio, rows, f"{stated:g}", facts)
    stated, formed = record.figure("working_capital"), _difference(record)
    if stated is not None and formed is not None:
        scale = max(abs(exact(stated)), abs(formed), Fraction(1, 10**9))
        if abs(exact(stated) - formed) > TOLERANCE * scale:
            facts = {"formed": f"{float(formed):,.15g}", "supplier": supplier}
            yield Finding("altman.working_capital", TABLE, "working_capital", rows, f"{stated:,.15g}", facts)


def _several(same: Sequence[Record], ends: Mapping[int, date]) -> Iterable[Finding]:
    """Statements of one supplier must be told apart by their day."""
    if len(same) < 2:
        return
    supplier = same[0].text("supplier")
    undated = tuple(record.row for record in same if record.row not in ends)
    if undated:
        yield Finding("altman.undated_among_several", TABLE, "period_end", undated, supplier)
    by_day: dict[date, list[int]] = {}
    for record in same:
        if record.row in ends:
            by_day.setdefault(ends[record.row], []).append(record.row)
    for day, rows in by_day.items():
        if len(rows) > 1:
            yield Finding("altman.twice", TABLE, "period_end", tuple(rows), str(day), {"supplier": supplier})


def _difference(record: Record) -> Fraction | None:
    assets, debts = record.figure("current_assets"), record.figure("current_liabilities")
    return None if assets is None or debts is None else exact(assets) - exact(debts)


def _parts(ratio: str, record: Record, variant: AltmanVariant) -> dict[str, Fraction | None]:
    """Numerator and denominator of a ratio, by the names of their columns."""
    above, below = (
        (f"{variant.equity}_equity", "total_liabilities") if ratio == "x4" else (ABOVE[ratio], "total_assets")
    )
    figures = {name: None if (cell := record.figure(name)) is None else exact(cell) for name in (above, below)}
    if above == "working_capital" and figures[above] is None:
        figures[above] = _difference(record)
    return figures


def _statement(record: Record, variant: str | None, day: date | None) -> Statement:
    score = ALTMAN_VARIANTS[record.text("variant") or str(variant)]
    ratios: dict[str, Fraction] = {}
    missing: dict[str, None] = {}
    zero: dict[str, None] = {}
    mixed = False
    for ratio in score.weights:
        stated = record.figure(ratio)
        if stated is not None:
            ratios[ratio] = exact(stated)
            continue
        items = _parts(ratio, record, score)
        (above, below), names = items.values(), tuple(items)
        missing |= dict.fromkeys(name for name, figure in items.items() if figure is None)
        if above is None or below is None:
            continue
        if not below:
            zero[names[1]] = None
            continue
        ratios[ratio] = above / below
        mixed |= names[0] == "market_equity" and _mixed(record)
    why = "missing" if missing else next(iter(zero), "") or ("currency_mix" if mixed else "")
    return Statement(record.text("supplier"), record.row, score, ratios, day, why, tuple(missing))


def _mixed(record: Record) -> bool:
    own, market = id_key(record.text("currency")), id_key(record.text("market_currency"))
    return bool(market) and own != market
