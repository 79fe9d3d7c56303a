"""A key risk indicator over time: readings by state, the figures at which amber and red are entered and left.

Clauses of the policy (§6.3.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.messages import message
from supplier_eval.report.brush import INK, PALE, Brush
from supplier_eval.report.end_labels import spread
from supplier_eval.report.formats import short
from supplier_eval.risk.indicator_states import due_until

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_plan import Indicator
    from supplier_eval.risk.indicator_watch import IndicatorWatch

SIZE = (9.8, 4.9)
GAP = 11.0  # points between the names of two levels
LOOKS = {"green": ("o", "#ffffff"), "amber": ("D", "#f0b43c"), "red": ("s", "#a32638")}
LEVELS: tuple[Literal["amber", "red"], ...] = ("amber", "red")
SHADE = {"amber": "#c98a12", "red": "#a32638"}


def draw_indicator(brush: Brush, watch: IndicatorWatch, indicator: str) -> None:
    """Draw one indicator; without a reading, say so."""
    if indicator not in watch.status:
        raise UnknownName("indicator", str(indicator), watch.status)
    say, ax = brush.say, brush.ax
    defined = next(one for one in watch.plan.indicators if one.id == indicator)
    readings = [one for one in watch.readings if one.indicator == indicator]
    n = sum(one.value is not None for one in readings)
    name = defined.name.say(brush.lang) or indicator
    title = say["chart.indicator.title"].format(name=name, day=watch.as_of, n=n)
    said = watch.explain(indicator, brush.lang).split("\n")
    brush.title(title, watch.standing, pad=26)
    brush.alt(say["chart.indicator.alt"].format(title=title, said=brush.run_on(said)))
    if not n:
        brush.nothing(said[0])
        return
    known: Any = [one for one in readings if one.value is not None]
    ax.plot([one.on for one in known], [one.value for one in known], color=PALE, linewidth=1.1, zorder=2)
    handles, labels = [], []
    for state, (mark, face) in LOOKS.items():
        mine = [one for one in known if one.state == state]
        drawn = ax.plot([one.on for one in mine], [one.value for one in mine], mark, color=face, markersize=7,
                        markeredgecolor=INK, zorder=4)  # fmt: skip
        handles.append(drawn[0])
        labels.append(message(f"indicator.state.{state}", brush.lang))
    named = _thresholds(brush, defined)
    late = _late(brush, watch, defined)
    if late is not None:
        handles.append(late)
        labels.append(message("indicator.state.grey", brush.lang))
    gaps: Any = [one.on for one in readings if one.value is None]
    if gaps:
        blended = ax.get_xaxis_transform()
        ax.plot(gaps, [0.02] * len(gaps), "x", color=INK, markersize=7, transform=blended, clip_on=False)
    ax.axvline(watch.as_of, color=PALE, linewidth=0.9, linestyle=(0, (1, 2)))  # type: ignore[arg-type]
    brush.legend_above(handles, labels)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.indicator.x"], defined.unit or say["chart.control.no_unit"])
    brush.ticks()
    _name_levels(brush, named)
    brush.note(brush.run_on([say["chart.indicator.note"], said[0]]))
    brush.watermark(watch.standing)


def _late(brush: Brush, watch: IndicatorWatch, defined: Indicator) -> Any:  # noqa: ANN401 - a patch, or None
    """Hatch the days for which no reading stands any more."""
    one = watch.status[defined.id]
    if one.state != "grey" or one.on is None:
        return None
    start: Any = due_until(defined, one.on)
    end: Any = watch.as_of
    return brush.ax.axvspan(start, end, facecolor="#dddddd", edgecolor="#8a8a8a", hatch="///", linewidth=0, zorder=0)


def _thresholds(brush: Brush, defined: Indicator) -> list[tuple[float, str]]:
    """Full lines where a level is entered, broken ones where it is left; heights and names of the first."""
    ax, say, named = brush.ax, brush.say, []
    for level in LEVELS:
        for trigger, _ in defined.sides(level):
            at = float(trigger.enter)
            ax.axhline(at, color=SHADE[level], linewidth=1.4, zorder=1)
            if trigger.leave is not None and trigger.leave != trigger.enter:
                ax.axhline(float(trigger.leave), color=SHADE[level], linewidth=1.0, linestyle=(0, (5, 4)), zorder=1)
            word = say["chart.indicator.enter"] if level == "amber" else say["chart.indicator.enter_red"]
            named.append((at, word.format(figure=short(at))))
    return named


def _name_levels(brush: Brush, named: list[tuple[float, str]]) -> None:
    """Write the names of the levels at the right end of their lines; those that meet are moved apart."""
    ax = brush.ax
    figure = ax.get_figure(root=True)
    if figure is None:
        return
    figure.draw_without_rendering()
    scale, frame = 72.0 / figure.dpi, ax.get_window_extent()
    places = [float(ax.transData.transform((0.0, at))[1] - frame.y0) * scale for at, _ in named]
    for (at, text), old, new in zip(named, places, spread(places, GAP, float(frame.height) * scale), strict=True):
        ax.annotate(brush.text(text), (1.0, at), (5, new - old), xycoords=("axes fraction", "data"), va="center",
                    textcoords="offset points", annotation_clip=False, **brush.style(8.5, color=INK))  # fmt: skip
