"""Columns as a command line names them."""

from __future__ import annotations

import pytest

from batch_folders import POLICY
from supplier_eval.batch.column_options import columns_named
from supplier_eval.errors import InvalidInput


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
