"""The charts of a review, drawn on any axes in both languages."""

from __future__ import annotations

import re

import pytest

from report.made_reviews import feedback_of, hostile, two_years
from report.made_robustness import texts
from supplier_eval.errors import UnknownName
from supplier_eval.monitor.funnel import peer_funnel
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_review import grade_history, kpi_trend, peer_funnel_plot, scorecard_tiles


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_chart_can_be_drawn_says_itself_and_is_marked(lang):
    answers = two_years()
    mark = "EXPLORATORY" if lang == "en" else "仅供探讨"
    for ax in (
        scorecard_tiles(answers.review, "S03", name="声动", lang=lang),
        kpi_trend(answers.results, "S06", "resolution", lang=lang),
        grade_history(answers.reviews, lang=lang),
        peer_funnel_plot(peer_funnel(answers.results, "resolution"), lang=lang),
    ):
        assert len(alt_text(ax)) > 20
        assert mark in texts(ax)
        assert not re.search(r"\bnan\b", " ".join(texts(ax)).lower())


@pytest.mark.filterwarnings("error")
def test_names_that_break_spreadsheets_are_only_text():
    results, reviews = hostile()
    literal = []
    for name in results.suppliers:
        tiles = scorecard_tiles(reviews[-1], name, name="$\\frac$ " * 40)
        drawn = (tiles, kpi_trend(results, name, "satisfied", lang="zh"))
        assert all(draw_as(ax, "png").startswith(b"\x89PNG") for ax in drawn)
        literal.append(any("$\\frac$" in text for text in texts(tiles)))
    assert any(literal)
    drawn = (
        grade_history(reviews, names={name: name for name in results.suppliers}),
        peer_funnel_plot(peer_funnel(results, "satisfied")),
    )
    assert all(draw_as(ax, "png").startswith(b"\x89PNG") for ax in drawn)


@pytest.mark.parametrize("n", [1, 2, 60])
def test_one_supplier_and_sixty_fit(n):
    results, reviews = feedback_of(tuple(f"S{i:02}" for i in range(n)))
    ax = grade_history(reviews)
    assert len(ax.get_yticklabels()) == n
    draw_as(ax, "png")
    draw_as(peer_funnel_plot(peer_funnel(results, "satisfied")), "png")


def test_all_equal_suppliers_have_a_funnel_without_width():
    results, _ = feedback_of(("A", "B", "C"), score=5)
    funnel = peer_funnel(results, "satisfied")
    assert set(funnel.to_frame()["place"]) == {"inside"}
    draw_as(peer_funnel_plot(funnel), "png")


def test_a_stranger_is_refused_and_the_figure_may_be_given():
    answers = two_years()
    with pytest.raises(UnknownName):
        scorecard_tiles(answers.review, "S99")
    with pytest.raises(UnknownName):
        kpi_trend(answers.results, "S03", "happiness")
    first = grade_history(answers.review)
    assert grade_history(answers.review, ax=first) is first
