"""Grades over time."""

from __future__ import annotations

from report.made_reviews import two_years
from report.made_robustness import texts
from supplier_eval.report.chart_grades import grades_shape, grades_size
from supplier_eval.report.charts import alt_text
from supplier_eval.report.charts_review import grade_history


def test_every_grade_stands_in_its_cell():
    history = two_years().review.history
    ax = grade_history(two_years().reviews)
    letters = [text for text in texts(ax) if text in {"A", "B", "C", "D"}]
    assert len(letters) == int((history["grade"] != "").sum())
    assert f"{int(history['changed'].sum())} changes" in alt_text(ax)


def test_the_newest_36_periods_are_shown():
    suppliers, periods = grades_shape(two_years().reviews)
    assert (len(suppliers), periods[-1]) == (12, "2026-10")
    assert grades_size((suppliers, periods))[0] > grades_size(([], []))[0]


def test_no_review_has_no_grades():
    assert grades_shape([]) == ([], [])
