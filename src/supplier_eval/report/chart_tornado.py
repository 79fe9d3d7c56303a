"""How far the winner's lead moves when one weight moves by a few points: the widest swing on top, zero is overtaken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.report.brush import INK, PALE, Brush
from supplier_eval.report.end_labels import EndLabels
from supplier_eval.report.formats import margin, number
from supplier_eval.robustness.stability import slopes
from supplier_eval.robustness.stability_front import exact_totals
from supplier_eval.robustness.stability_words import caveats
from supplier_eval.score.order import settle

if TYPE_CHECKING:
    from supplier_eval.robustness.scored import Node
    from supplier_eval.robustness.stability_front import WeightStability

POINTS = 100.0
UP, DOWN = ("#12355b", ""), ("#f2c48a", "////")
HEIGHT = 0.38


@dataclass(frozen=True)
class Swing:
    """The winner's lead with one weight moved down and up.

    Parameters
    ----------
    node : Node
        Whose weight moves.
    weights : tuple of float
        Its weight moved down and up, points of the whole 100; never below 0 or above its parent's.
    leads : tuple of float
        Unrounded lead of the winner over the best other bid at these weights, points.
    rivals : tuple of str
        The best other bid at these weights; of several the first in canonical order.
    """

    node: Node
    weights: tuple[float, float]
    leads: tuple[float, float]
    rivals: tuple[str, str]


def swings_of(stability: WeightStability, radius: float) -> tuple[float, tuple[Swing, ...]]:
    """The present lead and the swing of every weight that can move, the widest first.

    The lines are those of the stability: values held fixed, siblings in their published proportion. A radius is a
    fraction of the whole weight.
    """
    scored, w = stability.scored, stability.scored.position(stability.winner)
    totals, others = exact_totals(scored), [b for b in range(len(scored.bids)) if b != w]
    found = []
    for line in stability.nodes:
        node = line.node
        if not line.movable or node.parent_weight <= 0:
            continue
        slope = slopes(scored.values, node.inside, node.beside, node.parent_weight)
        step = radius / node.parent_weight
        shares = (max(0.0, node.share - step), min(1.0, node.share + step))
        ends = []
        for share in shares:
            moved = settle(totals + (share - node.share) * slope)
            best = max(others, key=lambda b: (moved[b], -b))
            ends.append((line.points(share), float(settle(moved[w] - moved[best])), scored.bids[best]))
        (low, lead_low, rival_low), (high, lead_high, rival_high) = ends
        found.append(Swing(node, (low, high), (lead_low, lead_high), (rival_low, rival_high)))
    now = float(settle(totals[w] - np.delete(totals, w).max()))
    found.sort(key=lambda s: (-float(settle(max(abs(lead - now) for lead in s.leads))), s.node.id))
    return now, tuple(found)


def tornado_size(stability: WeightStability) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    if len(stability.scored.bids) == 1:
        return 10.0, 2.0
    return 10.0, 2.3 + 0.44 * max(3, len(stability.nodes))


def draw_tornado(brush: Brush, stability: WeightStability, radius: float) -> None:
    """Draw the swings; where there is one bid only, say so."""
    say, scored = brush.say, stability.scored
    winner = brush.bid(stability.winner, 30)
    facts = {"winner": winner, "lot": scored.sheet.lot, "radius": f"{radius * POINTS:g}", "n": len(scored.bids)}
    title = say["chart.tornado.title"].format(**facts)
    brush.title(title, stability.standing, pad=26)
    if len(scored.bids) == 1:
        alone = stability.explain(brush.lang).split("\n")[0]
        brush.alt(say["alt.tornado"].format(title=title, said=alone))
        brush.nothing(alone)
        return
    now, swings = swings_of(stability, radius)
    said = _outcome(brush, winner, now, swings, facts["radius"])
    brush.alt(say["alt.tornado"].format(title=title, said=said))
    if not swings:
        brush.nothing(said)
        return
    labels = EndLabels(brush, 7.5, boxed=True)
    for y, swing in enumerate(swings):
        _bars(brush, swing, now, y, labels)
    _frame(brush, stability, swings, now)
    every = [0.0, now, *(lead for swing in swings for lead in swing.leads)]
    labels.fit(min(every), max(every) if max(every) > min(every) else min(every) + 1.0)
    brush.note(brush.run_on([said, say["chart.tornado.note"], *caveats(scored, brush.lang)]))
    brush.watermark(stability.standing, len(swings))


def _outcome(brush: Brush, winner: str, now: float, swings: tuple[Swing, ...], radius: object) -> str:
    """The lead, and how many criteria let somebody overtake; where the winner is behind already, let it lead."""
    below = [s for s in swings if min(s.leads) < 0]
    above = [s for s in swings if max(s.leads) > 0]
    code, k = ("chart.tornado.overtaken", len(below)) if below else ("chart.tornado.holds", 0)
    if now < 0:
        code, k = "chart.tornado.behind", len(above)
    return brush.say[code].format(winner=winner, now=margin(abs(now), 2), radius=radius, k=k, n=len(swings))


def _bars(brush: Brush, swing: Swing, now: float, y: int, labels: EndLabels) -> None:
    """From the present lead to the lead at either end; who overtakes is named."""
    for i, ((face, hatch), up) in enumerate(((UP, True), (DOWN, False))):
        end = 1 if up else 0
        lead, at = swing.leads[end], y + (i - 0.5) * HEIGHT
        brush.ax.barh(at, lead - now, HEIGHT, left=now, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6, zorder=2)
        who = f" {brush.bid(swing.rivals[end])}" if lead < 0 else ""
        labels.put(lead, at, number(lead, 2) + who, "left" if lead < now else "right")


def _frame(brush: Brush, stability: WeightStability, swings: tuple[Swing, ...], now: float) -> None:
    """Criteria with their weights, the line of the present lead and that of zero, legend, names of the axes."""
    ax, say = brush.ax, brush.say
    ticks = [
        f"{brush.criterion(stability.scored, s.node, 36)} [{number(s.node.share * s.node.parent_weight * POINTS, 2)}]"
        for s in swings
    ]
    ax.set_yticks(range(len(swings)), ticks)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(swings) - 0.4, -0.6)
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    zero = ax.axvline(0.0, color="#000000", linewidth=2.0, zorder=3)
    lead = ax.axvline(now, color=PALE, linewidth=1.2, linestyle=(0, (4, 2)), zorder=3)
    up, down = (ax.barh(0, 0, color=face, hatch=hatch, edgecolor=INK, linewidth=0.6) for face, hatch in (UP, DOWN))
    keys = ("chart.tornado.more", "chart.tornado.less", "chart.tornado.now", "chart.tornado.zero")
    names = [say[key] for key in keys]
    brush.legend_above([up, down, lead, zero], names)
    winner = brush.bid(stability.winner, 30)
    brush.axis_labels(say["chart.tornado.x"].format(winner=winner), say["chart.tornado.y"])
    brush.ticks()
