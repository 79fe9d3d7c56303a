"""Kinks of price formulas: every formula is smooth between those that are announced."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.price_kinks import price_kinks, price_switches
from supplier_eval.robustness.zeros import pieces, zeros
from supplier_eval.score.block import PriceRow
from supplier_eval.score.price import PRICE_FORMULAS

PRICES = np.array([100.0, 80.0, 111.0, 133.0, 141.0, 125.0])
QUALITY = np.array([70.0, 55.0, 80.0, 90.0, 85.0, 88.0])
STATED = {
    "linear_to_twice_lowest": {"factor": 1.5},
    "linear_to_ceiling": {"ceiling": 150.0},
    "share_of_ceiling": {"ceiling": 150.0},
    "power_discount": {"ceiling": 150.0, "alpha": 2.0},
    "bilinear": {"ceiling": 150.0, "x": 0.85},
    "concave_ceiling": {"ceiling": 150.0, "exponent": 2.0},
    "trimmed_mean_benchmark": {"e1": 3.0, "e2": 2.0},
    "distance_from_mean": {"at_mean": 50.0, "per_percent": 3.0},
    "performance_per_price": {"corridor": 0.1},
    "reduced_price": {"features_max": 0.3},
}


@pytest.mark.parametrize("name", sorted(PRICE_FORMULAS))
@pytest.mark.parametrize("own", [1, 4])
def test_between_the_kinks_every_formula_is_smooth(name, own):
    formula, row = PRICE_FORMULAS[name], PriceRow(0, name, STATED.get(name, {}))
    fed = {p.name: QUALITY / (400.0 if p.name == "features" else 1.0) for p in formula.parameters if p.per_bid}
    counted = np.arange(PRICES.size) != own

    def scores(x):
        offered = np.repeat(PRICES[:, np.newaxis], x.size, axis=1)
        offered[own] = x
        given = {key: np.repeat(value[:, np.newaxis], x.size, axis=1) for key, value in fed.items()}
        return formula.function(offered, **STATED.get(name, {}), **given)

    low, high = 30.0, 700.0
    known = price_kinks(row, PRICES, own, counted, QUALITY)
    if name == "reduced_price":  # its lowest is that of reduced prices: found by the search
        even = PRICES * (1 + QUALITY[own] / 400 / 0.7) / (1 + QUALITY / 400 / 0.7)
        known = np.append(known, even)
    if name == "price_per_quality_point":
        known = np.append(known, QUALITY[own] * PRICES / QUALITY)
    cuts = np.unique([low, high, *known[(known > low) & (known < high)].tolist()])
    more = zeros(lambda x: price_switches(row, PRICES, own, counted, x), cuts)
    cut = pieces(scores, np.union1d(cuts, more))
    assert not [x for x in cut.rough if np.abs(np.union1d(cuts, more) - x).min() > 1e-9 * x]
    widest = max(piece.end - piece.start for piece in cut.smooth)
    assert widest > 5.0


def test_formulas_without_a_mean_have_no_switches():
    row = PriceRow(0, "lowest_over_price")
    assert price_switches(row, PRICES, 0, np.ones(6, bool), np.array([90.0])).shape == (0, 1)


def test_bids_that_do_not_count_make_no_kink():
    counted = np.array([True, True, False, True, True, True])
    assert 111.0 not in price_kinks(PriceRow(0, "min_max"), PRICES, 0, counted, QUALITY).tolist()
