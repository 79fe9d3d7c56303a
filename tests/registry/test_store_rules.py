"""The company's rules as the store keeps them."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.store_rules import Rules, rules_text


def test_without_rules_the_default_ones_are_kept_with_their_comments():
    assert HouseRules.from_toml(rules_text(None)) == HouseRules.default()
    assert rules_text(None).startswith("#")


def test_rules_given_as_rules_are_kept_exactly():
    rules = HouseRules.default().model_copy(update={"timezone": "Europe/Berlin"})
    assert HouseRules.from_toml(rules_text(rules)) == rules


@pytest.mark.parametrize(
    ("text", "code", "column"),
    [
        ("a = ", "registry.rules.not_toml", ""),
        ("[tendering]\nwitnesses = 0", "registry.rules.not_valid", "tendering.witnesses"),
        ("colour = 'red'", "registry.rules.not_valid", "colour"),
    ],
)
def test_rules_that_do_not_hold_together_are_refused_by_place(text, code, column):
    with pytest.raises(InvalidInput) as refused:
        rules_text(text)
    assert [(f.code, f.column) for f in refused.value.findings] == [(code, column)]
    assert refused.value.report("zh")


def test_rules_are_read_again_only_when_they_changed(registry):
    kept = Rules()
    with registry.reading() as reading:
        first = kept.of(reading)
        assert kept.of(reading) is first
    registry.change_rules(registry.rules_toml.replace("answer_days = 7", "answer_days = 9"))
    with registry.reading() as reading:
        assert kept.of(reading).tendering.answer_days == 9
