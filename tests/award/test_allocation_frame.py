"""The rows of an award: money before and after discount, bundles, what stays unserved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given

from award_problems import any_awards, problem_of, small_problems
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.allocation_frame import COLUMNS, allocation_frame
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers

F = Fraction


def told(problem, award):
    return Allocation(problem, "feasible_at_limit", award=award, audit=audit_award(problem, award))


def test_a_row_holds_share_volume_price_and_spend_before_and_after_the_discount():
    # 60 % of 10 units at 20: 120, of which the second tier takes 10 % off: 108; 40 % at 5: 20 without discounts.
    tiers = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(100)), discount=(F(0), F(1, 10)))
    problem = problem_of(
        [Lot(id="L", demand=F(10))],
        [Supplier(id="A", tiers=tiers, attributes={"score": F(80)}), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=F(20)), Bid(lot="L", supplier="B", alternate="x", price=F(5))],
        grid=10,
    )
    frame = allocation_frame(told(problem, Award(10, {("L", "A", ""): 6, ("L", "B", "x"): 4})))
    first, second = frame.to_dict("records")
    assert (first["kind"], first["units"], first["share"], first["volume"], first["unit_price"]) == (
        "bid", 6, 0.6, 6.0, 20.0,
    )  # fmt: skip
    assert (first["base_spend"], first["spend"], first["tier"], first["score"]) == (120.0, 108.0, 2, 80.0)
    assert (second["supplier"], second["offer"], second["kind"], second["spend"]) == ("B", "x", "alternate", 20.0)
    assert frame["tier"].isna().tolist() == [False, True]
    assert frame["score"].isna().tolist() == [False, True]


def test_the_price_of_a_bundle_stands_once_and_its_lots_have_shares():
    problem = problem_of(
        [Lot(id="L1", demand=F(2)), Lot(id="L2", demand=F(3))],
        [Supplier(id="A")],
        bundles=[Bundle(id="P", supplier="A", lots=("L1", "L2"), price=F(50))],
    )
    frame = allocation_frame(told(problem, Award(1, {}, frozenset({"P"}))))
    assert frame["kind"].tolist() == ["bundle", "bundle_price", "bundle"]
    assert frame["lot"].tolist() == ["L1", "L1|L2", "L2"]
    assert frame["volume"].sum() == 5.0
    assert frame["spend"].sum() == 50.0
    assert frame["spend"].isna().tolist() == [True, False, True]


def test_what_stays_unserved_has_a_row_with_its_emergency_price():
    problem = problem_of(
        [Lot(id="L", demand=F(10), unserved_cost=F(7))],
        [Supplier(id="A")],
        [Bid(lot="L", supplier="A", price=F(3))],
        grid=10,
    )
    row = allocation_frame(told(problem, Award(10, {("L", "A", ""): 8}))).set_index("kind").loc["unserved"]
    assert (row["supplier"], row["share"], row["volume"], row["unit_price"], row["spend"]) == ("", 0.2, 2.0, 7.0, 14.0)


def test_a_cost_curve_has_the_price_that_a_unit_comes_to():
    curve = (Segment(qlo=F(0), qhi=F(10), fixed=F(20), slope=F(3)),)
    problem = problem_of(
        [Lot(id="L", demand=F(10))], [Supplier(id="A")], [Bid(lot="L", supplier="A", curve=curve)], grid=10
    )
    (row,) = allocation_frame(told(problem, Award(10, {("L", "A", ""): 10}))).to_dict("records")
    assert (row["base_spend"], row["unit_price"]) == (50.0, 5.0)


@pytest.mark.parametrize("problem", [problem_of([Lot(id="L")], [Supplier(id="A")])])
def test_without_an_award_the_frame_is_empty_and_has_its_dtypes(problem):
    frame = allocation_frame(Allocation(problem, "infeasible"))
    assert tuple(frame.columns) == COLUMNS
    assert frame.empty
    assert [str(frame[name].dtype) for name in ("lot", "units", "spend")] == ["str", "Int64", "Float64"]


@given(small_problems(most_rules=0).flatmap(lambda p: any_awards(p).map(lambda a: (p, a))))
def test_the_spends_of_any_award_add_up_to_its_cost_but_for_what_is_paid_once(drawn):
    problem, award = drawn
    made = told(problem, Award(award.grid, {k: u for k, u in award.units.items() if u > 0}, award.bundles))
    if problem.terms.grid % award.grid:
        return
    once = sum(made.audit.costs[name] for name in ("fixed", "switching", "award"))
    assert allocation_frame(made)["spend"].sum() == pytest.approx(float(made.audit.measures["cost"] - once))
