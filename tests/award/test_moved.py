"""Volume that changes hands between two awards."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_problems import any_awards, problem_of, small_problems
from supplier_eval.award.awarded import Award
from supplier_eval.award.moved import demand_of, shares_by_supplier, shifts_between, volume_moved
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier

F = Fraction


def problem():
    lots = [Lot(id="L1", demand=F(100)), Lot(id="L2", demand=F(50))]
    bids = [Bid(lot=lot.id, supplier=key, price=F(1)) for lot in lots for key in "AB"]
    bids.append(Bid(lot="L1", supplier="A", alternate="x", price=F(1)))
    bundles = [Bundle(id="all", supplier="B", lots=("L1", "L2"), price=F(9))]
    return problem_of(lots, [Supplier(id=key) for key in "AB"], bids, bundles, grid=4)


def test_alternates_and_bundles_count_for_their_supplier():
    made = Award(4, {("L1", "A", "x"): 3, ("L1", "B", ""): 1}, frozenset())
    assert shares_by_supplier(problem(), made) == {("L1", "A"): F(3, 4), ("L1", "B"): F(1, 4)}
    bundled = Award(4, {}, frozenset({"all"}))
    assert shares_by_supplier(problem(), bundled) == {("L1", "B"): 1, ("L2", "B"): 1}


def test_volume_that_changes_hands_by_hand():
    """A has 75 of 100 in L1 and all 50 of L2; with the bundle B has everything: 125 of 150 move."""
    first = shares_by_supplier(problem(), Award(4, {("L1", "A", ""): 3, ("L1", "B", ""): 1, ("L2", "A", ""): 4}))
    second = shares_by_supplier(problem(), Award(4, {}, frozenset({"all"})))
    assert volume_moved(demand_of(problem()), first, second) == 125
    assert shifts_between(first, second)["L1", "A"] == F(-3, 4)
    assert volume_moved(demand_of(problem()), first, {}) == 150


def test_the_first_problem_says_the_demand():
    other = problem_of([Lot(id="L2", demand=F(7)), Lot(id="L9", demand=F(3))], [Supplier(id="A")])
    assert demand_of(problem(), other) == {"L1": 100, "L2": 50, "L9": 3}


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_it_is_a_distance(data):
    """The same either way round, nothing between equal shares, and no detour is shorter."""
    made = data.draw(small_problems(most=50, most_rules=0))
    a, b, c = (shares_by_supplier(made, data.draw(any_awards(made))) for _ in range(3))
    demand = demand_of(made)
    assert volume_moved(demand, a, b) == volume_moved(demand, b, a)
    assert (volume_moved(demand, a, b) == 0) == (not shifts_between(a, b))
    assert volume_moved(demand, a, c) <= volume_moved(demand, a, b) + volume_moved(demand, b, c)
