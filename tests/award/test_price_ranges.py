"""price_range through the public call: published cases, mistakes, what is not proven."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award import award_lots, price_range, read_problem
from supplier_eval.award.audit import audit_award
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Segment, Supplier
from supplier_eval.award.priced_offers import PricedOffer
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

F = Fraction
CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"


@pytest.mark.parametrize("solver", solvers_installed())
def test_two_suppliers_have_to_share(solver):
    """A 80 % at 10, B 20 % at 11, C at 15: they change places at each other's price, to the exact fraction."""
    made = price_range(read_problem(CASES, case="hand-dual-source"), solver=solver)
    ends = {own.name: (own.low.price, own.high.price, own.enters) for own in made.ranges.values()}
    assert ends == {"L1|A": (0, 11, None), "L1|B": (10, 15, None), "L1|C": (11, None, 11)}
    assert made.proven and made["L1|A"].share == F(4, 5)


@pytest.mark.parametrize("solver", solvers_installed())
def test_bundles_have_ranges_like_bids(solver):
    """X has b1 for 170 and Y L3 for 50; the next best is 230 (b1 at 180 would be equal), b2 would enter at 130."""
    made = price_range(read_problem(CASES, case="hand-bundle"), bids=["bundle:b1", "bundle:b2"], solver=solver)
    assert list(made.ranges) == ["bundle:b1", "bundle:b2"]
    assert made["bundle:b1"].high.price == 180 and made["bundle:b1"].low.kind == "zero"
    assert made["bundle:b2"].enters == 130


def test_equal_awards_change_at_once():
    made = price_range(read_problem(CASES, case="tie-identical"))
    assert made["L1|B"].high.price == 10 and made["L1|A"].enters == 10


def test_a_budget_that_does_not_decide_leaves_exact_ends():
    """At 1,020 in all; A has 80 of 100 units, so that a budget of 1,060 is reached at 10.50, one of 2,000 never."""
    problem = read_problem(CASES, case="hand-dual-source")
    for value, kind, price in ((2000, "crossing", 11), (1060, "limit", F("10.5"))):
        rules = {**problem.rules, "R9": Rule(id="R9", kind="budget", value=F(value))}
        own = price_range(problem.replace(rules=rules), bids="L1|A")["L1|A"]
        assert (own.method, own.high.kind, own.high.price, own.low.kind) == ("lines", kind, price, "zero")


def test_a_curve_has_no_range_and_the_rest_is_still_proven():
    curve = (Segment(qlo=F(0), qhi=F(1), fixed=F(0), slope=F(20)),)
    bids = [Bid(lot="L", supplier="A", curve=curve), Bid(lot="L", supplier="B", price=F(10))]
    made = price_range(problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids))
    assert made["L|A"].method == "curve" and made["L|A"].high is None
    assert made["L|B"].high.price == 20 and made.proven


def test_without_an_optimum_there_are_no_ranges():
    made = price_range(read_problem(CASES, case="inf-capacity"))
    assert (made.status, made.audit, dict(made.ranges), made.proven) == ("infeasible", None, {}, False)


def test_an_award_that_is_not_the_best_does_not_stay_anywhere():
    problem = read_problem(CASES, case="hand-dual-source")
    dearer = award_lots(problem.with_bid(replace(problem.bids["L1", "A", ""], price=F(14))), gap=0)
    made = price_range(problem, replace(dearer, problem=problem, audit=audit_award(problem, dearer.award)))
    assert made.status == "not_optimal" and not made.ranges


def test_without_time_the_ends_are_open(monkeypatch):
    from supplier_eval.award import price_ranges as module

    monkeypatch.setattr(module.Ends, "over", property(lambda self: True))
    made = price_range(read_problem(CASES, case="hand-dual-source"))
    assert {end.kind for own in made.ranges.values() for end in (own.low, own.high)} == {"open"}
    assert not made.proven


def test_all_mistakes_are_said_at_once():
    problem = read_problem(CASES, case="hand-dual-source")
    other = award_lots(read_problem(CASES, case="hand-bundle"))
    with pytest.raises(InvalidInput) as raised:
        price_range(problem, other, bids=["L1|D", ("L1", "A"), 5], time_limit=0)
    assert [finding.code for finding in raised.value.findings] == [
        *("price_range.bid", "price_range.bid"),
        *("award.lots.time_limit", "price_range.other_problem"),
    ]
    for allocation, code in (("x", "allocation"), (award_lots(read_problem(CASES, case="inf-winners")), "no_award")):
        asked = read_problem(CASES, case="inf-winners")
        with pytest.raises(InvalidInput) as raised:
            price_range(asked, allocation, bids=3)
        assert [finding.code for finding in raised.value.findings] == ["price_range.bids", f"price_range.{code}"]
        assert all(finding.say("zh") and finding.advise("zh") for finding in raised.value.findings)
    with pytest.raises(UnknownName, match="gurobi"):
        price_range(problem, solver="gurobi")


def test_one_bid_needs_no_list():
    problem = read_problem(CASES, case="hand-dual-source")
    for named in (("L1", "C"), "L1|C", ("L1", "C", "")):
        assert list(price_range(problem, bids=named).ranges) == [("L1", "C", "")]


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(most=30, kinds=("max_winners", "min_avg"), goals=("cost",), curves=False))
def test_a_losing_bid_enters_where_it_is_said_to(problem):
    """Against all awards: at the price of entry, and not above it, some best award has the bid."""
    problem = problem.with_terms(minor_units=6)
    made = price_range(problem, bids=list(problem.bids)[:3], solver="scipy")
    assert (made.status == "infeasible") == (optimum(problem)[0] is None)
    for own in made.ranges.values():
        offer = PricedOffer(problem, own.offer)
        if own.share or own.method != "lines":
            continue
        if own.enters is not None:
            assert any(offer.share(award) for award in optimum(offer.at(own.enters))[1])
            assert own.low.price == own.enters <= own.price
            inside = (own.enters + own.price) / 2
        else:
            inside = own.price
        assert made.audit.award in optimum(offer.at(inside))[1]
