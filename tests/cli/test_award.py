"""The command `award`: problems and tenders, one JSON document, exit codes, what a new user gets wrong."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from supplier_eval.award import front
from supplier_eval.cli import main

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
REGIONS = SAMPLES / "award-regions"
SMALL = {
    "schema": "award-instance/1",
    "currency": "CNY",
    "lots": [{"id": "L1", "demand": 10, "indivisible": True}, {"id": "L2", "demand": 5, "indivisible": True}],
    "bids": [
        {"lot": lot, "supplier": supplier, "price": price, "score": score}
        for lot, supplier, price, score in (
            ("L1", "A", 20, 90), ("L1", "B", 19, 60), ("L2", "A", 31, 90), ("L2", "B", 28, 60),
        )
    ],
    "rules": [{"id": "R1", "kind": "max_lots_per_bidder", "value": 1, "suppliers": ["B"]}],
}  # fmt: skip


@pytest.fixture
def small(tmp_path):
    return written(tmp_path, SMALL)


def written(folder, document):
    path = folder / "problem.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def answer(capsys, *arguments):
    """The one JSON document on stdout of a command that ended well."""
    assert main(["award", *arguments, "--format", "json"]) == 0
    return json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_a_problem_is_awarded_and_printed(small, capsys):
    assert main(["award", small]) == 0
    captured = capsys.readouterr()
    assert "Objective cost: 340.00 CNY" in captured.out
    assert captured.out.strip().endswith("Standing: exploratory")
    assert captured.err == ""


def test_json_is_one_document_and_the_files_hold_the_same(small, tmp_path, capsys):
    out = tmp_path / "out"
    document = answer(capsys, small, "--out", str(out), "--rule-costs", "--lot", "L1", "--supplier", "A")
    assert document["objective"] == {"name": "cost", "figure": 340.0}
    assert document["rule_costs"]["rows"][0]["price"] == 10.0
    assert document["next_best"]["difference"] == 5.0
    assert json.loads((out / "award.json").read_text("utf-8")) == document
    assert (out / "award.html").stat().st_size > 10_000


def test_another_objective_and_a_front_are_asked_for(small, capsys):
    assert answer(capsys, small, "--objective", "score")["objective"]["figure"] == 1350.0
    front_ = answer(capsys, small, "--frontier", "cost,score")["frontier"]
    assert [(row["cost"], row["score"]) for row in front_["rows"]] == [(340.0, 1200.0), (355.0, 1350.0)]


def test_a_folder_and_its_award_toml_are_the_same_problem(capsys):
    by_folder = answer(capsys, str(REGIONS))
    assert by_folder["objective"]["figure"] == 1074822.4
    assert answer(capsys, str(REGIONS / "award.toml"))["problem_fingerprint"] == by_folder["problem_fingerprint"]


def test_a_tender_is_evaluated_and_its_lots_awarded(capsys):
    document = answer(capsys, str(SAMPLES / "service-desk"))
    assert [row["supplier"] for row in document["award"]] == ["YX", "HZ", "TY"]
    assert document["policy_fingerprint"].startswith("sha256:")
    assert len(document["tied"]) == 2
    left = answer(capsys, str(SAMPLES / "service-desk" / "tender.toml"), "--leave-out", "L3")
    assert [row["lot"] for row in left["award"]] == ["L1", "L2"]


def test_a_tender_whose_bids_have_no_price_of_their_own_is_refused_with_the_reason(capsys):
    assert main(["award", str(SAMPLES / "museum-services"), "--lang", "zh"]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "award.evaluation.no_price" in captured.err


def test_infeasible_is_an_answer_with_its_conflicts(tmp_path, capsys):
    rules = [{"id": f"R{name}", "kind": "exclude", "suppliers": [name]} for name in "AB"]
    path = written(tmp_path, SMALL | {"rules": rules})
    document = answer(capsys, path)
    assert (document["status"], document["award"]) == ("infeasible", [])
    assert {row["rule"] for row in document["rule_conflicts"]["rows"]} == {"RA", "RB"}
    assert document["relaxation"]["status"] == "impossible"
    assert main(["award", path]) == 0
    assert "Rules in conflict" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "heading", "said"),
    [
        ("en", "What to relax", "raise the budget by 15.00 CNY to 340.00 CNY (rule R2)"),
        ("zh", "放宽哪些限值", "15.00 CNY"),
    ],
)
def test_infeasible_is_an_answer_with_what_to_relax(tmp_path, capsys, lang, heading, said):
    """The cheapest award that gives B one lot costs 340, even without that rule 330: the budget has to give way."""
    rules = [*SMALL["rules"], {"id": "R2", "kind": "budget", "value": 325}]
    path = written(tmp_path, SMALL | {"rules": rules})
    relaxed = answer(capsys, path)["relaxation"]
    assert relaxed["status"] == "relaxed"
    assert {row["rule"]: row["help"] for row in relaxed["rows"]} == {"R1": "no_help", "R2": "smallest"}
    assert next(row["alone"] for row in relaxed["rows"] if row["rule"] == "R2") == 340.0
    assert main(["award", path, "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert heading in shown
    assert said in shown.replace("\n", " ")


def test_one_of_several_problems_is_named(tmp_path, capsys):
    cases = {"schema": "award-cases/1", "cases": [SMALL | {"id": "one"}, SMALL | {"id": "two", "rules": []}]}
    path = written(
        tmp_path, {**cases, "cases": [{k: v for k, v in c.items() if k != "schema"} for c in cases["cases"]]}
    )
    assert main(["award", path]) == 1
    assert "award.case_missing" in capsys.readouterr().err
    assert answer(capsys, path, "--case", "two")["objective"]["figure"] == 330.0


@pytest.mark.parametrize("arguments", [["--gap", "2"], ["--time-limit", "0"], ["--objective", "cheap"],
                                       ["--solver", "gurobi"], ["--lot", "L9"], ["--frontier", "cost"],
                                       ["--lot", "L1", "--supplier", "Z"]])  # fmt: skip
def test_what_makes_no_sense_is_exit_1_with_nothing_on_stdout(small, capsys, arguments):
    assert main(["award", small, "--format", "json", *arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("arguments", [[], ["x", "--format", "yaml"], ["x", "--gap", "much"]])
def test_usage_errors_are_exit_2(arguments, capsys):
    assert main(["award", *arguments]) == 2
    assert capsys.readouterr().out == ""


def test_options_of_a_tender_are_refused_for_a_problem_and_the_other_way_round(small, capsys):
    assert main(["award", small, "--policy", "profile:lpta"]) == 2
    assert "for a tender" in " ".join(capsys.readouterr().err.replace("│", "").split())
    assert main(["award", str(SAMPLES / "museum-services"), "--case", "x"]) == 2


def folder_with(tmp_path, name, change):
    folder = tmp_path / "problem"
    shutil.copytree(REGIONS, folder)
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    return folder


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("bids.csv", lambda raw: raw.replace(b"price", b"prise", 1), "award.column_near"),
        ("bids.csv", lambda raw: raw.splitlines()[0] + b"\n", "award."),
        ("lots.csv", lambda _: b"", "files.empty"),
        ("award.toml", lambda raw: raw.replace(b'max_winners"', b'max_winner"', 1), "award.rule_kind"),
    ],
    ids=["a column written wrongly", "a table without rows", "an empty file", "a rule written wrongly"],
)
def test_a_slip_in_a_table_is_found_and_said(tmp_path, capsys, name, change, said):
    assert main(["award", str(folder_with(tmp_path, name, change))]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("path", ["nowhere", "file.csv", "folder"])
def test_a_path_that_is_no_problem_is_exit_1(tmp_path, capsys, path):
    (tmp_path / "file.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    assert main(["award", str(tmp_path / path), "--lang", "zh"]) == 1
    assert "award." in capsys.readouterr().err


def test_tables_as_excel_in_china_writes_them_are_read(tmp_path, capsys):
    folder = folder_with(tmp_path, "suppliers.csv", lambda raw: raw.decode("utf-8").encode("gbk"))
    text = (folder / "bids.csv").read_text("utf-8").replace("LY", "联宇信息")
    (folder / "bids.csv").write_bytes(text.encode("gbk"))
    for name in ("suppliers.csv", "lots.csv", "tiers.csv"):
        raw = (folder / name).read_bytes()
        text = raw.decode("gbk" if name == "suppliers.csv" else "utf-8")
        (folder / name).write_bytes(text.replace("LY", "联宇信息").encode("gbk"))
    assert "联宇信息" in {row["supplier"] for row in answer(capsys, str(folder))["award"]}


def test_one_bidder_and_equal_bidders_are_no_exception(tmp_path, capsys):
    alone = SMALL | {"bids": [bid for bid in SMALL["bids"] if bid["supplier"] == "A"], "rules": []}
    assert answer(capsys, written(tmp_path, alone))["objective"]["figure"] == 355.0
    equal = SMALL | {"bids": [bid | {"price": 7, "score": 50} for bid in SMALL["bids"]], "rules": []}
    document = answer(capsys, written(tmp_path, equal))
    assert document["objective"]["figure"] == 105.0
    assert len(document["tied"]) >= 2


def test_a_stop_before_there_is_an_award_ends_with_a_sentence(small, capsys, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(front, "award_lots", stopped)
    assert main(["award", small, "--lang", "zh"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, "已中止" in captured.err) == ("", True)


def test_a_solver_that_fails_is_exit_1_and_still_one_document(small, capsys, monkeypatch):
    from supplier_eval.award.allocation import Allocation

    monkeypatch.setattr(
        front, "award_lots", lambda problem, *_, **__: Allocation(problem, "error", reasons=("killed",))
    )
    assert main(["award", small, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["reasons"] == ["killed"]
