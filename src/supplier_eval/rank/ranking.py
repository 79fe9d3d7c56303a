"""The order of bids, whatever method gave it: ranks, winners, ties."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.score.sheet import Standing
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


class Ranking(Shown, ABC):
    """An order of bids; `PointsRanking` is the one that binds, `MethodRanking` that of any other method.

    Attributes
    ----------
    ranks : ndarray of int of shape (n_bids,)
        1 is best; tied bids share a rank, competition style 1-2-2-4; 0 for a bid that has none.
    standing : {"binding", "exploratory"}
        Whether the order was computed with exactly the published policy.
    """

    ranks: npt.NDArray[np.int64]
    standing: Standing

    @property
    @abstractmethod
    def method(self) -> str:
        """Name of the method, a key of ``METHODS``."""

    @property
    @abstractmethod
    def bids(self) -> tuple[str, ...]:
        """All bids, in the order of `ranks`."""

    @abstractmethod
    def to_frame(self) -> pd.DataFrame:
        """One row a bid, best first."""

    @cached_property
    def _ranks_by_bid(self) -> dict[str, int]:
        return dict(zip(self.bids, self.ranks.tolist(), strict=True))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ranked bids from the first to the last; tied bids in canonical order, which decides nothing."""
        ranked = [b for b in range(len(self.bids)) if self.ranks[b] > 0]
        return tuple(self.bids[b] for b in sorted(ranked, key=lambda b: (self.ranks[b], b)))

    @property
    def winners(self) -> tuple[str, ...]:
        """The bids on rank 1: one, several in a tie, or none."""
        return tuple(bid for bid in self.order if self.rank_of(bid) == 1)

    @property
    def tied(self) -> tuple[tuple[str, ...], ...]:
        """Groups of bids that no key could part."""
        groups: dict[int, list[str]] = {}
        for bid in self.order:
            groups.setdefault(self.rank_of(bid), []).append(bid)
        return tuple(tuple(group) for group in groups.values() if len(group) > 1)

    def rank_of(self, bid: str) -> int:
        """Rank of a bid; 0 where it has none."""
        if not isinstance(bid, str) or bid not in self._ranks_by_bid:
            raise UnknownName("bid", str(bid), self.bids)
        return self._ranks_by_bid[bid]
