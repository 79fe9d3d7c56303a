from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.intake.cell_values import Figure
from supplier_eval.intake.xlsx_values import BUILT_IN, GENERAL, number_format, number_text


def shown(raw, code="General", from_1904=False):
    return number_text(raw, number_format(code), from_1904)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("12.5", "12.5"),
        ("123.0", "123"),
        ("4.3499999999999996", "4.35"),
        ("0.30000000000000004", "0.3"),
        ("12.500000001", "12.500000001"),
        ("1E-3", "0.001"),
        ("1.5E+5", "150000"),
        ("-0", "0"),
        ("-7.10", "-7.1"),
        ("123456789012345", "123456789012345"),
    ],
)
def test_numbers_are_the_shortest_text_of_fifteen_digits(raw, text):
    assert shown(raw) == (text, "")


def test_only_figures_with_decimals_are_marked_as_such():
    assert isinstance(shown("1.234")[0], Figure)
    assert not isinstance(shown("1234")[0], Figure)


def test_an_id_longer_than_a_sheet_can_keep_is_found_out():
    assert shown("110101199003071234") == ("110101199003071000", "files.xlsx.digits_lost")


@pytest.mark.parametrize("raw", ["1e999", "nan", "0x10", "1_000", "", "1,5", "9" * 70])
def test_what_is_no_number_is_a_finding(raw):
    assert shown(raw)[1] == "files.xlsx.bad_number"


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("46082", "yyyy/m/d", "2026-03-01"),
        ("46082", 'yyyy"年"m"月"d"日";@', "2026-03-01"),
        ("46082", "[$-804]yyyy\\-mm\\-dd", "2026-03-01"),
        ("46082.395833333336", "yyyy/m/d h:mm", "2026-03-01T09:30:00"),
        ("46082", "yyyy/m/d h:mm", "2026-03-01T00:00:00"),
        ("46082.5", "yyyy/m/d", "2026-03-01T12:00:00"),
        ("46082.000005787", "yyyy/m/d", "2026-03-01T00:00:00.500"),
        ("0.395833333333333", "h:mm", "09:30:00"),
        ("1.5", "[h]:mm:ss", "36:00:00"),
        ("-0.5", "[h]:mm", "-12:00:00"),
        ("1", "d", "1900-01-01"),
        ("59", "d", "1900-02-28"),
        ("61", "d", "1900-03-01"),
        ("0.125", "0.0%", "12.5%"),
        ("0.1", "0%", "10%"),
        ("123", "00000", "00123"),
        ("1234.5", "#,##0.00", "1234.5"),
        ("1234.5", "[$€-407] #,##0.00", "€1234.5"),
        ("1234.5", '"¥"#,##0.00;[Red]"¥"\\-#,##0.00', "¥1234.5"),
        ("1234.5", '_ "¥"* #,##0.00_ ', "¥1234.5"),
        ("1234.5", "$#,##0.00", "$1234.5"),
        ("1234.5", '0.00"元"', "1234.5元"),
        ("12.5", '0.00"万元"', "12.5万元"),
        ("12.5", '0.0" kg"', "12.5"),
        ("1234.5", "[$USD] 0.00", "USD1234.5"),
        ("5", "[Red][>100]0;0", "5"),
        ("5", "@", "5"),
    ],
)
def test_a_number_is_read_as_its_format_shows_it(raw, code, text):
    assert shown(raw, code) == (text, "")


def test_the_built_in_formats_of_chinese_editions_are_dates():
    for number in (14, 22, 31, 57, 58):
        assert number_text("46082", BUILT_IN[number], False)[0].startswith("2026-03-01")
    assert number_text("0.5", BUILT_IN[10], False) == ("50%", "")


def test_days_from_1904_are_counted_from_1904():
    assert shown("0", "d", from_1904=True) == ("1904-01-01", "")
    assert shown("44620", "d", from_1904=True) == ("2026-03-01", "")


@pytest.mark.parametrize("raw", ["60", "0", "-1", "2958466", "1e300"])
def test_days_that_do_not_exist_are_findings(raw):
    assert shown(raw, "yyyy-mm-dd")[1] == "files.xlsx.bad_date"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_every_decimal_that_a_sheet_can_hold_is_read_back_exactly(figure):
    text, code = number_text(repr(float(figure)), GENERAL, False)
    assert code == ""
    assert Decimal(text) == figure


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_every_second_after_1900_is_read_back(moment):
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    text, code = shown(repr(serial), "yyyy-mm-dd hh:mm:ss")
    assert code == ""
    assert datetime.fromisoformat(text) == moment


@given(st.text(max_size=30))
def test_no_format_code_raises(code):
    assert number_format(code).kind
