"""The smallest change of all weights together at which another bid wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.change_bounds import SLACK, Bounds, change_bounds
from supplier_eval.robustness.scored import Scored, scored_bids
from supplier_eval.robustness.stability import IndexArray
from supplier_eval.robustness.weight_change import Norm, Room, make_room, size_of, smallest_weight_change
from supplier_eval.score.order import FloatArray, settle
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

POINTS = 100.0
Level = Literal["leaf", "top"]


@dataclass(frozen=True, eq=False)
class WeightChange:
    """What it takes for one bid to win.

    Parameters
    ----------
    bid : str
        The challenger.
    possible : bool
        Whether it can get ahead of all the others under any allowed weights.
    distance : float
        Size of the change in points of 100, in the norm asked for; 0 where it is level with the first or ahead of
        it already, infinite where it is not possible.
    weights : ndarray of shape (n_criteria,)
        Weights at which it ties, fractions that sum to 1; a step beyond, it wins. The present weights where it is not
        possible.
    change : ndarray of shape (n_criteria,)
        What each weight gains, in points of 100; sums to 0.
    ties : tuple of str
        All other bids with its total there; for one that is not possible, those with its total under all weights.
    blockers : mapping of str to float
        Where it is not possible: the bid that is never behind it (share 1), or the bids whose average in these
        shares never is. Empty where the only obstacle is a bid with the same total under all weights.
    leads_now : bool
        Whether it is ahead of all the others by the present unrounded totals.
    """

    bid: str
    possible: bool
    distance: float
    weights: FloatArray
    change: FloatArray
    ties: tuple[str, ...]
    blockers: Mapping[str, float]
    leads_now: bool

    def size(self, norm: Norm) -> float:
        """Size of this same change in any of the three norms, in points of 100; infinite where not possible."""
        return size_of(self.change, norm) if self.possible else float("inf")


@dataclass(frozen=True, eq=False)
class SmallestChange(Shown):
    """For each challenger the smallest change of the weight vector at which it overtakes all the other bids.

    Parameters
    ----------
    scored : Scored
        Bids, values and totals; values are held fixed, totals are unrounded.
    level : {"leaf", "top"}
        Whose weights move.
    norm : {"euclidean", "sum", "max"}
        How the size of a change is measured.
    criteria : tuple of str
        Whose weights move, in the policy's order.
    weights, lower, upper : ndarray of shape (n_criteria,)
        Present weights and their bounds, fractions.
    changes : tuple of WeightChange
        The nearest challenger first, those that cannot win last.
    asked : str or None
        The challenger asked about; None for all of them.
    """

    scored: Scored
    level: Level
    norm: Norm
    criteria: tuple[str, ...]
    weights: FloatArray
    lower: FloatArray
    upper: FloatArray
    changes: tuple[WeightChange, ...]
    asked: str | None = None
    standing: Literal["exploratory"] = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy."""
        return self.scored.policy_fingerprint

    @property
    def winner(self) -> str:
        """The bid that the policy ranks first."""
        return self.scored.winner

    @property
    def nearest(self) -> WeightChange | None:
        """The challenger that needs the smallest change; None where nobody can win, or there is nobody else."""
        first = next(iter(self.changes), None)
        return first if first is not None and first.possible else None

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.scored.tied_first

    @property
    def rounding_may_decide(self) -> bool:
        """Whether the winner's unrounded lead is below the rounding step; the change knows no rounding."""
        return self.scored.rounding_decides

    @property
    def values_move(self) -> bool:
        """Whether some value itself depends on the weights; all values are held fixed here."""
        return self.scored.weights_move_values

    @property
    def bounded(self) -> bool:
        """Whether any weight was given bounds narrower than 0 to 1."""
        return bool(np.any(self.lower > 0) or np.any(self.upper < 1))

    def __getitem__(self, bid: str) -> WeightChange:
        for change in self.changes:
            if change.bid == bid:
                return change
        raise UnknownName("challenger", bid, [change.bid for change in self.changes])

    def to_frame(self) -> pd.DataFrame:
        """One row a challenger, the nearest first.

        Columns: ``challenger name possible norm distance`` (points of 100) · ``euclidean sum max`` (the same change
        in every norm) · ``ties`` (bids with its total there) · ``blocked_by`` (bids, empty where possible) ·
        ``leads_now``. Distances are ``Float64``, missing (``<NA>``) where no change is enough: `explain` says why.
        """
        import pandas as pd

        rows = [
            (
                *(c.bid, self.scored.name(c.bid), c.possible, self.norm),
                *(size if c.possible else None for size in (c.distance, *(c.size(norm) for norm in get_args(Norm)))),
                *(", ".join(c.ties), ", ".join(c.blockers), c.leads_now),
            )
            for c in self.changes
        ]
        sizes = ["distance", *get_args(Norm)]
        columns = ["challenger", "name", "possible", "norm", *sizes, "ties", "blocked_by", "leads_now"]
        return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(sizes, "Float64"))

    def changes_frame(self) -> pd.DataFrame:
        """One row a possible challenger and criterion: ``challenger criterion weight new_weight change``, in points."""
        import pandas as pd

        rows = [
            (c.bid, name, float(self.weights[i]) * POINTS, float(c.weights[i]) * POINTS, float(c.change[i]))
            for c in self.changes
            if c.possible
            for i, name in enumerate(self.criteria)
        ]
        return pd.DataFrame(rows, columns=["challenger", "criterion", "weight", "new_weight", "change"])

    def explain(self, lang: Lang = "en") -> str:
        """Say it in sentences, the nearest challenger first."""
        from supplier_eval.robustness.change_words import explain_change

        return explain_change(self, lang)

    def __repr__(self) -> str:
        best = self.nearest
        said = f"{best.bid!r} at {best.distance:.2f} points ({self.norm})" if best else "nobody else can win"
        return f"SmallestChange({self.level} weights, {len(self.changes)} challengers: {said}; {self.standing})"


