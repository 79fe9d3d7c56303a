"""The data of one lot: the figures of the result, in columns of ranked bids, with what the page needs to rank again."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.report.iso_lines import price_quality_of
from supplier_eval.report.panel_lot import lot_data
from supplier_eval.report.panel_tokens import tokens_of
from supplier_eval.robustness.stability_front import weight_stability


def data_of(evaluation, **more):
    tokens = tokens_of(evaluation, **more)
    return [lot_data(evaluation, result, tokens, **more) for result in evaluation.lots.values()], tokens


@pytest.mark.parametrize("name", ["desk", "museum", "two_lots", "tied"])
def test_the_figures_are_those_of_the_result(name, request):
    evaluation = request.getfixturevalue(name)
    lots, tokens = data_of(evaluation)
    for data, result in zip(lots, evaluation.lots.values(), strict=True):
        ranking = result.ranking
        bids = [tokens.bids[i] for i in data["ranked"]]
        assert sorted(bids) == sorted(ranking.order)
        at = [ranking.sheet.position(bid) for bid in bids]
        assert data["published"]["total"] == ranking.total[at].tolist()
        assert data["published"]["ranks"] == ranking.ranks[at].tolist()
        assert np.allclose(np.array(data["weights"]) @ np.array(data["values"]), ranking.unrounded[at], atol=1e-9)


def test_nodes_stand_parents_first_with_the_interval_of_their_weight(desk):
    (data,), tokens = data_of(desk)
    stable = weight_stability(desk.only_lot.sheet)
    assert len(data["nodes"]) == len(stable.nodes)
    for i, (node, line) in enumerate(zip(data["nodes"], stable.nodes, strict=True)):
        assert node["parent"] < i
        assert node["share"] == pytest.approx(node["weight"] / node["total"], abs=1e-12)
        if line.movable and line.first.ever:
            assert (node["interval"]["lower"], node["interval"]["upper"]) == (line.first.lower, line.first.upper)
            assert [tokens.bids[i] for i in node["interval"]["low"]] == list(line.challengers_low)
        else:
            assert node["interval"] is None or not line.movable


def test_a_stretched_node_comes_as_it_was_before(museum):
    (data,), _ = data_of(museum)
    stretched = data["rescale"]
    assert not data["fixed"]
    before = np.array(stretched["before"])
    assert np.allclose(before * museum.only_lot.sheet.factor, np.array(data["values"])[stretched["rows"]], atol=1e-12)


def test_the_line_of_price_points_is_that_of_the_chart(desk):
    (data,), tokens = data_of(desk)
    ranking = desk.only_lot.ranking
    drawn = price_quality_of(ranking.sheet, ranking.order, ranking.points, desk.tender.notice)
    scatter = data["scatter"]
    prices = dict(zip(drawn.bids, drawn.x.tolist(), strict=True))
    assert {tokens.bids[i]: x for i, x in zip(scatter["bids"], scatter["x"], strict=True)} == prices
    curve, w = scatter["curve"], data["weights"][scatter["rows"][0]]
    _, y = drawn.line(70.0, curve["x"][0], curve["x"][-1])
    ours = [np.nan if score is None else 70.0 - w * score for score in curve["score"]]
    assert np.allclose(ours, y, atol=1e-9, equal_nan=True)
    assert np.isfinite(y).any()


def test_marks_of_the_panel_and_their_flags(desk):
    (data,), tokens = data_of(desk)
    heat = data["heat"]
    assert [tokens.members[i] for i in heat["members"]] == ["E1", "E2", "E3", "E4", "E5"]
    assert len(heat["marks"]) == len(heat["bids"])
    assert ["B1", "E3"] in [[tokens.bids[bid], tokens.members[member]] for bid, member, _ in heat["boxed"]]


def test_bids_that_are_out_have_their_reasons_in_both_languages(desk):
    (data,), tokens = data_of(desk)
    assert {tokens.bids[one["bid"]] for one in data["out"]} == {"B3", "B5"}
    for one in data["out"]:
        assert all(why["en"] and why["zh"] and why["en"] != why["zh"] for why in one["why"])


@pytest.mark.parametrize("name", ["stopped", "sealed"])
def test_without_an_order_there_is_nothing_to_rank(name, request):
    (data,), _ = data_of(request.getfixturevalue(name))
    assert data["stopped"]["en"]
    assert data["ranked"] == []
    assert "values" not in data


def test_blind_columns_stand_by_number(desk):
    (data,), tokens = data_of(desk, blind=True)
    assert data["ranked"] == sorted(data["ranked"])
    assert list(tokens.bids) != sorted(tokens.bids)
    assert list(tokens.numbers(tokens.bids).values()) == list(range(1, 7))
    assert data["heat"]["bids"] == sorted(data["heat"]["bids"])
