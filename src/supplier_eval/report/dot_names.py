"""Names beside dots: each where it covers least of dots, of other names and of numbers on lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.report.brush import INK, Brush, cells

ANGLES = (25, -25, 155, -155, 65, -65, 115, -115, 0, 180, 90, -90)
DISTANCES = (9.0, 16.0, 26.0, 40.0, 58.0, 80.0)


@dataclass(frozen=True)
class Box:
    """A rectangle in points of the page."""

    left: float
    bottom: float
    right: float
    top: float

    def over(self, other: Box) -> float:
        """How much two rectangles cover each other, in square points."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.top, other.top) - max(self.bottom, other.bottom)
        return wide * high if wide > 0 and high > 0 else 0.0


def name_dots(
    brush: Brush,
    x: npt.ArrayLike,
    y: npt.ArrayLike,
    names: Sequence[str],
    numbers: Sequence[tuple[float, float]] = (),
    around: float = 5.0,
) -> None:
    """Write a name beside each dot; far from it, with a line to it.

    Parameters
    ----------
    brush : Brush
        Whose axes hold the dots, with their limits set.
    x, y : array_like of shape (n,)
        Places of the dots, in data.
    names : sequence of str
        One line each, as it is drawn; where empty nothing is written, and only the dot keeps its place.
    numbers : sequence of (float, float)
        Places of other small texts that names should not cover.
    around : float
        Half of what a dot takes up, in points.
    """
    ax = brush.ax
    figure = ax.get_figure(root=True)
    if figure is None or not len(names):
        return
    figure.draw_without_rendering()
    scale = 72.0 / figure.dpi
    dots = np.column_stack([np.asarray(x, np.float64), np.asarray(y, np.float64)])
    at = ax.transData.transform(dots) * scale
    frame = ax.get_window_extent()
    inside = Box(*(float(edge) * scale for edge in (frame.x0, frame.y0, frame.x1, frame.y1)))
    taken = [Box(a - around, b - around, a + around, b + around) for a, b in at]
    if numbers:
        taken += [Box(a - 9, b - 6, a + 9, b + 6) for a, b in ax.transData.transform(numbers) * scale]
    for (a, b), (left, up), name in zip(at, dots, names, strict=True):
        if not name:
            continue
        (dx, dy), box = _free_place(a, b, 4.6 * cells(name) + 2, taken, inside)
        taken.append(box)
        far = math.hypot(dx, dy) > 14
        ax.annotate(
            name,
            (left, up),
            (dx, dy),
            textcoords="offset points",
            ha="left" if dx > 2 else "right" if dx < -2 else "center",
            va="center",
            arrowprops={"arrowstyle": "-", "color": "#8a8a8a", "linewidth": 0.6, "shrinkA": 0, "shrinkB": 3}
            if far
            else None,
            zorder=6,
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none", "alpha": 0.7},
            **brush.style(8.0, color=INK),
        )


def _free_place(
    x: float, y: float, wide: float, taken: Sequence[Box], inside: Box, high: float = 10.0
) -> tuple[tuple[float, float], Box]:
    """The nearest offset at which a name covers nothing; else the one that covers least."""
    best: tuple[float, tuple[float, float], Box] | None = None
    for distance in DISTANCES:
        for angle in ANGLES:
            dx, dy = distance * math.cos(math.radians(angle)), distance * math.sin(math.radians(angle))
            left = x + dx - (0.0 if dx > 2 else wide if dx < -2 else wide / 2)
            box = Box(left, y + dy - high / 2, left + wide, y + dy + high / 2)
            own = (box.right - box.left) * (box.top - box.bottom)
            covered = sum(box.over(other) for other in taken) + (own - box.over(inside)) * 2
            if best is None or covered < best[0] - 1e-9:
                best = (covered, (dx, dy), box)
            if covered <= 1e-9:
                return (dx, dy), box
    if best is None:
        raise ValueError("no place to try")
    return best[1], best[2]
