"""Which column of the model stands for what: shares by bid, tier and segment; openings; suppliers; bundles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.parts import BidKey

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rows import Builder

BY_LOT = (
    "max_winners_per_lot",
    "min_winners_per_lot",
    "max_lots_per_bidder",
    "min_share_if_awarded",
)
REWARD_WINNING = ("min_winners", "min_winners_per_lot", "implies")
REWARD_SPENDING = ("max_spend_share", "min_spend_share")


@dataclass(frozen=True, eq=False)
class Columns:
    """Places of the variables; -1 where a variable is not needed.

    A *piece* is a bid on one segment of its curve while its supplier is in one discount tier: the shares are
    disaggregated by piece, which is what makes the relaxation tight.

    Parameters
    ----------
    lots, suppliers, bids, bundles : tuple
        Ids in canonical order.
    bid_lot, bid_supplier : ndarray of int, shape (n_bids,)
        Place of each bid's lot and supplier.
    demand : ndarray of float, shape (n_lots,)
        Demand units.
    piece_bid, piece_segment, piece_tier : ndarray of int, shape (n_pieces,)
        What each piece is; segment -1 for a bid with a price.
    share, on_segment : ndarray of int, shape (n_pieces,)
        Column of the piece's share of the lot; of the switch of its curve segment.
    opened : ndarray of int, shape (n_bids,)
        Column that is 1 where the bid is awarded anything.
    in_tier : tuple of ndarray of int
        Per supplier: columns of its tiers.
    active : ndarray of int, shape (n_suppliers,)
        Column that is 1 where the supplier may be awarded anything.
    bundle : ndarray of int, shape (n_bundles,)
        Column that is 1 where the bundle is awarded.
    bundle_in_tier : tuple of ndarray of int
        Per bundle: its columns by tier of its supplier.
    unserved, switched : ndarray of int, shape (n_lots,)
        Columns of the unserved share, and of the incumbent's loss.
    """

    lots: tuple[str, ...]
    suppliers: tuple[str, ...]
    bids: tuple[BidKey, ...]
    bundles: tuple[str, ...]
    bid_lot: NDArray[np.int64]
    bid_supplier: NDArray[np.int64]
    demand: NDArray[np.float64]
    piece_bid: NDArray[np.int64]
    piece_segment: NDArray[np.int64]
    piece_tier: NDArray[np.int64]
    share: NDArray[np.int64]
    on_segment: NDArray[np.int64]
    opened: NDArray[np.int64]
    in_tier: tuple[NDArray[np.int64], ...]
    active: NDArray[np.int64]
    bundle: NDArray[np.int64]
    bundle_in_tier: tuple[NDArray[np.int64], ...]
    unserved: NDArray[np.int64]
    switched: NDArray[np.int64]


def lay_columns(problem: AwardProblem, builder: Builder) -> Columns:
    """Make the columns that a problem needs."""
    lots, suppliers, bids = tuple(problem.lots), tuple(problem.suppliers), tuple(problem.bids)
    lot_at, supplier_at = _places(lots), _places(suppliers)
    bid_lot = np.array([lot_at[key[0]] for key in bids], dtype=np.int64)
    bid_supplier = np.array([supplier_at[key[1]] for key in bids], dtype=np.int64)
    tiers = np.array([_n_tiers(problem, key) for key in suppliers], dtype=np.int64)
    segments = np.array([max(1, len(bid.curve)) for bid in problem.bids.values()], dtype=np.int64)
    curved = np.array([bool(bid.curve) for bid in problem.bids.values()], dtype=bool)
    pieces = segments * tiers[bid_supplier] if bids else segments
    piece_bid = np.repeat(np.arange(len(bids)), pieces)
    within = np.arange(piece_bid.size) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    piece_tier = within % tiers[bid_supplier][piece_bid] if bids else within
    piece_segment = np.where(curved[piece_bid], within // tiers[bid_supplier][piece_bid], -1) if bids else within
    most = np.array([float(bid.max_share) for bid in problem.bids.values()])
    whole = np.array([problem.lots[key[0]].indivisible for key in bids], dtype=bool)
    share = builder.columns("share", piece_bid.size, upper=most[piece_bid] if bids else 1.0)
    on_segment = np.full(piece_bid.size, -1)
    on_segment[piece_segment >= 0] = builder.columns("segment", int((piece_segment >= 0).sum()), integer=True)
    single = whole & (pieces == 1) & ~curved
    opened = _opened(problem, builder, whole | curved, single)
    first = np.cumsum(pieces) - pieces
    opened[single] = share[first[single]]
    _make_whole(builder, share[first[single]])
    active = builder.columns("active", len(suppliers), integer=True)
    in_tier = tuple(
        active[at : at + 1] if count == 1 else builder.columns("tier", int(count), integer=True)
        for at, count in enumerate(tiers)
    )
    bundle = builder.columns("bundle", len(problem.bundles), integer=True)
    bundle_supplier = np.array([supplier_at[offer.supplier] for offer in problem.bundles.values()], dtype=np.int64)
    return Columns(
        lots=lots,
        suppliers=suppliers,
        bids=bids,
        bundles=tuple(problem.bundles),
        bid_lot=bid_lot,
        bid_supplier=bid_supplier,
        demand=np.array([float(lot.demand) for lot in problem.lots.values()]),
        piece_bid=piece_bid,
        piece_segment=piece_segment,
        piece_tier=piece_tier,
        share=share,
        on_segment=on_segment,
        opened=opened,
        in_tier=in_tier,
        active=active,
        bundle=bundle,
        bundle_in_tier=_bundles_in_tiers(problem, builder, bundle, tiers[bundle_supplier]),
        unserved=_unserved(problem, builder),
        switched=_switched(problem, builder),
    )


def needs_strict_opening(problem: AwardProblem) -> set[BidKey]:
    """Bids whose opening without any share would pay: they must then be awarded at least one unit of the grid."""
    strict: set[BidKey] = set()
    for rule in problem.rules.values():
        if rule.kind not in REWARD_WINNING:
            continue
        concerned = {rule.then} if rule.kind == "implies" else set(problem.suppliers_of(rule))
        lots = set(problem.lots_of(rule))
        strict |= {key for key in problem.bids if key[1] in concerned and key[0] in lots}
    strict |= _curves_that_count(problem)
    return strict | {
        key for key in problem.bids if problem.lots[key[0]].switching_cost and problem.lots[key[0]].incumbent == key[1]
    }


def _curves_that_count(problem: AwardProblem) -> set[BidKey]:
    """Bids with a curve whose fixed money alone would move a share of the spend, or reach a discount on spend."""
    lots = {
        lot for rule in problem.rules.values() if rule.kind in REWARD_SPENDING for lot in problem.lots_of(rule)
    }  # fmt: skip
    discounted = {key for key, part in problem.suppliers.items() if part.tiers and part.tiers.basis == "spend"}
    return {key for key, bid in problem.bids.items() if bid.curve and (key[0] in lots or key[1] in discounted)}


def _opened(
    problem: AwardProblem, builder: Builder, always: NDArray[np.bool_], never: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Opening columns of the bids for which something depends on whether they are awarded at all."""
    needed = needs_strict_opening(problem)
    for rule in problem.rules.values():
        if rule.kind in BY_LOT:
            concerned, lots = set(problem.suppliers_of(rule)), set(problem.lots_of(rule))
            needed |= {key for key in problem.bids if key[1] in concerned and key[0] in lots}
    offers = Counter(key[:2] for key in problem.bids)
    own = np.array(
        [
            bool(bid.min_share or bid.min_qty or bid.award_cost) or offers[key[:2]] > 1 or key in needed
            for key, bid in problem.bids.items()
        ],
        dtype=bool,
    )
    made = (own | always) & ~never
    opened = np.full(made.size, -1)
    opened[made] = builder.columns("open", int(made.sum()), integer=True)
    return opened


