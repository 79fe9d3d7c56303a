from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import supplier_eval as se
from supplier_eval.errors import InvalidInput

METHODS = [se.policy.rank_order_centroid, se.policy.rank_sum, se.policy.reciprocal_rank]


def test_rank_order_centroid_of_four_and_five_is_exact():
    """Barron & Barrett 1996: 25/48, 13/48, 7/48, 3/48 (printed .52 .27 .15 .06); five: .4567 .2567 .1567 .09 .04."""
    four = se.policy.rank_order_centroid(["a", "b", "c", "d"])
    assert four.values == pytest.approx(np.array([25, 13, 7, 3]) / 48, abs=1e-15)
    assert four.values == pytest.approx([0.52, 0.27, 0.15, 0.06], abs=0.005)
    five = se.policy.rank_order_centroid(["v", "w", "x", "y", "z"])
    want = [0.45666666666666667, 0.25666666666666665, 0.15666666666666668, 0.09, 0.04]
    assert five.values == pytest.approx(want, abs=1e-12)


def test_rank_sum_and_reciprocal_of_five_are_exact():
    """Stillwell, Seaver & Edwards 1981: 5 4 3 2 1 over 15, and 60 30 20 15 12 over 137."""
    assert se.policy.rank_sum(range(5)).values == pytest.approx(np.array([5, 4, 3, 2, 1]) / 15, abs=1e-15)
    reciprocal = se.policy.reciprocal_rank(range(5)).values
    assert reciprocal == pytest.approx(np.array([60, 30, 20, 15, 12]) / 137, abs=1e-15)
    assert reciprocal == pytest.approx([0.438, 0.219, 0.146, 0.109, 0.088], abs=5.1e-4)


def test_the_centroid_is_the_mean_of_all_weights_that_agree_with_the_order():
    rng = np.random.default_rng(5)
    draws = rng.dirichlet(np.ones(4), 40000)
    ordered = -np.sort(-draws, axis=1)
    assert se.policy.rank_order_centroid(list("abcd")).values == pytest.approx(ordered.mean(axis=0), abs=0.005)
    open_group = draws[(draws[:, 0] >= draws[:, 1:3].max(axis=1)) & (draws[:, 1:3].min(axis=1) >= draws[:, 3])]
    tied = se.policy.rank_order_centroid(["a", ("b", "c"), "d"])
    assert tied.values == pytest.approx(open_group.mean(axis=0), abs=0.01)


@pytest.mark.parametrize("method", METHODS)
def test_a_group_shares_the_weights_of_its_places(method):
    plain = method(list("abcd")).values
    tied = method(["a", {"c", "b"}, "d"])
    assert tied.names == ("a", "b", "c", "d")
    assert tied.values == pytest.approx([plain[0], plain[1:3].mean(), plain[1:3].mean(), plain[3]])
    assert tied["b"] == tied["c"]
    assert tied.figures["ranks"].tolist() == [1, 2, 2, 4]
    assert method([["a", "b", "c"]]).values == pytest.approx([1 / 3] * 3)


@pytest.mark.parametrize("method", METHODS)
def test_ranks_by_name_say_the_same_as_an_order(method):
    by_rank = method({"d": 4, "b": 2, "a": 1, "c": 2})
    assert by_rank.names == ("d", "b", "a", "c")
    assert by_rank.by_name == method(["a", ("b", "c"), "d"]).by_name
    assert method(pd.Series({"a": "1", "b": 3.0})).by_name == method(["a", "b"]).by_name


@pytest.mark.parametrize("method", METHODS)
@given(n=st.integers(1, 30))
def test_weights_fall_with_the_rank_stay_positive_and_sum_to_one(method, n):
    weights = method([f"c{i}" for i in range(n)]).values
    assert weights.sum() == pytest.approx(1, abs=1e-14)
    assert np.all(weights > 0) and np.all(np.diff(weights) < 0)


@pytest.mark.parametrize(
    ("order", "code"),
    [
        ([], "points.empty"),
        ([()], "points.empty"),
        ({}, "points.empty"),
        (["a", "b", "a"], "pair.twice"),
        ("quality", "order.text"),
        ({"a": 0}, "order.rank"),
        ({"a": None}, "order.rank"),
        ({"a": "first"}, "order.rank"),
    ],
)
def test_what_is_no_order_is_refused(order, code):
    with pytest.raises(InvalidInput) as caught:
        se.policy.rank_sum(order)
    assert [f.code for f in caught.value.findings] == [f"weighting.{code}"]
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)


def test_a_number_of_criteria_is_an_order_of_that_many():
    """Published for four: .52 .27 .15 .06 (Edwards and Barron 1994)."""
    found = se.policy.rank_order_centroid(4)
    assert list(found) == ["1", "2", "3", "4"] and len(found) == 4 and "4" in found
    assert found.values.tolist() == pytest.approx([0.52, 0.27, 0.15, 0.06], abs=0.005)
    assert dict(found) == dict(found.items()) == found.by_name
