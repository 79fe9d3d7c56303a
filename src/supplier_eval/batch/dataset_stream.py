"""One input as a stream of rows with their sheet rows and the digests of their tenders."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.batch.aside import digest_of
from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_text import TextTable, judge_text
from supplier_eval.batch.files import (
    ArrowError,
    Footer,
    Records,
    all_blank,
    csv_rows,
    parquet_footer,
    parquet_rows,
    series_of,
)
from supplier_eval.batch.manifest import Written
from supplier_eval.batch.seen_tenders import BLANK, Digests, tender_digests
from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError

Numbers = npt.NDArray[np.int64]
HEADER_ROWS = 1


@dataclass(frozen=True)
class Piece:
    """Some rows of a file.

    Parameters
    ----------
    rows : Records
        As read.
    numbers : ndarray of int
        Their sheet rows; the header is row 1.
    digests : ndarray of uint64
        Of their tenders, `BLANK` where no tender is named.
    """

    rows: Records
    numbers: Numbers
    digests: Digests

    def __len__(self) -> int:
        return len(self.numbers)

    def cut(self, start: int, stop: int | None = None) -> Piece:
        """The rows from `start` to before `stop`."""
        return Piece(
            self.rows.slice(start, None if stop is None else stop - start),
            self.numbers[start:stop],
            self.digests[start:stop],
        )


@dataclass(frozen=True)
class OddRow:
    """A record with too few or too many cells.

    Parameters
    ----------
    number : int
        Sheet row.
    cells, expected : int
        How many there are, and how many the header has.
    text : str
        As written.
    digest : uint64 or None
        Of the tender, where the cell that names it cannot have moved (it is the first); None where it is not sure.
    """

    number: int
    cells: int
    expected: int
    text: str
    digest: np.uint64 | None

    @property
    def finding_code(self) -> str:
        """What is wrong with it."""
        return "batch.row.too_few_cells" if self.cells < self.expected else "batch.row.too_many_cells"


@dataclass(frozen=True)
class Window:
    """Part of a Parquet file.

    Parameters
    ----------
    groups : tuple of int
        Row groups that are read.
    before : int
        Rows of the file before the first of them.
    start, stop : int
        Rows of the file that are taken, counted from 0, the last one not included.
    """

    groups: tuple[int, ...]
    before: int
    start: int
    stop: int


@dataclass
class Stream:
    """An input that was judged and can be read from its beginning, as often as one likes.

    Parameters
    ----------
    file : InputFile
        What is read.
    identity : Written
        Its size and SHA-256.
    columns : tuple of str
        Names of its columns.
    text : TextTable or None
        How a CSV file is read.
    footer : Footer or None
        What a Parquet file says of itself.
    odd : list of OddRow
        Records that did not fit, as reading goes on; whoever reads takes them out.
    read_bytes : int
        Bytes of a CSV text that were read so far.
    window : Window or None
        The part of a Parquet file that is meant; None for the whole.
    """

    file: InputFile
    identity: Written
    columns: tuple[str, ...]
    text: TextTable | None = None
    footer: Footer | None = None
    odd: list[OddRow] = field(default_factory=list)
    read_bytes: int = 0
    window: Window | None = None

    @property
    def marked(self) -> bool:
        """Whether a CSV text that is written from it begins with a byte-order mark."""
        return self.text is not None and self.text.marked

    def pieces(self, tender: str, batch_rows: int, only: Sequence[str] | None = None) -> Iterator[Piece]:
        """Read the rows in pieces of at most `batch_rows`.

        Parameters
        ----------
        tender : str
            Column that names the tender.
        batch_rows : int
            Records of a piece at most.
        only : sequence of str, optional
            Columns of a Parquet file that are needed; a CSV file is read whole.

        Raises
        ------
        FileRefusedError
            If the file cannot be read to its end.
        """
        if self.text is not None:
            yield from self._csv_pieces(self.text, tender, batch_rows)
            return
        window = self.window
        done, groups = (0, None) if window is None else (window.before, window.groups)
        for rows in parquet_rows(self.file.path, self.file.name, batch_rows, only, groups):
            n = rows.num_rows
            low, high = (0, n) if window is None else (max(window.start - done, 0), min(window.stop - done, n))
            if low < high:
                taken = rows.slice(low, high - low)
                numbers = np.arange(done + low, done + high, dtype=np.int64) + HEADER_ROWS + 1
                yield Piece(taken, numbers, tender_digests(series_of(taken, tender)))
            done += n

    @property
    def stated(self) -> int | None:
        """How many rows the file states; None for a CSV file, which states none."""
        if self.window is not None:
            return self.window.stop - self.window.start
        return None if self.footer is None else self.footer.rows

    def _csv_pieces(self, table: TextTable, tender: str, batch_rows: int) -> Iterator[Piece]:
        at = table.columns.index(tender)
        skipped: list[int] = []

        def note(number: int, cells: int, text: str) -> None:
            skipped.append(number)
            digest = _digest_of(text, table.separator) if at == 0 else None
            self.odd.append(OddRow(number + HEADER_ROWS, cells, len(table.columns), text, digest))

        done = passed = 0
        with table.body() as body:
            try:
                for whole in csv_rows(body, table.columns, table.separator, note):
                    index = np.arange(done, done + whole.num_rows, dtype=np.int64)
                    before = np.array(skipped, dtype=np.int64) - 1 - passed - np.arange(len(skipped))
                    behind = np.searchsorted(before, index, side="right")
                    numbers = index + passed + behind + 1 + HEADER_ROWS
                    passed += int(behind[-1]) if len(behind) else 0
                    del skipped[: int(behind[-1]) if len(behind) else 0]
                    done += whole.num_rows
                    self.read_bytes = body.read_bytes
                    yield from self._kept(whole, numbers, tender, batch_rows)
            except OSError as error:
                raise _unreadable(self.file, error) from None
            except ArrowError as error:
                reason = str(error).removeprefix("CSV parse error: ")[:200]
                raise FileRefusedError(Finding("batch.file.csv", self.file.name, facts={"reason": reason})) from None

    def _kept(self, rows: Records, numbers: Numbers, tender: str, batch_rows: int) -> Iterator[Piece]:
        """Without blank rows and without columns that have neither a name nor a cell."""
        assert self.text is not None
        digests = tender_digests(series_of(rows, tender))
        maybe = np.flatnonzero(digests == BLANK)
        if len(maybe):
            blank = maybe[all_blank(rows.take(maybe), rows.column_names)]
            kept = np.setdiff1d(np.arange(rows.num_rows), blank)
            rows, numbers, digests = rows.take(kept), numbers[kept], digests[kept]
        if self.text.unnamed:
            for name in self.text.unnamed:
                full = ~all_blank(rows, [name])
                if full.any():
                    row, letter = int(numbers[int(full.argmax())]), name.removeprefix("unnamed ")
                    raise FileRefusedError(Finding("files.header.unnamed", self.file.name, letter, (row,)))
            rows = rows.drop_columns(list(self.text.unnamed))
        piece = Piece(rows, numbers, digests)
        for start in range(0, len(piece), batch_rows):
            yield piece.cut(start, start + batch_rows)


def open_stream(file: InputFile) -> Stream:
    """Judge an input: what it is, its size and SHA-256, its columns.

    Raises
    ------
    FileRefusedError
        If it cannot be read, or has no rows.
    """
    try:
        if file.kind == "csv":
            table = judge_text(file.path, file.name)
            columns = tuple(name for name in table.columns if name not in table.unnamed)
            stream = Stream(file, Written(file.name, table.bytes, table.sha256), columns, text=table)
            with table.body() as body:
                empty = not body.read(1)
        else:
            footer = parquet_footer(file.path, file.name)
            stream = Stream(file, Written(file.name, *digest_of(file.path)), footer.columns, footer=footer)
            empty = not footer.rows
    except OSError as error:
        raise _unreadable(file, error) from None
    if empty:
        raise FileRefusedError(Finding("batch.file.no_rows", file.name, value=file.path.name))
    return stream


def is_unchanged(path: Path, identity: Written) -> bool:
    """Whether a file is still what was read of it."""
    try:
        return path.stat().st_size == identity.bytes and digest_of(path)[1] == identity.sha256
    except OSError:
        return False


def _unreadable(file: InputFile, error: OSError) -> FileRefusedError:
    facts = {"reason": error.strerror or str(error)}
    return FileRefusedError(Finding("files.unreadable", file.name, value=file.path.name, facts=facts))


def _digest_of(text: str, separator: str) -> np.uint64 | None:
    """Digest of the first cell of a record."""
    try:
        cells = next(csv.reader([text], delimiter=separator), [""])
    except csv.Error:
        return None
    found = tender_digests(pd.Series(cells[:1], dtype=object))[0]
    return None if found == BLANK else found
