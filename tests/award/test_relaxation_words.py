"""What relaxations say: every kind of limit in its own words and unit, in both languages."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.relaxable import can_relax, change_to, sign
from supplier_eval.award.relaxation import smallest_relaxation
from supplier_eval.award.relaxation_result import Alone, Relaxation
from supplier_eval.award.relaxation_words import explain_relaxation, say_change
from supplier_eval.award.rules import RULE_KINDS, Rule

LIMITED = [kind for kind in RULE_KINDS if can_relax(Rule(id="R", kind=kind))]


def one_lot(*rules):
    """One lot of 10 units; A at 10 with quality 80."""
    return problem_of(
        [Lot(id="L", demand=Fraction(10))],
        [Supplier(id="A", attributes={"quality": Fraction(80)})],
        [Bid(lot="L", supplier="A", price=Fraction(10))],
        rules=rules,
        currency="EUR",
    )


def test_all_that_can_be_done_is_said():
    rules = [
        Rule(id="BUDGET", kind="budget", value=Fraction(90)),
        Rule(id="TWO", kind="min_winners", value=Fraction(2)),
        Rule(id="OUT", kind="exclude", suppliers=("A",), lots=("L",)),
    ]
    assert explain_relaxation(smallest_relaxation(one_lot(*rules[:2]))).split("\n") == [
        "No award keeps all hard rules as they stand.",
        "The smallest relaxation in all: raise the budget by 10.00 EUR to 100.00 EUR (rule BUDGET), and lower the "
        "least number of winners by 1 to 1 (rule TWO).",
        "Relaxations are counted relative to their limits, times the weight of the rule; they add up to 0.611111.",
        "The best award found under these limits costs 100.00 EUR; it was audited under them.",
        "These cannot help alone, however far they are relaxed: BUDGET, TWO.",
    ]
    assert explain_relaxation(smallest_relaxation(one_lot(*rules[::2]))).split("\n") == [
        "No award exists, however far the limits are relaxed: the bids themselves, or rules without a limit, stand in "
        "the way.",
        "These cannot help alone, however far they are relaxed: BUDGET, OUT.",
    ]
    assert explain_relaxation(smallest_relaxation(one_lot(rules[2]))).split("\n")[1:] == [
        "These rules have no limit; giving up any one of them is enough: OUT."
    ]


def test_chinese_has_its_own_words():
    lines = smallest_relaxation(one_lot(Rule(id="BUDGET", kind="budget", value=Fraction(90)))).explain("zh").split("\n")
    assert lines[1] == "总体最小的放宽：将预算提高 10.00 EUR 至 100.00 EUR（规则 BUDGET）。"
    assert lines[-1] == (
        "只需将预算提高 10.00 EUR 至 100.00 EUR（规则 BUDGET）即可；在所示位数内，更小的改动均不足够。"
    )


@pytest.mark.parametrize("kind", LIMITED)
def test_every_kind_of_limit_says_from_where_it_gives_way(kind):
    limit = Fraction(1, 2) if RULE_KINDS[kind].share else Fraction(50)
    asked = Rule(id="R", kind=kind, value=limit, attribute="quality")
    problem = one_lot(asked)
    said = say_change(problem, change_to(problem, asked, limit + sign(asked) * limit / 2))
    verb = "raise the " if sign(asked) > 0 else "lower the "
    assert said.startswith(verb) and said.endswith("(rule R)")
    by, to = said.removesuffix(" (rule R)").split(" by ")[1].split(" to ")
    unit = " EUR" if kind == "budget" else " %" if RULE_KINDS[kind].share else ""
    assert by.endswith(unit) and to.endswith(unit)
    assert float(by.removesuffix(unit)) == 25
    assert float(to.removesuffix(unit)) == (75 if sign(asked) > 0 else 25)
    assert "quality" in said or not kind.endswith(("avg", "attr"))
    assert "{" not in say_change(problem, change_to(problem, asked, limit), "zh")


def test_shares_are_said_in_percent_and_never_tighter():
    asked = Rule(id="R", kind="max_spend_share", value=Fraction(1, 4))
    problem = one_lot(asked)
    said = say_change(problem, change_to(problem, asked, Fraction(1, 3)))
    assert said == "raise the cap on the share of the spend by 8.34 % to 33.34 % (rule R)"


@pytest.mark.parametrize(
    ("status", "said"), [("feasible", "Nothing has to be relaxed"), ("unknown", "It is not known which relaxation")]
)
def test_other_ends_are_one_sentence(status, said):
    assert Relaxation(one_lot(), status).explain().startswith(said)
    assert "\n" not in Relaxation(one_lot(), status).explain("zh")


def test_what_is_not_proven_is_said():
    rule = Rule(id="BUDGET", kind="budget", value=Fraction(90))
    found = smallest_relaxation(one_lot(rule))
    unsure = replace(found, proven=False, alone={"BUDGET": replace(found.alone["BUDGET"], help="enough")})
    lines = unsure.explain().split("\n")
    assert lines[1].startswith("This relaxation is enough, though a smaller one was not ruled out")
    assert lines[-1].endswith("whether less would do was not settled in the time given.")
    late = replace(found, alone={"BUDGET": Alone("BUDGET", "unknown")})
    assert late.explain().endswith("For these no answer was found in the time given: BUDGET.")
