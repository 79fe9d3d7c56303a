"""Rows of spend that are odd: totals that would count as suppliers, suppliers that are not listed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from supplier_eval.errors import Finding
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.records import Record

TABLE = "spend"
TOTALS = frozenset({"total", "totals", "grand total", "sum", "sum total", "subtotal", "合计", "总计", "小计", "共计"})
FEWEST = 3  # of two rows each is the sum of the others where they are equal
MOST_NAMED = 20


def total_rows(records: Sequence[Record]) -> tuple[Finding, ...]:
    """Warnings about rows that are named like totals, or whose amount is that of all other rows together.

    Parameters
    ----------
    records : sequence of Record
        Of the table spend.
    """
    amounts = [Decimal(repr(one.figure("amount") or 0.0)) for one in records]
    whole = sum(amounts, Decimal(0))
    found = []
    for one, amount in zip(records, amounts, strict=True):
        name = one.text("supplier")
        named = id_key(name).strip(" :：") in TOTALS
        adds_up = len(records) >= FEWEST and amount > 0 and 2 * amount == whole
        if named or adds_up:
            code = "concentration.total_row_sum" if adds_up and not named else "concentration.total_row"
            found.append(Finding(code, TABLE, "supplier", (one.row,), name, severity="warning"))
    return tuple(found)


def strangers(spend: Iterable[str], suppliers: Iterable[str]) -> tuple[Finding, ...]:
    """A warning about suppliers with spend that are not among those to be rated.

    Parameters
    ----------
    spend, suppliers : iterable of str
        Ids.
    """
    known = {id_key(name) for name in suppliers}
    odd = sorted({name for name in spend if id_key(name) not in known})
    if not odd or not known:
        return ()
    more = f" … (+{len(odd) - MOST_NAMED})" if len(odd) > MOST_NAMED else ""
    facts = {"n": len(odd), "names": ", ".join(odd[:MOST_NAMED]) + more}
    return (Finding("risk_folder.spend_strangers", TABLE, "supplier", facts=facts, severity="warning"),)
