"""From a qualified tender to a score sheet, in the order of the procedure: quality, floors, then prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidTender
from supplier_eval.flags import Flag, Reason, rule_on
from supplier_eval.qualify.cases import abnormal_points, abnormal_prices, price_gates, ruled_out
from supplier_eval.qualify.gates import qualify_bids
from supplier_eval.score.block import PriceRow, fill_prices, node_value, rescale_to_best
from supplier_eval.score.evaluated_price import EvaluatedPrices, evaluate_prices
from supplier_eval.score.order import FloatArray
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.readiness import leaf_parameters, tender_findings
from supplier_eval.score.sheet import ScoreSheet
from supplier_eval.score.standing import standing_reasons
from supplier_eval.score.technical import Technical, below_floors, leaf_weights, technical_values

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.qualify.gates import Qualification


def score_bids(tender: Tender, qualification: Qualification) -> ScoreSheet:
    """Score the bids of one lot that may be considered.

    Parameters
    ----------
    tender : Tender
        The tender.
    qualification : Qualification
        Of the lot that is scored, from `qualify_bids`.

    Returns
    -------
    ScoreSheet
        Its `qualification` also holds the bids that fell below a floor, above the ceiling, or to a ruling.
        Where the procedure cannot go on (too few valid bids, prices not to be opened yet), `stopped` says why.

    Raises
    ------
    InvalidTender
        With every mark, fact and price that is missing or cannot be evaluated.
    """
    lot = qualification.lot
    findings = tender_findings(tender.policy, tender.tree, tender.notice, lot)
    technical = technical_values(tender, lot, qualification.eligible)
    findings += technical.findings
    if findings:
        raise InvalidTender([*findings, *price_findings(tender, qualification)], tender.source)
    if technical.unread:
        raise ValueError("a mark or fact of this tender could not be read; read_tender refuses such a tender")
    stopped = too_few(tender, qualification)
    qualification = qualification.exclude(below_floors(tender, lot, technical))
    stopped = stopped or too_few(tender, qualification)
    if stopped is not None or not _scores_price(tender):
        return _sheet(tender, qualification, technical, None, technical.flags, stopped)
    if not tender.prices_may_open:
        closed = Reason("score.prices_closed", "§3.2.4")
        return _sheet(tender, qualification, technical, None, technical.flags, closed)
    qualification = qualification.exclude(kept_closed(tender, lot))
    prices = open_and_evaluate(tender, qualification)
    opened = qualification.eligible
    qualification, flags = judge_prices(tender, qualification, prices)
    stopped = too_few(tender, qualification)
    return _sheet(tender, qualification, technical, prices, (*technical.flags, *flags), stopped, opened)


def price_findings(tender: Tender, qualification: Qualification) -> tuple[Finding, ...]:
    """Findings of the prices, to be told with all others; none where a second envelope keeps them closed."""
    if tender.two_envelopes or not _scores_price(tender):
        return ()
    try:
        open_and_evaluate(tender, qualification)
    except InvalidTender as refused:
        return refused.findings
    return ()


def kept_closed(tender: Tender, lot: str) -> dict[str, tuple[Reason, ...]]:
    """Bids whose envelope the published two-envelope policy keeps closed, where another policy is explored."""
    if tender.published is None or tender.published.procedure.envelopes == 1:
        return {}
    own = tender.with_policy(tender.published)
    qualification = qualify_bids(own, lot)
    technical = technical_values(own, lot, qualification.eligible)
    if technical.findings:
        raise InvalidTender(technical.findings, tender.source)
    opened = qualification.exclude(below_floors(own, lot, technical)).eligible
    return {bid: (Reason("score.envelope_closed"),) for bid in qualification.bids if bid not in opened}


def too_few(tender: Tender, qualification: Qualification) -> Reason | None:
    """The answer that stops the evaluation where fewer bids are valid than the regime needs."""
    valid, needed = len(qualification.eligible), tender.policy.procedure.minimum_valid_bids
    if valid >= max(needed, 1):
        return None
    return Reason("score.too_few_valid_bids", "§3.2.3", {"valid": valid, "needed": needed})


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


def _scores_price(tender: Tender) -> bool:
    return any(leaf.source == "price" for leaf in tender.tree.leaves)


def _sheet(
    tender: Tender,
    qualification: Qualification,
    technical: Technical,
    prices: EvaluatedPrices | None,
    flags: tuple[Flag, ...],
    stopped: Reason | None,
    opened: tuple[str, ...] = (),
) -> ScoreSheet:
    flags = rule_on(flags, tender.rulings)
    values, factor = _spread(technical, qualification.bids), 1.0
    if prices is not None and stopped is None:
        settled: tuple[Flag, ...] = ()
        while stopped is None:  # a ruling on the points line takes a bid out: the others are scored without it
            scored, factor, raised = _score_prices(tender, qualification, values, prices, opened)
            raised = list(rule_on(raised, tender.rulings))
            out = ruled_out(raised)
            if not out:
                break
            settled += tuple(flag for flag in raised if flag.bid in out)
            qualification = qualification.exclude(out)
            stopped, raised = too_few(tender, qualification), []
        flags, values = (*flags, *settled, *raised), scored
    if prices is not None:
        flags = (*flags, *rulings_without_case(tender, qualification, flags))
    eligible = _mask(qualification)
    reasons = standing_reasons(tender, flags, stopped)
    return ScoreSheet(
        bids=qualification.bids,
        criteria=tuple(leaf.id for leaf in technical.leaves),
        values=np.where(eligible, values, np.nan),
        weights=leaf_weights(tender),
        eligible=eligible,
        names=dict(qualification.names),
        lot=qualification.lot,
        policy=tender.policy,
        tree=tender.tree,
        qualification=qualification,
        technical=technical,
        prices=prices,
        flags=flags,
        stopped=stopped,
        relative=_is_relative(tender),
        factor=factor,
        standing="exploratory" if reasons else "binding",
        standing_reasons=reasons,
        drawn=_draws(tender),
    )


def _mask(qualification: Qualification) -> npt.NDArray[np.bool_]:
    eligible = set(qualification.eligible)
    return np.array([bid in eligible for bid in qualification.bids], dtype=bool)


def _spread(technical: Technical, bids: tuple[str, ...]) -> FloatArray:
    """Values over all bids of the lot; NaN for those that were not considered."""
    at = {bid: i for i, bid in enumerate(technical.bids)}
    out = np.full((len(technical.leaves), len(bids)), np.nan)
    for b, bid in enumerate(bids):
        if bid in at:
            out[:, b] = technical.values[:, at[bid]]
    return out


def _score_prices(
    tender: Tender,
    qualification: Qualification,
    values: FloatArray,
    prices: EvaluatedPrices,
    opened: tuple[str, ...],
) -> tuple[FloatArray, float, list[Flag]]:
    """Rescale the technical node, score the prices, look at the four-fifths line.

    With two envelopes the best technical bid is sought among all whose envelope was opened: a price cannot move
    technical points that were locked before it was known.
    """
    weights, eligible = leaf_weights(tender), _mask(qualification)
    tree, lot = tender.tree, qualification.lot
    index = {leaf.id: i for i, leaf in enumerate(tree.leaves)}
    factor = 1.0
    technical = [
        index[leaf.id] for name in tender.policy.procedure.technical.criteria for leaf in tree.leaves_below(name)
    ]
    if tender.policy.procedure.technical.rescale_to_best and technical:
        locked = np.array([bid in set(opened) for bid in qualification.bids], dtype=bool)
        among = locked if tender.policy.procedure.envelopes == 2 else eligible
        values, stretch = rescale_to_best(values, weights, technical, among)
        factor = float(stretch)
    items = {item.id: item for item in tender.notice.items_of(lot)}
    rows, offered = [], []
    for leaf in tree.leaves:
        if leaf.price is not None:
            quality = {index[name]: weight for name, weight in _feeding(tender, leaf.price.quality_from).items()}
            parameters = leaf_parameters(leaf, items, tender.notice.lot(lot), tender.notice.drawn)
            rows.append(PriceRow(index[leaf.id], leaf.price.formula, parameters, quality))
            offered.append(_scored(tender, qualification.bids, leaf.price.items, prices))
    values = fill_prices(values, np.array(offered), rows, eligible)
    shares = _point_shares(values, weights, [row.row for row in rows], qualification)
    return values, factor, abnormal_points(*shares, tender.policy.price.abnormal, lot)


def _feeding(tender: Tender, named: tuple[str, ...]) -> dict[str, float]:
    """Leaves that feed a price formula with quality, by their weights among each other."""
    tree = tender.tree
    nodes = named or tuple(root.id for root in tree.roots if not _prices_below(tender, root.id))
    own = {name: tree.exact_weight(name, tender.policy.total) for name in nodes}
    if not any(own.values()):
        own = dict.fromkeys(nodes, Fraction(1))
    return {
        leaf.id: float(own[name] * tree.share_within(name, leaf.id))
        for name in nodes
        for leaf in tree.leaves_below(name)
    }


def _prices_below(tender: Tender, criterion: str) -> bool:
    return any(leaf.source == "price" for leaf in tender.tree.leaves_below(criterion))


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


def _point_shares(
    values: FloatArray, weights: FloatArray, price_rows: list[int], qualification: Qualification
) -> tuple[Mapping[str, float], Mapping[str, float]]:
    others = [i for i in range(len(weights)) if i not in price_rows]
    eligible = set(qualification.eligible)
    if not others:
        return {}, {}
    price, other = node_value(values, weights, price_rows), node_value(values, weights, others)
    at = [(b, bid) for b, bid in enumerate(qualification.bids) if bid in eligible]
    return {bid: float(price[b]) / 100 for b, bid in at}, {bid: float(other[b]) / 100 for b, bid in at}


def _is_relative(tender: Tender) -> bool:
    formulas = [leaf.price.formula for leaf in tender.tree.leaves if leaf.price is not None]
    stretched = tender.policy.procedure.technical.rescale_to_best
    return stretched or any(PRICE_FORMULAS[name].relative for name in formulas)


def _draws(tender: Tender) -> dict[str, Decimal]:
    """Recorded draws between tied bids: bid → place drawn."""
    return {r.bid: r.value for r in tender.rulings if r.case == "draw" and r.value is not None and r.bid}
