"""A chart as a small picture for a page that holds many: sharp in print, a fraction of the bytes of its outlines.

As a vector drawing every letter of a chart is an outline, and a Chinese one a long outline: twenty charts make five
megabytes. As pictures of few colours, finer than a screen, they make one.
"""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes

DPI = 120
COLOURS = 64  # charts are drawn in a few tones of one colour; the rest is the edge of letters


def small_picture(ax: Axes) -> bytes:
    """Give the figure of some axes as a PNG of few colours.

    Parameters
    ----------
    ax : Axes
        As one of the charts gives it.

    Returns
    -------
    bytes
        The same bytes every time.
    """
    from PIL import Image

    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("these axes belong to no figure")
    drawn, small = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn, format="png", dpi=DPI, metadata={"Software": None})
    with Image.open(drawn) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(small, "PNG", optimize=True)
    return small.getvalue()


def inside_page(ax: Axes) -> str:
    """Give the figure as the address of a picture that stands inside a page."""
    return "data:image/png;base64," + base64.b64encode(small_picture(ax)).decode("ascii")
