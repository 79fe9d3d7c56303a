"""Best awards by set of rules: what is known already is not solved again, and bounds stay on the safe side."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import best, every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award import rule_subsets
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.exact import Solved, solve_formulation
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rule_subsets import Clock, Interval, RuleSubsets, keeps, stage_under
from supplier_eval.award.rules import Rule


@pytest.fixture
def problem():
    """100 units; A at 10, B at 13. HALF: B gets half; QUARTER: B gets a quarter; FINE: 1 for each winner above one."""
    share = {"kind": "min_volume_share", "suppliers": ("B",)}
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(13))],
        rules=[
            Rule(id="FINE", kind="max_winners", value=Fraction(1), penalty=Fraction(1)),
            Rule(id="HALF", value=Fraction(1, 2), **share),
            Rule(id="QUARTER", value=Fraction(1, 4), **share),
        ],
        grid=100,
    )


def asked(problem, *sets):
    subsets = RuleSubsets(problem, gap=0.0, clock=Clock(60), solver="scipy")
    for kept in sets:
        subsets.learn(frozenset(kept))
    return subsets


def test_intervals_add_and_scale():
    one, two = Interval(Fraction(1), Fraction(2)), Interval(Fraction(3), Fraction(3))
    assert one.plus(two) == Interval(Fraction(4), Fraction(5))
    assert two.scaled(Fraction(1, 2)) == Interval(Fraction(3, 2), Fraction(3, 2))
    assert (one.exact, two.exact) == (None, 3)
    open_above = Interval(Fraction(1), None)
    assert open_above.plus(one).high is open_above.scaled(Fraction(2)).high is open_above.exact is None


def test_a_clock_shares_out_what_is_left():
    clock = Clock(100.0)
    assert 49 < clock.share(2) <= 50 and not clock.over
    assert Clock(-1.0).over and Clock(-1.0).share() == rule_subsets.LEAST_SECONDS


def test_what_lies_between_two_equal_figures_is_not_solved(problem):
    """Without HALF and QUARTER 1,000; with QUARTER 1,075; with HALF 1,150, which keeps QUARTER too."""
    subsets = asked(problem, {"HALF"}, {"HALF", "QUARTER"})
    assert subsets.solves == 1
    assert subsets.best(frozenset({"HALF", "QUARTER"})).high == 1150
    subsets = asked(problem, {"HALF", "QUARTER"}, set(), {"QUARTER"}, {"HALF"})
    assert subsets.solves == 4
    assert [subsets.best(frozenset(kept)).low for kept in ((), {"QUARTER"}, {"HALF"})] == [1000, 1075, 1150]
    assert subsets.step(frozenset({"HALF"}), frozenset()).exact == 150


def test_a_soft_rule_that_is_left_out_is_not_paid_for(problem):
    every = frozenset(problem.rules)
    subsets = asked(problem, every, every - {"FINE"}, every - {"HALF"})
    assert subsets.best(every).high == 1151
    assert subsets.price(["FINE"]).exact == 1
    assert subsets.price(["HALF"]).exact == 75


def test_an_award_counts_for_the_rules_that_it_keeps(problem):
    audit = audit_award(problem, Award(100, {("L", "A", ""): 70, ("L", "B", ""): 30}))
    assert keeps(audit, {"FINE", "QUARTER"}) and not keeps(audit, {"HALF"})
    assert (stage_under(audit, {"FINE"}), stage_under(audit, {"QUARTER"})) == (1091, 1090)
    assert not keeps(audit_award(problem, Award(100, {("L", "A", ""): 70})), ())


def test_a_search_without_a_bound_leaves_the_price_open_above(problem, monkeypatch):
    def solve(formulation, **kw):
        found = solve_formulation(formulation, **kw)
        if set(formulation.problem.rules) == set(problem.rules):
            return found
        return Solved("feasible_at_limit", found.award, found.audit, found.objective, None, values=found.values)

    monkeypatch.setattr(rule_subsets, "solve_formulation", solve)
    every = frozenset(problem.rules)
    subsets = asked(problem, every, every - {"HALF"})
    assert subsets.price(["HALF"]) == Interval(Fraction(75), None)
    assert subsets.best(every - {"HALF"}).status == "feasible_at_limit"


@pytest.mark.parametrize(("used", "again"), [(0.0, 2), (float("inf"), 0)])
def test_a_search_that_was_cut_off_is_tried_again_with_the_time_that_others_left(problem, monkeypatch, used, again):
    """`used`: from which part of its time on a search counts as cut off; the first two searches prove nothing."""
    given = []

    def solve(formulation, *, time_limit, **kw):
        given.append(time_limit)
        found = solve_formulation(formulation, time_limit=time_limit, **kw)
        if len(given) > 2:
            return found
        return Solved("feasible_at_limit", found.award, found.audit, found.objective, 900.0, values=found.values)

    monkeypatch.setattr(rule_subsets, "solve_formulation", solve)
    monkeypatch.setattr(rule_subsets, "NEARLY_ALL", used)
    subsets = RuleSubsets(problem, gap=0.0, clock=Clock(60), solver="scipy")
    sets = [subsets.every, frozenset()]
    for kept in sets:
        subsets.solve(kept, parts=60)
    assert subsets.price(subsets.every).exact is None
    subsets.settle(sets)
    assert len(given) == 2 + again and all(seconds > 20 for seconds in given[2:])
    assert subsets.price(subsets.every).exact == (151 if again else None)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(most_rules=3, most=150))
def test_every_set_of_rules_is_what_looking_at_every_award_gives(problem):
    readings = every_reading(problem)
    if best(readings)[0] is None:
        return
    names = tuple(problem.rules)
    sets = [frozenset(some) for some in chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))]
    subsets = asked(problem, *sets[::-1])
    for kept in sets:
        found = subsets.best(kept)
        assert found.low == found.high
        assert abs(found.high - best(readings, frozenset(names) - kept)[0][0]) <= Fraction(1, 100)
