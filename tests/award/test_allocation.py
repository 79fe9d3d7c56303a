"""What an award is made of."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from award_problems import problem_of
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.awarded import Award
from supplier_eval.award.front import award_lots
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.problem import AwardProblem


def test_an_allocation_without_an_award_keeps_its_reasons():
    problem = problem_of([Lot(id="L")], [Supplier(id="A")])
    made = Allocation(problem, "infeasible", conflicts=(("_structural",),), reasons=("no bid for L",))
    assert made.award is None
    assert made.audit is None
    assert made.reasons == ("no bid for L",)


def offer(**more):
    bids = [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(12))]
    return problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids, **more)


def test_an_allocation_answers_for_itself():
    made = award_lots(offer(), gap=0)
    assert made.objective == 10
    assert made.to_frame()[["lot", "supplier", "spend"]].to_dict("records") == [
        {"lot": "L", "supplier": "A", "spend": 10.0}
    ]
    assert made.next_best("L", "A").difference == 2
    assert "A wins 100 % at 10.00 a unit." in made.explain("L")
    assert repr(made).startswith("Allocation(optimal; cost 10.00; 1 winners; gap 0.0000%")


def test_it_binds_only_where_the_problem_does_and_the_award_is_proven_and_the_only_one():
    problem = AwardProblem.of_parts(offer().parts, "binding", "sha256:1")
    made = award_lots(problem, gap=0)
    assert (made.standing, made.policy_fingerprint) == ("binding", "sha256:1")
    assert replace(made, status="within_gap").standing == "exploratory"
    assert replace(made, tied=(made.award, Award(1))).standing == "exploratory"
    assert Allocation(problem, "infeasible").standing == "binding"
    assert Allocation(problem, "no_award_found").standing == "exploratory"
    assert Allocation(offer(), "optimal").standing == "exploratory"


def test_without_an_award_the_figures_are_missing_and_it_says_so():
    made = Allocation(offer(), "infeasible", solver="cbc")
    assert made.objective is None
    assert made.to_frame().empty
    assert "No award is possible" in made.explain()
    assert repr(made) == "Allocation(infeasible; no award; cbc)"
