"""Totals as straight lines in one weight, and their crossings."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import UnknownName
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.weight_lines import score_lines
from supplier_eval.score.sheet import ScoreSheet


def table(values, weights):
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(len(values))], columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def test_two_lines_cross_where_both_bids_have_the_same_total():
    """80s + 40(1 - s) and 40s + 70(1 - s) meet at s = 3/7 with 57.14 points."""
    lines = score_lines(table([[80, 40], [40, 70]], [0.5, 0.5]), "c1")
    assert lines.intercept == pytest.approx([40, 70])
    assert lines.slope == pytest.approx([40, -30])
    (crossing,) = lines.crossings
    assert crossing.share == pytest.approx(3 / 7) and crossing.total == pytest.approx(400 / 7)
    assert (crossing.before, crossing.after, crossing.leads) == ("B2", "B1", True)
    assert lines.crossings_frame().loc[0, "weight_points"] == pytest.approx(300 / 7)
    assert "At 42.86 points for c1 the first place passes from B2 to B1." in lines.explain()
    assert "由 B2 变为 B1" in lines.explain("zh")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 6), st.integers(1, 7))
def test_the_lines_give_the_totals_and_the_crossings_the_intervals(seed, k, n):
    rng = np.random.default_rng(seed)
    parts = rng.integers(1, 9, k)
    weights = [int(p) / 100 for p in parts]
    weights[0] = (100 - int(parts[1:].sum())) / 100
    sheet = table(np.round(rng.uniform(0, 100, (n, k)), 1), weights)
    lines, stability = score_lines(sheet, "c2"), weight_stability(sheet)
    moved = np.array(weights) * (1 - 0.37) / (1 - weights[1])
    moved[1] = 0.37
    assert lines.totals_at(0.37) == pytest.approx(moved @ sheet.values)
    assert lines.to_frame()["now"].to_numpy() == pytest.approx(np.array(weights) @ sheet.values)
    assert not lines.to_frame().isna().to_numpy().any()
    line = stability["c2"]
    changes = [c.share for c in lines.crossings if c.leads]
    for names, end in ((line.first.low, line.first.lower), (line.first.high, line.first.upper)):
        if names:
            assert min(abs(share - end) for share in changes) < 1e-9
    for c in lines.crossings:
        there = lines.totals_at(c.share)
        assert there[lines.bids.index(c.before)] == pytest.approx(there[lines.bids.index(c.after)], abs=1e-9)
        assert c.leads == (c.total >= there.max() - 1e-8)


def test_bids_that_stay_level_never_cross_and_an_only_child_does_not_move():
    twins = score_lines(table([[50, 60], [50, 60]], [0.5, 0.5]), "c1")
    assert twins.crossings == ()
    assert "No weight of c1" in twins.explain()
    only = score_lines(table([[50], [40]], [1.0]), "c1")
    assert only.slope.tolist() == [0, 0] and only.crossings == ()
    assert only.intercept == pytest.approx([50, 40])
    assert len(repr(only).splitlines()) <= 3


def test_an_unknown_node_is_refused():
    with pytest.raises(UnknownName, match="criterion"):
        score_lines(table([[50, 40]], [0.5, 0.5]), "c9")
