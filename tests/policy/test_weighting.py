from __future__ import annotations

import inspect

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import supplier_eval as se
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy.weighting import WEIGHTINGS, Weighting, register_weighting, weighting

POINTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.floats(10, 100), min_size=1, max_size=8)


def refused(function, *given_, **keys):
    with pytest.raises(InvalidInput) as caught:
        function(*given_, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [(f.code.removeprefix("weighting."), f.column) for f in caught.value.findings]


def test_swing_reproduces_goodwin_and_wright_offices():
    """Goodwin & Wright, Decision Analysis for Management Judgment, ch. 3 (offices): 32 26 23 10 6 3 per cent."""
    offices = {"closeness": 100, "visibility": 80, "image": 70, "size": 30, "comfort": 20, "parking": 10}
    found = se.policy.swing(offices)
    assert (found.values * 100).round().tolist() == [32, 26, 23, 10, 6, 3]
    assert found.values == pytest.approx(np.array([100, 80, 70, 30, 20, 10]) / 310)


def test_smart_gives_points_over_their_sum():
    """Edwards 1977: the least important stands at 10, twice as important is 20."""
    found = se.policy.smart({"a": 40, "b": 20, "c": 10})
    assert found.values == pytest.approx([4 / 7, 2 / 7, 1 / 7])
    assert found.findings == () and found.figures["points"].tolist() == [40, 20, 10]


@pytest.mark.parametrize("method", [se.policy.swing, se.policy.smart])
@given(points=POINTS, times=st.floats(1, 50))
def test_only_the_proportions_of_points_count(method, points, times):
    one = method(points)
    more = method({name: p * times for name, p in points.items()})
    assert more.values == pytest.approx(one.values, abs=1e-14)
    assert one.values.sum() == pytest.approx(1, abs=1e-14) and np.all(one.values > 0)
    assert method(dict(reversed(points.items()))).by_name == one.by_name


def test_points_come_as_mapping_series_or_sequence():
    want = {"a": 0.75, "b": 0.25}
    assert se.policy.swing({"a": "75", "b": 25}).by_name == want
    assert se.policy.swing(pd.Series({"a": 75, "b": 25})).by_name == want
    assert se.policy.swing([75, 25], names=["a", "b"]).by_name == want
    assert se.policy.swing((75, 25)).names == ("1", "2")


def test_every_bad_entry_is_named():
    bad = {"a": -1, "b": None, "c": "x", "d": float("inf"), "e": True, "f": 100, "g": 1e300}
    assert refused(se.policy.swing, bad) == [("points.bad", n) for n in "abcdeg"]
    assert refused(se.policy.smart, {"a": 9.9, "b": 10, "c": None}) == [
        ("smart.below_ten", "a"),
        ("smart.below_ten", "c"),
    ]
    assert refused(se.policy.swing, {"a": 0, "b": 0}) == [("points.all_zero", "")]
    assert refused(se.policy.swing, {}) == [("points.empty", "")]
    assert refused(se.policy.smart, [10, 20], names=["a"]) == [("points.length", "")]
    assert refused(se.policy.swing, pd.Series([1, 2], index=["a", "a"])) == [("pair.twice", "a")]


def test_a_swing_worth_nothing_and_a_missing_anchor_are_warnings():
    zero = se.policy.swing({"a": 100, "b": 0})
    assert [(f.code, f.column, f.severity) for f in zero.findings] == [("weighting.points.zero", "b", "warning")]
    high = se.policy.smart({"a": 20, "b": 40})
    assert [(f.code, f.severity) for f in high.findings] == [("weighting.smart.no_anchor", "warning")]
    assert "the lowest is 20" in high.explain() and "最低为 20" in high.explain("zh")


def test_every_weighting_names_its_source_and_parameters():
    assert {"ahp", "best_worst", "swing", "smart", "rank_order_centroid", "rank_sum", "reciprocal_rank"} <= set(
        WEIGHTINGS
    )
    for name, entry in WEIGHTINGS.items():
        assert entry.name == name and entry.title and entry.source
        assert set(entry.parameters) <= set(inspect.signature(entry.function).parameters)
    assert weighting("swing").function is se.policy.swing
    with pytest.raises(UnknownName, match="Did you mean 'swing'"):
        weighting("swings")


def test_a_weighting_of_ones_own_can_be_registered_once(monkeypatch):
    monkeypatch.setattr("supplier_eval.policy.weighting.WEIGHTINGS", {})
    mine = Weighting("equal", "Equal weights", lambda names: se.policy.swing(dict.fromkeys(names, 1)), "me", "order")
    register_weighting(mine)
    assert weighting("equal").function(["a", "b"]).by_name == {"a": 0.5, "b": 0.5}
    with pytest.raises(ValueError, match="already"):
        register_weighting(mine)
    with pytest.raises(ValueError, match="no plain name"):
        Weighting("My Method", "t", mine.function, "me", "order")
