"""What the weight explorer shows beside its sliders: the order as a table with bars, weights and intervals as strips.

Plain HTML without a drawing library, so that it follows a slider; every word from outside is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, sentences
from supplier_eval.report.chart_bars import SKINS
from supplier_eval.report.formats import number, plain
from supplier_eval.report.words import words
from supplier_eval.robustness.stability_words import caveats
from supplier_eval.shown import still

if TYPE_CHECKING:
    from supplier_eval.report.moved_weights import Order
    from supplier_eval.robustness.scored import Scored
    from supplier_eval.robustness.stability_front import NodeStability, WeightStability

WIDTH = 240  # pixels of a strip
BAR = 320  # pixels of 100 points


def escaped(text: object) -> str:
    """Text from outside as text."""
    return html.escape(plain(text))


def standing_line(standing: str, lot: str, n: int, lang: Lang) -> str:
    """What is shown, and whether it binds; an exploratory order is marked in red and in words."""
    say = words(lang)
    binding = standing == "binding"
    mark = say["standing.binding"] if binding else say["standing.watermark"]
    style = "" if binding else "color:#a3211b;background:#fff;border:2px solid #a3211b;padding:0 .4em"
    head = say["explorer.head"].format(lot=lot, n=n)
    return still(f'<p role="status">{escaped(head)} · <strong style="{style}">{escaped(mark)}</strong></p>')


def order_table(order: Order, before: Order, scored: Scored, tops: Mapping[str, Sequence[int]], lang: Lang) -> str:
    """The ranked bids, best first, with the published rank, the total and a bar by top criterion.

    Parameters
    ----------
    order, before : Order
        Now, and with the published weights.
    scored : Scored
        For names.
    tops : mapping
        Top criterion → places of its leaves.
    lang : {"en", "zh"}
        Language.
    """
    say = words(lang)
    heads = ("column.rank", "explorer.published_rank", "column.bid", "console.name", "column.total", "explorer.bar")
    head = "".join(f"<th>{escaped(say[key])}</th>" for key in heads)
    rows = []
    for b in order.best_first:
        bid = order.bids[b]
        ranks = (str(order.ranks[b]), str(before.ranks[b] or "–"))
        cells = (*ranks, bid, scored.name(bid), number(float(order.totals[b]), 2))
        figures = "".join(f'<td style="text-align:left">{escaped(cell)}</td>' for cell in cells)
        rows.append(f"<tr>{figures}<td>{_bar(order, b, scored, tops, lang)}</td></tr>")
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return still(table + _legend(scored, tops, lang))


def _bar(order: Order, b: int, scored: Scored, tops: Mapping[str, Sequence[int]], lang: Lang) -> str:
    parts = []
    for i, (top, rows) in enumerate(tops.items()):
        points = float(order.points[list(rows), b].sum())
        width = max(0.0, points * BAR / 100.0)
        tip = escaped(f"{scored.label(top, lang)} {number(points, 2)}")
        style = f"display:inline-block;height:1em;width:{width:.2f}px;background:{SKINS[i % len(SKINS)][0]}"
        parts.append(f'<span title="{tip}" style="{style};box-shadow:inset -1px 0 #fff"></span>')
    return f'<div style="white-space:nowrap;line-height:1em">{"".join(parts)}</div>'


def _legend(scored: Scored, tops: Mapping[str, Sequence[int]], lang: Lang) -> str:
    square = "display:inline-block;width:.8em;height:.8em;border:1px solid #444;margin-right:.3em;background:"
    shown = [
        f'<span style="margin-right:1em"><span style="{square}{SKINS[i % len(SKINS)][0]}"></span>'
        f"{escaped(scored.label(top, lang))}</span>"
        for i, top in enumerate(tops)
    ]
    return f"<p>{''.join(shown)}</p>"


def slider_label(node: str, scored: Scored, lang: Lang) -> str:
    """The name of a criterion, with its group."""
    above = next(n.parent for n in scored.nodes if n.id == node)
    group = f" ({scored.label(above, lang)})" if above else ""
    return still(f"<div>{escaped(scored.label(node, lang) + group)}</div>")


def interval_strip(node: str, stability: WeightStability, lang: Lang) -> str:
    """The published weight as a black tick and, in blue, between which weights the published winner stays first."""
    say, line = words(lang), stability[node]
    whole, now = line.points(1.0), line.weight_points
    marks = ""
    if line.movable and line.first.ever and whole > 0:
        lower, upper = line.points(line.first.lower), line.points(line.first.upper)
        marks = _mark(lower / whole, (upper - lower) / whole, "#2f6f9f")
    marks += _mark(now / whole if whole > 0 else 0.0, None, "#000")
    said = escaped(say["explorer.published"].format(points=number(now, 2)) + _interval(line, stability.winner, lang))
    box = f"position:relative;height:.7em;width:{WIDTH}px;background:#e4e4e4"
    return still(f'<div style="font-size:85%"><div style="{box}">{marks}</div>{said}</div>')


def caveat_line(scored: Scored, lang: Lang) -> str:
    """What the intervals do not know: rounding, values that depend on weights, ties; empty where there is nothing."""
    said = caveats(scored, lang)
    return still(f'<p style="font-size:85%">{escaped(sentences(said, lang))}</p>') if said else ""


def _mark(start: float, width: float | None, colour: str) -> str:
    size = "3px" if width is None else f"{max(width * 100, 0.4):.3f}%"
    return (
        f'<span style="position:absolute;top:0;height:100%;left:{start * 100:.3f}%;width:{size};'
        f'background:{colour}"></span>'
    )


def _interval(line: NodeStability, winner: str, lang: Lang) -> str:
    """Between which weights the winner stays, and who leads beyond."""
    say = words(lang)
    if not line.movable:
        return say["explorer.fixed"]
    if not line.first.ever:
        return say["explorer.never"].format(winner=winner)
    low, high = (bids[0] if bids else "–" for bids in (line.challengers_low, line.challengers_high))
    if low == high == "–":
        return say["explorer.always"].format(winner=winner)
    lower, upper = (number(line.points(share), 2) for share in (line.first.lower, line.first.upper))
    return say["explorer.stays"].format(winner=winner, lower=lower, upper=upper, low=low, high=high)
