"""Files that bear the name of the release."""

from __future__ import annotations

from intake.made_releases import small, write
from supplier_eval.intake.ocds_beside import complete, joined, read_beside
from supplier_eval.intake.raw_table import RawTable


def found(path):
    return [(f.code, f.value) for f in read_beside(path).findings]


def test_tables_and_notice_beside_the_file_are_read(tmp_path):
    path = write(tmp_path, small(), beside=())
    (tmp_path / "payroll.marks.csv").write_text("bid,mark\nB1,3\n", encoding="utf-8")
    (tmp_path / "payroll.tender.toml").write_text('category = "BPO"\n', encoding="utf-8")
    beside = read_beside(path)
    assert beside.notice == {"category": "BPO"}
    assert beside.tables["marks"].rows == (("B1", "3"),)
    assert beside.findings == []


def test_files_of_other_names_are_not_looked_at(tmp_path):
    path = write(tmp_path, small(), beside=())
    for name in ("marks.csv", "other.marks.csv", "payroll.2.marks.csv", "payroll.x_notes.csv", "payroll.policy.toml"):
        (tmp_path / name).write_text("?", encoding="utf-8")
    beside = read_beside(path)
    assert not beside.tables
    assert not beside.findings


def test_a_misspelled_table_is_a_finding_and_not_passed_over(tmp_path):
    path = write(tmp_path, small(), beside=())
    (tmp_path / "payroll.ruling.csv").write_text("bid\nB1\n", encoding="utf-8")
    (finding,) = read_beside(path).findings
    assert (finding.code, finding.facts["near"]) == ("tender.tables.unknown", "rulings")


def test_bids_and_prices_come_from_the_release_only(tmp_path):
    path = write(tmp_path, small(), beside=())
    for name in ("bids", "prices"):
        (tmp_path / f"payroll.{name}.csv").write_text("bid\nB1\n", encoding="utf-8")
    assert found(path) == [("tender.tables.twice", "payroll.bids.csv"), ("tender.tables.twice", "payroll.prices.csv")]


def test_a_table_in_two_formats_and_a_workbook_are_findings(tmp_path):
    path = write(tmp_path, small(), beside=())
    for name in ("marks.csv", "marks.tsv", "past.xlsx"):
        (tmp_path / f"payroll.{name}").write_text("bid\nB1\n", encoding="utf-8")
    assert found(path) == [("tender.tables.twice", "payroll.marks.tsv"), ("tender.tables.ending", "payroll.past.xlsx")]


def test_a_broken_toml_is_a_finding(tmp_path):
    path = write(tmp_path, small(), beside=())
    (tmp_path / "payroll.tender.toml").write_text("policy = ", encoding="utf-8")
    assert [code for code, _ in found(path)] == ["tender.file.not_toml"]


def test_the_default_policy_is_named_only_where_none_is():
    assert complete({"id": "o"}, {})[0] == {"id": "o", "policy": "profile:service-outsourcing"}
    assert complete({"id": "o"}, {"policy": "p.toml"})[0]["policy"] == "p.toml"


def test_a_key_in_both_places_is_a_finding_even_where_they_agree():
    whole, findings = complete({"id": "o"}, {"id": "o", "category": "BPO"})
    assert whole["category"] == "BPO"
    assert [(f.code, f.column) for f in findings] == [("ocds.beside.twice", "id")]


def test_a_lot_takes_its_ceiling_by_id():
    lots = [{"id": "N", "name": {"en": "North"}}, {"id": "S"}]
    whole, findings = complete({"lots": lots}, {"lots": [{"id": "S", "ceiling": 5}]})
    assert whole["lots"] == [{"id": "N", "name": {"en": "North"}}, {"id": "S", "ceiling": 5}]
    assert findings == []
    assert lots[1] == {"id": "S"}


def test_a_lot_that_the_release_does_not_have_is_a_finding():
    added = {"lots": [{"id": "W", "ceiling": 5}, {"ceiling": 1}, 7, {"id": "N", "name": "x"}]}
    _, findings = complete({"lots": [{"id": "N", "name": {"en": "North"}}]}, added)
    assert [f.code for f in findings] == ["ocds.beside.lot_unknown"] * 3 + ["ocds.beside.twice"]
    assert findings[-1].column == "lots[N].name"


def test_lots_of_a_release_without_lots_are_taken_as_they_are():
    assert complete({}, {"lots": [{"id": "1", "ceiling": 9}]})[0]["lots"] == [{"id": "1", "ceiling": 9}]


def test_joined_tables_keep_every_row_and_column():
    one = RawTable("rulings", "a.json", ("bid", "case"), (("B1", "draw"),), (3,))
    two = RawTable("rulings", "a.csv", ("case", "value"), (("draw", "1"),), (2,))
    both = joined(one, two)
    assert both.columns == ("bid", "case", "value")
    assert both.rows == (("B1", "draw", ""), ("", "draw", "1"))
    assert both.row_numbers == (3, 2)
