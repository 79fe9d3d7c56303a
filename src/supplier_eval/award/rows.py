"""Rows and columns of a linear model under construction: plain lists that become sparse arrays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

INFINITY = float("inf")


@dataclass(frozen=True, eq=False)
class Rows:
    """Finished rows ``lower <= matrix @ x <= upper``, in coordinate form.

    Parameters
    ----------
    row, column : ndarray of int
        Place of each coefficient.
    value : ndarray of float
        Coefficients.
    lower, upper : ndarray of float
        Bounds of each row.
    owner : ndarray of int
        Index into `owners` of what each row stands for.
    owners : tuple of str
        ``cover``, ``link``, ``capacity``, ... or the id of a rule.
    """

    row: NDArray[np.int64]
    column: NDArray[np.int64]
    value: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    owner: NDArray[np.int64]
    owners: tuple[str, ...]


class Builder:
    """Collects columns and rows in blocks."""

    def __init__(self) -> None:
        self.lower: list[NDArray[np.float64]] = []
        self.upper: list[NDArray[np.float64]] = []
        self.integer: list[NDArray[np.bool_]] = []
        self.stems: list[tuple[str, int]] = []
        self.n_columns = 0
        self.n_rows = 0
        self._row: list[NDArray[np.int64]] = []
        self._column: list[NDArray[np.int64]] = []
        self._value: list[NDArray[np.float64]] = []
        self._lower: list[NDArray[np.float64]] = []
        self._upper: list[NDArray[np.float64]] = []
        self._owner: list[NDArray[np.int64]] = []
        self._owners: dict[str, int] = {}
        self._ends: list[int] = []

    def columns(self, stem: str, count: int, *, upper: ArrayLike = 1.0, integer: bool = False) -> NDArray[np.int64]:
        """New columns between 0 and `upper`; their places."""
        self.lower.append(np.zeros(count))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (count,)).copy())
        self.integer.append(np.full(count, integer))
        self.stems.append((stem, count))
        self.n_columns += count
        return np.arange(self.n_columns - count, self.n_columns)

    def most(self, column: int) -> float:
        """Upper bound of a column."""
        if not self._ends or self._ends[-1] < self.n_columns:
            self._ends = np.cumsum([part.size for part in self.upper]).tolist()
        block = bisect_right(self._ends, column)
        return float(self.upper[block][column - self._ends[block]])

    def block(
        self,
        owner: str,
        row: ArrayLike,
        column: ArrayLike,
        value: ArrayLike,
        lower: ArrayLike,
        upper: ArrayLike,
    ) -> None:
        """Rows 0, 1, ... of a block: coefficients at (`row`, `column`), bounds one per row or for all."""
        rows = np.asarray(row, dtype=np.int64)
        low, high = np.broadcast_arrays(np.asarray(lower, dtype=float), np.asarray(upper, dtype=float))
        count = low.size if low.ndim else int(rows.max(initial=-1)) + 1
        if not count:
            return
        self._row.append(rows + self.n_rows)
        self._column.append(np.asarray(column, dtype=np.int64))
        self._value.append(np.broadcast_to(np.asarray(value, dtype=float), rows.shape).copy())
        self._lower.append(np.broadcast_to(low, (count,)).copy())
        self._upper.append(np.broadcast_to(high, (count,)).copy())
        self._owner.append(np.full(count, self._owners.setdefault(owner, len(self._owners))))
        self.n_rows += count

    def row(self, owner: str, terms: Mapping[int, float], lower: float = -INFINITY, upper: float = INFINITY) -> None:
        """One row from column → coefficient; coefficients of 0 are left out."""
        kept = {column: value for column, value in terms.items() if value}
        self.block(owner, np.zeros(len(kept)), list(kept), list(kept.values()), [lower], [upper])

    def finish(self) -> Rows:
        """All rows together."""
        return Rows(
            row=_joined(self._row, np.int64),
            column=_joined(self._column, np.int64),
            value=_joined(self._value, np.float64),
            lower=_joined(self._lower, np.float64),
            upper=_joined(self._upper, np.float64),
            owner=_joined(self._owner, np.int64),
            owners=tuple(self._owners),
        )


def plus(*parts: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Sum of linear expressions given as (column, coefficient) pairs."""
    total: dict[int, float] = {}
    for part in parts:
        for column, value in part:
            total[column] = total.get(column, 0.0) + value
    return total


def _joined(parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.empty(0, dtype=kind)
