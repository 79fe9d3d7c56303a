"""Two bids side by side."""

from __future__ import annotations

import math

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.comparison import compare_bids


def ranking_of(offers, **changes):
    return evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(**changes)))).ranking


def test_the_lines_add_up_to_the_difference():
    comparison = compare_bids(ranking_of([flat("A", 80, "100"), flat("B", 60, "80")]), "A", "B")
    frame = comparison.to_frame()
    assert frame["criterion"].tolist() == ["quality", "capability", "emergency", "price"]
    assert frame["difference"].tolist() == pytest.approx([6, 4, 2, -8])
    assert math.fsum(frame["difference"]) == pytest.approx(comparison.difference)
    assert comparison.decided_by == "total"
    assert comparison.standing == "binding"


def test_rounding_has_its_own_line_where_it_acts():
    ranking = ranking_of([flat("A", 70.3, "100"), flat("B", 60, "100")], rounding={"total": 0})
    frame = compare_bids(ranking, "A", "B").to_frame()
    assert frame["criterion"].tolist()[-1] == "rounding"
    assert math.fsum(frame["difference"]) == pytest.approx(82 - 76)


def test_the_explanation_begins_with_who_is_ahead_and_goes_by_size():
    comparison = compare_bids(ranking_of([flat("A", 80, "100"), flat("B", 60, "80")]), "B", "A")
    lines = comparison.explain().splitlines()
    assert lines[0] == "A is ahead of B by 4.0000 points."
    assert lines[1].strip().startswith("price: 40.0000 against 32.0000 (+8.0000)")
    assert "高" in comparison.explain("zh")


def test_a_tie_and_a_tie_key_are_said():
    ranking = ranking_of([flat("A", 80, "100"), flat("B", 80, "100")])
    assert "tied in every key" in compare_bids(ranking, "A", "B").explain()
    keyed = ranking_of([flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")], rounding={"total": 1})
    assert "lower price" in compare_bids(keyed, "A", "B").explain()
    assert "报价较低" in compare_bids(keyed, "A", "B").explain("zh")


def test_a_bid_without_a_rank_cannot_be_compared():
    ranking = ranking_of([flat("A", 80, "100"), flat("B", 10, "1")], floors=[{"criterion": "quality", "minimum": 50}])
    with pytest.raises(UnknownName):
        compare_bids(ranking, "A", "B")
