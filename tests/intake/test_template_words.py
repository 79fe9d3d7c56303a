"""The notice and the page of instructions: every id is explained, and what is to be filled in stands behind a #."""

from __future__ import annotations

import tomllib

import pytest

from supplier_eval.intake.template_words import notice_keys, notice_toml, readme
from supplier_eval.policy import Policy, profile_names


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", profile_names())
def test_every_id_that_a_table_may_name_stands_with_its_title(name, lang):
    policy = Policy.profile(name)
    category = policy.categories[0]
    text = readme(policy, category, "", ("prices", "marks"), lang)
    for one in (*policy.gates, *policy.tree(category).criteria):
        assert f"| {one.id} | {one.name.say(lang)} |" in text
    assert policy.fingerprint in text


def test_what_is_not_known_is_no_value_of_the_notice():
    policy = Policy.profile("it-oepv-bilinear")
    keys = notice_keys(policy, "T", "ITO", "en")
    said = tomllib.loads(notice_toml(policy, keys, ["L'1"], "ITO", "en"))
    assert said == {
        "format": "supplier-eval-tender/1",
        "id": "T",
        "title": {"en": "T", "zh": "T"},
        "category": "ITO",
        "policy": "policy.toml",
        "currency": policy.currency,
        "lots": [{"id": "L'1"}],
    }
    assert "technical_locked" in [key.name for key in keys]
    assert "technical_locked" not in [key.name for key in notice_keys(Policy.default(), "T", "ITO", "en")]


def test_a_title_cannot_break_the_table_of_the_page():
    gates = [{"id": "g", "name": "One |\n two", "kind": "yes"}]
    text = readme(Policy.default().replace(gates=gates), "ITO", "tender.xlsx", ("past",), "zh")
    assert "| g | One \\| two |" in text
    assert "`tender.xlsx`" in text and "`past`" in text and "`prices`" not in text


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_example_stands_as_it_is_to_be_typed(lang):
    asked = {key.name: key.remark for key in notice_keys(Policy.profile("cn-order-87"), "t", "ITO", lang)}
    assert all("2026-03-10T09:30:00+08:00" in asked[name] for name in ("published", "deadline", "opened"))
