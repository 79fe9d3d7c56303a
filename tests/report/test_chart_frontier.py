"""The front of an award: points, proved segments, the chosen point."""

from __future__ import annotations

import numpy as np
import pytest

from report.made_awards import front
from report.made_robustness import texts
from supplier_eval.report.charts_award import award_frontier


def places(ax):
    return [tuple(at) for dots in ax.collections for at in np.asarray(dots.get_offsets()).tolist()]


def test_every_point_stands_at_its_figures_with_units_and_the_better_side():
    ax = award_frontier(front())
    assert sorted(places(ax)) == [(330.0, 900.0), (340.0, 1200.0), (355.0, 1350.0)]
    assert ax.get_xlabel() == "cost (CNY), lower is better"
    assert ax.get_ylabel() == "score (points × volume), higher is better"
    assert {"1", "2", "3"} <= set(texts(ax))


def test_proved_segments_are_lines_and_the_legend_says_so():
    ax = award_frontier(front())
    assert [list(line.get_xdata()) for line in ax.lines] == [[330.0, 340.0]]
    assert any("every award between is" in " ".join(text.split()) for text in texts(ax))


def test_the_chosen_point_is_ringed_and_named():
    ax = award_frontier(front(), chosen=1)
    assert places(ax).count((340.0, 1200.0)) == 2
    assert "cost (CNY): 340.00\nscore (points × volume): 1,200" in texts(ax)
    with pytest.raises(ValueError, match="one of 3 points"):
        award_frontier(front(), chosen=3)


def test_a_front_that_is_not_proved_complete_says_so_and_why_in_both_languages():
    said = " ".join(" ".join(texts(award_frontier(front(complete=False)))).split())
    assert "not proved to be complete" in said
    assert "The time given ended" in said
    assert any("尚未证明前沿完整" in text for text in texts(award_frontier(front(complete=False), lang="zh")))
    assert any("complete, which is proved" in text for text in texts(award_frontier(front())))


def test_a_third_objective_is_the_tone_of_the_points():
    ax = award_frontier(front(objectives=("cost", "score", "winners")))
    assert [bar.get_ylabel() for bar in ax.figure.axes[1:]] == ["number of winners"]


def test_one_point_and_no_point():
    assert places(award_frontier(front(points=1), chosen=0)).count((330.0, 900.0)) == 2
    assert len(texts(award_frontier(front(points=0)))) > 1
