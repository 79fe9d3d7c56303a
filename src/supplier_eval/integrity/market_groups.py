"""The figures of every pair, of every companion with its winner, and of every coalition, and their screens."""

from __future__ import annotations

import numpy as np
import pandas as pd

from supplier_eval.integrity.bid_table import BidTable
from supplier_eval.integrity.co_bidding import Meetings, co_bidding, mutual_wins
from supplier_eval.integrity.coalitions import Subsets, coalitions_of, subsets_of
from supplier_eval.integrity.companions import attached, losing
from supplier_eval.integrity.market_arrays import FloatArray, IntArray, Market
from supplier_eval.integrity.market_screens import Part, missing
from supplier_eval.integrity.market_settings import MarketSettings
from supplier_eval.integrity.pair_shares import steady_shares, wins_by_period
from supplier_eval.integrity.rotation import even_shares, few_repeats, full_rounds, repeats

TURNS = ("wins_in_order", "repeats", "full_rounds")


def turns(market: Market, members: IntArray, tenders: IntArray) -> tuple[list[int], list[int]]:
    """Winners, in time, of the tenders that a member of a group won, and the wins of each member.

    Parameters
    ----------
    market : Market
        Winners; without days there is no order and the first list is empty.
    members : ndarray of int, shape (k,)
        The group.
    tenders : ndarray of int
        Tenders in which all of them bid.

    Returns
    -------
    tuple of (list of int, list of int)
    """
    live = tenders[market.decided[tenders]]
    won = market.winner[live][:, np.newaxis] == members
    live, counts = live[won.any(axis=1)], won.sum(axis=0).tolist()
    if market.order is None:
        return [], counts
    dated = live[market.order[live] >= 0]
    dated = dated[np.argsort(market.order[dated], kind="stable")]
    return market.winner[dated].tolist(), counts


def turn_figures(
    market: Market, groups: list[tuple[IntArray, IntArray]], least: int
) -> tuple[pd.DataFrame, FloatArray, FloatArray]:
    """Wins in order, repeats and full rounds of each group, with the p-values of rotation and of even shares."""
    figures = np.zeros((len(groups), 4), dtype=np.int64)
    p = np.full((len(groups), 2), np.nan)
    for g, (members, tenders) in enumerate(groups):
        winners, counts = turns(market, members, tenders)
        seen = repeats(winners)
        figures[g] = sum(counts), len(winners), seen, full_rounds(winners, len(members))
        own = [winners.count(member) for member in members.tolist()]
        if len(winners) >= least and sum(n > 0 for n in own) >= 2:
            p[g, 0] = few_repeats(own, seen)
        if sum(counts) >= least:
            p[g, 1] = even_shares(tuple(sorted(counts)))
    frame = pd.DataFrame(figures, columns=["group_wins", *TURNS])
    return frame, p[:, 0], p[:, 1]


def _together(market: Market, met: Meetings) -> list[tuple[IntArray, IntArray]]:
    """Each pair with the tenders in which both bid."""
    part = market.incidence().tocsc()
    part.sort_indices()
    ends, rows = part.indptr, part.indices
    found = []
    for a, b in zip(met.first.tolist(), met.second.tolist(), strict=True):
        both = np.intersect1d(rows[ends[a] : ends[a + 1]], rows[ends[b] : ends[b + 1]], assume_unique=True)
        found.append((np.array([a, b], dtype=np.int64), both.astype(np.int64)))
    return found


def pairs(
    table: BidTable, market: Market, settings: MarketSettings
) -> tuple[pd.DataFrame, pd.DataFrame, list[Part], Meetings]:
    """Every pair that met often enough, every companion with its winner, and their screens."""
    met = co_bidding(market, settings.least_meetings)
    names = np.array(table.bidders, dtype=object)
    wins = mutual_wins(market, met.first, met.second)
    in_turn, p_turn, p_even = turn_figures(market, _together(market, met), settings.least_wins)
    _, one, two = wins_by_period(market, met.first, met.second)
    steady, error = _steady(one, two, settings)
    joint = (one + two).sum(axis=1)
    frame = pd.DataFrame(
        {
            "first": names[met.first],
            "second": names[met.second],
            "meetings": met.meetings,
            "lift": met.lift,
            "jaccard": met.jaccard,
            "decided": wins.decided,
            "first_wins": wins.first_wins,
            "second_wins": wins.second_wins,
            "expected_wins": wins.expected,
            "joint_share": (wins.first_wins + wins.second_wins) / np.maximum(1, wins.decided),
            "p_dominance": wins.p_dominance,
        }
    ).join(in_turn[list(TURNS)])
    frame["periods"] = ((one + two) > 0).sum(axis=1)
    frame["steady_error"] = error
    few = {"least": settings.least_meetings}
    few_wins = {"least": settings.least_wins}
    both = np.minimum(wins.first_wins, wins.second_wins) > 0  # one that wins alone makes no pair
    joint_p = np.where(wins.decided >= settings.least_meetings, np.where(both, wins.p_joint, 1.0), np.nan)
    parts = [
        Part("co_bidding", "pairs", met.p, facts=few),
        Part("joint_wins", "pairs", joint_p, facts=few),
        Part("rotation", "pairs", p_turn, facts=few_wins),
        Part("even_shares", "pairs", p_even, facts=few_wins),
        Part("steady_shares", "pairs", np.where(joint >= settings.least_wins, steady, np.nan), facts=few_wins),
    ]
    follow, more = _companions(names, market, met, settings)
    return frame, follow, [_needs(part, table) for part in [*parts, *more]], met


