"""Arguments of disruption_risk: all mistakes at once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import award_lots
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_arguments import Given, read_arguments
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.errors import InvalidInput

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(10))],
    [Supplier(id="A", capacity=F(6)), Supplier(id="B")],
    [Bid(lot="L", supplier="A", price=F(4)), Bid(lot="L", supplier="B", price=F(5))],
    objective="winners",
)
RIGHT = {
    "allocation": None,
    "scenarios": None,
    "probabilities": 0.1,
    "level": 0.95,
    "weight": 0.5,
    "recourse": "fill",
    "draws": None,
    "seed": 0,
    "gap": 0.0,
    "time_limit": 60.0,
}


def read(problem=PROBLEM, **changed):
    return read_arguments(problem, Given(**(RIGHT | changed)))


def findings(problem=PROBLEM, **changed):
    with pytest.raises(InvalidInput) as raised:
        read(problem, **changed)
    for finding in raised.value.findings:
        assert finding.line("en") != finding.line("zh")
    return [(finding.code, finding.column) for finding in raised.value.findings]


def test_numbers_are_read_exactly_and_money_counts():
    asked = read(level=0.9, weight=0.1)
    assert (asked.level, asked.weight) == (F(9, 10), F(1, 10))
    assert asked.problem.terms.goal.name == "cost"
    assert asked.audit is None
    assert [one.id for one in asked.failures.scenarios] == ["-", "A", "B", "A+B"]


def test_recourse_as_a_name_a_mapping_or_ready_made():
    assert read(recourse="reallocate").recourse == Recourse("reallocate")
    assert read(recourse={"surcharge": 0.2, "unserved_cost": 30}).recourse == Recourse("fill", F(1, 5), F(30))
    assert read(recourse=Recourse("fill", F(1, 5))).recourse == Recourse("fill", F(1, 5))


def test_an_allocation_or_an_award_is_audited_again():
    assert read(allocation=award_lots(PROBLEM, "cost")).audit.stages[0] == 44
    assert read(allocation=Award(10, {("L", "B", ""): 10})).audit.stages[0] == 50


def test_all_mistakes_are_said_at_once():
    assert findings(
        allocation="cheapest",
        level=1,
        weight=2,
        recourse={"kind": "pray", "surcharge": -1, "unserved_cost": "much", "speed": 3},
        probabilities={"X": 0.1, "A": 2},
        draws=1,
        seed=-1,
        gap=1,
        time_limit=0,
    ) == [
        ("award.lots.gap", "gap"),
        ("award.lots.time_limit", "time_limit"),
        ("disruption.level", "level"),
        ("disruption.weight", "weight"),
        ("disruption.recourse_key", "recourse"),
        ("disruption.recourse", "recourse"),
        ("disruption.negative", "recourse.surcharge"),
        ("disruption.negative", "recourse.unserved_cost"),
        ("disruption.no_award", "allocation"),
        ("disruption.draws", "draws"),
        ("disruption.seed", "seed"),
        ("disruption.supplier_unknown", "probabilities"),
        ("disruption.probability", "probabilities"),
    ]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"allocation": Award(10, {("L", "A", ""): 10})}, "award_not_valid"),
        ({"allocation": Award(10, {("L", "X", ""): 10})}, "foreign_award"),
        ({"recourse": 3}, "recourse"),
        ({"level": "high"}, "level"),
        ({"level": float("nan")}, "level"),
        ({"weight": True}, "weight"),
        ({"draws": 2.5}, "draws"),
        ({"seed": "x"}, "seed"),
        ({"probabilities": None}, "chance_missing"),
        ({"scenarios": [{"failed": ["A"], "probability": 0.1}]}, "both"),
    ],
)
def test_single_mistakes(given, code):
    assert [found for found, _ in findings(**given)] == [f"disruption.{code}"]


def test_given_scenarios_are_not_drawn():
    assert findings(scenarios=[{"failed": ["A"], "probability": 0.1}], probabilities=None, draws=9) == [
        ("disruption.draws_of_scenarios", "draws")
    ]


def test_an_allocation_without_an_award_is_no_award():
    nothing = award_lots(problem_of([Lot(id="L")], [Supplier(id="A")], []), "cost")
    assert findings(allocation=nothing) == [("disruption.no_award", "allocation")]


def test_lots_that_need_not_be_awarded_have_no_disruption():
    assert findings(PROBLEM.with_terms(cover="at_most")) == [("disruption.cover", "problem")]
