"""Tables of a command as CSV that a spreadsheet can open without running anything, and the next command can read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    import pandas as pd


def refuse_live_ids(frame: pd.DataFrame, column: str, table: str) -> None:
    """Refuse ids that a spreadsheet would run: with an apostrophe they would be other ids to who reads the file.

    Parameters
    ----------
    frame : DataFrame
        A table to be written.
    column : str
        Its ids.
    table : str
        What the finding names.

    Raises
    ------
    InvalidInput
        With every such id.
    """
    from supplier_eval.registry.cell_text import LIVE

    found = [Finding("csv.live_id", table, column, value=one) for one in frame[column].astype(str) if LIVE.match(one)]
    if found:
        raise InvalidInput(found, table)


def write_csv(frame: pd.DataFrame, path: Path) -> Path:
    """Write a table in UTF-8; a text that a spreadsheet would run gets an apostrophe in front, a figure never."""
    from supplier_eval.registry.cell_text import LIVE

    def inert(cell: object) -> object:
        return f"'{cell}" if isinstance(cell, str) and LIVE.match(cell) else cell

    frame.map(inert).to_csv(path, index=False, encoding="utf-8", lineterminator="\n")
    return path
