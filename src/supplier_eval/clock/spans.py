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

import numpy as np
import numpy.typing as npt

MicroArray = npt.NDArray[np.int64]
NEVER = np.iinfo(np.int64).max


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
        at = np.searchsorted(self.start, moments, side="right") - 1
        inside = np.maximum(at, 0)
        reached = np.minimum(moments, self.end[inside]) - self.start[inside]
        return np.where(at < 0, 0, self.before[inside] + reached)

    def reached(self, worked: MicroArray) -> MicroArray:
        """First moment that has so much working time before it; `NEVER` where the covered time does not suffice."""
        at = np.searchsorted(self.before, worked, side="left")
        enough = at < self.before.size
        span = np.clip(at - 1, 0, self.start.size - 1)
        moments = self.start[span] + (worked - self.before[span])
        return np.where(enough, np.where(at == 0, self.first, moments), NEVER)

    def open_at(self, moments: MicroArray) -> npt.NDArray[np.bool_]:
        """Whether work is done at each moment."""
        at = np.searchsorted(self.start, moments, side="right") - 1
        return np.asarray((at >= 0) & (moments < self.end[np.maximum(at, 0)]))

    def next_open(self, moments: MicroArray) -> MicroArray:
        """The moment itself where work is done, else the next start of work; `NEVER` after the last span."""
        at = np.searchsorted(self.start, moments, side="left")
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
