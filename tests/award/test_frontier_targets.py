"""Objectives of a front: read, signed, checked; the model's figures are those of the audit."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from award_fronts import four_lots
from award_problems import problem_of, small_problems
from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Segment, Supplier, Tiers
from supplier_eval.award.rules import Rule
from supplier_eval.errors import Finding, InvalidInput


def codes(problem, objectives, **more):
    with pytest.raises(InvalidInput) as raised:
        targets_of(problem, objectives, **more)
    return [finding.code for finding in raised.value.findings]


def curved():
    curve = (Segment(qlo=Fraction(0), qhi=Fraction(1), fixed=Fraction(1), slope=Fraction(1)),)
    return problem_of(
        [Lot(id="L")],
        [Supplier(id="A", attributes={"quality": Fraction(1)}), Supplier(id="B")],
        [Bid(lot="L", supplier="A", curve=curve), Bid(lot="L", supplier="B", price=Fraction(3))],
    )


def soft():
    rule = Rule(id="R", kind="exclude", suppliers=("A",), penalty=Fraction(5, 2))
    return problem_of(
        [Lot(id="L", indivisible=True)],
        [Supplier(id="A", attributes={"quality": Fraction(7)})],
        [Bid(lot="L", supplier="A", price=Fraction(4))],
        rules=[rule],
    )


def test_gains_are_maximised_and_costs_minimised():
    made = targets_of(four_lots(), ["cost", "attr:quality", "min_attr:risk"])
    assert made.measures == ("cost", "attr:quality", "attr:risk")
    assert dict(made.senses) == {"cost": "min", "attr:quality": "max", "min_attr:risk": "min"}
    assert made.figures((Fraction(5), Fraction(-7), Fraction(2))) == {"cost": 5, "attr:quality": 7, "min_attr:risk": 2}


@pytest.mark.parametrize(
    ("objectives", "expected"),
    [
        (("cost",), ["count"]),
        ((), ["count"]),
        ("cost", ["count"]),
        (("cost", "winners", "risk", "attr:quality"), ["count"]),
        (("cost", "cheap"), ["unknown"]),
        (("cost", 7), ["unknown"]),
        (None, ["count", "unknown"]),
        (5, ["count", "unknown"]),
        (("risk", "max_attr:risk"), ["twice"]),
        (("cost", "cost", "cheap", "score"), ["count", "twice", "unknown", "attribute"]),
    ],
)
def test_objectives_that_make_no_sense_are_all_named(objectives, expected):
    assert codes(four_lots(), objectives) == [f"frontier.objectives.{part}" for part in expected]


def test_other_findings_are_said_first():
    also = [Finding("frontier.gap", "frontier", "gap", value="2")]
    assert codes(four_lots(), ("cost", "cheap"), also=also) == ["frontier.gap", "frontier.objectives.unknown"]
    assert codes(four_lots(), ("cost", "risk"), also=also) == ["frontier.gap"]


def test_offers_without_a_figure_are_named():
    with pytest.raises(InvalidInput, match="it is missing for B"):
        targets_of(curved(), ("cost", "attr:quality"))
    with pytest.raises(InvalidInput, match="cost curve: A"):
        targets_of(curved(), ("cost", "value"))


def test_penalties_are_in_the_first_objective_only_where_rules_are_soft():
    assert not targets_of(four_lots(), ("cost", "penalty")).fined
    assert not targets_of(four_lots(), ("cost", "winners")).fined
    assert targets_of(soft(), ("winners", "cost")).fined
    assert not targets_of(soft(), ("winners", "penalty")).fined


def test_figures_of_an_award_with_a_penalty_by_hand():
    made = targets_of(soft(), ("attr:quality", "cost"))
    audit = audit_award(made.problem, solve_formulation(made.formulation).award)
    assert made.costs(audit) == (-7 + Fraction(5, 2), 4)
    assert made.units == (Fraction(1, 2), 1)


def test_what_counts_of_money_is_a_minor_unit():
    made = targets_of(four_lots().with_terms(minor_units=0), ("cost", "risk"))
    assert made.units == (1, 1)
    fine = problem_of(
        [Lot(id="L", demand=Fraction(1, 1000))],
        [Supplier(id="A", attributes={"quality": Fraction(1)})],
        [Bid(lot="L", supplier="A", price=Fraction(1))],
        grid=1,
    )
    made = targets_of(fine, ("cost", "attr:quality"))
    assert made.units == (Fraction(1, 1000), Fraction(1, 1000))
    assert made.worth == (Fraction(1, 100), Fraction(1, 1000))


def moved_by_rounding():
    """The best shares are quarters, the grid has halves: rounding reaches another tier and mends a breach."""
    figures = {"S1": (2, 1), "S2": (1, 3), "S3": (1, 4), "S4": (1, 1)}
    tiers = Tiers(kind="all_units", basis="spend", breaks=(Fraction(0), Fraction(1), Fraction(10)), discount=(0, 0, 0))
    prices, most = {("L2", "S4"): 3}, {("L1", "S4"): Fraction(1, 2), ("L2", "S1"): Fraction(1, 2)}
    return problem_of(
        [Lot(id="L1", indivisible=True), Lot(id="L2", demand=Fraction(9))],
        [
            Supplier(
                id=key, tiers=tiers if key == "S4" else None, attributes={"quality": Fraction(q), "risk": Fraction(r)}
            )
            for key, (q, r) in figures.items()
        ],
        [
            Bid(
                lot=lot,
                supplier=key,
                price=Fraction(prices.get((lot, key), 1)),
                max_share=most.get((lot, key), Fraction(1)),
            )
            for lot in ("L1", "L2")
            for key in figures
        ],
        rules=[
            Rule(id="R1", kind="min_share_if_awarded", value=Fraction(1, 4), penalty=Fraction(1)),
            Rule(id="R2", kind="one_supplier_per_region", penalty=Fraction(1)),
            Rule(id="R3", kind="min_avg", attribute="risk", value=Fraction(2), penalty=Fraction(1)),
        ],
        grid=2,
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_rounded_award_counts_in_the_model_as_its_audit_does(solver):
    made = targets_of(moved_by_rounding(), ("attr:quality", "min_attr:risk"))
    solved = solve_formulation(made.formulation.minimising(made.vectors.sum(axis=0)), solver=solver)
    assert solved.status == "optimal"
    assert sum(made.costs(solved.audit)) == Fraction(9, 2)
    assert solved.objective == pytest.approx(4.5, abs=1e-9)
    assert sum(made.vectors @ solved.values) == pytest.approx(4.5, abs=1e-9)
    assert solved.bound == pytest.approx(4.5, abs=1e-6)


NAMES = ("cost", "attr:quality", "min_attr:risk", "winners", "penalty")


@settings(max_examples=30)
@given(small_problems(most=60, hard=False), st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
def test_the_model_counts_as_the_audit_does(problem, names):
    made = targets_of(problem, names)
    whole = made.formulation.minimising(made.vectors.sum(axis=0))
    solved = solve_formulation(whole, solver="scipy")
    if solved.award is None:
        return
    exact = made.costs(solved.audit)
    assert sum(made.vectors @ solved.values) == pytest.approx(float(sum(exact)), abs=1e-6)
    assert all(abs(figure) <= reach + 1e-9 for figure, reach in zip(exact, made.reach, strict=True))
    assert all((figure / unit).denominator == 1 for figure, unit in zip(exact, made.units, strict=True))
