"""What a control chart carries."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.monitor.chart_front import control_chart

X = pd.Series([5.0, 6, 5, 7, 6, 5, 6, 7, np.nan, 15], index=[f"2026-{m:02d}" for m in range(1, 11)])


def test_the_frame_has_all_that_is_needed_to_check_the_chart_by_hand():
    found = control_chart(X, baseline=8, name="first reply", unit="h")
    frame = found.to_frame()
    assert list(frame.columns[:6]) == ["point", "given", "n", "value", "centre", "lower"]
    assert frame["point"].tolist() == X.index.tolist()
    row = frame.iloc[-1]
    assert row["signal"] and row["rules"] == "beyond_limits" and not row["in_baseline"]
    assert row["z"] == pytest.approx((15 - row["centre"]) / row["sigma"])
    assert np.isnan(frame.loc[8, "value"]) and frame.loc[8, "gap"]
    assert frame["moving_range"].iloc[-1] == 8.0
    assert found.gaps == ("2026-09",)


def test_a_chart_is_exploratory_short_and_frozen():
    found = control_chart(X, name="x" * 10)
    assert found.standing == "exploratory"
    assert len(repr(found).splitlines()) <= 3
    with pytest.raises(AttributeError):
        found.points = ()


def test_the_cusum_frame_has_both_sums():
    assert control_chart(X, kind="cusum").to_frame()["sum_below"].notna().sum() == 9


def test_the_run_length_is_that_of_kind_and_limits():
    assert control_chart(X).run_length == pytest.approx(370.4, abs=0.1)
    assert control_chart(X, kind="cusum").run_length == pytest.approx(465.4, abs=0.1)
    assert control_chart(X, kind="ewma", weight=1.0).run_length == pytest.approx(370.4, abs=0.1)
    assert control_chart(X, rules=()).run_length == np.inf
