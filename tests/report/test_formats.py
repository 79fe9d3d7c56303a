from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from supplier_eval.report import formats


@pytest.mark.parametrize(
    ("figure", "places", "shown"),
    [
        (1234567.891, 2, "1,234,567.89"),
        (2.675, 2, "2.68"),  # stored as 2.67499999999999982
        (-0.5, 1, "−0.5"),
        (-0.00001, 4, "0.0000"),
        (float("nan"), 2, "–"),
        (None, 2, "–"),
        (12.5, 0, "13"),
    ],
)
def test_a_figure_is_rounded_half_up_and_has_a_real_minus(figure, places, shown):
    assert formats.number(figure, places) == shown


def test_a_difference_carries_its_sign():
    assert [formats.signed(x, 2) for x in (1.5, -1.5, 0.0, 0.001)] == ["+1.50", "−1.50", "0.00", "0.00"]


def test_a_lead_is_never_shown_as_nothing():
    assert formats.margin(0.00002, 2) == "0.000020000"
    assert formats.margin(0.0, 2) == "0.00"
    assert formats.margin(1.25, 2) == "1.25"


def test_raw_figures_keep_the_digits_that_they_have():
    assert [formats.short(x) for x in (5.0, 2.50, 1234.5678, Decimal("0.1"), -3.0)] == [
        "5",
        "2.5",
        "1,234.5678",
        "0.1",
        "−3",
    ]


def test_money_has_the_decimals_of_its_currency_and_loses_none():
    assert formats.money(Decimal("1234567.5"), 2) == "1,234,567.50"
    assert formats.money(Decimal("1234.125"), 2) == "1,234.125"
    assert formats.money(Decimal(1000), 0) == "1,000"
    assert formats.money(Decimal("-5"), 2) == "−5.00"
    assert formats.money(None, 2) == "–"


def test_dates_are_written_as_each_language_does():
    assert formats.day(date(2026, 3, 5), "en") == "5 March 2026"
    assert formats.day(date(2026, 3, 5), "zh") == "2026年3月5日"


def test_no_other_file_of_the_room_writes_a_date():
    """Tables on a terminal are read by programs too, and keep the form of ISO 8601."""
    room = Path(formats.__file__).parent
    own = {"formats.py", "console.py"}
    files = [path for path in room.glob("*.py") if path.name not in own]
    assert len(files) > 50
    writes = re.compile(r"(?<!from)isoformat\(|strftime\(|:%Y|%Y-")
    assert [path.name for path in files if writes.search(path.read_text(encoding="utf-8"))] == []


def test_figures_and_money_have_one_form_in_both_languages():
    """The currency is named by its code, in the head of a column or in an axis, never by a sign that two share."""
    room = Path(formats.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in (*room.glob("*.py"), *room.glob("words/*.toml")))
    assert not re.search("[¥￥€£]", text)
    assert formats.money(Decimal("2059113.6"), 2) == "2,059,113.60"


def test_a_moment_is_shown_in_the_zone_of_the_notice():
    moment = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert formats.moment(moment, "en", ZoneInfo("Asia/Shanghai")) == "5 March 2026, 17:00 (UTC+08:00)"
    assert formats.moment(moment, "zh") == "2026年3月5日 09:00（UTC）"
    assert formats.moment(moment, "en", ZoneInfo("America/St_Johns")).endswith("05:30 (UTC-03:30)")


def test_a_zone_that_does_not_exist_falls_back_to_that_of_the_moment():
    moment = datetime(2026, 3, 5, 9, 0, tzinfo=UTC)
    assert formats.zone_of("Nowhere/Town", None, moment) is UTC
    assert formats.zone_of("Asia/Shanghai", moment) == ZoneInfo("Asia/Shanghai")


def test_text_from_outside_loses_what_is_not_seen_and_nothing_else():
    assert formats.plain("\u202eevil\u202c\x00 a\nb\u200b <b>$x$</b> 公司 ") == "evil a b <b>$x$</b> 公司"


def test_shares_and_p_values():
    assert [formats.percent(x) for x in (0.125, 1, 1 / 3)] == ["12.5 %", "100 %", "33.33 %"]
    assert [formats.p_value(x) for x in (0.0001, 0.25, float("nan"))] == ["< 0.001", "0.250", "–"]


def test_an_amount_that_is_no_figure_is_a_dash():
    for amount in (None, Decimal("NaN"), Decimal("Infinity")):
        assert formats.money(amount, 2) == formats.NOTHING
