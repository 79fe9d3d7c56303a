"""Where a tender comes from: folder or workbook, which files count, what seals them."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
import xlsxwriter

from supplier_eval.intake.raw_table import RawTable
from supplier_eval.intake.source import notice_digest, read_source, table_digest
from tender_folder import mini


def codes(source) -> list[str]:
    return [f.code for f in source.findings]


def book(path, sheets: dict[str, list[list[str]]]):
    workbook = xlsxwriter.Workbook(path)
    for name, rows in sheets.items():
        sheet = workbook.add_worksheet(name)
        for r, row in enumerate(rows):
            sheet.write_row(r, 0, row)
    workbook.close()
    return path


HEAD = [["key", "value"], ["id", "t"], ["title", "T"], ["policy", "policy.toml"]]


def test_a_folder_gives_notice_and_tables_and_keeps_prices_apart(tmp_path):
    source = read_source(mini(tmp_path))
    assert source.notice["id"] == "mini"
    assert set(source.tables) == {"bids", "requirements", "evaluators", "marks", "rulings"}
    assert source.findings == []
    table, found = source.prices()
    assert len(table) == 6 and found == []


def test_what_is_no_tender_is_none(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    assert read_source(tmp_path / "notes.txt") is None
    assert read_source(tmp_path / "nothing") is None


def test_toml_figures_are_exact(tmp_path):
    source = read_source(mini(tmp_path, tender=("volume = 100", "volume = 0.1")))
    assert source.notice["items"][0]["volume"] == Decimal("0.1")


@pytest.mark.parametrize(
    "text",
    ["x = [" * 5000, "x = " + "9" * 5000, "x = 1e99999999999999999999", 'x = "\\ud800"', "\x00", "a = 1\na = 2"],
    ids=["deep", "long integer", "huge exponent", "half a character", "nul", "key twice"],
)
def test_a_broken_notice_is_a_finding_and_never_a_traceback(tmp_path, text):
    source = read_source(mini(tmp_path, {"tender.toml": text}))
    assert source.notice is None
    assert codes(source) == ["tender.file.not_toml"]
    assert source.tables


def test_a_notice_of_more_than_a_megabyte_is_not_read(tmp_path):
    source = read_source(mini(tmp_path, {"tender.toml": "#" * 1_000_001}))
    assert codes(source) == ["tender.file.too_large"]


def test_files_of_other_names_are_refused_hidden_ones_and_the_users_own_are_not(tmp_path):
    more = {
        "mark.csv": "a",
        ".bids.csv": "a",
        "~$marks.csv": "a",
        "x_notes.csv": "a",
        "readme.md": "a",
        "scan.pdf": "a",
    }
    source = read_source(mini(tmp_path, more))
    (finding,) = source.findings
    assert (finding.code, finding.value, finding.facts["near"]) == ("tender.tables.unknown", "mark.csv", "marks")


@pytest.mark.parametrize("name", ["rulings.xlsx", "RULINGS.XLS", "past.ods", "marks.txt"])
def test_a_table_in_a_format_that_is_not_read_is_not_passed_over(tmp_path, name):
    assert codes(read_source(mini(tmp_path, {name: "x"}))) == ["tender.tables.ending"]


def test_a_folder_called_like_a_table_is_a_finding(tmp_path):
    folder = mini(tmp_path, {"marks.csv": None, "prices.csv": None})
    (folder / "marks.csv").mkdir()
    (folder / "prices.csv").mkdir()
    source = read_source(folder)
    assert codes(source) == ["files.directory"]
    assert [f.code for f in source.prices()[1]] == ["files.directory"]


def test_prices_that_changed_after_the_tender_was_read_are_not_opened(tmp_path):
    folder = mini(tmp_path)
    source = read_source(folder)
    (folder / "prices.csv").write_text("bid,item,unit_price\nB1,hour,1\n")
    table, (finding,) = source.prices()
    assert table is None
    assert finding.code == "prices.file.changed"


def test_a_declared_encoding_is_used_for_every_table(tmp_path):
    text = "bid,name,received\nB1,Müller,2026-03-01T10:00Z\n".encode("cp1252")
    folder = mini(tmp_path, {"bids.csv": text}, tender=("currency", 'encoding = "cp1252"\ncurrency'))
    source = read_source(folder)
    assert source.tables["bids"].cells("name") == ("Müller",)


def test_a_workbook_gives_notice_lots_items_and_tables(tmp_path):
    sheets = {
        "tender": [*HEAD, ["title.zh", "招标"], ["channels", "site; 平台"], ["drawn.k", "0.97"], ["x_note", "mine"]],
        "lots": [["id", "name.en", "name.zh", "ceiling", "x_own"], ["A", "Desk", "服务台", "100", "?"]],
        "items": [["id", "lot", "volume"], ["hour", "A", "12"]],
        "Bids": [["bid", "name"], ["B1", "x"]],
        "prices": [["bid", "item", "amount"], ["B1", "total", "5"]],
        "x_scratch": [["anything", "at all"], ["1", "2"]],
    }
    source = read_source(book(tmp_path / "t.xlsx", sheets))
    assert source.findings == []
    assert source.notice == {
        "id": "t",
        "title": {"en": "T", "zh": "招标"},
        "policy": "policy.toml",
        "channels": ["site", "平台"],
        "drawn": {"k": "0.97"},
        "lots": [{"id": "A", "name": {"en": "Desk", "zh": "服务台"}, "ceiling": "100"}],
        "items": [{"id": "hour", "lot": "A", "volume": "12"}],
    }
    assert set(source.tables) == {"bids"}
    assert source.prices()[0].cells("amount") == ("5",)


def test_a_title_may_stand_before_or_after_its_translation(tmp_path):
    rows = [["key", "value"], ["title.zh", "招标"], ["title", "T"]]
    source = read_source(book(tmp_path / "t.xlsx", {"tender": rows, "bids": [["bid"], ["B1"]]}))
    assert source.notice["title"] == {"en": "T", "zh": "招标"}


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"bids": [["bid"], ["B1"]]}, "tender.sheet.missing"),
        ({"tender": [["name", "value"], ["id", "t"]]}, "tender.sheet.key_value"),
        ({"tender": [*HEAD, ["id", "u"]]}, "tender.key.duplicate"),
        ({"tender": HEAD, "mark": [["bid"], ["B1"]]}, "tender.tables.unknown"),
        ({"tender": HEAD, "marks": [["bid"], ["B1"]], "marks ": [["bid"], ["B2"]]}, "files.xlsx.damaged"),
    ],
)
def test_what_is_wrong_with_a_workbook_is_a_finding(tmp_path, sheets, code):
    assert codes(read_source(book(tmp_path / "t.xlsx", sheets))) == [code]


def test_findings_about_the_price_sheet_stay_sealed_with_it(tmp_path):
    sheets = {"tender": HEAD, "prices": [["bid", "bid"], ["B1", "B2"]]}
    source = read_source(book(tmp_path / "t.xlsx", sheets))
    assert source.findings == []
    table, found = source.prices()
    assert table is None and [f.code for f in found] == ["files.header.duplicate"]


def test_digests_do_not_depend_on_order_and_follow_every_cell():
    one = RawTable("t", "s", ("a", "b"), (("1", "2"), ("3", "4")), (2, 3))
    same = RawTable("t", "other", ("b", "a"), (("4", "3"), ("2", "1")), (2, 3))
    shifted = RawTable("t", "s", ("a", "b"), (("12", ""), ("3", "4")), (2, 3))
    assert table_digest(one) == table_digest(same) != table_digest(shifted)
    assert notice_digest({"a": 1, "b": {"c": 2, "d": 3}}) == notice_digest({"b": {"d": 3, "c": 2}, "a": 1})
    assert notice_digest({"a": 1}) != notice_digest({"a": 2})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_called_like_a_table_does_not_hang(tmp_path):
    folder = mini(tmp_path, {"marks.csv": None})
    os.mkfifo(folder / "marks.csv")
    assert codes(read_source(folder)) == ["files.not_regular"]
