"""The Kraljic portfolio drawn: supply risk against profit impact, the four kinds, the grey margin around the lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supplier_eval.messages import message
from supplier_eval.report.brush import INK, PALE, Brush, shorten
from supplier_eval.report.dot_names import name_dots
from supplier_eval.report.formats import short
from supplier_eval.report.tables_risk import few
from supplier_eval.risk.answer_words import SAY

if TYPE_CHECKING:
    from supplier_eval.risk.kraljic_result import KraljicPortfolio, KraljicPosition

SIZE = (9.4, 7.2)
BAND, DARK = "#e4e4e4", "#12355b"
MOST_NAMES = 40
CORNERS = (
    ("routine", (0.012, 0.015), "left", "bottom"),
    ("leverage", (0.012, 0.985), "left", "top"),
    ("bottleneck", (0.988, 0.015), "right", "bottom"),
    ("strategic", (0.988, 0.985), "right", "top"),
)


def draw_kraljic(brush: Brush, found: KraljicPortfolio) -> None:
    """Draw the items; where none is placed, say so."""
    say, placed = brush.say, [one for one in found.positions.values() if one.quadrant]
    title = say["chart.kraljic.title"].format(n=len(placed))
    brush.title(title, found.standing, pad=26)
    brush.alt(say["chart.kraljic.alt"].format(title=title, said=brush.run_on(SAY["portfolio"](found, brush.lang))))
    left = found.not_placed
    lacking = say["chart.kraljic.not_placed"].format(n=len(left), items=few(left, brush.lang)) if left else ""
    if not placed:
        brush.nothing(brush.run_on([say["chart.kraljic.nothing"], lacking]))
        return
    _ground(brush, found)
    _dots(brush, placed, bool(found.settings.margin))
    named = sorted(placed, key=_weight)[:MOST_NAMES]
    x, y = ([float(getattr(one, axis)) for one in placed] for axis in ("supply_risk", "profit_impact"))
    kept = {one.item for one in named}
    name_dots(brush, x, y, [shorten(brush.text(one.item), 24) if one.item in kept else "" for one in placed])
    notes = [say["chart.kraljic.note"].format(margin=short(float(found.settings.margin)))]
    if len(placed) > len(named):
        notes.append(say["chart.kraljic.unnamed"].format(n=len(placed) - len(named)))
    brush.note(brush.run_on([*notes, lacking]))
    brush.watermark(found.standing)


def _weight(one: KraljicPosition) -> tuple[float, str]:
    """Who is named first where there are too many: the nearer to the strategic corner."""
    return -float((one.supply_risk or 0) + (one.profit_impact or 0)), one.item


def _ground(brush: Brush, found: KraljicPortfolio) -> None:
    """Margins, lines, the names of the four kinds in their corners, limits, names of the axes."""
    say, ax = brush.say, brush.ax
    margin = float(found.settings.margin)
    risk, impact = map(float, found.settings.lines)
    if margin:
        ax.axvspan(risk - margin, risk + margin, color=BAND, linewidth=0, zorder=0)
        ax.axhspan(impact - margin, impact + margin, color=BAND, linewidth=0, zorder=0)
    for draw, line in ((ax.axvline, risk), (ax.axhline, impact)):
        draw(line, color=PALE, linewidth=1.2, zorder=1)
    for quadrant, (x, y), across, up in CORNERS:
        words = brush.text(message(f"kraljic.quadrant.{quadrant}", brush.lang))
        place: dict[str, Any] = {"ha": across, "va": up, "transform": ax.transAxes, "zorder": 2}
        ax.text(x, y, words, **place, **brush.style(12.0, color=PALE))
    ax.set_xlim(-4, 104)
    ax.set_ylim(-11, 111)
    ticks = list(range(0, 101, 20))
    ax.set_xticks(ticks)
    ax.set_yticks(ticks)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    brush.axis_labels(say["chart.kraljic.x"], say["chart.kraljic.y"])
    brush.ticks()


def _dots(brush: Brush, placed: list[KraljicPosition], margin: bool) -> None:
    """Full dots where the kind is clear, open diamonds in the margin."""
    handles, labels = [], []
    for grey, mark, face, word in (
        (False, "o", DARK, "chart.kraljic.clear"),
        (True, "D", "#ffffff", "chart.kraljic.grey"),
    ):
        if grey and not margin:
            continue
        mine = [one for one in placed if one.grey is grey]
        x, y = ([float(getattr(one, axis)) for one in mine] for axis in ("supply_risk", "profit_impact"))
        drawn = brush.ax.plot(x, y, mark, color=face, markersize=8, markeredgecolor=INK, zorder=5)
        handles.append(drawn[0])
        labels.append(brush.say[word].format(n=len(mine)))
    brush.legend_above(handles, labels)
