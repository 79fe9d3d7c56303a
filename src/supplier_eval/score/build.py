"""From a qualified tender to a score sheet, in the order of the procedure: quality, floors, then prices."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidTender
from supplier_eval.flags import Flag, Reason, rule_on
from supplier_eval.qualify.cases import abnormal_points, ruled_out
from supplier_eval.qualify.gates import qualify_bids
from supplier_eval.score.block import fill_prices, node_value, rescale_to_best
from supplier_eval.score.evaluated_price import EvaluatedPrices
from supplier_eval.score.order import FloatArray
from supplier_eval.score.price import PRICE_FORMULAS
from supplier_eval.score.price_stage import (
    judge_prices,
    open_and_evaluate,
    price_rows,
    rulings_without_case,
    scored_prices,
)
from supplier_eval.score.readiness import tender_findings
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

    Examples
    --------
    >>> tender = se.read_tender("data/samples/museum-services")
    >>> sheet = se.score_bids(tender, se.qualify_bids(tender))
    >>> sheet
    ScoreSheet(lot '1': 2 of 3 bids × 31 criteria, binding)
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
    rows = price_rows(tender, lot)
    offered = scored_prices(tender, qualification.bids, prices)
    values = fill_prices(values, np.array(offered), rows, eligible)
    shares = _point_shares(values, weights, [row.row for row in rows], qualification)
    return values, factor, abnormal_points(*shares, tender.policy.price.abnormal, lot)


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
