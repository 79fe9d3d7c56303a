"""A file of bids as a table: text cells become prices where prices are asked for, everything else stays text."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import InvalidInput
from supplier_eval.intake.files import Limits, read_table
from supplier_eval.intake.numbers import parse_number
from supplier_eval.integrity.bid_columns import TABLE, find_columns

if TYPE_CHECKING:
    import pandas as pd

MONEY = ("price", "reserve", "minimum")
MARKET = Limits(file_bytes=512 * 2**20, unpacked_bytes=1024 * 2**20, rows=3_000_000, cells=60_000_000)


def read_bid_file(path: str | Path, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Read a table of bids from .csv, .tsv, .txt, .xlsx or .parquet for `read_bids`.

    Parameters
    ----------
    path : str or Path
        One file; up to three million bids and 512 MB.
    columns : mapping, optional
        Field → column, as in `read_bids`; ``date`` may be three columns, ``"year+month+day"``.

    Returns
    -------
    DataFrame
        All columns as text, but for prices, reserve prices and lowest prices, which are numbers; a cell that is none
        stays text and is refused by `read_bids` with its row.

    Raises
    ------
    InvalidInput
        If the file cannot be read, with every finding.
    """
    import pandas as pd

    raw, findings = read_table(path, TABLE, limits=MARKET)
    errors = [finding for finding in findings if finding.severity == "error"]
    if raw is None or errors:
        raise InvalidInput(findings, str(path))
    frame = pd.DataFrame(list(raw.rows), columns=list(raw.columns), dtype=object)
    joined = (columns or {}).get("date", "")
    parts = [part.strip().casefold() for part in str(joined).split("+")]
    if len(parts) == 3 and joined not in frame.columns and all(part in frame.columns for part in parts):
        year, month, day = (frame[part].astype(str).str.strip() for part in parts)
        frame[joined] = year + "-" + month.str.zfill(2) + "-" + day.str.zfill(2)
    found, _ = find_columns(frame, columns)
    for field in MONEY:
        if field in found:
            at = found[field]
            frame[frame.columns[at]] = _numbers(frame.iloc[:, at])
    return frame


def _numbers(cells: pd.Series[str]) -> pd.Series[float]:
    """Cells as numbers where all can be read; else the unreadable ones as they stand."""
    import pandas as pd

    different = {cell: _number(cell) for cell in cells.unique().tolist()}
    values = [different[cell] for cell in cells]
    if any(isinstance(value, str) for value in different.values()):
        return pd.Series(values, index=cells.index, dtype=object)
    return pd.Series(values, index=cells.index, dtype=np.float64)


def _number(cell: str) -> float | str:
    if not cell.strip():
        return np.nan
    read = parse_number(cell)
    return float(read) if isinstance(read, Decimal) else cell
