"""The price stage of one lot: open the envelopes, judge the prices, say how each price criterion is scored."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.errors import InvalidTender
from supplier_eval.flags import Flag, rule_on
from supplier_eval.qualify.cases import abnormal_prices, price_gates, ruled_out
from supplier_eval.score.block import PriceRow
from supplier_eval.score.evaluated_price import EvaluatedPrices, evaluate_prices
from supplier_eval.score.readiness import leaf_parameters

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.policy.tree import CriteriaTree
    from supplier_eval.qualify.gates import Qualification


def open_and_evaluate(tender: Tender, qualification: Qualification) -> EvaluatedPrices:
    """Open the envelopes of the bids still considered and climb the price ladder."""
    bids = qualification.eligible
    small = dict(zip(tender.bids.index, tender.bids["small_business"].tolist(), strict=True))
    adjustments: dict[str, list[tuple[str, Decimal]]] = {}
    for ruling in tender.rulings:
        if ruling.case == "price.adjustment" and ruling.value is not None and ruling.bid in bids:
            adjustments.setdefault(ruling.bid, []).append((ruling.reason, ruling.value))
    prices = evaluate_prices(
        tender.open_prices(bids),
        tender.notice.items_of(qualification.lot),
        tender.policy.price,
        minor_units=tender.policy.minor_units,
        small=small,
        adjustments=adjustments,
        bids=bids,
    )
    if any(finding.severity == "error" for finding in prices.findings):
        raise InvalidTender(prices.findings, tender.source)
    return prices


def judge_prices(
    tender: Tender, qualification: Qualification, prices: EvaluatedPrices
) -> tuple[Qualification, list[Flag]]:
    """Apply the published limits, open the cases, and exclude what a ruling excludes."""
    lot = tender.notice.lot(qualification.lot)
    totals = {bid: price for bid, price in prices.evaluated.items() if price is not None}
    qualification = qualification.exclude(price_gates(totals, lot))
    inside = {bid: totals[bid] for bid in qualification.eligible if bid in totals}
    if len(qualification.eligible) < len(prices.evaluated):  # who is out is no measure for the others' items
        priced = open_and_evaluate(tender, qualification) if qualification.eligible else None
        seen = priced.flags if priced is not None else ()
    else:
        seen = prices.flags
    flags = [
        Flag(
            flag.code,
            lot=lot.id,
            bid=flag.bid,
            figure=None if flag.figure is None else float(flag.figure),
            threshold=None if flag.threshold is None else float(flag.threshold),
            clause="§3.1.4",
            holds=flag.code.endswith("needs_consent"),
            facts={"item": flag.item, **flag.facts},
        )
        for flag in seen
    ]
    flags += abnormal_prices(inside, tender.policy.price.abnormal, lot)
    flags = list(rule_on(flags, tender.rulings))
    return qualification.exclude(ruled_out(flags)), flags


def rulings_without_case(tender: Tender, qualification: Qualification, flags: Iterable[Flag]) -> list[Flag]:
    """Rulings on bids of this lot for which no such case was opened: they changed nothing, and that is said.

    An exclusion that did not act holds the result while its bid is still in.
    """
    opened = {(flag.code, flag.bid) for flag in flags}
    return [
        Flag(
            "rulings.without_case",
            lot=qualification.lot,
            bid=r.bid,
            clause="§1.3.4",
            holds=r.ruling == "exclude" and r.bid in qualification.eligible,
            facts={"case": r.case, "by": r.by, "on": r.on.isoformat()},
        )
        for r in tender.rulings
        if r.ruling != "note" and r.bid in qualification.names and (r.case, r.bid) not in opened
        if r.case.startswith(("price.", "prices.", "panel."))
    ]


def price_rows(tender: Tender, lot: str) -> tuple[PriceRow, ...]:
    """How each price criterion of a lot is scored, in tree order."""
    index = {leaf.id: i for i, leaf in enumerate(tender.tree.leaves)}
    items = {item.id: item for item in tender.notice.items_of(lot)}
    rows = []
    for leaf in tender.tree.leaves:
        if leaf.price is not None:
            quality = {
                index[name]: weight
                for name, weight in feeding_quality(tender.tree, tender.policy.total, leaf.price.quality_from).items()
            }
            parameters = leaf_parameters(leaf, items, tender.notice.lot(lot), tender.notice.drawn)
            rows.append(PriceRow(index[leaf.id], leaf.price.formula, parameters, quality))
    return tuple(rows)


def scored_prices(tender: Tender, bids: tuple[str, ...], prices: EvaluatedPrices) -> list[list[float]]:
    """The price that each price criterion scores, one list a criterion in tree order; NaN where none is open."""
    leaves = [leaf.price for leaf in tender.tree.leaves if leaf.price is not None]
    return [_scored(tender, bids, leaf.items, prices) for leaf in leaves]


def _scored(tender: Tender, bids: tuple[str, ...], names: tuple[str, ...], prices: EvaluatedPrices) -> list[float]:
    """The price that is scored, a bid: the whole, or some items, after the small-business deduction."""
    if not names:
        return [float(prices.scored.get(bid) or "nan") for bid in bids]
    keep = 1 - tender.policy.price.small_business_deduction
    out = []
    for bid in bids:
        mine = prices.items.get(bid)
        if mine is None:
            out.append(float("nan"))
            continue
        summed = sum((mine[name] for name in names), Decimal(0))
        out.append(float(summed * keep if bool(tender.bids.loc[bid, "small_business"]) else summed))
    return out


def feeding_quality(tree: CriteriaTree, total: Decimal, named: tuple[str, ...]) -> dict[str, float]:
    """Leaves that feed a price formula with quality, by their weights among each other."""
    nodes = named or tuple(root.id for root in tree.roots if not _prices_below(tree, root.id))
    own = {name: tree.exact_weight(name, total) for name in nodes}
    if not any(own.values()):
        own = dict.fromkeys(nodes, Fraction(1))
    return {
        leaf.id: float(own[name] * tree.share_within(name, leaf.id))
        for name in nodes
        for leaf in tree.leaves_below(name)
    }


def _prices_below(tree: CriteriaTree, criterion: str) -> bool:
    return any(leaf.source == "price" for leaf in tree.leaves_below(criterion))
