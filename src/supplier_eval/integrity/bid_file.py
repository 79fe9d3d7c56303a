"""A file of bids as a table: text cells become prices where prices are asked for, everything else stays text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.files import Limits, read_table
from supplier_eval.intake.numbers import parse_number
from supplier_eval.integrity.bid_columns import ARGUMENTS, TABLE, find_columns
from supplier_eval.integrity.bid_table import BidTable, read_bids

if TYPE_CHECKING:
    import pandas as pd

MONEY = ("price", "reserve", "minimum")
MARKS: Mapping[str, tuple[str, ...]] = {"decimal": (".", ","), "thousands": ("", ",", ".", " ", "'")}
MARKET = Limits(file_bytes=512 * 2**20, unpacked_bytes=1024 * 2**20, rows=3_000_000, cells=60_000_000)


def read_bid_table(
    path: str | Path, columns: Mapping[str, str] | None = None, *, decimal: str = ".", thousands: str = ""
) -> BidTable:
    """Read a file of bids and check it; findings and `BidTable.row` name rows as a spreadsheet shows them.

    Parameters and errors are those of `read_bid_file` and `read_bids` together.

    Returns
    -------
    BidTable
    """
    frame = read_bid_file(path, columns, decimal=decimal, thousands=thousands)
    numbers = frame.index.to_numpy()

    def in_file(finding: Finding) -> Finding:
        return replace(finding, table=Path(path).name, rows=tuple(int(numbers[row - 1]) for row in finding.rows))

    try:
        table = read_bids(frame, columns)
    except InvalidInput as refused:
        raise InvalidInput([in_file(finding) for finding in refused.findings], str(path)) from None
    warnings = tuple(in_file(finding) for finding in table.warnings)
    return replace(table, row=numbers[table.row - 1].astype(np.int64), warnings=warnings)


def read_bid_file(
    path: str | Path, columns: Mapping[str, str] | None = None, *, decimal: str = ".", thousands: str = ""
) -> pd.DataFrame:
    """Read a table of bids from .csv, .tsv, .txt, .xlsx or .parquet for `read_bids`.

    Parameters
    ----------
    path : str or Path
        One file; up to three million bids and 512 MB.
    columns : mapping, optional
        Field → column, as in `read_bids`; ``date`` may be three columns, ``"year+month+day"``.
    decimal, thousands : str
        Marks in prices that are written as text: ``.`` or ``,``, and nothing, ``,``, ``.``, a space or ``'``. Nothing
        is guessed: ``1,000`` is no number unless the comma is declared.

    Returns
    -------
    DataFrame
        All columns as text, but for prices, reserve prices and lowest prices, which are numbers; a cell that is none
        stays text and is refused by `read_bids` with its row. The index is the row in the file (the header is row 1).

    Raises
    ------
    InvalidInput
        If the file cannot be read, with every finding.
    """
    import pandas as pd

    _asked_marks(decimal, thousands)
    raw, findings = read_table(path, TABLE, limits=MARKET)
    errors = [finding for finding in findings if finding.severity == "error"]
    if raw is None or errors:
        raise InvalidInput(findings, str(path))
    frame = pd.DataFrame(list(raw.rows), columns=list(raw.columns), index=list(raw.row_numbers), dtype=object)
    joined = (columns or {}).get("date", "")
    parts = [part.strip().casefold() for part in str(joined).split("+")]
    if len(parts) == 3 and joined not in frame.columns and all(part in frame.columns for part in parts):
        year, month, day = (frame[part].astype(str).str.strip() for part in parts)
        frame[joined] = year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    found, _ = find_columns(frame, columns)
    for field in MONEY:
        if field in found:
            at = found[field]
            frame[frame.columns[at]] = _numbers(frame.iloc[:, at], decimal, thousands)
    return frame


def _asked_marks(decimal: object, thousands: object) -> None:
    given = {"decimal": decimal, "thousands": thousands}
    facts = {name: "  ".join(repr(mark) for mark in known) for name, known in MARKS.items()}
    found = [
        Finding("bid_file.marks", ARGUMENTS, name, value=repr(mark), facts={"known": facts[name]})
        for name, mark in given.items()
        if mark not in MARKS[name] or (name == "thousands" and mark == decimal)
    ]
    if found:
        raise InvalidInput(found, ARGUMENTS)


def _numbers(cells: pd.Series[str], decimal: str, thousands: str) -> pd.Series[float]:
    """Cells as numbers where all can be read; else the unreadable ones as they stand."""
    import pandas as pd

    different = {(type(cell), cell): _number(cell, decimal, thousands) for cell in cells}
    values = [different[type(cell), cell] for cell in cells]
    if any(isinstance(value, str) for value in different.values()):
        return pd.Series(values, index=cells.index, dtype=object)
    return pd.Series(values, index=cells.index, dtype=np.float64)


def _number(cell: str, decimal: str, thousands: str) -> float | str:
    if not cell.strip():
        return np.nan
    read = parse_number(cell, decimal, thousands)
    return float(read) if isinstance(read, Decimal) else cell
