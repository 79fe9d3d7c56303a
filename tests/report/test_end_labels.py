from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.report.charts import brush_for
from supplier_eval.report.end_labels import EndLabels, limits, line_ends, name_columns, spread

PLACES = st.lists(st.floats(-50, 500), min_size=1, max_size=25)


@given(PLACES)
def test_names_stand_apart_inside_and_in_their_order(places):
    found = spread(places, 11.0, 300.0)
    step = min(11.0, 300.0 / max(1, len(places) - 1))
    assert all(b - a >= step - 1e-6 for a, b in pairwise(sorted(found)))
    assert min(found) >= -1e-6
    assert max(found) <= 300 + 1e-6
    order = sorted(range(len(places)), key=lambda i: places[i])
    assert [found[i] for i in order] == sorted(found)


def test_names_that_do_not_meet_stay_where_they_are():
    assert spread([100.0, 0.0, 50.0], 11.0, 300.0) == [100.0, 0.0, 50.0]


def test_two_names_at_one_place_are_moved_by_half_each():
    assert spread([100.0, 100.0], 10.0, 300.0) == [95.0, 105.0]


@given(st.lists(st.tuples(st.floats(0, 100), st.sampled_from(["left", "right"]), st.floats(5, 150)), max_size=12))
def test_limits_hold_data_and_labels(ends):
    low, high = limits(0.0, 100.0, ends, 500.0)
    scale = (high - low) / 500.0
    assert low <= 0
    assert high >= 100
    for x, side, wide in ends:
        assert (x - wide * scale >= low - 0.2) if side == "left" else (x + wide * scale <= high + 0.2)


def test_drawn_labels_lie_inside_the_axes():
    brush = brush_for(None, "en", (6.0, 3.0))
    labels = EndLabels(brush)
    labels.put(0.0, 0, "a label of some length", "left")
    labels.put(10.0, 1, "another label", "right")
    labels.put(5.0, 1, "", "right")
    labels.fit(0.0, 10.0)
    brush.ax.figure.draw_without_rendering()
    frame = brush.ax.get_window_extent()
    assert len(brush.ax.texts) == 2
    for text in brush.ax.texts:
        box = text.get_window_extent()
        assert box.x0 >= frame.x0 - 0.5
        assert box.x1 <= frame.x1 + 0.5


@pytest.mark.parametrize(("n", "turned"), [(3, 0.0), (12, 90.0)])
def test_many_columns_have_upright_names(n, turned):
    brush = brush_for(None, "en", (6.0, 3.0))
    below = name_columns(brush, [f"BID-2026-LOT-{i}" for i in range(n)], 8)
    assert {label.get_rotation() for label in brush.ax.get_xticklabels()} == {turned}
    assert (below > 90) is (turned > 0)


def test_names_of_lines_that_end_together_stand_apart_and_keep_their_order():
    brush = brush_for(None, "en", (6, 4))
    brush.ax.set_ylim(0, 10)
    line_ends(brush, [("B", 1.0, 5.01, "black"), ("A", 1.0, 5.0, "black"), ("C", 1.0, 9.0, "black")],
              size=8.0, away=18, gap=11.0)  # fmt: skip
    points = 72 / brush.ax.figure.dpi
    heights = {t.get_text(): brush.ax.transData.transform(t.xy)[1] * points + t.xyann[1] for t in brush.ax.texts}
    assert heights["B"] - heights["A"] == pytest.approx(11.0)
    assert heights["C"] - heights["B"] > 11.0
