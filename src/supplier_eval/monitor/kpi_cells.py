"""Where records are counted: a cell is one period and one group; what is measured is one array over all cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from supplier_eval.clock import BusinessClock
from supplier_eval.clock.spans import Places

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
NEVER = np.iinfo(np.int64).max
Kept = TypeVar("Kept")
OUT = -1
HOUR = 3_600_000_000


@dataclass(frozen=True, eq=False)
class Cells:
    """Disjoint periods, earliest first, by groups of records.

    Parameters
    ----------
    start, end : ndarray of int64, shape (n_periods,)
        Microseconds in UTC.
    wall_start, wall_end : ndarray of int64, shape (n_periods,)
        The same in wall time, for records that have a date and no time.
    groups : int
        How many groups there are.
    group_of : callable
        Name of a table → the group of each of its rows, `OUT` for none.
    as_of, wall_as_of : int
        What happened later is not known.
    """

    start: IntArray
    end: IntArray
    wall_start: IntArray
    wall_end: IntArray
    groups: int
    group_of: Callable[[str], IntArray]
    as_of: int
    wall_as_of: int

    @property
    def size(self) -> int:
        """How many cells there are; cell = period times groups plus group."""
        return self.start.size * self.groups

    def place(self, moments: IntArray, group: IntArray, *, wall: bool = False) -> IntArray:
        """The cell of each moment; `OUT` outside all periods, for `NEVER` and for no group."""
        start, end = (self.wall_start, self.wall_end) if wall else (self.start, self.end)
        at = Places(start).of(moments, "right") - 1
        inside = (at >= 0) & (moments < end[np.maximum(at, 0)]) & (group != OUT)
        return np.where(inside, at * self.groups + group, OUT)

    def open_at_ends(
        self, begin: IntArray, end: IntArray, group: IntArray, *, wall: bool = False
    ) -> tuple[IntArray, IntArray]:
        """Every record and every cell at whose end it had begun and was not over: positions and cells.

        A record that is over at the very end of a period is over in the next.
        """
        ends = np.minimum(self.wall_end if wall else self.end, self.wall_as_of if wall else self.as_of)
        places = Places(ends)
        first, last = places.of(begin, "right"), places.of(end, "right")
        many = np.where(group == OUT, 0, np.maximum(last - first, 0))
        position = np.repeat(np.arange(begin.size), many)
        nth = np.arange(position.size) - np.repeat(np.cumsum(many) - many, many)
        return position, (first[position] + nth) * self.groups + group[position]

    def count(self, cells: IntArray, where: BoolArray | None = None) -> IntArray:
        """How many records stand in each cell."""
        kept = cells >= 0 if where is None else (cells >= 0) & where
        return np.bincount(cells[kept], minlength=self.size).astype(np.int64)

    def total(self, cells: IntArray, figures: FloatArray) -> FloatArray:
        """Sum of figures in each cell, the same to the last bit in any order of rows.

        Every figure is cut into two whole numbers so small that no sum of them is rounded.
        """
        kept = cells >= 0
        cell, x = cells[kept], figures[kept]
        most = float(np.abs(x).max()) if x.size else 0.0
        if most == 0.0:
            return np.zeros(self.size)
        bits = 52 - int(x.size).bit_length()
        shift = bits - int(np.frexp(most)[1])
        scaled = np.ldexp(x, shift)
        high = np.rint(scaled)
        low = np.rint(np.ldexp(scaled - high, bits))
        sums = (np.bincount(cell, weights=part, minlength=self.size) for part in (high, low))
        whole, rest = sums
        return np.ldexp(whole + np.ldexp(rest, -bits), -shift).astype(np.float64)


@dataclass(eq=False)
class Figures:
    """What was measured for one KPI, an array over the cells each.

    Parameters
    ----------
    n, events, censored, excluded, asked : ndarray of int64
        Counts.
    value, lower, upper, sd, denominator : ndarray of float64
        NaN where there is none.
    at_least : ndarray of bool
        Whether the value is a lower bound.
    reason : ndarray of str
        Code of the reason; empty for what was simply measured.
    status : ndarray of str
    """

    n: IntArray
    events: IntArray
    censored: IntArray
    excluded: IntArray
    asked: IntArray
    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    sd: FloatArray
    denominator: FloatArray
    at_least: BoolArray
    status: npt.NDArray[np.object_]
    reason: npt.NDArray[np.object_]

    @classmethod
    def of(cls, size: int, **given: npt.NDArray[np.generic]) -> Figures:
        """Arrays over `size` cells: those given, zeros for counts, NaN for figures; nothing measured yet."""
        counts = {name: np.zeros(size, dtype=np.int64) for name in ("n", "events", "censored", "excluded", "asked")}
        figures = {name: np.full(size, np.nan) for name in ("value", "lower", "upper", "sd", "denominator")}
        words = {"status": np.full(size, "no_data", dtype=object), "reason": np.full(size, "no_records", dtype=object)}
        return cls(**{**counts, **figures, "at_least": np.zeros(size, dtype=bool), **words, **given})

    def say(self, where: BoolArray, status: str, reason: str = "") -> None:
        """Set status and reason of some cells."""
        self.status[where] = status
        self.reason[where] = reason


@dataclass
class Source:
    """What a measure reads: the tables, the clock of the KPI, and what was computed for an earlier KPI."""

    tables: Mapping[str, pd.DataFrame]
    clock: BusinessClock
    kept: dict[object, object] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        return self.tables[name]

    def micro(self, table: str, column: str) -> IntArray:
        """Microseconds of a column, see `micro`; worked out once."""
        return self.once((table, column), lambda: micro(self.tables[table][column]))

    def once(self, key: object, make: Callable[[], Kept]) -> Kept:
        """What was made before under this key, else what is made now."""
        if key not in self.kept:
            self.kept[key] = make()
        return cast(Kept, self.kept[key])

    def __contains__(self, name: object) -> bool:
        return name in self.tables


def micro(column: pd.Series) -> IntArray:
    """Microseconds of a column of moments or dates; `NEVER` where missing."""
    stamps = column.dt.tz_localize(None) if isinstance(column.dtype, pd.DatetimeTZDtype) else column
    us = stamps.to_numpy().astype("datetime64[us]")
    whole = us.astype(np.int64)
    whole[np.isnat(us)] = NEVER
    return whole


def known_by(us: IntArray, as_of: int) -> IntArray:
    """What had not happened by then has not happened."""
    return np.where(us <= as_of, us, NEVER)
