"""What rank acceptability says of uncertain values, of the region, of a tie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.score.sheet import ScoreSheet

VALUES = pd.DataFrame({"quality": [60, 70, 55], "price": [50, 52, 40]}, index=["A", "B", "C"])
SHEET = ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4})


def asked(**given):
    return rank_acceptability(SHEET, 4096, {"ball": 0.1}, **given)


def test_which_values_are_uncertain_and_how_large_is_said():
    said = asked(uncertainty={"normal": {"quality": 3.0}}).explain()
    assert "normal errors with a standard deviation of quality 3" in said
    assert "Taken as they are: price." in said
    assert "Standard deviation of the values drawn" in said
    assert "最稳定" in asked(uncertainty={"normal": {"quality": 3.0}}).explain("zh")


def test_one_size_for_all_and_a_table_of_sizes_are_said_as_such():
    assert "even errors up and down of at most 2." in asked(uncertainty={"interval": 2.0}).explain()
    sizes = [[1.0, 2.0, 4.0], [0.0, 0.0, 0.0]]
    assert "at most 0 to 4." in asked(uncertainty={"interval": sizes}).explain()


def test_the_spread_is_that_of_the_stated_errors():
    """An even error of half-width h has the standard deviation h / sqrt(3); a normal one its own."""
    spread = asked(uncertainty={"interval": {"quality": 3.0}, "normal": {"price": 2.0}}).spread
    assert spread[0] == pytest.approx(np.full(3, 3.0 / np.sqrt(3)), rel=0.05)
    assert spread[1] == pytest.approx(np.full(3, 2.0), rel=0.05)
    frame = asked(uncertainty={"interval": {"quality": 3.0}}).uncertainty_frame()
    assert list(frame.columns) == ["criterion", "bid", "value", "deviation"]
    assert frame.loc[frame["criterion"] == "price", "deviation"].tolist() == [0.0, 0.0, 0.0]
    assert frame.loc[frame["criterion"] == "quality", "value"].tolist() == [60.0, 70.0, 55.0]


def test_values_that_a_caller_draws_are_measured():
    def drawn(rng, n):
        values = np.repeat(VALUES.to_numpy(dtype=float).T[:, :, None], n, axis=2)
        values[0, 1] += rng.choice([-5.0, 5.0], n)
        return values

    found = asked(draw_values=drawn)
    assert found.spread[0] == pytest.approx([0.0, 5.0, 0.0], abs=0.05)
    assert "quality 0 to 5" in found.explain()


def test_certain_values_have_no_spread_and_say_so():
    found = asked()
    assert not found.spread.any()
    assert "Marks and prices are taken as they are" in found.explain()


def test_a_bid_whose_name_is_its_id_is_named_once():
    assert "(A)" not in asked().explain()
    assert "（A）" not in asked().explain("zh")
