"""A heading that is not a column's name is met with the column that it means, in English and Chinese."""

from __future__ import annotations

import pytest

from supplier_eval.intake.headings import USUAL, nearest_column
from supplier_eval.intake.tables import TABLES


@pytest.mark.parametrize(
    ("table", "heading", "column"),
    [
        ("bids", "投标编号", "bid"),
        ("bids", "名称", "name"),
        ("bids", "标 段", "lot"),
        ("bids", "投标人名称", "name"),
        ("bids", "投标文件递交时间", "received"),
        ("bids", "Supplier", "bidder"),
        ("marks", "得分", "mark"),
        ("marks", "评委", "evaluator"),
        ("marks", "critereon", "criterion"),
        ("past", "得分", "score"),
        ("prices", "投标报价（元）", "amount"),
        ("prices", "综合单价", "unit_price"),
        ("evaluators", "姓名", "name"),
        ("requirements", "证明材料", "document"),
        ("rulings", "裁定人", "by"),
        ("marks", "天气", ""),
        ("bids", "x", ""),
    ],
)
def test_the_usual_headings_mean_their_columns(table, heading, column):
    assert nearest_column(heading, TABLES[table].names) == column


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_found_by_its_first_usual_heading(table):
    names = TABLES[table].names
    assert [nearest_column(USUAL[name].split()[0], names) for name in names] == list(names)
