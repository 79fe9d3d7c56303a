"""The measures of an award as linear functions of the model's columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.structure_rows import spend_of_pieces, volume_of_pieces

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.columns import Columns
    from supplier_eval.award.problem import AwardProblem


def measure_vectors(
    problem: AwardProblem, columns: Columns, size: int, wanted: Iterable[str]
) -> dict[str, NDArray[np.float64]]:
    """Measure name → one coefficient per column, shape (size,)."""
    made: dict[str, NDArray[np.float64]] = {}
    for name in wanted:
        if name == "cost":
            made[name] = cost_vector(problem, columns, size)
        elif name == "value":
            made[name] = _value(problem, columns, size)
        elif name == "winners":
            made[name] = np.zeros(size)
            made[name][columns.active] = 1.0
        else:
            made[name] = _attribute(problem, columns, size, name.removeprefix("attr:"))
    return made


def cost_vector(problem: AwardProblem, columns: Columns, size: int) -> NDArray[np.float64]:
    """All money: what `Audit` recomputes exactly."""
    vector = np.zeros(size)
    rates = [supplier.tiers.discount if supplier.tiers else (0,) for supplier in problem.suppliers.values()]
    supplier = columns.bid_supplier[columns.piece_bid]
    left = np.array(
        [1.0 - float(rates[s][t]) for s, t in zip(supplier.tolist(), columns.piece_tier.tolist(), strict=True)]
    )
    share, switch = spend_of_pieces(problem, columns)
    vector[columns.share] = share * left
    curved = columns.on_segment >= 0
    vector[columns.on_segment[curved]] = (switch * left)[curved]
    for at, part in enumerate(problem.suppliers.values()):
        vector[columns.active[at]] += float(part.entry_cost)
        for tier, column in enumerate(columns.in_tier[at]):
            vector[column] += float(part.tiers.handicap(tier)) if part.tiers else 0.0
    for at, bid in enumerate(problem.bids.values()):
        if bid.award_cost:
            vector[columns.opened[at]] += float(bid.award_cost)
    places = {name: at for at, name in enumerate(columns.suppliers)}
    for offer, by_tier in zip(problem.bundles.values(), columns.bundle_in_tier, strict=True):
        for tier, column in enumerate(by_tier):
            vector[column] += float(offer.price * (1 - rates[places[offer.supplier]][tier]))
    for at, lot in enumerate(problem.lots.values()):
        if columns.unserved[at] >= 0 and lot.unserved_cost is not None:
            vector[columns.unserved[at]] += float(lot.unserved_cost * lot.demand)
        if columns.switched[at] >= 0:
            vector[columns.switched[at]] += float(lot.switching_cost)
    return vector


def _value(problem: AwardProblem, columns: Columns, size: int) -> NDArray[np.float64]:
    vector = np.zeros(size)
    prices = np.array([float(bid.price or 0) for bid in problem.bids.values()])
    vector[columns.share] = prices[columns.piece_bid] if prices.size else 0.0
    vector[columns.bundle] = [float(offer.price) for offer in problem.bundles.values()]
    return vector


def _attribute(problem: AwardProblem, columns: Columns, size: int, name: str) -> NDArray[np.float64]:
    vector = np.zeros(size)
    figures = np.array([float(problem.figure(bid, name)) for bid in problem.bids.values()])
    volume, _ = volume_of_pieces(columns)
    vector[columns.share] = volume * (figures[columns.piece_bid] if figures.size else 0.0)
    for column, offer in zip(columns.bundle, problem.bundles.values(), strict=True):
        vector[column] = float(sum(problem.lots[lot].demand for lot in offer.lots) * problem.figure(offer, name))
    return vector
