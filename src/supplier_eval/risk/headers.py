"""Headers of the tables of the risk room: compared as files are, and those that nobody reads named."""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import column_key
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    import pandas as pd

ROWS = "row_numbers"  # attribute of a table that came from a file
NEAR = 0.75  # share of letters in common that makes a header look like a slip of the pen


def header_key(header: object) -> object:
    """A header as it is compared: capitals, widths and spaces apart; what is no text stays as it is."""
    return column_key(header) if isinstance(header, str) else header


def header_keys(given: pd.DataFrame) -> list[object]:
    """The headers of a table as they are compared, in its order."""
    return [header_key(header) for header in given.columns]


def nearest(header: object, names: Iterable[str]) -> str:
    """The name that a header looks like; empty where there is none."""
    near = difflib.get_close_matches(str(header), sorted(names), n=1, cutoff=NEAR)
    return near[0] if near else ""


def unread_columns(table: str, headers: Sequence[object], known: Iterable[str]) -> Iterator[Finding]:
    """Warnings about columns that nobody reads: one for each slip of the pen, one for all others.

    Parameters
    ----------
    table : str
        Name of the table.
    headers : sequence
        From `header_keys`.
    known : iterable of str
        Columns that are read.
    """
    names = {str(header_key(name)): name for name in known}
    odd = [str(header) for header in headers if header not in names]
    absent = [name for name in names if name not in headers]
    near = {header: found for header in odd if (found := nearest(header, absent))}
    for header, name in near.items():
        facts: dict[str, object] = {"near": names[name]}
        yield Finding("risk_table.column_near", table, header, value=header, facts=facts, severity="warning")
    others = [header for header in odd if header not in near]
    if others:
        facts = {"known": Names(sorted(names.values()))}
        yield Finding(
            "risk_folder.column_unread",
            table,
            value=", ".join(others),
            facts=facts | {"names": Names(others)},
            severity="warning",
        )


def warn_of_slips(given: pd.DataFrame, table: str, known: Iterable[str]) -> None:
    """Warn of columns of a table in memory that look like misspelt ones; those of files are warned of by their reader.

    Parameters
    ----------
    given : DataFrame
        The table.
    table : str
        Name that the warning gives it.
    known : iterable of str
        Columns that are read.
    """
    if ROWS in given.attrs:
        return
    for finding in unread_columns(table, header_keys(given), known):
        if finding.code == "risk_table.column_near":
            warnings.warn(str(finding), UserWarning, stacklevel=4)
