"""The loss exceedance curve: how probable it is that a year costs more than a sum, with its Monte-Carlo error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.report.brush import INK, PALE, Brush
from supplier_eval.report.formats import number, short
from supplier_eval.risk.loss_levels import LEAST_BEYOND

if TYPE_CHECKING:
    from supplier_eval.risk.losses_result import AnnualLosses

SIZE = (9.2, 5.4)
DARK, BAND = "#12355b", "#b3c8d8"
POINTS = 160
NORMAL = 1.96
PERCENTS = (100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)


def draw_exceedance(brush: Brush, losses: AnnualLosses) -> None:
    """Draw the curve, its 95 % band, the mean and the levels."""
    say, ax = brush.say, brush.ax
    title = say["chart.exceedance.title"].format(n=len(losses.model.risks), years=f"{losses.years:,}")
    said = losses.explain(brush.lang).split("\n")
    brush.title(title, losses.standing)
    brush.alt(say["chart.exceedance.alt"].format(title=title, said=brush.run_on(said)))
    floor = max(LEAST_BEYOND / losses.years, 1e-6)
    end = losses.var(1 - floor).value
    if not end > 0:
        brush.nothing(say["chart.exceedance.nothing"] if losses.model.risks else said[0])
        return
    curve_of(brush, losses, floor, end)
    mean = losses.exact_mean
    ax.axvline(mean, color=PALE, linewidth=1.0, linestyle=(0, (4, 3)))
    place: dict[str, Any] = {"textcoords": "offset points", "annotation_clip": False}
    ax.annotate(brush.text(say["chart.exceedance.mean"].format(mean=number(mean, 0))), (mean, 100 * floor), (5, 6),
                **place, **brush.style(8.5, color=INK))  # fmt: skip
    for level in losses.levels:
        at = losses.var(level).value
        ax.plot([at], [100 * (1 - level)], "D", markersize=7, markerfacecolor="#ffffff",
                markeredgecolor=INK, zorder=4, clip_on=False)  # fmt: skip
        text = say["chart.exceedance.level"].format(level=f"{100 * level:g}", var=number(at, 0))
        ax.annotate(brush.text(text), (at, 100 * (1 - level)), (9, 5), **place, **brush.style(8.5, color=INK))
    frame_curve(brush, losses.currency, floor, end)
    brush.note(brush.run_on([say["chart.exceedance.note"], *said[-1:]] if losses.not_assessed else
                            [say["chart.exceedance.note"]]))  # fmt: skip
    brush.watermark(losses.standing)


def curve_of(brush: Brush, losses: AnnualLosses, floor: float, end: float, *, dashed: bool = False) -> Any:  # noqa: ANN401 - a line
    """Draw the curve of some losses up to `end` with its 95 % band, not below `floor`; gives the line."""
    curve = losses.exceedance(np.linspace(0.0, end, POINTS).tolist())
    x, p, e = (curve[name].to_numpy(dtype=np.float64) for name in ("loss", "probability", "error"))
    low, high = 100 * np.maximum(p - NORMAL * e, floor / 4), 100 * np.minimum(p + NORMAL * e, 1.0)
    brush.ax.fill_between(x, low, high, color=BAND, linewidth=0, alpha=0.6 if dashed else 1.0)
    style = (0, (5, 3)) if dashed else "-"
    return brush.ax.plot(x, 100 * p, color=DARK, linewidth=1.8, linestyle=style, zorder=3)[0]


def frame_curve(brush: Brush, currency: str, floor: float, end: float) -> None:
    """Axes of a curve: money, and per cent on a log scale."""
    ax, say = brush.ax, brush.say
    ax.set_yscale("log")
    ax.set_ylim(100 * floor, 130.0)
    ticks = [
        tick
        for tick in (100.0, 50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
        if tick >= 100 * floor
    ]
    ax.set_yticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.set_yticks([], minor=True)
    ax.set_xlim(0.0, end)
    ax.locator_params(axis="x", nbins=7)
    ticks = [tick for tick in ax.get_xticks() if 0 <= tick <= end]
    ax.set_xticks(ticks, [short(round(float(tick), 6)) for tick in ticks])
    ax.grid(color="#dcdcdc", linewidth=0.6)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    unit = currency or say["chart.control.no_unit"]
    brush.axis_labels(say["chart.exceedance.x"].format(unit=unit), say["chart.exceedance.y"])
    brush.ticks()
