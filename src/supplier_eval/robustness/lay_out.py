"""From a tender to the block of arrays of one lot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, InvalidTender
from supplier_eval.evaluation import LotResult
from supplier_eval.procedure import evaluate_lot
from supplier_eval.qualify.gates import one_lot, qualify_bids
from supplier_eval.rank.asked import asked_tender
from supplier_eval.robustness.block import LotBlock
from supplier_eval.score.price_stage import open_and_evaluate, price_rows, scored_prices

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender
    from supplier_eval.score.evaluated_price import EvaluatedPrices

CLOSED = "score.envelope_closed"
JUDGED_AGAIN = frozenset({"qualify.floor", "qualify.ceiling", "qualify.price_floor"})


def lot_block(tender: Tender, lot: str | None = None) -> LotBlock:
    """Lay out one lot of a tender as arrays.

    Parameters
    ----------
    tender : Tender
        A tender that `evaluate` accepts.
    lot : str, optional
        Lot id; may be left out where there is only one.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidTender
        With everything that is missing.
    InvalidInput
        If there is no order to question: too few valid bids, or prices still closed.
    """
    asked_tender(tender)
    result = evaluate_lot(tender, one_lot(tender, lot))
    sheet, technical = result.sheet, result.sheet.technical
    if sheet.stopped is not None or technical is None:
        why = sheet.stopped.say() if sheet.stopped is not None else ""
        raise InvalidInput([Finding("robustness.no_order", "scores", value=sheet.lot, facts={"why": why})], "scores")
    at = {leaf.id: i for i, leaf in enumerate(technical.leaves)}
    marked = tuple(at[leaf.id] for leaf in technical.panel.leaves)
    stated = technical.values.copy()
    stated[list(marked)] = np.nan
    prices = _prices(tender, result, technical.bids)
    reasons = sheet.qualification.reasons if sheet.qualification is not None else {}
    codes = [{reason.code for reason in reasons.get(bid, ())} for bid in technical.bids]
    n = len(technical.bids)
    money = dict(prices.evaluated) if prices is not None else {}
    deduction = 1.0 - float(tender.policy.price.small_business_deduction)
    small = tender.bids["small_business"]
    return LotBlock(
        tender=tender,
        result=result,
        bids=technical.bids,
        members=technical.panel.members,
        marks=technical.panel.marks,
        marked=marked,
        stated=stated,
        rows=price_rows(tender, result.lot) if prices is not None else (),
        prices=np.array(scored_prices(tender, technical.bids, prices)) if prices is not None else np.zeros((0, n)),
        keep=np.array([deduction if bool(small[bid]) else 1.0 for bid in technical.bids]),
        evaluated=np.array([_figure(money, bid) for bid in technical.bids]),
        out=np.array([bool(found - JUDGED_AGAIN - {CLOSED}) for found in codes], dtype=bool),
        closed=np.array([CLOSED in found for found in codes], dtype=bool),
    )


def _figure(money: Mapping[str, object], bid: str) -> float:
    amount = money.get(bid)
    return float("nan") if amount is None else float(amount)  # type: ignore[arg-type]


def _prices(tender: Tender, result: LotResult, bids: Sequence[str]) -> EvaluatedPrices | None:
    """Prices of the opened bids; with one envelope also of those below a floor, where they can be evaluated."""
    opened = result.sheet.prices
    if opened is None or tender.two_envelopes or set(bids) <= set(opened.evaluated):
        return opened
    try:
        return open_and_evaluate(tender, qualify_bids(tender, result.lot))
    except InvalidTender:
        return opened
