"""How near suppliers are to financial distress, by a named variant of Altman's score (§6.1.1)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.dated import as_day
from supplier_eval.risk.financial_result import AltmanScore, AltmanScores
from supplier_eval.risk.financial_statements import Statement, read_statements
from supplier_eval.risk.records import ARGUMENTS, asked

if TYPE_CHECKING:
    import pandas as pd

MAX_AGE = 548


def altman_z(
    statements: pd.DataFrame,
    variant: str | None = None,
    *,
    as_of: date | str | None = None,
    max_age: int = MAX_AGE,
) -> AltmanScores:
    """Say for every supplier whether its latest statement lies in the safe, grey or distress zone.

    Parameters
    ----------
    statements : DataFrame
        ``supplier`` (id, str) and, in any unit that is the same within a row, ``total_assets``, ``total_liabilities``,
        ``working_capital`` (or ``current_assets`` and ``current_liabilities``), ``retained_earnings``, ``ebit``,
        ``sales``, ``market_equity`` or ``book_equity``; or the ratios themselves, ``x1`` to ``x5`` (fractions, not
        percent). Optional: ``variant``, ``period_end`` (day), ``currency`` and ``market_currency`` (of
        `market_equity`). Several rows a supplier are told apart by ``period_end``; the latest counts.
    variant : str, optional
        ``z`` (listed manufacturers), ``z_rounded`` (the same, 1.0 for X5), ``z_prime`` (private manufacturers),
        ``z_double_prime`` (other companies), ``z_double_prime_em`` (with the constant 3.25); for the rows whose own
        ``variant`` is empty. There is no default: the score follows from who the company is.
    as_of : date or str, optional
        Day of the rating. With it a statement that is older than `max_age`, or has no day, gives no score.
    max_age : int
        Days.

    Returns
    -------
    AltmanScores

    Raises
    ------
    InvalidInput
        With every finding: cells missing or wrong, a variant that is not known, a ratio and its items both given, two
        statements of one day, a statement after `as_of`.

    Notes
    -----
    An item that is missing, assets or liabilities of zero, two currencies in one ratio: no score, with the reason.
    Missing is not zero.

    Examples
    --------
    >>> import pandas as pd
    >>> path = "data/samples/risks/financial.csv"
    >>> statements = pd.read_csv(path, dtype={"supplier": str}, keep_default_na=False)
    >>> se.risk.altman_z(statements, as_of="2026-11-30")
    AltmanScores(2 distress, 1 grey, 7 safe; 1 not rated)
    """
    day = None if as_of is None else as_day(as_of)
    found = [asked("rating.as_of", "as_of", as_of)] if as_of is not None and day is None else []
    if isinstance(max_age, bool) or not isinstance(max_age, int) or max_age < 1:
        found.append(asked("asked.whole", "max_age", max_age, least=1))
    if variant is not None and not isinstance(variant, str):
        found.append(asked("asked.text", "variant", variant))
    read: list[Statement] = []
    try:
        read = read_statements(statements, variant if isinstance(variant, str) else None, day)
    except InvalidInput as refused:
        found += refused.findings
    if found:
        raise InvalidInput(_once(found), ARGUMENTS)
    return AltmanScores({one.supplier: _scored(one, day, max_age) for one in read}, day)


def _once(found: list[Finding]) -> list[Finding]:
    return list(dict.fromkeys(found))


def _scored(one: Statement, day: date | None, max_age: int) -> AltmanScore:
    age = None if day is None or one.period_end is None else (day - one.period_end).days
    why = one.why
    if not why and day is not None:
        why = "undated" if age is None else "stale" if age > max_age else ""
    if why:
        return AltmanScore(one.supplier, one.variant, one.ratios, one.period_end, age, why, one.missing)
    return AltmanScore(one.supplier, one.variant, one.ratios, one.period_end, age, z=one.variant.score(one.ratios))
