"""The operating curve of a sampling plan: how likely work of each quality is accepted (§5.2.1)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, PALE, Brush

if TYPE_CHECKING:
    from supplier_eval.monitor.sampling_plan import SamplingPlan

DARK = "#12355b"
SIZE = (8.8, 5.2)


def draw_operating_curve(brush: Brush, plan: SamplingPlan) -> None:
    """Draw the curve, and the two shares that the plan was made for."""
    say, ax = brush.say, brush.ax
    curve = plan.curve()
    lot = say["chart.operating.lot"].format(lot=plan.lot) if plan.lot is not None else ""
    title = say["chart.operating.title"].format(n=plan.n, c=plan.c, lot=lot)
    said = plan.explain(brush.lang).split("\n")
    brush.title(title, plan.standing)
    brush.alt(say["chart.operating.alt"].format(title=title, said=brush.run_on(said)))
    x = 100 * curve["share"].to_numpy()
    ax.plot(x, 100 * curve["accept"].to_numpy(), color=DARK, linewidth=1.8, zorder=3)
    _asked(brush, plan, float(x[-1]))
    ax.set_xlim(0.0, float(x[-1]))
    ax.set_ylim(0.0, 104.0)
    ax.grid(color="#dcdcdc", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.operating.x"], say["chart.operating.y"])
    brush.ticks()
    brush.note(brush.run_on(said))
    brush.watermark(plan.standing)


def _asked(brush: Brush, plan: SamplingPlan, end: float) -> None:
    """The acceptable and the limiting share with what happens there."""
    if not math.isfinite(plan.acceptable):
        return
    for share, accept, code in (
        (plan.acceptable, 1.0 - plan.actual_producer_risk, "chart.operating.acceptable"),
        (plan.limiting, plan.actual_consumer_risk, "chart.operating.limiting"),
    ):
        x, y = 100 * share, 100 * accept
        brush.ax.plot([x, x, 0], [0, y, y], color=PALE, linewidth=0.9, linestyle=(0, (4, 3)), zorder=2)
        brush.ax.plot([x], [y], "D", markersize=8, markerfacecolor="#ffffff", markeredgecolor=INK, zorder=4)
        text = brush.say[code].format(share=f"{x:g}", accept=f"{y:.1f}")
        right = x < 0.6 * end
        style: dict[str, Any] = brush.style(8.5, color=INK, ha="left" if right else "right", va="bottom", zorder=5)
        style["bbox"] = {"facecolor": "#ffffff", "edgecolor": "none", "alpha": 0.85, "pad": 1.0}
        away = (10 if right else -10, 4)
        brush.ax.annotate(brush.text(text), (x, y), away, textcoords="offset points", **style)
