"""Draws of the evaluators and of prices: scored by the tender's own rules, eligibility as evaluated."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import supplier_eval as se
from strategies import Offer, flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.uncertain_tender import tender_draws

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
NAMES = ("quality", "capability", "emergency")


def split(bid: str, price: str, *marks: float) -> Offer:
    return Offer(bid, {f"E{i}": dict.fromkeys(NAMES, mark) for i, mark in enumerate(marks)}, Decimal(price))


MADE = [split("A", "100", 90, 60, 30), split("B", "80", 70, 70, 70)]


def policy(**rules: object) -> Policy:
    return Policy.from_mapping(policy_mapping(**rules))


def test_members_are_drawn_whole_with_replacement():
    """Three members with 90, 60, 30: the mean of three draws is one of 30, 40, ..., 90, and 60 on average."""
    draw = tender_draws(make_tender(MADE, policy()))
    values = draw(np.random.default_rng(1), 20_000)
    assert values.shape == (4, 2, 20_000)
    assert set(np.round(values[0, 0], 9)) == {30, 40, 50, 60, 70, 80, 90}
    np.testing.assert_array_equal(values[0, 0], values[1, 0])  # one panel for all criteria
    assert values[0, 0].mean() == pytest.approx(60, abs=1)
    assert values[0, 0].var() == pytest.approx(600 / 3, rel=0.05)  # variance of one mark, over three
    assert (values[0, 1] == 70).all()


def test_without_uncertainty_every_draw_is_the_evaluation():
    for sample in ("museum-services", "service-desk"):
        tender = se.read_tender(SAMPLES / sample)
        for lot, result in se.evaluate(tender).lots.items():
            values = tender_draws(tender, lot, marks=False)(np.random.default_rng(1), 3)
            sheet = result.sheet
            for k in range(3):
                np.testing.assert_array_equal(values[..., k], sheet.values[:, sheet.eligible])


def test_prices_move_and_relative_formulas_follow():
    tender = make_tender(MADE, policy())
    values = tender_draws(tender, marks=False, prices={"interval": 0.1})(np.random.default_rng(1), 500)
    assert values[3].max(axis=0).tolist() == [100.0] * 500
    assert values[3, 0].std() > 1 and (values[0, 0] == 60).all()
    assert tender_draws(tender, prices={"normal": 0.1})(np.random.default_rng(1), 5).shape == (4, 2, 5)


def test_a_floor_does_not_take_bids_out_of_the_draws():
    tender = make_tender(MADE, policy(floors=[{"criterion": "quality", "minimum": 50}]))
    values = tender_draws(tender)(np.random.default_rng(1), 200)
    assert np.isfinite(values).all() and values[0, 0].min() < 50


def test_one_mark_a_cell_stays_as_it_is():
    tender = make_tender([flat("A", 50, "10", evaluators=1), flat("B", 60, "11", evaluators=1)], policy())
    values = tender_draws(tender)(np.random.default_rng(1), 7)
    assert (values == values[..., :1]).all()


@pytest.mark.parametrize("prices", [{"normal": 0}, {"interval": 2}, {"even": 0.1}, {"normal": 0.1, "interval": 0.1}])
def test_price_uncertainty_that_makes_no_sense_is_refused(prices):
    with pytest.raises(se.InvalidInput, match="does not say how prices vary"):
        tender_draws(make_tender(MADE, policy()), prices=prices)
