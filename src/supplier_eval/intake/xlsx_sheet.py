"""One worksheet, read cell by cell from its XML into a table; nothing beyond the limits is kept."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import Limits, TableBuilder, column_letter
from supplier_eval.intake.xlsx_values import GENERAL, NumberFormat, number_text

REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = {"1", "true"}
WARNINGS = {"files.xlsx.formula"}
MOST_MERGES = 200


@dataclass(frozen=True)
class Book:
    """What the sheets of one workbook share: texts, number formats by style, and how days are counted."""

    strings: list[str]
    formats: list[NumberFormat]
    from_1904: bool


def unescape(text: str) -> str:
    """Text with Excel's own escapes (``_x000D_``) turned back."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


class SheetReader:
    """Takes the events of one sheet and hands its rows to a table builder.

    Parameters
    ----------
    book : Book
        What the sheets share.
    builder : TableBuilder
        Receives every row that holds something.
    limits : Limits
        A value beyond them stops the sheet.

    Notes
    -----
    Cells without value count for nothing, wherever they stand. Order and places of rows and cells are
    checked, so that what is read is what a spreadsheet shows.
    """

    def __init__(self, book: Book, builder: TableBuilder, limits: Limits) -> None:
        self.book, self.builder, self.limits = book, builder, limits
        self.seen_value = False
        self._row = self._column = 0
        self._cells: dict[int, str] = {}
        self._in_cell = self._hidden = self._formula = self._phonetic = False
        self._type, self._style = "n", ""
        self._pieces: list[str] | None = None
        self._length = 0
        self._has_value = False
        self._value: list[str] = []
        self._notes: dict[tuple[str, int], tuple[list[int], str]] = {}
        self._hidden_rows: list[int] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._merges: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif not self._in_cell:
            self._start_other(name, attributes)
        elif name == "v":
            self._pieces = self._value if self._type != "inlineStr" else None
            self._has_value = True
        elif name == "t":
            self._pieces = self._value if self._type == "inlineStr" and not self._phonetic else None
            self._has_value = True
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._phonetic = True

    def end(self, name: str) -> None:
        """End an element."""
        if name in {"v", "t"}:
            self._pieces = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._phonetic = False

    def text(self, piece: str) -> None:
        """Take text of the value that is open; more than a cell may hold is not kept."""
        if self._pieces is not None and self._length <= self.limits.cell_chars:
            self._pieces.append(piece)
            self._length += len(piece)

    def findings(self) -> list[Finding]:
        """What was noted beside the table's own shape, one finding for each code and column."""
        name = self.builder.name
        found = []
        for (code, column), (rows, value) in self._notes.items():
            severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
            where = self.builder.column_name(column)
            found.append(Finding(code, name, where, tuple(rows), value, severity=severity))
        if self._merges:
            merged = tuple(sorted({int(re.sub(r"\D", "", ref.partition(":")[0]) or 0) for ref in self._merges}))
            found.append(Finding("files.xlsx.merged", name, rows=merged, value=", ".join(self._merges[:10])))
        if self._hidden_rows:
            hidden = tuple(self._hidden_rows)
            found.append(Finding("files.xlsx.hidden_rows", name, rows=hidden, severity="warning"))
        for i in range(self.builder.width):
            if any(first <= i + 1 <= last for first, last in self._hidden_columns):
                where = self.builder.column_name(i)
                found.append(Finding("files.xlsx.hidden_column", name, where, severity="warning"))
        return found

    def _start_other(self, name: str, attributes: dict[str, str]) -> None:
        if name == "mergeCell" and len(self._merges) < MOST_MERGES:
            self._merges.append(attributes.get("ref", "")[:30])
        elif name == "col" and attributes.get("hidden") in TRUE and len(self._hidden_columns) < self.limits.columns:
            self._hidden_columns.append((int(attributes.get("min", "0")), int(attributes.get("max", "0"))))

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes["r"]) if "r" in attributes else self._row + 1
        if number <= self._row:
            raise ValueError(f"row {number} stands after row {self._row}")
        self._row, self._column, self._cells = number, 0, {}
        self._hidden = attributes.get("hidden") in TRUE

    def _start_cell(self, attributes: dict[str, str]) -> None:
        column = self._column + 1
        if "r" in attributes:
            place = REFERENCE.fullmatch(attributes["r"])
            if place is None or int(place[2]) != self._row:
                raise ValueError(f"cell {attributes['r'][:20]} stands in row {self._row}")
            at = 0
            for letter in place[1]:
                at = at * 26 + ord(letter) - 64
            if at < column:
                raise ValueError(f"cell {attributes['r']} stands twice or out of order")
            column = at
        self._column, self._in_cell, self._formula, self._has_value = column, True, False, False
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._value, self._length, self._phonetic = [], 0, False

    def _end_cell(self) -> None:
        self._in_cell = False
        column, text = self._column - 1, "".join(self._value)
        if self._formula and not (text or (self._has_value and self._type == "str")):
            self._note("files.xlsx.formula_without_value", column, "")
            return
        if not text:
            return
        text = self._shown(text, column)
        if self._formula:
            self._note("files.xlsx.formula", column, text)
        if not text.strip():
            return
        if column >= self.limits.columns or self._row > self.limits.rows + 1:
            place, most = f"{column_letter(column)}{self._row}", self.limits
            raise self.builder.refuse(
                "files.xlsx.stray_cell", row=self._row, value=place, columns=most.columns, rows=most.rows
            )
        self._cells[column] = text

    def _end_row(self) -> None:
        if not self._cells:
            return
        self.seen_value = True
        if self._hidden:
            self._hidden_rows.append(self._row)
        cells = [""] * (max(self._cells) + 1)
        for column, text in self._cells.items():
            cells[column] = text
        self.builder.add(self._row, cells)

    def _note(self, code: str, column: int, value: str) -> None:
        rows, _ = self._notes.setdefault((code, column), ([], value))
        rows.append(self._row)

    def _shown(self, text: str, column: int) -> str:
        """Text of the open cell by its type."""
        if self._type == "s":
            index = int(text)
            if not 0 <= index < len(self.book.strings):
                raise ValueError(f"no shared text {index}")
            return self.book.strings[index]
        if self._type in {"str", "inlineStr"}:
            return unescape(text)
        if self._type == "b":
            return "yes" if text.strip() in TRUE else "no"
        if self._type == "e":
            self._note("files.xlsx.error_cell", column, text)
            return text
        if self._type == "d":
            return text
        formats, style = self.book.formats, int(self._style or 0)
        shown, code = number_text(text, formats[style] if 0 <= style < len(formats) else GENERAL, self.book.from_1904)
        if code:
            self._note(code, column, shown)
        return shown
