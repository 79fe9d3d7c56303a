"""The door for streams of rows: Parquet and CSV read in pieces and written in pieces, through pyarrow.

Records stay as they were read until they are written: what is not scored passes through untouched. What is written
depends on nothing but the rows: row groups have a fixed size whatever the pieces were, and no file holds a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as pt
from pyarrow import csv

from supplier_eval.errors import Finding
from supplier_eval.intake.raw_table import FileRefusedError

if TYPE_CHECKING:
    from supplier_eval.batch.aside import AsideFile

Records: TypeAlias = pa.Table
Whole = npt.NDArray[np.int64]
GROUP_ROWS = 65_536
BLOCK_BYTES = 1 << 20
TYPES: dict[str, Any] = {"float": pa.float64(), "whole": pa.int64(), "text": pa.string(), "yes_no": pa.bool_()}
MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Footer:
    """What a Parquet file says of itself: columns, rows, rows of each row group."""

    columns: tuple[str, ...]
    rows: int
    groups: tuple[int, ...]


def parquet_footer(path: Path, name: str) -> Footer:
    """Read the footer of a Parquet file.

    Raises
    ------
    FileRefusedError
        If the file is damaged or cut off.
    """
    try:
        with pq.ParquetFile(path) as file:
            groups = tuple(file.metadata.row_group(i).num_rows for i in range(file.num_row_groups))
            return Footer(tuple(file.schema_arrow.names), file.metadata.num_rows, groups)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _damaged(path, name, error) from None


def column_bounds(path: Path, column: str) -> list[tuple[Any, Any] | None]:
    """Least and greatest value of a column in each row group, as the file states them; None where it does not."""
    bounds: list[tuple[Any, Any] | None] = []
    with pq.ParquetFile(path) as file:
        for i in range(file.num_row_groups):
            group = file.metadata.row_group(i)
            leaves = (group.column(leaf) for leaf in range(group.num_columns))  # a nested column has several
            stated = next((leaf.statistics for leaf in leaves if leaf.path_in_schema == column), None)
            if stated is None or not stated.has_min_max or stated.null_count != 0:
                bounds.append(None)
            else:
                bounds.append((stated.min, stated.max))
    return bounds


def parquet_rows(
    path: Path, name: str, batch_rows: int, columns: Sequence[str] | None = None, groups: Sequence[int] | None = None
) -> Iterator[Records]:
    """Read a Parquet file in pieces of at most `batch_rows` rows.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name that findings carry.
    batch_rows : int
        Records of a piece.
    columns, groups : sequence, optional
        These columns, these row groups only.

    Raises
    ------
    FileRefusedError
        If the file is damaged, wherever that shows.
    """
    try:
        with pq.ParquetFile(path, buffer_size=BLOCK_BYTES) as file:
            wanted = None if columns is None else list(columns)
            for run in _runs(file.metadata, range(file.num_row_groups) if groups is None else groups, batch_rows):
                for batch in file.iter_batches(batch_rows, row_groups=run, columns=wanted, use_threads=False):
                    yield _plain(pa.Table.from_batches([batch]))
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        raise _damaged(path, name, error) from None


def _runs(footer: pq.FileMetaData, groups: Iterable[int], least: int) -> Iterator[list[int]]:
    """Row groups that are read in one go: one reader keeps memory for every group that it has read."""
    run: list[int] = []
    rows = 0
    for group in groups:
        run.append(group)
        rows += footer.row_group(group).num_rows
        if rows >= least:
            yield run
            run, rows = [], 0
    if run:
        yield run


def csv_rows(
    body: Any,  # noqa: ANN401 - anything with read(n)
    columns: Sequence[str],
    separator: str,
    odd: Callable[[int, int, str], None],
) -> Iterator[Records]:
    """Read the records of a CSV text in pieces; every cell is text, an empty one is ``""``.

    Parameters
    ----------
    body : file of bytes
        UTF-8 without header.
    columns, separator : sequence of str, str
        Names of the columns, and what stands between cells.
    odd : callable
        Told of each record with another number of cells: its number (the first after the header is 1), how many
        cells, its text. Such records are left out.

    Raises
    ------
    pyarrow.ArrowInvalid
        If the text is no table.
    """

    def note(row: csv.InvalidRow) -> Literal["skip"]:
        odd(cast("int", row.number), row.actual_columns, row.text)
        return "skip"

    reader = csv.open_csv(
        body,
        read_options=csv.ReadOptions(column_names=list(columns), use_threads=False, block_size=BLOCK_BYTES),
        parse_options=csv.ParseOptions(
            delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=note
        ),
        convert_options=csv.ConvertOptions(
            column_types={name: pa.string() for name in columns}, strings_can_be_null=False, check_utf8=False
        ),
    )
    for batch in reader:
        yield pa.Table.from_batches([batch])


ArrowError = pa.ArrowException


def joined(parts: Sequence[Records]) -> Records:
    """Pieces of one file below each other."""
    return parts[0] if len(parts) == 1 else pa.concat_tables(parts)


def all_blank(rows: Records, columns: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Records in which every one of these text columns is empty or spaces."""
    blank = np.ones(rows.num_rows, dtype=bool)
    for name in columns:
        lengths = pc.utf8_length(pc.utf8_trim_whitespace(rows.column(name)))
        blank &= np.asarray(lengths) == 0
        if not blank.any():
            break
    return blank


