"""On a line of equal total every further bid has that total: checked by scoring such bids in a tender of their own."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from strategies import Offer, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.report.iso_lines import price_quality_of

OFFERS = ((80, "100"), (60, "80"), (90, "130"), (40, "95"))


def offer(bid: str, mark: float, price: str) -> Offer:
    marks = dict.fromkeys(("quality", "capability", "emergency"), mark)
    return Offer(bid, {"E1": dict(marks), "E2": dict(marks)}, Decimal(price))


def evaluated(formula: str, extra: tuple[Offer, ...] = (), ceiling: str | None = None, **parameters: object):
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": formula, "parameters": parameters}  # type: ignore[index]
    made = [offer(f"B{i}", mark, price) for i, (mark, price) in enumerate(OFFERS)]
    tender = make_tender([*made, *extra], Policy.from_mapping(mapping), Decimal(ceiling) if ceiling else None)
    return evaluate(tender)


def data_of(evaluation, notice=True):
    ranking = evaluation.ranking
    return price_quality_of(ranking.sheet, ranking.order, ranking.points, evaluation.tender.notice if notice else None)


@pytest.mark.parametrize(
    ("formula", "ceiling", "parameters"),
    [
        ("lowest_over_price", None, {}),
        ("linear_to_twice_lowest", None, {}),
        ("min_max", None, {}),
        ("linear_to_ceiling", "150", {}),
        ("share_of_ceiling", "150", {}),
        ("power_discount", "150", {"alpha": "0.5"}),
        ("concave_ceiling", "150", {"exponent": 2}),
    ],
)
def test_a_bid_on_a_line_has_the_lines_total(formula, ceiling, parameters):
    data = data_of(evaluated(formula, ceiling=ceiling, **parameters))
    assert data.why_no_lines == ""
    x, y = data.line(75.0, 82.0, 129.0)
    reachable = np.flatnonzero(np.isfinite(y) & (y >= 0) & (y <= 60))
    assert reachable.size > 50
    for i in reachable[:: max(1, reachable.size // 3)]:
        price = Decimal(str(round(float(x[i]), 2)))
        quality = float(np.interp(float(price), x, y)) / 0.6
        again = evaluated(formula, (offer("X", quality, f"{price}"),), ceiling, **parameters).ranking
        assert again.total_of("X") == pytest.approx(75.0, abs=0.02)


def test_the_line_of_lowest_over_price_is_the_formula_by_hand():
    """60 points of quality, 40 of price: q = T - 40 · 80 / p."""
    x, y = data_of(evaluated("lowest_over_price")).line(75.0, 80.0, 130.0)
    assert y == pytest.approx(75.0 - 40.0 * 80.0 / x)


def test_a_line_ends_where_a_further_bid_would_be_the_new_lowest():
    x, y = data_of(evaluated("lowest_over_price")).line(75.0, 60.0, 130.0)
    assert np.isnan(y[x < 80 - 1e-9]).all()
    assert np.isfinite(y[x >= 80]).all()


@pytest.mark.parametrize(
    ("formula", "parameters"),
    [("mean_ratio", {}), ("distance_from_mean", {}), ("trimmed_mean_benchmark", {"e1": 1, "e2": "0.5"})],
)
def test_where_every_bid_moves_the_benchmark_no_line_is_drawn(formula, parameters):
    data = data_of(evaluated(formula, **parameters))
    assert data.why_no_lines == "chart.lines.benchmark"
    assert np.isnan(data.line(70.0, 80.0, 130.0)[1]).all()


def test_without_the_notice_a_ceiling_is_unknown_and_no_line_is_drawn():
    evaluation = evaluated("linear_to_ceiling", ceiling="150")
    assert data_of(evaluation, notice=False).why_no_lines == "chart.lines.parameters"
    assert data_of(evaluation).why_no_lines == ""


def test_a_formula_that_reads_quality_has_lines_through_its_own_plane():
    """Quality per price alone decides: on the line of total T the quality is T/100 · p · max(Q/P)."""
    mapping = policy_mapping(weights={"quality": 0, "capability": 0, "emergency": 0, "price": 100})
    mapping["regime"] = "uk-price-per-quality-point"
    mapping["disclosure"] = {"winner_criteria": True, "standstill_days": 8}
    mapping["criteria"][-1]["price"] = {  # type: ignore[index]
        "formula": "price_per_quality_point",
        "quality_from": ["quality", "capability", "emergency"],
    }
    policy = Policy.from_mapping(mapping)
    made = [offer(f"B{i}", mark, price) for i, (mark, price) in enumerate(OFFERS)]
    data = data_of(evaluate(make_tender(made, policy)))
    assert data.why_no_lines == ""
    assert data.by_value
    x, y = data.line(80.0, 80.0, 130.0)
    assert y == pytest.approx(0.8 * x * (80 / 100), abs=1e-6)
    order = evaluate(make_tender(made, policy)).ranking.order
    assert dict(zip(order, data.y.tolist(), strict=True)) == pytest.approx({"B0": 80, "B1": 60, "B2": 90, "B3": 40})


@pytest.mark.parametrize("total", [60.0, 81.3, 85.0, 90.0])
def test_a_line_that_reads_quality_is_unbroken_to_where_a_further_bid_would_be_the_best(total):
    """Best quality per price is 80/100: T = 0.6 q + 40 (q/p)/0.8, so q = T / (0.6 + 50/p) while q <= 0.8 p."""
    data = data_of(evaluated("price_per_quality_point"))
    x, y = data.line(total, 80.0, 130.0)
    quality = total / (0.6 + 50 / x)
    there = quality <= 0.8 * x
    assert np.count_nonzero(there) > 100
    assert np.array_equal(np.isfinite(y), there)
    assert y[there] == pytest.approx(0.6 * quality[there], abs=1e-9)


def test_where_bids_have_no_one_price_points_take_its_place_and_lines_are_straight(museum):
    data = data_of(museum)
    assert data.by_points
    x, y = data.line(80.0, 0.0, 50.0)
    assert x + y == pytest.approx(np.full(x.shape, 80.0))
    assert data.x + data.y == pytest.approx([museum.ranking.total_of(bid) for bid in museum.ranking.order])


def test_the_deduction_of_a_small_business_is_said(desk):
    data = data_of(desk)
    assert data.deducted
    assert data.x.tolist() == [float(desk.ranking.sheet.prices.scored[bid]) for bid in data.bids]


def test_the_points_are_the_rankings(desk):
    data = data_of(desk)
    for bid, rest in zip(data.bids, data.y, strict=True):
        lines = desk.ranking.contributions(bid)
        assert rest == pytest.approx(sum(p for name, p in lines.items() if name not in {"price", "rounding"}))
