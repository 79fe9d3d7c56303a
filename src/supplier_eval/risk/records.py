"""Tables of the risk room, read with every finding at once: typed cells, known columns, one row an id."""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.risk.headers import NEAR, header_key, header_keys, warn_of_slips
from supplier_eval.risk.said_figures import figure_text
from supplier_eval.risk.said_names import Names

if TYPE_CHECKING:
    import pandas as pd

ARGUMENTS = "arguments"
FIRST_ROW = 2
MOST_SHOWN, LONGEST_CELL = 5, 24  # of wrong cells in one finding
Number = int | float | Decimal | np.integer | np.floating


@dataclass(frozen=True)
class Column:
    """What a column must hold.

    Parameters
    ----------
    name : str
        Header.
    kind : {"text", "figure", "whole"}
        Text, a finite number, or a whole number; numbers written as text are refused, and so are truth values.
    required, filled : bool
        Whether the column must be there, and whether every cell must be filled where it is; else a missing cell is
        None.
    least, most : float
        Range of a number, both ends allowed.
    above : bool
        Whether `least` itself is not allowed.
    """

    name: str
    kind: Literal["text", "figure", "whole"] = "text"
    required: bool = True
    filled: bool = True
    least: float = -math.inf
    most: float = math.inf
    above: bool = False

    @property
    def range_text(self) -> str:
        """The range in signs, for messages."""
        low = "" if self.least == -math.inf else f"{'>' if self.above else '>='} {figure_text(self.least)}"
        high = "" if self.most == math.inf else f"<= {figure_text(self.most)}"
        return ", ".join(part for part in (low, high) if part) or "< ∞"


@dataclass(frozen=True)
class Record:
    """One row: its number as a spreadsheet shows it, its cells by column."""

    row: int
    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, float] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A text; empty where it is missing."""
        return self.texts.get(name, "")

    def figure(self, name: str) -> float | None:
        """A number; None where it is missing."""
        return self.figures.get(name)


def read_records(given: object, columns: Sequence[Column], table: str, key: Sequence[str] = ()) -> list[Record]:
    """Rows of a table in canonical order, or everything that is wrong with it.

    Parameters
    ----------
    given : DataFrame
        The table; headers are compared as those of files are (capitals, widths and spaces apart). Further columns are
        left alone; one that looks like a known column which is missing is warned of (`UserWarning`).
    columns : sequence of Column
        What it must hold.
    table : str
        Name that findings give it.
    key : sequence of str
        Text columns that together name a row once; rows come in the order of these ids.

    Returns
    -------
    list of Record

    Raises
    ------
    InvalidInput
        With every finding: no table, columns missing or doubled, cells missing or wrong, a key twice.
    """
    records, found = judge_records(given, columns, table, key)
    if found:
        raise InvalidInput(found, ARGUMENTS if found[0].table == ARGUMENTS else table)
    return records


def judge_records(
    given: object, columns: Sequence[Column], table: str, key: Sequence[str] = ()
) -> tuple[list[Record], list[Finding]]:
    """As `read_records`, with the findings beside what could be read, so that more can be found in it.

    Returns
    -------
    records : list of Record
        Cells that are wrong are missing in them; none where there is no table.
    findings : list of Finding
        Not to be used where there is one.
    """
    import pandas as pd

    if not isinstance(given, pd.DataFrame):
        return [], [asked("asked.frame", table, given)]
    found = list(_headers(given, columns, table))
    keys = header_keys(given)
    warn_of_slips(given, table, [c.name for c in columns if not c.required or header_key(c.name) in keys])
    records = [Record(at + FIRST_ROW) for at in range(len(given))]
    for column in columns:
        if keys.count(header_key(column.name)) == 1:
            found += _cells(given.iloc[:, keys.index(header_key(column.name))], column, records, table)
    found += _doubles(records, key, table)
    return sorted(records, key=lambda one: [(id_key(one.text(name)), one.text(name)) for name in key]), found


class Unclear:
    """Which cells could not be read, so that nothing is concluded from their being empty.

    Parameters
    ----------
    findings : iterable of Finding
        About one table.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        several = list(findings)
        self._cells = {(one.column, row) for one in several for row in one.rows}
        self._columns = {one.column for one in several if not one.rows}

    def __call__(self, row: int, *columns: str) -> bool:
        """Whether one of these cells of a row could not be read."""
        return any(name in self._columns or (name, row) in self._cells for name in columns)


