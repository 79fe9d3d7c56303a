"""From text cells to typed records: every bad cell a finding, nothing guessed, nothing called missing that stands."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.tables import BIDS, EVALUATORS, MARKS, PAST, PRICES, RULINGS, TableContract
from supplier_eval.intake.typed import UNREAD, Reading, typed_records

PLAIN = Reading(decimal=".", thousands=",", currency="CNY", timezone="Asia/Shanghai")


def read(contract: TableContract, header: str, *rows: str, reading: Reading = PLAIN):
    cells = tuple(tuple(row.split("|")) for row in rows)
    columns = tuple(header.split())
    raw = RawTable(contract.name, "made", columns, cells, tuple(range(2, len(rows) + 2)))
    return typed_records(raw, contract, reading)


def codes(found) -> list[str]:
    return [f.code for f in found]


def test_each_kind_of_cell_is_read_by_its_contract():
    header = "bid item quantity unit_price amount_words discount"
    (record,), found = read(PRICES, header, "００1|hour|1,200|￥3.50|叁元|12.5%")
    assert not found
    assert record["bid"] == "001"
    assert (record["quantity"], record["unit_price"]) == (Decimal(1200), Decimal("3.50"))
    assert (record["amount_words"], record["discount"]) == ("叁元", Decimal("12.5"))
    assert record["amount"] is None and record["opening_amount"] is None


def test_supplier_na_and_leading_zeros_stay_what_they_are():
    records, found = read(BIDS, "bid name received", "00123|NA|2026-03-01 10:00", "nan|null|2026-03-01 10:00")
    assert not found
    assert [(r["bid"], r["name"]) for r in records] == [("00123", "NA"), ("nan", "null")]


def test_a_moment_without_offset_is_read_in_the_declared_zone_and_refused_without_one():
    header, row = "bid name received", "B1|x|2026-03-01 10:00"
    (record,), _ = read(BIDS, header, row)
    assert record["received"].isoformat() == "2026-03-01T02:00:00+00:00"
    _, found = read(BIDS, header, row, reading=Reading())
    assert codes(found) == ["bids.received.no_time_zone"]


def test_bad_cells_are_gathered_by_code_and_column_with_all_rows_and_the_first_value():
    _, found = read(MARKS, "bid criterion evaluator mark", "B1|plan||7", "B2|plan||7", "|plan|E1|7")
    by_code = {f.code: f for f in found}
    assert by_code["marks.evaluator.blank"].rows == (2, 3)
    assert by_code["marks.bid.blank"].rows == (4,)
    _, (finding,) = read(RULINGS, "bid case ruling by on reason", *[f"B|{c}|maybe|x|2026-01-01|y" for c in "cd"])
    assert (finding.rows, finding.value) == ((2, 3), "maybe")
    assert "accept, exclude, note" in finding.message


def test_a_cell_that_cannot_be_read_is_empty_and_known_to_be_unread():
    (record,), found = read(PAST, "bidder period score", "K|2025|ninety")
    assert codes(found) == ["past.score.not_a_number"]
    assert record["score"] is None
    assert record[UNREAD] == {"score"}


def test_an_invisible_id_is_blank():
    (record,), found = read(MARKS, "bid criterion evaluator mark", "\u200b\u2060|plan|E1|3")
    assert codes(found) == ["marks.bid.blank"]
    assert record["bid"] == ""


@pytest.mark.parametrize(
    ("header", "code", "near"),
    [
        ("bid criterion evaluators mark", "marks.evaluator.column_missing", "evaluators"),
        ("bid criterion evaluator", "marks.mark.column_missing", ""),
    ],
)
def test_a_missing_column_names_the_nearest_that_is_there(header, code, near):
    _, found = read(MARKS, header)
    finding = next(f for f in found if f.code == code)
    assert (finding.value, finding.rows) == (near, (1,))


def test_a_missing_column_shows_the_columns_that_are_there_and_the_one_that_may_hold_it():
    _, found = read(MARKS, "bid criterion evaluator 分数")
    by_code = {f.code: f for f in found}
    assert "bid, criterion, evaluator, 分数" in by_code["marks.mark.column_missing"].message
    assert "nearest: 分数" in by_code["marks.mark.column_missing"].remedy
    assert by_code["marks.column_unknown"].advise("zh").startswith("是否指 mark？")
    _, (_, strange) = read(MARKS, "bid criterion evaluator weather")
    assert strange.code == "marks.column_strange"
    assert "Did you mean" not in strange.remedy


def test_a_column_that_may_stand_there_under_another_name_is_not_called_empty():
    for other in ("标段", "weather"):
        (record,), _ = read(BIDS, f"bid name received {other}", "B1|x|2026-03-01 10:00|L1")
        assert "lot" in record[UNREAD]
    (record,), _ = read(BIDS, "bid name received nam", "B1|x|2026-03-01 10:00|L1")
    assert "lot" not in record[UNREAD]


def test_unknown_columns_are_refused_and_the_users_own_are_not():
    _, found = read(MARKS, "bid criterion evaluator mark x_note marke")
    assert [(f.code, f.value) for f in found] == [("marks.column_unknown", "marke")]


def test_two_rows_of_one_key_are_refused_whatever_their_case():
    _, (finding,) = read(MARKS, "bid criterion evaluator mark", "B1|plan|E1|3", "b1|PLAN|ｅ１|4")
    assert (finding.code, finding.rows, finding.facts["first"]) == ("marks.duplicate", (3,), 2)


def test_a_mark_without_round_is_the_independent_one():
    header = "bid criterion evaluator mark round"
    _, found = read(MARKS, header, "B1|p|E1|3|", "B1|p|E1|4|independent", "B1|p|E1|5|moderated")
    assert [(f.code, f.rows) for f in found] == [("marks.duplicate", (3,))]


def test_rows_without_their_key_are_blank_and_not_duplicates_too():
    _, found = read(EVALUATORS, "evaluator name", "|First", "|Second")
    assert codes(found) == ["evaluators.evaluator.blank"]


def test_notes_on_one_case_may_repeat_rulings_and_draws_may_not():
    header = "bid case ruling by on reason"
    note = "B|price.adjustment|note|x|2026-01-01|y"
    assert not read(RULINGS, header, note, note)[1]
    for row in ("B|price.adjustment|accept|x|2026-01-01|y", "B|draw|note|x|2026-01-01|y"):
        assert codes(read(RULINGS, header, row, row)[1]) == ["rulings.duplicate"]


def test_dates_and_choices_are_read_in_any_width_and_case():
    (record,), found = read(RULINGS, "bid case ruling by on reason", "B|c|ＡCCEPT|x|2026年3月1日|y")
    assert not found
    assert (record["ruling"], record["on"]) == ("accept", date(2026, 3, 1))
