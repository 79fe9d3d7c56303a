"""The commands of the registry from an empty folder on: records, moves, questions, exit codes."""

from __future__ import annotations

import json

import pytest

from supplier_eval.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run ``registry ...`` on a store of its own; gives exit code, stdout and stderr."""
    monkeypatch.setenv("SUPPLIER_EVAL_REGISTRY", str(tmp_path / "store.sqlite"))
    monkeypatch.chdir(tmp_path)

    def asked(*arguments: str) -> tuple[int, str, str]:
        code = main(["registry", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return asked


@pytest.fixture
def begun(run):
    assert run("init", "--actor", "ann")[0] == 0
    assert run("add", "supplier", "id=S1", "name=Acme Ltd", "categories=ITO; BPO", "--actor", "ann")[0] == 0
    return run


def test_a_record_is_added_changed_moved_and_shown(begun):
    code, out, _ = begun("edit", "supplier", "s1", "phone=+86 21", "categories=", "--format", "json", "--actor", "bo")
    found = json.loads(out)
    assert (code, found["version"], found["changed_by"]) == (0, 2, "bo")
    assert (found["fields"]["phone"], found["fields"]["categories"]) == ("+86 21", [])
    assert "approve" in found["events"]
    decided = ("reason=fraud", "decided_by=chen", "decided_on=2026-11-01")
    code, out, _ = begun("move", "supplier", "S1", "bar", *decided, "--lang", "zh")
    assert code == 0
    assert "状态: 已禁入" in out
    assert "state: barred" in begun("show", "supplier", "S1")[1]


def test_what_is_refused_is_said_all_at_once_and_exits_with_1(begun):
    code, out, err = begun("move", "supplier", "S1", "approve")
    assert (code, out) == (1, "")
    assert err.count(".needed]") >= 3
    code, _, err = begun("add", "supplier", "id=S2", "name=", "founded_on=3/4/2026", "--lang", "zh")
    assert code == 1
    assert "请先写年份" in err
    assert begun("show", "supplier", "S9")[0] == 1
    assert begun("show", "suplier", "S1")[0] == 1
    assert begun("edit", "supplier", "S1", "colour=red")[0] == 1


def test_a_version_that_moved_on_is_a_conflict(begun):
    begun("edit", "supplier", "S1", "phone=1", "--actor", "bo")
    code, _, err = begun("edit", "supplier", "S1", "phone=2", "--version", "1")
    assert code == 1
    assert "bo" in err
    assert "phone" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("edit", "supplier", "S1"),
        ("edit", "supplier", "S1", "phone"),
        ("edit", "supplier", "S1", "phone=1", "phone=2"),
        ("due", "--until", "3/4/2026"),
        ("find",),
        ("nothing",),
    ],
)
def test_what_cannot_be_meant_exits_with_2(begun, arguments):
    assert begun(*arguments)[0] == 2


def test_records_are_found_and_told_as_table_or_json(begun):
    code, out, _ = begun("find", "supplier", "--prefix", "name=Ac", "--lang", "zh")
    assert code == 0
    assert "供应商：找到 1 条。" in out
    assert "Acme Ltd" in out
    _, out, _ = begun("find", "supplier", "--contains", "name=LTD", "--state", "candidate", "--format", "json")
    assert [one["fields"]["id"] for one in json.loads(out)["records"]] == ["S1"]
    _, out, _ = begun("find", "supplier", "--where", "name=nobody", "--format", "json")
    assert json.loads(out) == {"kind": "supplier", "records": [], "more": False}


def test_what_falls_due_is_listed_and_written_as_a_page(begun, tmp_path):
    begun("add", "certificate", "id=C1", "supplier=S1", "name=ISO", "valid_until=2020-01-31")
    code, out, err = begun("due", "--days", "0", "--out", str(tmp_path / "out"))
    assert code == 0
    assert ": 1; of this, due before" in out
    assert "due.html" in err
    assert (tmp_path / "out" / "due.html").read_text(encoding="utf-8").count("C1") == 1
    _, out, _ = begun("due", "--until", "2019-12-31", "--kind", "certificate", "--format", "json")
    assert json.loads(out)["items"] == []


def test_history_tells_every_change(begun):
    begun("edit", "supplier", "S1", "name=Acme plc")
    _, out, _ = begun("history", "supplier", "S1", "--format", "json")
    last = json.loads(out)["lines"][-1]
    assert last["changed"] == [["name", "Acme Ltd", "Acme plc"]]
    assert "Acme plc" in begun("history", "supplier", "S1")[1]


def test_a_store_that_is_there_is_not_made_again_and_an_absent_one_is_named(begun, tmp_path):
    assert begun("init")[0] == 1
    code, _, err = begun("show", "supplier", "S1", "--store", str(tmp_path / "absent"))
    assert code == 1
    assert "absent" in err


@pytest.mark.parametrize("text", ["=1+1", "'; DROP TABLE supplier; --", "<script>", "../../etc/passwd", "a=b=c", " x "])
def test_hostile_text_is_kept_as_it_stands(begun, text):
    code, out, _ = begun("edit", "supplier", "S1", f"name={text}", "--format", "json")
    assert code == 0
    assert json.loads(out)["fields"]["name"] == text


def test_a_nul_is_refused(begun):
    code, _, err = begun("edit", "supplier", "S1", "name=a\x00b")
    assert code == 1
    assert "supplier.name.nul" in err
