"""All screens as one table and one document."""

from __future__ import annotations

import json

from integrity.made_markets import ring_in_turn
from screened_bids import tenders
from supplier_eval.integrity import screen_bids, screen_market
from supplier_eval.integrity.screen_answers import ScreenAnswers, records, screen_label
from supplier_eval.report.screens_page import screens_page


def made(name="A"):
    frame = ring_in_turn(30).replace({"bidder": {"A": name}})
    return ScreenAnswers(screen_bids(frame), screen_market(frame))


def test_flags_across_stand_before_those_inside():
    frame = made().to_frame()
    scopes = frame["scope"].tolist()
    assert scopes == sorted(scopes)
    assert frame[frame["scope"] == "across"]["weight"].notna().all()
    assert set(frame["screen"]) >= {"rotation"}
    assert made().to_frame("zh")["says"][0] != frame["says"][0]


def test_the_document_is_json_without_nan():
    document = made().document()
    text = json.dumps(document, allow_nan=False)
    assert json.loads(text)["standing"] == "exploratory"
    assert len(document["flags"]) == len(made().to_frame())
    assert document["across"]["market"][0]["tenders"] == 30
    assert ScreenAnswers().document()["flags"] == []


def test_a_name_that_a_spreadsheet_would_run_is_kept_as_text(tmp_path):
    path = made("=1+1").write_flags(tmp_path / "new" / "flags.csv")
    text = path.read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    assert '"=1+1' not in text


def test_tenders_stand_in_the_order_in_which_people_count():
    frame = tenders(*[[5, 5, 9]] * 11)
    names = ScreenAnswers(screen_bids(frame, settings={"tie_chance": 1})).to_frame()["tender"].unique().tolist()
    assert names == [*(f"t{at}" for at in range(11)), ""]


def test_a_line_that_does_not_fit_the_market_is_said_beside_the_flags():
    frame = tenders(*([100 + at, 110.31 + at, 110.37 + at, 110.49 + at] for at in range(40)))
    answers = ScreenAnswers(screen_bids(frame), screen_market(frame))
    total, misfit, *_ = answers.remarks()
    assert total.startswith(f"{len(answers.to_frame())} flags in all")
    assert "does not fit this market" in misfit
    assert answers.document("zh")["remarks"] == answers.remarks("zh")
    assert "does not fit" in screens_page(answers)


def test_screens_are_called_by_words():
    assert screen_label("inside", "variation_and_gap", "en") == "close prices, winner apart"
    assert screen_label("releases", "r035.ocid", "en").startswith("R035 ")
    assert screen_label("across", "rotation", "zh") == "轮流中标"


def test_missing_figures_are_null():
    assert records(screen_market(ring_in_turn(2)).to_frame("bidders"))[0]["p_losing"] is None
