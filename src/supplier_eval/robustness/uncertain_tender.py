"""Uncertain marks and prices of a tender, drawn and scored by its own rules, for `rank_acceptability`.

The uncertainty of the marks is what the evaluators themselves show: whole members are drawn with replacement (the
bootstrap of Efron 1979, Annals of Statistics 7(1), over members), so that a member's severity stays with all their
marks. Prices may move by a stated share. Who is eligible stays as evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.rank.arithmetic import column, widen
from supplier_eval.rank.asked import asked_kind, asked_mapping, asked_yes_no
from supplier_eval.robustness.block import LotBlock
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.mark_noise import resample_marks
from supplier_eval.score.order import FloatArray

if TYPE_CHECKING:
    from supplier_eval.intake.tender import Tender

DrawValues = Callable[[np.random.Generator, int], FloatArray]


def tender_draws(
    tender: Tender,
    lot: str | None = None,
    *,
    marks: bool = True,
    prices: Mapping[str, float] | None = None,
) -> DrawValues:
    """Make draws of the values that a tender's bids could have had with another panel, or slightly other prices.

    Parameters
    ----------
    tender : Tender
        With its marks.
    lot : str, optional
        Lot id; may be left out where there is only one.
    marks : bool
        Draw evaluators with replacement. A lot with one mark a cell stays as it is.
    prices : mapping, optional
        ``{"normal": sd}`` or ``{"interval": half_width}`` as a share of each price, 0 to 1: 0.02 is two per cent.
        Each bid's prices move together; relative formulas are computed again for everybody.

    Returns
    -------
    callable
        ``draw(rng, n)`` → values of shape (n_criteria, n_eligible_bids, n), as `rank_acceptability` takes them:
        ``se.robustness.rank_acceptability(sheet, draw_values=se.robustness.tender_draws(tender))``.

    Raises
    ------
    SeveralLots, UnknownName
        If the lot is not named, or does not exist.
    InvalidInput
        If the lot has no order, or `prices` cannot be used.
    """
    return draws_of(lot_block(tender, lot), marks=marks, prices=prices)


def draws_of(block: LotBlock, *, marks: bool = True, prices: Mapping[str, float] | None = None) -> DrawValues:
    """As `tender_draws`, for a lot that is laid out already."""
    asked_kind(block, LotBlock, "block")
    asked_yes_no(marks, "marks")
    noise = _price_noise(prices)
    eligible = block.base.eligible
    among = np.flatnonzero(~np.isnan(block.marks).all(axis=(1, 2))) if block.marks.size else np.zeros(0, np.intp)
    whole = block.marks.size > 0 and not np.isnan(block.marks[among]).any()

    def draw(rng: np.random.Generator, n: int) -> FloatArray:
        given = None
        if marks and whole and len(among) > 1:
            by_cell = np.moveaxis(block.marks[among], 0, -1)
            given = np.moveaxis(resample_marks(rng, by_cell, n), 2, 0)
        factor = noise(rng, len(block.bids), n)
        values = block.technical(given)
        offered = widen(block.prices, 2, (n,)) * factor
        opened = np.broadcast_to(column(eligible, 2), (len(block.bids), n))
        filled = block.rules.values(np.array(widen(values, 2, (n,))), offered, block.weights, opened, opened)
        return np.ascontiguousarray(filled[:, eligible])

    return draw


def _price_noise(prices: Mapping[str, float] | None) -> Callable[[np.random.Generator, int, int], FloatArray]:
    """Factors on the prices: one a bid and draw."""
    if prices is None or not asked_mapping(prices, "prices"):
        return lambda _rng, bids, n: np.ones((bids, n))
    kind, size = next(iter(prices.items()))
    bad = len(prices) > 1 or kind not in {"normal", "interval"} or not isinstance(size, float | int)
    if bad or not 0 < float(size) < 1:
        raise InvalidInput([Finding("uncertainty.prices.invalid", "uncertainty", "prices", value=str(dict(prices)))])
    if kind == "interval":
        return lambda rng, bids, n: 1 + float(size) * (2 * rng.random((bids, n)) - 1)
    return lambda rng, bids, n: np.exp(float(size) * rng.standard_normal((bids, n)))
