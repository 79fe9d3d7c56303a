r"""Working time on arrays of moments: how much lies before each, and which moment has so much before it.

With working spans :math:`[s_i, e_i)`, sorted and apart, and :math:`C_i = \sum_{j<i} (e_j - s_j)`:

.. math::
    W(t) = C_i + \min(t, e_i) - s_i \quad (s_i \le t < s_{i+1}), \qquad
    \text{worked}(a, b) = W(b) - W(a), \qquad
    \text{due}(a, d) = \min\{t \ge a : W(t) \ge W(a) + d\}

Everything is counted in whole microseconds since 1970 in UTC, so that no sum is rounded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

MicroArray = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max
LARGEST_TABLE = 1 << 18
FEW = 256
PIECE = 1 << 15


@dataclass(frozen=True, eq=False)
class Places:
    """Where many values stand among few sorted ones: as ``numpy.searchsorted``, by a table instead of a search.

    The range is cut into slots of equal width, so narrow that none holds two of the sorted values; the table says how
    many stand before each slot, and one comparison does the rest.

    Parameters
    ----------
    sorted : ndarray of int64, shape (n,)
        Rising.
    """

    sorted: MicroArray

    def __post_init__(self) -> None:
        low, high = (int(self.sorted[0]), int(self.sorted[-1])) if self.sorted.size else (0, 0)
        gaps = np.diff(self.sorted)
        shift = int(gaps.min()).bit_length() - 1 if gaps.size and gaps.min() > 0 else -1
        table = None
        if shift >= 0 and ((high - low) >> shift) + 2 <= LARGEST_TABLE:
            edges = low + (np.arange(((high - low) >> shift) + 2, dtype=np.int64) << shift)
            table = np.searchsorted(self.sorted, edges, side="left")
        padded = np.concatenate((self.sorted, [NEVER]))
        for name, value in (("_table", table), ("_low", low), ("_high", high), ("_shift", shift), ("_padded", padded)):
            object.__setattr__(self, name, value)

    def of(self, values: MicroArray, side: Literal["left", "right"]) -> MicroArray:
        """How many of the sorted values are below each value (left), or not above it (right)."""
        if self.__dict__["_table"] is None or values.size < FEW:
            return np.searchsorted(self.sorted, values, side=side).astype(np.int64)
        flat = values.ravel()
        places = np.empty(flat.size, dtype=np.int64)
        for start in range(0, flat.size, PIECE):  # pieces that stay near the processor
            places[start : start + PIECE] = self._looked_up(flat[start : start + PIECE], side)
        return places.reshape(values.shape)

    def _looked_up(self, values: MicroArray, side: Literal["left", "right"]) -> MicroArray:
        kept = self.__dict__
        slot = np.clip(values, kept["_low"], kept["_high"])
        slot -= kept["_low"]
        slot >>= kept["_shift"]
        before = kept["_table"][slot]
        following = kept["_padded"][before]
        place = before + (following < values if side == "left" else following <= values)
        return np.asarray(np.minimum(place, self.sorted.size), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Spans:
    """Working spans of a calendar.

    Parameters
    ----------
    start, end : ndarray of int64, shape (n,)
        Microseconds since 1970 in UTC; sorted, apart and half-open.
    first, last : int
        The covered time, both moments included.
    """

    start: MicroArray
    end: MicroArray
    first: int
    last: int

    def __post_init__(self) -> None:
        total = np.concatenate(([0], np.cumsum(self.end - self.start)))
        object.__setattr__(self, "_before", total)
        object.__setattr__(self, "_starts", Places(self.start))
        object.__setattr__(self, "_totals", Places(total))
        for array in (self.start, self.end, total):
            array.setflags(write=False)

    @property
    def before(self) -> MicroArray:
        """Working time before each span, and at last the whole; shape (n + 1,)."""
        total: MicroArray = self.__dict__["_before"]
        return total

    def covered(self, moments: MicroArray) -> npt.NDArray[np.bool_]:
        """Whether each moment lies in the covered time."""
        return np.asarray((moments >= self.first) & (moments <= self.last))

    def worked(self, moments: MicroArray) -> MicroArray:
        """Working microseconds before each moment; of moments that are covered."""
        at = self.__dict__["_starts"].of(moments, "right") - 1
        inside = np.maximum(at, 0)
        reached = np.minimum(moments, self.end[inside]) - self.start[inside]
        return np.where(at < 0, 0, self.before[inside] + reached)

    def reached(self, worked: MicroArray) -> MicroArray:
        """First moment that has so much working time before it; `NEVER` where the covered time does not suffice."""
        at = self.__dict__["_totals"].of(worked, "left")
        enough = at < self.before.size
        span = np.clip(at - 1, 0, self.start.size - 1)
        moments = self.start[span] + (worked - self.before[span])
        return np.where(enough, np.where(at == 0, self.first, moments), NEVER)

    def open_at(self, moments: MicroArray) -> npt.NDArray[np.bool_]:
        """Whether work is done at each moment."""
        at = self.__dict__["_starts"].of(moments, "right") - 1
        return np.asarray((at >= 0) & (moments < self.end[np.maximum(at, 0)]))

    def next_open(self, moments: MicroArray) -> MicroArray:
        """The moment itself where work is done, else the next start of work; `NEVER` after the last span."""
        at = self.__dict__["_starts"].of(moments, "left")
        following = np.where(at < self.start.size, self.start[np.minimum(at, self.start.size - 1)], NEVER)
        return np.where(self.open_at(moments), moments, following)


def merge_spans(start: MicroArray, end: MicroArray) -> tuple[MicroArray, MicroArray]:
    """Spans as a union: sorted, apart, the ones that touch made one, the empty ones gone.

    Parameters
    ----------
    start, end : ndarray of int64, shape (n,)
        In any order.
    """
    kept = end > start
    order = np.lexsort((end[kept], start[kept]))
    begin, until = start[kept][order], np.maximum.accumulate(end[kept][order]) if kept.any() else end[kept]
    if not begin.size:
        return begin, until
    new = np.concatenate(([True], begin[1:] > until[:-1]))
    closing = np.concatenate((new[1:], [True]))
    return begin[new], until[closing]
