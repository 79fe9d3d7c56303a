"""Who marked whom how high: a heat map of what marks are worth, values printed, flagged cells boxed (§3.2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.report.brush import INK, Brush, letters_on, wrap
from supplier_eval.report.formats import names, number, plain
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.order import FloatArray
from supplier_eval.score.panel import weighted_totals

if TYPE_CHECKING:
    from supplier_eval.evaluation import LotResult
    from supplier_eval.flags import Flag


@dataclass(frozen=True, eq=False)
class Heat:
    """What the map shows.

    Parameters
    ----------
    members, bids : tuple of str
        Columns and rows.
    marks : ndarray of shape (n_bids, n_members)
        What the member's marks for the bid are worth, weighted, on 0-100; NaN where a mark is missing.
    boxed : mapping of (bid, member) to bool
        Cells with a flag; True while one of its cases is open. A flag that names no member boxes the whole bid.
    """

    members: tuple[str, ...]
    bids: tuple[str, ...]
    marks: FloatArray
    boxed: dict[tuple[str, str], bool]


def heat_of(result: LotResult) -> Heat | None:
    """Take each member's weighted marks out of a result; None where no panel marked anything."""
    technical = result.sheet.technical
    panel = technical.panel if technical is not None else None
    if panel is None or not panel.members or not panel.leaves or not panel.bids:
        return None
    if result.agreement is not None:
        frame = result.agreement.totals.reindex(index=list(panel.members), columns=list(panel.bids))
        marks = frame.to_numpy(dtype=np.float64).T
    else:
        worth = np.stack([leaf_values(leaf, panel.marks[:, c]) for c, leaf in enumerate(panel.leaves)], axis=1)
        at = [result.sheet.criteria.index(leaf.id) for leaf in panel.leaves]
        weights = result.sheet.weights[at]
        marks = weighted_totals(worth, weights if weights.any() else np.ones_like(weights)).T
    boxed: dict[tuple[str, str], bool] = {}
    for flag in result.flags:
        for cell in _cells(flag, panel.members):
            boxed[cell] = boxed.get(cell, False) or flag.state == "open"
    return Heat(
        panel.members, panel.bids, marks, {cell: state for cell, state in boxed.items() if cell[0] in panel.bids}
    )


def _cells(flag: Flag, members: tuple[str, ...]) -> list[tuple[str, str]]:
    """Cells that a flag about marks concerns."""
    if not flag.code.startswith("panel.") or not flag.bid:
        return []
    return [(flag.bid, member) for member in members if flag.evaluator in {"", member}]


def heat_size(heat: Heat | None) -> tuple[float, float]:
    """Width and height in inches that the map needs."""
    if heat is None:
        return 9.0, 2.0
    return 4.2 + 0.95 * max(3, len(heat.members)), 2.4 + 0.36 * max(3, len(heat.bids))


def draw_heat(brush: Brush, result: LotResult, heat: Heat | None) -> None:
    """Draw the map; where nobody marked, say so."""
    say, ax, standing = brush.say, brush.ax, result.ranking.standing
    n, m = (len(heat.bids), len(heat.members)) if heat is not None else (0, 0)
    brush.title(say["chart.heat.title"].format(lot=result.lot, n=n, m=m), standing, width=60)
    if heat is None or not np.isfinite(heat.marks).any():
        brush.nothing(say["chart.heat.nothing"])
        return
    low, high = _range(heat.marks)
    image = ax.imshow(heat.marks, cmap="cividis", vmin=low, vmax=high, aspect="auto")
    _print_values(brush, heat, image.to_rgba(heat.marks))
    _box(brush, heat)
    ax.set_xticks(range(m), [wrap(brush.text(member), 12, 2) for member in heat.members])
    ax.set_yticks(range(n), brush.labels(result.sheet, heat.bids, lines=2 if n <= 20 else 1))
    ax.set_xlim(-0.5, m - 0.5)
    ax.set_ylim(n - 0.5, -0.5)
    brush.axis_labels(say["chart.heat.x"], say["chart.heat.y"])
    brush.ticks()
    bar = ax.figure.colorbar(image, ax=ax, pad=0.02, fraction=0.06)
    bar.set_label(brush.text(say["chart.heat.unit"]), **brush.style(9.0, color=INK))
    for label in bar.ax.get_yticklabels():
        label.set(**brush.style(8.0))
    brush.note(_remark(brush, result, heat))
    brush.watermark(standing, n)


def _range(marks: FloatArray) -> tuple[float, float]:
    """The marks' range, widened to whole tens."""
    low, high = float(np.nanmin(marks)), float(np.nanmax(marks))
    low, high = 10.0 * np.floor(low / 10.0), 10.0 * np.ceil(high / 10.0)
    return (low, high) if high > low else (low, low + 10.0)


def _print_values(brush: Brush, heat: Heat, faces: FloatArray) -> None:
    """The marks in the cells, a dash where one is missing."""
    for b, m in np.ndindex(heat.marks.shape):
        mark = float(heat.marks[b, m])
        color = letters_on(faces[b, m]) if np.isfinite(mark) else INK
        brush.ax.text(m, b, number(mark, 1), ha="center", va="center", **brush.style(8.0, color=color))


def _box(brush: Brush, heat: Heat) -> None:
    """Frame the flagged cells: a full line while a case is open, a broken one when all are ruled."""
    for (bid, member), still_open in heat.boxed.items():
        x, y = heat.members.index(member), heat.bids.index(bid)
        around = [-0.46, 0.46, 0.46, -0.46, -0.46], [-0.44, -0.44, 0.44, 0.44, -0.44]
        xs, ys = [x + d for d in around[0]], [y + d for d in around[1]]
        line = "-" if still_open else (0, (3, 2))
        brush.ax.plot(xs, ys, color="#ffffff", linewidth=4.2, solid_joinstyle="miter", zorder=4)
        brush.ax.plot(xs, ys, color="#d1003f", linewidth=2.2, linestyle=line, zorder=5)


def _remark(brush: Brush, result: LotResult, heat: Heat) -> str:
    """What a box means, and who left the panel."""
    say, parts = brush.say, []
    if heat.boxed:
        parts.append(say["chart.heat.boxes"])
    panel = result.sheet.technical.panel if result.sheet.technical is not None else None
    if panel is not None and panel.recused:
        parts.append(say["chart.heat.recused"].format(names=names([plain(who) for who in panel.recused], brush.lang)))
    return " ".join(parts)
