"""Columns as a command line names them."""

from __future__ import annotations

import pytest

from batch_folders import POLICY
from supplier_eval.batch.column_options import asked_category, columns_named
from supplier_eval.errors import InvalidInput
from supplier_eval.policy import Policy


def test_a_category_is_asked_for_by_its_option():
    policy = Policy.profile("service-outsourcing")
    with pytest.raises(InvalidInput) as refused:
        asked_category("", policy)
    (finding,) = refused.value.findings
    assert "--category ITO" in finding.advise("en")
    assert "服务类别" in finding.say("zh")
    assert asked_category("ITO", policy) is None
    assert asked_category("", POLICY) is None


def test_roles_criteria_and_what_is_not_read():
    said = columns_named(["tender=招标 编号", "quality=质量", "criteria.capability=能力=2", "lot="], POLICY)
    assert said == {"tender": "招标 编号", "lot": None, "criteria": {"quality": "质量", "capability": "能力=2"}}
    assert columns_named([], POLICY) is None


@pytest.mark.parametrize(
    ("given", "code"),
    [("tender", "mapping"), ("=x", "mapping"), ("tendr=x", "role"), ("quality=", "role"), ("criteria=x", "role")],
)
def test_what_names_nothing_is_refused(given, code):
    with pytest.raises(InvalidInput) as refused:
        columns_named([given, "nothing"], POLICY)
    assert [finding.code for finding in refused.value.findings] == [f"batch.option.{code}", "batch.option.mapping"]
