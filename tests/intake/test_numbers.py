from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.intake.numbers import (
    Figure,
    Problem,
    parse_column,
    parse_number,
    parse_percent,
    plain_numbers,
    tidy_text,
)

DECIMALS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)


def outcome(value):
    return value.code.removeprefix("number.") if isinstance(value, Problem) else str(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", "12"),
        ("-12", "-12"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1234.567", "1234.567"),
        (".125", "0.125"),
        ("12.3456", "12.3456"),
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("-123.456", "ambiguous"),
        ("１．２３４", "ambiguous"),
        ("12,5", "locale_undeclared"),
        ("1,234.5", "locale_undeclared"),
        ("1.234.567", "locale_undeclared"),
        ("1 234", "locale_undeclared"),
    ],
)
def test_without_declared_marks_only_what_has_one_reading_is_read(text, expected):
    assert outcome(parse_number(text, None)) == expected


@pytest.mark.parametrize(
    ("decimal", "thousands", "text", "expected"),
    [
        (".", "", "1.234", "1.234"),
        (".", "", "1,234", "separator"),
        (".", ",", "1,234", "1234"),
        (".", ",", "1,234,567.89", "1234567.89"),
        (".", ",", "1234567.89", "1234567.89"),
        (".", ",", "1,23", "grouping"),
        (".", ",", "12,34,567", "grouping"),
        (".", ",", "0,125", "grouping"),
        (".", ",", "1.5,000", "grouping"),
        (".", ",", "1.2.3", "not_a_number"),
        (",", ".", "1.234", "1234"),
        (",", ".", "1.234,5", "1234.5"),
        (",", ".", "1,234.5", "grouping"),
        (",", "", "1,234", "1.234"),
        (",", "", "12.5", "separator"),
        (".", "'", "1'234.5", "1234.5"),
        (".", "'", "1’234.5", "1234.5"),
        (",", " ", "1 234,5", "1234.5"),
        (",", " ", "1\u202f234,5", "1234.5"),
        (",", " ", "1\u00a0234,5", "1234.5"),
        (None, ",", "1,234.5", "1234.5"),
        (None, ".", "1.234,5", "1234.5"),
        (None, " ", "1 234.5", "1234.5"),
    ],
)
def test_declared_marks_decide_and_nothing_else(decimal, thousands, text, expected):
    assert outcome(parse_number(text, decimal, thousands)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("１２．５", "12.5"),
        ("\u3000 7 \u200b", "7"),
        ("−5", "-5"),
        ("－5", "-5"),
        ("+5", "5"),
        ("-0.00", "0.00"),
        ("", "empty"),
        ("\u3000", "empty"),
        ("(5)", "parentheses"),
        ("（1,000）", "parentheses"),
        ("5%", "percent_sign"),
        ("５％", "percent_sign"),
        ("5‰", "percent_sign"),
        ("1e5", "exponent"),
        ("1.5E-3", "exponent"),
        ("1E+05", "exponent"),
        ("12万", "scaled"),
        ("12.5万元", "scaled"),
        ("3亿", "scaled"),
        ("5k", "scaled"),
        ("inf", "not_a_number"),
        ("nan", "not_a_number"),
        ("NA", "not_a_number"),
        ("5-", "not_a_number"),
        ("--5", "not_a_number"),
        ("5.", "not_a_number"),
        ("0x10", "not_a_number"),
        ("1_000", "not_a_number"),
        ("5²", "not_a_number"),
        ("½", "not_a_number"),
        ("①", "not_a_number"),
        ("٣", "not_a_number"),
        ("五", "not_a_number"),
        ("3 days", "not_a_number"),
        ("1" * 61, "too_long"),
    ],
)
def test_what_people_write_beside_plain_digits_is_understood_or_named(text, expected):
    assert outcome(parse_number(text)) == expected


@pytest.mark.parametrize("text", ["¥5", "￥5", "5元", "CNY 5", "cny5", "RMB5", "5 人民币", "¥5元"])
def test_the_declared_currency_may_stand_beside_the_figure(text):
    assert parse_number(text, currency="CNY") == 5
    assert outcome(parse_number(text)) == "currency_sign"
    assert outcome(parse_number(text, currency="USD")) == "currency_sign"


