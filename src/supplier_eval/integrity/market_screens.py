"""The screens across tenders: name, unit, weight, and how p-values of one screen are corrected and become flags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from supplier_eval.integrity.false_alarms import Method, adjust_p_values

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Weight: 3 an arrangement would look like this and little else does; 2 worth an explanation; 1 background that matters
# beside other flags.
WEIGHTS: Mapping[str, int] = {
    "shared_detail": 3,
    "rotation": 3,
    "companion": 3,
    "close_coalition": 2,
    "steady_shares": 2,
    "even_shares": 2,
    "missing_close": 2,
    "joint_wins": 2,
    "near_minimum": 2,
    "losing": 1,
    "alike_detail": 1,
    "near_reserve": 1,
    "single_bid": 1,
    "co_bidding": 1,
}
PAIRS = ("co_bidding", "joint_wins", "rotation", "even_shares", "steady_shares")


@dataclass(frozen=True, eq=False)
class Part:
    """The p-values of one screen for the rows of one table.

    Parameters
    ----------
    screen : str
        One of `WEIGHTS`.
    table : str
        Which table the rows are of.
    p : ndarray of float, shape (n_rows,)
        NaN where the screen is not defined for that row.
    why : str
        Message code that says why, for rows (or a whole table) where it is not defined.
    facts : mapping
        Figures that the reason quotes.
    """

    screen: str
    table: str
    p: FloatArray
    why: str = "market.undefined.few"
    facts: Mapping[str, object] = field(default_factory=dict)


def missing(screen: str, table: str, column: str) -> Part:
    """A screen that no row can have, because the table of bids has no such column."""
    return Part(screen, table, np.full(0, np.nan), "market.undefined.column", {"column": column})


def families(parts: Sequence[Part], method: Method = "bh") -> dict[str, list[FloatArray]]:
    """Corrected p-values of every screen; all its parts are one family."""
    found: dict[str, list[FloatArray]] = {}
    for screen in WEIGHTS:
        mine = [part for part in parts if part.screen == screen]
        if not mine:
            continue
        q = adjust_p_values(np.clip(np.concatenate([part.p for part in mine]), 0.0, 1.0), method)
        ends = np.cumsum([len(part.p) for part in mine])[:-1]
        found[screen] = list(np.split(q, ends))
    return found


def tested(parts: Iterable[Part]) -> int:
    """How many p-values there are."""
    return int(sum((~np.isnan(part.p)).sum() for part in parts))