def smallest_change(
    sheet: ScoreSheet,
    challenger: str | None = None,
    norm: Norm = "euclidean",
    bounds: Bounds | None = None,
    level: Level = "leaf",
) -> SmallestChange:
    """Find the smallest change of all weights together at which another bid overtakes all the others.

    Parameters
    ----------
    sheet : ScoreSheet
        Values and weights; values are held fixed, totals are unrounded.
    challenger : str, optional
        The bid that should win; by default every bid but the winner is tried.
    norm : {"euclidean", "sum", "max"}
        Size of a change: root of the sum of squares, sum of absolute changes (10 points from price to quality are
        20), or the largest absolute change. With the last two several changes may be equally small; one is given.
    bounds : mapping of str to (float, float), optional
        Criterion → least and largest weight, fractions of the whole; equal ends fix a weight. 0 to 1 where not
        given. They must contain the present weights.
    level : {"leaf", "top"}
        Whether the weights of the leaves move, or those of the top criteria with the proportions inside them kept.

    Returns
    -------
    SmallestChange
        The size is exact and approached, not attained: at it the challenger ties, beyond it it wins.

    Raises
    ------
    InvalidInput
        If the sheet has no order to question, or bounds are no bounds of the present weights.
    UnknownName
        If the challenger is not ranked, or there is no such criterion, norm or level.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> se.robustness.smallest_change(sheet)
    SmallestChange(leaf weights, 4 challengers: 'BT-1' at 8.68 points (euclidean); exploratory)
    """
    for kind, given, known in (("norm", norm, get_args(Norm)), ("level", level, get_args(Level))):
        if not isinstance(given, str) or given not in known:
            raise UnknownName(kind, given, known)
    scored = scored_bids(sheet)
    asked = [bid for bid in scored.bids if bid != scored.winner] if challenger is None else [challenger]
    positions = [scored.position(bid) for bid in asked]
    names, values, weights = _table(scored, level)
    lower, upper = change_bounds(names, weights, {} if bounds is None else bounds)
    canonical = sorted(range(len(names)), key=lambda i: names[i])
    back = np.argsort(canonical)
    room = make_room(weights[canonical], lower[canonical], upper[canonical])
    changes = [_change(scored, values[canonical], room, c, norm, back) for c in positions]
    changes.sort(key=lambda c: (not c.possible, float(settle(c.distance)) if c.possible else 0.0))
    return SmallestChange(scored, level, norm, names, weights, lower, upper, tuple(changes), challenger)


def _table(scored: Scored, level: Level) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Names, values and weights of the criteria that move."""
    if level == "leaf":
        return scored.criteria, scored.values, scored.weights
    top = [node for node in scored.nodes if not node.parent]
    values = np.stack([sum_sorted(node.inside[:, np.newaxis] * scored.values) for node in top])
    return tuple(node.id for node in top), values, np.array([node.share for node in top])


def _change(
    scored: Scored, values: FloatArray, room: Room, challenger: int, norm: Norm, back: IndexArray
) -> WeightChange:
    """One challenger, with names."""
    found = smallest_weight_change(values, room, challenger, norm)
    bids = scored.bids
    together = [bid for bid, alongside in zip(bids, found.alongside.tolist(), strict=True) if alongside]
    others = np.delete(scored.totals, challenger)
    leads = bool(np.all(scored.totals[challenger] - others > SLACK))
    if scored.winner in together:  # it rises with the winner and can never be ahead of it
        found = found._replace(possible=False, distance=float("inf"), weights=room.weights, mix=np.zeros(len(bids)))
    ties = together if not found.possible else [bid for bid, tie in zip(bids, found.level.tolist(), strict=True) if tie]
    mix = sorted(zip(bids, found.mix.tolist(), strict=True), key=lambda x: -x[1])
    return WeightChange(
        bid=bids[challenger],
        possible=found.possible,
        distance=found.distance * POINTS,
        weights=found.weights[back],
        change=(found.weights - room.weights)[back] * POINTS,
        ties=tuple(ties),
        blockers={bid: share for bid, share in mix if share > SLACK},
        leads_now=leads,
    )
