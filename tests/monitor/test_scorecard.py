"""One supplier's scorecard."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from monitor_review_parts import figures, frame, kpi_row, plan_data, review_plan
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.reviewing import review_period


def card(*rows, plan=None, **asked):
    return review_period(frame(*rows), plan or review_plan(), "2026-01", **asked).cards[0]


def test_the_total_by_hand():
    """.3 * 100 (ontime .95) + .2 * 80 (csat 4.2) + .3 * 100 (milestones) + .2 * 80 (market price) = 92."""
    found = card(figures("S1"))
    assert found.score == Decimal("92.0")
    assert found.raw.unrounded == pytest.approx(92)
    assert [line.raw_points for line in found.lines] == pytest.approx([80, 100, 100, 80])
    assert [line.kpi for line in found.lines] == ["csat", "milestones", "ontime", "price_level"]


def test_the_weights_of_what_was_not_measured_go_to_the_rest_and_coverage_says_how_much():
    """Without csat: (30 + 30 + 16) / .8 = 95."""
    found = card(figures("S1", csat=None))
    assert found.coverage == Fraction(4, 5)
    assert found.score == Decimal("95.0")
    assert sum(line.share for line in found.lines) == pytest.approx(1)


def test_weights_as_a_vendor_evaluation_keys_them():
    """SAP learning: price 80 with weight 3, delivery 90 with weight 1 give 82.5."""
    data = plan_data(
        branches=[{"id": "price", "weight": 3}, {"id": "fulfilment", "weight": 1}], total=4, points={"at_target": 80}
    )
    data["kpis"] = [data["kpis"][3], data["kpis"][2] | {"target": 1, "floor": 0}]
    found = card(
        [kpi_row("S1", "price_level", 100.0, 4), kpi_row("S1", "milestones", 0.9, 10)],
        plan=ReviewPlan.from_mapping(data),
    )
    assert found.score == Decimal("82.5")


def test_coverage_exactly_at_the_floor_is_rated_and_a_hair_below_is_not():
    rows = figures("S1", csat=None)
    assert card(rows, plan=review_plan(coverage_floor="0.8")).rated
    below = card(rows, plan=review_plan(coverage_floor="0.800000000001"))
    assert below.unrated == "coverage"
    assert (below.score, below.raw, below.comparison, below.places) == (None, None, None, None)


def test_a_third_of_the_weights_is_a_third_exactly():
    data = plan_data(
        branches=[{"id": "fulfilment", "weight": 100}],
        coverage_floor="0.6",
        grades={"bands": []},
        knock_outs=[],
        consequences=[],
    )
    base = data["kpis"][2]
    data["kpis"] = [base | {"id": f"k{i}", "weight": w} for i, w in enumerate(("20", "20", "20", "20", "20"))]
    rows = [kpi_row("S1", "milestones", 0.9, 10) | {"kpi": f"k{i}"} for i in range(3)]
    assert card(rows, plan=ReviewPlan.from_mapping(data)).coverage == Fraction(3, 5)
    assert card(rows, plan=ReviewPlan.from_mapping(data)).rated


def test_no_data_is_not_rated_never_0_or_100():
    found = card(figures("S1", ontime=None, csat=None, milestones=None, price_level=None))
    assert found.unrated == "nothing_measured"
    assert found.score is None
    assert found.coverage == 0


def test_a_kpi_that_does_not_apply_leaves_the_base_of_the_coverage():
    rows = figures("S1")
    rows[1] |= {"status": "not_applicable", "value": np.nan}
    found = card(rows)
    assert found.coverage == 1
    assert found.score == Decimal("95.0")


def test_a_price_without_a_market_lowers_the_coverage():
    rows = figures("S1")
    rows[3] |= {"status": "not_market_rated", "value": np.nan}
    assert card(rows).coverage == Fraction(4, 5)


def test_exactly_100_has_the_top_grade():
    data = plan_data()
    for kpi in data["kpis"]:
        kpi.pop("stretch", None)
    found = card(figures("S1", ontime=(1.0, 50)), plan=ReviewPlan.from_mapping(data))
    assert found.score == Decimal("100.0")
    assert found.grade == "A"
    assert found.raw.spread.upper == 100.0


def test_a_contract_that_ran_for_less_than_half_of_the_period_is_not_rated():
    late = [row | {"in_force": 0.4} for row in figures("S1")]
    assert card(late).unrated == "in_force"
    half = [row | {"in_force": 0.5} for row in figures("S1")]
    assert card(half).rated
    assert card(half).in_force == 0.5
    assert card(late, plan=review_plan(minimum_in_force=0)).rated


def test_branches_have_their_own_points_and_coverage():
    found = card(figures("S1", csat=None))
    raw, _, coverage = found.branch_points("quality")
    assert (raw, coverage) == (pytest.approx(100), Fraction(3, 5))
    none = card(figures("S1", ontime=None, csat=None), plan=review_plan(coverage_floor="0.5"))
    assert np.isnan(none.branch_points("quality")[0])


def test_both_bases_stand_side_by_side():
    rows = [figures(f"S{i}", ontime=(0.9 + 0.01 * i, 100)) for i in range(6)]
    found = review_period(frame(*rows), review_plan(), "2026-01")
    frame_ = found["S0"].to_frame().set_index("kpi")
    assert frame_.loc["ontime", "raw"] == 0.9
    assert frame_.loc["ontime", "shrunken"] > 0.9
    assert frame_.loc["ontime", "source"] == "peers"
    assert (found["S0"].raw.basis, found["S0"].comparison.basis) == ("raw, contract", "shrunken, comparison")


def test_it_is_short():
    assert repr(card(figures("S1"))) == "Scorecard('S1', 2026-01: 92.0 (raw, contract), grade A)"
    assert "not rated" in repr(card(figures("S1", ontime=None, csat=None)))
