"""Suppliers beside each other by a rate and its number of cases."""

from __future__ import annotations

import pytest

from monitor_folders import two_years
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor.funnel import peer_funnel


def test_the_declining_supplier_is_much_worse_and_the_tiny_one_inside():
    answers = two_years()
    frame = peer_funnel(answers.results, "resolution", answers.recent).to_frame().set_index("supplier")
    assert frame.loc["S03", "place"] == "much_worse"
    assert frame.loc["S04", "place"] == "inside"
    assert frame.loc["S04", "n"] < 50
    assert (frame["lower_outer"] <= frame["lower"]).all() and (frame["upper"] <= frame["upper_outer"]).all()


def test_the_mean_is_that_of_all_cases_together():
    results = two_years().results
    found = peer_funnel(results, "resolution")
    rows = results.frame[(results.frame["kpi"] == "resolution") & (results.frame["period"] == "2026-10")]
    assert found.mean == pytest.approx(rows["events"].sum() / rows["n"].sum())
    assert found.periods == ("2026-10",)


def test_a_rate_that_is_better_when_low_is_shown_as_the_kpi_shows_it():
    found = peer_funnel(two_years().results, "repeat_complaints", two_years().recent)
    row = found.to_frame().iloc[0]
    assert 0 <= row["value"] <= 1
    assert found.mean < 0.5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_says_who_differs(lang):
    said = peer_funnel(two_years().results, "resolution", two_years().recent).explain(lang)
    assert "S03" in said and "S04" not in said


def test_what_is_no_rate_is_refused():
    with pytest.raises(InvalidInput):
        peer_funnel(two_years().results, "price_level")
    with pytest.raises(UnknownName):
        peer_funnel(two_years().results, "happiness")
    with pytest.raises(UnknownName):
        peer_funnel(two_years().results, "resolution", ["2030-01"])


def test_a_language_that_does_not_exist_is_said():
    with pytest.raises(UnknownLanguageError, match="language"):
        peer_funnel(two_years().results, "resolution").explain("fr")
