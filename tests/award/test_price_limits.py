"""Budgets and spend shares that do not decide leave ends exact; by hand and against all awards."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.offer_keys import offer_keys
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers
from supplier_eval.award.price_limits import LimitSearch
from supplier_eval.award.priced_offers import PricedOffer
from supplier_eval.award.rules import Rule

F = Fraction
EPSILON = F(1, 10**9)


def search(*rules, tiers=None):
    """Two whole lots of 10: A at 10 and 8, B at 12 and 9; A wins both for 180."""
    lots = [Lot(id=key, demand=F(10), indivisible=True) for key in ("L1", "L2")]
    prices = {("L1", "A"): 10, ("L2", "A"): 8, ("L1", "B"): 12, ("L2", "B"): 9}
    bids = [Bid(lot=lot, supplier=key, price=F(price)) for (lot, key), price in prices.items()]
    made = problem_of(lots, [Supplier(id="A", tiers=tiers), Supplier(id="B")], bids, (), rules, grid=1)
    award = Award(1, {("L1", "A", ""): 1, ("L2", "A", ""): 1})
    return LimitSearch(PricedOffer(made, ("L1", "A", "")), award, Ends(60), "scipy")


def budget(value, **more):
    return Rule(id="R", kind="budget", value=F(value), **more)


@pytest.mark.parametrize(("value", "kind", "price"), [(500, "crossing", 12), (200, "crossing", 12), (190, "limit", 11)])
def test_a_budget_ends_the_range_only_where_the_award_reaches_it(value, kind, price):
    """At 12 the award costs 200, as does the one with B in L1; a budget of 190 is reached at 11."""
    end = search(budget(value)).end(1)
    assert (end.kind, end.price, end.proven) == (kind, price, True)
    assert search(budget(value)).end(-1).kind == "zero"


def test_a_soft_budget_that_is_reached_says_nothing():
    assert search(budget(190, penalty=F(1))).end(1) is None
    assert search(budget(500, penalty=F(1))).end(1).price == 12


def test_a_rule_that_decides_says_nothing():
    """A may have 60 % of the spend at most, and has all of it."""
    made = search(Rule(id="R", kind="max_spend_share", value=F(3, 5), penalty=F(1)))
    assert not made.usable
    assert made.end(1) is None and made.end(-1) is None


def test_an_award_behind_the_end_that_breaks_the_rule_is_no_end():
    """Behind 12 B would have more than 30 % of the spend, which it may not."""
    cap = Rule(id="R", kind="max_spend_share", value=F(3, 10), suppliers=("B",))
    assert search(cap).end(1) is None
    assert search(cap).end(-1).kind == "zero"


def test_discounts_on_spend_stay_bent():
    tiers = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(50)), discount=(F(0), F(1, 10)))
    assert not search(budget(500), tiers=tiers).usable


KINDS = ("budget", "max_spend_share", "min_spend_share", "max_winners")


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_what_is_said_is_right(data):
    """Against all awards, with all rules: it stays up to the end and is beaten, or forbidden, right behind it."""
    made = data.draw(small_problems(most=40, kinds=KINDS, goals=("cost", ("winners", "cost")), least_rules=1))
    made = made.with_terms(minor_units=6)
    _, awards = optimum(made)
    assume(awards)
    offers = [offer for key in offer_keys(made) if (offer := PricedOffer(made, key)).bends and offer.price]
    assume(offers)
    offer, direction = data.draw(st.sampled_from(offers)), data.draw(st.sampled_from((1, -1)))
    end = LimitSearch(offer, awards[0], Ends(60), "scipy").end(direction)
    assume(end is not None)
    last = end.price if end.price is not None else offer.price + 1000
    stage = offer.stage or 0
    for price in ((offer.price + last) / 2, last):
        own = audit_award(offer.at(price), awards[0])
        assert own.valid and own.stages[stage] == optimum(offer.at(price))[0][stage]
    if end.kind in ("crossing", "limit") and last + direction * EPSILON >= 0:
        assert awards[0] not in optimum(offer.at(last + direction * EPSILON))[1]
