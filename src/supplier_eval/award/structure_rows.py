"""Rows that hold in every award: cover, openings, tiers, curves, capacities, bundles, the incumbent's loss.

The tight formulation: a bid's share is disaggregated by discount tier and bounded by the tier's own switch,
x_bt <= u_b w_t, beside the links of openings (x_b <= u_b o_b, o_b <= y_s). Its relaxation cannot mix tiers the way
the usual one (x_b <= y_s, spend in tier <= break x w) does.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.columns import needs_strict_opening
from supplier_eval.award.parts import ONE
from supplier_eval.award.rows import INFINITY, plus

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.columns import Columns
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rows import Builder

BELOW = 1e-5


def add_structure(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """All rows that do not come from a business rule."""
    most = largest_shares(problem, columns)
    _cover(problem, columns, builder)
    _links(problem, columns, builder, most)
    _curves(problem, columns, builder)
    _least_shares(problem, columns, builder)
    _alternates(problem, columns, builder)
    _tiers(problem, columns, builder)
    _volumes(problem, columns, builder)
    _bundles(problem, columns, builder)
    _switching(problem, columns, builder)


def largest_shares(problem: AwardProblem, columns: Columns) -> NDArray[np.float64]:
    """The most of its lot that each bid can be awarded: its own limit, its curve's end, its supplier's capacity."""
    most = []
    for (lot, supplier, _), bid in problem.bids.items():
        limit = bid.max_share
        demand = problem.lots[lot].demand
        if bid.curve:
            limit = min(limit, bid.curve[-1].qhi / demand)
        use, capacity = demand if bid.use is None else bid.use, problem.suppliers[supplier].capacity
        if capacity is not None and use > capacity:
            limit = min(limit, capacity / use)
        unreachable = limit < bid.min_share or limit * demand < bid.min_qty
        if unreachable or (problem.lots[lot].indivisible and limit < 1):
            limit = 0 * limit
        most.append(float(limit))
    return np.array(most)


def use_of_bids(problem: AwardProblem) -> NDArray[np.float64]:
    """Capacity that the whole lot would take, by bid."""
    return np.array(
        [float(problem.lots[key[0]].demand if bid.use is None else bid.use) for key, bid in problem.bids.items()]
    )


def bundles_by_lot(problem: AwardProblem, columns: Columns) -> dict[str, list[int]]:
    """Lot → columns of the bundles that cover it."""
    found: dict[str, list[int]] = defaultdict(list)
    for column, bundle in zip(columns.bundle, problem.bundles.values(), strict=True):
        for lot in bundle.lots:
            found[lot].append(int(column))
    return found


def _cover(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """Shares, bundles and what stays unserved make each lot whole."""
    row = [columns.bid_lot[columns.piece_bid]]
    column = [columns.share]
    by_lot = bundles_by_lot(problem, columns)
    for at, lot in enumerate(columns.lots):
        extra = [*by_lot.get(lot, ()), *([int(columns.unserved[at])] if columns.unserved[at] >= 0 else ())]
        row.append(np.full(len(extra), at))
        column.append(np.array(extra, dtype=np.int64))
    free = problem.terms.cover == "free_disposal"
    exactly = (problem.terms.cover == "exactly") | (columns.unserved >= 0)
    low = np.where(exactly | free, 1.0, -INFINITY)
    high = np.where(np.full(len(columns.lots), free), INFINITY, 1.0)
    builder.block("cover", np.concatenate(row), np.concatenate(column), 1.0, low, high)


def _links(problem: AwardProblem, columns: Columns, builder: Builder, most: NDArray[np.float64]) -> None:
    """x_bt <= u_b w_t for every piece; sum_t x_bt <= u_b o_b (= o_b for a whole lot); o_b <= y_s."""
    count = np.arange(columns.share.size)
    tier_column = np.array(
        [
            columns.in_tier[columns.bid_supplier[b]][t]
            for b, t in zip(columns.piece_bid, columns.piece_tier, strict=True)
        ],
        dtype=np.int64,
    )
    builder.block(
        "link",
        np.concatenate([count, count]),
        np.concatenate([columns.share, tier_column]),
        np.concatenate([np.ones(count.size), -most[columns.piece_bid]]),
        np.full(count.size, -INFINITY),
        0.0,
    )
    whole = np.array([problem.lots[key[0]].indivisible for key in columns.bids], dtype=bool)
    shares_of = np.full(len(columns.bids), -1)
    shares_of[columns.piece_bid] = columns.share
    separate = (columns.opened >= 0) & (columns.opened != shares_of)
    place = np.cumsum(separate) - 1
    kept = separate[columns.piece_bid]
    builder.block(
        "open",
        np.concatenate([place[columns.piece_bid[kept]], place[separate]]),
        np.concatenate([columns.share[kept], columns.opened[separate]]),
        np.concatenate([np.ones(int(kept.sum())), -np.where(whole, 1.0, most)[separate]]),
        np.where(whole, 0.0, -INFINITY)[separate],
        np.zeros(int(separate.sum())),
    )
    rows = np.arange(int(separate.sum()))
    builder.block(
        "open",
        np.concatenate([rows, rows]),
        np.concatenate([columns.opened[separate], columns.active[columns.bid_supplier[separate]]]),
        np.concatenate([np.ones(rows.size), -np.ones(rows.size)]),
        np.full(rows.size, -INFINITY),
        0.0,
    )
    impossible = np.flatnonzero(whole & (most < 1))
    builder.block("share", np.arange(impossible.size), columns.opened[impossible], 1.0, np.zeros(impossible.size), 0.0)


def _curves(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """On one segment at most, from its start to below its end (the last: to its end); awarded where it is on one."""
    bids = list(problem.bids.values())
    on: dict[int, list[int]] = defaultdict(list)
    for piece in np.flatnonzero(columns.on_segment >= 0):
        at = int(columns.piece_bid[piece])
        segment = bids[at].curve[columns.piece_segment[piece]]
        demand = problem.lots[bids[at].lot].demand
        share, switch = int(columns.share[piece]), int(columns.on_segment[piece])
        end = segment.qhi / demand if segment is bids[at].curve[-1] else problem.terms.share_below(segment.qhi / demand)
        builder.row("curve", {share: 1.0, switch: -float(min(end, ONE))}, upper=0.0)
        builder.row("curve", {share: 1.0, switch: -float(segment.qlo / demand)}, lower=0.0)
        on[at].append(switch)
    for at, switches in on.items():
        builder.row("curve", plus([(c, 1.0) for c in switches], [(int(columns.opened[at]), -1.0)]), 0.0, 0.0)


def _least_shares(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """A bid's own minimum; and at least one unit of the grid where opening without a share would pay."""
    strict = needs_strict_opening(problem)
    pieces = pieces_of_bids(columns)
    step = 1.0 / problem.terms.grid
    for at, (key, bid) in enumerate(problem.bids.items()):
        lot = problem.lots[key[0]]
        least = float(max(bid.min_share, bid.min_qty / lot.demand))
        if lot.indivisible or not (least or key in strict):
            continue
        scale = 1.0 if least else float(problem.terms.grid)
        terms = plus(((c, scale) for c in pieces[at]), [(int(columns.opened[at]), -scale * (least or step))])
        builder.row("share", terms, lower=0.0)


