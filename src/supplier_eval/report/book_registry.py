"""Records of the registry as a workbook, one sheet a kind, that `registry import` reads back as they were.

Every cell is a text or a plain figure, none a formula: a text goes in with the apostrophe that keeps spreadsheets from
running it. A figure that fifteen digits do not hold stands as text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.registry.catalogue import kind_named, kinds
from supplier_eval.registry.cell_text import CellColumn, cell_columns, cell_of
from supplier_eval.report.grid import Book, Cell, Sheet
from supplier_eval.report.workbook import LONGEST_TEXT, write_book

if TYPE_CHECKING:
    from supplier_eval.registry.record import Record, Stored
    from supplier_eval.registry.store import Registry

MOST_ROWS = 500_000
"""Rows of one sheet that are read back (`supplier_eval.intake.files`)."""
MOST_DIGITS = 15
WIDTH = 18.0


def write_records(registry: Registry, path: str | Path, of_kinds: Collection[str] = ()) -> Path:
    """Write the records of a store as an .xlsx workbook; kinds without a record are left out.

    Parameters
    ----------
    registry : Registry
        Open.
    path : str or Path
        A file that ends in ``.xlsx``.
    of_kinds : collection of str
        Only these kinds; all without.

    Returns
    -------
    Path
        The file that was written. States, versions, audit and contents are not in it: `export_folder` writes those.

    Raises
    ------
    UnknownName
        For a kind that there is not.
    InvalidInput
        With every text that is too long for a cell, and every kind that is too large for a sheet.
    """
    target = Path(path)
    wanted = [kind_named(kind).kind for kind in of_kinds] or list(kinds())
    found: list[Finding] = []
    sheets = []
    with registry.reading() as reading:
        for kind in wanted:
            sheet = _sheet(kinds()[kind], reading.every(kind), found)
            if len(sheet.cells) > len(cell_columns(kinds()[kind])) or of_kinds:
                sheets.append(sheet)
    if found:
        raise InvalidInput(found, str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    write_book(Book(sheets or [Sheet("registry")], {}), target)
    return target


def _sheet(declared: type[Record], records: Iterator[Stored], found: list[Finding]) -> Sheet:
    columns = cell_columns(declared)
    sheet = Sheet(declared.kind, frozen=(1, 1), widths=dict.fromkeys(range(len(columns)), WIDTH))
    for place, column in enumerate(columns):
        sheet.cells[0, place] = Cell(column.name, style="head")
    for row, one in enumerate(records, start=1):
        if row > MOST_ROWS:
            facts = {"limit": f"{MOST_ROWS:,}"}
            found.append(Finding("registry.export.too_many_for_sheet", declared.kind, facts=facts))
            break
        for place, column in enumerate(columns):
            value = getattr(one.record, column.name)
            shown = _shown(column, value)
            if isinstance(shown, str) and len(shown) > LONGEST_TEXT:
                facts = {"limit": f"{LONGEST_TEXT:,}", "id": one.id}
                code = "registry.export.too_long_for_sheet"
                found.append(Finding(code, declared.kind, column.name, (row + 1,), one.id, facts))
            elif shown != "":
                sheet.cells[row, place] = Cell(shown, style="line")
    return sheet


def _shown(column: CellColumn, value: Any) -> str | float:  # noqa: ANN401 - any field
    """A figure as a figure where that is exact, everything else as the text of its cell."""
    exact = isinstance(value, Decimal | int) and not isinstance(value, bool)
    if exact and len(str(value).lstrip("-").replace(".", "").lstrip("0")) <= MOST_DIGITS:
        return float(value)
    return cell_of(column, value)
