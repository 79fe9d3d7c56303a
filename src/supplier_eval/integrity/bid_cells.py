"""Columns of a table of bids as arrays: every bad cell is a finding, nothing is guessed or filled in."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding
from supplier_eval.intake.cell_values import Problem, parse_yes_no
from supplier_eval.intake.dates import parse_date, parse_moment
from supplier_eval.intake.identifiers import id_key, normalise_id

if TYPE_CHECKING:
    import pandas as pd

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Severity = Literal["error", "warning"]
LARGEST_EXACT, SMALLEST = 2.0**53, 1e-6
FINE_BELOW, COARSE_BELOW = 1e9, 1e13


class Cells:
    """Reads the columns of one table and gathers what is wrong with them.

    Parameters
    ----------
    frame : DataFrame
        The table.
    table : str
        Its name in findings.
    """

    def __init__(self, frame: pd.DataFrame, table: str) -> None:
        self.frame, self.table = frame, table
        self.findings: list[Finding] = []

    def name(self, at: int) -> str:
        """Name of a column."""
        return str(self.frame.columns[at])

    def note(
        self, code: str, at: int, wrong: npt.ArrayLike, value: object = None, severity: Severity = "error"
    ) -> None:
        """Note the rows (counted from 1) where something is wrong; nothing where there are none."""
        rows = np.flatnonzero(np.asarray(wrong))
        if rows.size:
            shown = self.frame.iloc[int(rows[0]), at] if value is None else value
            numbers = tuple((rows + 1).tolist())
            self.findings.append(Finding(code, self.table, self.name(at), numbers, str(shown), severity=severity))

    def ids(self, at: int, filled: bool = True) -> tuple[IntArray, tuple[str, ...]]:
        """Read ids: codes in canonical order, and the ids themselves.

        Ids are the same when they agree after NFKC and case folding; of several spellings the first in sorted order
        is shown, so that the order of rows does not matter. A whole number is its digits (15.0 is ``15``).
        """
        codes, written = self._factorized(at)
        texts = ["" if one is None else one for one in (_id_text(value) for value in written)]
        bad = np.array([_id_text(value) is None for value in written] + [False])
        self.note("bid_table.not_an_id", at, bad[codes])
        spelled: dict[str, str] = {}
        for text in sorted(normalise_id(text) for text in texts):
            spelled.setdefault(id_key(text), text)
        order = sorted(spelled)
        place = {key: i for i, key in enumerate(order)}
        blank = np.array([not id_key(normalise_id(text)) for text in texts] + [True]) & ~bad
        if filled:
            self.note("bid_table.missing", at, blank[codes], "")
        if not filled and (codes < 0).any() and "" not in place:
            order = ["", *order]
            spelled[""] = ""
            place = {key: i for i, key in enumerate(order)}
        to = np.array([place[id_key(normalise_id(text))] for text in texts] + [place.get("", 0)], dtype=np.int64)
        return to[codes], tuple(spelled[key] for key in order)

    def _factorized(self, at: int) -> tuple[IntArray, list[Any]]:
        """Codes of the cells and the different cells; -1 is an empty one."""
        import pandas as pd

        column = self.frame.iloc[:, at]
        if not isinstance(column.dtype, np.dtype) or column.dtype.kind != "O":
            codes, written = pd.factorize(column)
            blank = np.array([is_empty(cell) for cell in written] + [True])
            return np.where(blank[codes], -1, codes).astype(np.int64), list(written)
        # Objects: 1, 1.0 and True are equal and hash alike, but are not the same cell.
        seen: dict[tuple[type, str], int] = {}
        cells: list[Any] = []
        numbers = np.empty(len(column), dtype=np.int64)
        for row, cell in enumerate(column):
            key = (type(cell), cell if isinstance(cell, str) else repr(cell))
            if is_empty(cell):
                numbers[row] = -1
                continue
            if key not in seen:
                seen[key] = len(cells)
                cells.append(cell)
            numbers[row] = seen[key]
        return numbers, cells

    def money(self, at: int, filled: bool) -> FloatArray:
        """Read amounts above zero; NaN where a column that need not be filled is empty.

        Amounts are rounded to the sixth decimal below a thousand million and to the second below ten million million:
        0.1 + 0.2 is 0.3.
        """
        figures, written = self.figures(at)
        empty = np.isnan(figures) & ~written
        if filled:
            self.note("bid_table.missing", at, empty, "")
        self.note("bid_table.infinite", at, np.isinf(figures))
        self.note("bid_table.not_positive", at, figures <= 0)
        self.note("bid_table.too_small", at, (figures > 0) & (figures < SMALLEST))
        self.note("bid_table.too_large", at, np.isfinite(figures) & (figures > LARGEST_EXACT))
        return _settled(figures)

    def figures(self, at: int) -> tuple[FloatArray, BoolArray]:
        """Read numbers; NaN where empty or unreadable, and where something unreadable stands."""
        import pandas as pd

        column = self.frame.iloc[:, at]
        kinds = pd.api.types
        if kinds.is_numeric_dtype(column) and not kinds.is_bool_dtype(column) and not kinds.is_complex_dtype(column):
            return column.to_numpy(dtype=np.float64, na_value=np.nan), np.zeros(len(column), dtype=bool)
        figures = np.array([_number(cell) for cell in column], dtype=np.float64)
        empty = np.fromiter((is_empty(cell) for cell in column), dtype=bool, count=len(column))
        given_nan = np.isnan(figures) & ~empty
        self.note("bid_table.not_a_number", at, given_nan)
        return figures, given_nan

    def yes_no(self, at: int) -> BoolArray:
        """Read yes or no: true, 1, yes, 是 and false, 0, no, 否."""
        codes, written = self._factorized(at)
        read = [_yes_no(cell) for cell in written]
        self.note("bid_table.missing", at, codes < 0, "")
        self.note("bid_table.not_yes_no", at, np.array([one is None for one in read] + [False])[codes])
        return np.array([bool(one) for one in read] + [False])[codes]

    def moments(self, at: int) -> npt.NDArray[np.datetime64]:
        """Read moments with a time zone, in UTC; NaT where empty."""
        return self._times(at, _moment, "us")

    def days(self, at: int) -> npt.NDArray[np.datetime64]:
        """Read days as written; NaT where empty."""
        return self._times(at, _day, "D")

    def _times(self, at: int, read: Callable[[Any], Any], unit: Literal["D", "us"]) -> npt.NDArray[np.datetime64]:
        codes, written = self._factorized(at)
        values = [read(cell) for cell in written]
        problems = [value.code.rsplit(".", 1)[-1] if isinstance(value, Problem) else "" for value in values]
        for problem in sorted(set(problems) - {""}):
            wrong = np.array([found == problem for found in problems] + [False])
            self.note(f"bid_table.{problem}", at, wrong[codes])
        days = [None if isinstance(value, Problem) else value for value in values]
        return np.array([*days, None], dtype=f"datetime64[{unit}]")[codes]


def _settled(figures: FloatArray) -> FloatArray:
    """Amounts without the last bits that calculating left."""
    settled = figures.copy()
    small = figures < FINE_BELOW
    middle = ~small & (figures < COARSE_BELOW)
    settled[small], settled[middle] = np.round(figures[small], 6), np.round(figures[middle], 2)
    return settled


def is_empty(cell: object) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT, NA, blank text."""
    import pandas as pd

    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, Decimal):
        return cell.is_nan()
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell))


