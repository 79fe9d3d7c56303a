"""Days in the tables of the risk room: dates, moments at midnight and dates as text, year first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.dates import FIRST_YEAR, LAST_YEAR, parse_date
from supplier_eval.risk.headers import header_keys, warn_of_slips
from supplier_eval.risk.records import FIRST_ROW, column_missing, is_missing

if TYPE_CHECKING:
    import pandas as pd


def as_day(given: object) -> date | None:
    """A day of 1900 to 2199; None for anything else, also for a moment that is not midnight or has a time zone.

    Parameters
    ----------
    given : object
        A date, a moment at midnight, or text such as ``2026-03-01`` or ``2026年3月1日``.
    """
    if isinstance(given, datetime):
        if given != given or given.utcoffset() is not None:  # noqa: PLR0124 - NaT
            return None
        midnight = (given.hour, given.minute, given.second, given.microsecond) == (0, 0, 0, 0)
        given = date(given.year, given.month, given.day) if midnight else None
    found = parse_date(given) if isinstance(given, str) else given
    return found if isinstance(found, date) and FIRST_YEAR <= found.year <= LAST_YEAR else None


def read_days(
    given: pd.DataFrame, names: Sequence[str], table: str, required: Sequence[str] = ()
) -> tuple[dict[str, dict[int, date]], list[Finding]]:
    """Days of some columns by the row as a spreadsheet shows it.

    Parameters
    ----------
    given : DataFrame
        The table.
    names : sequence of str
        Columns that hold days; one that is not there has no day.
    table : str
        Name that findings give it.
    required : sequence of str
        Columns that must be there, with every cell filled.

    Returns
    -------
    days : dict
        Column -> row -> day; a missing cell has no entry.
    findings : list of Finding
    """
    days: dict[str, dict[int, date]] = {}
    found: list[Finding] = []
    headers = header_keys(given)
    warn_of_slips(given, table, [name for name in names if name not in required or name in headers])
    for name in names:
        cells = days[name] = {}
        if headers.count(name) != 1:
            if headers.count(name) > 1:
                found.append(Finding("risk_table.column_twice", table, name))
            elif name in required:
                found.append(column_missing(given, name, table))
            continue
        empty, wrong, first = [], [], ""
        for row, cell in enumerate(given.iloc[:, headers.index(name)].tolist(), FIRST_ROW):
            day = None if is_missing(cell) else as_day(cell)
            if day is not None:
                cells[row] = day
            elif is_missing(cell):
                empty.append(row)
            else:
                first = first or str(cell)
                wrong.append(row)
        if wrong:
            found.append(Finding("risk_table.not_day", table, name, tuple(wrong), first))
        if empty and name in required:
            found.append(Finding("risk_table.cell_missing", table, name, tuple(empty)))
    return days, found
