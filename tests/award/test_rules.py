"""Kinds of rules: what each needs and in which unit it is broken; rules that are hard, soft, about all or some."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supplier_eval.award.rules import RULE_KINDS, Rule

FIELDS = {"value", "suppliers", "lots", "attribute", "when", "then"}
PROMISED = (
    *("max_winners", "min_winners", "max_winners_per_lot", "min_winners_per_lot", "max_lots_per_bidder"),
    *("min_share_if_awarded", "max_volume_share", "min_volume_share", "max_spend_share", "min_spend_share"),
    *("budget", "exclude", "set_aside", "force_award", "mutually_exclusive", "implies", "one_supplier_per_region"),
    *("min_avg", "max_avg", "min_attr", "max_attr"),
)


def test_every_promised_kind_is_there_and_no_other():
    assert set(RULE_KINDS) == set(PROMISED)


@pytest.mark.parametrize("kind", sorted(RULE_KINDS))
def test_a_kind_says_what_it_asks_and_needs_only_fields_that_rules_have(kind):
    asked = RULE_KINDS[kind]
    assert asked.asks
    assert asked.unit
    assert set(asked.needs) <= FIELDS
    assert all(hasattr(Rule(id="R", kind=kind), need) for need in asked.needs)


def test_a_share_is_a_value_that_is_given():
    shares = {kind for kind, asked in RULE_KINDS.items() if asked.share}
    assert shares == {kind for kind in RULE_KINDS if kind == "force_award" or "share" in kind}
    assert all("value" in RULE_KINDS[kind].needs for kind in shares)


def test_the_kinds_cannot_be_changed():
    with pytest.raises(TypeError):
        RULE_KINDS["max_winners"] = RULE_KINDS["min_winners"]


def test_a_rule_is_hard_until_a_penalty_is_paid_for_its_breach():
    assert Rule(id="R", kind="budget", value=Fraction(9)).hard
    assert not Rule(id="R", kind="budget", value=Fraction(9), penalty=Fraction(1)).hard


def test_the_limit_is_the_value_and_a_rule_without_one_says_so():
    assert Rule(id="R", kind="budget", value=Fraction(9)).limit == 9
    with pytest.raises(ValueError, match="rule R has no value"):
        _ = Rule(id="R", kind="implies", when="A", then="B").limit


@pytest.mark.parametrize(
    ("whom", "named"),
    [({}, False), ({"suppliers": ("A",)}, True), ({"group": {"sme": True}}, True), ({"lots": ("L",)}, False)],
)
def test_somebody_is_named_by_id_or_by_group(whom, named):
    assert Rule(id="R", kind="max_volume_share", value=Fraction(1, 2), **whom).names_somebody is named
