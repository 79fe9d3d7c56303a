"""Columns are found by role, and everything that is missing is said at once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import bind, result_columns
from supplier_eval.policy import Policy

PLAN = compile_plan(Policy.from_mapping(policy_mapping()))
ALL = ["tender", "bid", "quality", "capability", "emergency", "price"]


def table(*columns: str) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


def test_columns_are_found_under_their_own_names():
    bound = bind(PLAN, table(*ALL, "lot", "ceiling"))
    assert bound.roles == {name: name for name in ("tender", "bid", "price", "lot", "ceiling")}
    assert bound.criteria["quality"] == "quality"
    assert bind(PLAN, table("bidder", *[c for c in ALL if c != "bid"])).roles["bid"] == "bidder"


def test_everything_that_is_missing_is_said_with_the_nearest_name():
    with pytest.raises(se.InvalidInput) as refused:
        bind(PLAN, table("tendr", "bid", "qualitiy", "price"))
    found = {f.column: f.facts.get("near") for f in refused.value.findings}
    assert found == {"tender": "tendr", "quality": "qualitiy", "capability": None, "emergency": None}
    said = {f.column: f.line("en") for f in refused.value.findings}
    assert '`tender = "tendr"`' in said["tender"]
    assert "Nearest" not in said["capability"]
    assert '`[batch.criteria] capability = "..."`' in said["capability"]


def test_a_declared_name_is_found_in_any_width_and_its_own_spelling_is_kept():
    """报价（元） and 报价(元) are one name, as in the tables of a tender."""
    plan = compile_plan(PLAN.policy, columns={"price": "报价(元)"})
    others = [name for name in ALL if name != "price"]
    assert bind(plan, table(*others, "报价（元）")).roles["price"] == "报价（元）"
    assert bind(plan, table(*others, "报价（元）", "报价(元)")).roles["price"] == "报价(元)"
    wide = compile_plan(PLAN.policy, columns={"price": "Ｐrice"})
    with pytest.raises(se.InvalidInput) as refused:
        bind(wide, table(*others, "price", "PRICE"))
    assert [finding.code for finding in refused.value.findings] == ["batch.column.twice"]


def test_the_small_policy_of_the_page_is_complete():
    """docs/batch.md: no error of the check, and it scores a table as it stands."""
    page = (Path(__file__).parents[2] / "docs" / "batch.md").read_text(encoding="utf-8")
    (text,) = [part.split("```")[0] for part in page.split("```toml\n") if part.startswith("format = ")]
    policy = Policy.from_mapping(tomllib.loads(text))
    assert [finding.code for finding in policy.check() if finding.severity == "error"] == []
    rows = [("T1", "A", 80, 100), ("T1", "B", 70, 90)]
    frame = pd.DataFrame(rows, columns=["项目编号", "投标人", "质量得分", "投标报价（元）"])
    assert se.batch.score_frame(frame, policy)["total"].tolist() == [84, 82]


def test_a_declared_column_must_be_there():
    plan = compile_plan(PLAN.policy, columns={"ceiling": "reserveprice"})
    with pytest.raises(se.InvalidInput, match="reserveprice"):
        bind(plan, table(*ALL, "ceiling"))


def test_a_deadline_asks_for_the_moment_of_receipt_unless_it_is_switched_off():
    with pytest.raises(se.InvalidInput, match="received"):
        bind(PLAN, table(*ALL, "deadline"))
    off = compile_plan(PLAN.policy, columns={"deadline": None})
    assert "deadline" not in bind(off, table(*ALL, "deadline")).roles
    assert "received" not in bind(PLAN, table(*ALL, "received")).roles


def test_gates_of_dates_need_a_deadline_and_deductions_need_to_know_whose():
    gate = {"id": "iso", "name": "iso", "kind": "valid_until"}
    dated = compile_plan(Policy.from_mapping(policy_mapping(gates=[gate])))
    with pytest.raises(se.InvalidInput, match="deadline"):
        bind(dated, table(*ALL, "iso"))
    off = compile_plan(dated.policy, columns={"deadline": None})
    with pytest.raises(se.InvalidInput, match=r"batch\.column\.switched_off"):
        bind(off, table(*ALL, "iso"))
    price = policy_mapping()["price"] | {"small_business_deduction": "0.1"}
    small = Policy.from_mapping(policy_mapping(price=price))
    with pytest.raises(se.InvalidInput, match="small_business"):
        bind(compile_plan(small), table(*ALL))
    assert "small_business" not in bind(compile_plan(small, columns={"small_business": None}), table(*ALL)).roles


def test_a_rule_of_one_lot_asks_for_the_lot_of_every_row():
    gate = {"id": "iso", "name": "iso", "kind": "yes"}
    for rules in (
        {"gates": [gate | {"lots": ["L2"]}]},
        {"floors": [{"criterion": "quality", "minimum": 9, "lot": "L2"}]},
    ):
        plan = compile_plan(Policy.from_mapping(policy_mapping(**rules)))
        with pytest.raises(se.InvalidInput, match="'lot'"):  # else the rule would never apply, and nobody would see it
            bind(plan, table(*ALL, "iso"))
        off = compile_plan(plan.policy, columns={"lot": None})
        with pytest.raises(se.InvalidInput, match=r"batch\.column\.switched_off"):
            bind(off, table(*ALL, "iso", "lot"))
        assert bind(plan, table(*ALL, "iso", "lot")).roles["lot"] == "lot"
    only = compile_plan(Policy.from_mapping(policy_mapping(gates=[gate | {"lots": ["1"]}])))
    assert "lot" not in bind(only, table(*ALL, "iso")).roles  # the lot of a tender without lots


def test_the_ids_cannot_be_switched_off():
    with pytest.raises(se.InvalidInput) as refused:
        bind(compile_plan(PLAN.policy, columns={"tender": None, "bid": None}), table(*ALL))
    assert [(f.code, f.column) for f in refused.value.findings] == [
        ("batch.column.switched_off", "tender"),
        ("batch.column.switched_off", "bid"),
    ]


def test_a_column_that_stands_twice_is_refused():
    with pytest.raises(se.InvalidInput, match=r"batch\.column\.twice"):
        bind(PLAN, table(*ALL, "price"))


def test_names_of_results_are_kept_free():
    assert result_columns(PLAN, ("radius",))[-1] == "weight_radius"
    with pytest.raises(se.InvalidInput, match=r"batch\.column\.taken"):
        bind(PLAN, table(*ALL, "rank"))