def _make_whole(builder: Builder, columns: NDArray[np.int64]) -> None:
    """The shares of whole lots are 0 or 1: they stand in the first block of columns."""
    builder.integer[0][columns] = True


def _bundles_in_tiers(
    problem: AwardProblem, builder: Builder, bundle: NDArray[np.int64], tiers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], ...]:
    """A bundle of a supplier with discount tiers has a part in each."""
    return tuple(
        np.array([column]) if count == 1 else builder.columns("bundle_tier", int(count))
        for column, count in zip(bundle, tiers, strict=True)
    )


def _unserved(problem: AwardProblem, builder: Builder) -> NDArray[np.int64]:
    lots = list(problem.lots.values())
    unserved = np.full(len(lots), -1)
    open_lots = [at for at, lot in enumerate(lots) if lot.unserved_cost is not None]
    for whole in (False, True):
        places = [at for at in open_lots if lots[at].indivisible is whole]
        unserved[places] = builder.columns("unserved", len(places), integer=whole)
    return unserved


def _switched(problem: AwardProblem, builder: Builder) -> NDArray[np.int64]:
    switched = np.full(len(problem.lots), -1)
    left = [at for at, lot in enumerate(problem.lots.values()) if lot.incumbent and lot.switching_cost]
    switched[left] = builder.columns("switched", len(left))
    return switched


def _n_tiers(problem: AwardProblem, supplier: str) -> int:
    tiers = problem.suppliers[supplier].tiers
    return len(tiers.breaks) if tiers else 1


def _places(names: tuple[str, ...]) -> dict[str, int]:
    return {name: at for at, name in enumerate(names)}
