"""The total of every bid as one weight moves: straight lines, and where they cross."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang, message
from supplier_eval.rank.asked import asked_text
from supplier_eval.robustness.scored import Node, Scored, scored_bids
from supplier_eval.robustness.stability import TIE, slopes
from supplier_eval.robustness.stability_front import exact_totals
from supplier_eval.robustness.stability_words import caveats, tie_first
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

POINTS = 100.0


class Crossing(NamedTuple):
    """Where two bids have the same total.

    Attributes
    ----------
    share : float
        Share of the parent, 0-1.
    total : float
        Their total there, points of 100.
    before, after : str
        The bid that is ahead below that share, and the one that is ahead above it.
    leads : bool
        Whether no bid is ahead of them there, so that the first place changes hands.
    """

    share: float
    total: float
    before: str
    after: str
    leads: bool


@dataclass(frozen=True, eq=False)
class ScoreLines(Shown):
    """Totals as linear functions of the share of one node; the weights beside it keep their proportions.

    Parameters
    ----------
    scored : Scored
        Bids, values and present weights.
    node : Node
        The node whose share moves.
    intercept, slope : ndarray of shape (n_bids,)
        Total where the node weighs nothing, and what it gains if the node takes the whole of its parent; points.
    crossings : tuple of Crossing
        All pairs that cross between 0 and 1, by share.
    """

    scored: Scored
    node: Node
    intercept: FloatArray
    slope: FloatArray
    crossings: tuple[Crossing, ...]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def bids(self) -> tuple[str, ...]:
        """The bids, in canonical order, as in `intercept` and `slope`."""
        return self.scored.bids

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy."""
        return self.scored.policy_fingerprint

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.scored.tied_first

    def totals_at(self, share: float) -> FloatArray:
        """Unrounded total of every bid at a share of the parent (0-1), in points of 100."""
        return np.asarray(self.intercept + share * self.slope)

    def to_frame(self) -> pd.DataFrame:
        """One row a bid: ``bid name intercept slope now``; totals and slopes in points of 100, none missing."""
        import pandas as pd

        names = [self.scored.name(bid) for bid in self.bids]
        now = self.totals_at(self.node.share)
        columns = {"bid": list(self.bids), "name": names}
        return pd.DataFrame({**columns, "intercept": self.intercept, "slope": self.slope, "now": now})

    def crossings_frame(self) -> pd.DataFrame:
        """One row a crossing: ``share weight_points total before after leads``."""
        import pandas as pd

        rows = [(c.share, c.share * self.node.parent_weight * POINTS, *c[1:]) for c in self.crossings]
        return pd.DataFrame(rows, columns=["share", "weight_points", "total", "before", "after", "leads"])

    def explain(self, lang: Lang = "en") -> str:
        """Say where the first place changes hands as the weight grows."""
        label = self.scored.label(self.node.id, lang)
        changes = [c for c in self.crossings if c.leads]
        lines = tie_first(self.scored, lang)
        lines += [message("stability.lines.none", lang, node=label)] if not changes else []
        for c in changes:
            at = f"{c.share * self.node.parent_weight * POINTS:.2f}"
            lines.append(message("stability.lines.change", lang, node=label, at=at, before=c.before, after=c.after))
        return "\n".join([*lines, *caveats(self.scored, lang)])

    def __repr__(self) -> str:
        return f"ScoreLines({self.node.id!r}: {len(self.bids)} bids, {len(self.crossings)} crossings)"


def score_lines(sheet: ScoreSheet, node: str) -> ScoreLines:
    """Give the total of every bid as a straight line in the share of one node, with all crossings.

    Parameters
    ----------
    sheet : ScoreSheet
        Values and weights; values are held fixed, totals are unrounded.
    node : str
        Id of a criterion or group of criteria.

    Returns
    -------
    ScoreLines
        Plain figures for a chart. Bids whose totals are equal at every share never cross.

    Raises
    ------
    InvalidInput
        If the sheet has no order to question.
    UnknownName
        If there is no such node.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> se.robustness.score_lines(sheet, "price")
    ScoreLines('price': 5 bids, 8 crossings)
    """
    scored = scored_bids(sheet)
    by_id = {n.id: n for n in scored.nodes}
    if asked_text(node, "node") not in by_id:
        raise UnknownName("criterion", node, by_id)
    chosen = by_id[node]
    slope = slopes(scored.values, chosen.inside, chosen.beside, chosen.parent_weight)
    if not chosen.beside.any():
        slope = np.zeros_like(slope)
    totals = exact_totals(scored)
    crossings = _crossings(scored.bids, totals, slope, chosen.share)
    return ScoreLines(scored, chosen, totals - chosen.share * slope, slope, crossings)


def _crossings(bids: tuple[str, ...], totals: FloatArray, slope: FloatArray, share: float) -> tuple[Crossing, ...]:
    """Every pair whose lines meet between 0 and 1."""
    first, second = np.triu_indices(len(bids), 1)
    gap, turn = totals[first] - totals[second], slope[first] - slope[second]
    gap = np.where(np.abs(gap) <= TIE, 0.0, gap)
    moving = np.abs(turn) > TIE
    at = share - gap / np.where(moving, turn, 1.0)
    found = []
    for i in np.flatnonzero(moving & (at >= 0) & (at <= 1)).tolist():
        a, b = int(first[i]), int(second[i])
        before, after = (a, b) if slope[a] < slope[b] else (b, a)
        there = totals + (at[i] - share) * slope
        leads = bool(there[a] >= there.max() - TIE)
        found.append(Crossing(float(at[i]), float(there[a]), bids[before], bids[after], leads))
    return tuple(sorted(found))
