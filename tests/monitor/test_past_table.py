"""What a review hands to the next tender."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from monitor_review_parts import figures, frame, review_plan
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.intake.tables import PAST
from supplier_eval.monitor.past_table import past_table
from supplier_eval.monitor.reviewing import review_period

ROWS = (figures("B1"), figures("b2", csat=(3.9, 12)), figures("B3", ontime=None, csat=None), figures("供应商4"))
REVIEW = review_period(frame(*ROWS), review_plan(), "2026-01")


def test_the_table_fits_the_contract_of_the_intake():
    table = past_table(REVIEW)
    own = [name for name in table.columns if not name.startswith("x_")]
    assert own == list(PAST.names)
    assert table["bidder"].is_unique


def test_it_carries_score_coverage_interval_and_basis():
    row = past_table(REVIEW).iloc[0]
    card = REVIEW["B1"]
    assert (row["bidder"], row["period"], row["coverage"]) == ("B1", "2026-01", "100.0%")
    assert row["score"] == str(card.comparison.score)
    assert row["x_basis"] == "shrunken, comparison"
    assert float(row["lower"]) <= float(row["score"]) <= float(row["upper"])
    raw = past_table(REVIEW, basis="raw").iloc[0]
    assert (raw["score"], raw["x_basis"]) == (str(card.raw.score), "raw, contract")


def test_who_was_not_rated_has_no_row():
    assert past_table(REVIEW)["bidder"].tolist() == ["B1", "b2", "供应商4"]


def test_only_those_who_bid_are_handed_over():
    assert past_table(REVIEW, bidders=["b1", "B3"])["bidder"].tolist() == ["B1"]
    with pytest.raises(UnknownName):
        past_table(REVIEW, bidders=["B9"])
    with pytest.raises(InvalidInput, match="ids of suppliers"):
        past_table(REVIEW, bidders=5)
    with pytest.raises(InvalidInput, match="no basis"):
        past_table(REVIEW, basis="best")


def test_a_tender_reads_it_and_scores_with_it(tmp_path):
    """The sample tender with its `past.csv` replaced by the table of a review."""
    import shutil
    from pathlib import Path

    from supplier_eval.intake.assemble import read_tender

    sample = Path(__file__).parents[2] / "data" / "samples" / "service-desk"
    folder = tmp_path / "tender"
    shutil.copytree(sample, folder)
    with (sample / "past.csv").open(encoding="utf-8") as file:
        bidders = [row["bidder"] for row in csv.DictReader(file)]
    review = review_period(frame(*(figures(name) for name in bidders)), review_plan(), "2026-01")
    review.past_table().to_csv(folder / "past.csv", index=False)
    tender = read_tender(folder)
    assert set(tender.past) == set(bidders)
    first = tender.past[bidders[0]]
    assert float(first.score) == float(review[bidders[0]].comparison.score)
    assert first.period == "2026-01"


def test_it_survives_a_csv_file():
    again = pd.read_csv(io.StringIO(past_table(REVIEW).to_csv(index=False)), dtype="str")
    assert again["bidder"].tolist() == ["B1", "b2", "供应商4"]


def test_a_mapping_writes_the_id_by_which_a_supplier_bids():
    assert past_table(REVIEW, bidders={"b1": " HZ ", "供应商4": "BT"})["bidder"].tolist() == ["HZ", "BT"]
    with pytest.raises(InvalidInput, match="by one id"):
        past_table(REVIEW, bidders={"B1": "HZ", "b2": "hz"})
    with pytest.raises(InvalidInput, match="by none"):
        past_table(REVIEW, bidders={"B1": " "})


def test_an_exploratory_review_is_marked_and_the_interval_holds_the_score():
    table = past_table(REVIEW)
    assert set(table["x_standing"]) == {"exploratory"}
    score, lower, upper = (table[name].astype(float) for name in ("score", "lower", "upper"))
    assert ((lower <= score) & (score <= upper)).all()
