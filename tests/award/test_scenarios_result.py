"""Figures of scenarios: baseline, mean score, differences, table."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.award.scenarios_result import Scenario
from supplier_eval.errors import UnknownName

F = Fraction


@pytest.fixture
def made():
    lots = [Lot(id="L1", demand=F(10), baseline=F(5)), Lot(id="L2", demand=F(30))]
    bids = [Bid(lot=lot.id, supplier=key, price=F(p)) for lot in lots for key, p in (("A", 3), ("B", 4))]
    problem = problem_of(lots, [Supplier(id="A"), Supplier(id="B")], bids, grid=4, currency="EUR")
    changes = {"half": {"rules": [{"id": "R", "kind": "max_volume_share", "value": "50%"}]}, "no": {"cover": "at_most"}}
    return compare_scenarios(problem, changes, gap=0)


def test_without_a_baseline_of_every_lot_there_are_no_savings(made):
    assert made.base.baseline is None and made.base.savings is None
    assert made.to_frame()["savings"].isna().all()


def test_figures_that_are_missing_are_missing_not_zero(made):
    assert made.base.score is None
    nothing = made["no"]
    assert (nothing.cost, nothing.winners, nothing.score) == (0, (), None)
    assert Scenario("x", None).shares == {} and Scenario("x", None).baseline is None


def test_differences_to_the_base(made):
    assert made["half"].cost == 140 and made.cost_difference("half") == 20
    assert made.objective_difference("half") == 20 and made.objective_difference("no") == -120
    assert made.moved("half") == F(1, 2) and made.moved("no") == 1
    assert sum(made.shifts("half").values()) == 0
    assert made["base"] is made.base and made.moved("base") == 0


def test_a_scenario_that_there_is_not_is_named(made):
    with pytest.raises(UnknownName, match="Did you mean 'half'"):
        made["hal"]


def test_the_table_has_documented_columns(made):
    frame = made.to_frame()
    assert list(frame.columns) == [
        *("scenario", "status", "objective", "gap", "cost", "score", "n_winners", "savings", "savings_share"),
        *("objective_difference", "cost_difference", "moved", "winners", "reason"),
    ]
    assert frame.dtypes.astype(str).tolist() == ["str", "str", *["Float64"] * 10, "str", "str"]
    assert frame["scenario"].tolist() == ["base", "half", "no"]


def test_standing_and_short_form(made):
    assert made.standing == "exploratory" and made.policy_fingerprint == ""
    assert repr(made) == "Scenarios(2 scenarios, 0 without an award; base costs 120.00)"
