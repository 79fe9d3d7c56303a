"""A table as it was written: text cells, column names and the row numbers that the spreadsheet shows.

Every reader (csv, xlsx, parquet) feeds its rows to one `TableBuilder`, so that header, ragged rows, empty
trailing columns and size limits are judged in one place and in one way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from supplier_eval.errors import Finding, UnknownName

PLAIN_NUMBER = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*")
INVISIBLE = {"Cc", "Cf", "Cs"}


@dataclass(frozen=True)
class Limits:
    """How much one file may hold before it is refused.

    Parameters
    ----------
    file_bytes : int
        Size of the file on disk.
    unpacked_bytes : int
        Size of everything inside an .xlsx or .parquet file after unpacking.
    sheets : int
        Worksheets in one workbook.
    rows : int
        Records in one table, without header and blank rows; in a sheet also the last row with a value.
    columns : int
        Columns of one table.
    cells : int
        Records times named columns of one table; values in one JSON document.
    cell_chars : int
        Characters in one cell; 32,767 is what Excel itself can hold.
    """

    file_bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 128 * 1024 * 1024
    sheets: int = 100
    rows: int = 500_000
    columns: int = 1_000
    cells: int = 5_000_000
    cell_chars: int = 32_767

    def __post_init__(self) -> None:
        for name, limit in vars(self).items():
            if limit < 1:
                raise ValueError(f"limit {name} must be at least 1, not {limit}")


@dataclass(frozen=True)
class RawTable:
    """A table of text, nothing interpreted: ``00123`` and ``NA`` stay what they are, an empty cell is ``""``.

    Parameters
    ----------
    name : str
        Name of the table: the sheet, or the file without its ending.
    source : str
        The file it was read from.
    columns : tuple of str
        Column names, see `column_key`; all different, none empty.
    rows : tuple of tuple of str
        One tuple a record, as long as `columns`; cells exactly as written. What the file itself stores as a
        number with decimals is of the str subclass `Figure`.
    row_numbers : tuple of int
        Sheet row of each record, as Excel shows it (the header is row 1).
    encoding : str
        Encoding that the text was read with; empty for files that carry their own.
    """

    name: str
    source: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    encoding: str = ""

    def __len__(self) -> int:
        return len(self.rows)

    def cells(self, column: str) -> tuple[str, ...]:
        """All cells of one column, in file order.

        Raises
        ------
        UnknownName
            When the table has no such column.
        """
        if column not in self.columns:
            raise UnknownName("column", column, self.columns)
        at = self.columns.index(column)
        return tuple(row[at] for row in self.rows)


class FileRefusedError(Exception):
    """Stops one reader; carries the finding that the front hands back instead of a traceback."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(finding.code)


def column_key(name: str) -> str:
    """Column name as it is compared: NFKC, invisible characters dropped, spaces joined, casefolded."""
    text = unicodedata.normalize("NFKC", name)
    spaced = "".join(" " if c in "\n\r\t" else c for c in text)
    shown = "".join(c for c in spaced if unicodedata.category(c) not in INVISIBLE)
    return unicodedata.normalize("NFKC", " ".join(shown.split()).casefold())


