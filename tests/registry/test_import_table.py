"""Tables that people bring: typed cells, all findings with their rows, nothing written where anything is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.intake.raw_table import RawTable
from supplier_eval.registry.catalogue import kind_named
from supplier_eval.registry.cell_text import EXACT, CellReading
from supplier_eval.registry.import_table import import_file, records_of

SUPPLIER = kind_named("supplier")


def table(columns, *rows, name="supplier"):
    return RawTable(name, f"{name}.csv", tuple(columns), tuple(rows), tuple(range(2, 2 + len(rows))))


def codes(read):
    return [(finding.code, finding.rows) for finding in read.findings]


def test_cells_are_read_by_what_their_fields_hold():
    contract = kind_named("contract")
    raw = table(
        ("id", "supplier", "title", "owner", "value", "payment_days", "starts_on", "amended_by", "x_note"),
        ("C1", "A", "Cleaning", "ann", "1234567.8", "30", "2026/3/1", "K1; K2", "ours"),
        name="contract",
    )
    read = records_of(raw, contract, CellReading(decimal="."))
    assert not read.findings
    (made,) = read.records
    assert (made.value, made.payment_days, made.starts_on) == (Decimal("1234567.8"), 30, date(2026, 3, 1))
    assert made.amended_by == ("K1", "K2")
    assert read.rows == (2,)


def test_every_finding_comes_at_once_with_its_rows():
    raw = table(
        ("id", "name", "founded_on", "colour", "state"),
        ("A", "Ann", "3/4/2026", "red", "active"),
        ("B", "", "2026-01-01", "", ""),
        ("a", "Anna", "5/6/2026", "", ""),
        ("C", "two\nlines", "", "", ""),
    )
    read = records_of(raw, SUPPLIER, CellReading())
    found = dict(codes(read))
    assert found["supplier.column_strange"] == (1,)
    assert found["registry.import.kept_by_store"] == (1,)
    assert [rows for code, rows in codes(read) if code == "supplier.founded_on.two_readings"] == [(2,), (4,)]
    assert any(code.startswith("supplier.name.") and rows == (3,) for code, rows in codes(read))
    assert found["supplier.name.several_lines"] == (5,)
    for finding in read.findings:
        for lang in ("en", "zh"):
            assert finding.say(lang)
            assert finding.advise(lang)


def test_an_id_that_stands_twice_is_named_whatever_its_case():
    read = records_of(table(("id", "name"), ("A1", "x"), ("ａ1", "y")), SUPPLIER, CellReading())
    assert codes(read) == [("registry.import.row_twice", (3,))]
    assert read.findings[0].facts["first"] == 2


def test_a_column_that_is_needed_is_asked_for():
    read = records_of(table(("id", "nme"), ("A1", "x")), SUPPLIER, CellReading())
    assert codes(read) == [("supplier.column_unknown", (1,)), ("supplier.name.column_missing", (1,))]


def test_an_export_may_hold_what_the_store_keeps():
    raw = table(("id", "name", "state", "version"), ("A1", "x", "active", "3"))
    assert not records_of(raw, SUPPLIER, EXACT, kept=True).findings
    assert records_of(raw, SUPPLIER, EXACT).findings


HOSTILE = (
    '=HYPERLINK("http://x")',
    "+1-1",
    "-2+3",
    "@SUM(1)",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\u202egnp.exe",
    "'; DROP TABLE supplier; --",
    "{{7*7}}",
    " spaces ",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_taken_as_it_stands(tmp_path, registry, text):
    written = text.replace('"', '""')
    (tmp_path / "supplier.csv").write_text(f'id,name\nA1,"{written}"\n', encoding="utf-8", newline="")
    assert import_file(registry, tmp_path / "supplier.csv") == 1
    assert registry.get("supplier", "A1").name == text


def test_a_text_of_forty_thousand_letters_is_taken_and_a_longer_one_refused(tmp_path, registry):
    (tmp_path / "supplier.csv").write_text(f"id,name,notes\nA1,x,{'y' * 40_000}\n", encoding="utf-8")
    assert import_file(registry, tmp_path / "supplier.csv") == 1
    assert len(registry.get("supplier", "A1").notes) == 40_000
    (tmp_path / "supplier.csv").write_text(f"id,name,notes\nA2,x,{'y' * 40_001}\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="notes"):
        import_file(registry, tmp_path / "supplier.csv")


def test_nothing_is_written_where_one_row_is_wrong(tmp_path, registry):
    (tmp_path / "supplier.csv").write_text("id,name\nA1,x\nA2,\n", encoding="utf-8")
    with pytest.raises(InvalidInput):
        import_file(registry, tmp_path / "supplier.csv")
    assert registry.where("supplier") == ()


def test_nothing_is_written_where_the_store_refuses_one_record(tmp_path, registry):
    text = "id,supplier,name\nC1,A1,iso\nC2,nobody,iso\n"
    (tmp_path / "supplier.csv").write_text("id,name\nA1,x\n", encoding="utf-8")
    (tmp_path / "certificate.csv").write_text(text, encoding="utf-8")
    import_file(registry, tmp_path / "supplier.csv")
    with pytest.raises(InvalidInput, match=r"certificate\.supplier, row 3.*nobody"):
        import_file(registry, tmp_path / "certificate.csv")
    assert registry.where("certificate") == ()


def test_a_file_of_no_kind_and_an_empty_one_are_refused(tmp_path, registry):
    (tmp_path / "people.csv").write_text("id,name\nA1,x\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"registry\.import\.no_kind"):
        import_file(registry, tmp_path / "people.csv")
    assert import_file(registry, tmp_path / "people.csv", "supplier") == 1
    (tmp_path / "supplier.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"registry\.import\.nothing"):
        import_file(registry, tmp_path / "supplier.csv")


def test_columns_may_bear_the_words_of_the_fields_in_either_language():
    read = records_of(table(("编号", "名称", "服务类别"), ("S1", "甲", "ITO")), SUPPLIER, EXACT)
    assert not read.findings, read.findings
    assert (read.records[0].id, read.records[0].name) == ("S1", "甲")


def test_words_do_not_stand_beside_the_field_that_they_mean():
    told = records_of(table(("id", "name", "名称"), ("S1", "A", "B")), SUPPLIER, EXACT).findings
    assert [found.code for found in told] == ["supplier.column_strange"]
    assert "Did you mean" not in told[0].advise("en")
