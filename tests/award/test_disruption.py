"""disruption_risk as a whole: by hand, and its laws."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from award_problems import problem_of, small_problems
from supplier_eval.award import AwardProblem, award_lots, disruption_risk, read_problem
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

F = Fraction
CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
EXPECTED = {case["id"]: case["expected"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}


def three(**more):
    """100 units; A at 10, B at 12, C at 15; A fails with 10 %, B with 5 %."""
    chances = {"A": F(1, 10), "B": F(1, 20), "C": F(0)}
    return problem_of(
        [Lot(id="L", demand=F(100))],
        [Supplier(id=key, attributes={"failure_probability": chance}) for key, chance in chances.items()],
        [Bid(lot="L", supplier=key, price=F(price)) for key, price in zip("ABC", (10, 12, 15), strict=True)],
        grid=10,
        **more,
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_three_suppliers_by_hand(solver):
    made = disruption_risk(three(), level=0.95, weight=0.5, solver=solver)
    costs = {one.failure.id: one.cost for one in made.scenarios}
    assert costs == {"-": 1000, "A": 1200, "B": 1000, "A+B": 1500}
    assert made.expected == F(90, 100) * 1000 + F(95, 1000) * 1200 + F(5, 1000) * 1500
    assert made.cvar == (F(45, 1000) * 1200 + F(5, 1000) * 1500) / F(5, 100)
    assert made.status == made.protection.status == "optimal"
    assert made.solver == solver


@pytest.mark.parametrize("solver", solvers_installed())
def test_dual_sourcing_pays_where_replacing_is_dear(solver):
    # What is bought in a hurry costs 50 % more. All A: 1000, or 1800 where it fails. Half and half: 1100, and where
    # A fails 600 + 900 = 1500, where B fails 500 + 750 = 1250; all B: 1200, or 1500 where it fails.
    problem = three(rules=[Rule(id="R", kind="max_winners", value=F(2))])
    chances = {"A": F(1, 5), "B": F(1, 5)}
    made = disruption_risk(
        problem,
        scenarios=[{"failed": [key], "probability": chance} for key, chance in chances.items()],
        level=0.6,
        weight=1,
        recourse={"surcharge": 0.5},
        solver=solver,
    )
    assert made.profile.award.label() == {"L|A": 1.0}
    assert made.cvar == (1800 + 1000) / F(2)
    label = made.protection.profile.award.label()
    assert made.protection.status == "optimal"
    assert made.protection.mix == 1350 == (1500 + 1200) / F(2)  # all B; half and half has (1500 + 1250) / 2
    assert label == {"L|B": 1.0}
    assert made.price_of_protection == 200


def test_a_region_fails_as_a_whole():
    regions = {"A": "north", "B": "north", "C": "south"}
    problem = three()
    problem = problem.replace(
        suppliers={key: Supplier(id=key, attributes={"region": region}) for key, region in regions.items()}
    )
    made = disruption_risk(problem, scenarios=[{"regions": ["north"], "probability": 0.1}], weight=None)
    assert made.expected == F(9, 10) * 1000 + F(1, 10) * 1500
    assert made.profile.costliest == ("A", "B")


def test_nobody_fails_gives_the_plain_cost_and_the_cheapest_award():
    made = disruption_risk(three(), probabilities=0)
    assert made.expected == made.cvar == made.profile.cost == 1000
    assert made.figures.variance == 0
    assert made.protection.profile.award == made.profile.award
    assert made.price_of_protection == 0


@pytest.mark.parametrize("case", ["hand-capacity", "hand-bundle", "tie-identical"])
def test_published_cases_keep_their_optimum_where_nobody_fails(case):
    problem = read_problem(CASES, case=case)
    made = disruption_risk(problem, probabilities=0)
    assert float(made.expected) == pytest.approx(EXPECTED[case]["objective"], rel=2e-6)
    assert float(made.protection.mix) == pytest.approx(EXPECTED[case]["objective"], rel=2e-6)


def test_a_given_award_is_looked_at_and_compared_with_the_cheapest():
    problem = three()
    forced = award_lots(problem.replace(rules={"R": Rule(id="R", kind="exclude", suppliers=("A",))}), "cost")
    made = disruption_risk(problem, forced, weight=0)
    assert made.profile.award.label() == {"L|B": 1.0}
    assert made.cheapest.stages[0] == 1000
    assert made.protection.profile.award.label() == {"L|A": 1.0}
    assert made.price_of_protection == 0
    only = disruption_risk(problem, forced, weight=None)
    assert only.protection is only.cheapest is only.price_of_protection is None


def test_weight_0_gives_the_least_expected_cost_and_weight_1_the_least_cvar():
    problem, asked = three(), {"probabilities": {"A": 0.3, "B": 0.05}, "recourse": {"surcharge": 1}}
    low, middle, high = (disruption_risk(problem, weight=weight, **asked).protection for weight in (0, 0.5, 1))
    expected = [one.profile.figures.expected for one in (low, middle, high)]
    cvar = [one.profile.figures.cvar for one in (low, middle, high)]
    assert expected == sorted(expected)
    assert cvar == sorted(cvar, reverse=True)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(small_problems(most_rules=0, most=60, goals=("cost",), curves=False), st.data())
def test_laws(problem, data):
    assume(problem.terms.cover != "at_most")
    chances = {key: data.draw(st.sampled_from((F(0), F(1, 10), F(1, 2)))) for key in problem.suppliers}
    kind = data.draw(st.sampled_from(("fill", "reallocate")))
    asked = {"probabilities": chances, "level": 0.9, "recourse": {"kind": kind, "unserved_cost": 50}}
    made = disruption_risk(problem, **asked)
    assume(made.profile is not None)
    assert made.status == made.protection.status == "optimal"
    best = made.protection.profile.figures
    assert made.cvar >= made.expected
    assert best.cvar >= best.expected
    assert made.protection.mix <= (made.expected + made.cvar) / 2
    assert made.price_of_protection >= 0
    other = data.draw(st.permutations(list(problem.suppliers)))
    parts = {key: problem.suppliers[key] for key in other}
    again = disruption_risk(
        AwardProblem(
            list(problem.lots.values()),
            list(parts.values()),
            list(problem.bids.values())[::-1],
            bundles=list(problem.bundles.values()),
            cover=problem.terms.cover,
            grid=problem.terms.grid,
        ),
        **asked | {"probabilities": dict(reversed(chances.items()))},
    )
    assert (again.expected, again.cvar, again.protection.mix) == (made.expected, made.cvar, made.protection.mix)
    assert again.to_frame()["cost"].equals(made.to_frame()["cost"])


def test_no_award_at_all_is_an_answer():
    made = disruption_risk(problem_of([Lot(id="L")], [Supplier(id="A")], []), probabilities=0.1)
    assert (made.status, made.profile, made.protection) == ("infeasible", None, None)


def test_mistakes_are_refused():
    with pytest.raises(InvalidInput, match="level"):
        disruption_risk(three(), level=2)
    with pytest.raises(UnknownName, match="gurobi"):
        disruption_risk(three(), solver="gurobi")
