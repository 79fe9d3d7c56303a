"""Conflicts of rules: published cases, equal to looking at every award, honest when time runs out."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import conflicts as enumerated_conflicts
from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award import read_problem, rule_conflicts
from supplier_eval.award.conflicting_rules import conflicts_of
from supplier_eval.award.exact import Solved, solve_formulation
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
EXPECTED = {case["id"]: case["expected"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}
CONFLICTING = sorted(key for key, said in EXPECTED.items() if "minimal_conflicts" in said)


def one_lot(*rules, **terms):
    """100 units; A at 10 with quality 70, B at 13 with quality 90."""
    return problem_of(
        [Lot(id="L", demand=Fraction(100))],
        [
            Supplier(id="A", attributes={"quality": Fraction(70)}),
            Supplier(id="B", attributes={"quality": Fraction(90)}),
        ],
        [Bid(lot="L", supplier="A", price=Fraction(10)), Bid(lot="L", supplier="B", price=Fraction(13))],
        rules=[Rule(**rule) for rule in rules],
        **terms,
    )


BUDGET = {"id": "BUDGET", "kind": "budget", "value": Fraction(1100)}
QUALITY = {"id": "QUALITY", "kind": "min_avg", "attribute": "quality", "value": Fraction(80)}
TWO = {"id": "TWO", "kind": "min_winners", "value": Fraction(2)}
ONLY_A = {"id": "ONLY_A", "kind": "set_aside", "suppliers": ("A",)}


def test_the_cases_with_conflicts_are_there():
    assert CONFLICTING == ["inf-capacity", "inf-winners"]


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("case", CONFLICTING)
def test_every_published_conflict(case, solver):
    found = rule_conflicts(read_problem(CASES, case=case), solver=solver)
    assert [list(some) for some in found.conflicts] == EXPECTED[case]["minimal_conflicts"]
    assert (found.complete, found.unproven, found.undecided) == (True, (), ())
    assert found.solver == solver


@pytest.mark.parametrize("solver", solvers_installed())
def test_all_conflicts_and_corrections_of_four_rules(solver):
    """Quality 80 costs 1,150, above 1,100; with A alone quality is 70, and two winners are one too many."""
    found = rule_conflicts(one_lot(BUDGET, QUALITY, TWO, ONLY_A), solver=solver)
    assert found.conflicts == (("BUDGET", "QUALITY"), ("ONLY_A", "QUALITY"), ("ONLY_A", "TWO"))
    assert found.corrections == (("BUDGET", "ONLY_A"), ("ONLY_A", "QUALITY"), ("QUALITY", "TWO"))
    assert found.status == "conflicts" and found.complete


def test_rules_that_hold_together_have_no_conflict():
    found = rule_conflicts(one_lot(TWO))
    assert (found.status, found.conflicts, found.complete, found.solves) == ("none", (), True, 1)


def test_soft_rules_never_conflict():
    soft = QUALITY | {"penalty": Fraction(1)}
    assert rule_conflicts(one_lot(BUDGET, soft)).status == "none"
    assert rule_conflicts(one_lot(ONLY_A, TWO, soft)).conflicts == (("ONLY_A", "TWO"),)


def test_a_rule_can_be_in_conflict_with_what_is_offered():
    found = rule_conflicts(one_lot(BUDGET | {"value": Fraction(999)}, QUALITY))
    assert found.conflicts == (("BUDGET",),)
    assert found.corrections == (("BUDGET",),)


def test_more_conflicts_than_asked_for_are_cut_and_said_so():
    found = rule_conflicts(one_lot(BUDGET, QUALITY, TWO, ONLY_A), most=2)
    assert len(found.conflicts) == 2 and not found.complete
    assert rule_conflicts(one_lot(BUDGET, QUALITY, TWO, ONLY_A), most=3).complete


@settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.booleans().flatmap(lambda hard: small_problems(least_rules=3, most_rules=6, hard=hard or None, most=150)))
def test_conflicts_are_those_found_by_looking_at_every_award(problem):
    readings = every_reading(problem)
    found = rule_conflicts(problem, solver="scipy")
    expected = enumerated_conflicts(problem, readings)
    assert {frozenset(some) for some in found.conflicts} == expected
    assert found.complete and len(found.conflicts) == len(expected)
    if found.status == "conflicts":
        broken = {reading.hard_broken for reading in readings}
        smallest = {some for some in broken if not any(other < some for other in broken)}
        assert {frozenset(some) for some in found.corrections} == smallest


def test_without_time_nothing_is_claimed():
    found = rule_conflicts(one_lot(BUDGET, QUALITY), time_limit=1e-9)
    assert (found.status, found.conflicts, found.complete) == ("unknown", (), False)
    assert found.undecided == ((), ("BUDGET", "QUALITY"))


def silent_about(monkeypatch, *sets):
    """The solver tells nothing about these sets of rules."""

    def solve(formulation, **kw):
        if set(formulation.problem.rules) in sets:
            return Solved("no_award_found")
        return solve_formulation(formulation, **kw)

    monkeypatch.setattr("supplier_eval.award.conflicting_rules.solve_formulation", solve)


def test_a_conflict_whose_parts_were_not_settled_is_unproven(monkeypatch):
    silent_about(monkeypatch, {"TWO"})
    found = rule_conflicts(one_lot(ONLY_A, TWO))
    assert found.status == "conflicts"
    assert found.conflicts == found.unproven == (("ONLY_A", "TWO"),)
    assert not found.complete
    assert found.undecided == (("TWO",),)
    assert found.to_frame()["smallest"].tolist() == [False, False]


def test_the_conflicts_alone_are_those_that_are_proven(monkeypatch):
    problem = one_lot(BUDGET, QUALITY, TWO, ONLY_A)
    assert conflicts_of(problem, solver="scipy") == rule_conflicts(problem).conflicts
    assert conflicts_of(one_lot(TWO)) == conflicts_of(problem, time_limit=1e-9) == ()
    assert conflicts_of(read_problem(CASES, case="inf-capacity")) == (("_structural",),)
    silent_about(monkeypatch, {"TWO"})
    assert conflicts_of(one_lot(ONLY_A, TWO)) == ()


def test_a_set_that_was_not_settled_is_settled_by_what_is_found_inside_it(monkeypatch):
    silent_about(monkeypatch, {"BUDGET", "QUALITY", "TWO"})
    found = rule_conflicts(one_lot(BUDGET, QUALITY, TWO))
    assert found.conflicts == (("BUDGET", "QUALITY"),)
    assert (found.unproven, found.undecided) == ((), ())
    assert not found.complete  # a seed was passed over
    assert found.corrections == (("BUDGET",), ("QUALITY",))


def test_a_solver_that_tells_nothing_leaves_everything_unknown(monkeypatch):
    monkeypatch.setattr("supplier_eval.award.conflicting_rules.solve_formulation", lambda *_, **__: Solved("error"))
    found = rule_conflicts(one_lot(BUDGET, QUALITY))
    assert (found.status, found.conflicts, found.corrections, found.complete) == ("unknown", (), (), False)


def test_the_table_has_a_row_for_each_rule_of_each_conflict():
    found = rule_conflicts(one_lot(BUDGET, QUALITY, TWO, ONLY_A))
    frame = found.to_frame()
    assert frame["conflict"].tolist() == [1, 1, 2, 2, 3, 3]
    assert frame["rule"].tolist() == ["BUDGET", "QUALITY", "ONLY_A", "QUALITY", "ONLY_A", "TWO"]
    assert frame["kind"].tolist()[:2] == ["budget", "min_avg"]
    assert set(frame["clause"]) == {"§3.2.5"} and frame["smallest"].all()
    kinds = ["int64", "str", "str", "str", "bool"]
    assert [str(kind) for kind in frame.dtypes] == kinds
    assert [str(kind) for kind in rule_conflicts(one_lot(TWO)).to_frame().dtypes] == kinds
    bare = rule_conflicts(read_problem(CASES, case="inf-capacity"))
    assert bare.to_frame().iloc[0].tolist() == [1, "_structural", "", "", True]


def test_it_explores_and_says_in_a_line_what_it_found():
    problem = one_lot(BUDGET, QUALITY)
    found = rule_conflicts(problem)
    assert (found.standing, found.policy_fingerprint) == ("exploratory", problem.policy_fingerprint)
    assert repr(found) == "RuleConflicts(conflicts; all: BUDGET+QUALITY)"


def test_all_mistakes_are_said_at_once():
    with pytest.raises(InvalidInput) as raised:
        rule_conflicts(None, time_limit=0, most=0)
    assert [finding.column for finding in raised.value.findings] == ["problem", "time_limit", "most"]
    assert all(finding.remedy for finding in raised.value.findings)
    for most in (True, 1.5, "3", None):
        with pytest.raises(InvalidInput, match="most"):
            rule_conflicts(one_lot(BUDGET), most=most)
    with pytest.raises(UnknownName, match="gurobi"):
        rule_conflicts(one_lot(BUDGET), solver="gurobi")
