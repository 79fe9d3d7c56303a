"""How much each weight may change before another bid wins, or before any two bids change places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.errors import UnknownName
from supplier_eval.messages import Lang
from supplier_eval.rank.asked import asked_names
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.robustness.scored import Node, Scored, scored_bids
from supplier_eval.robustness.stability import TIE, IndexArray, ordered_pairs, places, reach, slopes
from supplier_eval.score.order import FloatArray
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

POINTS = 100.0
Pair = tuple[str, str]


@dataclass(frozen=True)
class Interval:
    """Shares of a node between which nobody is overtaken.

    Parameters
    ----------
    lower, upper : float
        Shares of the parent, 0-1; both ends belong to it, as ties. Both are the present share where `ever` is False.
    low, high : tuple of (str, str)
        Who overtakes whom beyond the lower and the upper end, all that tie there, the one that leads beyond first;
        empty where the lower end is 0, the upper end 1.
    holds_now : bool
        Whether the present share lies in it. It does not where rounding or a tie key decided against the unrounded
        totals, or where another bid than the winner was asked about.
    ever : bool
        Whether there is such an interval at all.
    """

    lower: float
    upper: float
    low: tuple[Pair, ...]
    high: tuple[Pair, ...]
    holds_now: bool
    ever: bool


@dataclass(frozen=True, eq=False)
class NodeStability:
    """The intervals of one node.

    Parameters
    ----------
    node : Node
        The criterion or group of criteria, with its present share.
    level : int
        1 at the top, 2 below it, and so on.
    first : Interval
        In which the bid asked about stays first.
    order : Interval
        In which nobody overtakes anybody.
    tied : tuple of str
        Bids with that bid's total whatever the share is.
    movable : bool
        False for an only child: it has nobody to take weight from, and its intervals are its share.
    """

    node: Node
    level: int
    first: Interval
    order: Interval
    tied: tuple[str, ...]
    movable: bool

    def points(self, share: float) -> float:
        """A share of the parent as points of the whole 100."""
        return share * self.node.parent_weight * POINTS

    @property
    def weight_points(self) -> float:
        """Present weight in points of the whole 100."""
        return self.points(self.node.share)

    @property
    def challengers_low(self) -> tuple[str, ...]:
        """Bids that take over below the interval, the one that leads there first."""
        return tuple(bid for bid, _ in self.first.low)

    @property
    def challengers_high(self) -> tuple[str, ...]:
        """Bids that take over above the interval, the one that leads there first."""
        return tuple(bid for bid, _ in self.first.high)

    @property
    def room_down(self) -> float:
        """Points of the whole by which it may weigh less; negative if it must weigh less by more than that first."""
        return self.weight_points - self.points(self.first.lower)

    @property
    def room_up(self) -> float:
        """Points of the whole by which it may weigh more; negative as `room_down`."""
        return self.points(self.first.upper) - self.weight_points

    @property
    def room(self) -> float:
        """Points to the nearest end at which the first place changes hands; infinite where there is none."""
        ends = [(self.room_down, self.first.low), (self.room_up, self.first.high)]
        return min((abs(room) for room, pairs in ends if pairs), default=float("inf"))


@dataclass(frozen=True, eq=False)
class WeightStability(Shown):
    """For every node the weights between which the winner stays, who wins beyond, and the same for the whole order.

    Parameters
    ----------
    scored : Scored
        Bids, values, weights and totals that were asked about; values are held fixed.
    winner : str
        The bid that is asked about.
    nodes : tuple of NodeStability
        Top criteria first, each parent before its children.
    """

    scored: Scored
    winner: str
    nodes: tuple[NodeStability, ...]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the policy."""
        return self.scored.policy_fingerprint

    @property
    def tied_first(self) -> tuple[str, ...]:
        """The bids that share rank 1, a tie that has to be said first; empty where one has it alone."""
        return self.scored.tied_first

    @property
    def rounding_may_decide(self) -> bool:
        """Whether the winner's unrounded lead is below the rounding step; the intervals know no rounding."""
        return self.scored.rounding_decides

    @property
    def values_move(self) -> bool:
        """Whether some value itself depends on the weights; the intervals hold all values fixed."""
        return self.scored.weights_move_values

    @cached_property
    def identical(self) -> tuple[str, ...]:
        """Bids with exactly the values of the bid asked about: they share its place whatever the weights are."""
        values, w = self.scored.values, self.scored.position(self.winner)
        same = np.all(values == values[:, [w]], axis=0)
        return tuple(bid for b, bid in enumerate(self.scored.bids) if same[b] and b != w)

    @property
    def by_room(self) -> tuple[NodeStability, ...]:
        """Nodes from the one that needs the fewest points to change the first place to the one that needs most."""
        return tuple(sorted(self.nodes, key=lambda line: (not line.movable, line.room, line.node.id)))

    @property
    def tightest(self) -> NodeStability | None:
        """The node that needs the fewest points to change the first place; None where no single weight does."""
        first = next(iter(self.by_room), None)
        return first if first is not None and np.isfinite(first.room) else None

    def __getitem__(self, node: str) -> NodeStability:
        for line in self.nodes:
            if line.node.id == node:
                return line
        raise UnknownName("criterion", node, [line.node.id for line in self.nodes])

    def to_frame(self) -> pd.DataFrame:
        """One row a node, parents before children.

        Columns: ``node parent level movable`` · ``share lower upper`` (fractions of the parent) ·
        ``weight_points lower_points upper_points room_down room_up`` (points of the whole 100; a room is negative
        where the bid is not first now and would be beyond that move) · ``challenger_low challenger_high`` (bids,
        comma between them, empty where the lower end is 0, the upper end 1) · ``holds_now ever`` · the same for
        the whole order: ``order_lower order_upper`` (fractions), ``order_pair_low order_pair_high`` (``B2 > B1``:
        B2 overtakes B1 beyond that end), ``order_holds_now``. Where `ever` is False both ends are the present share.
        No value is missing.
        """
        from supplier_eval.robustness.stability_rows import stability_frame

        return stability_frame(self.nodes)

    def explain(self, lang: Lang = "en") -> str:
        """Say it in sentences, the tightest criterion first."""
        from supplier_eval.robustness.stability_words import explain_stability

        return explain_stability(self, lang)

    def __repr__(self) -> str:
        tight = self.tightest
        where = f"tightest {tight.node.id!r}, {tight.room:.2f} points" if tight is not None else "no single weight can"
        return f"WeightStability({self.winner!r} first, {len(self.nodes)} nodes; {where}; {self.standing})"


