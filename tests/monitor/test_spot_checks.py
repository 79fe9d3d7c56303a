"""Which items are checked."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import SamplingPlan, draw_spot_checks
from supplier_eval.monitor.spot_checks import shared_out

ITEMS = pd.DataFrame(
    {
        "item": [f"T{i:04d}" for i in range(300)],
        "step": ["intake"] * 200 + ["release"] * 100,
        "key_step": [False] * 200 + [True] * 100,
    }
)


def test_the_draw_is_the_same_whatever_the_order_of_the_rows():
    one = draw_spot_checks(ITEMS, 40, seed=7).to_frame()
    two = draw_spot_checks(ITEMS.sample(frac=1, random_state=3), 40, seed=7).to_frame()
    assert one.equals(two)
    assert not one.equals(draw_spot_checks(ITEMS, 40, seed=8).to_frame())


def test_key_steps_are_drawn_at_twice_the_rate():
    found = draw_spot_checks(ITEMS, 40, seed=1)
    assert found.strata.set_index("stratum")["drawn"].to_dict() == {"intake": 20, "release": 20}
    chances = found.to_frame().groupby("stratum")["chance"].first()
    assert chances["release"] == 2 * chances["intake"] == 0.2
    assert "key step" in found.explain() and "关键环节" in found.explain("zh")


def test_every_item_is_drawn_equally_often():
    items = pd.DataFrame({"item": [f"T{i:02d}" for i in range(10)]})
    drawn = pd.concat([draw_spot_checks(items, 3, seed=seed).to_frame() for seed in range(150)])
    counts = drawn["item"].value_counts()
    assert counts.min() > 22 and counts.max() < 72  # 45 expected


def test_no_item_and_more_draws_than_items_are_answers():
    assert len(draw_spot_checks(ITEMS.iloc[:0], 5, seed=1).to_frame()) == 0
    assert len(draw_spot_checks(ITEMS, 999, seed=1).to_frame()) == 300
    assert len(draw_spot_checks(ITEMS, SamplingPlan(89, 2), seed=1).to_frame()) == 89
    assert len(draw_spot_checks(ITEMS, 0, seed=1).to_frame()) == 0


def test_ids_stay_text_and_faults_come_at_once():
    items = pd.DataFrame({"item": ["00123", "NA"], "step": ["a", None]})
    assert set(draw_spot_checks(items, 2, seed=0).to_frame()["item"]) == {"00123", "NA"}
    wrong = pd.DataFrame({"item": ["a", "a", None], "step": ["x", "x", "y"], "key_step": [True, False, "no"]})
    with pytest.raises(InvalidInput) as refused:
        draw_spot_checks(wrong, -1, seed=1.5, key_factor=0.5)
    codes = sorted(finding.code for finding in refused.value.findings)
    assert codes == sorted(
        ["sampling.no_id", "sampling.id_twice", "sampling.key_step", "series.whole", "series.whole", "series.figure"]
    )
    with pytest.raises(InvalidInput, match="both"):
        draw_spot_checks(wrong.iloc[:2].assign(item=["a", "b"]), 1, seed=1)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.data())
def test_draws_are_shared_out_to_the_last_one(sizes, data):
    total = data.draw(st.integers(0, sum(sizes)))
    quota = shared_out(sizes, [float(n) for n in sizes], total)
    assert sum(quota) == total
    assert all(0 <= q <= n for q, n in zip(quota, sizes, strict=True))
    if total >= len(sizes):
        assert min(quota) >= 1
