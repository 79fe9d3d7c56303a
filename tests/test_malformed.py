"""Malformed tenders: the expected codes and no others, no traceback, no ranking (tests/fixtures/malformed)."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest

from supplier_eval.cli import main
from supplier_eval.errors import InvalidTender
from supplier_eval.intake.assemble import read_tender
from supplier_eval.procedure import check_tender, evaluate

FIXTURES = Path(__file__).parent / "fixtures"
MALFORMED = FIXTURES / "malformed"
CASES = list(csv.DictReader((MALFORMED / "cases.csv").read_text(encoding="utf-8").splitlines()))
NO_ROWS = ("tender.", "policy.", "files.")


def lay_out(case: dict[str, str], folder: Path) -> Path:
    """The valid tender with the case's files laid over it and its removed files taken away."""
    shutil.copytree(FIXTURES / "mini-tender", folder)
    for name in case["removed"].split():
        (folder / name).unlink()
    own = MALFORMED / case["case"]
    for file in own.iterdir() if own.exists() else ():
        shutil.copy(file, folder / file.name)
    return folder


@pytest.fixture(params=CASES, ids=[case["case"] for case in CASES])
def case(request):
    return request.param


def test_the_valid_tender_is_valid_and_a_bidder_called_na_is_kept():
    evaluation = evaluate(read_tender(FIXTURES / "mini-tender"))
    assert evaluation.standing == "binding"
    assert evaluation.ranking.order == ("B2", "B1", "B3")
    # B2: 50 · 62.5 + 20 · 70 + 30 · 80 = 69.25 of 100 for quality, lowest price: 0.6 · 69.25 + 40
    assert evaluation.ranking.total_of("B2") == pytest.approx(81.55)
    assert evaluation.tender.bids.loc["B1", "bidder"] == "NA"


def test_there_are_at_least_forty_cases_and_none_twice():
    names = [case["case"] for case in CASES]
    assert len(names) == len(set(names)) >= 40
    folders = {folder.name for folder in MALFORMED.iterdir() if folder.is_dir()}
    assert folders <= set(names)
    assert all(case["removed"] for case in CASES if case["case"] not in folders)


def test_exactly_the_expected_codes_and_every_finding_speaks_both_languages(case, tmp_path):
    errors = [f for f in check_tender(lay_out(case, tmp_path / "tender")) if f.severity == "error"]
    assert {f.code for f in errors} == set(case["codes"].split())
    for finding in errors:
        assert finding.table
        assert finding.message and finding.remedy, finding.code
        assert re.search(r"[\u4e00-\u9fff]", finding.say("zh")) and finding.advise("zh")
        assert "{" not in finding.line("en") + finding.line("zh")


def test_a_bad_cell_is_named_by_table_column_row_and_value(case, tmp_path):
    for finding in check_tender(lay_out(case, tmp_path / "tender")):
        cell = finding.code.rsplit(".", 1)[-1] not in {"absent", "missing", "blank", "no_rows", "missing_table"}
        if finding.severity == "error" and cell and not finding.code.startswith(NO_ROWS):
            whole = finding.code in {"bids.empty", "marks.mark.not_one"}
            assert finding.rows or whole, finding.code
            assert finding.column or finding.code.endswith(".duplicate") or whole, finding.code


def test_nothing_malformed_is_ever_ranked(case, tmp_path):
    folder = lay_out(case, tmp_path / "tender")
    with pytest.raises(InvalidTender) as refused:
        evaluate(read_tender(folder))
    assert refused.value.findings
    assert {f.code for f in refused.value.findings if f.severity == "error"} <= set(case["codes"].split())


@pytest.mark.parametrize("command", ["evaluate", "check"])
def test_the_command_line_refuses_with_exit_code_1_and_no_traceback(case, command, tmp_path, capsys):
    folder = lay_out(case, tmp_path / "tender")
    assert main([command, str(folder), "--format", "json"]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.out + said.err
    if command == "evaluate":
        assert said.out == ""
        assert set(re.findall(r"\[([a-z_.]+)\]$", said.err, re.MULTILINE)) >= set(case["codes"].split())
    else:
        listed = json.loads(said.out)
        assert {row["code"] for row in listed if row["severity"] == "error"} == set(case["codes"].split())


def test_the_command_line_speaks_chinese_about_what_it_refuses(tmp_path, capsys):
    broken = next(case for case in CASES if case["case"] == "mark-out-of-range")
    assert main(["evaluate", str(lay_out(broken, tmp_path / "tender")), "--lang", "zh"]) == 1
    assert "101 超出 plan 的量表（0 至 100）" in capsys.readouterr().err