def _id_text(cell: object) -> str | None:
    """An id as text; None where the cell is none."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | np.bool_):
        return None
    if isinstance(cell, int | np.integer):
        return str(int(cell))
    if isinstance(cell, float | np.floating | Decimal):
        figure = float(cell)
        whole = math.isfinite(figure) and figure == math.floor(figure) and abs(figure) < LARGEST_EXACT
        return str(int(figure)) if whole else None
    return None


def _number(cell: object) -> float:
    if isinstance(cell, int | float | Decimal | np.integer | np.floating) and not isinstance(cell, bool):
        if is_empty(cell):
            return math.nan
        try:
            return float(cell)
        except OverflowError:
            return math.inf
    return math.nan


def _yes_no(cell: object) -> bool | None:
    if isinstance(cell, bool | np.bool_):
        return bool(cell)
    if isinstance(cell, int | float | np.integer | np.floating) and cell in {0, 1}:
        return bool(cell)
    said = parse_yes_no(cell) if isinstance(cell, str) else None
    return said if isinstance(said, bool) else None


def _moment(cell: Any) -> datetime | Problem:  # noqa: ANN401 - any cell of a frame
    """A moment in UTC, without its zone, as numpy keeps it."""
    from datetime import UTC

    if isinstance(cell, str):
        cell = parse_moment(cell)
    if isinstance(cell, Problem):
        return cell
    if not isinstance(cell, datetime):
        return Problem("date.not_a_date", str(cell))
    if cell.tzinfo is None:
        return Problem("date.no_time_zone", str(cell))
    moment = cell.astimezone(UTC).replace(tzinfo=None)
    return datetime.fromisoformat(moment.isoformat(timespec="microseconds"))


def _day(cell: Any) -> date | Problem:  # noqa: ANN401 - any cell of a frame
    """A day; a moment counts on the day on which it was written down."""
    if isinstance(cell, str):
        return parse_date(cell)
    if isinstance(cell, datetime):
        return cell.date()
    return cell if isinstance(cell, date) else Problem("date.not_a_date", str(cell))
