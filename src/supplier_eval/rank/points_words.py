"""What a ranking by points says of itself: one bid, or the whole order."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message, seen
from supplier_eval.messages.minus import said_figure

if TYPE_CHECKING:
    from supplier_eval.rank.points import PointsRanking


def explain_points(ranking: PointsRanking, bid: str, lang: Lang) -> str:
    """How a bid came to its total and its rank; why it has none where it is out."""
    sheet = ranking.sheet
    if ranking.rank_of(bid) == 0:
        if ranking.stopped is not None and bool(sheet.eligible[sheet.position(bid)]):
            return ranking.stopped.say(lang)
        return sheet.qualification.explain(bid, lang) if sheet.qualification is not None else ""
    facts = {"rank": ranking.rank_of(bid), "n": len(ranking.order), "total": f"{ranking.total_of(bid):.4f}"}
    lines = [message("rank.total", lang, who=said_bid(bid, sheet.names.get(bid, bid), lang), **facts)]
    for criterion, points in ranking.criteria_points(bid).items():
        lines.append(message("rank.points", lang, criterion=ranking.label(criterion, lang), points=signed(points, 4)))
    shared = [other for group in ranking.tied if bid in group for other in group if other != bid]
    if shared:
        lines.append(message("rank.tied", lang, others=_listed(shared, lang)))
    return "\n".join(lines)


def explain_points_order(ranking: PointsRanking, lang: Lang) -> str:
    """The whole order, first to last: totals, leads, ties, withdrawals, and the bids that are out."""
    if ranking.stopped is not None:
        return ranking.stopped.say(lang)
    names = ranking.sheet.names
    lines = [message("rank.order.head", lang, n=len(ranking.order))]
    for bid in ranking.order:
        facts = {"rank": ranking.rank_of(bid), "total": f"{ranking.total_of(bid):.4f}"}
        margin = ranking.margins[bid]
        lead = message("rank.order.lead", lang, margin=f"{margin:.4f}") if math.isfinite(margin) and margin > 0 else ""
        gone = message("rank.order.withdrawn", lang) if bid in ranking.withdrawn else ""
        who = said_bid(bid, names.get(bid, bid), lang)
        lines.append(message("rank.order.line", lang, who=who, lead=lead, gone=gone, **facts))
    for group in ranking.tied:
        facts = {"bids": _listed(group, lang), "rank": ranking.rank_of(group[0])}
        lines.append(message("rank.order.tied", lang, **facts))
    out = [bid for bid in ranking.bids if ranking.rank_of(bid) == 0]
    if out:
        lines.append(message("rank.order.out", lang, bids=_listed(out, lang)))
    return "\n".join(lines)


def said_key(ranking: PointsRanking, key: str, lang: Lang) -> str:
    """What parted two bids, in words: the lower price, more points of a criterion, a recorded draw."""
    if key.startswith("higher:"):
        return message("rank.key.higher", lang, criterion=ranking.label(key.removeprefix("higher:"), lang))
    return message(f"rank.key.{key}", lang)


def said_bid(bid: str, name: str, lang: Lang) -> str:
    """A bid with its name in brackets; the id alone where the name is the same."""
    if not name or name == bid:
        return bid
    shown = " ".join(seen(name).split())
    return f"{bid}（{shown}）" if lang == "zh" else f"{bid} ({shown})"


def signed(figure: float, places: int) -> str:
    """A figure with its sign; what rounds to nothing is +0, never -0."""
    return said_figure(f"{round(figure, places) + 0.0:+,.{places}f}")


def _listed(bids: tuple[str, ...] | list[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(bids)
