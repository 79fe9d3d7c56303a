"""Charts as small pictures."""

from __future__ import annotations

import base64
import io

import pytest
from matplotlib.figure import Figure
from PIL import Image

from supplier_eval.report.charts import draw_as
from supplier_eval.report.small_picture import COLOURS, DPI, inside_page, small_picture


@pytest.fixture
def ax():
    axes = Figure(figsize=(4, 2), layout="constrained").add_subplot()
    axes.barh([0, 1], [3, 5], color="#12355b")
    axes.set_title("points of 100")
    return axes


def test_a_picture_has_few_colours_and_is_finer_than_a_screen(ax):
    with Image.open(io.BytesIO(small_picture(ax))) as picture:
        assert picture.size == (4 * DPI, 2 * DPI)
        assert picture.mode == "P"
        assert len(picture.getcolors()) <= COLOURS


def test_it_is_smaller_than_the_outlines_and_the_same_every_time(ax):
    assert len(small_picture(ax)) < len(draw_as(ax, "svg"))
    assert small_picture(ax) == small_picture(ax)


def test_dark_bars_stay_dark_and_the_ground_white(ax):
    with Image.open(io.BytesIO(small_picture(ax))) as picture:
        grey = picture.convert("L")
        low, high = grey.getextrema()
    assert low < 40
    assert high > 250


def test_it_stands_inside_a_page(ax):
    address = inside_page(ax)
    assert address.startswith("data:image/png;base64,")
    assert base64.b64decode(address.split(",")[1]) == small_picture(ax)
