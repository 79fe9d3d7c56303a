"""What conflicts say, in both languages, in the words of the rules."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.conflicting_rules import RuleConflicts, rule_conflicts
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rule_conflicts_words import MOST_SHOWN, explain_conflicts
from supplier_eval.award.rules import Rule


@pytest.fixture
def problem():
    """One lot, one bid at 10: nobody can share it, and 9 is not enough."""
    return problem_of(
        [Lot(id="L")],
        [Supplier(id="A")],
        [Bid(lot="L", supplier="A", price=Fraction(10))],
        rules=[
            Rule(id="CAP", kind="budget", value=Fraction(9), clause="§4.1"),
            Rule(id="OUT", kind="exclude", suppliers=("A",), lots=("L",), clause="§4.2"),
        ],
    )


def test_each_conflict_is_said_with_clause_and_sentence(problem):
    assert explain_conflicts(rule_conflicts(problem)).split("\n") == [
        "No award keeps all hard rules.",
        "This rule cannot be kept even alone: CAP (§4.1: the total cost stays within this sum).",
        "This rule cannot be kept even alone: OUT (§4.2: these suppliers win nothing of these lots).",
        "Giving up one of these is enough: CAP + OUT.",
        "These are all conflicts; that is proven.",
    ]


def test_chinese_has_its_own_words(problem):
    lines = explain_conflicts(rule_conflicts(problem), "zh").split("\n")
    assert lines[0] == "没有任何授标方案能同时符合全部硬性规则。"
    assert lines[3] == "放弃下列任意一组规则即可：CAP、OUT。"


@pytest.mark.parametrize(
    ("status", "said"),
    [("none", "There is no conflict"), ("structural", "even without any rule"), ("unknown", "It is not known")],
)
def test_other_ends_are_one_sentence(problem, status, said):
    assert said in RuleConflicts(problem, status).explain()
    assert "\n" not in RuleConflicts(problem, status).explain("zh")


def test_what_is_not_proven_is_said(problem):
    pair = ("CAP", "OUT")
    unproven = RuleConflicts(problem, "conflicts", (pair,), complete=False, unproven=(pair,), undecided=(("CAP",),))
    lines = unproven.explain().split("\n")
    assert lines[1].startswith("These rules cannot hold together; whether a part of them conflicts already")
    assert lines[-1].startswith("The list may not be complete")
    cut = RuleConflicts(problem, "conflicts", (pair,), complete=False)
    assert cut.explain().split("\n")[-1].startswith("The list is cut")


def test_a_long_list_is_counted(problem):
    found = RuleConflicts(problem, "conflicts", (("CAP",),) * (MOST_SHOWN + 3))
    assert "Further conflicts: 3." in found.explain().split("\n")
