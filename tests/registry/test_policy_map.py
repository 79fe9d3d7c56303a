"""Every item of the policy is answered by a record or a function, and tested; the page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from supplier_eval.policy.criteria import Words
from supplier_eval.registry.catalogue import kinds, life_cycles
from supplier_eval.registry.policy_items import known_items
from supplier_eval.registry.policy_map import PolicyAnswer, PolicyMap, map_policy

TESTS = Path(__file__).parents[1]
PAGE = TESTS.parent / "docs" / "policy-map.md"
WALKED = ("§2.", "§3.2.", "§3.3.", "§4.", "§5.3.", "§6.", "§7.", "§8.", "§9.")


def bare(item: str) -> str:
    return item.removeprefix("§")


@pytest.fixture(scope="module")
def answered() -> PolicyMap:
    return map_policy(TESTS)


def test_the_page_is_up_to_date(answered):
    assert PAGE.read_text(encoding="utf-8") == answered.markdown(), "run python docs/policy_map.py"


@pytest.mark.parametrize("item", known_items(), ids=bare)
def test_every_item_has_a_record_or_function_and_a_test(answered, item):
    assert answered[item].gaps == ()


@pytest.mark.parametrize("item", [item for item in known_items() if item.startswith(WALKED)], ids=bare)
def test_every_item_that_the_registry_keeps_has_tests_named_after_it(answered, item):
    stem = "test_" + bare(item).replace(".", "_")
    assert any(test.endswith(f": {stem}_*") for test in answered[item].tests)


def test_no_declaration_cites_an_item_that_there_is_not():
    cited = [clause for kind in kinds().values() for clause in kind.clauses]
    for cycle in life_cycles().values():
        for move in cycle.moves:
            cited += [move.clause, *(guard.clause for guard in move.guards)]
        cited += [guard.clause for guard in cycle.edit_guards]
    assert {clause for clause in cited if clause} <= set(known_items())


def test_a_row_gathers_kinds_moves_guards_rules_functions_commands_and_tests(answered):
    row = answered["§7.2.1"]
    assert row.records == ("control",)
    assert "control: confirm, fail" in row.rules
    assert "control.evidence.missing" in row.rules
    assert any(rule.startswith("registry/house_rules.toml: ") and "firewall" in rule for rule in row.rules)
    assert row.shown[:2] == ("registry show control", "registry due")
    assert "registry/test_clauses_7.py: test_7_2_1_*" in row.tests
    assert any(name.startswith("monitor/targets.py") for name in answered["§5.1.2"].functions)


def test_an_item_that_no_move_cites_shows_the_moves_of_its_kinds(answered):
    assert "check: add, do, cancel" in answered["§7.3.1"].rules


def test_without_tests_every_item_lacks_one_and_says_so():
    untested = map_policy()
    assert len(untested.gaps) == len(known_items())
    assert untested.explain().splitlines()[0] == "63 items of the policy; 63 lack an answer or a test."
    assert "§4.1.1 签约前法务审核：没有测试。" in untested.explain("zh")


def test_a_gap_is_shown_as_one():
    lone = PolicyMap((PolicyAnswer("§1.1", Words(en="All", zh="全部")),))
    assert lone.answers[0].gaps == ("answer", "test")
    assert "| §1.1 All | - | - | - | - | - |" in lone.markdown()
    assert "| §1.1 全部 |" in lone.markdown("zh")
    assert repr(lone) == "PolicyMap(1 items, 1 with gaps)"


def test_the_frame_has_a_row_an_item(answered):
    frame = answered.to_frame("zh")
    assert list(frame.columns) == ["item", "title", "records", "rules", "functions", "shown", "tests"]
    assert list(frame["item"]) == list(known_items())
    assert frame.loc[frame["item"] == "§9.2.1", "records"].item() == "filing"
