"""exact_losses: beside the simulation, order, arguments."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import exact_losses, simulate_losses

REGISTER = pd.DataFrame(
    {
        "risk": ["b", "a", "c"],
        "low": [5, 1, None],
        "high": [40, 9, 3],
        "frequency": [2, 3, 1],
        "dispersion": [3, None, 1],
    }
)
SHOCKS = pd.DataFrame({"shock": ["s", "s"], "risk": ["a", "b"], "frequency": [0.5] * 2, "probability": [None, 0.4]})


def test_the_simulation_lies_within_four_standard_errors_of_the_bounds():
    exact, sampled = exact_losses(REGISTER, SHOCKS), simulate_losses(REGISTER, SHOCKS, years=40_000, seed=2)
    for level in (0.95, 0.99):
        for bounds, drawn in ((exact.var(level), sampled.var(level)), (exact.tvar(level), sampled.tvar(level))):
            assert bounds.low <= bounds.value <= bounds.high
            assert bounds.low - 4 * drawn.error < drawn.value < bounds.high + 4 * drawn.error


def test_more_points_bring_the_bounds_together():
    wide, narrow = (exact_losses(REGISTER, points=points).tvar(0.99) for points in (1024, 8192))
    assert wide.low < narrow.low < narrow.high < wide.high
    assert narrow.high - narrow.low < 0.2 * (wide.high - wide.low)


def test_the_order_of_rows_changes_no_bit():
    straight, turned = exact_losses(REGISTER, SHOCKS), exact_losses(REGISTER.iloc[::-1], SHOCKS.iloc[::-1])
    assert all(np.array_equal(straight.grids[way], turned.grids[way]) for way in straight.grids)


def test_a_grid_that_ends_before_the_level_has_no_figure():
    short = exact_losses(REGISTER, points=256, step=0.1)
    assert short.var(0.99).value is None
    assert short.to_frame()["value"].isna().sum() == 4


def test_nothing_assessed_costs_nothing():
    found = exact_losses(REGISTER.assign(low=None))
    assert found.var(0.95).value == 0
    assert found.not_assessed == ("a", "b", "c")


@pytest.mark.parametrize(
    "wrong", [{"points": 100}, {"points": 2.0}, {"points": None}, {"step": 0}, {"step": "1"}, {"step": -1}]
)
def test_arguments_out_of_range_are_refused(wrong):
    with pytest.raises(InvalidInput, match=next(iter(wrong))):
        exact_losses(REGISTER, **wrong)


def test_everything_is_refused_at_once():
    with pytest.raises(InvalidInput) as refused:
        exact_losses(REGISTER.assign(low=100), levels=(), points=1, step=0)
    assert [f.code for f in refused.value.findings] == [
        "losses.level",
        "losses.points",
        "asked.figure.above",
        *["losses.interval"] * 3,
    ]


def test_no_row_and_no_assessed_risk_give_no_figure():
    with pytest.raises(InvalidInput, match="no risk is registered"):
        exact_losses(REGISTER.iloc[:0])
    assert "No risk is assessed" in exact_losses(REGISTER.assign(low=None)).explain()
