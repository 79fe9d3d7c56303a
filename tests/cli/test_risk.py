"""The command `risk`: every answer in order, one JSON document, files, what is left out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from supplier_eval.cli import main

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "risks"
FEW = ("--years", "2000")


def test_every_answer_is_printed_under_its_question(capsys):
    assert main(["risk", str(SAMPLE), *FEW]) == 0
    captured = capsys.readouterr()
    heads = ("What may go wrong", "What is the matrix worth", "What may a year cost", "Which measures", "How risky")
    at = [captured.out.index(head) for head in heads]
    assert at == sorted(at)
    assert "not assessed" in captured.out
    assert "exploratory" in captured.out
    assert captured.err.count("\n") == 1 and "risk_folder.spend_strangers" in captured.err


def test_json_is_one_document_and_the_files_hold_the_same(tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["risk", str(SAMPLE), *FEW, "--out", str(out), "--format", "json", "--lang", "zh"]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out, parse_constant=pytest.fail)
    assert json.loads((out / "risk.json").read_text("utf-8")) == document
    assert (out / "risk_attribute.csv").read_text("utf-8").startswith("id,risk\n00123,")
    assert "仅供探讨" in (out / "risks.html").read_text("utf-8")
    assert "risk.json" in captured.err


def test_what_a_missing_table_leaves_out_is_printed(tmp_path, capsys):
    folder = Path(shutil.copytree(SAMPLE, tmp_path / "risks"))
    for name in ("risks", "ratings"):
        (folder / f"{name}.csv").unlink()
    assert main(["risk", str(folder), *FEW]) == 0
    assert "Left out: what may go wrong. Missing in the folder: risks, ratings." in capsys.readouterr().out


def test_a_refusal_says_everything_and_ends_with_one(tmp_path, capsys):
    assert main(["risk", str(tmp_path / "nowhere")]) == 1
    assert "docs/risk.md" in capsys.readouterr().err
    assert main(["risk", str(SAMPLE), "--as-of", "soon", "--lang", "zh"]) == 1
    assert "soon" in capsys.readouterr().err
    assert main(["risk", str(SAMPLE), "--years", "5"]) != 0
