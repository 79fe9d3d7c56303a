"""What a weight stability says, in sentences; and what every statement over moved weights must add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.robustness.scored import Scored

if TYPE_CHECKING:
    from supplier_eval.robustness.stability_front import NodeStability, WeightStability


def explain_stability(stability: WeightStability, lang: Lang = "en") -> str:
    """Say the intervals in sentences.

    Parameters
    ----------
    stability : WeightStability
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        Weights in points of the whole 100. First who stays first: one line a node, the tightest first, those whose
        weight decides nothing together on one line; then the same for the whole order; caveats at the end.
    """
    scored, winner = stability.scored, stability.winner
    if len(scored.bids) == 1:
        return message("stability.alone", lang, winner=winner)
    lines = [*tie_first(scored, lang, winner), message("stability.head", lang, winner=winner)]
    if stability.identical:
        lines.append(message("stability.identical", lang, winner=winner, others=listed(stability.identical, lang)))
    nodes = [line for line in stability.by_room if line.movable]
    if any(not line.first.holds_now for line in nodes):
        lines.append(message("stability.behind", lang, winner=winner))
    free = [line for line in nodes if line.first.holds_now and not line.first.low and not line.first.high]
    lines += [_first(line, stability, lang) for line in nodes if line not in free]
    lines += _together("stability.any", free, stability, lang)
    ordered = [line for line in nodes if line.order.holds_now]
    if len(ordered) < len(nodes):
        lines.append(message("stability.order.not_now", lang))
    same = [line for line in ordered if not line.order.low and not line.order.high]
    lines += [_order(line, stability, lang) for line in ordered if line not in same]
    lines += _together("stability.order.any", same, stability, lang)
    lines += _together("stability.fixed", [line for line in stability.nodes if not line.movable], stability, lang)
    return "\n".join([*lines, *caveats(scored, lang)])


def tie_first(scored: Scored, lang: Lang, asked: str = "") -> list[str]:
    """Say that several bids share rank 1, before anything is said about one of them.

    Parameters
    ----------
    scored : Scored
        What the statement is about.
    lang : {"en", "zh"}
        Language.
    asked : str
        The bid that what follows is about; empty where it is about all of them.

    Returns
    -------
    list of str
        One sentence; empty where one bid has rank 1 alone.
    """
    if not scored.tied_first:
        return []
    bids = listed(scored.tied_first, lang)
    return [message("robustness.tie", lang, bids=bids, asked=asked) if asked else tie_of(scored.tied_first, lang)]


def tie_of(bids: Iterable[str], lang: Lang) -> str:
    """The sentence that these bids share rank 1."""
    return message("robustness.tie.every", lang, bids=listed(bids, lang))


def listed(names: Iterable[str], lang: Lang) -> str:
    """Names one after the other."""
    return ("、" if lang == "zh" else ", ").join(names)


def caveats(scored: Scored, lang: Lang = "en") -> list[str]:
    """What a statement over moved weights leaves out: weights below the top, rounding that may decide, moved values.

    Parameters
    ----------
    scored : Scored
        What the statement is about.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    list of str
        Sentences; empty where there is nothing to add.
    """
    said = [message("robustness.top", lang)] if scored.top_only else []
    if scored.margin < 0:
        said.append(message("stability.decided", lang, margin=f"{-scored.margin:.4g}"))
    elif scored.rounding_decides:
        facts = {"margin": said_figure(f"{scored.margin:.4g}"), "step": f"{scored.rounding_step:g}"}
        said.append(message("stability.rounding", lang, **facts))
    if scored.weights_move_values:
        said.append(message("stability.values_move", lang))
    return said


def _first(line: NodeStability, stability: WeightStability, lang: Lang) -> str:
    first = line.first
    facts = {
        "node": stability.scored.label(line.node.id, lang),
        "winner": stability.winner,
        "now": _points(line.weight_points),
        "lower": _points(line.points(first.lower)),
        "upper": _points(line.points(first.upper)),
        "low": listed(line.challengers_low, lang),
        "high": listed(line.challengers_high, lang),
    }
    if not first.ever:
        return message("stability.never", lang, **facts)
    if not first.holds_now:
        return message("stability.not_now", lang, **facts)
    if first.low and first.high:
        return message("stability.between", lang, **facts)
    return message("stability.at_least" if first.low else "stability.at_most", lang, **facts)


def _order(line: NodeStability, stability: WeightStability, lang: Lang) -> str:
    order = line.order
    ends = {"lower": _points(line.points(order.lower)), "upper": _points(line.points(order.upper))}
    label = stability.scored.label(line.node.id, lang)
    said = [message("stability.order.between", lang, node=label, **ends)]
    for code, pairs in (("stability.order.low", order.low), ("stability.order.high", order.high)):
        said += [message(code, lang, over=over, under=under) for over, under in pairs[:1]]
    return ("，" if lang == "zh" else "; ").join(said) + ("。" if lang == "zh" else ".")


def _together(code: str, nodes: list[NodeStability], stability: WeightStability, lang: Lang) -> list[str]:
    """One sentence for all nodes of which the same is true; none where there are none."""
    labels = ("、" if lang == "zh" else "; ").join(stability.scored.label(line.node.id, lang) for line in nodes)
    return [message(code, lang, winner=stability.winner, nodes=labels)] if nodes else []


def _points(figure: float) -> str:
    return f"{figure:.2f}"
