"""Who of the panel decides: the winner's lead without each member, zero is another winner (§3.2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, Brush, wrap
from supplier_eval.report.end_labels import EndLabels
from supplier_eval.report.formats import names, number, plain

if TYPE_CHECKING:
    from supplier_eval.robustness.panel_influence import PanelInfluence, PanelVariation

SAME, CHANGED = ("#7fa3bf", ""), ("#12355b", "xxx")
HEIGHT = 0.64
ASIDE = 1.02  # the line of the lead as evaluated stands inside the axes
LEVELLED = {"severity": "chart.influence.severity", "spread": "chart.influence.spread"}


def shown_variations(influence: PanelInfluence, pairs: bool) -> tuple[PanelVariation, ...]:
    """One member left out (smallest lead first), pairs where asked for, then the levelled panels."""

    def by_lead(kind: str) -> list[PanelVariation]:
        of_kind = [v for v in influence.variations if v.kind == kind]
        return sorted(of_kind, key=lambda v: (v.lead is None, v.lead or 0.0, v.left_out))

    kinds = ["without_one", "without_two"] if pairs else ["without_one"]
    return tuple(v for kind in (*kinds, "severity", "spread") for v in by_lead(kind))


def influence_size(influence: PanelInfluence, pairs: bool) -> tuple[float, float]:
    """Width and height in inches that the bars need."""
    if not any(v.lead is not None for v in influence.variations):
        return 9.6, 2.0
    return 9.6, 2.2 + 0.36 * max(3, len(shown_variations(influence, pairs)))


def draw_influence(brush: Brush, influence: PanelInfluence, pairs: bool, as_evaluated: float | None = None) -> None:
    """Draw the leads, beside the one as evaluated where it is known; where nobody can be left out, say why."""
    say = brush.say
    shown = shown_variations(influence, pairs)
    winner = brush.bid(influence.winners[0], 30) if influence.winners else "–"
    title = say["chart.influence.title"].format(lot=influence.lot, winner=winner, m=len(influence.members))
    said = influence.explain(brush.lang).split("\n")
    brush.title(title, influence.standing, pad=26)
    brush.alt(say["alt.influence"].format(title=title, said=brush.run_on(said)))
    if not any(v.lead is not None for v in shown):
        brush.nothing(said[0] if any(v.not_asked for v in shown) or not shown else say["chart.influence.alone"])
        return
    labels = EndLabels(brush, boxed=True)
    for y, v in enumerate(shown):
        _bar(brush, v, y, labels)
    _frame(brush, shown, winner, as_evaluated)
    leads = [
        0.0,
        *(v.lead for v in shown if v.lead is not None),
        *([ASIDE * as_evaluated] if as_evaluated is not None else []),
    ]
    low, high = min(leads), max(leads)
    labels.fit(low, high if high > low else low + 1.0)
    if len(influence.winners) > 1:
        bids = names([brush.bid(bid) for bid in influence.winners], brush.lang)
        said = [say["chart.influence.tied"].format(bids=bids, winner=winner), *said]
    brush.note(brush.run_on(said))
    brush.watermark(influence.standing, len(shown))


def _bar(brush: Brush, v: PanelVariation, y: int, labels: EndLabels) -> None:
    """One lead with its figure; who wins instead, or why there is no figure."""
    others = brush.say["chart.influence.instead"].format(bids=_short(brush, v.winners)) if v.changed else ""
    if v.lead is None:
        why = message(f"panel_influence.{v.not_asked}", brush.lang) if v.not_asked else brush.say["chart.influence.out"]
        labels.put(0.0, y, wrap(why if not others else f"{why} {others}", 60, 1), "right")
        return
    face, hatch = CHANGED if v.changed else SAME
    edge = "#ffffff" if hatch else INK
    brush.ax.barh(y, v.lead, HEIGHT, color=face, hatch=hatch, edgecolor=edge, linewidth=0.6, zorder=2)
    shown = f"{number(v.lead, 2)} {others}".strip()
    labels.put(v.lead, y, shown, "left" if v.lead < 0 else "right")


def _short(brush: Brush, bids: tuple[str, ...]) -> str:
    """The bids on rank 1, the first of several with their number."""
    if not bids:
        return "–"
    more = f" +{len(bids) - 1}" if len(bids) > 1 else ""
    return brush.bid(bids[0]) + more


def _frame(brush: Brush, shown: tuple[PanelVariation, ...], winner: str, as_evaluated: float | None) -> None:
    """Who is left out, the line of zero, the lead as evaluated, legend, names of the axes."""
    ax, say = brush.ax, brush.say
    ax.set_yticks(range(len(shown)), [_label(brush, v) for v in shown])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.grid(axis="x", color="#d0d0d0", linewidth=0.6, zorder=0)
    ax.set_axisbelow(True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for y in range(1, len(shown)):
        if _part(shown[y]) != _part(shown[y - 1]):
            ax.axhline(y - 0.5, color="#8a8a8a", linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    zero = ax.axvline(0.0, color="#000000", linewidth=2.0, zorder=3)
    handles: list[Any] = []
    named: list[str] = []
    for (face, hatch), changed in ((SAME, False), (CHANGED, True)):
        if any(v.changed is changed and v.lead is not None for v in shown):
            edge = "#ffffff" if hatch else INK
            handles.append(ax.barh(0, 0, color=face, hatch=hatch, edgecolor=edge, linewidth=0.6))
            named.append(say["chart.influence.changed" if changed else "chart.influence.same"])
    handles, named = [*handles, zero], [*named, say["chart.influence.zero"]]
    if as_evaluated is not None:
        handles.append(ax.axvline(as_evaluated, color=INK, linewidth=1.4, linestyle=(0, (2, 2)), zorder=2.5))
        named.append(say["chart.influence.evaluated"].format(lead=number(as_evaluated, 2)))
    brush.legend_above(handles, named)
    brush.axis_labels(say["chart.influence.x"].format(winner=winner), say["chart.influence.y"])
    brush.ticks()


def _part(v: PanelVariation) -> str:
    return "levelled" if v.kind in LEVELLED else v.kind


def _label(brush: Brush, v: PanelVariation) -> str:
    """What was changed about the panel."""
    if v.kind in LEVELLED:
        return wrap(brush.say[LEVELLED[v.kind]], 30, 2)
    who = names([brush.bid(plain(member), 14) for member in v.left_out], brush.lang)
    return wrap(brush.say["chart.influence.without"].format(who=who), 34, 2)
