"""What the questions about rules are asked with: every mistake is a finding with a remedy."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from supplier_eval.award import read_problem
from supplier_eval.award.rule_arguments import count_findings, flag_findings, question_findings, refuse, weights_of
from supplier_eval.errors import InvalidInput

CASES = Path(__file__).parents[1] / "fixtures" / "awards.json"


def test_a_problem_and_figures_that_make_sense_have_no_findings():
    problem = read_problem(CASES, case="hand-capacity")
    assert question_findings("rule_costs", problem, gap=0.01, time_limit=np.float64(5)) == []
    refuse([])


def test_a_problem_gap_and_time_limit_are_named():
    findings = question_findings("rule_costs", "problem.json", gap=1, time_limit=-1)
    assert [finding.column for finding in findings] == ["problem", "gap", "time_limit"]
    assert findings[0].line() == (
        "rule_costs.problem: problem is of type str, and an AwardProblem is asked for. Read one with "
        "read_problem(path), or make it from tables: AwardProblem(lots, suppliers, bids). [rule_questions.problem]"
    )
    with pytest.raises(InvalidInput, match="3 findings"):
        refuse(findings)


def test_flags_are_true_or_false():
    assert flag_findings("rule_costs", {"pairs": True, "shapley": None}, ["shapley"]) == []
    found = flag_findings("rule_costs", {"pairs": None, "shapley": "yes"}, ["shapley"])
    assert [finding.column for finding in found] == ["pairs", "shapley"]
    assert found[1].say("zh") == "shapley 为 'yes'，此处需要 True 或 False。"


@pytest.mark.parametrize("value", [0, -1, True, 1.0, "3", None])
def test_a_count_is_a_whole_number_of_one_or_more(value):
    assert [finding.column for finding in count_findings("rule_conflicts", "most", value)] == ["most"]
    assert count_findings("rule_conflicts", "most", 1) == []


def test_weights_are_read_exactly():
    given = {"A": 0.1, "B": Decimal("2.5"), "C": Fraction(1, 3), "D": 2}
    found, findings = weights_of("smallest_relaxation", "ABCDE", given)
    assert findings == []
    assert dict(found) == {"A": Fraction(1, 10), "B": Fraction(5, 2), "C": Fraction(1, 3), "D": 2, "E": 1}
    assert dict(weights_of("smallest_relaxation", "AB", None)[0]) == {"A": 1, "B": 1}


@pytest.mark.parametrize("weight", [0, -1, float("inf"), float("nan"), "2", None, True, 10**400, Decimal("1e-999")])
def test_a_weight_is_a_number_above_nothing(weight):
    _, findings = weights_of("smallest_relaxation", ["A"], {"A": weight})
    assert [finding.code for finding in findings] == ["rule_questions.weight"]


def test_all_wrong_weights_are_named_with_the_nearest_rule():
    _, findings = weights_of("smallest_relaxation", ["BUDGET", "QUALITY"], {"BUGDET": 1, "QUALITY": 0, 3: 1})
    assert [finding.value for finding in findings] == ["BUGDET", "0", "3"]
    assert "the nearest is BUDGET, there is: BUDGET, QUALITY" in findings[0].message
    assert [finding.code for finding in weights_of("smallest_relaxation", [], {"A": 1})[1]] == [
        "rule_questions.weight_rule"
    ]
    assert weights_of("smallest_relaxation", ["A"], [("A", 1)])[1][0].code == "rule_questions.weights"
