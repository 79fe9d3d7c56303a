"""The order that a method other than the published one gives, with the figures that let one check it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from supplier_eval.flags import Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.ranking import Ranking
from supplier_eval.rank.table import BidTable
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import Standing

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class MethodRanking(Ranking):
    """An order of bids by any ranking method; always exploratory.

    Parameters
    ----------
    table : BidTable
        Values, weights and directions of the bids that were ranked.
    ranked_by : RankingMethod
        The method with its source and promises.
    scores : MethodScores
        Score, figures and notes of the bids in `table`.
    ranks : ndarray of int of shape (n_bids,)
        1 is best; tied bids share a rank, competition style 1-2-2-4; 0 for a bid that is out.
    parameters : mapping
        What the method was asked to do, as given.
    stopped : Reason or None
        Why there is no order, as an answer.
    all_bids : tuple of str
        Bids of the lot where some are out; empty where all of `table` take part.
    policy_fingerprint : str
        Fingerprint of the policy; empty for a table of one's own.
    """

    table: BidTable
    ranked_by: RankingMethod
    scores: MethodScores
    ranks: npt.NDArray[np.int64]
    parameters: Mapping[str, object] = field(default_factory=dict)
    stopped: Reason | None = None
    all_bids: tuple[str, ...] = ()
    policy_fingerprint: str = ""
    standing: Standing = field(default="exploratory", init=False)

    @property
    def method(self) -> str:
        """Name of the method, a key of ``METHODS``."""
        return self.ranked_by.name

    @property
    def bids(self) -> tuple[str, ...]:
        """All bids, in the order of `ranks`, `score` and `figures`."""
        return self.all_bids or self.table.bids

    @property
    def criteria(self) -> tuple[str, ...]:
        """Names of the criteria, in column order."""
        return self.table.criteria

    @property
    def values(self) -> FloatArray:
        """Raw figures of the bids in `table`, of shape (n_criteria, n_bids)."""
        return self.table.values

    @property
    def weights(self) -> FloatArray:
        """Weights as used: fractions of 1, in column order."""
        return self.table.weights

    @property
    def score(self) -> FloatArray:
        """What the method ranks by, by bid; NaN for a bid that is out."""
        return self._spread(self.scores.score)

    @property
    def figures(self) -> Mapping[str, npt.NDArray[Any]]:
        """The method's own figures, by bid; NaN, False or 0 for a bid that is out."""
        return {name: self._spread(figure) for name, figure in self.scores.figures.items()}

    @property
    def notes(self) -> Mapping[str, object]:
        """What was chosen and found: ``normalisation``, thresholds; positions in them are those of `table`."""
        return self.scores.notes

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Ranked bids from the first to the last; tied bids in canonical order, which decides nothing."""
        ranked = [(rank, bid) for bid, rank in self._ranks_by_bid.items() if rank > 0]
        return tuple(bid for _, bid in sorted(ranked, key=lambda pair: (pair[0], id_key(pair[1]), pair[1])))

    def to_frame(self) -> pd.DataFrame:
        """One row a bid, best first: ``bid rank score`` and the method's own figures.

        Returns
        -------
        DataFrame
            Rows by rank; tied bids in canonical order, bids that are out last. The index counts the rows from 0 and
            says nothing (``frame.set_index("bid")`` gives a table by bid). ``bid`` is text, ``rank`` whole (0 for a
            bid that is out), ``score`` in the method's unit, the rest as `figures`: VIKOR has ``S R Q compromise``,
            where Q is its score.
        """
        import pandas as pd

        out = sorted((bid for bid, rank in self._ranks_by_bid.items() if rank == 0), key=id_key)
        rows = [self._place[bid] for bid in (*self.order, *out)]
        columns = {"bid": np.array(self.bids, dtype=object), "rank": self.ranks, "score": self.score, **self.figures}
        return pd.DataFrame({name: column[rows] for name, column in columns.items()}).astype({"bid": str})

    def score_of(self, bid: str) -> float:
        """Score of a bid; NaN where it has none."""
        self.rank_of(bid)  # refuses an unknown bid
        return float(self.score[self._place[bid]])

    def explain(self, bid: str | None = None, lang: Lang = "en") -> str:
        """Say which figures gave a bid its rank, or the whole order where no bid is named.

        Parameters
        ----------
        bid : str, optional
            A bid; the text is empty for one that is out, whose reasons stand in the qualification.
        lang : {"en", "zh"}
            Language.

        Raises
        ------
        UnknownName
            If there is no such bid.
        """
        from supplier_eval.rank.method_words import explain_bid, explain_order

        return explain_order(self, lang) if bid is None else explain_bid(self, bid, lang)

    @cached_property
    def _place(self) -> dict[str, int]:
        return {bid: b for b, bid in enumerate(self.bids)}

    def _spread(self, figure: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Figures of the bids in the table, put at their places among all bids."""
        if not self.all_bids or len(self.all_bids) == len(self.table.bids):
            return figure
        empty = np.nan if np.issubdtype(figure.dtype, np.floating) else np.zeros((), figure.dtype)[()]
        whole = np.full((len(self.all_bids), *figure.shape[1:]), empty, dtype=figure.dtype)
        whole[[self._place[bid] for bid in self.table.bids]] = figure
        return whole

    def __repr__(self) -> str:
        if self.stopped is not None:
            return f"MethodRanking({self.method}: no order; {self.stopped.say()})"
        first = ", ".join(f"{bid} {self.score_of(bid):.4g}" for bid in self.order[:3])
        return f"MethodRanking({self.method}: {first}; {self.standing})"
