"""Who is ahead of whom how often: a matrix of winning probabilities with the figures in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.report.brush import INK, Brush, letters_on
from supplier_eval.report.chart_acceptability import held_fixed, percent_text
from supplier_eval.report.end_labels import name_columns

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_result import Acceptability
    from supplier_eval.score.order import FloatArray

MANY = 10


def pairwise_size(acceptability: Acceptability) -> tuple[float, float]:
    """Width and height in inches that the matrix needs."""
    n = len(acceptability.bids)
    return (9.0, 2.0) if n == 1 else (4.9 + 0.6 * max(6, n), 2.7 + 0.38 * max(3, n))


def draw_pairwise(brush: Brush, acceptability: Acceptability) -> None:
    """Draw the matrix, best mean rank first; with one bid there is nobody to be ahead of."""
    say, ax, scored = brush.say, brush.ax, acceptability.scored
    bids, n = acceptability.bids, len(acceptability.bids)
    title = say["chart.pairwise.title"].format(lot=scored.sheet.lot, n=n)
    brush.title(title, acceptability.standing, width=60)
    said = acceptability.explain(brush.lang).split("\n")
    brush.alt(say["alt.pairwise"].format(title=title, said=brush.run_on(said[:2])))
    if n == 1:
        brush.nothing(say["chart.pairwise.alone"].format(bid=brush.bid(bids[0], 30)))
        return
    mean = acceptability.expected_rank.tolist()
    order = sorted(range(n), key=lambda b: (mean[b], bids[b]))
    shares = acceptability.pairwise[np.ix_(order, order)]
    shown = np.ma.masked_array(100 * shares, mask=np.eye(n, dtype=bool))
    ax.set_facecolor("#e4e4e4")
    image = ax.imshow(shown, cmap="cividis", vmin=0.0, vmax=100.0, aspect="auto")
    _figures(brush, shares, image.to_rgba(100 * shares))
    below = name_columns(brush, [bids[b] for b in order], MANY)
    ax.set_yticks(range(n), brush.labels(scored.sheet, [bids[b] for b in order], lines=2 if n <= 20 else 1))
    brush.axis_labels(say["chart.pairwise.x"], say["chart.pairwise.y"])
    brush.ticks()
    bar = ax.figure.colorbar(image, ax=ax, pad=0.02, fraction=0.06)
    bar.set_label(brush.text(say["chart.pairwise.unit"]), **brush.style(9.0, color=INK))
    for label in bar.ax.get_yticklabels():
        label.set(**brush.style(8.0))
    ties = say["chart.pairwise.ties"] if _ties(acceptability.tied.mean) else ""
    brush.note(brush.run_on([ties, said[0], held_fixed(brush, acceptability)]), below, 100)
    brush.watermark(acceptability.standing, n)


def _figures(brush: Brush, shares: FloatArray, faces: FloatArray) -> None:
    """The probabilities in the cells, in per cent; a dash on the diagonal."""
    n = len(shares)
    places, size = (1, 8.0) if n <= MANY else (0, 7.0)
    for a, b in np.ndindex(shares.shape):
        share = float(shares[a, b])
        text, color = percent_text(share, places), letters_on(faces[a, b])
        if a == b:
            text, color = "–", INK
        brush.ax.text(b, a, text, ha="center", va="center", **brush.style(size, color=color))


def _ties(tied: FloatArray) -> bool:
    """Whether two different bids are tied in some draw."""
    return bool((tied[~np.eye(len(tied), dtype=bool)] > 0).any())
