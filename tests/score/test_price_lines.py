from decimal import Decimal
from fractions import Fraction

import pytest

from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.score.price_lines import Asked, check_items, read_sheet

RATE = Item(id="R", volume=Decimal(10), times=Decimal(3))
LUMP = Item(id="L")
OFF = Item(id="D", quote="discount")
OFF_BASE = Item(id="B", quote="discount", base=Decimal(1000))


def line(item, row=2, **figures):
    cells = {name: cell if name == "amount_words" else Decimal(cell) for name, cell in figures.items()}
    return PriceLine("A", item, row=row, **cells)


def read(items, *lines, minor_units=2):
    return read_sheet("A", lines, Asked(check_items(items), minor_units, with_tax=False))


def test_a_bid_without_lines_has_one_finding_and_not_one_an_item():
    _, found = read([RATE, LUMP])
    assert [finding.code for finding in found] == ["prices.bid.missing"]


def test_every_item_that_is_missing_is_named():
    _, found = read([RATE, LUMP], line("total", amount="5"))
    assert [(finding.code, finding.value) for finding in found] == [
        ("prices.item.missing", "L"),
        ("prices.item.missing", "R"),
    ]


def test_without_items_the_total_is_needed_and_one_other_line_is_not_taken_for_it():
    _, found = read([], line("desk", amount="5"))
    assert {finding.code for finding in found} == {"prices.item.not_listed", "prices.item.missing"}


def test_the_same_item_twice_is_refused_even_where_case_and_width_differ():
    sheet, found = read([LUMP], line("L", amount="5"), line("ｌ", row=3, amount="6"))
    assert [(finding.code, finding.rows, finding.facts["first"]) for finding in found] == [
        ("prices.duplicate", (3,), 2)
    ]
    assert "A, L stands here again (first in row 2)" in found[0].message
    assert sheet.quotes["L"].amount == 500


def test_all_findings_come_at_once():
    _, found = read(
        [RATE, LUMP, OFF],
        line("R", amount="-1", row=2),
        line("x", amount="1", row=3),
        line("D", row=4),
        line("total", row=5, amount="1", amount_words="abc"),
    )
    assert [finding.code for finding in found] == [
        "prices.item.unknown",
        "prices.item.missing",
        "prices.value.not_positive",
        "prices.unit_price.missing",
        "prices.discount.missing",
        "prices.amount_words.unreadable",
    ]


@pytest.mark.parametrize(
    ("cells", "amount", "source"),
    [
        ({"amount": "12.30", "unit_price": "1"}, 1230, "as_read"),
        ({"amount": "12.305"}, 1231, "rounded"),
        ({"unit_price": "1.115"}, 112, "read_from_unit_price"),
        ({"amount_words": "拾元"}, 1000, "read_from_words"),
        ({"opening_amount": "7"}, 700, "read_from_opening_sheet"),
    ],
)
def test_the_amount_is_read_where_the_bid_states_it(cells, amount, source):
    sheet, found = read([LUMP], line("L", **cells))
    assert not found
    assert (sheet.quotes["L"].read, sheet.quotes["L"].source) == (amount, source)


def test_an_amount_of_less_than_half_a_cent_is_a_finding():
    _, found = read([LUMP], line("L", amount="0.004"))
    assert [finding.code for finding in found] == ["prices.value.unusable"]


def test_a_currency_without_minor_units_is_read_in_whole_units():
    sheet, _ = read([LUMP], line("L", amount="1000.5"), minor_units=0)
    assert sheet.quotes["L"].amount == 1001


def test_over_the_term_the_exact_unit_price_counts_and_a_corrected_amount_otherwise():
    sheet, _ = read([RATE], line("R", unit_price="0.3335"))
    quote = sheet.quotes["R"]
    assert quote.amount == 334  # 3.335
    assert quote.over_term == 1001  # 10.005, not three times 3.34
    quote.amount = 300
    assert quote.over_term == 900


def test_the_price_of_one_unit_follows_from_amount_and_quantity():
    sheet, _ = read([RATE], line("R", amount="10", quantity="3"))
    assert sheet.quotes["R"].each == Fraction(10, 3)


def test_a_discount_with_base_is_money_and_without_base_per_cent():
    sheet, found = read([OFF, OFF_BASE], line("D", discount="11.5"), line("B", discount="12.5"))
    assert not found
    assert sheet.percents == {"D": Decimal("88.5")}
    assert sheet.quotes["B"].amount == 87500


def test_a_total_beside_discounts_without_base_is_told_about_and_not_evaluated():
    sheet, found = read([OFF], line("D", discount="11.5"), line("total", row=3, amount="5"))
    assert [(finding.code, finding.severity) for finding in found] == [("prices.total.not_compared", "warning")]
    assert sheet.total is None


@pytest.mark.parametrize("ids", [("L", "L"), ("L", "l"), ("Total",)])
def test_items_that_stand_twice_or_take_the_name_of_the_total_are_refused(ids):
    with pytest.raises(ValueError, match=r"twice|reserved"):
        check_items([Item(id=name) for name in ids])
