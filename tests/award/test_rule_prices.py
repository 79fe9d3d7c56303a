"""What every rule costs: published prices, equal to looking at every award, intervals when time runs out."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import best, every_reading, rule_price
from award_problems import problem_of, small_problems
from supplier_eval.award import read_problem, rule_costs, rule_subsets
from supplier_eval.award.exact import Solved, solve_formulation
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rule_prices import MOST_SHAPLEY
from supplier_eval.award.rule_subsets import Interval
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
EXPECTED = {case["id"]: case["expected"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}
PRICED = sorted(key for key, said in EXPECTED.items() if "cost_of_rule" in said)
CENT = Fraction(1, 100)


def test_the_cases_with_prices_are_there():
    assert len(PRICED) == 6


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("case", PRICED)
def test_every_published_price_of_a_rule(case, solver):
    costs = rule_costs(read_problem(CASES, case=case), shapley=False, solver=solver)
    assert (costs.status, costs.solver) == ("optimal", solver)
    assert {key: float(cost.price.low) for key, cost in costs.rules.items()} == pytest.approx(
        EXPECTED[case]["cost_of_rule"], abs=0.01
    )
    assert float(costs.audit.objective) == pytest.approx(EXPECTED[case]["objective"], abs=0.01)


def three(**terms):
    """100 units; A at 10, B at 13. HALF: B gets half; QUARTER: B gets a quarter; ONE: one winner, or 1 is paid."""
    share = {"kind": "min_volume_share", "suppliers": ("B",)}
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(13))],
        rules=[
            Rule(id="HALF", value=Fraction(1, 2), **share),
            Rule(id="ONE", kind="max_winners", value=Fraction(1), penalty=Fraction(1)),
            Rule(id="QUARTER", value=Fraction(1, 4), **share),
        ],
        grid=100,
        **terms,
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_prices_pairs_and_shares_by_hand(solver):
    """All 1,151; without HALF 1,076, without ONE 1,150, without QUARTER 1,151, without any 1,000."""
    costs = rule_costs(three(), pairs=True, solver=solver)
    assert {key: cost.price.exact for key, cost in costs.rules.items()} == {"HALF": 75, "ONE": 1, "QUARTER": 0}
    assert {pair: price.exact for pair, price in costs.pairs.items()} == {
        ("HALF", "ONE"): 76,
        ("HALF", "QUARTER"): 151,
        ("ONE", "QUARTER"): 1,
    }
    assert costs.total.exact == 151
    assert {key: cost.shapley.exact for key, cost in costs.rules.items()} == SHARES
    assert costs.exact


def by_orders(worth):
    """Shapley value as the mean over all orders of coming in; `worth` by initials in alphabetical order."""
    names = {"H": "HALF", "O": "ONE", "Q": "QUARTER"}
    found = dict.fromkeys(names.values(), Fraction(0))
    for order in permutations(names):
        for at, key in enumerate(order):
            before, after = "".join(sorted(order[:at])), "".join(sorted(order[: at + 1]))
            found[names[key]] += Fraction(worth[after] - worth[before], 6)
    return found


SHARES = by_orders({"": 0, "H": 150, "O": 0, "Q": 75, "HO": 151, "HQ": 150, "OQ": 76, "HOQ": 151})


def test_the_shares_by_hand():
    assert {"HALF": Fraction(676, 6), "ONE": Fraction(4, 6), "QUARTER": Fraction(226, 6)} == SHARES


def test_who_gains_and_who_loses_without_a_rule():
    half = rule_costs(three()).rules["HALF"]
    assert dict(half.shifts) == {("L", "A"): Fraction(1, 4), ("L", "B"): Fraction(-1, 4)}
    assert (half.gains, half.losses) == ({"A": {"L": Fraction(1, 4)}}, {"B": {"L": Fraction(1, 4)}})
    assert not half.without.valid and half.without.measures["cost"] == 1075


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(least_rules=1, most_rules=4, most=150))
def test_prices_are_those_found_by_looking_at_every_award(problem):
    readings = every_reading(problem)
    costs = rule_costs(problem, pairs=True, solver="scipy")
    every, _ = best(readings)
    assert (costs.status == "infeasible") == (every is None)
    if every is None:
        assert (dict(costs.rules), costs.total) == ({}, None)
        return
    assert costs.exact and costs.status == "optimal"
    assert costs.audit.valid and abs(costs.audit.stages[0] - every[0]) <= CENT
    for key, cost in costs.rules.items():
        assert abs(cost.price.exact - rule_price(readings, key)) <= CENT
        assert not any(breach.hard for breach in cost.without.breaches if breach.what != key)
    for pair, price in costs.pairs.items():
        assert abs(price.exact - (every[0] - best(readings, set(pair))[0][0])) <= CENT
    assert abs(costs.total.exact - (every[0] - best(readings, set(problem.rules))[0][0])) <= CENT
    assert sum(cost.shapley.exact for cost in costs.rules.values()) == costs.total.exact


@settings(max_examples=10, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(least_rules=3, most_rules=3, most=60))
def test_shapley_values_are_the_mean_over_all_orders(problem):
    readings = every_reading(problem)
    if best(readings)[0] is None:
        return
    names = frozenset(problem.rules)
    worth = {
        frozenset(kept): best(readings, names - frozenset(kept))[0][0]
        for n in range(4)
        for kept in combinations(names, n)
    }
    costs = rule_costs(problem, solver="scipy")
    for key in names:
        others = [order[: order.index(key)] for order in permutations(names)]
        mean = sum((worth[frozenset(o) | {key}] - worth[frozenset(o)] for o in others), Fraction(0)) / 6
        assert abs(costs.rules[key].shapley.exact - mean) <= CENT


def many(count):
    bids = [Bid(lot="L", supplier="A", price=Fraction(1)), Bid(lot="L", supplier="B", price=Fraction(2))]
    rules = [Rule(id=f"R{at}", kind="exclude", suppliers=("A",)) for at in range(count)]
    return problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, rules=rules)


def test_eight_rules_that_ask_for_the_same_share_the_price():
    costs = rule_costs(many(MOST_SHAPLEY))
    assert {cost.price.exact for cost in costs.rules.values()} == {0}
    assert {cost.shapley.exact for cost in costs.rules.values()} == {Fraction(1, 8)}
    assert costs.total.exact == 1


def test_nine_rules_have_prices_but_no_shares():
    costs = rule_costs(many(MOST_SHAPLEY + 1))
    assert {cost.shapley for cost in costs.rules.values()} == {None}
    assert (costs.total.exact, costs.exact, costs.solves) == (1, True, 11)
    with pytest.raises(InvalidInput) as raised:
        rule_costs(many(MOST_SHAPLEY + 1), shapley=True)
    assert str(raised.value).split("\n")[1].strip() == (
        "rule_costs.shapley: the problem has 9 rules; Shapley values are computed for at most 8. Leave shapley out, or"
        " price a problem with fewer rules (problem.without_rules). [rule_costs.rules.too_many]"
    )


def test_points_are_priced_in_points():
    problem = three(objective="max_attr:quality")
    scores = {"A": 50, "B": 80}
    suppliers = {key: Supplier(id=key, attributes={"quality": Fraction(score)}) for key, score in scores.items()}
    rule = Rule(id="NOT_B", kind="max_volume_share", suppliers=("B",), value=Fraction(1, 2))
    costs = rule_costs(problem.replace(suppliers=suppliers, rules={"NOT_B": rule}))
    assert (costs.audit.objective, costs.rules["NOT_B"].price.exact) == (6500, 1500)


def test_a_conflict_is_an_answer_and_nothing_is_priced():
    costs = rule_costs(read_problem(CASES, case="inf-winners"))
    assert (costs.status, dict(costs.rules), costs.total, costs.audit, costs.exact) == (
        "infeasible",
        {},
        None,
        None,
        False,
    )
    assert costs.to_frame().empty


def test_a_problem_without_rules_has_nothing_to_price():
    costs = rule_costs(read_problem(CASES, case="hand-capacity"), pairs=True)
    assert (costs.status, dict(costs.rules), costs.total.exact) == ("optimal", {}, 0)


def test_without_time_nothing_is_claimed():
    costs = rule_costs(three(), time_limit=1e-9, solver="scipy")
    assert costs.status in ("no_award_found", "optimal")
    for cost in costs.rules.values():
        assert (
            cost.price.high is None
            or cost.price.low <= {"HALF": 75, "ONE": 1, "QUARTER": 0}[cost.rule] <= cost.price.high
        )


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("time_limit", [0.02, 0.2])
def test_whatever_the_time_the_published_price_lies_in_its_interval(solver, time_limit):
    costs = rule_costs(read_problem(CASES, case="gen-8x5-rules"), time_limit=time_limit, solver=solver)
    for key, cost in costs.rules.items():
        published = EXPECTED["gen-8x5-rules"]["cost_of_rule"][key]
        assert cost.price.low <= published + 0.01
        assert cost.price.high is None or published - 0.01 <= cost.price.high


@pytest.mark.parametrize("lost", [("",), ("HOQ", "HO"), ("OQ",), ("HOQ", "HO", "OQ", "")])
@pytest.mark.parametrize("bound", [None, 990.0])
def test_what_the_search_did_not_prove_is_an_interval_around_the_price(monkeypatch, lost, bound):
    """Some searches end early: every price and share still lies in its interval, and is not called optimal."""

    def solve(formulation, **kw):
        found = solve_formulation(formulation, **kw)
        if "".join(key[0] for key in formulation.problem.rules) not in lost:
            return found
        return Solved("feasible_at_limit", found.award, found.audit, found.objective, bound, values=found.values)

    monkeypatch.setattr(rule_subsets, "solve_formulation", solve)
    exact = {"HALF": 75, "ONE": 1, "QUARTER": 0}
    costs = rule_costs(three(), pairs=True)
    assert not costs.exact
    for key, cost in costs.rules.items():
        assert inside(exact[key], cost.price)
        assert inside(SHARES[key], cost.shapley)
        assert (cost.status == "optimal") == (cost.price.exact is not None)
    assert inside(151, costs.total)
    assert costs.to_frame()["price"].isna().tolist() == [cost.price.exact is None for cost in costs.rules.values()]


def inside(figure, interval: Interval):
    return interval.low <= figure + 1e-9 and (interval.high is None or figure - 1e-9 <= interval.high)


def test_all_mistakes_are_said_at_once():
    with pytest.raises(InvalidInput) as raised:
        rule_costs(None, pairs="yes", shapley=3, gap=-1, time_limit=float("nan"))
    columns = [finding.column for finding in raised.value.findings]
    assert columns == ["problem", "gap", "time_limit", "pairs", "shapley"]
    with pytest.raises(UnknownName, match="gurobi"):
        rule_costs(three(), solver="gurobi")
