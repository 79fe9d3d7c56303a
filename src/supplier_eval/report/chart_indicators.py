"""A key risk indicator over time: readings by state, the figures at which amber and red are entered and left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from supplier_eval.errors import UnknownName
from supplier_eval.messages import message
from supplier_eval.report.brush import INK, PALE, Brush
from supplier_eval.report.formats import short

if TYPE_CHECKING:
    from supplier_eval.risk.indicator_plan import Indicator
    from supplier_eval.risk.indicator_watch import IndicatorWatch

SIZE = (9.8, 4.9)
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
    _thresholds(brush, defined)
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
    brush.note(brush.run_on([say["chart.indicator.note"], said[0]]))
    brush.watermark(watch.standing)


def _thresholds(brush: Brush, defined: Indicator) -> None:
    """Full lines where a level is entered, broken ones where it is left, named at the right end."""
    ax, say = brush.ax, brush.say
    for level in LEVELS:
        for trigger, sign in defined.sides(level):
            ax.axhline(float(trigger.enter), color=SHADE[level], linewidth=1.4, zorder=1)
            if trigger.leave is not None and trigger.leave != trigger.enter:
                ax.axhline(float(trigger.leave), color=SHADE[level], linewidth=1.0, linestyle=(0, (5, 4)), zorder=1)
            named = say["chart.indicator.enter"] if level == "amber" else say["chart.indicator.enter_red"]
            ax.annotate(brush.text(named.format(figure=short(float(trigger.enter)))), (1.0, float(trigger.enter)),
                        (4, 3 * sign), xycoords=("axes fraction", "data"), textcoords="offset points", va="center",
                        annotation_clip=False, **brush.style(8.5, color=INK))  # fmt: skip
