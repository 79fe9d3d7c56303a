"""Figures and names at the ends of bars and lines: axes are widened until they fit, names that meet are moved apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.report.brush import INK, PALE, Brush, cells, wrap

if TYPE_CHECKING:
    from supplier_eval.report.charts import Axes

Side = Literal["left", "right"]
WHITE = {"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none", "alpha": 0.85}
AWAY = 5.0  # points between the end of a bar and its label
MOST = 0.42  # labels of one side take no more than this share of the axes
ROUNDS = 40


@dataclass
class EndLabels:
    """Labels beside the ends of horizontal bars.

    Parameters
    ----------
    brush : Brush
        What is drawn with.
    size : float
        Size of the letters in points.
    boxed : bool
        Whether labels stand on white, where lines would run through them.
    """

    brush: Brush
    size: float = 8.0
    boxed: bool = False
    _placed: list[tuple[float, Side, Any]] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, side: Side) -> None:
        """Write a text to the left or to the right of a place; nothing where there is no text."""
        if not text:
            return
        away, align = (-AWAY, "right") if side == "left" else (AWAY, "left")
        label = self.brush.ax.annotate(
            self.brush.text(text),
            (x, y),
            (away, 0),
            textcoords="offset points",
            ha=align,
            va="center",
            zorder=6,
            annotation_clip=False,
            bbox=WHITE if self.boxed else None,
            **self.brush.style(self.size, color=INK),
        )
        label.set_in_layout(False)
        self._placed.append((x, side, label))

    def fit(self, low: float, high: float) -> None:
        """Set the limits of the x axis so that the data from `low` to `high` and all labels lie inside."""
        ax = self.brush.ax
        ax.set_xlim(low, high)
        width = width_of(ax)
        if width <= 0:
            return
        scale = _points(ax)
        ends = [(x, side, AWAY + 3 + label.get_window_extent().width * scale) for x, side, label in self._placed]
        ax.set_xlim(*limits(low, high, ends, width))


def name_columns(brush: Brush, bids: Sequence[str], many: int) -> float:
    """Write bids under the columns of a matrix, upright where there are many; gives how far below a remark stands."""
    ax, upright = brush.ax, len(bids) > many
    shown = [brush.bid(bid, 18) if upright else wrap(brush.bid(bid, 20), 10, 2) for bid in bids]
    ax.set_xticks(range(len(bids)), shown)
    if not upright:
        return 56.0 if any("\n" in name for name in shown) else 46.0
    ax.tick_params(axis="x", labelrotation=90)
    return 36.0 + 5.4 * max(map(cells, shown))


def line_ends(
    brush: Brush, ends: Sequence[tuple[str, float, float, str]], *, size: float, away: int, gap: float
) -> None:
    """Name lines to the right of their ends, moved apart in height, each joined to its end by a thin line.

    Parameters
    ----------
    brush : Brush
        What is drawn with; its axes are to be drawn by now, but for the names.
    ends : sequence of (str, float, float, str)
        Text ready to be drawn, x and y of the end, colour of the letters.
    size : float
        Size of the letters in points.
    away, gap : float
        Points between end and text, and between the middles of two texts.
    """
    ax = brush.ax
    labels = [
        ax.annotate(
            shown,
            (x, y),
            (away, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": PALE, "linewidth": 0.5, "shrinkA": 1, "shrinkB": 1},
            **brush.style(size, color=color),
        )
        for shown, x, y, color in ends
    ]
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    figure.draw_without_rendering()
    scale, frame = 72.0 / figure.dpi, ax.get_window_extent()
    places = [(float(ax.transData.transform(label.xy)[1]) - frame.y0) * scale for label in labels]
    for label, old, new in zip(labels, places, spread(places, gap, frame.height * scale), strict=True):
        label.xyann = (away, new - old)


def width_of(ax: Axes) -> float:
    """Width of axes in points, after the layout of their figure."""
    figure = ax.get_figure(root=True)
    if figure is None:
        return 0.0
    figure.draw_without_rendering()
    return float(ax.get_window_extent().width * _points(ax))


def _points(ax: Axes) -> float:
    """Points of 1/72 inch a pixel."""
    figure = ax.get_figure(root=True)
    return 72.0 / figure.dpi if figure is not None else 1.0


def limits(low: float, high: float, ends: Sequence[tuple[float, Side, float]], width: float) -> tuple[float, float]:
    """Limits of an axis that hold data and labels.

    Parameters
    ----------
    low, high : float
        Range of the data; the limits are never narrower.
    ends : sequence of (float, {"left", "right"}, float)
        Place of each label, the side on which it stands, its width in points.
    width : float
        Width of the axes in points.

    Returns
    -------
    tuple of float
        Lower and upper limit; labels of more than 42 % of the axes may hang over.
    """
    a, b = low, high
    for _ in range(ROUNDS):
        scale = (b - a) / width
        wide = [(x, side, min(w, MOST * width) * scale) for x, side, w in ends]
        new_a = min([low, *(x - w for x, side, w in wide if side == "left")])
        new_b = max([high, *(x + w for x, side, w in wide if side == "right")])
        done = abs(new_a - a) + abs(new_b - b) < 1e-6 * (b - a)
        a, b = new_a, new_b
        if done:
            break
    return a, b


def spread(places: Sequence[float], gap: float, top: float) -> list[float]:
    """Move places between 0 and `top` apart until neighbours are `gap` apart, as little as possible.

    Parameters
    ----------
    places : sequence of float
        Wanted places, in any order.
    gap : float
        Least distance; less where not all fit.
    top : float
        Upper limit.

    Returns
    -------
    list of float
        New places in the order of `places`; equal ones keep that order.
    """
    order = sorted(range(len(places)), key=lambda i: places[i])
    step = min(gap, top / max(1, len(places) - 1))
    groups: list[tuple[list[int], float]] = []  # members, place of the lowest
    for i in order:
        groups.append(([i], min(max(places[i], 0.0), top)))
        while len(groups) > 1 and groups[-2][1] + step * len(groups[-2][0]) > groups[-1][1] + 1e-9:
            upper, lower = groups.pop(), groups.pop()
            members = lower[0] + upper[0]
            wanted = sum(places[m] - step * k for k, m in enumerate(members)) / len(members)
            groups.append((members, min(max(wanted, 0.0), top - step * (len(members) - 1))))
    found = [0.0] * len(places)
    for members, start in groups:
        for k, m in enumerate(members):
            found[m] = start + step * k
    return found
