"""The company's rules for the registry: what the default says, what is major, how classes of information stand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.policy.rules import ApprovalRule
from supplier_eval.registry.rules import HouseRules

RULES = HouseRules.default()


def test_the_default_rules_name_what_the_policy_asks_for_in_both_languages():
    asked = {"rights-duties", "content", "quality", "price", "payment", "secrecy", "breach"}  # §3.2.5
    assert asked <= {line.id for line in RULES.contracts.clauses}
    assert {line.id for line in RULES.contracts.documents} == {"invoice", "acceptance", "volumes"}  # §4.3.2
    listed = (
        *RULES.contracts.clauses,
        *RULES.contracts.documents,
        *RULES.tendering.documents,
        *RULES.security.controls,
    )
    assert all(line.words.en and line.words.zh and line.clause.startswith("§") for line in listed)


def test_every_control_that_a_class_asks_for_is_on_the_checklist():
    known = {line.id for line in RULES.security.controls}
    assert known
    assert {control for declared in RULES.data_classes for control in declared.controls} <= known


@pytest.mark.parametrize(
    ("value", "months", "data_class", "major"),
    [
        ("4999999.99", 35, "public", False),
        ("5000000", 1, "public", True),
        (None, 36, "public", True),
        (None, None, "core", True),
        (None, None, "internal", False),
    ],
)
def test_a_project_is_major_by_its_value_its_term_or_its_information(value, months, data_class, major):
    """Any one of the three makes it so; the limits belong to it (§2.2.3)."""
    assert RULES.is_major(None if value is None else Decimal(value), months, data_class) is major


def test_without_limits_only_the_class_makes_a_project_major():
    rules = RULES.model_copy(update={"approval": ApprovalRule(data_classes=("core",))})
    assert not rules.is_major(Decimal(10**9), 600, "public")
    assert rules.is_major(None, None, "core")


def test_an_unknown_class_stands_above_all_that_are_known():
    ranks = {declared.id: RULES.rank(declared.id) for declared in RULES.data_classes}
    assert ranks["public"] == 0
    assert RULES.rank("what nobody declared") == max(ranks.values()) + 1
    assert RULES.data_class("what nobody declared") is None
    assert HouseRules().rank("public") == 1


@pytest.mark.parametrize(
    "text", ['timezone = "Asia/Peking"', "[contracts]\npayment_days = -1", "[planning]\nassessors = true", "colour = 1"]
)
def test_rules_that_cannot_be_are_refused(text):
    with pytest.raises(ValidationError):
        HouseRules.from_toml(text)
