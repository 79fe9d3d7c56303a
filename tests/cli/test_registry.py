"""The commands of the registry from an empty folder on: records, moves, questions, exit codes."""

from __future__ import annotations

import json
import re
import shlex
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from supplier_eval.cli import main
from supplier_eval.registry import store_asking

PAGE = Path(__file__).parents[2] / "docs" / "registry-walkthrough.md"
HEADING = re.compile(r"## (\d{4}-\d\d-\d\d \d\d:\d\d): .*?```sh\n(.*?)```", re.DOTALL)


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


@pytest.mark.parametrize("day", ["2027-13-45", "2026-02-30"])
def test_an_impossible_day_is_a_finding_wherever_it_is_given(begun, day):
    for asked in (
        ("add", "supplier", "id=S2", "name=B", f"founded_on={day}"),
        ("edit", "supplier", "S1", f"founded_on={day}"),
        ("find", "supplier", "--where", f"founded_on={day}"),
    ):
        code, _, err = begun(*asked)
        assert (code, "supplier.founded_on.not_a_date" in err) == (1, True), asked


def test_a_figure_with_marks_a_digest_of_nothing_and_a_state_that_is_not_say_what_to_do(begun):
    _, _, err = begun("add", "need", "id=N1", "estimated_value=1,234,567.89")
    assert "1234567.89" in err
    _, _, err = begun("add", "decision", "id=D1", "report=abc")
    assert "registry attach FILE" in err
    code, _, err = begun("find", "need", "--state", "lisetd")
    assert code == 1
    assert "Did you mean 'listed'" in err


def test_an_unknown_id_names_those_that_there_are_and_how_many(begun):
    for number in range(2, 30):
        begun("add", "supplier", f"id=S{number:02}", "name=B")
    _, _, err = begun("archive", "NOPE")
    assert "S02" in err
    assert "and 9 more" in err
    assert "S29" in begun("show", "supplier", "Z1")[2]


def test_moments_without_offset_are_the_house_s_and_a_complaint_gets_its_due_moments(begun):
    given = ("supplier=S1", "client=K", "channel=mail", "received_at=2026-11-29 09:30", "owner=li", "subject=late")
    code, out, _ = begun("add", "complaint", "id=C1", *given, "--format", "json")
    fields = json.loads(out)["fields"]
    assert code == 0
    assert fields["received_at"].startswith("2026-11-29T01:30")
    assert fields["respond_due"].startswith("2026-11-30T01:30")
    assert "(UTC+08:00)" in begun("history", "complaint", "C1")[1]
    assert "severity" in begun("find", "complaint")[1]
    assert "channel" not in begun("find", "complaint")[1]
    assert "channel" in begun("find", "complaint", "--all-fields")[1]


def test_a_final_state_is_said_to_be_final_and_kinds_say_what_fields_hold(begun):
    begun("add", "need", "id=N1", "department=IT", "category=ITO", "title=T", "owner=li", "next_review=2027-01-31")
    code, out, _ = begun("move", "need", "N1", "close", "closing_reason=bought elsewhere")
    assert code == 0, out
    assert "final" in out
    words = begun("kinds", "decision")[1]
    assert "digest" in words
    assert "money" in begun("kinds", "settlement")[1]
    assert "excluded" in begun("kinds", "settlement")[1]


def test_an_export_to_a_table_s_name_is_refused_with_what_to_do(begun, tmp_path):
    code, _, err = begun("export", "s.csv")
    assert (code, (tmp_path / "s.csv").exists()) == (2, False)
    assert ".xlsx" in err


def test_a_field_that_cannot_be_does_not_hide_those_that_were_not_given(begun):
    code, _, err = begun("move", "supplier", "S1", "approve", f"owner={'x' * 500}")
    assert code == 1
    assert "supplier.owner." in err
    assert "supplier.approved_by.needed" in err
    assert "supplier.owner.needed" not in err


def test_every_command_of_the_page_is_accepted_and_the_contract_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUPPLIER_EVAL_REGISTRY", str(tmp_path / "walk.sqlite"))
    monkeypatch.setenv("LOGNAME", "keeper")
    done = 0
    for written, commands in HEADING.findall(PAGE.read_text(encoding="utf-8")):
        moment = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        monkeypatch.setattr(store_asking, "machine_time", lambda moment=moment: moment)
        for line in commands.replace("\\\n", " ").splitlines():
            program, *arguments = shlex.split(line)
            assert program == "supplier-eval"
            assert main(arguments) == 0, f"{written} {line}\n{capsys.readouterr().err}"
            done += 1
    capsys.readouterr()
    assert done > 50
    assert main(["registry", "show", "contract", "C-1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "running"
    kept = ["registry", "backup", "kept.sqlite"]
    assert main(kept) == main(["registry", "restore", "kept.sqlite", "--store", "again.sqlite"]) == 0
    assert main(["registry", "verify", "--store", "again.sqlite"]) == 0
