"""Delimited text as Excel writes it, in China too: comma, semicolon or tab, any line end, ``sep=`` lines."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import islice

from supplier_eval.errors import Finding
from supplier_eval.intake.encoding import decode
from supplier_eval.intake.raw_table import FileRefusedError, Limits, RawTable, TableBuilder

SEPARATORS = (",", ";", "\t")
FULL_WIDTH = "，；、"
SNIFFED_RECORDS = 50
MOST_SEPARATORS = 100_000
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
SEP_LINE = re.compile(r"sep=([^\r\n]*)(?:\r\n|\n|\r|$)", re.IGNORECASE)
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def read_csv_text(
    data: bytes, name: str, source: str, encoding: str | None, limits: Limits
) -> tuple[RawTable | None, list[Finding]]:
    """Read delimited text into a table of text cells.

    Parameters
    ----------
    data : bytes
        The whole file.
    name, source : str
        As in `RawTable`.
    encoding : str or None
        Declared encoding; None follows the rule of `supplier_eval.intake.encoding`.
    limits : Limits
        What is refused as too large.

    Returns
    -------
    tuple of (RawTable or None, list of Finding)
        Rows with an error finding are not in the table.

    Notes
    -----
    One record is one sheet row, however many line ends stand inside its quotes; blank lines count as rows.
    """
    try:
        text, used, found = decode(data, name, encoding)
        if not text.strip():
            return None, [*found, Finding("files.empty", name)]
        separator, start = separator_of(text, name)
        builder = TableBuilder(name, source, limits, encoding=used)
        _fill(builder, text[start:], separator)
    except FileRefusedError as refusal:
        return None, [refusal.finding]
    table, shape = builder.finish()
    return table, found + shape


def _fill(builder: TableBuilder, text: str, separator: str) -> None:
    """Hand every record to the builder with its sheet row."""
    number = 0
    lines = _Lines(text, separator)
    try:
        for number, cells in enumerate(_records(lines), start=1):
            lines.pending = 0
            builder.add(number, cells)
    except _CrowdedError:
        raise builder.refuse("files.limits.columns", row=number + 1, limit=builder.limits.columns) from None
    except csv.Error as error:
        if "field larger" in str(error):
            raise builder.refuse("files.cells.too_long", row=number + 1, limit=builder.limits.cell_chars) from None
        raise builder.refuse("files.csv.quotes", row=number + 1) from None


class _CrowdedError(csv.Error):
    """One record has more separators than any table."""


class _Lines:
    """Lines of a text, counting the separators since the last record ended; `csv` has no such bound."""

    def __init__(self, text: str, separator: str) -> None:
        self.text, self.separator, self.pending = text, separator, 0

    def __iter__(self) -> Iterator[str]:
        for match in LINE.finditer(self.text):
            line = match.group()
            self.pending += line.count(self.separator)
            if self.pending > MOST_SEPARATORS:
                raise _CrowdedError
            yield line


def _records(lines: _Lines) -> Iterator[list[str]]:
    """Records of the text; quotes that do not close or close too early raise ``csv.Error``."""
    return csv.reader(lines, delimiter=lines.separator, strict=True)


def separator_of(text: str, name: str) -> tuple[str, int]:
    """Tell what stands between cells, and how many characters a ``sep=`` line takes.

    Parameters
    ----------
    text : str
        The whole text, or a first part that holds at least the header.
    name : str
        Name that findings carry.

    Raises
    ------
    FileRefusedError
        If a ``sep=`` line names none of comma, semicolon and tab, or it cannot be told which of them is meant.
    """
    said = SEP_LINE.match(text)
    if said:
        separator = said.group(1)
        if separator not in SEPARATORS:
            raise FileRefusedError(Finding("files.csv.sep_line", name, value=separator))
        return separator, said.end()
    header = _outside_quotes(text)
    present = [separator for separator in SEPARATORS if separator in header]
    if len(present) > 1:
        fitting = [separator for separator in present if _fits(text, separator)]
        if len(fitting) != 1:
            facts = {"found": ", ".join(NAMES[separator] for separator in present)}
            raise FileRefusedError(Finding("files.csv.separator", name, rows=(1,), facts=facts))
        present = fitting
    if not present and any(mark in header for mark in FULL_WIDTH):
        raise FileRefusedError(Finding("files.csv.fullwidth_separator", name, rows=(1,), value=header))
    return (present[0] if present else ","), 0


def _outside_quotes(text: str) -> str:
    """The header record without what stands in quotes; at most the first 100,000 characters."""
    kept: list[str] = []
    for i, part in enumerate(text[:100_000].split('"')):
        if i % 2:
            continue
        line = re.split(r"[\r\n]", part, maxsplit=1)
        kept.append(line[0])
        if len(line) > 1:
            break
    return "".join(kept)


def _fits(text: str, separator: str) -> bool:
    """Whether the first records all have as many cells as the header with this separator."""
    try:
        widths = [len(record) for record in islice(_records(_Lines(text, separator)), SNIFFED_RECORDS) if record]
    except csv.Error:
        return False
    return len(set(widths)) == 1
