"""The rows between an award and a scenario, the same for a given award and for one that is sought."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from award_problems import problem_of
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_links import Links, stage_of_award, stage_of_model
from supplier_eval.award.disruption_recourse import Recourse, scenario_problem
from supplier_eval.award.disruption_scenarios import Failure
from supplier_eval.award.disruption_widened import builder_behind, widened
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(10), incumbent="A", switching_cost=F(4)), Lot(id="M", demand=F(10))],
    [Supplier(id="A", fixed_cost=F(3)), Supplier(id="B", fixed_cost=F(5)), Supplier(id="C")],
    [
        Bid(lot=lot, supplier=key, price=F(p), award_cost=F(1))
        for lot in "LM"
        for key, p in zip("ABC", (2, 3, 9), strict=True)
    ],
    [Bundle(id="b", supplier="C", lots=("L", "M"), price=F(150))],
    grid=10,
)
AWARD = Award(10, {("L", "A", ""): 6, ("L", "B", ""): 4, ("M", "A", ""): 10})


def test_a_given_award_as_constants():
    stage = stage_of_award(PROBLEM, AWARD)
    assert stage.share["L", "B", ""].constant == 0.4
    assert stage.active["A"].constant == 1.0
    assert "C" not in stage.active
    assert stage.spend["A"].constant == pytest.approx(32.0)
    assert stage.use["A"].constant == pytest.approx(16.0)
    assert stage.unserved == {}
    assert stage.switched == {}
    left = stage_of_award(PROBLEM, Award(10, {("M", "A", ""): 10}, frozenset()))
    assert left.unserved["L"].constant == 1.0
    assert left.switched["L"].constant == 1.0


def test_a_model_as_columns():
    made = formulate(PROBLEM)
    stage = stage_of_model(made, offset=100)
    point = solve(made.program, solver="scipy").values
    shifted = np.concatenate([np.zeros(100), point])

    def value(expression):
        return sum(shifted[column] * factor for column, factor in expression.terms.items()) + expression.constant

    assert value(stage.share["L", "A", ""]) == pytest.approx(1.0)
    assert value(stage.spend["A"]) == pytest.approx(40.0)
    assert value(stage.use["A"]) == pytest.approx(20.0)
    assert value(stage.active["A"]) == pytest.approx(1.0)
    assert value(stage.bundle["b"]) == pytest.approx(0.0)
    assert value(stage.switched["L"]) == pytest.approx(0.0)


def least(failure, recourse, *, sought):
    """Least cost of the scenario; the award is fixed in its own model, or given as constants."""
    block = formulate(scenario_problem(PROBLEM, failure, recourse))
    if not sought:
        more = builder_behind(block.n_columns)
        links = Links(PROBLEM, block.problem, stage_of_award(PROBLEM, AWARD), stage_of_model(block), more)
        extra = links.add(failure, recourse)
        cost = {at: value for at, value in enumerate(block.cost.tolist()) if value} | extra
        return solve(widened(block, [], more, cost).program, solver="scipy").objective
    made = formulate(PROBLEM)
    more = builder_behind(made.n_columns + block.n_columns)
    before, after = stage_of_model(made), stage_of_model(block, made.n_columns)
    links = Links(PROBLEM, block.problem, before, after, more)
    cost = links.add(failure, recourse)
    if recourse.kind == "reallocate":
        links.trigger(failure)
    cost |= {at + made.n_columns: value for at, value in enumerate(block.cost.tolist()) if value}
    cost |= {at: 1e-6 * value for at, value in enumerate(made.cost.tolist()) if value}  # once-only switches stay down
    lower, upper = made.lower.copy(), made.upper.copy()
    for key, column in zip(made.columns.bids, made.columns.share.tolist(), strict=True):
        lower[column] = upper[column] = float(AWARD.share(key))
    upper[made.columns.bundle] = 0.0
    fixed = replace(made, lower=lower, upper=upper)
    return solve(widened(fixed, [block], more, cost).program, solver="scipy").objective


# A fails: L is short of 6 at 3 from B, M of 10 at 3. B is active already and has L open; M is opened for 1.
# 30 + 30 + B's 5 + award costs (B of L, B of M) 2, and spent: A's 3 + A's two award costs 2; A leaves L: 4.
BY_HAND = 60 + 5 + 2 + 3 + 2 + 4


@pytest.mark.parametrize("sought", [False, True])
def test_what_was_paid_once_stays_paid(sought):
    assert least(Failure("A", {"A": F(1)}, F(1)), Recourse(), sought=sought) == pytest.approx(BY_HAND, abs=1e-3)


@pytest.mark.parametrize("sought", [False, True])
def test_a_surcharge_is_paid_on_spend_beyond_the_award(sought):
    # B delivers for 60 instead of 12: a quarter of 48 more
    found = least(Failure("A", {"A": F(1)}, F(1)), Recourse(surcharge=F(1, 4)), sought=sought)
    assert found == pytest.approx(BY_HAND + 12, abs=1e-3)


@pytest.mark.parametrize("sought", [False, True])
def test_who_states_no_capacity_loses_a_part_of_what_it_was_awarded(sought):
    # A delivers 12 of its 16 units, B the other 4 on top of its own 4, all of them for L: 24 + 24 + fixed 8 + 3 awards
    found = least(Failure("A", {"A": F(1, 4)}, F(1)), Recourse(), sought=sought)
    assert found == pytest.approx(24 + 24 + 8 + 3, abs=1e-3)


@pytest.mark.parametrize("sought", [False, True])
def test_others_may_be_left_only_where_everything_is_bought_anew(sought):
    # B fails: A takes all for 40 + 3 + 2 award costs; spent B's 5 + 1. The same with both: A's awards stay
    for kind in ("fill", "reallocate"):
        found = least(Failure("B", {"B": F(1)}, F(1)), Recourse(kind), sought=sought)
        assert found == pytest.approx(40 + 3 + 2 + 6, abs=1e-3)
    half = Failure("B", {"B": F(1, 2)}, F(1))
    # B still delivers the 2 units that it can, for 6 and an award cost; bought anew they come from A
    assert least(half, Recourse(), sought=sought) == pytest.approx(6 + 36 + 8 + 3, abs=1e-3)
    assert least(half, Recourse("reallocate"), sought=sought) == pytest.approx(40 + 3 + 2 + 6, abs=1e-3)


def test_nothing_is_done_where_nobody_awarded_anything_is_hit():
    # C is awarded nothing: its failure triggers nothing, though B of L could be replaced by the cheaper A
    failure = Failure("C", {"C": F(1)}, F(1))
    found = least(failure, Recourse("reallocate"), sought=True)
    assert found == pytest.approx(12 + 12 + 20 + 8 + 3, abs=1e-3)
