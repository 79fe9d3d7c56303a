"""``template``: a tender to be filled in, from the command line."""

from __future__ import annotations

import pytest

from supplier_eval.cli import main


def test_the_command_writes_a_folder_that_check_reads(tmp_path, capsys):
    ids = ["--bids", "BT-1, BT-2", "--lots", "L1，L2", "--evaluators", "E1,E2,E3"]
    assert main(["template", "profile:uk-relative", "--out", str(tmp_path / "T"), "--category", "KPO", *ids]) == 0
    assert str(tmp_path / "T" / "marks.csv") in capsys.readouterr().out.splitlines()
    marks = (tmp_path / "T" / "marks.csv").read_text(encoding="utf-8").splitlines()
    assert marks[0].startswith("bid,criterion,evaluator,mark")
    assert sum(line.startswith("BT-2,team,") for line in marks) == 3
    assert main(["check", str(tmp_path / "T")]) == 1
    assert "[marks.mark.blank]" in capsys.readouterr().out


def test_a_policy_file_and_a_workbook(tmp_path, capsys):
    policy = tmp_path / "policy.toml"
    policy.write_text('base = "lpta"\nname = "mine"\n', encoding="utf-8")
    assert main(["template", str(policy), "--out", str(tmp_path / "T"), "--xlsx", "--lang", "zh"]) == 0
    assert sorted(file.name for file in (tmp_path / "T").iterdir()) == ["README.md", "policy.toml", "tender.xlsx"]
    assert "填写说明" in (tmp_path / "T" / "README.md").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", str(tmp_path / "T" / "tender.xlsx")]) == 1
    assert "bids.empty" in capsys.readouterr().out


@pytest.mark.parametrize("xlsx", [[], ["--xlsx"]])
def test_what_is_refused_is_said_in_the_language_asked_for(tmp_path, capsys, xlsx):
    (tmp_path / "mine").write_text("", encoding="utf-8")
    given = ["template", "profile:service-outsourcing", "--out", str(tmp_path), "--lang", "zh", *xlsx]
    assert main(given) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "不会被覆盖" in said.err and "--category ITO" in said.err


def test_a_folder_must_be_named(capsys):
    assert main(["template", "profile:lpta"]) == 2
    assert "--out" in capsys.readouterr().err
