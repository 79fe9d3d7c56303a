"""Parquet files as tables of text, or as typed frames, judged by their footer before any page is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.raw_table import FileRefusedError, Limits, RawTable, TableBuilder

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.parquet as pq

BATCH_ROWS = 4_096


def read_parquet(path: Path, name: str, limits: Limits) -> tuple[RawTable | None, list[Finding]]:
    """Read a parquet file into a table of text cells.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name of the table.
    limits : Limits
        What is refused as too large, judged by what the footer states.

    Returns
    -------
    tuple of (RawTable or None, list of Finding)
        Record i (from 0) has row number i + 2, as if the file were a sheet with a header. Null is ``""``;
        a float that is not a number is ``nan`` and stays one; moments with a zone are written in UTC.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check(file, name, limits)
            table = TableBuilder(name, str(path), limits)
            table.add(1, [str(column) for column in file.schema_arrow.names])
            number = 1
            for batch in file.iter_batches(batch_size=BATCH_ROWS, use_threads=False):
                columns = [_texts(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    table.add(number, cells)
            return table.finish()
    except FileRefusedError as refusal:
        return None, [refusal.finding]
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        return None, [Finding("files.parquet.damaged", name, value=path.name, facts={"reason": str(error)[:200]})]


def read_parquet_frame(
    path: Path, name: str, limits: Limits, repeated: Sequence[str] = ()
) -> tuple[pd.DataFrame | None, list[Finding]]:
    """Read a parquet file into a frame, its columns typed as the file states: for tables of a million rows.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        Name of the table.
    limits : Limits
        What is refused as too large, judged by what the footer states.
    repeated : sequence of str
        Columns whose texts repeat; they come as categories.

    Returns
    -------
    tuple of (DataFrame or None, list of Finding)
        No frame comes with an error finding.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            _check(file, name, limits)
            kinds = {field.name: field.type for field in file.schema_arrow}
            texts = {
                column for column, kind in kinds.items() if pa.types.is_string(kind) or pa.types.is_large_string(kind)
            }
        with pq.ParquetFile(path, read_dictionary=[column for column in repeated if column in texts]) as file:
            frame: pd.DataFrame = file.read().to_pandas()
            return frame, []
    except FileRefusedError as refusal:
        return None, [refusal.finding]
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError, MemoryError) as error:
        return None, [Finding("files.parquet.damaged", name, value=path.name, facts={"reason": str(error)[:200]})]


def _check(file: pq.ParquetFile, name: str, limits: Limits) -> None:
    """Refuse by the footer: rows, columns, cells, unpacked bytes, kinds of column that are no text."""
    footer = file.metadata
    unpacked = sum(footer.row_group(i).total_byte_size for i in range(footer.num_row_groups))
    width = len(file.schema_arrow.names)
    stated = (
        ("files.limits.rows", footer.num_rows, limits.rows),
        ("files.limits.columns", max(width, footer.num_columns), limits.columns),
        ("files.limits.cells", footer.num_rows * width, limits.cells),
        ("files.limits.unpacked", unpacked, limits.unpacked_bytes),
    )
    for code, found, limit in stated:
        if found > limit:
            raise FileRefusedError(Finding(code, name, facts={"found": found, "limit": limit}))
    for field in file.schema_arrow:
        if not _is_text_like(field.type):
            facts = {"type": str(field.type)}
            raise FileRefusedError(Finding("files.parquet.column_type", name, str(field.name), facts=facts))


def _is_text_like(kind: pa.DataType) -> bool:
    """Whether values of this type have one plain text."""
    import pyarrow.types as pt

    if pt.is_dictionary(kind):
        return _is_text_like(kind.value_type)
    tests = (
        *(pt.is_string, pt.is_large_string, pt.is_boolean, pt.is_integer, pt.is_floating, pt.is_decimal),
        *(pt.is_date, pt.is_timestamp, pt.is_time, pt.is_null),
    )
    return any(test(kind) for test in tests)


def _texts(column: pa.Array[Any]) -> list[str]:
    """Cells of one column as text."""
    import pyarrow as pa
    import pyarrow.types as pt

    if pt.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pt.is_float16(column.type) or pt.is_float32(column.type):
        import numpy as np

        exact = np.float16 if pt.is_float16(column.type) else np.float32
        cells = column.to_pylist()
        return ["" if cell is None else Figure(np.format_float_positional(exact(cell), trim="-")) for cell in cells]
    if pt.is_timestamp(column.type) and column.type.unit == "ns":
        column = column.cast(pa.timestamp("us", tz=column.type.tz), safe=False)
    return [_text(value) for value in column.to_pylist()]


def _text(value: object) -> str:
    """One value as text: shortest exact decimals, ISO 8601, yes and no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, Decimal):
        return Figure(format(value, "f"))
    if isinstance(value, datetime) and value.tzinfo:
        value = value.astimezone(UTC)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return "" if value is None else str(value)


def _float_text(value: float) -> str:
    """Shortest decimal that gives the same float, without exponent; ``nan`` and ``inf`` stay words."""
    if not isfinite(value):
        return str(value)
    return Figure(format(Decimal(repr(value)), "f").removesuffix(".0") if value else "0")
