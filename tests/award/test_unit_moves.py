"""Units of the grid that floating point misplaced are moved to where they are cheaper."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.unit_moves import mended


def problem():
    bids = [
        Bid(lot="L", supplier="A", price=Fraction(10), max_share=Fraction(4, 5)),
        Bid(lot="L", supplier="B", price=Fraction(11)),
    ]
    return problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, grid=10**6)


def test_two_units_go_back_to_the_cheaper_bid_but_not_past_its_limit():
    made = audit_award(problem(), Award(10**6, {("L", "A", ""): 799_998, ("L", "B", ""): 200_002}))
    better = mended(problem(), made)
    assert dict(better.award.units) == {("L", "A", ""): 800_000, ("L", "B", ""): 200_000}
    assert better.valid and better.stages[0] == Fraction("10.2")


def test_it_stops_when_it_has_looked_often_enough():
    made = audit_award(problem(), Award(10**6, {("L", "A", ""): 799_998, ("L", "B", ""): 200_002}))
    assert mended(problem(), made, most=0) is made
    assert mended(problem(), made, most=2).award.units["L", "A", ""] == 799_999


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_what_comes_out_is_valid_and_never_worse(data):
    made = data.draw(small_problems(most=60))
    feasible = [reading.award for reading in every_reading(made) if reading.feasible]
    for award in feasible[:3]:
        before = audit_award(made, award)
        after = mended(made, before)
        assert after.valid and after.stages <= before.stages
        assert after.award in feasible
