"""What other ways of ranking say: their ranks of every bid, who names another winner, Kendall's tau at the side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from supplier_eval.report.brush import INK, PALE, Brush, letters_on, wrap
from supplier_eval.report.end_labels import name_columns
from supplier_eval.report.formats import names, number

if TYPE_CHECKING:
    from supplier_eval.robustness.methods import MethodComparison
    from supplier_eval.score.order import FloatArray

MANY = 8
COLUMN = 50.0  # points from the matrix to the end of the column of correlations
BOX = "#d1003f"
STANDS = {
    "policy": "chart.methods.policy",
    "agrees": "chart.methods.agrees",
    "ties": "chart.methods.ties",
    "other": "chart.methods.other",
}


def methods_size(comparison: MethodComparison) -> tuple[float, float]:
    """Width and height in inches that the matrix needs."""
    return 7.2 + 0.5 * max(3, len(comparison.scored.bids)), 2.5 + 0.27 * max(3, len(comparison.rows))


def draw_methods(brush: Brush, comparison: MethodComparison) -> None:
    """Draw the ranks, the policy's row first and its order from left to right."""
    say, ax, scored = brush.say, brush.ax, comparison.scored
    rows, n = comparison.rows, len(scored.bids)
    title = say["chart.methods.title"].format(lot=scored.sheet.lot, m=len(rows), n=n)
    counts = {stand: comparison.count(stand) for stand in ("agrees", "ties", "other")}
    said = say["chart.methods.counts"].format(n=len(rows) - 1, **counts)
    brush.title(title, comparison.standing, width=70, pad=24)
    brush.alt(say["alt.methods"].format(title=title, said=said))
    order = sorted(range(n), key=lambda b: (int(rows[0].ranks[b]), scored.bids[b]))
    ranks = np.stack([row.ranks[order] for row in rows])
    image = ax.imshow(ranks, cmap="Greys_r", vmin=1.0 - 0.5 * max(n - 1, 1), vmax=max(n, 2), aspect="auto")
    _figures(brush, ranks, image.to_rgba(ranks))
    _boxes(brush, comparison, ranks)
    _groups(brush, comparison)
    _side(brush, comparison)
    below = name_columns(brush, [scored.bids[b] for b in order], MANY)
    ax.set_yticks(range(len(rows)), [wrap(brush.text(row.way.title(brush.lang)), 44, 1) for row in rows])
    ax.tick_params(axis="both", length=0)
    ax.set_xlim(-0.5, n - 0.5)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    brush.axis_labels(say["chart.methods.x"], say["chart.methods.y"])
    brush.ticks()
    refused = [row.way.title(brush.lang) for row in comparison.refused]
    left_out = say["chart.methods.refused"].format(names=names(refused, brush.lang)) if refused else ""
    brush.note(brush.run_on([said, say["chart.methods.note"], left_out]), below, 92)
    brush.watermark(comparison.standing, len(rows))


def _figures(brush: Brush, ranks: np.ndarray[tuple[int, ...], np.dtype[np.int64]], faces: FloatArray) -> None:
    """Ranks in the cells."""
    for r, b in np.ndindex(ranks.shape):
        style = brush.style(8.0, color=letters_on(faces[r, b]))
        brush.ax.text(b, r, str(int(ranks[r, b])), ha="center", va="center", **style)


def _boxes(brush: Brush, comparison: MethodComparison, ranks: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
    """Frame the first ranks of rows that do not agree: a full line for another winner, a broken one for a tie."""
    for r, row in enumerate(comparison.rows):
        stand = comparison.stand(row.way.key)
        if stand == "agrees":
            continue
        line = "-" if stand == "other" else (0, (3, 2))
        for b in np.flatnonzero(ranks[r] == 1).tolist():
            xs = [b + d for d in (-0.45, 0.45, 0.45, -0.45, -0.45)]
            ys = [r + d for d in (-0.42, -0.42, 0.42, 0.42, -0.42)]
            brush.ax.plot(xs, ys, color="#ffffff", linewidth=3.6, solid_joinstyle="miter", zorder=4)
            brush.ax.plot(xs, ys, color=BOX, linewidth=1.8, linestyle=line, zorder=5)


def _groups(brush: Brush, comparison: MethodComparison) -> None:
    """White lines between the policy, methods, normalisations and weights."""
    groups = [row.way.group for row in comparison.rows]
    for r in range(1, len(groups)):
        if groups[r] != groups[r - 1]:
            brush.ax.axhline(r - 0.5, color="#ffffff", linewidth=4.0, zorder=3)


def _side(brush: Brush, comparison: MethodComparison) -> None:
    """To the right of each row Kendall's tau and whether it agrees."""
    say, taus = brush.say, comparison.to_frame(brush.lang)["tau"].to_numpy(dtype=np.float64, na_value=np.nan)
    beside = ("axes fraction", "data"), 0.0, "center"
    for r, row in enumerate(comparison.rows):
        stand = "policy" if row.way.group == "policy" else comparison.stand(row.way.key)
        _side_text(brush, (1.0, r), number(float(taus[r]), 2), "right", beside)
        _side_text(brush, (1.0, r), say[STANDS[stand]], "left", beside, INK if stand == "other" else PALE)
    above = "axes fraction", 4.0, "bottom"
    _side_text(brush, (1.0, 1.0), say["chart.methods.tau"], "right", above)
    _side_text(brush, (1.0, 1.0), say["chart.methods.stand"], "left", above)


def _side_text(
    brush: Brush,
    at: tuple[float, float],
    text: str,
    align: Literal["left", "right"],
    place: tuple[str | tuple[str, str], float, str],
    color: str = INK,
) -> None:
    """A text of the column that ends (right) or begins (left) beside the matrix."""
    coordinates, up, va = place
    offset = (COLUMN if align == "right" else COLUMN + 8, up)
    style = brush.style(8.0, color=color, ha=align, va=va, xycoords=coordinates, textcoords="offset points")
    brush.ax.annotate(brush.text(text), at, offset, annotation_clip=False, **style)