def several_currencies(code: str, table: str, records: Sequence[Record]) -> list[Finding]:
    """The finding that a table mixes currencies, with the rows of all but the commonest."""
    rows: dict[str, list[int]] = {}
    for record in records:
        if record.text("currency"):
            rows.setdefault(id_key(record.text("currency")).upper(), []).append(record.row)
    most = max(sorted(rows), key=lambda name: len(rows[name]), default="")
    odd = tuple(sorted(row for name, held in rows.items() if name != most for row in held))
    return [Finding(code, table, "currency", odd, ", ".join(sorted(rows)))] if len(rows) > 1 else []


def asked(code: str, name: str, given: object, **facts: object) -> Finding:
    """The finding that an argument is of the wrong kind; says what was given and nothing of a table's content."""
    kind = type(given).__name__
    said = "None" if given is None else f"{kind} {given!r}" if isinstance(given, str | int | float) else kind
    return Finding(code, ARGUMENTS, name, value=said, facts=facts)


def as_figure(cell: object) -> float | None:
    """A number of Python, of numpy, or a decimal as float; None for anything else, also for truth values and NaN."""
    if not isinstance(cell, Number) or isinstance(cell, bool):
        return None
    figure = float(cell)
    return None if math.isnan(figure) else figure


def is_missing(cell: object) -> bool:
    """Whether a cell is empty: None, NaN, NaT, pandas.NA, blank text."""
    import pandas as pd

    if isinstance(cell, str):
        return not normalise_id(cell)
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return True
    return isinstance(cell, float | np.floating | Decimal) and math.isnan(cell)


def _headers(given: pd.DataFrame, columns: Sequence[Column], table: str) -> Iterable[Finding]:
    keys = header_keys(given)
    for column in columns:
        if keys.count(header_key(column.name)) > 1:
            yield Finding("risk_table.column_twice", table, column.name)
        elif column.required and header_key(column.name) not in keys:
            yield column_missing(given, column.name, table)


def column_missing(given: pd.DataFrame, name: str, table: str) -> Finding:
    """The finding that a column is missing, with the header that looks like it, or all headers."""
    known = Names(str(header) for header in given.columns)
    near = difflib.get_close_matches(str(header_key(name)), [str(key) for key in header_keys(given)], 1, NEAR)
    code = "risk_table.column_missing_near" if near else "risk_table.column_missing"
    return Finding(code, table, name, facts={"known": known, "near": near[0] if near else ""})


def _cells(cells: pd.Series, column: Column, records: list[Record], table: str) -> list[Finding]:
    empty: list[int] = []
    wrong: dict[str, list[tuple[int, str]]] = {}
    for record, cell in zip(records, cells.tolist(), strict=True):
        if is_missing(cell):
            empty.append(record.row)
        elif column.kind == "text":
            if isinstance(cell, str):
                record.texts[column.name] = normalise_id(cell)
            else:
                wrong.setdefault("risk_table.not_text", []).append((record.row, str(cell)))
        else:
            figure = as_figure(cell)
            code = _wrong_figure(figure, column)
            if code is None and figure is not None:
                record.figures[column.name] = figure
            else:
                wrong.setdefault(code or "risk_table.not_number", []).append((record.row, _shown(cell)))
    facts = {"range": column.range_text}
    found = [
        Finding(
            code, table, column.name, tuple(row for row, _ in cells_of), _values(cell for _, cell in cells_of), facts
        )
        for code, cells_of in wrong.items()
    ]
    if empty and column.filled:
        found.append(Finding("risk_table.cell_missing", table, column.name, tuple(empty)))
    return found


def _values(cells: Iterable[str]) -> str:
    """The first distinct cells, as one text between quotes."""
    several = list(dict.fromkeys(cells))
    shown = [one[:LONGEST_CELL] for one in several[:MOST_SHOWN]]
    more = [f"… (+{len(several) - MOST_SHOWN})"] if len(several) > MOST_SHOWN else []
    return "”, “".join([*shown, *more])


def _shown(cell: object) -> str:
    """A cell as people write it: a figure without an exponent and without an empty fraction."""
    return figure_text(cell, 15) if isinstance(cell, float) and math.isfinite(cell) else str(cell)


def _wrong_figure(figure: float | None, column: Column) -> str | None:
    if figure is None:
        return "risk_table.not_number"
    low = figure > column.least if column.above else figure >= column.least
    if not (math.isfinite(figure) and low and figure <= column.most):
        return "risk_table.out_of_range"
    return "risk_table.not_whole" if column.kind == "whole" and figure != int(figure) else None


def _doubles(records: list[Record], key: Sequence[str], table: str) -> list[Finding]:
    seen: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        if key and all(record.text(name) for name in key):
            seen.setdefault(tuple(id_key(record.text(name)) for name in key), []).append(record)
    return [
        Finding("risk_table.key_twice", table, key[0], tuple(r.row for r in same),
                " / ".join(same[0].text(name) for name in key))
        for same in seen.values()
        if len(same) > 1
    ]  # fmt: skip
