"""What an evaluation says about each bid that can be awarded: price, points, bidder; and which lots have no order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supplier_eval.award.parts import Attributes
from supplier_eval.award.rules_of_policy import spelling
from supplier_eval.errors import Finding
from supplier_eval.flags import Reason
from supplier_eval.intake.identifiers import id_key
from supplier_eval.score.order import settle

if TYPE_CHECKING:
    from supplier_eval.evaluation import Evaluation, LotResult

SCORE = "score"


@dataclass(frozen=True, slots=True)
class RankedBid:
    """A bid that can be awarded.

    Parameters
    ----------
    bid, lot, supplier : str
        Ids.
    price : Fraction or None
        Evaluated price of the whole lot; None where the policy evaluates no price.
    points : mapping
        ``score``, points by top criterion, ``rank``, ``precedence`` (the rank with its sign turned: higher goes
        first, as a tie key asks), ``bid``.
    """

    bid: str
    lot: str
    supplier: str
    price: Fraction | None
    points: Attributes


@dataclass(frozen=True, slots=True)
class Considered:
    """The bids of all lots that can be awarded.

    Parameters
    ----------
    bids : tuple of RankedBid
        By lot in the notice's order, then by rank.
    suppliers : mapping
        Bidder id → ``name``, ``small_business``.
    spelled : mapping
        Key of a bidder id → bidder id.
    without_order : mapping
        Lot → why nobody can be awarded it; also lots that are left out.
    """

    bids: tuple[RankedBid, ...]
    suppliers: Mapping[str, dict[str, Any]]
    spelled: Mapping[str, str]
    without_order: Mapping[str, Reason]
    findings: tuple[Finding, ...]


def consider(evaluation: Evaluation, left_out: Collection[str] = ()) -> Considered:
    """Collect the bids of an evaluation that can be awarded.

    Parameters
    ----------
    evaluation : Evaluation
        Any; nothing is computed anew.
    left_out : collection of str
        Lots whose bids are passed over.

    Notes
    -----
    A bid can be awarded when it has a rank and has not withdrawn. Two bids are of one supplier when their bidder
    ids are equal but for case and width (convention §12); a bid that names no bidder is its own.
    """
    bidders = _bidders(evaluation)
    spelled = spelling(bidders[bid] for bid in sorted(bidders, key=lambda bid: (id_key(bid), bid)))
    without: dict[str, Reason] = {}
    bids: list[RankedBid] = []
    for lot, result in evaluation.lots.items():
        open_bids = [bid for bid in result.ranking.order if bid not in result.ranking.withdrawn]
        if not open_bids:
            without[lot] = _why(result)
        elif lot not in left_out:
            bids += [_ranked(result, bid, spelled[id_key(bidders[bid])]) for bid in open_bids]
    winners = {bid.supplier for bid in bids}
    suppliers, differing = _suppliers(evaluation, bids)
    found = [*_price_findings(bids), *differing]
    if any(root.id == SCORE for root in evaluation.tender.tree.roots):
        found.append(Finding("award.evaluation.score_taken", "policy", "criteria", value=SCORE, severity="warning"))
    kept = {key: name for key, name in spelled.items() if name in winners}
    return Considered(tuple(bids), suppliers, kept, without, tuple(found))


def _bidders(evaluation: Evaluation) -> dict[str, str]:
    """Bid → bidder as its row names it; the bid itself where it names none."""
    table = evaluation.tender.bids
    return {str(bid): str(bidder or bid) for bid, bidder in zip(table.index, table["bidder"], strict=True)}


def _why(result: LotResult) -> Reason:
    """Why nobody can be awarded a lot."""
    if result.ranking.stopped is not None:
        return result.ranking.stopped
    if result.ranking.withdrawn:
        return Reason("award.evaluation.all_withdrawn", facts={"bids": ", ".join(result.ranking.withdrawn)})
    return Reason("award.evaluation.nobody_ranked")


def _ranked(result: LotResult, bid: str, supplier: str) -> RankedBid:
    ranking, prices = result.ranking, result.sheet.prices
    evaluated = prices.evaluated.get(bid) if prices is not None else None
    tree = result.sheet.tree
    top = {root.id for root in tree.roots} if tree is not None else set()
    points = {name: _settled(figure) for name, figure in ranking.criteria_points(bid).items() if name in top}
    rank = Fraction(ranking.rank_of(bid))
    points |= {SCORE: _settled(ranking.total_of(bid)), "rank": rank, "precedence": -rank}
    price = None if evaluated is None else Fraction(evaluated)
    return RankedBid(bid, result.lot, supplier, price, {**points, "bid": bid})


def _settled(figure: float) -> Fraction:
    """A figure of points as two totals are judged equal: to nine decimals."""
    return Fraction(f"{float(settle(figure)):.9f}")


def _suppliers(evaluation: Evaluation, bids: list[RankedBid]) -> tuple[dict[str, dict[str, Any]], list[Finding]]:
    """What the bids say about who made them; a declaration that differs between lots is not taken over."""
    table = evaluation.tender.bids
    rows: dict[str, dict[str, Any]] = {}
    found = []
    for supplier in sorted({bid.supplier for bid in bids}):
        own = [bid.bid for bid in bids if bid.supplier == supplier]
        names = [str(name) for name in table.loc[own, "name"] if name]
        rows[supplier] = {"name": names[0]} if names else {}
        declared = {bool(small) for small in table.loc[own, "small_business"]}
        if len(declared) == 1:
            rows[supplier]["small_business"] = declared.pop()
        else:
            code, facts = "award.evaluation.small_business_differs", {"bids": ", ".join(own)}
            found.append(Finding(code, "bids", "small_business", (), supplier, facts, severity="warning"))
    return rows, found


def _price_findings(bids: list[RankedBid]) -> Iterator[Finding]:
    for bid in bids:
        if bid.price is None:
            yield Finding("award.evaluation.no_price", "prices", "amount", value=bid.bid, facts={"lot": bid.lot})
