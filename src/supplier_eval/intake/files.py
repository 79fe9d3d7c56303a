"""Reads what users bring (csv, xlsx, parquet, json) under bounds; whatever is wrong is a finding.

Cells stay text (``00123``, ``NA``); `supplier_eval.intake.numbers` reads single cells. What is read, the
limits and every refusal stand in docs/files.md.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from supplier_eval.errors import Finding
from supplier_eval.intake.csv_text import read_csv_text
from supplier_eval.intake.file_kind import READ, TEXT, examine, read_bytes
from supplier_eval.intake.json_text import read_json_text
from supplier_eval.intake.raw_table import FileRefusedError, Limits, RawTable, column_key

__all__ = ["Limits", "RawTable", "read_json", "read_table", "read_workbook"]

TABLES = frozenset(READ - {".json"})
DEFAULT_LIMITS = Limits()


def read_table(
    path: str | os.PathLike[str],
    name: str | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[RawTable | None, list[Finding]]:
    """Read one table from a file: .csv, .tsv, .txt, .xlsx or .parquet.

    Parameters
    ----------
    path : path
        The file; links are followed.
    name : str or None
        Name of the table; None takes the file's name without its ending. In a workbook of several sheets it
        also names the sheet.
    encoding : str or None
        Declared encoding of a text file; None follows the rule in docs/files.md.
    limits : Limits
        What is refused as too large.

    Returns
    -------
    tuple of (RawTable or None, list of Finding)
        The table (None where there is none to speak of) and all findings. A table that comes with an error
        finding is there so that other errors can be found in it; it must not be evaluated. Rows that do not
        fit the header are not in it.
    """
    file = Path(path)
    table = file.stem if name is None else name
    try:
        known = examine(file, table, limits, TABLES)
        if known.ending in TEXT:
            data = read_bytes(known, table, limits)
            return read_csv_text(data, table, str(file), encoding, limits)
    except FileRefusedError as refusal:
        return None, [refusal.finding]
    if known.ending == ".parquet":
        from supplier_eval.intake.parquet import read_parquet

        return read_parquet(file, table, limits)
    from supplier_eval.intake.xlsx import read_sheets

    tables, found = read_sheets(file, table, limits, lambda sheets: _one_sheet(sheets, table))
    only = next(iter(tables.values()), None)
    if only is None and not any(finding.severity == "error" for finding in found):
        found.append(Finding("files.empty", table, value=file.name))
    return only, found


def read_workbook(
    path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS
) -> tuple[dict[str, RawTable], list[Finding]]:
    """Read every sheet of an .xlsx workbook.

    Parameters
    ----------
    path : path
        The workbook.
    limits : Limits
        What is refused as too large.

    Returns
    -------
    tuple of (dict of str to RawTable, list of Finding)
        Sheet name as the workbook shows it → table, in the workbook's order, and all findings. Hidden sheets
        are read and warned of; empty ones are only warned of.
    """
    file = Path(path)
    try:
        examine(file, file.stem, limits, frozenset({".xlsx"}))
    except FileRefusedError as refusal:
        return {}, [refusal.finding]
    from supplier_eval.intake.xlsx import read_sheets

    return read_sheets(file, file.stem, limits)


def read_json(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> tuple[Any, list[Finding]]:
    """Read a JSON document.

    Parameters
    ----------
    path : path
        The file.
    limits : Limits
        Its size, and the count of its values (`cells`).

    Returns
    -------
    tuple of (object or None, list of Finding)
        Whole numbers are int, others Decimal; no document comes with an error finding.
    """
    file = Path(path)
    try:
        known = examine(file, file.stem, limits, frozenset({".json"}))
        return read_json_text(read_bytes(known, file.stem, limits), file.stem, limits)
    except FileRefusedError as refusal:
        return None, [refusal.finding]


def _one_sheet(sheets: list[str], table: str) -> str | Finding:
    """The only sheet, or the one that bears the table's name."""
    named = [sheet for sheet in sheets if column_key(sheet) == column_key(table)]
    if named or len(sheets) == 1:
        return (named or sheets)[0]
    return Finding("files.xlsx.several_sheets", table, facts={"sheets": ", ".join(sheets[:20])})
