"""The ranking by points in words: the whole order, and what parts two bids."""

from __future__ import annotations

import re

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.comparison import compare_bids
from supplier_eval.rank.points_words import said_bid


def ranking_of(offers, **changes):
    return evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(**changes)))).ranking


def test_without_a_bid_the_whole_order_is_explained():
    floors = [{"criterion": "quality", "minimum": 50}]
    offers = [flat("A", 80, "100"), flat("B", 90, "100"), flat("C", 80, "100"), flat("D", 10, "90")]
    lines = ranking_of(offers, floors=floors).explain().splitlines()
    assert lines[0].startswith("Order of 3 bids")
    assert lines[1].strip().startswith("1. B")
    assert "ahead of the next" in lines[1]
    assert [line.strip()[:4] for line in lines[2:4]] == ["2. A", "2. C"]
    assert "ahead of the next" not in lines[2]
    assert lines[4] == "No tie key parts A, C: they share rank 2."
    assert lines[5] == "Not in the order: D."


def test_a_withdrawal_is_said_in_the_order():
    said = ranking_of([flat("A", 80, "100"), flat("B", 90, "100")]).withdraw("B").explain()
    assert "1. B" in said
    assert said.splitlines()[1].endswith("; withdrew")


def test_a_stopped_lot_says_why_there_is_no_order():
    stopped = ranking_of([flat("A", 80, "100")], procedure={"minimum_valid_bids": 3})
    assert stopped.stopped is not None
    assert stopped.explain() == stopped.stopped.say()


def test_a_bid_without_a_name_of_its_own_is_named_once():
    assert said_bid("B1", "B1", "en") == "B1"
    assert said_bid("B1", "", "zh") == "B1"
    assert said_bid("B1", "Lotus", "en") == "B1 (Lotus)"
    assert said_bid("B1", "Lotus", "zh") == "B1（Lotus）"


@pytest.mark.parametrize(("keys", "word"), [(["higher:quality"], "more points for "), (["lower_price"], "lower price")])
def test_the_tie_key_is_said_in_words(keys, word):
    offers = [flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")]
    said = compare_bids(ranking_of(offers, rounding={"total": 1}, ties={"keys": keys}), "A", "B")
    assert word in said.explain()
    assert "higher:" not in said.explain()
    assert not re.search("lower|higher", said.explain("zh"))
