"""A risk matrix with its real ranges: colours, and in every cell the risks that lie there by expected loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.report.brush import INK, Brush, cells, wrap
from supplier_eval.report.tables_risk import colour_words, few

if TYPE_CHECKING:
    from supplier_eval.risk.matrix import Bands
    from supplier_eval.risk.matrix_places import PlacedRisks

ANCHORS = ((0xDD, 0xEF, 0xDD), (0xF0, 0xB4, 0x3C), (0xA3, 0x26, 0x38))  # each darker than the one before, in grey too
DARK_FROM = 0.75
ROOM = 26  # Latin letters a line of a cell
LINES = 4


def matrix_size(places: PlacedRisks) -> tuple[float, float]:
    """Width and height in inches that the cells need."""
    matrix = places.matrix
    return 2.6 + 1.75 * len(matrix.impact), 2.4 + 0.85 * len(matrix.likelihood)


def face_of(at: int, count: int) -> str:
    """Colour of a level, from light to dark."""
    place = at / (count - 1) * (len(ANCHORS) - 1)
    low = min(int(place), len(ANCHORS) - 2)
    mixed = (round(a + (place - low) * (b - a)) for a, b in zip(ANCHORS[low], ANCHORS[low + 1], strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def draw_matrix(brush: Brush, places: PlacedRisks) -> None:
    """Draw the cells, the risks in them, and say what has no place."""
    say, ax, matrix = brush.say, brush.ax, places.matrix
    placed = sorted((p for p in places.risks.values() if p.rank is not None), key=lambda p: p.rank or 0)
    title = say["chart.matrix.title"].format(n=len(placed))
    brush.title(title, places.standing)
    held: dict[str, list[str]] = {}
    for one in placed:
        held.setdefault(one.cell, []).append(one.risk)
    last = len(matrix.colours) - 1
    for i, row in enumerate(matrix.cells):
        for j, colour in enumerate(row):
            level = matrix.colours.index(colour)
            ax.fill([j, j + 1, j + 1, j], [i, i, i + 1, i + 1], facecolor=face_of(level, last + 1), edgecolor="#ffffff")
            ink = "#ffffff" if level / last >= DARK_FROM else INK
            words = brush.text(colour_words(colour, brush.lang))
            ax.text(j + 0.03, i + 0.95, words, ha="left", va="top", **brush.style(7.0, color=ink))
            text = _listed(brush, held.get(matrix.cell_name((i, j)), []))
            ax.text(j + 0.5, i + 0.42, text, ha="center", va="center", zorder=10, **brush.style(8.0, color=ink))
    _axes(brush, matrix.likelihood, matrix.impact)
    notes = [say["chart.matrix.note"]]
    for code, names in (("chart.matrix.not_assessed", places.not_assessed), ("chart.matrix.outside", places.outside)):
        if names:
            notes.append(say[code].format(n=len(names), risks=few(names, brush.lang)))
    brush.alt(say["chart.matrix.alt"].format(title=title, said=brush.run_on(notes)))
    brush.note(brush.run_on(notes), below=62)
    brush.watermark(places.standing)


def _listed(brush: Brush, risks: list[str]) -> str:
    """Ids of a cell, with the number of those that find no room."""
    shown = [brush.bid(risk, 11) for risk in risks]
    kept = len(shown)
    while len(lines := _packed(shown[:kept], len(risks) - kept)) > LINES:
        kept -= 1
    return "\n".join(lines)


def _packed(names: list[str], more: int) -> list[str]:
    """Names in lines of a cell, none of them broken; at the end how many are left out."""
    parts = [f"{name}," for name in names[:-1]] + names[-1:] + ([f"+{more}"] if more else [])
    lines: list[str] = []
    for part in parts:
        if lines and cells(lines[-1]) + 1 + cells(part) <= ROOM:
            lines[-1] += f" {part}"
        else:
            lines.append(part)
    return lines


def _axes(brush: Brush, likelihood: Bands, impact: Bands) -> None:
    ax, say = brush.ax, brush.say
    ax.set_xlim(0, len(impact))
    ax.set_ylim(0, len(likelihood))
    ax.set_xticks([at + 0.5 for at in range(len(impact))], [_band(brush, impact, at) for at in range(len(impact))])
    names = [_band(brush, likelihood, at) for at in range(len(likelihood))]
    ax.set_yticks([at + 0.5 for at in range(len(likelihood))], names)
    ax.tick_params(length=0)
    unit, rate = (say["chart.matrix.unit"].format(unit=b.unit) if b.unit else "" for b in (impact, likelihood))
    x, y = say["chart.matrix.impact"].format(unit=unit), say["chart.matrix.likelihood"].format(unit=rate)
    brush.axis_labels(x, y)
    brush.ticks()


def _band(brush: Brush, bands: Bands, at: int) -> str:
    low, high = bands.edges[at], bands.edges[at + 1]
    return f"{wrap(brush.text(bands.names[at]), 20, 2)}\n{low:,.12g} – {high:,.12g}"
