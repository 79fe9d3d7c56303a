"""award_lots: every published case through the public call, with each solver; ties; mistakes."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from award_problems import problem_of
from supplier_eval.award import award_lots, read_problem
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"
EXPECTED = {case["id"]: case["expected"] for case in json.loads(CASES.read_text(encoding="utf-8"))["cases"]}
SMALL = sorted(set(EXPECTED) - {"orlib-cap41"})  # docs/award-problem.md says why


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize("case", SMALL)
def test_every_published_case_through_the_public_call(case, solver):
    made = award_lots(read_problem(CASES, case=case), solver=solver, gap=0)
    assert made.status == EXPECTED[case]["status"]
    if made.award is not None:
        assert made.audit.valid
        assert float(made.audit.objective) == pytest.approx(EXPECTED[case]["objective"], rel=2e-6)
        assert made.gap < 1e-6
        if EXPECTED[case]["award_unique"] and case not in ("gen-8x5-rules", "gen-15x8-incremental", "hand-dual-source"):
            assert made.award.label() == pytest.approx(EXPECTED[case]["award"])


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_tie_goes_to_the_higher_quality(solver):
    problem = read_problem(CASES, case="tie-identical").with_terms(tie_keys=("attr:quality",))
    made = award_lots(problem, solver=solver)
    assert made.award.label() == {"L1|B": 1.0}
    assert made.tied == ()


@pytest.mark.parametrize("solver", solvers_installed())
def test_what_no_key_decides_is_tied(solver):
    problem = problem_of(
        [Lot(id="L", indivisible=True)],
        [Supplier(id="A"), Supplier(id="B")],
        [Bid(lot="L", supplier=key, price=Fraction(9)) for key in "AB"],
    )
    made = award_lots(problem, solver=solver)
    assert [award.label() for award in made.tied] == [{"L|A": 1.0}, {"L|B": 1.0}]
    assert made.award in made.tied


def test_all_mistakes_are_said_at_once():
    problem = read_problem(CASES, case="hand-capacity")
    with pytest.raises(InvalidInput) as raised:
        award_lots(problem, "cheap", gap=2, time_limit="1 hour")
    assert [finding.column for finding in raised.value.findings] == ["gap", "time_limit", "objective"]
    with pytest.raises(UnknownName, match="gurobi"):
        award_lots(problem, solver="gurobi")


def test_progress_is_told():
    seen = []
    made = award_lots(read_problem(CASES, case="hand-capacity"), progress=seen.append)
    assert [step.stage for step in seen] == ["whole", "ties"]
    assert list(made.log) == seen


def test_an_objective_that_the_offers_do_not_support_is_refused_with_its_attribute():
    with pytest.raises(InvalidInput) as raised:
        award_lots(read_problem(CASES, case="hand-capacity"), "score")
    assert raised.value.findings[0].column == "objective"


def test_an_award_of_which_time_did_not_tell_whether_another_is_equal_does_not_bind(monkeypatch):
    from supplier_eval.award import front
    from supplier_eval.award.ties import Settled

    problem = read_problem(CASES, case="hand-capacity")
    monkeypatch.setattr(front, "settle", lambda made, found, *_, **__: Settled(found, (), False))
    made = award_lots(problem, solver="scipy")
    assert (made.status, made.settled, made.standing) == ("optimal", False, "exploratory")
    assert "whether another award is equal" in made.explain()
    assert "同样优" in made.explain(lang="zh")


def test_rules_that_cannot_hold_together_stand_in_the_allocation():
    made = award_lots(read_problem(CASES, case="inf-winners"), solver="scipy")
    expected = EXPECTED["inf-winners"]["minimal_conflicts"]
    assert {frozenset(conflict) for conflict in made.conflicts} == {frozenset(conflict) for conflict in expected}


@pytest.mark.parametrize("solver", solvers_installed())
def test_a_currency_without_cents_does_not_blur_an_objective_that_is_no_money(solver):
    """Shares go by tenths, so A has at most 50 %: 0.49 with B. C and B: 0.6 x 0.11 + 0.4 x 0.9 = 0.426."""
    risks = {"A": "0.08", "B": "0.9", "C": "0.11"}
    problem = problem_of(
        [Lot(id="L")],
        [Supplier(id=key, attributes={"risk": Fraction(risk)}) for key, risk in risks.items()],
        [
            Bid(lot="L", supplier="A", price=Fraction(1), min_share=Fraction("0.3"), max_share=Fraction("0.59")),
            Bid(lot="L", supplier="B", price=Fraction(1)),
            Bid(lot="L", supplier="C", price=Fraction(1), max_share=Fraction("0.6")),
        ],
        rules=[Rule(id="X", kind="mutually_exclusive", suppliers=("A", "C"))],
        objective="risk",
        grid=10,
        minor_units=0,
    )
    made = award_lots(problem, solver=solver, gap=0)
    assert made.award.label() == {"L|B": 0.4, "L|C": 0.6}
    assert made.bound == pytest.approx(0.426, abs=1e-6)
    assert made.gap < 1e-5


def test_what_is_no_problem_is_refused_and_numbers_of_numpy_are_numbers():
    with pytest.raises(InvalidInput) as raised:
        award_lots("problem.json", gap=-1)
    assert [finding.column for finding in raised.value.findings] == ["problem", "gap"]
    problem = read_problem(CASES, case="hand-capacity")
    assert award_lots(problem, gap=np.float32(0), time_limit=np.int64(30), solver="scipy").status == "optimal"


def test_a_later_stage_that_time_did_not_decide_is_not_called_optimal(monkeypatch):
    from supplier_eval.award import front
    from supplier_eval.award.ties import Settled

    problem = read_problem(CASES, case="tie-identical")
    monkeypatch.setattr(front, "settle", lambda made, found, *_, **__: Settled(found, (), False))
    assert award_lots(problem, ["cost", "winners"], solver="scipy").status == "feasible_at_limit"
