"""The evaluation as a whole: lots, plain data, explanations."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import SeveralLots, UnknownName
from supplier_eval.evaluation import Evaluation
from supplier_eval.intake import read_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate

SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "service-desk"
POLICY = Policy.from_mapping(policy_mapping())


def two_lots() -> Evaluation:
    tender = make_tender(
        [flat("A1", 80, "100"), flat("B1", 70, "100"), flat("A2", 60, "50"), flat("B2", 90, "50")],
        POLICY,
        notice={"lots": [{"id": "north"}, {"id": "south"}]},
    )
    bids = tender.bids.copy()
    bids["lot"] = ["north", "south", "north", "south"]
    bids["bidder"] = ["A", "A", "B", "B"]
    return evaluate(replace(tender, bids=bids))


def test_each_lot_has_its_own_ranking():
    evaluation = two_lots()
    assert {lot: result.ranking.order for lot, result in evaluation.lots.items()} == {
        "north": ("A1", "B1"),
        "south": ("B2", "A2"),
    }
    assert evaluation.to_frame()["lot"].tolist() == ["north", "north", "south", "south"]


def test_the_ranking_of_several_lots_is_a_clear_error_that_names_them():
    with pytest.raises(SeveralLots, match="2 lots: north, south") as refused:
        _ = two_lots().ranking
    assert refused.value.lots == ("north", "south")


def test_bids_of_different_lots_are_not_compared():
    with pytest.raises(UnknownName):
        two_lots().compare("A1", "B2")


def test_a_bid_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="no bid named 'A9'"):
        two_lots().explain("A9")


def test_the_plain_data_is_json_and_complete():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 50}]))
    evaluation = evaluate(make_tender([flat("A", 80, "100"), flat("B", 40, "80")], policy))
    document = json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))
    assert document["standing"] == "binding"
    assert document["policy"]["fingerprint"] == policy.fingerprint
    (lot,) = document["lots"]
    (first,) = lot["ranking"]
    assert (first["bid"], first["rank"], first["total"]) == ("A", 1, 88.0)
    assert sum(first["criteria"].values()) == pytest.approx(88.0)
    assert first["margin"] is None
    assert lot["disqualified"][0]["bid"] == "B"
    assert lot["disqualified"][0]["reasons"][0]["code"] == "qualify.floor"
    assert set(lot["disqualified"][0]["reasons"][0]) == {"code", "en", "zh"}


def test_the_fingerprint_of_the_tender_follows_its_data():
    first = make_tender([flat("A", 80, "100")], POLICY)
    second = make_tender([flat("A", 80, "101")], POLICY)
    assert first.fingerprint != second.fingerprint
    assert first.fingerprint.startswith("sha256:")


def test_the_panel_agreement_is_there_when_two_or_more_mark():
    evaluation = evaluate(make_tender([flat("A", 80, "100"), flat("B", 70, "100")], POLICY))
    assert evaluation.only_lot.agreement is not None
    alone = evaluate(make_tender([flat("A", 80, "100", evaluators=1)], POLICY))
    assert alone.only_lot.agreement is None


def test_a_price_flag_is_said_once():
    said = evaluate(read_tender(SAMPLE)).explain("HZ-1")
    assert said.count("outside the line of 172.5") == 1
    assert said.count("the correction binds once") == 1


def test_the_evaluation_says_itself_in_one_line():
    assert repr(two_lots()) == "Evaluation('t': 2 lots, 4 bids, binding)"
    assert "LotResult" in repr(two_lots().lots["north"])
