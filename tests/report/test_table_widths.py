"""Columns: figures and ids stay whole, text gives way, everything fits the page."""

from __future__ import annotations

import pytest

from supplier_eval.report.table_widths import (
    BOLD,
    LETTER,
    NARROW,
    PADDING,
    PAGE_WIDTH,
    SIZES,
    column_widths,
    fitting_size,
)
from supplier_eval.report.tables import Table


def table(*columns, rows):
    return Table("t", tuple(columns), rows, {})


def test_a_small_table_is_as_wide_as_its_text():
    widths = column_widths(table(("Bid", "id"), ("Total", "figure"), rows=(("B1", "1.00"),)), 9)
    assert sum(widths) < PAGE_WIDTH / 3


def test_text_gives_way_and_figures_do_not():
    long = ("词" * 200, "1,234,567.89")
    narrow, figure = column_widths(table(("Name", "text"), ("Total", "figure"), rows=(long,)), 9)
    alone = column_widths(table(("Total", "figure"), rows=(("1,234,567.89",),)), 9)[0]
    assert figure == pytest.approx(alone)
    assert narrow > figure
    assert narrow + figure <= PAGE_WIDTH + 1e-9


@pytest.mark.parametrize("n", [1, 8, 20, 40])
def test_any_number_of_columns_fits(n):
    many = table(*[(f"Column {i}", "figure" if i % 2 else "text") for i in range(n)], rows=(("1,234,567.89",) * n,))
    assert sum(column_widths(many, 7)) <= PAGE_WIDTH + 1e-9


def test_a_table_without_rows_or_labels_has_widths():
    assert all(width > 0 for width in column_widths(table(("", "text"), ("x", "id"), rows=()), 9))


def test_chinese_letters_count_for_two():
    latin = column_widths(table(("x", "id"), rows=(("a" * 20,),)), 9)
    chinese = column_widths(table(("x", "id"), rows=(("字" * 10,),)), 9)
    assert latin == chinese


def test_letters_grow_smaller_until_figures_and_ids_stand_whole():
    columns = (("Item", "text"), ("Unit", "id"), *((f"B{i}", "figure") for i in range(6)))
    items = Table("items", columns, (("Calls answered in the night", "CNY", *["1,481,625.60"] * 6),), {})
    size = fitting_size(items)
    assert size < 8
    unit = column_widths(items, size)[1]
    assert unit >= NARROW + BOLD * LETTER * size * len("Unit") - 1e-9
    assert fitting_size(Table("few", (("Bid", "id"), ("Total", "figure")), (("B1", "9.50"),), {})) == 9
    assert fitting_size(Table("many", columns, (("x", "CNY", *["1" * 60] * 6),), {})) == SIZES[-1]


def test_a_bold_head_is_not_broken_and_a_long_name_has_room_beside_ten_figures():
    heads = ("Rank", "Bid", "Bidder", "Total", "Ahead", "Qualification and reputation", "Emergency response", "Price")
    kinds = ("figure", "id", "text", *["figure"] * 5)
    row = ("1", "YX-1", "砚溪信息技术有限公司 Yanxi Information Technology Co., Ltd.", "89.62", *["22.7508"] * 4)
    ranking = Table("ranking", tuple(zip(heads, kinds, strict=True)), (row,), {0: "first"})
    size = fitting_size(ranking)
    widths = dict(zip(heads, column_widths(ranking, size), strict=True))
    for head, width in widths.items():
        longest = max(head.split(), key=len)
        assert width >= NARROW + BOLD * LETTER * size * len(longest) - 1e-9, head
    assert widths["Bidder"] > 40


def test_many_short_columns_are_not_made_small():
    columns = (("Rank", "figure"), ("Bid", "id"), *((f"C{i}", "figure") for i in range(8)))
    assert fitting_size(Table("points", columns, (("1", "B1", *["22.7508"] * 8),), {})) == SIZES[0]


def test_figures_in_a_chinese_head_are_not_broken():
    (width,) = column_widths(table(("取值（0–100）", "figure"), rows=(("1",),)), 9)
    assert width >= PADDING + BOLD * LETTER * 9 * len("xx0-100xx") - 1e-9
