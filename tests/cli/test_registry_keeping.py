"""The commands that keep a store: in and out, backup, verification, rules, contents."""

from __future__ import annotations

import json
import sqlite3

import pytest

from supplier_eval.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SUPPLIER_EVAL_REGISTRY", str(tmp_path / "store.sqlite"))
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main(["registry", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    assert asked("init", "--actor", "ann")[0] == 0
    assert asked("add", "supplier", "id=S1", "name==1+1", "categories=ITO", "--actor", "ann")[0] == 0
    return asked


def test_a_table_is_added_whole_or_not_at_all(run, tmp_path):
    (tmp_path / "certificate.csv").write_text("id,supplier,name\nC1,S1,ISO\nC2,S1,\n", encoding="utf-8")
    code, _, err = run("import", "certificate.csv")
    assert code == 1
    assert "row 3" in err
    (tmp_path / "certificate.csv").write_text("id,supplier,name\nC1,S1,ISO\nC2,S1,CMMI\n", encoding="utf-8")
    assert run("import", "certificate.csv")[:2] == (0, "2\n")
    assert run("import", "certificate.csv", "--decimal", ";")[0] == 2


def test_an_export_makes_an_equal_store(run, tmp_path):
    run("attach", "store.sqlite", "--data-class", "internal")
    code, out, err = run("export", "out")
    assert (code, out.strip()) == (0, "out")
    anchor = run("anchor")[1].strip()
    assert anchor in err
    again = ("--store", str(tmp_path / "again.sqlite"))
    assert run("import", "out", *again)[:2] == (0, f"{anchor}\n")
    assert run("verify", "--anchor", anchor, *again)[0] == 0
    assert run("show", "supplier", "S1", *again)[1] == run("show", "supplier", "S1")[1]
    assert run("export", "out")[0] == 1


def test_records_leave_as_a_workbook_and_come_back(run, tmp_path):
    assert run("export", "out.xlsx", "--kind", "supplier")[:2] == (0, "out.xlsx\n")
    run("init", "--store", "b.sqlite")
    assert run("import", "out.xlsx", "--store", "b.sqlite")[:2] == (0, "1\n")
    found = json.loads(run("show", "supplier", "S1", "--store", "b.sqlite", "--format", "json")[1])
    assert found["fields"]["name"] == "=1+1"
    assert run("export", "folder", "--kind", "supplier")[0] == 2


def test_a_backup_is_made_restored_and_equal(run, tmp_path):
    assert run("backup", "kept")[0] == 0
    assert run("backup", "kept")[0] == 1
    assert run("restore", "kept", "--store", "again.sqlite")[0] == 0
    assert run("anchor", "--store", "again.sqlite")[1] == run("anchor")[1]
    assert run("upgrade", "before", "--lang", "zh")[0] == 0
    assert run("upgrade")[0] == 0
    assert (tmp_path / "store.sqlite.before-upgrade").exists()
    assert run("upgrade", "--store", "postgresql+psycopg://host/x")[0] == 2


def test_a_backup_that_was_tampered_with_is_restored_with_a_warning(run, tmp_path):
    assert run("backup", "kept")[0] == 0
    with sqlite3.connect(tmp_path / "kept") as past:
        past.execute("UPDATE supplier SET _state = 'active'")
    past.close()
    code, out, _ = run("restore", "kept", "--store", "again.sqlite")
    assert code == 1
    assert "audit.record_differs" in out
    assert (tmp_path / "again.sqlite").exists()


def test_verify_tells_what_is_wrong_and_exits_with_1(run, tmp_path):
    code, out, _ = run("verify", "--format", "json")
    assert code == 0
    assert json.loads(out)["sound"]
    with sqlite3.connect(tmp_path / "store.sqlite") as past:
        past.execute("UPDATE supplier SET name = 'other'")
    past.close()
    code, out, _ = run("verify", "--lang", "zh")
    assert code == 1
    assert "audit.record_differs" in out
    found = json.loads(run("verify", "--format", "json")[1])
    assert [one["code"] for one in found["findings"]] == ["audit.record_differs"]
    assert run("verify", "--anchor", "nonsense")[0] == 1


def test_rules_are_printed_and_changed_only_if_they_hold_together(run, tmp_path):
    code, text, _ = run("rules")
    assert code == 0
    (tmp_path / "new.toml").write_text(text.replace("witnesses = 2", "witnesses = 3"), encoding="utf-8")
    assert "witnesses = 3" in run("rules", "--set", "new.toml", "--actor", "chen")[1]
    (tmp_path / "bad.toml").write_text("witnesses = [", encoding="utf-8")
    assert run("rules", "--set", "bad.toml")[0] == 1
    assert "witnesses = 3" in run("rules")[1]
    assert run("verify")[0] == 0


def test_a_content_comes_back_into_a_file_that_is_not_there_yet(run, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"\x00\xff")
    digest = run("attach", "a.pdf", "--data-class", "internal")[1].strip()
    assert run("content", digest, "--out", "b.pdf")[0] == 0
    assert (tmp_path / "b.pdf").read_bytes() == b"\x00\xff"
    assert run("content", digest, "--out", "b.pdf")[0] == 1
    assert run("content", "sha256:none", "--out", "c.pdf")[0] == 1
