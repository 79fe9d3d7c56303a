"""The figures of a verdict: what is no figure is refused, what was not asked is listed."""

from __future__ import annotations

import math

import pytest

from supplier_eval.robustness.verdict_figures import Room, Share, SmallestChange, VerdictFigures


def test_questions_that_were_not_asked_are_listed_and_an_empty_answer_is_an_answer():
    figures = VerdictFigures("A", "B", 3.0, reversal=(), decided_by_one_evaluator=())
    assert figures.not_examined == ("intervals", "smallest_change", "acceptability", "acceptability_with_marks")


def test_a_lone_bid_leaves_nothing_to_examine():
    lone = VerdictFigures("A", None, math.inf)
    assert lone.alone
    assert lone.not_examined == ()


def test_the_cautious_end_is_two_standard_errors_below():
    assert Share(0.96, 0.01).cautious == pytest.approx(0.94)
    assert Share(0.01, 0.01).cautious == 0.0
    assert Share(1.0).cautious == 1.0


@pytest.mark.parametrize(
    "make",
    [
        lambda: Share(1.2),
        lambda: Share(math.nan),
        lambda: Share(0.5, -0.1),
        lambda: Room("q", -1.0),
        lambda: Room("q", math.nan),
        lambda: SmallestChange(-0.1),
        lambda: VerdictFigures("A", "B", math.nan),
        lambda: VerdictFigures("A", "B", 1.0, rounding_step=-1.0),
    ],
)
def test_what_is_no_figure_is_refused(make):
    with pytest.raises(ValueError, match="not"):
        make()


@pytest.mark.parametrize("wrong", ["x", None, [1]])
def test_what_is_no_number_is_refused(wrong):
    for made in (
        lambda: Room("price", wrong),
        lambda: SmallestChange(wrong),
        lambda: Share(wrong),
        lambda: Share(0.5, wrong),
        lambda: VerdictFigures("A", "B", wrong),
    ):
        with pytest.raises(ValueError, match="not"):
            made()


def test_a_criterion_without_a_chinese_name_keeps_its_own():
    assert Room("price", 1.0).say("zh") == "price"
    assert Room("price", 1.0, "", "价格").say("zh") == "价格"
    assert Room("price", 1.0, "", "价格").say() == "price"
