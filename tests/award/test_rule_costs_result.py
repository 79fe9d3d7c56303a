"""The result of pricing rules: tables with their kinds, who gains and loses, standing and a short line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from supplier_eval.award import read_problem, rule_costs
from supplier_eval.award.rule_costs_result import RuleCost, RuleCosts
from supplier_eval.award.rule_subsets import Interval

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
KINDS = ["str", "str", "str", "bool", "Float64", "Float64", "Float64", "Float64", "str", "str", "str"]


@pytest.fixture(scope="module")
def costs():
    """One lot, B (small) has to get 0.3 of 100 units at 12 instead of 10: 60."""
    return rule_costs(read_problem(CASES, case="hand-sme-setaside"), pairs=True)


def test_the_table_has_a_row_for_each_rule(costs):
    frame = costs.to_frame()
    assert [str(kind) for kind in frame.dtypes] == KINDS
    row = frame.iloc[0].to_dict()
    assert (row["rule"], row["kind"], row["clause"], row["hard"]) == ("R1", "min_volume_share", "§3.2.5", True)
    assert (row["price"], row["low"], row["high"], row["shapley"]) == (60, 60, 60, 60)
    assert (row["status"], row["gains"], row["losses"]) == ("optimal", "A", "B")


def test_what_is_not_known_is_missing_not_nothing(costs):
    unknown = RuleCost("R1", Interval(Fraction(5), None), "feasible_at_limit", costs.audit, {})
    frame = RuleCosts(
        costs.problem, "optimal", costs.audit, {"R1": unknown}, total=Interval(Fraction(5), None)
    ).to_frame()
    assert [str(kind) for kind in frame.dtypes] == KINDS
    assert frame[["price", "high", "shapley"]].isna().all(axis=None)
    assert frame["low"].tolist() == [5]


def test_pairs_tell_what_goes_beyond_the_single_prices():
    frame = rule_costs(read_problem(CASES, case="hand-dual-source"), pairs=True).pairs_frame()
    assert [str(kind) for kind in frame.dtypes] == ["str", "str", "Float64", "Float64"]
    assert frame[["first", "second"]].to_numpy().tolist() == [["R1", "R2"]]
    assert frame["price"].tolist() == pytest.approx([20], abs=0.01)
    assert frame["beyond"].tolist() == pytest.approx([-20], abs=0.01)


def test_pairs_that_were_not_asked_for_are_an_empty_table(costs):
    assert [str(kind) for kind in costs.pairs_frame().dtypes] == ["str", "str", "Float64", "Float64"]
    assert costs.pairs_frame().empty


def test_it_explores_and_says_the_dearest_in_a_line(costs):
    assert (costs.standing, costs.policy_fingerprint) == ("exploratory", costs.problem.policy_fingerprint)
    assert repr(costs) == "RuleCosts(optimal; all 1 rules 60.00; R1 60.00)"
    assert repr(RuleCosts(costs.problem, "infeasible")) == "RuleCosts(infeasible; nothing priced)"
    assert costs.explain("zh").startswith("在全部 1 条规则下")


def test_gains_and_losses_are_by_supplier_and_lot(costs):
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    shifts = {("L1", "A"): half, ("L2", "A"): -quarter, ("L1", "B"): -half, ("L2", "C"): quarter}
    cost = RuleCost("R1", Interval(half, half), "optimal", costs.audit, shifts)
    assert cost.gains == {"A": {"L1": half}, "C": {"L2": quarter}}
    assert cost.losses == {"A": {"L2": quarter}, "B": {"L1": half}}


def test_exact_means_every_figure(costs):
    assert costs.exact
    assert not RuleCosts(costs.problem, "infeasible").exact
