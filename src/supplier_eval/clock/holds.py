"""Time on hold, on arrays: overlapping holds of one ticket are counted once, and push its due time back.

Holds are given in working time (`Spans.worked` of their ends), where a night on hold is nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.clock.spans import MicroArray

PositionArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Holds:
    """Holds of many tickets, in working time.

    Parameters
    ----------
    ticket : ndarray of int64, shape (n_holds,)
        Position of the ticket that each belongs to; sorted.
    begin, end : ndarray of int64, shape (n_holds,)
        Working microseconds; of each ticket sorted, apart, none empty.
    """

    ticket: PositionArray
    begin: MicroArray
    end: MicroArray

    @classmethod
    def merged(cls, ticket: PositionArray, begin: MicroArray, end: MicroArray) -> Holds:
        """Take holds in any order; those of one ticket that overlap or touch become one, empty ones go."""
        kept = np.flatnonzero(end > begin)
        order = kept[np.lexsort((end[kept], begin[kept], ticket[kept]))]
        t, b, e = ticket[order], begin[order], end[order]
        if not t.size:
            return cls(t, b, e)
        until = _latest_end_so_far(t, e)
        new = np.concatenate(([True], (t[1:] != t[:-1]) | (b[1:] > until[:-1])))
        closing = np.concatenate((new[1:], [True]))
        return cls(t[new], b[new], until[closing])

    def held(self, start: MicroArray, end: MicroArray) -> MicroArray:
        """Working time on hold of each ticket between its start and its end, shape (n_tickets,)."""
        lasting = np.minimum(self.end, end[self.ticket]) - np.maximum(self.begin, start[self.ticket])
        total = np.zeros(start.shape, dtype=np.int64)
        np.add.at(total, self.ticket, np.maximum(lasting, 0))
        return total

    def pushed_back(self, start: MicroArray, amount: MicroArray) -> MicroArray:
        """Working time at which each ticket has worked `amount` since `start`, its holds not counted."""
        due = start + amount
        nth = np.arange(self.ticket.size) - np.searchsorted(self.ticket, self.ticket, side="left")
        for turn in range(int(nth.max()) + 1 if nth.size else 0):
            at = np.flatnonzero(nth == turn)
            ticket = self.ticket[at]
            begin = np.maximum(self.begin[at], start[ticket])
            lasting = np.maximum(self.end[at] - begin, 0)
            due[ticket] += np.where(begin < due[ticket], lasting, 0)
        return due


def _latest_end_so_far(ticket: PositionArray, end: MicroArray) -> MicroArray:
    """Running maximum of `end` that begins anew with every ticket; by ranks, so that no sum overflows."""
    values, rank = np.unique(end, return_inverse=True)
    group = np.cumsum(np.concatenate(([0], ticket[1:] != ticket[:-1])))
    running = np.maximum.accumulate(group * np.int64(values.size) + rank)
    return values[running - group * np.int64(values.size)]
