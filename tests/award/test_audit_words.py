"""What an audit says, in English and in Chinese."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import pytest

from award_problems import problem_of
from supplier_eval.award.audit import audit_award
from supplier_eval.award.audit_words import plain, say_breach
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Lot, Supplier, Tiers
from supplier_eval.award.rules import RULE_KINDS, Rule
from supplier_eval.award.structure_checks import Breach
from supplier_eval.messages import LANGS, message

TIERS = Tiers(
    kind="all_units",
    basis="spend",
    breaks=(Fraction(0), Fraction(10)),
    discount=(Fraction(0), Fraction(1, 10)),
)
RULES = [
    Rule(id="R1", kind="max_winners", value=Fraction(1), penalty=Fraction(7), clause="§9"),
    Rule(id="R2", kind="budget", value=Fraction(20), clause="§8"),
    Rule(id="R3", kind="min_winners", value=Fraction(1)),
]


def audit(rules=RULES, ann=5, **terms):
    suppliers = [Supplier(id="Ann", tiers=TIERS, capacity=Fraction(8)), Supplier(id="Bob", fixed_cost=Fraction(4))]
    bids = [Bid(lot="L", supplier=name, price=Fraction(price)) for name, price in (("Ann", 2), ("Bob", 3))]
    problem = problem_of([Lot(id="L", demand=Fraction(10))], suppliers, bids, (), rules, grid=10, **terms)
    return audit_award(problem, Award(10, {("L", "Ann", ""): ann, ("L", "Bob", ""): 10 - ann}))


def test_an_audit_in_english():
    assert audit(currency="EUR").explain().splitlines() == [
        "The award is not valid: it breaks hard rules or the conditions of the problem (below). It may not be made.",
        "Objective cost: 35.00 EUR, penalties of soft rules included.",
        "Total cost 28.00 EUR: bids 25.00 EUR; discounts -1.00 EUR; fixed costs 4.00 EUR.",
        "Ann wins something of 1 lots: volume 5, 9.00 EUR after discounts. It reaches discount tier 2, which takes off "
        "1.00 EUR. 5 of its capacity of 8 is used.",
        "Bob wins something of 1 lots: volume 5, 15.00 EUR after discounts.",
        "Soft rule R1 (§9: at most so many suppliers win anything) is broken by 1 (suppliers) (Ann, Bob); "
        "the penalty is 7.",
        "Rule R2 (§8: the total cost stays within this sum) is broken by 8.00 EUR.",
        "Rules kept: 1 of 3.",
    ]


def test_an_audit_in_chinese_has_the_same_figures():
    said = audit().explain("zh")
    assert said.count("\n") == audit().explain("en").count("\n")
    assert "总成本 28.00" in said
    assert "违反规则 R2（§8：总成本不超过预算），超出 8.00。" in said


def test_a_kept_award_says_so_and_a_condition_that_is_broken_has_its_share_in_percent():
    assert audit(()).explain().startswith("The award keeps every hard rule")
    over = audit((), ann=9)
    assert say_breach(over, over.breaches[0]) == "The capacity of the supplier is exceeded by 1 demand units (Ann)."


def test_an_award_of_nothing_says_that_nobody_wins():
    nothing = audit_award(audit(()).problem, Award(10))
    assert "Nobody is awarded anything." in nothing.explain()
    assert "100 % of a lot" in nothing.explain()


@pytest.mark.parametrize("lang", LANGS)
def test_every_kind_of_rule_and_every_unit_has_its_words(lang):
    rules = {kind: Rule(id=kind, kind=kind, value=Fraction(1)) for kind in RULE_KINDS}
    heard = SimpleNamespace(problem=SimpleNamespace(rules=rules, terms=audit().problem.terms))
    for kind, about in RULE_KINDS.items():
        breach = Breach(kind, Fraction(1, 3), about.unit, hard=True, penalty=Fraction(0), where=("L",), kind=kind)
        assert kind in say_breach(heard, breach, lang)
    assert message("award_audit.rule.budget", "en") == RULE_KINDS["budget"].asks


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_the_english_words_of_a_rule_are_those_of_its_kind(kind):
    assert message(f"award_audit.rule.{kind}", "en") == RULE_KINDS[kind].asks


@pytest.mark.parametrize(
    ("figure", "said"),
    [("1060", "1,060"), ("0.30", "0.3"), ("1/3", "0.333333"), ("1/10000000", "1e-07"), ("0", "0"), ("100", "100")],
)
def test_figures_are_written_without_needless_zeros(figure, said):
    assert plain(Fraction(figure)) == said
