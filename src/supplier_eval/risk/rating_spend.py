"""Whom the company pays how much, and in which categories: what a rating takes from the table of spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.risk.concentration_front import COLUMNS, TABLE, concentration
from supplier_eval.risk.concentration_result import Concentrations
from supplier_eval.risk.financial_statements import exact
from supplier_eval.risk.records import asked, read_records

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class SpendShares:
    """Spend of the company.

    Parameters
    ----------
    amounts : mapping
        Key of a supplier -> all that it is paid, in the unit of the table.
    categories : mapping
        Key of a supplier -> categories that it is paid in, as the concentration names them; one empty name where the
        table has no categories.
    total : Fraction
        Paid to all.
    """

    amounts: Mapping[str, Fraction]
    categories: Mapping[str, tuple[str, ...]]
    total: Fraction


def read_spend(given: pd.DataFrame, found: Concentrations | None = None) -> tuple[SpendShares, Concentrations]:
    """Shares of spend, and the concentration of each category.

    Parameters
    ----------
    given : DataFrame
        As `concentration` takes it.
    found : Concentrations, optional
        One that was computed already, of these categories; else it is computed here.

    Raises
    ------
    InvalidInput
        With every finding of the table; a category that `found` does not know.
    """
    if found is not None and not isinstance(found, Concentrations):
        raise InvalidInput([asked("asked.kind", "concentration", found, kind="Concentrations")], TABLE)
    computed = concentration(given)
    chosen = computed if found is None else found
    names = {id_key(one.category): one.category for one in chosen.lines}
    amounts: dict[str, Fraction] = {}
    categories: dict[str, dict[str, None]] = {}
    unknown: dict[str, list[int]] = {}
    for one in read_records(given, COLUMNS, TABLE):
        supplier, category = id_key(one.text("supplier")), one.text("category")
        amount = exact(one.figure("amount") or 0.0)
        amounts[supplier] = amounts.get(supplier, Fraction(0)) + amount
        own = categories.setdefault(supplier, {})
        if id_key(category) not in names:
            unknown.setdefault(category, []).append(one.row)
        elif amount:
            own[names[id_key(category)]] = None
    if unknown:
        raise InvalidInput(
            [Finding("rating.category", TABLE, "category", tuple(rows), name) for name, rows in unknown.items()], TABLE
        )
    kept = {supplier: tuple(sorted(own)) for supplier, own in categories.items()}
    return SpendShares(amounts, kept, sum(amounts.values(), Fraction(0))), chosen
