"""An award added up by hand: shares, volumes, tiers, rebates, every kind of money."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award_problems import problem_of
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Segment, Supplier, Tiers
from supplier_eval.award.tally import tally_of, total
from supplier_eval.errors import UnknownName

HALF = Fraction(1, 2)


def desk() -> list[Lot]:
    return [
        Lot(id="L1", demand=Fraction(100), incumbent="Old", switching_cost=Fraction(7)),
        Lot(id="L2", demand=Fraction(40), incumbent="New", switching_cost=Fraction(9)),
        Lot(id="L3", demand=Fraction(10), unserved_cost=Fraction(3)),
    ]


def suppliers(tiers: Tiers | None = None) -> list[Supplier]:
    new = Supplier(id="New", fixed_cost=Fraction(11), switching_cost=Fraction(13), tiers=tiers)
    old = Supplier(id="Old", fixed_cost=Fraction(17), switching_cost=Fraction(19), incumbent=True)
    return [new, old]


def test_each_kind_of_money_is_where_it_belongs_and_they_sum_to_the_cost():
    bids = [Bid(lot="L1", supplier="New", price=Fraction(2), award_cost=Fraction(5), use=Fraction(30))]
    bundles = [Bundle(id="b", supplier="Old", lots=("L2",), price=Fraction(60))]
    tiers = Tiers(kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(200)), discount=(Fraction(0), HALF))
    problem = problem_of(desk(), suppliers(tiers), bids, bundles)
    tally = tally_of(problem, Award(4, {("L1", "New", ""): 4}, frozenset({"b"})))
    assert tally.costs == {
        "bids": 200,
        "bundles": 60,
        "rebates": -100,  # a break belongs to the tier that it opens
        "fixed": 28,
        "switching": 13 + 7 + 9,  # New is no incumbent; Old lost L1, New lost L2
        "award": 5,
        "unserved": 30,
    }
    assert tally.cost == sum(tally.costs.values()) == 252
    assert tally.suppliers["New"].capacity_used == 30
    assert tally.suppliers["New"].spend == 100
    assert tally.suppliers["Old"].capacity_used == tally.suppliers["Old"].volume == 40


def test_an_incumbent_that_keeps_one_unit_of_its_lot_costs_no_switching():
    bids = [Bid(lot="L1", supplier=name, price=Fraction(1)) for name in ("New", "Old")]
    problem = problem_of(desk()[:1], suppliers(), bids)
    kept = tally_of(problem, Award(100, {("L1", "New", ""): 99, ("L1", "Old", ""): 1}))
    lost = tally_of(problem, Award(100, {("L1", "New", ""): 100}))
    assert (kept.costs["switching"], lost.costs["switching"]) == (13, 20)


def test_incremental_discounts_apply_inside_their_tier_only():
    tiers = Tiers(
        kind="incremental",
        basis="spend",
        breaks=(Fraction(0), Fraction(50), Fraction(80)),
        discount=(Fraction(0), Fraction(1, 10), Fraction(1, 5)),
    )
    problem = problem_of(desk()[:1], suppliers(tiers), [Bid(lot="L1", supplier="New", price=Fraction(1))])
    figures = tally_of(problem, Award(1, {("L1", "New", ""): 1})).suppliers["New"]
    assert (figures.tier, figures.rebate) == (2, 3 + 4)


def test_volume_tiers_look_at_the_volume_and_a_free_offer_stays_in_the_first_tier():
    tiers = Tiers(kind="all_units", basis="volume", breaks=(Fraction(0), Fraction(100)), discount=(Fraction(0), HALF))
    for price, tier, rebate in ((Fraction(3), 1, 150), (Fraction(0), 0, 0)):
        problem = problem_of(desk()[:1], suppliers(tiers), [Bid(lot="L1", supplier="New", price=price)])
        figures = tally_of(problem, Award(1, {("L1", "New", ""): 1})).suppliers["New"]
        assert (figures.tier, figures.rebate) == (tier, rebate)


def test_a_boundary_of_a_curve_belongs_to_the_segment_that_it_opens():
    curve = (
        Segment(qlo=Fraction(0), qhi=Fraction(50), fixed=Fraction(0), slope=Fraction(2)),
        Segment(qlo=Fraction(50), qhi=Fraction(100), fixed=Fraction(5), slope=Fraction(1)),
    )
    problem = problem_of(desk()[:1], suppliers(), [Bid(lot="L1", supplier="New", curve=curve)])
    at = {units: tally_of(problem, Award(100, {("L1", "New", ""): units})).costs["bids"] for units in (49, 50, 100)}
    assert at == {49: 98, 50: 55, 100: 105}


def test_double_cover_counts_twice_in_volume_and_leaves_no_rest():
    bundles = [Bundle(id=name, supplier="New", lots=("L3",), price=Fraction(1)) for name in ("b1", "b2")]
    tally = tally_of(problem_of(desk(), suppliers(), (), bundles), Award(1, {}, frozenset({"b1", "b2"})))
    assert tally.covered == {"L3": 2}
    assert tally.suppliers["New"].volume == 20
    assert (tally.rest("L3"), tally.rest("L1"), tally.costs["unserved"]) == (0, 1, 0)


def test_value_is_price_times_share_and_a_curve_has_none():
    bids = [Bid(lot="L1", supplier="New", price=Fraction(8))]
    assert tally_of(problem_of(desk(), suppliers(), bids), Award(4, {("L1", "New", ""): 1})).value == 2
    curve = (Segment(qlo=Fraction(0), qhi=Fraction(100), fixed=Fraction(0), slope=Fraction(1)),)
    problem = problem_of(desk(), suppliers(), [Bid(lot="L1", supplier="New", curve=curve)])
    with pytest.raises(ValueError, match="no value"):
        _ = tally_of(problem, Award(4, {("L1", "New", ""): 1})).value


def test_unknown_bids_and_bundles_are_refused_with_the_nearest_name():
    problem = problem_of(desk(), suppliers(), [Bid(lot="L1", supplier="New", price=Fraction(1))])
    with pytest.raises(UnknownName, match=r"Did you mean 'L1\|New'"):
        tally_of(problem, Award(1, {("L1", "Now", ""): 1}))
    with pytest.raises(UnknownName, match="no bundle"):
        tally_of(problem, Award(1, {}, frozenset({"b9"})))
    with pytest.raises(ValueError, match="above 0"):
        tally_of(problem, Award(0))


@given(st.lists(st.fractions()))
def test_a_total_is_the_exact_sum_in_any_order(amounts):
    shuffled = Random(0).sample(amounts, len(amounts))
    assert total(amounts) == total(shuffled) == sum(amounts)
