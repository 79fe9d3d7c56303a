from dataclasses import replace
from decimal import Decimal

import pytest

from supplier_eval.errors import Finding
from supplier_eval.intake.notice import Item
from supplier_eval.intake.tables import PriceLine
from supplier_eval.score.price_line_checks import (
    discount_problems,
    line_finding,
    price_problems,
    told_together,
    unknown_item,
)

RATE = Item(id="R", volume=Decimal(10))
LUMP = Item(id="L")
OFF = Item(id="D", quote="discount", volume=Decimal(5))


def line(item, **figures):
    texts = {"amount_words", "bid"}
    cells = {name: cell if name in texts else Decimal(cell) for name, cell in figures.items()}
    return PriceLine(**{"bid": "A", "item": item, "row": 7, **cells})


def codes(findings):
    return [(finding.code, finding.column) for finding in findings]


@pytest.mark.parametrize("column", ["quantity", "unit_price", "amount", "opening_amount"])
@pytest.mark.parametrize("figure", ["0", "-1", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_figure_that_is_not_a_finite_amount_above_zero_is_a_finding(column, figure):
    cells = {"amount": "1", column: figure}
    assert codes(price_problems(line("L", **cells), LUMP, "L")) == [("prices.value.not_positive", column)]


@pytest.mark.parametrize("figure", ["1E+20", "1E+1000000", "1E-21"])
def test_a_figure_beyond_any_price_is_a_finding_at_once(figure):
    assert codes(price_problems(line("L", amount=figure), LUMP, "L")) == [("prices.value.unusable", "amount")]


def test_words_that_cannot_be_read_or_say_zero_are_findings():
    unread = price_problems(line("L", amount="1", amount_words="面议"), LUMP, "L")
    assert codes(unread) == [("prices.amount_words.unreadable", "amount_words")]
    zero = price_problems(line("L", amount="1", amount_words="零元整"), LUMP, "L")
    assert codes(zero) == [("prices.value.not_positive", "amount_words")]


@pytest.mark.parametrize("blank", ["", "  "])
def test_a_line_without_any_price_is_a_finding(blank):
    found = price_problems(line("L", quantity="3", amount_words=blank), LUMP, "L")
    assert codes(found) == [("prices.amount.missing", "amount")]


def test_lines_without_a_price_are_told_together_and_all_else_as_it_is():
    other = Finding("prices.bid.missing", "prices", "bid", value="Z", facts={"bid": "Z"})
    (two,) = price_problems(line("R", bid="B"), RATE, "R")
    found = [replace(two, rows=(8,)), *price_problems(line("L"), LUMP, "L"), other]
    assert told_together([other]) == [other]
    assert told_together([]) == []
    kept, told = told_together(found)
    assert kept == other
    assert (told.code, told.rows, told.value) == ("prices.amount.missing", (7, 8), "R, L")
    assert "the line R, L of bid B, A holds no price" in told.message


def test_a_rate_needs_its_unit_price_or_the_quantity_behind_its_amount():
    assert codes(price_problems(line("R", amount="5"), RATE, "R")) == [("prices.unit_price.missing", "unit_price")]
    assert codes(price_problems(line("R", amount="5", quantity="2"), RATE, "R")) == []
    assert codes(price_problems(line("R", unit_price="5"), RATE, "R")) == []


def test_a_lump_sum_needs_its_amount_only():
    assert codes(price_problems(line("L", amount="5"), LUMP, "L")) == []


def test_a_discount_on_a_priced_item_is_not_passed_over():
    found = price_problems(line("L", amount="5", discount="10"), LUMP, "L")
    assert codes(found) == [("prices.discount.not_asked", "discount")]


@pytest.mark.parametrize("discount", ["-0.01", "100", "NaN", "Infinity"])
def test_a_discount_lies_from_0_to_below_100_per_cent(discount):
    assert codes(discount_problems(line("D", discount=discount), OFF)) == [("prices.discount.outside", "discount")]


def test_a_discount_of_nothing_is_a_quotation_and_an_empty_cell_is_not():
    assert codes(discount_problems(line("D", discount="0"), OFF)) == []
    assert codes(discount_problems(line("D"), OFF)) == [("prices.discount.missing", "discount")]


@pytest.mark.parametrize(
    ("column", "cell"), [("unit_price", "1"), ("amount_words", "壹元"), ("quantity", "4"), ("quantity", "sNaN")]
)
def test_a_price_or_another_quantity_on_a_discounted_item_is_not_passed_over(column, cell):
    found = discount_problems(line("D", discount="5", **{column: cell}), OFF)
    assert codes(found) == [("prices.price.not_asked", column)]


def test_the_quantity_that_the_notice_states_may_stand_beside_a_discount():
    assert codes(discount_problems(line("D", discount="5", quantity="5.0"), OFF)) == []


def test_an_unknown_item_comes_with_the_nearest_known_one():
    finding = unknown_item(line("service-dsk"), ["service-desk", "onsite"])
    assert finding.code == "prices.item.unknown"
    assert finding.rows == (7,)
    assert "Did you mean service-desk?" in finding.remedy


def test_without_items_in_the_notice_only_the_total_has_a_price():
    assert unknown_item(line("desk"), []).code == "prices.item.not_listed"


def test_a_finding_without_a_line_has_no_row_and_names_the_bid():
    finding = line_finding("prices.bid.missing", "bid", "A")
    assert finding.rows == ()
    assert "bid A" in finding.message