def series_of(rows: Records, column: str) -> pd.Series:
    """One column as a Series; whole numbers with gaps stay whole."""
    cells = rows.column(column)
    if pt.is_integer(cells.type) and cells.null_count:
        return cells.cast(pa.int64()).to_pandas(types_mapper=lambda _: pd.Int64Dtype())
    return cells.to_pandas()


def frame_of(rows: Records, columns: Sequence[str]) -> pd.DataFrame:
    """Some columns as a DataFrame; whole numbers with gaps stay whole."""
    return pd.DataFrame({name: series_of(rows, name) for name in columns}, columns=list(columns))


def with_results(rows: Records, frame: pd.DataFrame, kinds: Mapping[str, str]) -> Records:
    """Put result columns beside the rows.

    Parameters
    ----------
    rows : Records
        As read.
    frame : DataFrame
        One row for each, in the same order.
    kinds : dict of str to str
        Result column → ``"float"``, ``"whole"``, ``"text"`` or ``"yes_no"``. A column of `rows` with that name is
        replaced.
    """
    rows = rows.drop_columns([name for name in kinds if name in rows.column_names])
    for name, kind in kinds.items():
        rows = rows.append_column(name, _array(frame[name], TYPES[kind]))
    return rows


def _array(series: pd.Series, kind: Any) -> Any:  # noqa: ANN401 - an Arrow type, an Arrow array
    if isinstance(series.dtype, pd.CategoricalDtype):
        return pa.array(series).cast(kind)
    return pa.Array.from_pandas(series, type=kind)


def without_cells(columns: Sequence[str], n: int) -> Records:
    """Records of text columns in which nothing stands."""
    return pa.table({name: pa.nulls(n, pa.string()) for name in columns})


def in_order(rows: Records, column: str) -> Records:
    """Records sorted by a column of whole numbers."""
    return rows.take(pc.sort_indices(rows, sort_keys=[(column, "ascending")]))


class RecordsWriter:
    """Writes rows to a file that is written aside.

    Parameters
    ----------
    aside, kind : AsideFile, {"csv", "parquet"}
        Where the bytes go, and their format.
    marked : bool
        Whether a CSV text begins with a byte-order mark, which Excel needs to show Chinese.
    """

    def __init__(self, aside: AsideFile, kind: str, marked: bool = False) -> None:
        self.aside, self.kind, self.marked = aside, kind, marked
        self._writer: Any = None
        self._held: list[Records] = []
        self._n = 0

    def write(self, rows: Records) -> None:
        """Take rows; they reach the file in groups of a fixed size."""
        rows = rows.replace_schema_metadata(None)
        if self._writer is None:
            nested = [f.name for f in rows.schema if pt.is_nested(f.type) or pt.is_binary(f.type)]
            if nested and self.kind == "csv":
                raise FileRefusedError(Finding("batch.file.no_csv", self.aside.final.name, nested[0], value=nested[0]))
            self._writer = self._open(rows.schema)
        self._held.append(rows)
        self._n += rows.num_rows
        if self._n >= GROUP_ROWS:
            whole = joined(self._held)
            at = 0
            while whole.num_rows - at >= GROUP_ROWS:
                self._put(whole.slice(at, GROUP_ROWS))
                at += GROUP_ROWS
            self._held, self._n = [whole.slice(at)], whole.num_rows - at

    def close(self) -> None:
        """Write the last group and the end of the file."""
        if self._n:
            self._put(joined(self._held))
        self._held, self._n = [], 0
        if self._writer is not None:
            self._writer.close()

    def _open(self, schema: pa.Schema) -> Any:  # noqa: ANN401 - one of two writers
        sink: Any = pa.PythonFile(cast("Any", self.aside), mode="w")
        if self.kind == "parquet":
            return pq.ParquetWriter(sink, schema, compression="snappy", version="2.6")
        if self.marked:
            self.aside.write(MARK)
        return csv.CSVWriter(sink, schema, write_options=csv.WriteOptions(batch_size=GROUP_ROWS))

    def _put(self, rows: Records) -> None:
        rows = rows.combine_chunks()
        if self.kind == "parquet":
            self._writer.write_table(rows, row_group_size=GROUP_ROWS)
        else:
            self._writer.write_table(rows)


def _plain(rows: Records) -> Records:
    """Dictionaries as the values that they stand for."""
    for i, field in enumerate(rows.schema):
        if pt.is_dictionary(field.type):
            kind = field.type.value_type
            rows = rows.set_column(i, pa.field(field.name, kind), rows.column(i).cast(kind))
    return rows


def _damaged(path: Path, name: str, error: Exception) -> FileRefusedError:
    return FileRefusedError(Finding("files.parquet.damaged", name, value=path.name, facts={"reason": str(error)[:200]}))
