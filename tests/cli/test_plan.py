"""The command `plan`: answers in order, one JSON document, the report, refusals with everything."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from supplier_eval.cli import main

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "needs"
FEW = ("--draws", "400")


def test_every_answer_is_printed_under_its_heading(capsys):
    assert main(["plan", str(SAMPLE), *FEW]) == 0
    captured = capsys.readouterr()
    at = [captured.out.index(head) for head in ("Needs\n", "Costs of the options", "Comparison of the options")]
    assert at == sorted(at)
    assert "binding" in captured.out and captured.err == ""


def test_json_is_one_document_and_the_files_hold_the_same(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["plan", str(SAMPLE), *FEW, "--seed", "4", "--out", str(out), "--format", "json", "--lang", "zh"]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out, parse_constant=pytest.fail)
    assert json.loads((out / "plan.json").read_text("utf-8")) == document
    assert document["costs"]["seed"] == 4
    assert "需求分析报告" in (out / "needs.html").read_text("utf-8")
    assert "needs.html" in captured.err and "plan.json" in captured.err


def test_warnings_go_to_the_other_stream(tmp_path, capsys):
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "needs"))
    (folder / "letters.csv").write_text("a\n1\n", "utf-8")
    assert main(["plan", str(folder), *FEW, "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert "letters.csv" in captured.err
    assert len(json.loads(captured.out)["warnings"]) == 1


def test_a_refusal_says_everything_and_ends_with_one(tmp_path, capsys):
    assert main(["plan", str(tmp_path / "nowhere")]) == 1
    assert "docs/planning.md" in capsys.readouterr().err
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "needs"))
    (folder / "need_marks.csv").unlink()
    (folder / "volumes.csv").unlink()
    assert main(["plan", str(folder), "--lang", "zh"]) == 1
    captured = capsys.readouterr()
    assert captured.out == "" and "need_marks" in captured.err and "tickets" in captured.err
    assert main(["plan", str(SAMPLE), "--draws", "5"]) != 0
