"""Names beside dots."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from matplotlib.figure import Figure
from matplotlib.text import Text

from supplier_eval.report.charts import brush_for
from supplier_eval.report.dot_names import Box, name_dots


def drawn(x, y, names):
    figure = Figure(figsize=(8, 6))
    ax = figure.add_subplot()
    ax.plot(x, y, "o")
    ax.set_xlim(0, 100)
    ax.set_ylim(0, 100)
    name_dots(brush_for(ax, "en", (8, 6)), x, y, names)
    figure.draw_without_rendering()
    return [text for text in ax.texts if text.get_text()]


def test_names_in_a_crowd_do_not_cover_each_other():
    x = np.array([50, 50, 51, 50.5, 49, 52, 50, 48.0])
    y = np.array([50, 50, 50, 51.0, 50, 49, 48, 51.0])
    texts = drawn(x, y, [f"item {n}" for n in range(8)])
    assert len(texts) == 8
    boxes = [Text.get_window_extent(text) for text in texts]  # without the line to the dot
    for a, b in combinations(boxes, 2):
        assert not (a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1)


def test_a_name_stays_inside_the_axes_and_an_empty_one_is_not_written():
    (text,) = drawn(np.array([99.0, 10.0]), np.array([99.0, 10.0]), ["in the corner", ""])
    box, frame = text.get_window_extent(), text.axes.get_window_extent()
    assert box.x1 <= frame.x1 + 1 and box.y1 <= frame.y1 + 1
    assert not drawn(np.zeros(0), np.zeros(0), [])


def test_boxes_that_only_touch_do_not_cover_each_other():
    assert Box(0, 0, 2, 2).over(Box(2, 0, 4, 2)) == 0
    assert Box(0, 0, 2, 2).over(Box(1, 1, 4, 4)) == 1
