"""Prices looked at one by one where figures bend, by hand and against all awards."""

from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award import price_steps
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.awarded import Award
from supplier_eval.award.offer_keys import offer_keys
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier, Tiers
from supplier_eval.award.price_ends import best_at
from supplier_eval.award.price_steps import StepSearch
from supplier_eval.award.priced_offers import PricedOffer
from supplier_eval.award.rules import Rule

F = Fraction


def search(rules=(), supplier="A", price=10, **more):
    """One whole lot of 10: A at 10, B at 12; money in whole units."""
    lots = [Lot(id="L", demand=F(10), indivisible=True)]
    bids = [Bid(lot="L", supplier="A", price=F(price)), Bid(lot="L", supplier="B", price=F(12))]
    made = problem_of(lots, [Supplier(id="A", **more), Supplier(id="B")], bids, (), rules, grid=1, minor_units=0)
    return StepSearch(PricedOffer(made, ("L", supplier, "")), Award(1, {("L", "A", ""): 1}), Ends(60), "scipy")


def test_a_change_is_bracketed_by_one_minor_unit():
    end = search(rules=[Rule(id="R", kind="budget", value=F(500))]).end(1)
    assert (end.kind, end.price, end.beyond) == ("bracket", 12, 13)
    assert dict(end.award.units) == {("L", "B", ""): 1}


def test_above_the_budget_nothing_may_be_left():
    end = search(rules=[Rule(id="R", kind="budget", value=F(110))]).end(1)
    assert (end.kind, end.price, end.beyond, end.award) == ("bracket", 11, 12, None)


def test_a_lower_price_can_lose_a_discount_and_with_it_the_award():
    """A has 30 % off from 150 on: at 15 it costs 105, at 14 it costs 140 and B with 120 is better."""
    tiers = Tiers(kind="all_units", basis="spend", breaks=(F(0), F(150)), discount=(F(0), F(3, 10)))
    made = search(price=15, tiers=tiers)
    assert made.offer.bends
    end = made.end(-1)
    assert (end.kind, end.price, end.beyond) == ("bracket", 15, 14)
    assert dict(end.award.units) == {("L", "B", ""): 1}
    assert (made.end(1).price, made.end(1).beyond) == (17, 18)


def test_where_nothing_was_seen_that_is_said_with_the_last_price():
    made = search(rules=[Rule(id="R", kind="budget", value=F(500))])
    down = made.end(-1)
    assert (down.kind, down.price) == ("seen", 0)
    other = search(rules=[Rule(id="R", kind="budget", value=F(500))], supplier="B")
    up = other.end(1)
    assert (up.kind, up.price) == ("seen", 24)


def test_prices_finer_than_a_minor_unit_are_bracketed_too():
    end = search(rules=[Rule(id="R", kind="budget", value=F(500))], price=F("9.3")).end(1)
    assert end.kind == "bracket" and end.beyond - end.price <= 1
    assert end.price <= 12 < end.beyond


def test_how_far_is_looked():
    assert search().farthest() == 24
    bundles = [Bundle(id="b", supplier="A", lots=("L",), price=F(7))]
    made = problem_of([Lot(id="L")], [Supplier(id="A")], [], bundles)
    bundle = StepSearch(PricedOffer(made, "bundle:b"), Award(1, {}, frozenset({"b"})), Ends(9), "scipy")
    assert bundle.farthest() == 14


@pytest.mark.parametrize("direction", [1, -1])
def test_without_time_an_end_is_open(direction):
    made = search(rules=[Rule(id="R", kind="budget", value=F(500))])
    made.ends = Ends(-1)
    assert made.end(direction).kind == "open"


KINDS = ("budget", "max_spend_share", "min_spend_share", "max_winners", "min_avg")


@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_brackets_are_right(data):
    """Against all awards: on this side the award is among the best, one step farther it is not."""
    made = data.draw(small_problems(most=40, kinds=KINDS, goals=("cost", "cost", ("winners", "cost")), least_rules=1))
    made = made.with_terms(minor_units=0)
    _, awards = optimum(made)
    assume(awards)
    offers = [PricedOffer(made, key) for key in offer_keys(made)]
    offers = [offer for offer in offers if offer.bends and offer.price]
    assume(offers)
    offer, direction = data.draw(st.sampled_from(offers)), data.draw(st.sampled_from((1, -1)))
    fine = PricedOffer(made.with_terms(minor_units=6), offer.key)
    walk = StepSearch(fine, awards[0], Ends(60), "scipy")
    walk.step = F(1)
    asked = []
    with patch.object(price_steps, "best_at", side_effect=lambda *given: asked.append(best_at(*given)) or asked[-1]):
        end = walk.end(direction)
    if end.kind == "open":  # never a guess: the last answer was not proven to the millionth
        assert asked[-1][0] not in ("optimal", "infeasible")
        return
    assert end.kind in ("bracket", "seen")
    assert awards[0] in optimum(offer.at(end.price))[1]
    if end.kind == "bracket":
        assert direction * (end.beyond - end.price) == 1
        best, equal = optimum(offer.at(end.beyond))
        assert awards[0] not in equal
        assert (end.award is None) == (best is None)
        assert end.award is None or end.award in equal or offer.problem.terms.goal.stages[1:]
