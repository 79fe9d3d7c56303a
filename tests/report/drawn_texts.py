"""Whether the texts of a drawn figure can be read: none on another, none outside, none cut."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.text import Text

HAIR = 1.5  # pixels at 100 dpi that letters' boxes may touch each other
WATERMARK = 30.0  # points; larger letters are the watermark, which lies across everything


def texts_of(figure: Any) -> list[Text]:
    """Texts that are seen, without the watermark; tick labels outside the limits are made but not drawn."""
    hidden = set()
    for ax in figure.axes:
        for axis in (ax.xaxis, ax.yaxis):
            drawn = {id(tick) for tick in axis._update_ticks()} if ax.axison and axis.get_visible() else set()
            ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
            hidden |= {id(label) for tick in ticks if id(tick) not in drawn for label in (tick.label1, tick.label2)}
            hidden |= set() if ax.axison else {id(axis.label)}
    seen = {id(t): t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()}
    return [t for key, t in seen.items() if key not in hidden and t.get_fontsize() < WATERMARK]


def box_of(text: Text) -> Any:
    """Where the letters stand; of an annotation without its line."""
    return Text.get_window_extent(text)


def overlaps(figure: Any) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other, in a figure that was drawn."""
    texts = texts_of(figure)
    straight = [t for t in texts if t.get_rotation() % 90 == 0]
    boxes = np.array([box_of(t).extents for t in straight]).reshape(-1, 4)
    x0, y0, x1, y1 = boxes.T
    wide = np.minimum(x1[:, None], x1[None]) - np.maximum(x0[:, None], x0[None])
    high = np.minimum(y1[:, None], y1[None]) - np.maximum(y0[:, None], y0[None])
    covered = np.triu((wide > HAIR) & (high > HAIR), 1)
    found = [(straight[i].get_text(), straight[j].get_text()) for i, j in np.argwhere(covered)]
    return found + _slanted([t for t in texts if t.get_rotation() % 90])


def _slanted(texts: list[Text]) -> list[tuple[str, str]]:
    """Parallel slanted labels: their lines must be a letter's height apart."""
    found = []
    for first, second in itertools.pairwise(texts):
        (xa, ya), (xb, yb) = (t.get_transform().transform(t.get_position()) for t in (first, second))
        angle = math.radians(first.get_rotation())
        apart = abs((xb - xa) * math.sin(angle) - (yb - ya) * math.cos(angle))
        if apart < first.get_fontsize() / 72 * first.get_figure(root=True).dpi * 0.95:
            found.append((first.get_text(), second.get_text()))
    return found


def outside(figure: Any) -> list[str]:
    """Texts that leave the figure, in a figure that was drawn."""
    whole = figure.bbox
    return [
        text.get_text()
        for text in texts_of(figure)
        for box in [box_of(text)]
        if box.x0 < whole.x0 - HAIR or box.x1 > whole.x1 + HAIR or box.y0 < whole.y0 - HAIR or box.y1 > whole.y1 + HAIR
    ]


def least_contrast(figure: Any) -> float:
    """The lowest ratio of a text to what mostly lies beneath it, as WCAG 2 defines it; the watermark aside."""
    figure.set_dpi(60)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    texts = texts_of(figure)
    boxes, letters = [box_of(t).extents for t in texts], [_luminance(np.array(to_rgb(t.get_color()))) for t in texts]
    for text in figure.findobj(Text):
        text.set_alpha(0)
    canvas.draw()
    beneath = _luminance(np.asarray(canvas.buffer_rgba())[::-1, :, :3] / 255)
    ratios = []
    for (x0, y0, x1, y1), ink in zip(boxes, letters, strict=True):
        ground = beneath[int(y0) : int(y1) + 1, int(x0) : int(x1) + 1]
        ratios.append(float(np.median((np.maximum(ground, ink) + 0.05) / (np.minimum(ground, ink) + 0.05))))
    return min(ratios)


def _luminance(rgb: Any) -> Any:
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
