"""What a test of trend says."""

from __future__ import annotations

import pytest

from supplier_eval.monitor.trend_front import trend_test


def test_it_says_direction_speed_and_chance_in_both_languages():
    found = trend_test([1.0, 2, 3, 4, 5, 6, 7, 8], name="响应时间", unit="h")
    assert "It rises" in found.explain() and "1 h a step" in found.explain()
    assert "上升" in found.explain("zh") and "响应时间" in found.explain("zh")


def test_the_frame_is_one_row_and_the_result_frozen():
    found = trend_test([1.0, 2, 3, 2, 1, 2, 3, 2])
    frame = found.to_frame()
    assert frame.loc[0, "conclusion"] == "no_trend" and frame.loc[0, "n"] == 8
    assert found.standing == "exploratory" and len(repr(found).splitlines()) == 1
    with pytest.raises(AttributeError):
        found.name = "x"
    assert "No trend can be told from chance" in found.explain()
