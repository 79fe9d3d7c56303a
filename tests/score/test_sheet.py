"""The score sheet: from any table of values, and what it says of itself."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from strategies import Offer, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.front import rank_bids
from supplier_eval.score.sheet import ScoreSheet

VALUES = pd.DataFrame({"quality": [80.0, 60.0], "price": [50.0, 100.0]}, index=["A", "B"])


def codes(values: pd.DataFrame, weights: dict[str, float]) -> set[str]:
    with pytest.raises(InvalidInput) as refused:
        ScoreSheet.from_frame(values, weights)
    return {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("weights", [{"quality": 0.6, "price": 0.4}, {"quality": 60, "price": 40}])
def test_a_table_of_values_ranks_with_weights_of_one_or_a_hundred(weights):
    ranking = rank_bids(ScoreSheet.from_frame(VALUES, weights))
    assert ranking.total.tolist() == pytest.approx([68.0, 76.0])
    assert ranking.standing == "exploratory"


def test_the_order_of_rows_and_columns_changes_nothing():
    first = rank_bids(ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4}))
    second = rank_bids(ScoreSheet.from_frame(VALUES.iloc[::-1], {"price": 0.4, "quality": 0.6}))
    assert first.bids == second.bids
    assert np.array_equal(first.total, second.total)


def test_the_frame_is_not_touched():
    before = VALUES.copy()
    ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4})
    pd.testing.assert_frame_equal(VALUES, before)


def test_every_finding_comes_at_once():
    values = pd.DataFrame({"quality": [80.0, np.nan], "price": [50.0, 101.0]}, index=["A", "B"])
    found = codes(values, {"quality": 0.5, "prize": 0.4})
    assert found == {"weights.criterion.absent", "weights.criterion.stray", "weights.sum", "values.value.invalid"}


def test_negative_weights_are_refused():
    assert codes(VALUES, {"quality": 1.4, "price": -0.4}) == {"weights.weight.invalid"}


def test_text_in_the_table_is_refused():
    told = VALUES.astype(object)
    assert codes(told.mask(told == 60.0, "sixty"), {"quality": 0.6, "price": 0.4}) == {"values.value.invalid"}


def test_an_empty_table_and_a_bid_named_twice_are_refused():
    assert codes(VALUES.iloc[:0], {"quality": 0.6, "price": 0.4}) == {"values.empty"}
    assert "values.duplicate" in codes(pd.concat([VALUES, VALUES]), {"quality": 0.6, "price": 0.4})


def test_a_bid_that_does_not_exist_is_named_with_the_nearest():
    with pytest.raises(UnknownName, match="There is: A, B"):
        ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4}).position("C")


def test_the_sheet_explains_raw_figures_and_values():
    marks = {"E1": {"quality": 80.0, "capability": 70.0, "emergency": 60.0}}
    policy = Policy.from_mapping(policy_mapping())
    sheet = evaluate(make_tender([Offer("A", marks, Decimal(10))], policy)).only_lot.sheet
    said = sheet.explain("A")
    assert "quality: 80 is worth 80.0000 of 100." in said
    assert "price: worth 100.0000 of 100." in said
    frame = sheet.to_frame()
    assert frame.loc[frame["criterion"] == "quality", "raw"].tolist() == [80.0]
    assert np.isnan(frame.loc[frame["criterion"] == "price", "raw"].iloc[0])
    assert "1 of 1 bids × 4 criteria, binding" in repr(sheet)


@pytest.mark.parametrize("values", [None, 3, [[80.0, 50.0]], np.ones((2, 2)), "abc"], ids=repr)
def test_what_is_no_table_is_refused_together_with_weights_that_have_no_names(values):
    assert codes(values, {"quality": 60, "price": 40}) == {"asked.frame"}
    assert codes(values, [0.6, 0.4]) == {"asked.frame", "asked.weights"}
    assert codes(VALUES, None) == {"asked.weights"}
