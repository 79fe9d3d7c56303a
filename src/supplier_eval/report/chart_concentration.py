"""Concentration of spend: HHI of each category by ultimate parent, the thresholds, and what if the largest leaves.

Clauses of the policy (§6.1.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.report.brush import INK, PALE, Brush, wrap
from supplier_eval.report.formats import number, short

if TYPE_CHECKING:
    from supplier_eval.risk.concentration_result import Concentration, Concentrations

FACES = {"low": "#dbe6ee", "moderate": "#7f9fb8", "high": "#12355b"}
MOST = 25


def _lines(found: Concentrations) -> list[Concentration]:
    """Categories with spend, the most concentrated first, all together last."""
    mine = [one for one in found.lines if one.level == "parent" and one.hhi is not None]
    return sorted(mine, key=lambda one: (not one.category, -(one.hhi or 0), one.category))


def concentration_size(found: Concentrations) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    return 11.0, 2.4 + 0.42 * max(3, min(MOST, len(_lines(found))))


def draw_concentration(brush: Brush, found: Concentrations) -> None:
    """Draw the bars; where nothing is spent, say so."""
    say, ax, every = brush.say, brush.ax, _lines(found)
    rows = every if len(every) <= MOST else [*every[: MOST - 1], every[-1]]
    n = sum(bool(one.category) for one in every)
    title = say["chart.concentration.title"].format(n=n)
    brush.title(title, found.standing)
    notes = [say["chart.concentration.note"].format(low=short(found.thresholds[0]), high=short(found.thresholds[1]))]
    if len(every) > len(rows):
        notes.append(say["chart.drivers.left"].format(n=len(every) - len(rows)))
    said = found.explain("", brush.lang).split("\n")
    brush.alt(say["chart.concentration.alt"].format(title=title, said=brush.run_on(said)))
    if not rows:
        brush.nothing(said[0])
        return
    place: dict[str, Any] = {"textcoords": "offset points", "va": "center", "annotation_clip": False}
    for y, one in enumerate(rows):
        hhi = float(one.hhi or 0)
        ax.barh(y, hhi, 0.66, color=FACES.get(one.band, "#ffffff"), edgecolor=INK, linewidth=0.6, zorder=2)
        ax.annotate(brush.text(_end(brush, one)), (1.0, y), (8, 0), xycoords=("axes fraction", "data"), **place,
                    **brush.style(8.5, color=INK))  # fmt: skip
    for line in found.thresholds:
        ax.axvline(line, color=PALE, linewidth=1.1, linestyle=(0, (4, 3)), zorder=3)
    labels = [wrap(brush.text(one.category or say["risk.all"]), 26, 2) + f" (n = {one.count})" for one in rows]
    ax.set_yticks(range(len(rows)), labels)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.set_xlim(0.0, 10_000.0)
    ticks = [0, 2000, 4000, 6000, 8000, 10_000]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.tick_params(axis="y", length=0)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.concentration.x"], say["chart.concentration.y"])
    brush.ticks()
    brush.note(brush.run_on(notes))
    brush.watermark(found.standing, len(rows))


def _end(brush: Brush, one: Concentration) -> str:
    """Index, effective number, the largest with its share, and whether the rest can take its volume."""
    say = brush.say
    return say["chart.concentration.end"].format(
        hhi=number(float(one.hhi or 0), 0),
        effective=number(float(one.effective or 0), 2),
        largest=brush.bid(one.largest[0], 18) + (" …" if len(one.largest) > 1 else ""),
        share=f"{100 * float(one.share or 0):.0f}",
        takes=say[f"risk_takes.{one.rest_takes}"],
    )
