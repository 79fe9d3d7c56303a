"""The command line: exit codes, what stands on stdout and what on stderr."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import supplier_eval as se
from report.made_reports import policy_data, write_folder
from supplier_eval.cli import main
from supplier_eval.policy import Policy
from supplier_eval.report.words import words

MUSEUMS = Path(__file__).parents[2] / "data" / "samples" / "museum-services"


@pytest.fixture
def broken(tmp_path):
    folder = tmp_path / "tender"
    shutil.copytree(MUSEUMS, folder)
    marks = folder / "marks.csv"
    marks.write_text(marks.read_text("utf-8").replace("ATI CNS,t01,panel,1.5", "ATI CNS,t01,panel,9"), "utf-8")
    return folder


def test_evaluate_prints_the_order_and_who_is_out(capsys):
    assert main(["evaluate", str(MUSEUMS)]) == 0
    printed = capsys.readouterr().out
    assert printed.index("ATI OPERA") < printed.index("ATI CNS") < printed.index("ATI REAR")
    assert "88.084" in printed
    assert "27.1 of 50 points" in printed
    assert "binding" in printed


def test_evaluate_speaks_chinese(capsys):
    assert main(["evaluate", str(MUSEUMS), "--lang", "zh"]) == 0
    printed = capsys.readouterr().out
    assert "名次" in printed
    assert "低于" in printed


def test_json_is_one_document_even_when_files_are_written(tmp_path, capsys):
    assert main(["evaluate", str(MUSEUMS), "--format", "json", "--out", str(tmp_path / "out")]) == 0
    captured = capsys.readouterr()
    document = json.loads(captured.out)
    assert document == json.loads((tmp_path / "out" / "evaluation.json").read_text("utf-8"))
    assert "report.html" in captured.err
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
    assert (tmp_path / "out" / "workbook.xlsx").exists()


def test_refused_input_is_exit_1_with_the_findings_on_stderr(broken, capsys):
    assert main(["evaluate", str(broken), "--format", "json"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "marks.mark, row 2" in captured.err
    assert "[marks.mark.out_of_range]" in captured.err
    assert "Traceback" not in captured.err


def test_refused_input_is_said_in_the_language_asked_for(broken, capsys):
    assert main(["evaluate", str(broken), "--lang", "zh"]) == 1
    assert "超出" in capsys.readouterr().err


def test_check_lists_all_findings_and_says_how_many(broken, capsys):
    assert main(["check", str(broken)]) == 1
    assert "errors: 1," in capsys.readouterr().out
    assert main(["check", str(MUSEUMS)]) == 0
    assert "errors: 0," in capsys.readouterr().out


def test_check_takes_a_policy_file_and_gives_json(tmp_path, capsys):
    policy = tmp_path / "policy.toml"
    policy.write_text('base = "cn-order-87"\n[weights]\nprice = 8\n', encoding="utf-8")
    assert main(["check", str(policy), "--format", "json"]) == 1
    findings = json.loads(capsys.readouterr().out)
    assert findings
    assert all(finding["message"] for finding in findings)


def test_a_price_weight_of_eight_under_order_87_is_refused_with_the_article(tmp_path, capsys):
    policy = tmp_path / "policy.toml"
    shown = (MUSEUMS.parents[2] / "src/supplier_eval/policy/profiles/cn-order-87.toml").read_text("utf-8")
    assert "55" in shown
    policy.write_text('base = "cn-order-87"\n[weights]\nprice = 8\nquality = 47\n', encoding="utf-8")
    main(["check", str(policy)])
    assert "55" in capsys.readouterr().out


def test_profiles_are_listed_and_shown(capsys):
    assert main(["profiles"]) == 0
    listed = capsys.readouterr().out
    assert "cn-order-87" in listed
    assert main(["profiles", "lpta", "--format", "toml"]) == 0
    assert 'name = "lpta"' in capsys.readouterr().out
    assert main(["profiles", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 12
    assert main(["profiles", "cn-order-87", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["fingerprint"].startswith("sha256:")


def test_an_unknown_profile_offers_the_nearest(capsys):
    assert main(["profiles", "cn-order-78"]) == 1
    assert "Did you mean 'cn-order-87'" in capsys.readouterr().err


def test_another_policy_makes_the_result_exploratory(tmp_path, capsys):
    text = (MUSEUMS / "policy.toml").read_text("utf-8").replace("x = 0.9", "x = 0.85")
    (tmp_path / "other.toml").write_text(text, encoding="utf-8")
    arguments = ["evaluate", str(MUSEUMS), "--policy", str(tmp_path / "other.toml"), "--format", "json"]
    assert main(arguments) == 0
    assert json.loads(capsys.readouterr().out)["standing"] == "exploratory"


def test_report_writes_a_letter_for_each_unsuccessful_bidder(tmp_path):
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path), "--debriefs", "--lang", "zh"]) == 0
    assert len(list((tmp_path / "debriefs").iterdir())) == 2


def test_report_writes_the_panel_page_and_one_without_names_where_asked(tmp_path):
    assert main(["report", str(MUSEUMS), "--out", str(tmp_path), "--blind"]) == 0
    assert "ATI OPERA" in (tmp_path / "panel.html").read_text("utf-8")
    assert "ATI OPERA" not in (tmp_path / "panel-blind.html").read_text("utf-8")


@pytest.mark.parametrize(
    "arguments", [["evaluate"], ["evaluate", "x", "--format", "yaml"], ["fly"], ["check", "--nope"]]
)
def test_usage_errors_are_exit_2(arguments, capsys):
    assert main(arguments) == 2
    assert capsys.readouterr().out == ""


def test_a_path_that_is_no_tender_is_exit_1(tmp_path, capsys):
    assert main(["evaluate", str(tmp_path / "nowhere")]) == 1
    assert "tender.path.missing" in capsys.readouterr().err


def test_a_terminal_without_chinese_letters_does_not_break_it():
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "supplier_eval", "evaluate", str(MUSEUMS), "--lang", "zh"]
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.fixture
def small(tmp_path):
    """A folder with two lots: three bids in one, a lot that stops in the other."""
    policy = Policy.from_mapping(policy_data(procedure={"minimum_valid_bids": 2}))
    return write_folder(tmp_path / "small", policy, ["One", "Two", "Three"], lots=("north", "south"))


@pytest.mark.parametrize(("lang", "said"), [("en", "How far may each weight move?"), ("zh", "各项权重可变动多少？")])
def test_robustness_prints_a_verdict_and_why_a_lot_stopped(small, capsys, lang, said):
    assert main(["robustness", str(small), "--draws", "64", "--lang", lang]) == 0
    printed = capsys.readouterr().out
    assert said in printed
    assert words(lang)["robust.stopped"].partition("{")[0] in printed


def test_robustness_json_is_one_document_without_nan_and_the_files_hold_the_same(small, tmp_path, capsys):
    out = tmp_path / "out"
    arguments = ["robustness", str(small), "--draws", "64", "--format", "json", "--methods", "--out", str(out)]
    assert main(arguments) == 0

    def refuse(name):
        raise AssertionError(name)

    document = json.loads(capsys.readouterr().out, parse_constant=refuse)
    north, south = document["lots"]
    assert north["lot"] == "north"
    assert north["verdict"]["level"] in {"firm", "sensitive", "fragile"}
    assert len(north["methods"]) > 10
    assert set(south) == {"lot", "stopped"}
    assert south["stopped"]["en"]
    assert json.loads((out / "robustness.json").read_text("utf-8")) == document
    assert (out / "robustness.html").stat().st_size > 10_000


def test_robustness_of_one_lot_and_of_a_lot_that_is_not_there(small, capsys):
    assert main(["robustness", str(small), "--draws", "64", "--lot", "south", "--format", "json"]) == 0
    assert [lot["lot"] for lot in json.loads(capsys.readouterr().out)["lots"]] == ["south"]
    assert main(["robustness", str(small), "--lot", "west"]) == 1
    assert "There is: north, south" in capsys.readouterr().err


def test_the_same_seed_gives_the_same_document(small, capsys):
    said = []
    for _ in range(2):
        main(["robustness", str(small), "--lot", "north", "--draws", "64", "--seed", "7", "--format", "json"])
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_a_policy_file_is_rehearsed(capsys):
    policy = MUSEUMS / "policy.toml"
    assert main(["robustness", str(policy)]) == 0
    assert "tenders" in capsys.readouterr().out
    assert main(["robustness", str(policy), "--format", "json"]) == 0
    (one,) = json.loads(capsys.readouterr().out)["rehearsals"]
    assert sum(row["effective"] for row in one["weights"]) == pytest.approx(1)
    assert main(["robustness", str(policy), "--lot", "1"]) == 2


def test_check_warns_of_a_formula_by_which_losing_bids_decide(capsys):
    assert main(["check", str(MUSEUMS)]) == 0
    assert "[policy.price.reversal]" in capsys.readouterr().out
    assert main(["check", str(MUSEUMS / "policy.toml"), "--format", "json"]) == 0
    assert "policy.price.reversal" in {finding["code"] for finding in json.loads(capsys.readouterr().out)}


def test_the_version_is_told(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"supplier-eval {se.__version__}\n"