def weight_stability(
    sheet: ScoreSheet, winner: str | None = None, nodes: Iterable[str] | None = None
) -> WeightStability:
    """Find how much each weight may change before another bid wins.

    One node moves at a time, at any level of the hierarchy; the weights beside it keep their proportions to each
    other, everything outside its parent stays. Values are held fixed, totals are unrounded.

    Parameters
    ----------
    sheet : ScoreSheet
        Values and weights.
    winner : str, optional
        The bid asked about; by default the one that the policy ranks first.
    nodes : iterable of str, optional
        Ids of the nodes to look at; all of them by default.

    Returns
    -------
    WeightStability
        Exact intervals: the gap to every rival is a straight line in the share (`robustness.stability`).

    Raises
    ------
    InvalidInput
        If the sheet has no order to question.
    UnknownName
        If the bid is not ranked or there is no such node.

    Examples
    --------
    >>> sheet = se.evaluate(se.read_tender("data/samples/service-desk")).lots["L1"].sheet
    >>> print(se.robustness.weight_stability(sheet).explain().splitlines()[1])
    Price may weigh 43.41 points or less (now 30.00); above it the first place goes to BT-1.
    """
    scored = scored_bids(sheet)
    name = scored.winner if winner is None else winner
    scored.position(name)
    totals = exact_totals(scored)
    ranks = [scored.ranking.rank_of(bid) for bid in scored.bids]
    pairs = ordered_pairs(places(ranks, totals, scored.position(scored.winner)))
    levels: dict[str, int] = {}
    lines = []
    for node in scored.nodes:
        levels[node.id] = levels.get(node.parent, 0) + 1
        lines.append(_line(scored, node, levels[node.id], name, totals, pairs))
    return WeightStability(scored, name, _asked(lines, nodes))


def _line(
    scored: Scored, node: Node, level: int, winner: str, totals: FloatArray, pairs: tuple[IndexArray, IndexArray]
) -> NodeStability:
    """Both intervals of one node; an only child keeps its share."""
    movable = bool(node.beside.any())
    slope = slopes(scored.values, node.inside, node.beside, node.parent_weight) if movable else np.zeros_like(totals)
    w, every = scored.position(winner), np.arange(len(totals))
    found = []
    for ahead, behind in ((np.full(len(totals), w), every), pairs):
        ends = reach(totals[ahead] - totals[behind], slope[ahead] - slope[behind], node.share)
        over, under = behind.tolist(), ahead.tolist()
        low, high = (tuple((scored.bids[over[i]], scored.bids[under[i]]) for i in end) for end in (ends.low, ends.high))
        lower, upper = (ends.lower, ends.upper) if movable else (node.share, node.share)
        found.append(Interval(lower, upper, low, high, ends.holds_now, ends.ever))
    level_with = (np.abs(totals - totals[w]) <= TIE) & (np.abs(slope - slope[w]) <= TIE)
    tied = tuple(bid for b, bid in enumerate(scored.bids) if level_with[b] and b != w)
    return NodeStability(node, level, found[0], found[1], tied, movable)


def exact_totals(scored: Scored) -> FloatArray:
    """Unrounded totals in points, added so that the order of the criteria does not reach the last bit."""
    return sum_sorted(scored.weights[:, np.newaxis] * scored.values)


def _asked(lines: list[NodeStability], nodes: Iterable[str] | None) -> tuple[NodeStability, ...]:
    if nodes is None:
        return tuple(lines)
    wanted = asked_names(nodes, "nodes")
    known = [line.node.id for line in lines]
    for name in wanted:
        if name not in known:
            raise UnknownName("criterion", name, known)
    return tuple(line for line in lines if line.node.id in wanted)
