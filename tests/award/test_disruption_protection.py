"""The award with the least mix of expected cost and CVaR, against looking at all awards."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from award_disruption_linear import drawn_problem, recourse_cost
from award_disruption_naive import cvar_by_definition, every_mix, whole_lots
from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award import disruption_risk
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule

F = Fraction
CHANCES = (F(0), F(1, 10), F(1, 2), F(3, 10))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_problems(most_rules=2, most=100, goals=("cost",)), st.data())
def test_no_award_of_whole_lots_has_a_smaller_mix(drawn, data):
    problem = whole_lots(drawn)
    assume(problem.terms.cover != "at_most")
    chances = {key: data.draw(st.sampled_from(CHANCES)) for key in problem.suppliers}
    assume(sum(0 < chance < 1 for chance in chances.values()) <= 3)
    weight, level = data.draw(st.sampled_from((F(0), F(1, 2), F(1)))), data.draw(st.sampled_from((F(1, 2), F(9, 10))))
    recourse = {
        "kind": data.draw(st.sampled_from(("fill", "reallocate"))),
        "surcharge": data.draw(st.sampled_from((F(0), F(1, 5)))),
        "unserved_cost": data.draw(st.sampled_from((None, F(40), F(40), F(3)))),
    }
    naive = {"kind": recourse["kind"], "surcharge": recourse["surcharge"], "price": recourse["unserved_cost"]}
    every = every_mix(problem, chances, weight, level, **naive)
    made = disruption_risk(problem, probabilities=chances, level=level, weight=weight, recourse=recourse)
    if not every:
        assert made.profile is None or made.protection.status == "infeasible"
        return
    assert made.protection.status == "optimal"
    assert abs(made.protection.mix - min(mix for mix, *_ in every)) < F(1, 100)
    by_award = {award: figures for *figures, award in every}
    best = made.protection.profile
    assert by_award[best.award] == [made.protection.mix, best.figures.expected, best.figures.cvar]
    if made.profile.complete:
        assert by_award[made.profile.award][1:] == [made.expected, made.cvar]
    assert made.profile.complete == (made.profile.award in by_award)


def linear_mix(problem, award, plain, weight):
    lost = [{}, {"A": 1.0}, {"B": 0.5, "C": 0.25}, {"C": 1.0}]
    won = {key[1] for key in award.units}
    costs = [recourse_cost(problem, award, some, 20.0) if set(some) & won else plain for some in lost]
    atoms = list(zip(costs, (0.6, 0.2, 0.1, 0.1), strict=True))
    mean = sum(cost * chance for cost, chance in atoms)
    return (1 - weight) * mean + weight * cvar_by_definition(atoms, 0.8)


@pytest.mark.parametrize("seed", range(4))
def test_no_award_of_divisible_lots_has_a_smaller_mix(seed):
    problem = drawn_problem(np.random.default_rng(seed), problem_of)
    scenarios = [
        {"failed": ["A"], "probability": "0.2"},
        {"failed": {"B": "0.5", "C": "0.25"}, "probability": "0.1"},
        {"failed": ["C"], "probability": "0.1"},
    ]
    weight = (0.0, 0.5, 1.0)[seed % 3]
    made = disruption_risk(problem, scenarios=scenarios, level=0.8, weight=weight, recourse={"unserved_cost": 20})
    readings = [one for one in every_reading(problem) if one.feasible]
    least = min(linear_mix(problem, one.award, float(one.stages[0]), weight) for one in readings)
    assert made.protection.status == "optimal"
    assert float(made.protection.mix) == pytest.approx(least, abs=1e-6)


def two(**more):
    return problem_of(
        [Lot(id="L", demand=F(100), **more)],
        [Supplier(id="A"), Supplier(id="B", capacity=F(60))],
        [Bid(lot="L", supplier="A", price=F(10)), Bid(lot="L", supplier="B", price=F(12))],
        grid=10,
    )


def test_the_weight_moves_the_award_from_cheap_to_safe():
    problem = two(unserved_cost=F(100)).replace(suppliers={"A": Supplier(id="A"), "B": Supplier(id="B")})
    recourse = {"surcharge": 1}
    cheap = disruption_risk(problem, probabilities={"A": 0.05}, weight=0, recourse=recourse)
    safe = disruption_risk(problem, probabilities={"A": 0.05}, weight=1, recourse=recourse)
    # A: 1000, and 2400 where it fails; B: 1200 always
    assert cheap.protection.profile.award.label() == {"L|A": 1.0}
    assert cheap.protection.mix == F(95, 100) * 1000 + F(5, 100) * 2400 == cheap.expected
    assert safe.protection.profile.award.label() == {"L|B": 1.0}
    assert (safe.protection.mix, safe.price_of_protection) == (1200, 200)


def test_where_nobody_can_replace_a_supplier_lot_and_scenario_are_named():
    made = disruption_risk(two(), probabilities={"A": 0.05}).protection
    assert made.status == "infeasible"
    assert dict(made.shortfalls["A"]) == {"L": pytest.approx(40)}


def test_each_scenario_can_be_covered_but_not_all_by_the_same_award():
    # M goes to A or B, L to B or C; A and C may not win both. Where B has L it cannot step in for A, and where it has
    # M it cannot step in for C.
    lots = [Lot(id=key, demand=F(10), indivisible=True) for key in "LM"]
    suppliers = [Supplier(id=key, capacity=F(10)) for key in "ABC"]
    bids = [Bid(lot=lot, supplier=key, price=F(1)) for lot, key in ("LB", "LC", "MA", "MB")]
    apart = Rule(id="R", kind="mutually_exclusive", suppliers=("A", "C"))
    made = disruption_risk(
        problem_of(lots, suppliers, bids, rules=[apart], grid=1),
        scenarios=[{"failed": ["A"], "probability": 0.1}, {"failed": ["C"], "probability": 0.1}],
    )
    assert made.protection.status == "infeasible"
    assert dict(made.protection.shortfalls) == {}
    assert "each alone" in made.explain()


def test_without_time_the_award_at_hand_is_the_answer_and_nothing_is_proven(monkeypatch):
    from supplier_eval.award import disruption_protection

    monkeypatch.setattr(disruption_protection, "candidates", lambda *_, **__: iter(()))
    made = disruption_risk(two(unserved_cost=F(100)), probabilities={"A": 0.05}).protection
    assert (made.status, made.bound, made.gap) == ("feasible_at_limit", None, None)
    assert made.profile.award.label() == {"L|A": 1.0}


def test_an_award_that_is_as_good_stays():
    problem = two(unserved_cost=F(100))
    same = replace(problem.bids["L", "A", ""], price=F(12))
    made = disruption_risk(problem.with_bid(same), probabilities={"A": 0, "B": 0})
    assert made.protection.profile is made.profile


def test_where_there_are_many_scenarios_the_likeliest_are_looked_at_first(monkeypatch):
    from supplier_eval.award import disruption_protection

    asked = {"probabilities": {"A": 0.05}, "weight": 1, "recourse": {"surcharge": 1}}
    problem = two(unserved_cost=F(100)).replace(suppliers={key: Supplier(id=key) for key in "AB"})
    whole = disruption_risk(problem, **asked).protection
    monkeypatch.setattr(disruption_protection, "MOST_AT_FIRST", 1)
    parts = disruption_risk(problem, **asked).protection
    assert (parts.status, parts.mix, parts.bound) == ("optimal", whole.mix, pytest.approx(whole.bound))
    real, seen = disruption_protection.candidates, []

    def first_only(form, **more):
        seen.append(form.n_columns)
        return real(form, **more) if len(seen) == 1 else iter(())

    monkeypatch.setattr(disruption_protection, "MOST_AT_FIRST", 1)
    monkeypatch.setattr(disruption_protection, "candidates", first_only)
    cut = disruption_risk(problem, **asked).protection
    assert seen[0] < seen[1]
    assert (cut.status, cut.bound) == ("feasible_at_limit", None)  # nothing is proven by some of the scenarios
