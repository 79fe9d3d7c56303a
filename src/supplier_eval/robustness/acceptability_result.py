"""How often each bid would be first, second, ... over many weights: the answer, with its errors and its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.messages import Lang
from supplier_eval.robustness.acceptability import Tally
from supplier_eval.robustness.acceptability_shares import Estimate
from supplier_eval.robustness.region import Region
from supplier_eval.robustness.scored import Scored
from supplier_eval.score.order import FloatArray
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Acceptability(Shown):
    """Shares of the draws of weights (and of uncertain values) in which each bid takes each rank.

    Parameters
    ----------
    scored : Scored
        The bids, their values and the published weights.
    region : Region
        Where the weights were drawn, evenly.
    tally : Tally
        Counts by scramble, to check everything by hand.
    ranks : Estimate of shape (n_bids, n_ranks)
        Rank acceptability, fractions of 1. Tied bids share the better rank, so that a rank's shares may add up to
        more than 1 and the next rank's to less; the shares of one bid add up to 1.
    ahead, tied : Estimate of shape (n_bids, n_bids)
        Share of draws in which the row's bid is strictly ahead of the column's; in which they are tied (1 on the
        diagonal). ``ahead[a, b] + ahead[b, a] + tied[a, b]`` is 1.
    expected : Estimate of shape (n_bids,)
        Mean rank, 1 is best.
    central : Estimate of shape (n_bids, n_criteria)
        Mean of the weights under which a bid is first; 0 for one that never is, see `ever_first`.
    ever_first : ndarray of bool of shape (n_bids,)
        Whether some draw puts the bid first.
    confidences : Estimate of shape (n_bids,)
        Probability that the bid is first at its central weights, over the uncertain values (1 or 0 where they are
        certain); 0 for one that is never first.
    method : str
        How the weights were drawn, see `WeightDraws`.
    acceptance : float
        Share of proposed weights that lay in the region.
    seed : int
        Gives the same draws again.
    uncertain : mapping
        What was drawn beside the weights: ``"interval"``, ``"normal"``, ``"drawn"``; empty where values are certain.
    spread : ndarray of shape (n_criteria, n_bids)
        Standard deviation of the values that were drawn, in value points; 0 where they are certain.
    """

    scored: Scored
    region: Region
    tally: Tally
    ranks: Estimate
    ahead: Estimate
    tied: Estimate
    expected: Estimate
    central: Estimate
    ever_first: npt.NDArray[np.bool_]
    confidences: Estimate
    method: str
    acceptance: float
    seed: int
    uncertain: Mapping[str, object]
    spread: FloatArray
    standing: Literal["exploratory"] = "exploratory"

    @property
    def bids(self) -> tuple[str, ...]:
        """Eligible bids, in canonical order; rows of every table."""
        return self.scored.bids

    @property
    def criteria(self) -> tuple[str, ...]:
        """Leaves, in tree order."""
        return self.scored.criteria

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy; empty for a sheet made from a table."""
        return self.scored.policy_fingerprint

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.scored.tied_first

    @property
    def scrambles(self) -> int:
        """Independent scrambles."""
        return len(self.tally.ranks)

    @property
    def draws(self) -> int:
        """Draws of all scrambles together."""
        return self.tally.draws * self.scrambles

    @property
    def first(self) -> FloatArray:
        """First-rank acceptability of each bid, a fraction of 1."""
        return self.ranks.mean[:, 0]

    @property
    def matrix(self) -> FloatArray:
        """Rank acceptability, bids × ranks."""
        return self.ranks.mean

    @property
    def errors(self) -> FloatArray:
        """Standard errors of `matrix`."""
        return self.ranks.error

    @property
    def pairwise(self) -> FloatArray:
        """Pairwise winning probabilities: the row's bid strictly ahead of the column's."""
        return self.ahead.mean

    @property
    def expected_rank(self) -> FloatArray:
        """Mean rank of each bid."""
        return self.expected.mean

    @property
    def central_weights(self) -> dict[str, dict[str, float] | None]:
        """Bid → criterion → mean weight (fraction of 1) under which it is first; None for one that never is."""
        return {
            bid: dict(zip(self.criteria, self.central.mean[b].tolist(), strict=True)) if self.ever_first[b] else None
            for b, bid in enumerate(self.bids)
        }

    @property
    def confidence(self) -> dict[str, float | None]:
        """Bid → confidence factor; None for a bid that is never first and so has no central weights."""
        shares = self.confidences.mean.tolist()
        return {bid: shares[b] if self.ever_first[b] else None for b, bid in enumerate(self.bids)}

    def to_frame(self) -> pd.DataFrame:
        """One row a bid, all shares fractions of 1.

        Columns: ``bid name first first_error expected_rank expected_rank_error confidence rank_1 rank_2 ...``;
        confidence is missing (``Float64``) for a bid that is never first.
        """
        import pandas as pd

        table: dict[str, object] = {
            "bid": list(self.bids),
            "name": [self.scored.name(bid) for bid in self.bids],
            "first": self.first,
            "first_error": self.errors[:, 0],
            "expected_rank": self.expected.mean,
            "expected_rank_error": self.expected.error,
            "confidence": pd.array(list(self.confidence.values()), dtype="Float64"),
        }
        ranks = {f"rank_{r + 1}": self.matrix[:, r] for r in range(len(self.bids))}
        return pd.DataFrame({**table, **ranks})

    def pairwise_frame(self) -> pd.DataFrame:
        """One row a pair of different bids: ``bid other ahead ahead_error tied tied_error``, fractions of 1."""
        import pandas as pd

        rows = [
            (bid, other, *(float(table[a, b]) for table in (*self.ahead, *self.tied)))
            for a, bid in enumerate(self.bids)
            for b, other in enumerate(self.bids)
            if a != b
        ]
        return pd.DataFrame(rows, columns=["bid", "other", "ahead", "ahead_error", "tied", "tied_error"])

    def central_frame(self) -> pd.DataFrame:
        """One row a bid and criterion: ``bid criterion weight weight_error published``, fractions of 1.

        Bids that are never first have no central weights and no rows.
        """
        import pandas as pd

        rows = [
            (bid, name, float(self.central.mean[b, i]), float(self.central.error[b, i]), float(self.scored.weights[i]))
            for b, bid in enumerate(self.bids)
            if self.ever_first[b]
            for i, name in enumerate(self.criteria)
        ]
        return pd.DataFrame(rows, columns=["bid", "criterion", "weight", "weight_error", "published"])

    def uncertainty_frame(self) -> pd.DataFrame:
        """One row a criterion and bid: ``criterion bid value deviation``, value points of 0-100.

        ``deviation`` is the standard deviation of the values that were drawn; 0 where the value is certain.
        """
        import pandas as pd

        rows = [
            (name, bid, float(self.scored.values[i, b]), float(self.spread[i, b]))
            for i, name in enumerate(self.criteria)
            for b, bid in enumerate(self.bids)
        ]
        return pd.DataFrame(rows, columns=["criterion", "bid", "value", "deviation"])

    def half_widths(self, level: float = 0.95) -> FloatArray:
        """Half-widths of confidence intervals of `matrix`, by Student's t over the scrambles."""
        from scipy.stats import t

        return np.asarray(self.errors * t.ppf((1 + level) / 2, self.scrambles - 1))

    def explain(self, lang: Lang = "en") -> str:
        """Say how often each bid is first, where weights were drawn, what is uncertain, and how sure that is."""
        from supplier_eval.robustness.acceptability_words import explain_acceptability

        return explain_acceptability(self, lang)

    def __repr__(self) -> str:
        best = int(np.argmax(self.first))
        lead = f"{self.bids[best]} first in {self.first[best]:.2%}"
        return f"Acceptability({lead} of {self.draws:,} draws from {self.region.name!r}, {self.standing})"