def column_letter(index: int) -> str:
    """Letter of a column as the spreadsheet shows it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def filled(cells: Sequence[str]) -> int:
    """How many cells are left when the blank ones at the end are dropped."""
    n = len(cells)
    while n and not cells[n - 1].strip():
        n -= 1
    return n


class TableBuilder:
    """Takes rows one by one, judges header, shape and size, and gives the table with its findings.

    Parameters
    ----------
    name, source, encoding : str
        As in `RawTable`.
    limits : Limits
        What is refused as too large.
    padded : bool
        True where the format does not write empty cells at the end of a row (sheets), so that a short row
        is complete.
    """

    def __init__(self, name: str, source: str, limits: Limits, encoding: str = "", padded: bool = False) -> None:
        self.name, self.source, self.limits = name, source, limits
        self.encoding, self.padded = encoding, padded
        self.columns: tuple[str, ...] | None = None
        self.width = 0
        self._named: list[int] = []
        self._gaps: list[int] = []
        self._rows: list[tuple[str, ...]] = []
        self._numbers: list[int] = []
        self._bad: dict[str, list[int]] = {"too_many_cells": [], "too_few_cells": [], "too_long": []}
        self._unnamed: dict[int, list[int]] = {}
        self._header_findings: list[Finding] = []

    def refuse(self, code: str, column: str = "", row: int = 0, value: str = "", **facts: object) -> FileRefusedError:
        """The error that stops this table."""
        rows = (row,) if row else ()
        return FileRefusedError(Finding(code, self.name, column, rows, value, facts))

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take the row with this sheet number; row 1 is the header, blank rows are passed over."""
        n = filled(cells)
        if n > self.limits.columns:
            raise self.refuse("files.limits.columns", row=number, limit=self.limits.columns)
        if self.columns is None:
            self._header(number, cells[:n])
        elif n:
            self._record(number, cells, n)

    def _header(self, number: int, cells: Sequence[str]) -> None:
        if number != 1 or not cells:
            raise self.refuse("files.header.missing", row=1)
        keys = [column_key(cell) for cell in cells]
        if any(len(cell) > self.limits.cell_chars for cell in cells):
            raise self.refuse("files.cells.too_long", row=1, limit=self.limits.cell_chars)
        named = [i for i, key in enumerate(keys) if key]
        if not named:
            raise self.refuse("files.header.missing", row=1)
        if all(PLAIN_NUMBER.fullmatch(keys[i]) for i in named):
            raise self.refuse("files.header.numbers", row=1, value=cells[0])
        self._named, self.width = named, named[-1] + 1
        self._gaps = [i for i in range(self.width) if not keys[i]]
        self.columns = tuple(keys[i] for i in named)
        for key in dict.fromkeys(self.columns):
            places = [column_letter(i) for i in named if keys[i] == key]
            if len(places) > 1:
                facts = {"places": ", ".join(places)}
                self._header_findings.append(Finding("files.header.duplicate", self.name, key, (1,), key, facts))

    def _record(self, number: int, cells: Sequence[str], n: int) -> None:
        width = self.width
        if n > width:
            self._bad["too_many_cells"].append(number)
            return
        if len(cells) < width:
            if not self.padded:
                self._bad["too_few_cells"].append(number)
                return
            cells = [*cells, *[""] * (width - len(cells))]
        if max(map(len, cells)) > self.limits.cell_chars:
            self._bad["too_long"].append(number)
            return
        if len(self._rows) >= self.limits.rows:
            raise self.refuse("files.limits.rows", row=number, limit=self.limits.rows)
        if (len(self._rows) + 1) * len(self._named) > self.limits.cells:
            raise self.refuse("files.limits.cells", row=number, limit=self.limits.cells)
        if not self._gaps:
            self._rows.append(tuple(cells[:width]))
        else:
            for i in self._gaps:
                if cells[i].strip():
                    self._unnamed.setdefault(i, []).append(number)
            self._rows.append(tuple([cells[i] for i in self._named]))
        self._numbers.append(number)

    def column_name(self, index: int) -> str:
        """Name of the column at this place of the sheet, or its letter where it has none."""
        if self.columns is not None and index in self._named:
            return self.columns[self._named.index(index)]
        return column_letter(index)

    def finish(self) -> tuple[RawTable | None, list[Finding]]:
        """The table (None where the header cannot be used) and everything that is wrong with it."""
        if self.columns is None:
            return None, [Finding("files.header.missing", self.name, rows=(1,))]
        found = list(self._header_findings)
        for i, rows in sorted(self._unnamed.items()):
            found.append(Finding("files.header.unnamed", self.name, column_letter(i), tuple(rows)))
        facts: dict[str, object] = {"expected": self.width, "limit": self.limits.cell_chars}
        for code in ("rows.too_many_cells", "rows.too_few_cells", "cells.too_long"):
            rows = self._bad[code.split(".")[1]]
            if rows:
                found.append(Finding(f"files.{code}", self.name, rows=tuple(rows), facts=facts))
        if self._header_findings:
            return None, found
        rows_read, numbers = tuple(self._rows), tuple(self._numbers)
        return RawTable(self.name, self.source, self.columns, rows_read, numbers, self.encoding), found
