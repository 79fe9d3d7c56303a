"""Everything that is wrong with a table is said at once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.rank.matrix import rank_matrix
from supplier_eval.rank.method import DOMAINS
from supplier_eval.rank.table_findings import stricter

FRAME = pd.DataFrame({"price": [10.0, 20.0, 30.0], "quality": [3.0, 4.0, 5.0]}, index=["X", "Y", "Z"])


def refused(values, weights=(1, 1), directions=("min", "max"), method="topsis", **parameters):
    with pytest.raises(InvalidInput) as error:
        rank_matrix(values, weights, directions, method, **parameters)
    for finding in error.value.findings:
        assert finding.line("en") and finding.line("zh"), "every finding says itself in both languages"
    return error.value.findings


def codes(*arguments, **more):
    return [finding.code for finding in refused(*arguments, **more)]


def test_all_findings_come_at_once():
    broken = FRAME.astype(object)
    broken.loc["Y", "price"], broken.loc["Z", "quality"] = None, "good"
    broken.index = ["X", "Y", "X"]
    found = refused(broken, {"price": -1, "speed": 2}, {"price": "up", "quality": "max"})
    assert [f.code for f in found] == [
        "matrix.bid.duplicate",
        "matrix.values.missing",
        "matrix.values.missing",
        "matrix.weight.absent",
        "matrix.weight.stray",
        "matrix.weight.invalid",
        "matrix.direction.invalid",
    ]
    assert [f.column for f in found[1:3]] == ["price", "quality"]
    assert found[1].facts["bids"] == "Y"
    assert found[2].value == "good"
    assert found[3].value == "quality"


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ([1], "matrix.weight.count"),
        ([1, 2, 3], "matrix.weight.count"),
        ([0, 0], "matrix.weight.nothing"),
        ([np.nan, 1], "matrix.weight.invalid"),
        ([np.inf, 1], "matrix.weight.invalid"),
        ([-1, 2], "matrix.weight.invalid"),
        (["much", 2], "matrix.weight.invalid"),
        ([1e308, 1e308], "matrix.weight.invalid"),
        (pd.Series([1, 2, 3], index=["price", "quality", "price"]), "matrix.weight.twice"),
    ],
)
def test_weights_that_cannot_be_used(weights, code):
    assert code in codes(FRAME, weights)


@pytest.mark.parametrize(
    ("directions", "code"),
    [
        (["min"], "matrix.direction.count"),
        (["min", "more"], "matrix.direction.invalid"),
        ([0, 1], "matrix.direction.invalid"),
        ([["min"], "max"], "matrix.direction.invalid"),
        ({"price": "min"}, "matrix.direction.absent"),
        ({"price": "min", "quality": "max", "speed": "max"}, "matrix.direction.stray"),
    ],
)
def test_directions_that_cannot_be_used(directions, code):
    assert code in codes(FRAME, directions=directions)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (FRAME.iloc[:0], "matrix.values.empty"),
        (FRAME.iloc[:, :0], "matrix.values.empty"),
        ([[]], "matrix.values.empty"),
        ([1.0, 2.0], "matrix.values.shape"),
        (np.ones((2, 2, 2)), "matrix.values.shape"),
        ([[1.0, 2.0], [3.0]], "matrix.values.shape"),
        (FRAME.set_axis(["price", "price"], axis=1), "matrix.criterion.duplicate"),
    ],
)
def test_tables_that_are_none(values, code):
    assert code in codes(values)


def test_figures_that_a_method_cannot_take_are_named_by_criterion_and_bid():
    zero = FRAME.assign(price=[10.0, 0.0, 30.0])
    (finding,) = refused(zero, method="waspas")
    assert (finding.code, finding.column, finding.facts["bids"]) == ("matrix.values.not_positive", "price", "Y")
    below = FRAME.assign(quality=[-1.0, 4.0, -2.0])
    (finding,) = refused(below, method="aras")
    assert (finding.code, finding.column, finding.facts["n"]) == ("matrix.values.negative", "quality", 2)
    assert "ARAS" in finding.message
    assert rank_matrix(zero, [1, 1], ["max", "max"], "waspas").ranks.tolist() == [2, 3, 1]


def test_a_normalisation_can_be_stricter_than_its_method():
    below = FRAME - 15.0
    assert rank_matrix(below, [1, 1], ["min", "max"]).ranks.min() == 1
    found = refused(below, normalisation="max")
    assert {f.code for f in found} == {"matrix.values.not_positive", "matrix.values.negative"}
    assert "TOPSIS (max)" in found[0].message


def test_long_lists_of_bids_are_cut():
    many = pd.DataFrame({"q": [np.nan] * 30})
    (finding,) = refused(many, [1], ["max"])
    assert finding.facts["n"] == 30
    assert str(finding.facts["bids"]).endswith("…")


def test_the_stricter_of_two_domains():
    assert stricter("any", "positive") == stricter("positive", "any") == "positive"
    assert stricter("not_negative", "positive_costs") == "positive_costs"
    assert DOMAINS[0] == "any"
