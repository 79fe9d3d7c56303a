"""What a smallest change says, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang, message
from supplier_eval.robustness.stability_words import caveats, listed, tie_first

if TYPE_CHECKING:
    from supplier_eval.robustness.change_front import SmallestChange, WeightChange

SHOWN = 5e-3  # points: smaller moves are not worth a word beside larger ones
MOST = 6  # moves in one sentence


def explain_change(result: SmallestChange, lang: Lang = "en") -> str:
    """Say what each challenger would need.

    Parameters
    ----------
    result : SmallestChange
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        The nearest challenger first, one sentence each and a second for who ties there; caveats at the end.
    """
    if not result.changes:
        return message("change.alone", lang, winner=result.winner)
    lines = tie_first(result.scored, lang, result.winner)
    if result.nearest is None and result.asked is None:
        lines.append(message("change.nobody", lang, within=_within(result, lang)))
    for i, change in enumerate(result.changes):
        if not change.possible:
            lines.append(_impossible(change, result, lang))
            continue
        lines += _possible(change, result, lang, nearest=i == 0 and result.asked is None)
    if result.level == "top" and result.criteria != result.scored.criteria:
        lines.append(message("change.top", lang))
    return "\n".join([*lines, *caveats(result.scored, lang)])


def _possible(change: WeightChange, result: SmallestChange, lang: Lang, nearest: bool) -> list[str]:
    others = listed(change.ties, lang)
    if change.leads_now:
        return [message("change.leads", lang, bid=change.bid)]
    if change.distance == 0.0:
        return [message("change.at_once", lang, bid=change.bid, others=others)]
    facts = {
        "bid": change.bid,
        "moves": _moves(change, result, lang),
        "distance": _points(change.distance),
        "norm": message(f"change.norm.{result.norm}", lang),
    }
    said = message("change.nearest", lang, **facts) if nearest else message("change.would", lang, **facts)
    return [said, message("change.tie", lang, others=others)]


def _moves(change: WeightChange, result: SmallestChange, lang: Lang) -> str:
    """The largest moves first; those that would print as zero are left out unless all would, many are counted."""
    sizes = np.abs(change.change)
    by_size = np.argsort(-np.round(sizes, 9), kind="stable").tolist()
    largest = float(sizes[by_size[0]])
    moving = [i for i in by_size if sizes[i] >= (SHOWN if largest >= SHOWN else largest / 2)]
    kept = moving if len(moving) <= MOST else moving[: MOST - 1]
    said = []
    for i in kept:
        code = "change.move.up" if change.change[i] > 0 else "change.move.down"
        label = result.scored.label(result.criteria[i], lang)
        said.append(message(code, lang, criterion=label, points=_points(float(sizes[i]))))
    if kept != moving:
        rest = moving[len(kept) :]
        said.append(message("change.move.more", lang, n=len(rest), points=_points(float(sizes[rest[0]]))))
    if lang == "zh":
        return "，".join(said)
    return f"{', '.join(said[:-1])} and {said[-1]}" if len(said) > 1 else said[0]


def _impossible(change: WeightChange, result: SmallestChange, lang: Lang) -> str:
    within = _within(result, lang)
    if not change.blockers:
        return message("change.impossible.level", lang, bid=change.bid, others=listed(change.ties, lang), within=within)
    others = listed(change.blockers, lang)
    if len(change.blockers) == 1:
        return message("change.impossible.one", lang, bid=change.bid, others=others, within=within)
    shares = " : ".join(f"{share:.0%}" for share in change.blockers.values())
    return message("change.impossible.mix", lang, bid=change.bid, others=others, shares=shares, within=within)


def _within(result: SmallestChange, lang: Lang) -> str:
    return message("change.within", lang) if result.bounded else ""


def _points(figure: float) -> str:
    """Two decimals; four significant digits where those would be zero."""
    return f"{figure:.2f}" if figure >= SHOWN else f"{figure:.3g}"
