"""Parts of an award: discounts by tier, cost curves, entry costs, with figures worked out by hand."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.parts import Bid, Lot, Segment, Supplier, Tiers

BREAKS = (Fraction(0), Fraction(1000), Fraction(5000))
RATES = (Fraction(0), Fraction(1, 10), Fraction(1, 5))


def tiers(kind="all_units", basis="spend", discount=RATES):
    return Tiers(kind=kind, basis=basis, breaks=BREAKS, discount=discount)


def test_a_break_belongs_to_the_tier_that_it_opens():
    amounts = (0, 999, 1000, 4999, 5000, 9000)
    assert [tiers().tier_of(Fraction(amount)) for amount in amounts] == [0, 0, 1, 1, 2, 2]


def test_all_units_reach_back_to_the_first_unit():
    spend = Fraction(6000)
    assert tiers().rebate(spend, spend) == 1200  # 20 % of all 6,000
    assert tiers().handicap(2) == 0


def test_incremental_tiers_count_only_the_spend_inside_each():
    spend = Fraction(6000)
    # nothing on the first 1,000, 10 % on 4,000, 20 % on 1,000
    assert tiers("incremental").rebate(spend, spend) == 400 + 200
    assert tiers("incremental").handicap(2) == 6000 * Fraction(1, 5) - 600


def test_a_volume_discount_is_taken_off_the_spend_by_the_volume():
    assert tiers(basis="volume").rebate(Fraction(700), Fraction(1000)) == 70


@given(
    st.integers(0, 12_000).map(Fraction),
    st.lists(st.integers(0, 90), min_size=3, max_size=3).map(lambda r: tuple(Fraction(x, 100) for x in r)),
)
def test_an_incremental_rebate_is_the_integral_of_the_rates(spend, rates):
    ends = (*BREAKS[1:], Fraction(10**9))
    inside = [max(Fraction(0), min(spend, high) - low) for low, high in zip(BREAKS, ends, strict=True)]
    by_hand = sum(rate * part for rate, part in zip(rates, inside, strict=True))
    assert tiers("incremental", discount=rates).rebate(spend, spend) == by_hand


def test_an_incremental_rebate_has_no_jump_where_an_all_units_rebate_has_one():
    just_below, at = Fraction(5000) - Fraction(1, 10**6), Fraction(5000)
    smooth, jumping = tiers("incremental"), tiers()
    assert smooth.rebate(at, at) - smooth.rebate(just_below, just_below) < Fraction(1, 10**6)
    assert jumping.rebate(at, at) - jumping.rebate(just_below, just_below) > 499


def test_a_newcomer_pays_for_switching_and_an_incumbent_does_not():
    costs = {"fixed_cost": Fraction(100), "switching_cost": Fraction(30)}
    assert Supplier(id="N", **costs).entry_cost == 130
    assert Supplier(id="I", incumbent=True, **costs).entry_cost == 100


def curved():
    """FICO Xpress Mosel user guide, purchasing with price breaks: supplier 1, 9.2 to 100 units, then 9 to 200."""
    first = Segment(qlo=Fraction(0), qhi=Fraction(100), fixed=Fraction(0), slope=Fraction("9.2"))
    second = Segment(qlo=Fraction(100), qhi=Fraction(200), fixed=Fraction(20), slope=Fraction(9))
    return Bid(lot="L", supplier="1", curve=(first, second))


def test_a_curve_costs_what_its_segment_says():
    bid = curved()
    assert bid.base_cost(Fraction(50)) == 460
    assert bid.base_cost(Fraction(100)) == 920
    assert bid.base_cost(Fraction(200)) == 1820


def test_a_boundary_belongs_to_the_segment_that_it_opens_and_the_last_one_keeps_its_end():
    assert [curved().segment_of(Fraction(q)) for q in (1, 99, 100, 200)] == [0, 0, 1, 1]


def test_nothing_costs_nothing_whatever_the_curve_begins_with():
    start = Segment(qlo=Fraction(0), qhi=Fraction(9), fixed=Fraction(50), slope=Fraction(1))
    bid = Bid(lot="L", supplier="S", curve=(start,))
    assert bid.base_cost(Fraction(0)) == 0
    assert bid.base_cost(Fraction(1)) == 51


def test_a_price_is_per_unit_and_exact():
    bid = Bid(lot="L", supplier="S", price=Fraction(1, 3))
    assert bid.base_cost(Fraction(3, 2)) == Fraction(1, 2)


def test_alternates_are_offers_of_their_own():
    main, other = Bid(lot="L", supplier="S"), Bid(lot="L", supplier="S", alternate="x")
    assert main.key == ("L", "S", "")
    assert other.key != main.key


def test_parts_are_frozen():
    with pytest.raises(FrozenInstanceError):
        Lot(id="L").demand = Fraction(2)
