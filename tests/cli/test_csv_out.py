"""Tables of commands: nothing in them runs in a spreadsheet, and what is read again comes back as it was."""

from __future__ import annotations

import csv
import shutil

import pandas as pd
import pytest

import supplier_eval as se
from cli.test_review import DESK, SAMPLE
from supplier_eval.cli import main
from supplier_eval.cli.csv_out import refuse_live_ids, write_csv
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.folder_review import review_folder

LIVE_TEXTS = ["=1+1", "+A", "-A", "@x", "\tx", "'=1"]


def test_texts_that_would_run_get_an_apostrophe_and_figures_none(tmp_path):
    frame = pd.DataFrame({"id": LIVE_TEXTS, "text": ["a", "", "1-2", "公司", "'", "b=c"], "figure": [-1.5] * 6})
    with write_csv(frame, tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        _, *rows = csv.reader(file)
    assert [row[0] for row in rows] == [f"'{text}" for text in LIVE_TEXTS]
    assert [row[1] for row in rows] == ["a", "", "1-2", "公司", "''", "b=c"]
    assert {row[2] for row in rows} == {"-1.5"}


def test_ids_that_would_run_are_refused_all_at_once():
    with pytest.raises(InvalidInput) as refused:
        refuse_live_ids(pd.DataFrame({"bidder": ["A", *LIVE_TEXTS, "S-1"]}), "bidder", "past")
    assert [finding.value for finding in refused.value.findings] == [text.strip() for text in LIVE_TEXTS]
    assert all(finding.say(lang) for finding in refused.value.findings for lang in ("en", "zh"))


def test_a_review_refuses_to_name_a_bidder_so_and_writes_nothing(tmp_path, capsys):
    out = tmp_path / "out"
    asked = ["review", str(SAMPLE), "--from", "2025-06", "--to", "2025-06", "--out", str(out)]
    assert main([*asked, "--bidder", "S03=@HZ"]) == 1
    assert "@HZ" in capsys.readouterr().err
    assert not out.exists()


def test_scores_of_a_review_are_read_by_the_next_tender_as_they_were_written(tmp_path):
    place = tmp_path / "tender"
    shutil.copytree(DESK, place)
    bidders = pd.read_csv(DESK / "past.csv", dtype=str)["bidder"].tolist()
    past = review_folder(SAMPLE, span=("2025-06", "2025-06")).review.past_table().head(len(bidders))
    past = past.assign(bidder=bidders[: len(past)])
    write_csv(past, place / "past.csv")
    read = se.read_tender(place).past
    assert {bidder: str(read[bidder].score) for bidder in past["bidder"]} == dict(
        zip(past["bidder"], past["score"], strict=True)
    )
    assert {read[bidder].period for bidder in past["bidder"]} == set(past["period"])
