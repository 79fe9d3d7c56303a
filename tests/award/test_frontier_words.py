"""What a front says, in both languages: extent, points, proof, what is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from award_fronts import four_lots, mavrotas, shared_lot
from supplier_eval.award import frontier
from supplier_eval.award.frontier_words import explain_frontier, said_figures
from supplier_eval.messages import catalogue

TWO = ("cost", "attr:quality")
REASONS = ("time", "most", "sampled", "narrow", "fine", "payoff", "grid", "coarse", "numeric", "solver", "infeasible")


@pytest.fixture(scope="module")
def four():
    return frontier(four_lots(currency="EUR"), TWO)


def test_money_has_its_currency_and_other_figures_have_none(four):
    assert said_figures(four, four.points[0].figures) == "cost 1,005.00 EUR, attr:quality 7,050"
    assert said_figures(four, four.points[0].figures, "zh") == "成本 1,005.00 EUR，质量（质量分×数量） 7,050"


def test_a_whole_front_in_sentences(four):
    lines = explain_frontier(four).split("\n")
    assert lines[0] == (
        "Front of cost (the less the better), attr:quality (the more the better); "
        "awards of which none is better than another in all of them: 13."
    )
    assert lines[1] == "With cost first, the best award has cost 1,005.00 EUR, attr:quality 7,050."
    assert lines[3] == "Point 1: cost 1,005.00 EUR, attr:quality 7,050; awarded to A, B, C."
    assert lines[-1] == "This is the whole front; that is proven."


def test_the_same_in_chinese(four):
    lines = explain_frontier(four, "zh").split("\n")
    assert lines[0].startswith("目标：成本（越低越好）、质量（质量分×数量）（越高越好）")
    assert lines[3] == "方案 1：成本 1,005.00 EUR，质量（质量分×数量） 7,050；授予 A、B、C。"
    assert lines[-1] == "以上为完整前沿，已经证明。"


def test_points_that_no_weighting_finds_are_counted(four):
    dented = sum(point.supported is False for point in four.points)
    assert f"Points that no weighting of the objectives would find: {dented}." in explain_frontier(four)


def test_segments_are_counted_and_the_proof_is_that_of_the_solver():
    said = explain_frontier(frontier(mavrotas(), ("max_attr:first", "max_attr:second")))
    assert "Straight segments between neighbours that are proved: 1." in said
    assert "as far as the solver's arithmetic goes" in said


def test_a_grid_is_told_with_its_steps_and_jumps():
    front = frontier(four_lots(), (*TWO, "risk"), steps=3)
    said = explain_frontier(front)
    assert f"(AUGMECON2); steps: 3; levels passed over: {front.jumped}." in said
    assert "This may not be the whole front." in said
    unit = replace(front, steps="unit")
    assert "steps: the smallest steps of the figures" in explain_frontier(unit)
    assert "步数：指标的最小步长" in explain_frontier(unit, "zh")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("why", REASONS)
def test_every_reason_has_its_sentence(four, why, lang):
    said = explain_frontier(replace(four, status="partial", reasons=(why,)), lang).split("\n")
    assert said[-1] == catalogue()[f"frontier.open.{why}"][lang]
    nothing = replace(four, points=(), payoff=(), status="error", reasons=(why,))
    assert explain_frontier(nothing, lang) == said[-1]


def test_many_points_and_many_winners_are_cut_short(four):
    many = explain_frontier(replace(four, points=four.points * 3))
    assert "Further points: 19." in many
    assert "Point 20:" in many
    assert "Point 21:" not in many


def test_an_award_of_nothing_is_awarded_to_nobody():
    problem = shared_lot().with_terms(cover="at_most", grid=1)
    front = frontier(problem, TWO)
    assert "Point 1: cost 0.00, attr:quality 0; awarded to nobody." in explain_frontier(front)
    assert "授予 无人" in explain_frontier(front, "zh")