def _steady(one: IntArray, two: IntArray, settings: MarketSettings) -> tuple[FloatArray, FloatArray]:
    found = np.full((len(one), 2), np.nan)
    for at in np.flatnonzero((one + two).sum(axis=1) >= settings.least_wins).tolist():
        found[at] = steady_shares(one[at], two[at], settings.draws, settings.seed)
    return found[:, 0], found[:, 1]


def _companions(
    names: np.ndarray, market: Market, met: Meetings, settings: MarketSettings
) -> tuple[pd.DataFrame, list[Part]]:
    """Companions with their winners; only those that win no more than equal chances give."""
    follow = attached(market, met.first, met.second)
    lost = losing(market)
    behind = lost.wins[follow.companion] <= lost.expected[follow.companion]
    frame = pd.DataFrame(
        {
            "companion": names[follow.companion],
            "winner": names[follow.winner],
            "meetings": follow.meetings,
            "winner_tenders": follow.winner_tenders,
            "winner_wins": follow.winner_wins,
            "wins_with": follow.wins_with,
            "companion_chances": lost.chances[follow.companion],
            "companion_wins": lost.wins[follow.companion],
            "companion_expected": lost.expected[follow.companion],
        }
    )
    enough = behind & (follow.meetings >= settings.least_meetings)
    return frame, [Part("companion", "companions", np.where(enough, follow.p, np.nan), "market.undefined.companion")]


def coalitions(
    table: BidTable, market: Market, settings: MarketSettings
) -> tuple[pd.DataFrame, list[Part], dict[int, Subsets]]:
    """Every coalition of each size that met often enough, and its screens."""
    names = np.array(table.bidders, dtype=object)
    if not settings.coalition_sizes:
        return pd.DataFrame({"members": []}), [], {}
    regulars = market.counts() >= settings.least_meetings
    frames, closeness, rotation, even, searched = [], [], [], [], {}
    for size in settings.coalition_sizes:
        subsets = subsets_of(market, size, settings.most_subsets, regulars)
        found = coalitions_of(subsets, settings.least_meetings)
        groups = [(m, subsets.tender[rows]) for m, rows in zip(found.members, found.subset_rows, strict=True)]
        in_turn, p_turn, p_even = turn_figures(market, groups, settings.least_wins)
        own = pd.DataFrame(
            {
                "members": [tuple(names[m].tolist()) for m in found.members],
                "size": size,
                "meetings": found.meetings,
                "mean_cv": found.mean,
                "median_cv": found.median,
                "least_cv": found.least,
                "largest_cv": found.largest,
                "compared": found.compared,
            }
        ).join(in_turn)
        frames.append(own)
        closeness.append(found.p)
        rotation.append(p_turn)
        even.append(p_even)
        searched[size] = subsets
    few, few_wins = {"least": settings.least_meetings}, {"least": settings.least_wins}
    parts = [
        Part("close_coalition", "coalitions", np.concatenate(closeness), "market.undefined.compared", few),
        Part("rotation", "coalitions", np.concatenate(rotation), facts=few_wins),
        Part("even_shares", "coalitions", np.concatenate(even), facts=few_wins),
    ]
    frame = pd.concat(frames, ignore_index=True)
    return frame, [_needs(part, table) for part in parts], searched


def _needs(part: Part, table: BidTable) -> Part:
    """The part, or why it cannot be: without winners nobody won, without days there is no order."""
    needs = {
        "joint_wins": ("winner",),
        "even_shares": ("winner",),
        "companion": ("winner",),
        "rotation": ("winner", "date"),
        "steady_shares": ("winner", "date"),
    }
    for column in needs.get(part.screen, ()):
        if getattr(table, column) is None:
            reason = missing(part.screen, part.table, column)
            return Part(part.screen, part.table, np.full(len(part.p), np.nan), reason.why, reason.facts)
    return part


def subset_figures(searched: dict[int, Subsets]) -> pd.DataFrame:
    """Variation over the subsets of each tender, four columns a size."""
    columns = {}
    for size, subsets in searched.items():
        for at, word in enumerate(("mean", "median", "least", "largest")):
            columns[f"{word}_cv_of_{size}"] = subsets.by_tender[:, at]
    return pd.DataFrame(columns)
