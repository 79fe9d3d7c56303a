"""Prices with labels in, scores with the same labels out; everything wrong is said at once."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.messages import LANGS, catalogue
from supplier_eval.score.price_front import price_scores


def test_a_series_keeps_its_labels_and_its_order():
    prices = pd.Series([100.0, 80.0, 160.0], index=pd.Index(["c", "a", "b"], name="bid"), name="price")
    scores = price_scores(prices)
    expected = pd.Series([80.0, 100.0, 50.0], index=prices.index, name="price_score")
    pd.testing.assert_series_equal(scores, expected)


def test_a_mapping_and_a_sequence_are_prices_too():
    assert price_scores({"001": 100, "2": Decimal("80")}).to_dict() == {"001": 80.0, "2": 100.0}
    assert price_scores([100, 80]).to_dict() == {0: 80.0, 1: 100.0}
    assert price_scores(np.array([100, 80])).tolist() == [80.0, 100.0]
    assert price_scores([]).empty


def test_parameters_reach_the_formula():
    scores = price_scores({"a": 80, "b": 150}, "linear_to_ceiling", ceiling=180)
    assert scores.round(2).to_dict() == {"a": 100.0, "b": 30.0}


def test_quality_is_matched_by_label_not_by_position():
    prices = {"a": 100.0, "b": 100.0}
    by_label = price_scores(prices, "price_per_quality_point", quality={"b": 80.0, "a": 40.0})
    assert by_label.to_dict() == {"a": 50.0, "b": 100.0}
    series = pd.Series({"b": 80.0, "a": 40.0, "not here": 90.0})
    assert price_scores(prices, "price_per_quality_point", quality=series).to_dict() == by_label.to_dict()
    by_position = price_scores(prices, "price_per_quality_point", quality=[40.0, 80.0])
    assert by_position.to_dict() == by_label.to_dict()


def test_a_bid_that_does_not_count_may_have_no_price_and_has_no_score():
    scores = price_scores({"a": 80, "b": None, "c": 100}, eligible={"c": True, "b": False, "a": True})
    assert scores["a"] == 100.0
    assert np.isnan(scores["b"])
    assert scores["c"] == 80.0


def test_a_price_above_the_ceiling_scores_zero():
    assert price_scores({"a": 80, "b": 190}, "share_of_ceiling", ceiling=180)["b"] == 0.0


def test_every_price_that_is_no_price_is_a_finding_of_its_own():
    prices = pd.Series(
        [80.0, None, np.nan, float("inf"), 0, -5, "100", True, pd.NA, Decimal("NaN")],
        index=["ok", "none", "nan", "inf", "zero", "minus", "text", "true", "na", "decimal"],
        dtype=object,
    )
    with pytest.raises(InvalidInput) as refused:
        price_scores(prices)
    found = {f.facts["bid"]: f.code for f in refused.value.findings}
    assert found == {
        "none": "prices.price.missing",
        "nan": "prices.price.missing",
        "na": "prices.price.missing",
        "decimal": "prices.price.missing",
        "inf": "prices.price.infinite",
        "zero": "prices.price.not_positive",
        "minus": "prices.price.not_positive",
        "text": "prices.price.not_a_number",
        "true": "prices.price.not_a_number",
    }
    assert "bid minus, -5, is not above zero" in str(refused.value)


def test_two_prices_under_one_label_are_a_finding():
    with pytest.raises(InvalidInput) as refused:
        price_scores(pd.Series([80.0, 90.0, -1.0], index=["a", "a", "b"]))
    assert [f.code for f in refused.value.findings] == ["prices.bid.duplicate", "prices.price.not_positive"]


def test_every_code_says_itself_in_both_languages():
    codes = [code for code in catalogue() if code.startswith(("prices.price.", "prices.bid."))]
    ours = {"missing", "not_a_number", "infinite", "not_positive", "duplicate"}
    assert ours <= {code.rsplit(".", 1)[1] for code in codes}
    for code in codes:
        assert all(catalogue()[code][lang] and catalogue()[code][f"{lang}_remedy"] for lang in LANGS)


def test_an_unknown_formula_is_an_unknown_name():
    with pytest.raises(UnknownName, match="min_max"):
        price_scores([80, 100], "minmax")


def test_wrong_parameters_come_all_at_once():
    with pytest.raises(ValueError, match=r"x must be at most 1") as refused:
        price_scores([80, 100], "bilinear", x=90, points=50)
    assert "does not know 'points'" in str(refused.value)
    assert "needs ceiling" in str(refused.value)


@pytest.mark.parametrize(
    ("quality", "says"),
    [
        (80.0, "one figure a bid"),
        ("80", "one figure a bid"),
        ([80.0], "1 figures for 2 bids"),
        ({"a": 80.0}, "no figure for b"),
        (pd.Series([80.0, 70.0, 60.0], index=["a", "a", "b"]), "more than one figure"),
        ({"a": 80.0, "b": None}, "must be a number"),
        ({"a": 80.0, "b": np.nan}, "missing for an eligible bid"),
    ],
)
def test_quality_that_does_not_fit_the_bids_is_refused(quality, says):
    with pytest.raises(ValueError, match=says):
        price_scores({"a": 100.0, "b": 90.0}, "price_per_quality_point", quality=quality)


def test_an_eligibility_that_is_not_true_or_false_is_refused():
    with pytest.raises(ValueError, match="True or False"):
        price_scores([80, 100], eligible=[1, 0])


def test_the_prices_are_not_touched():
    prices = pd.Series([80.0, np.nan], index=["a", "b"])
    kept = prices.copy()
    price_scores(prices, eligible=[True, False])
    pd.testing.assert_series_equal(prices, kept)
