"""CSV files of any size, judged in one pass before a row is scored: encoding, separator, header, quotes, SHA-256.

The rules are those of small tables (docs/files.md): a byte-order mark, else valid UTF-8, else GB18030 where the text
is plausibly Chinese; comma, semicolon or tab; a ``sep=`` line is obeyed.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from supplier_eval.batch.text_bytes import CHUNK, TextBytes
from supplier_eval.errors import Finding
from supplier_eval.intake.csv_text import LINE, separator_of
from supplier_eval.intake.raw_table import FileRefusedError, Limits, TableBuilder, column_letter

HEAD_CHARS = 1 << 20


@dataclass(frozen=True)
class TextTable:
    """What one pass found out about a CSV file.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name that findings carry.
    bytes, sha256 : int, str
        Of the whole file.
    encoding : str
        Codec of the text.
    mark : int
        Bytes of the byte-order mark.
    separator : str
        Between cells.
    columns : tuple of str
        Header as written, without spaces around names; a column without a name is ``unnamed D``.
    unnamed : tuple of str
        Those of them that have no name: their cells must be empty.
    header : int
        Characters before the first record.
    """

    path: Path
    name: str
    bytes: int
    sha256: str
    encoding: str
    mark: int
    separator: str
    columns: tuple[str, ...]
    unnamed: tuple[str, ...]
    header: int

    @property
    def marked(self) -> bool:
        """Whether Excel would need a mark to show what is written from it."""
        return self.mark > 0 or self.encoding != "utf-8"

    def body(self) -> Utf8Body:
        """The records as UTF-8."""
        return Utf8Body(self.path, self.encoding, self.mark, self.header)


class Utf8Body(io.RawIOBase):
    """The text of a file in UTF-8 from a given character on, decoded in pieces."""

    def __init__(self, path: Path, encoding: str, mark: int, skip: int) -> None:
        super().__init__()
        self._stream = path.open("rb")
        self._stream.seek(mark)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._plain = encoding == "utf-8"
        self._left = b""
        self.read_bytes = 0
        while skip:
            data = self._stream.read(CHUNK)
            text = self._decoder.decode(data, final=not data)
            if not data and not text:
                break
            self._left = text[skip:].encode("utf-8")
            skip = max(0, skip - len(text))
        if self._plain:  # the decoder may hold the first bytes of a character that the chunk cut
            self._left += self._decoder.getstate()[0]

    def readable(self) -> bool:
        """It is."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Bytes of the text; fewer than asked for where a piece ends, none at the end."""
        if not self._left:
            self._left = self._next()
        if size < 0:
            return b"".join([self._left, *iter(self._next, b"")])
        out, self._left = self._left[:size], self._left[size:]
        self.read_bytes += len(out)
        return out

    def _next(self) -> bytes:
        while True:
            data = self._stream.read(CHUNK)
            if self._plain or not data:
                return data
            text = self._decoder.decode(data)
            if text:
                return text.encode("utf-8")

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()


def judge_text(path: Path, name: str) -> TextTable:
    """Read a CSV file once from end to end and say how it is to be read.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name that findings carry.

    Raises
    ------
    FileRefusedError
        With the finding that keeps the file from being read: encoding, NUL, header, separator, quotes.
    """
    seen = TextBytes(path, name)
    encoding, mark = seen.encoding()
    head = _head(path, encoding, mark)
    if not head.strip():
        raise FileRefusedError(Finding("files.empty", name))
    separator, start = separator_of(head, name)
    cells, length = _first_record(head[start:], separator, name)
    columns, unnamed = _header(cells, name)
    if seen.quoted:
        _check_quotes(path, name, encoding, mark, start, separator)
    return TextTable(
        path, name, seen.size, seen.sha256, encoding, mark, separator, columns, unnamed, header=start + length
    )


def _head(path: Path, encoding: str, mark: int) -> str:
    """The first characters of the text."""
    with path.open("r", encoding=encoding, newline="") as stream:
        text = stream.read(HEAD_CHARS)
    return text.removeprefix("\ufeff") if mark else text


def _lines(text: str) -> Iterator[str]:
    return (match.group() for match in LINE.finditer(text))


def _first_record(text: str, separator: str, name: str) -> tuple[list[str], int]:
    """Cells of the header, and its length in characters."""
    taken = 0

    def counted() -> Iterator[str]:
        nonlocal taken
        for line in _lines(text):
            taken += len(line)
            yield line

    try:
        cells = next(csv.reader(counted(), delimiter=separator, strict=True), [])
    except csv.Error:
        raise FileRefusedError(Finding("files.csv.quotes", name, rows=(1,))) from None
    return cells, taken


def _header(cells: list[str], name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of the columns, and those that the header leaves empty."""
    builder = TableBuilder(name, name, Limits())
    builder.add(1, cells)
    _, found = builder.finish()
    if found:
        raise FileRefusedError(found[0])
    names = [cell.strip() for cell in cells]
    gaps = {i: f"unnamed {column_letter(i)}" for i, cell in enumerate(names) if not cell}
    return tuple(gaps.get(i, cell) for i, cell in enumerate(names)), tuple(gaps.values())


def _check_quotes(path: Path, name: str, encoding: str, mark: int, start: int, separator: str) -> None:
    """Refuse quotes that do not close, or close too early: they would swallow the rows that follow."""
    number = 1
    with path.open("r", encoding=encoding, newline="") as stream:
        stream.read((1 if mark else 0) + start)
        try:
            for _ in csv.reader(stream, delimiter=separator, strict=True):
                number += 1
        except csv.Error as error:
            code = "files.cells.too_long" if "field larger" in str(error) else "files.csv.quotes"
            facts = {"limit": csv.field_size_limit()}
            raise FileRefusedError(Finding(code, name, rows=(number,), facts=facts)) from None
