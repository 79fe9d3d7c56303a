"""Screens of every subgroup, summarised by tender."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from integrity.made_markets import fair_market, joined, tender
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.integrity import screen_bids, screen_market, subgroup_screens
from supplier_eval.integrity.summary_screens import summarise
from supplier_eval.messages import UnknownLanguageError

PRICES = (100.0, 101.0, 102.0, 103.0, 150.0)


def one():
    return tender("T", 0, *zip("ABCDE", PRICES, strict=True))


def test_every_subgroup_is_screened_as_a_tender_of_its_own():
    """Each subgroup as a tender of its own through `screen_bids`, then the four statistics."""
    for k in (3, 4):
        alone = joined(
            *(
                tender(f"S{i:02d}", i, *zip("ABCD", group, strict=False))
                for i, group in enumerate(combinations(PRICES, k))
            )
        )
        each = screen_bids(alone).to_frame()
        found = subgroup_screens(one()).to_frame().iloc[0]
        for screen in ("cv", "spread", "difference", "relative_distance", "skewness", "ks_standardised"):
            values = each[screen].dropna()
            expected = (values.mean(), values.median(), values.min(), values.max())
            ours = [found[f"{word}_{screen}_of_{k}"] for word in ("mean", "median", "least", "largest")]
            assert ours == pytest.approx(expected, rel=1e-9), screen


def test_a_ring_among_honest_bids_shows_in_the_least_variation_only():
    frame = subgroup_screens(one()).to_frame().iloc[0]
    assert screen_bids(one()).to_frame()["cv"].iloc[0] > 0.15
    assert frame["least_cv_of_4"] == pytest.approx(np.std([100, 101, 102, 103], ddof=1) / 101.5)
    assert (frame["subgroups_of_3"], frame["subgroups_of_4"]) == (10, 5)


def test_kurtosis_needs_four_and_a_small_tender_has_no_subgroup():
    frame = joined(one(), tender("U", 1, ("A", 1.0), ("B", 2.0), ("C", 4.0)))
    found = subgroup_screens(frame)
    assert not any("kurtosis_of_3" in column for column in found.to_frame())
    assert np.isnan(found.to_frame()["mean_cv_of_4"].iloc[1])
    assert found.explain("T").count("\n") == 16  # eight screens of three and nine of four
    assert "cv, 1 subgroups of 3" in found.explain("U")
    pair = subgroup_screens(tender("P", 0, ("A", 1.0), ("B", 2.0)))
    assert pair.explain("P", "zh") == "项目 P 只有 2 个报价，没有子组。"


def test_it_agrees_with_the_variation_that_the_market_screens_use():
    frame = fair_market(3, 60)
    ours, theirs = subgroup_screens(frame).to_frame(), screen_market(frame).to_frame("tenders")
    for word in ("mean", "median", "least", "largest"):
        assert ours[f"{word}_cv_of_3"].to_numpy() == pytest.approx(theirs[f"{word}_cv_of_3"].to_numpy(), nan_ok=True)


def test_figures_that_are_not_defined_are_left_out_of_the_statistics():
    found = summarise(np.array([[np.nan, 2.0, 1.0, 6.0], [np.nan] * 4]))
    assert found[0].tolist() == [3.0, 2.0, 1.0, 6.0]
    assert np.isnan(found[1]).all()


def test_what_exceeds_the_bound_is_left_out_and_counted():
    found = subgroup_screens(one(), sizes=(3,), most_subsets=9)
    assert (found.left_out, found.subgroups[3].tolist()) == ({3: 1}, [0])
    assert repr(found) == "SubgroupScreens(1 tenders; 0 subgroups of 3 bids; exploratory)"


@pytest.mark.parametrize(
    "wrong", [{"sizes": (2,)}, {"sizes": 3}, {"sizes": "34"}, {"most_subsets": 0}, {"sizes": None}]
)
def test_wrong_arguments_are_refused_in_words(wrong):
    with pytest.raises(InvalidInput):
        subgroup_screens(one(), **wrong)
    with pytest.raises(UnknownName, match="tender"):
        subgroup_screens(one()).explain("Q")
    with pytest.raises(UnknownLanguageError, match="language"):
        subgroup_screens(one()).explain("T", "fr")