def pieces_of_bids(columns: Columns) -> list[list[int]]:
    """Columns of the shares of each bid."""
    found: list[list[int]] = [[] for _ in columns.bids]
    for bid, share in zip(columns.piece_bid.tolist(), columns.share.tolist(), strict=True):
        found[bid].append(share)
    return found


def _alternates(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """At most one offer of a supplier for a lot."""
    offers: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, key in enumerate(columns.bids):
        offers[key[:2]].append(int(columns.opened[at]))
    for opened in offers.values():
        if len(opened) > 1:
            builder.row("alternates", dict.fromkeys(opened, 1.0), upper=1.0)


def _tiers(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """One tier per active supplier; what is awarded in a tier lies between its breaks.

    A break belongs to the tier that it opens. That needs a row of its own only where the discount falls there:
    nobody can then stay below by less than a hundred-thousandth of it.
    """
    amounts = _by_supplier_and_tier(problem, columns, "spend"), _by_supplier_and_tier(problem, columns, "volume")
    for at, supplier in enumerate(problem.suppliers.values()):
        if supplier.tiers is None or len(supplier.tiers.breaks) == 1:
            continue
        switches = columns.in_tier[at]
        builder.row("tier", plus(((int(c), 1.0) for c in switches), [(int(columns.active[at]), -1.0)]), 0.0, 0.0)
        amount = amounts[supplier.tiers.basis == "volume"]
        for tier, switch in enumerate(switches):
            terms = amount[at, tier]
            if tier:
                low = float(supplier.tiers.breaks[tier])
                builder.row("tier", plus(terms, [(int(switch), -low)]), lower=0.0)
            if tier + 1 < len(switches):
                falls = supplier.tiers.discount[tier + 1] < supplier.tiers.discount[tier]
                high = float(supplier.tiers.breaks[tier + 1]) * (1 - BELOW if falls else 1)
                builder.row("tier", plus(terms, [(int(switch), -high)]), upper=0.0)


def _by_supplier_and_tier(
    problem: AwardProblem, columns: Columns, basis: str
) -> dict[tuple[int, int], list[tuple[int, float]]]:
    """(supplier, tier) → base spend, or volume, as columns and coefficients."""
    found: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    share, switch = spend_of_pieces(problem, columns) if basis == "spend" else volume_of_pieces(columns)
    supplier = columns.bid_supplier[columns.piece_bid].tolist()
    for piece, (at, tier) in enumerate(zip(supplier, columns.piece_tier.tolist(), strict=True)):
        found[at, tier].append((int(columns.share[piece]), float(share[piece])))
        if switch[piece]:
            found[at, tier].append((int(columns.on_segment[piece]), float(switch[piece])))
    places = {name: at for at, name in enumerate(columns.suppliers)}
    for offer, by_tier in zip(problem.bundles.values(), columns.bundle_in_tier, strict=True):
        demanded = (problem.lots[lot].demand for lot in offer.lots)
        worth = offer.price if basis == "spend" else sum(demanded, 0 * offer.price)
        for tier, column in enumerate(by_tier):
            found[places[offer.supplier], tier].append((int(column), float(worth)))
    return found


def spend_of_pieces(problem: AwardProblem, columns: Columns) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Base spend per whole share, and per switch of the segment, of every piece."""
    bids = list(problem.bids.values())
    per_share = np.array(
        [0.0 if bid.price is None else float(bid.price * problem.lots[bid.lot].demand) for bid in bids]
    )[columns.piece_bid]
    per_switch = np.zeros(per_share.size)
    for piece in np.flatnonzero(columns.piece_segment >= 0):
        bid = bids[columns.piece_bid[piece]]
        segment = bid.curve[columns.piece_segment[piece]]
        per_share[piece] = float(segment.slope * problem.lots[bid.lot].demand)
        per_switch[piece] = float(segment.fixed)
    return per_share, per_switch


def volume_of_pieces(columns: Columns) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Volume per whole share of every piece; switches have none."""
    volume = columns.demand[columns.bid_lot[columns.piece_bid]]
    return volume, np.zeros(volume.size)


def _volumes(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """Capacity by supplier and tier; the least volume of whoever wins anything."""
    use, volume = use_of_bids(problem), _by_supplier_and_tier(problem, columns, "volume")
    per_share = use[columns.piece_bid] if use.size else use
    at_column = dict(zip(columns.share.tolist(), per_share.tolist(), strict=True))
    for at, supplier in enumerate(problem.suppliers.values()):
        by_tier = [volume[at, tier] for tier in range(len(columns.in_tier[at]))]
        if supplier.capacity is not None:
            for terms, switch in zip(by_tier, columns.in_tier[at], strict=True):
                used = [(column, at_column.get(column, demand)) for column, demand in terms]
                builder.row("capacity", plus(used, [(int(switch), -float(supplier.capacity))]), upper=0.0)
        if supplier.min_volume:
            least = [(int(columns.active[at]), -float(supplier.min_volume))]
            builder.row("min_volume", plus(*by_tier, least), lower=0.0)


def _bundles(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """A bundle needs its supplier (in one tier), excludes its rivals, brings what it requires."""
    place = dict(zip(columns.bundles, columns.bundle.tolist(), strict=True))
    suppliers = {name: at for at, name in enumerate(columns.suppliers)}
    rivals: dict[tuple[str, str], list[int]] = defaultdict(list)
    for offer, by_tier in zip(problem.bundles.values(), columns.bundle_in_tier, strict=True):
        column, at = place[offer.id], suppliers[offer.supplier]
        if len(by_tier) > 1:
            builder.row("bundle", plus(((int(c), 1.0) for c in by_tier), [(column, -1.0)]), 0.0, 0.0)
        for part, switch in zip(by_tier, columns.in_tier[at], strict=True):
            builder.row("bundle", {int(part): 1.0, int(switch): -1.0}, upper=0.0)
        for other in offer.requires:
            builder.row("bundle", {column: 1.0, place[other]: -1.0}, upper=0.0)
        if offer.exclusive:
            rivals[offer.supplier, offer.exclusive].append(column)
    for together in rivals.values():
        if len(together) > 1:
            builder.row("bundle", dict.fromkeys(together, 1.0), upper=1.0)


def _switching(problem: AwardProblem, columns: Columns, builder: Builder) -> None:
    """The incumbent keeps something of the lot, or its loss is paid for."""
    by_lot = bundles_by_lot(problem, columns)
    owner = {int(c): offer.supplier for c, offer in zip(columns.bundle, problem.bundles.values(), strict=True)}
    opened: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, key in enumerate(columns.bids):
        if columns.opened[at] >= 0:
            opened[key[:2]].append(int(columns.opened[at]))
    for at, (name, lot) in enumerate(problem.lots.items()):
        if columns.switched[at] < 0:
            continue
        kept = [*opened[name, lot.incumbent], *(c for c in by_lot.get(name, ()) if owner[c] == lot.incumbent)]
        builder.row("switching", {int(columns.switched[at]): 1.0, **dict.fromkeys(kept, 1.0)}, lower=1.0)
