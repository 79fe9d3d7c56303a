"""The command `review`: a folder in, a table or one JSON document out, files for people and for the next tender."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

import supplier_eval as se
from monitor_folders import SAMPLE, copied
from supplier_eval.cli import main
from supplier_eval.cli.review import is_review, review_findings
from supplier_eval.monitor.folder_review import review_folder

DESK = Path(__file__).parents[2] / "data" / "samples" / "service-desk"
SPAN = ("--from", "2025-05", "--to", "2025-06")


def test_a_table_is_printed_with_its_bases(capsys):
    assert main(["review", str(SAMPLE), *SPAN]) == 0
    captured = capsys.readouterr()
    assert "Reviewed: 2025-06" in captured.out
    assert "(shrunken)" in captured.out and "Standing: exploratory" in captured.out


def test_json_is_one_document_and_the_files_hold_the_same(tmp_path, capsys):
    out = tmp_path / "out"
    asked = ["review", str(SAMPLE), *SPAN, "--supplier", "S03", "--out", str(out), "--format", "json", "--lang", "zh"]
    assert main(asked) == 0
    document = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert document["period"] == "2025-06"
    assert json.loads((out / "review.json").read_text("utf-8")) == document
    assert pd.read_csv(out / "past.csv", dtype=str)["bidder"].tolist() == ["S03"]
    assert (out / "review.html").stat().st_size > 50_000


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["nowhere"], "no folder"),
        ([str(SAMPLE), "--period", "2031-01"], "outside the records"),
        ([str(SAMPLE), "--supplier", "S99"], "S99"),
        ([str(SAMPLE), "--by", "week"], "month, quarter, year"),
        ([str(SAMPLE), "--as-of", "soon"], "soon"),
    ],
)
def test_what_cannot_be_done_is_said_on_stderr_with_exit_1(asked, said, capsys):
    assert main(["review", *asked]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err
    assert "Traceback" not in captured.err


def test_usage_is_exit_2(capsys):
    assert main(["review"]) == 2
    assert main(["review", str(SAMPLE), "--format", "xml"]) == 2
    capsys.readouterr()


def test_tables_with_a_header_only_are_no_review(tmp_path, capsys):
    place = copied(tmp_path / "records")
    for file in place.glob("*.csv"):
        file.write_text(file.read_text("utf-8").split("\n")[0] + "\n", encoding="utf-8")
    assert main(["review", str(place), "--lang", "zh"]) == 1
    assert "没有任何" in capsys.readouterr().err


def test_a_plan_that_weighs_wrongly_is_refused_with_its_sum(tmp_path, capsys):
    plan = tmp_path / "plan.toml"
    plan.write_text((SAMPLE / "plan.toml").read_text("utf-8").replace("weight = 50", "weight = 51", 1), "utf-8")
    assert main(["review", str(SAMPLE), "--plan", str(plan)]) == 1
    assert "101" in capsys.readouterr().err


def test_bidders_are_named_on_the_command_line_by_their_id_in_the_tender(tmp_path, capsys):
    out = tmp_path / "out"
    asked = ["review", str(SAMPLE), "--from", "2025-06", "--to", "2025-06", "--out", str(out), "--bidder"]
    assert main([*asked, "S03=HZ", "--bidder", "S05"]) == 0
    past = pd.read_csv(out / "past.csv", dtype=str)
    assert past["bidder"].tolist() == ["HZ", "S05"]
    assert past["x_standing"].tolist() == ["exploratory"] * 2
    for wrong, said in (("=HZ", "review.bidder_pair"), ("S99=HZ", "S99")):
        shutil.rmtree(out, ignore_errors=True)
        assert main([*asked, wrong]) != 0
        assert said in capsys.readouterr().err
        assert not out.exists()


def test_past_scores_are_read_and_scored_by_the_next_tender(tmp_path):
    """What the review writes is what a tender with a criterion of past performance reads."""
    place = tmp_path / "tender"
    shutil.copytree(DESK, place)
    bidders = pd.read_csv(DESK / "past.csv", dtype=str)["bidder"].tolist()
    past = review_folder(SAMPLE, span=("2025-06", "2025-06")).review.past_table()
    written = past.head(len(bidders)).assign(bidder=bidders[: len(past)])
    written.to_csv(place / "past.csv", index=False)
    tender = se.read_tender(place)
    evaluation = se.evaluate(tender)
    leaves = [leaf.id for leaf in tender.tree.leaves if leaf.source == "past"]
    assert leaves
    lot = next(iter(evaluation.lots.values()))
    bid = lot.ranking.order[0]
    owner = {
        str(row["bid"]): str(row["bidder"]) for row in pd.read_csv(place / "bids.csv", dtype=str).to_dict("records")
    }
    expected = float(written.set_index("bidder").loc[owner[bid], "score"])
    cells = lot.sheet.to_frame().set_index(["bid", "criterion"])["raw"]
    assert float(cells[bid, leaves[0]]) == pytest.approx(expected)


def test_a_tender_refuses_past_scores_of_who_does_not_bid_and_says_what_to_do(tmp_path):
    place = tmp_path / "tender"
    shutil.copytree(DESK, place)
    rows = pd.read_csv(DESK / "past.csv", dtype=str)
    rows.loc[len(rows)] = rows.iloc[0].to_dict() | {"bidder": "00123"}
    rows.to_csv(place / "past.csv", index=False)
    with pytest.raises(se.InvalidTender) as refused:
        se.read_tender(place)
    (finding,) = [one for one in refused.value.findings if one.severity == "error"]
    assert finding.code == "past.bidder.unknown"
    assert "--bidder 00123=ID" in finding.remedy
    assert "Remove rows" in finding.remedy
    assert not [
        name
        for name in rows["bidder"]
        if name != "00123" and name in finding.message + finding.remedy.split("near it")[1]
    ]


@pytest.mark.parametrize("place", ["", "plan.toml"])
def test_a_folder_of_records_and_its_plan_are_checked_as_such(place):
    assert is_review(SAMPLE / place)
    assert not [finding for finding in review_findings(SAMPLE / place) if finding.severity == "error"]


def test_what_is_wrong_with_a_plan_is_found_by_the_check(tmp_path):
    text = (SAMPLE / "plan.toml").read_text(encoding="utf-8").replace("weight = 50", "weight = 40", 1)
    (tmp_path / "plan.toml").write_text(text, encoding="utf-8")
    assert "plan.weights.sum" in {finding.code for finding in review_findings(tmp_path / "plan.toml")}
    assert not is_review(tmp_path / "nowhere.toml")
