"""The review plan as a document."""

from __future__ import annotations

from decimal import Decimal

import pytest

from monitor_review_parts import plan_data, review_plan
from supplier_eval.errors import InvalidPolicy
from supplier_eval.monitor.plan import ReviewPlan


def test_a_plan_is_written_and_read_back_equal(tmp_path):
    plan = review_plan(adoption={"by": "board", "on": "2025-12-01"})
    path = tmp_path / "plan.toml"
    path.write_text(plan.to_toml(), encoding="utf-8")
    again = ReviewPlan.load(path)
    assert again == plan
    assert again.fingerprint == plan.fingerprint
    assert hash(again) == hash(plan)


def test_the_fingerprint_knows_no_order_and_no_trailing_zeros():
    plan, data = review_plan(), plan_data()
    data["kpis"].reverse()
    data["branches"].reverse()
    data["branches"][0]["weight"] = "20.0"
    data["coverage_floor"] = "0.70"
    data = dict(reversed(data.items()))
    assert ReviewPlan.from_mapping(data).fingerprint == plan.fingerprint


def test_every_change_of_a_rule_changes_the_fingerprint():
    plan = review_plan()
    for change in (
        {"coverage_floor": "0.6"},
        {"rounding": 2},
        {"hysteresis": {"periods": 3}},
        {"points": {"at_target": 90}},
        {"adoption": {"by": "board", "on": "2025-12-01"}},
    ):
        assert plan.replace(**change).fingerprint != plan.fingerprint
        assert plan.model_copy(update=change).fingerprint != plan.fingerprint


def test_replace_leaves_the_old_plan_and_checks_the_new():
    plan = review_plan()
    assert plan.replace(coverage_floor=Decimal("0.5")).coverage_floor == Decimal("0.5")
    assert plan.coverage_floor == Decimal("0.7")
    with pytest.raises(InvalidPolicy):
        plan.replace(coverage_floor=1.5)


def test_a_plan_that_cannot_be_read_says_so_in_its_own_words(tmp_path):
    with pytest.raises(InvalidPolicy, match="cannot be read"):
        ReviewPlan.load(tmp_path / "none.toml")
    path = tmp_path / "bad.toml"
    path.write_text("name = ", encoding="utf-8")
    with pytest.raises(InvalidPolicy, match="not valid TOML"):
        ReviewPlan.load(path)
    with pytest.raises(InvalidPolicy, match="text or a path"):
        ReviewPlan.load(None)
    with pytest.raises(InvalidPolicy, match="table of keys"):
        ReviewPlan.from_mapping([])


def test_unknown_and_missing_keys_come_together():
    data = plan_data(colour="red")
    del data["name"]
    with pytest.raises(InvalidPolicy) as refused:
        ReviewPlan.from_mapping(data)
    assert {f.code for f in refused.value.findings} == {"plan.key.unknown", "plan.key.missing"}
    assert all(f.table == "plan" for f in refused.value.findings)
    assert "评价" in refused.value.report("zh") or "键" in refused.value.report("zh")


def test_a_plan_nobody_adopted_warns():
    assert "plan.adoption.missing" in {f.code for f in review_plan().check()}
    assert "plan.adoption.missing" not in {
        f.code for f in review_plan(adoption={"by": "board", "on": "2025-12-01"}).check()
    }


def test_it_says_itself_shortly():
    assert repr(review_plan()).startswith("ReviewPlan('desk', version 1, 4 KPIs, sha256:")
