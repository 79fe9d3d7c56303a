"""The tables of a risk register, from files or frames: which columns they have, figures read as numbers (§6.1.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.cell_values import Problem
from supplier_eval.intake.numbers import parse_number
from supplier_eval.risk.folder_files import find_tables
from supplier_eval.risk.headers import ROWS, header_key
from supplier_eval.risk.loss_register import MOST_EVENTS, MOST_MONEY
from supplier_eval.risk.records import FIRST_ROW, Column, asked
from supplier_eval.risk.said_names import Names, grouped

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.intake.raw_table import RawTable

RISKS, RATINGS = "risks", "ratings"


def level_columns(prefix: str = "", *, required: bool = False) -> tuple[Column, ...]:
    """Columns of a rating: events per year, and the 5 % and 95 % quantile of the loss of one event."""
    money = {"required": required, "filled": False, "least": 0.0, "above": True, "most": MOST_MONEY}
    return (
        Column(f"{prefix}frequency", "figure", required, filled=False, least=0, most=MOST_EVENTS),
        Column(f"{prefix}low", "figure", **money),  # type: ignore[arg-type]
        Column(f"{prefix}high", "figure", **money),  # type: ignore[arg-type]
    )


RISK_COLUMNS = (
    Column("risk"),
    Column("name", required=False, filled=False),
    Column("category"),
    Column("supplier", required=False, filled=False),
    Column("contract", required=False, filled=False),
    Column("owner"),
    Column("currency"),
    Column("review_every", "whole", required=False, filled=False, least=1, most=3660),
    *level_columns("inherent_"),
    *level_columns("target_"),
)
RATING_COLUMNS = (
    Column("risk"),
    Column("by"),
    *level_columns(required=True),
    Column("knowledge", required=False, filled=False),
    Column("reason", required=False, filled=False),
)


def open_tables(source: object, names: Mapping[str, Sequence[Column]]) -> dict[str, pd.DataFrame]:
    """Tables by name.

    Parameters
    ----------
    source : path or mapping
        A folder with ``risks.csv``, ``ratings.csv`` (or .tsv, .txt, .xlsx, .parquet), a workbook with sheets of these
        names, or the tables themselves by name.
    names : mapping
        The tables that may be there, with their columns.

    Returns
    -------
    dict
        Only those that are there.

    Raises
    ------
    InvalidInput
        If it is none of these, a name is unknown, or a file cannot be read.
    """
    if isinstance(source, Mapping):
        strays = [key for key in source if not isinstance(key, str) or key not in names]
        if strays:
            facts = {"known": Names(names)}
            raise InvalidInput([Finding("register.table_unknown", RISKS, value=str(s), facts=facts) for s in strays])
        return {key: table for key, table in source.items() if table is not None}
    if not isinstance(source, str | Path):
        raise InvalidInput([asked("register.source", "source", source)], "arguments")
    tables, found = tables_at(Path(source), names)
    if any(one.severity == "error" for one in found):
        raise InvalidInput(found, str(source))
    return tables


def tables_at(path: Path, names: Mapping[str, Sequence[Column]]) -> tuple[dict[str, pd.DataFrame], list[Finding]]:
    """Tables of a folder or a workbook as far as they can be read; errors, and warnings about what is not read."""
    found = find_tables(path, names)
    tables = {raw.name: _frame(raw, names[raw.name]) for raw in found.tables}
    return tables, [*found.findings, *found.unread]


def _frame(raw: RawTable, columns: Sequence[Column]) -> pd.DataFrame:
    """Text cells as a table; figures as numbers, and what is none stays text, so that it is refused with its row."""
    import pandas as pd

    kinds = {header_key(column.name): column.kind for column in columns}
    data: dict[str, list[object]] = {}
    for name in raw.columns:
        figures = kinds.get(name, "text") != "text"
        data[name] = [_cell(text, figures) for text in raw.cells(name)]
    table = pd.DataFrame(data, columns=list(raw.columns), dtype=object)
    table.attrs[ROWS] = raw.row_numbers
    return table


def as_in_files(findings: Sequence[Finding], tables: Mapping[str, object]) -> list[Finding]:
    """Findings with the rows of the files that the tables came from, where blank lines count too.

    Parameters
    ----------
    findings : sequence of Finding
        With rows as if every line held something.
    tables : mapping
        From `open_tables`; what came as a table keeps its rows.
    """
    found = []
    for one in findings:
        rows = getattr(tables.get(one.table), "attrs", {}).get(ROWS)
        found.append(one if rows is None else replace(one, rows=tuple(rows[row - FIRST_ROW] for row in one.rows)))
    return grouped(found)


def _cell(text: str, figure: bool) -> object:
    if not text.strip():
        return None
    if not figure:
        return str(text)
    number = parse_number(text)
    return text if isinstance(number, Problem) else float(number)