@pytest.mark.parametrize("text", ["€5", "$5", "US$ 5", "5 EUR", "HK$5", "¥5 EUR", "5 THB"])
def test_another_currency_is_refused(text):
    assert outcome(parse_number(text, currency="CNY")) == "currency_sign"


def test_a_sign_may_stand_before_or_after_the_currency():
    assert parse_number("-¥1,234.5", ".", ",", currency="CNY") == Decimal("-1234.5")
    assert parse_number("¥-1,234.5", ".", ",", currency="CNY") == Decimal("-1234.5")
    assert outcome(parse_number("-¥-5", currency="CNY")) == "not_a_number"


def test_a_currency_without_signs_of_its_own_is_known_by_its_code():
    assert parse_number("THB 5", currency="THB") == 5


def test_a_number_that_a_workbook_stores_is_read_whatever_is_declared():
    for decimal, thousands in ((None, ""), (",", "."), (".", ","), (",", "")):
        assert parse_number(Figure("1.234"), decimal, thousands) == Decimal("1.234")
        assert parse_percent(Figure("1.234%"), decimal, thousands) == Decimal("1.234")
    assert parse_number(tidy_text(Figure("1.234")), ",", ".") == Decimal("1.234")
    assert parse_number("1.234", ",", ".") == 1234


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12.5%", "12.5"),
        ("１２％", "12"),
        ("12.5", "12.5"),
        ("0", "0"),
        ("0.5%", "0.5"),
        ("0.5", "percent_or_fraction"),
        ("1", "percent_or_fraction"),
        ("-0.2", "percent_or_fraction"),
        ("100%", "100"),
        ("5‰", "percent_sign"),
        ("5%%", "percent_sign"),
        ("%", "empty"),
        ("x%", "not_a_number"),
    ],
)
def test_percentages_are_points_and_small_ones_need_their_sign(text, expected):
    assert outcome(parse_percent(text)) == expected


def test_a_problem_quotes_the_cell_as_it_stands():
    assert parse_number(" 1.234 ", None) == Problem("number.ambiguous", " 1.234 ")
    assert parse_percent(" x% ") == Problem("number.not_a_number", " x% ")


@pytest.mark.parametrize(("decimal", "thousands"), [(".", "."), (";", ""), (".", "_"), ("", ",")])
def test_marks_that_do_not_go_together_are_a_programming_error(decimal, thousands):
    with pytest.raises(ValueError, match="do not go together"):
        parse_number("1", decimal, thousands)


@given(DECIMALS, st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (".", "")]))
def test_a_figure_written_with_the_declared_marks_is_read_back(figure, marks):
    decimal, thousands = marks
    text = f"{figure:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert parse_number(text, decimal, thousands) == figure


@given(st.text(max_size=12) | st.text("0123456789.,-+%() ¥eE'元", max_size=12), st.sampled_from([None, ".", ","]))
def test_every_text_gives_a_number_or_a_problem(text, decimal):
    value = parse_number(text, decimal)
    assert isinstance(value, Problem) or value.is_finite()
    assert isinstance(parse_percent(text, decimal), (Decimal, Problem))


@given(st.lists(st.decimals(-(10**9), 10**9, places=4).map(str) | st.integers(-99, 99).map(str), min_size=1))
def test_the_quick_way_agrees_with_the_careful_one(texts):
    quick = plain_numbers(texts)
    slow = parse_column(texts, range(2, len(texts) + 2), parse_number)
    assert slow.problems == {}
    assert quick.tolist() == [float(value) for value in slow.values]


@given(st.text("0123456789.,-", min_size=1, max_size=8), st.sampled_from([None, "."]))
def test_the_quick_way_takes_nothing_that_the_careful_one_refuses(text, decimal):
    quick = plain_numbers([text], decimal)
    if quick is not None:
        assert quick[0] == float(parse_number(text, decimal))


@pytest.mark.parametrize("texts", [["1", ""], ["1", "x"], ["1", " 2"], ["1", "1,5"], ["1", "nan"], ["1", "１"]])
def test_the_quick_way_gives_up_on_anything_else(texts):
    assert plain_numbers(texts) is None
    assert plain_numbers(["1"], ",") is None
    assert plain_numbers(["1.234"], None) is None
