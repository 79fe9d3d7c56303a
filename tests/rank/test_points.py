"""The ranking: order, ties by declared keys, candidates, withdrawals, explanations."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import SupplierEvalError, UnknownName
from supplier_eval.flags import Ruling
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.front import rank_bids
from supplier_eval.rank.methods import METHODS
from supplier_eval.score.sheet import ScoreSheet

POLICY = Policy.from_mapping(policy_mapping())


def ranking_of(offers, **changes):
    return evaluate(make_tender(offers, Policy.from_mapping(policy_mapping(**changes)))).ranking


def test_equal_totals_go_to_the_lower_price_by_default():
    """70·0.6 + 40·(90/100)… : A asks 100 and has 74, B asks 90; both total 78 exactly."""
    offers = [flat("A", 70, "100"), flat("B", 65, "80")]
    sheet_free = ranking_of(offers)
    assert sheet_free.order == ("B", "A")
    tied = ranking_of([flat("A", 80, "100"), flat("B", 60, "100"), flat("C", 80, "100")])
    assert tied.tied == (("A", "C"),)
    by_price = ranking_of([flat("A", 60, "80"), flat("B", 2 * 60 / 2 + 40 * 0.2 / 0.6, "100")], rounding={"total": 1})
    assert by_price.total_of("A") == by_price.total_of("B") == 76.0
    assert by_price.order == ("A", "B")
    assert by_price.decided_by("A", "B") == "lower_price"
    assert by_price.ranks.tolist() == [1, 2]


def test_a_named_criterion_parts_a_tie():
    offers = [flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")]
    ranking = ranking_of(offers, rounding={"total": 1}, ties={"keys": ["higher:quality"]})
    assert ranking.order == ("B", "A")
    assert ranking.decided_by("A", "B") == "higher:quality"


def test_no_tie_key_leaves_the_tie():
    offers = [flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")]
    ranking = ranking_of(offers, rounding={"total": 1}, ties={"keys": []})
    assert ranking.tied == (("A", "B"),)
    assert ranking.decided_by("A", "B") is None
    assert "No tie key parts it from B" in ranking.explain("A")
    assert "并列" in ranking.explain("A", "zh")


def test_rounding_is_applied_before_ties_are_judged_and_shows_as_a_line():
    ranking = ranking_of([flat("A", 70.01, "100"), flat("B", 70.02, "100")], rounding={"total": 0})
    assert ranking.tied == (("A", "B"),)
    lines = ranking.contributions("A")
    assert lines["rounding"] == pytest.approx(82.0 - (0.6 * 70.01 + 40))
    assert math.fsum(lines.values()) == pytest.approx(82.0)
    assert "Rounding" in ranking.explain("A")
    assert "rounding" not in ranking_of([flat("A", 70.01, "100")]).contributions("A")


def test_a_tie_at_the_end_of_the_candidate_list_is_kept_whole():
    offers = [flat("A", 90, "100"), flat("B", 80, "100"), flat("C", 80, "100"), flat("D", 10, "100")]
    ranking = ranking_of(offers, award={"candidates": 2})
    assert ranking.candidates() == ("A", "B", "C")
    assert ranking.candidates(1) == ("A",)
    assert ranking.withdraw("A").candidates() == ("B", "C")


def test_a_bid_withdraws_once_and_only_if_ranked():
    ranking = ranking_of([flat("A", 90, "100"), flat("B", 80, "100")])
    gone = ranking.withdraw("A").withdraw("B")
    assert gone.winners == ()
    with pytest.raises(SupplierEvalError, match="withdrawn already"):
        gone.withdraw("A")
    with pytest.raises(UnknownName):
        ranking.withdraw("C")


def test_margins_are_to_the_next_in_the_order():
    ranking = ranking_of([flat("A", 90, "100"), flat("B", 80, "100"), flat("C", 80, "100")])
    assert ranking.margins["A"] == pytest.approx(6.0)
    assert ranking.margins["B"] == 0.0
    assert math.isnan(ranking.margins["C"])


def test_the_frame_is_best_first_and_keeps_who_is_out():
    policy = Policy.from_mapping(policy_mapping(floors=[{"criterion": "quality", "minimum": 50}]))
    frame = evaluate(make_tender([flat("A", 40, "1"), flat("B", 80, "100")], policy)).ranking.to_frame()
    assert frame["bid"].tolist() == ["B", "A"]
    assert frame["rank"].tolist() == [1, 0]
    assert np.isnan(frame["total"].iloc[1])
    assert list(frame.columns) == [
        *("bid", "name", "rank", "total", "unrounded", "margin"),
        *("quality", "capability", "emergency", "price"),
    ]


def test_the_only_binding_method_is_the_weighted_sum_and_others_are_named():
    sheet = ScoreSheet.from_frame(pd.DataFrame({"q": [1.0]}, index=["A"]), {"q": 1})
    with pytest.raises(UnknownName, match="Did you mean 'topsis'") as unknown:
        rank_bids(sheet, "topsy")
    assert "weighted_sum" in str(unknown.value)
    assert "weighted_sum" in METHODS


def test_what_a_ranking_says_of_itself_is_short():
    said = repr(ranking_of([flat("A", 90, "100"), flat("B", 80, "100")]))
    assert said == "PointsRanking(lot '1': A 94.00, B 88.00; binding)"
    stopped = ranking_of([flat("A", 90, "100")], procedure={"minimum_valid_bids": 3})
    assert "no order" in repr(stopped)
    assert stopped.to_frame()["rank"].tolist() == [0]


@pytest.mark.parametrize(
    ("places", "order", "tied"),
    [
        ({"A": 2, "B": 3, "C": 1}, ("C", "A", "B"), ()),
        ({"A": 1, "B": 2}, ("A", "B", "C"), (("A", "B", "C"),)),
        ({"A": 1, "B": 1, "C": 2}, ("A", "B", "C"), (("A", "B", "C"),)),
        ({}, ("A", "B", "C"), (("A", "B", "C"),)),
    ],
)
def test_a_draw_counts_only_if_it_places_the_whole_tied_group(places, order, tied):
    rulings = tuple(
        Ruling(bid, "draw", "note", "p", date(2026, 3, 1), "drawn", Decimal(place)) for bid, place in places.items()
    )
    offers = [flat(bid, 80, "100") for bid in "ABC"]
    evaluation = evaluate(make_tender(offers, POLICY, rulings=rulings))
    assert evaluation.ranking.order == order
    assert evaluation.ranking.tied == tied
    assert ("draw.incomplete" in {f.code for f in evaluation.flags}) == bool(places and tied)


def test_a_draw_among_others_moves_nobody_who_is_not_tied():
    rulings = tuple(Ruling(b, "draw", "note", "p", date(2026, 3, 1), "r", Decimal(n)) for b, n in (("A", 2), ("B", 1)))
    offers = [flat("A", 80, "100"), flat("B", 80, "100"), flat("C", 90, "100")]
    assert evaluate(make_tender(offers, POLICY, rulings=rulings)).ranking.order == ("C", "B", "A")


def test_a_tie_key_compares_points_as_they_were_rounded():
    rounding = {"criterion": 0, "total": 0}
    ranking = ranking_of(
        [flat("A", 70.1, "100"), flat("B", 70, "100")], rounding=rounding, ties={"keys": ["higher:quality"]}
    )
    assert ranking.tied == (("A", "B"),)


def test_the_lower_price_is_compared_exactly():
    offers = [flat("A", 80, "90071992547409.94"), flat("B", 80, "90071992547409.93")]
    ranking = ranking_of(offers)
    assert ranking.order == ("B", "A")
    assert ranking.decided_by("A", "B") == "lower_price"
