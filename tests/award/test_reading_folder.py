"""A folder of tables, as spreadsheets write them; what nobody would read is refused."""

from __future__ import annotations

import shutil
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from supplier_eval.award.reading import read_problem
from supplier_eval.award.reading_folder import given_by_folder
from supplier_eval.errors import InvalidInput

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "award-regions"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(SAMPLE, tmp_path / "award"))


def codes(folder):
    _, found = given_by_folder(folder)
    assert all(f.line("en") and f.line("zh") and "{" not in f.line("en") + f.line("zh") for f in found)
    return [f.code for f in found]


def refused(folder):
    with pytest.raises(InvalidInput) as error:
        read_problem(folder)
    return [(f.code, f.table, f.column, f.rows) for f in error.value.findings]


def test_the_sample_is_read_as_its_readme_says():
    problem = read_problem(SAMPLE)
    counts = [len(part) for part in (problem.lots, problem.suppliers, problem.bids, problem.bundles, problem.rules)]
    assert counts == [6, 6, 20, 1, 5]
    assert {lot.region for lot in problem.lots.values()} == {"north", "central", "south"}
    assert [name for name, lot in problem.lots.items() if lot.indivisible] == ["C2"]
    assert problem.lots["S1"].incumbent == "" and problem.lots["N1"].switching_cost == 4000
    assert problem.suppliers["LY"].tiers.discount == (0, Fraction(1, 50), Fraction(1, 25))
    assert problem.suppliers["MS"].attributes["small_business"] is True
    assert problem.bids["C1", "LY", "remote"].attributes == {"quality": Fraction(70)}
    assert problem.bids["C1", "LY", ""].attributes == {}
    assert problem.bids["S2", "BY", ""].base_cost(Fraction(700)) == 6300 + 194 * 700
    assert problem.bundles["BY-south"].lots == ("S1", "S2")
    assert [name for name, rule in problem.rules.items() if not rule.hard] == ["R3-small", "R5-dependence"]
    assert problem.suppliers_of(problem.rules["R3-small"]) == ("JT", "MS")
    assert problem.rules["R3-small"].clause == "§1.3.2"
    assert (problem.terms.grid, problem.terms.currency, problem.terms.cover) == (100, "CNY", "exactly")


def test_a_table_as_excel_in_china_writes_it_and_as_a_workbook_is_the_same_table(folder):
    before = read_problem(folder)
    suppliers = (folder / "suppliers.csv").read_text(encoding="utf-8")
    (folder / "suppliers.csv").write_bytes(suppliers.replace("\n", "\r\n").encode("gb18030"))
    rows = [line.split(",") for line in (folder / "bids.csv").read_text(encoding="utf-8").splitlines()]
    (folder / "bids.csv").unlink()
    with xlsxwriter.Workbook(folder / "bids.xlsx") as book:
        sheet = book.add_worksheet("bids")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    assert read_problem(folder).fingerprint == before.fingerprint


def test_the_order_of_rows_never_matters(folder):
    before = read_problem(folder)
    for table in folder.glob("*.csv"):
        head, *rows = table.read_text(encoding="utf-8").splitlines()
        table.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert read_problem(folder).fingerprint == before.fingerprint


def test_without_terms_and_suppliers_the_defaults_hold(tmp_path):
    (tmp_path / "lots.csv").write_text("id,demand\nL1,2\n", encoding="utf-8")
    (tmp_path / "bids.csv").write_text("lot,supplier,price\nL1,B,3\nL1,A,4\n", encoding="utf-8")
    problem = read_problem(tmp_path)
    assert list(problem.suppliers) == ["A", "B"] and problem.terms.goal.name == "cost" and not problem.rules


def test_files_and_keys_that_nobody_reads_are_refused(folder):
    (folder / "bundels.csv").write_text("id\n1\n", encoding="utf-8")
    (folder / "lots.tsv").write_text("id\n1\n", encoding="utf-8")
    (folder / "x_mine.csv").write_text("id\n1\n", encoding="utf-8")
    terms = (folder / "award.toml").read_text(encoding="utf-8")
    (folder / "award.toml").write_text('objektive = "cost"\n' + terms, encoding="utf-8")
    assert codes(folder) == ["award.key_unknown", "award.file_unknown", "award.file_twice"]


def test_missing_and_unreadable_files_are_named(folder):
    (folder / "bids.csv").unlink()
    (folder / "bundles.csv").unlink()
    (folder / "award.toml").write_text("objective = ", encoding="utf-8")
    assert codes(folder) == ["award.terms_not_toml", "award.file_missing"]
    (folder / "lots.csv").write_bytes(b"")
    given, found = given_by_folder(folder)
    assert given is None and "files.empty" in [f.code for f in found]


@pytest.mark.parametrize("line", ['decimal = ";"', 'decimal = ","\nthousands = ","', "decimal = 3"])
def test_marks_that_do_not_go_together_are_refused(folder, line):
    terms = (folder / "award.toml").read_text(encoding="utf-8").replace('decimal = "."', line)
    (folder / "award.toml").write_text(terms, encoding="utf-8")
    assert codes(folder) == ["award.marks"]


def test_an_encoding_that_is_no_name_is_refused(folder):
    terms = (folder / "award.toml").read_text(encoding="utf-8")
    (folder / "award.toml").write_text("encoding = 5\n" + terms, encoding="utf-8")
    assert codes(folder) == ["award.not_text"]


def test_findings_carry_the_rows_that_the_spreadsheet_shows(folder):
    bids = (folder / "bids.csv").read_text(encoding="utf-8")
    bids = bids.replace("N1,HX,,169.00", "N9,HX,,169.00").replace("C2,BY,,298.00", "C2,BY,,-298")
    (folder / "bids.csv").write_text(bids, encoding="utf-8")
    assert refused(folder) == [
        ("award.negative", "bids", "price", (13,)),
        ("award.unknown_lot", "bids", "lot", (3,)),
    ]
