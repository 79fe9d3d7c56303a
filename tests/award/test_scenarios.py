"""Scenarios side by side: each row is the award of its own problem; failures keep their reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from award_problems import problem_of, small_problems
from supplier_eval.award import AwardProblem, award_lots, compare_scenarios, read_problem
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.errors import InvalidInput, UnknownName

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"


@pytest.fixture
def problem():
    """Two lots of 10 and 20; A at 5, B at 6, C at 9; today 7."""
    lots = [
        Lot(id=key, demand=Fraction(d), indivisible=True, baseline=Fraction(7)) for key, d in (("L1", 10), ("L2", 20))
    ]
    bids = [Bid(lot=lot.id, supplier=s, price=Fraction(p)) for lot in lots for s, p in (("A", 5), ("B", 6), ("C", 9))]
    scores = {"A": 60, "B": 90, "C": 80}
    suppliers = [Supplier(id=key, attributes={"score": Fraction(score)}) for key, score in scores.items()]
    return problem_of(lots, suppliers, bids)


def test_rows_by_hand(problem):
    made = compare_scenarios(
        problem,
        {
            "without A": {"without_suppliers": ["A"]},
            "A dearer in L2": {"prices": {("L2", "A"): 1.5}},
            "one lot each": {"rules": [{"id": "R", "kind": "max_lots_per_bidder", "value": 1}]},
            "by score": {"objective": "score"},
            "double": {"demand": 2},
        },
        gap=0,
    )
    frame = made.to_frame().set_index("scenario")
    assert frame["cost"].tolist() == [150, 180, 170, 160, 180, 300]
    assert frame["cost_difference"].tolist() == [0, 30, 20, 10, 30, 150]
    assert frame["savings"].tolist() == [60, 30, 40, 50, 30, 120]
    assert frame["savings_share"].tolist()[0] == pytest.approx(60 / 210)
    assert frame["winners"].tolist() == ["A", "B", "A|B", "A|B", "B", "A"]
    assert frame["moved"].tolist() == pytest.approx([0, 1, 2 / 3, 1 / 3, 1, 0])
    assert frame["score"].tolist() == pytest.approx([60, 90, 80, 70, 90, 60])
    assert frame["objective"].isna().sum() == 0 and frame["objective_difference"].isna().tolist()[4]
    assert set(frame["status"]) == {"optimal"}


def test_failures_are_rows_with_their_reason(problem):
    made = compare_scenarios(
        problem,
        {
            "poor": {"rules": [{"id": "R", "kind": "budget", "value": 100}]},
            "slip": lambda base: base.nothing,
            "no problem": lambda base: "L1",
            "good": lambda base: base.without_rules([]),
            "ready": problem.with_terms(minor_units=0),
        },
    )
    assert [scenario.status for scenario in made.rows.values()] == [
        *("infeasible", "invalid", "invalid"),
        *("optimal", "optimal"),
    ]
    reasons = made.to_frame().set_index("scenario")["reason"]
    assert reasons["poor"] == "no award keeps all hard rules"
    assert "AttributeError" in reasons["slip"] and "(str)" in reasons["no problem"]
    assert reasons["good"] == reasons["base"] == ""
    assert made.moved("poor") is None and made.cost_difference("slip") is None and made.shifts("slip") is None


def test_a_problem_that_cannot_be_modelled_is_a_row_too(problem):
    def broken(base):
        return base.replace(bids={("L9", "Z", ""): Bid(lot="L9", supplier="Z", price=Fraction(1))})

    made = compare_scenarios(problem, {"broken": broken})
    assert made["broken"].status == "invalid" and "L9" in made["broken"].said


def test_an_infeasible_base_keeps_its_row(problem):
    made = compare_scenarios(read_problem(CASES, case="inf-capacity"), {"again": {}})
    assert made.base.status == made["again"].status == "infeasible"
    assert made.moved("again") is None and made.to_frame()["cost"].isna().all()


def test_all_mistakes_are_said_at_once(problem):
    with pytest.raises(InvalidInput) as raised:
        compare_scenarios(
            problem,
            {
                "base": {},
                " ": {},
                "a": {"prices": "x", "without_rules": ["R"]},
                "b": 7,
                "c": {"objective": "cheap"},
                "fine": {"prices": 2},
            },
            gap=1,
            time_limit=0,
        )
    said = [(finding.code, finding.where()) for finding in raised.value.findings]
    assert said == [
        ("award.lots.gap", "compare_scenarios.gap"),
        ("award.lots.time_limit", "compare_scenarios.time_limit"),
        ("scenarios.name", "scenarios"),
        ("scenarios.name", "scenarios"),
        ("scenarios.rule", "scenarios.a"),
        ("scenarios.factor", "scenarios.a"),
        ("scenarios.change", "scenarios.b"),
        ("award.objective_unknown", "scenarios.c.terms.objective"),
    ]
    with pytest.raises(InvalidInput, match="mapping of name"):
        compare_scenarios(problem, ["a"])
    with pytest.raises(UnknownName, match="gurobi"):
        compare_scenarios(problem, {}, solver="gurobi")


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(most=200))
def test_every_row_is_the_award_of_its_own_problem(problem):
    """Whatever the scenario, its row has the figures that awarding the changed problem alone gives."""
    first = next(iter(problem.suppliers))
    changes = {
        "without": {"without_suppliers": [first]},
        "no rules": {"without_rules": list(problem.rules)},
        "dearer": {"prices": {first: "1.25"}},
        "more": {"demand": "1.5"},
    }
    made = compare_scenarios(problem, changes, gap=0, solver="scipy")
    for name in ("base", *changes):
        alone = award_lots(made[name].problem, gap=0, solver="scipy")
        assert alone.status == made[name].status
        assert alone.award == (None if made[name].audit is None else made[name].audit.award)
        if alone.award is not None:
            assert made[name].audit.stages == alone.audit.stages
    assert isinstance(made["more"].problem, AwardProblem)
    assert sum(lot.demand for lot in made["more"].problem.lots.values()) == Fraction(3, 2) * sum(
        lot.demand for lot in problem.lots.values()
    )
