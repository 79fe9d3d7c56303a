"""The result on a grid: tables and sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import ExactLosses
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk

MODEL = LossModel((LossRisk("a", math.log(40), 0.0, Frequency(1.0)),))
GRID = np.arange(1, 101) / 100
GRIDS = {"lower": np.minimum(GRID + 0.01, 1), "rounding": GRID, "upper": np.maximum(GRID - 0.01, 0)}
MEANS = {"lower": 48.51, "rounding": 49.5, "upper": 50.5}
FOUND = ExactLosses(MODEL, 1.0, GRIDS, MEANS, (0.9, 0.95), ("x",), "CNY")


def test_figures_stand_between_their_bounds():
    assert (FOUND.var(0.95).low, FOUND.var(0.95).value, FOUND.var(0.95).high) == (93, 94, 95)
    assert FOUND.exceeded(50).value == pytest.approx(0.49)
    frame = FOUND.to_frame()
    assert frame["measure"].tolist() == ["mean", "sd", "no_loss", "var", "var", "tvar", "tvar"]
    assert (frame["low"] <= frame["high"]).all()
    assert frame["value"].iloc[2] == pytest.approx(math.exp(-1))


def test_the_sentences_give_bounds_and_say_where_the_grid_ends():
    said = FOUND.explain().splitlines()
    assert (
        said[0]
        == "The risks assessed (1) cost 40 CNY a year on average, with a standard deviation of 40 CNY (closed form)."
    )
    assert "95 % of the years cost no more than 94 (93 - 95) CNY" in said[2]
    assert said[-1] == "Not assessed, and in no figure: 1 (x)."
    beyond = ExactLosses(MODEL, 1.0, GRIDS, MEANS, (0.995,))
    assert "The grid ends before the level of 99.5 %" in beyond.explain()
    assert "网格未达到 99.5 % 水平" in beyond.explain("zh")
    assert repr(FOUND) == "ExactLosses(1 risks; mean 40, VaR 0.95 94 (93 - 95))"
    assert FOUND.standing == "exploratory"


def test_levels_and_amounts_that_are_none_are_refused():
    losses = ExactLosses(LossModel((), ()), 1.0, {}, {}, (0.9,))
    for figure in (losses.var, losses.tvar):
        with pytest.raises(InvalidInput, match="level"):
            figure(95)
    for amount in ("a", float("inf"), None):
        with pytest.raises(InvalidInput, match="amount"):
            losses.exceeded(amount)
