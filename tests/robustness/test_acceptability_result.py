"""The tables and words of a rank acceptability."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.score.sheet import ScoreSheet

VALUES = pd.DataFrame({"quality": [90, 70, 60], "price": [50, 80, 40]}, index=["A", "B", "C"])
SHEET = ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4})


@pytest.fixture(scope="module")
def found():
    return rank_acceptability(SHEET, 256, {"ball": 0.1})


def test_one_row_a_bid_with_its_shares(found):
    table = found.to_frame()
    assert list(table.columns) == [
        *("bid", "name", "first", "first_error", "expected_rank", "expected_rank_error", "confidence"),
        *("rank_1", "rank_2", "rank_3"),
    ]
    assert table["confidence"].dtype == "Float64"
    assert pd.isna(table["confidence"].iloc[2])
    assert (table["first"] == table["rank_1"]).all()
    assert table.notna().sum().sum() == table.size - 1


def test_one_row_a_pair_of_different_bids(found):
    table = found.pairwise_frame().set_index(["bid", "other"])
    assert len(table) == 6
    assert table.loc[("A", "B"), "ahead"] + table.loc[("B", "A"), "ahead"] + table.loc[("A", "B"), "tied"] == 1
    assert table.loc[("A", "C"), "ahead"] == 1


def test_central_weights_have_rows_for_bids_that_are_ever_first(found):
    table = found.central_frame()
    assert set(table["bid"]) == {"A", "B"}
    assert table.groupby("bid")["weight"].sum().tolist() == pytest.approx([1, 1])
    assert table["published"].tolist() == [0.6, 0.4, 0.6, 0.4]


def test_it_is_exploratory_and_carries_what_made_it(found):
    assert found.standing == "exploratory"
    assert found.policy_fingerprint == ""
    assert (found.draws, found.scrambles, found.seed) == (256, 16, 0)
    assert found.acceptance == 1
    assert repr(found).count("\n") == 0


def test_half_widths_are_wider_than_errors(found):
    """Student's t with 15 degrees: 2.131 for 95 %."""
    assert found.half_widths() == pytest.approx(2.131 * found.errors, rel=1e-3)


def test_the_words_name_region_winner_losers_and_draws(found):
    said = found.explain()
    assert "no weight moves by more than 10 points of 100" in said
    assert "C is first in none of the draws, and so has no central weights and no confidence factor" in said
    assert "256 draws in 16 independent scrambles" in said
    assert said.index("A is first") < said.index("C is first")
    assert "均匀抽取" in found.explain("zh")


@pytest.mark.parametrize(
    ("region", "words"),
    [
        ("simplex", "all weights that sum to 1"),
        ({"ball": 0.1, "norm": "sum"}, "all moves together"),
        ({"ball": 0.1, "norm": "euclidean"}, "Euclidean distance of 10 points"),
        ({"intervals": {"price": (0.1, 0.5)}}, "between its two limits"),
        ({"order": ["price", "quality"]}, "importance price ≥ quality"),
        ({"linear": [({"price": 1}, "<=", 0.5)]}, "satisfy one inequality"),
        ({"linear": [({"price": 1}, "==", 0.5)]}, "2 inequalities"),
    ],
)
def test_each_region_has_its_words(region, words):
    assert words in rank_acceptability(SHEET, 64, region).explain()


def test_drawn_values_are_said():
    assert "Values were drawn as well" in rank_acceptability(SHEET, 64, uncertainty={"normal": 1}).explain()
    assert "only the weights vary" in rank_acceptability(SHEET, 64, uncertainty={"normal": 0}).explain()
