"""Thresholds proposed from the past."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from risk_indicators import defined, history
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.risk import propose_thresholds

VALUES = [float(v) for v in np.random.default_rng(5).permutation(np.arange(1, 201))]


def test_quantiles_by_hand_and_too_few():
    found = propose_thresholds(history(VALUES), [defined()])
    amber, red = found.thresholds
    assert (amber.state, amber.value, amber.n) == ("proposed", 180, 200)
    assert (red.value, red.needed) == (195, 119)
    few = propose_thresholds(history(VALUES[:28]), [defined()])
    assert [(t.state, t.needed, t.value) for t in few.thresholds] == [("too_few", 29, None), ("too_few", 119, None)]
    assert "too few readings: 28, and 29 are needed" in few.explain("open")


def test_down_mirrors_up_and_a_band_has_half_on_each_side():
    up = propose_thresholds(history(VALUES), [defined()]).thresholds
    low = defined(direction="down", amber={"enter": 5}, red={"enter": 2})
    down = propose_thresholds(history([-v for v in VALUES]), [low]).thresholds
    assert [(-d.value, -d.upper, -d.lower) for d in down] == [(u.value, u.lower, u.upper) for u in up]
    band = defined(direction="band", amber_low={"enter": 1}, red_low={"enter": 0})
    sides = propose_thresholds(history(VALUES), [band], amber=0.8, red=0.9).thresholds
    assert [(s.level, s.side, s.value) for s in sides][:2] == [("amber", "up", 180), ("amber", "down", 21)]


def test_a_past_beyond_the_appetite_is_said():
    found = propose_thresholds(history(VALUES), [defined(appetite=190)])
    assert [t.beyond_appetite for t in found.thresholds] == [False, True]
    assert "beyond the stated appetite" in found.explain("open")
    assert "超出已声明的风险偏好" in found.explain("open", "zh")


def test_robust_limits_and_no_spread():
    found = propose_thresholds(history(VALUES[:12]), [defined()], method="robust", seed=2)
    assert [t.state for t in found.thresholds] == ["proposed"] * 2
    flat = propose_thresholds(history([3.0] * 20), [defined()], method="robust")
    assert [t.state for t in flat.thresholds] == ["no_spread"] * 2
    assert flat.to_frame()["value"].isna().all()
    assert repr(flat) == "ProposedThresholds(0 of 2 by robust)"
    assert flat.standing == "exploratory"


def test_missing_readings_are_no_readings_and_order_does_not_matter():
    table = history([*VALUES, None])
    turned = table.sample(frac=1, random_state=1)
    frames = [propose_thresholds(t, [defined()], method="robust").to_frame() for t in (table, turned)]
    pd.testing.assert_frame_equal(*frames)
    assert frames[0]["n"].tolist() == [200, 200]


def test_arguments_are_refused_together():
    with pytest.raises(InvalidInput) as refused:
        propose_thresholds(history(VALUES), [defined()], amber=0.99, red=0.9, method="x", confidence=1, seed=-1)
    assert sorted(f.code for f in refused.value.findings) == [
        "asked.whole", "indicator.confidence", "indicator.method", "indicator.shares",
    ]  # fmt: skip
    with pytest.raises(UnknownName):
        propose_thresholds(history(VALUES), [defined()]).explain("no")
