"""simulate_losses: order, seeds, arguments."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import simulate_losses

REGISTER = pd.DataFrame(
    {
        "risk": ["outage", "泄漏", "late", "fraud"],
        "low": [1e4, 5e4, 500, None],
        "high": [2e5, 4e6, 500, 1e6],
        "frequency": [1.5, 0.1, 6.0, 0.2],
        "dispersion": [None, 1, 2.5, 1],
        "currency": ["CNY"] * 4,
    }
)
SHOCKS = pd.DataFrame({"shock": ["flood"] * 2, "risk": ["outage", "late"], "frequency": [0.2] * 2})


def test_the_order_of_rows_and_columns_changes_no_bit():
    straight = simulate_losses(REGISTER, SHOCKS, years=2000)
    turned = simulate_losses(REGISTER.iloc[::-1][REGISTER.columns[::-1]], SHOCKS.iloc[::-1], years=2000)
    assert np.array_equal(straight.losses, turned.losses)
    pd.testing.assert_frame_equal(straight.to_frame(), turned.to_frame())


def test_a_seed_gives_the_same_years_and_another_one_others():
    first, same, other = (simulate_losses(REGISTER, years=1000, levels=(0.9,), seed=seed) for seed in (0, 0, 1))
    assert np.array_equal(first.losses, same.losses)
    assert not np.array_equal(first.losses, other.losses)
    assert abs(other.check) < 4


def test_the_tables_given_are_left_as_they_were():
    before = REGISTER.copy(deep=True)
    found = simulate_losses(REGISTER, SHOCKS, years=1000, levels=0.9)
    pd.testing.assert_frame_equal(REGISTER, before)
    assert found.levels == (0.9,)
    with pytest.raises(ValueError, match="read-only"):
        found.losses[0] = 1


def test_no_assessed_risk_costs_nothing_and_says_so():
    found = simulate_losses(REGISTER.assign(low=None), years=1000, levels=[0.5])
    assert (found.exact_mean, found.var(0.5).value, found.check) == (0, 0, None)
    assert len(found.not_assessed) == 4
    assert found.risks_frame().empty
    assert found.explain().startswith("No risk is assessed, so that there is no figure")


@pytest.mark.parametrize("years", [999, 0, -5, 2.0, "1000", None, True, 10**9])
def test_years_out_of_range_are_refused(years):
    with pytest.raises(InvalidInput, match="a whole number from 1,000"):
        simulate_losses(REGISTER, years=years)


@pytest.mark.parametrize("levels", [(), (1.0,), (0,), ("a",), None, "0.9", (float("nan"),), 95])
def test_levels_that_are_none_are_refused(levels):
    with pytest.raises(InvalidInput, match="is no level"):
        simulate_losses(REGISTER, levels=levels)


def test_too_few_years_beyond_a_level_are_an_error_that_says_how_many_are_needed():
    with pytest.raises(InvalidInput, match="Simulate 20,000 years or more"):
        simulate_losses(REGISTER, years=19_000, levels=(0.9, 0.999))


def test_more_events_than_can_be_drawn_are_refused():
    with pytest.raises(InvalidInput, match="too many to draw"):
        simulate_losses(REGISTER.assign(frequency=1e5), years=1_000_000)


def test_arguments_and_tables_are_refused_together():
    with pytest.raises(InvalidInput) as refused:
        simulate_losses(REGISTER.drop(columns="low"), SHOCKS.drop(columns="risk"), years=1, levels=2, seed=-1)
    assert [f.code for f in refused.value.findings] == [
        "asked.whole",
        "losses.years",
        "losses.level",
        "risk_table.column_missing",
        "risk_table.column_missing",
    ]
    assert "缺少列 low" in refused.value.report("zh")


def test_a_register_without_rows_is_refused_because_it_would_read_as_no_loss():
    with pytest.raises(InvalidInput, match="no risk is registered"):
        simulate_losses(REGISTER.iloc[:0], years=1000, levels=[0.5])
