"""What rank acceptability says, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang, message
from supplier_eval.rank.points_words import said_bid
from supplier_eval.robustness.stability_words import listed, tie_first

if TYPE_CHECKING:
    from supplier_eval.robustness.acceptability_result import Acceptability
    from supplier_eval.score.order import FloatArray

KINDS = ("interval", "normal")
CERTAIN = 5e-5  # value points: a spread that would print as 0.0000


def explain_acceptability(found: Acceptability, lang: Lang = "en") -> str:
    """Say how often each bid is first, most often first.

    Parameters
    ----------
    found : Acceptability
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        A tie on rank 1, where weights were drawn, one line a bid, what was uncertain and by how much, how many draws.
    """
    lines = [*tie_first(found.scored, lang), _region(found, lang)]
    if found.scored.top_only:
        lines.append(message("robustness.top", lang))
    wide = found.half_widths()[:, 0]
    for b in sorted(range(len(found.bids)), key=lambda b: (-found.first[b], b)):
        code = "acceptability.first" if found.ever_first[b] else "acceptability.never"
        facts = {"first": f"{found.first[b]:.2%}", "error": f"{wide[b]:.2%}", "rank": f"{found.expected.mean[b]:.2f}"}
        who = said_bid(found.bids[b], found.scored.name(found.bids[b]), lang)
        lines.append(message(code, lang, who=who, **facts))
    lines += _uncertain(found, lang)
    facts = {"draws": f"{found.draws:,}", "scrambles": str(found.scrambles), "seed": str(found.seed)}
    lines.append(message("acceptability.draws", lang, **facts))
    lines.append(message("acceptability.unrounded", lang))
    if found.scored.weights_move_values:
        lines.append(message("acceptability.fixed_values", lang))
    return "\n".join(lines)


def _region(found: Acceptability, lang: Lang) -> str:
    """Where the weights were drawn."""
    region = found.region
    if region.name == "ball":
        radius = f"{100 * float(str(region.parameters['radius'])):g}"
        return message(f"acceptability.region.ball_{region.parameters['norm']}", lang, radius=radius)
    if region.name == "order":
        ranks = np.asarray(region.parameters["ranks"])
        classes = [
            " / ".join(found.scored.label(found.criteria[i], lang) for i in np.flatnonzero(ranks == rank))
            for rank in np.unique(ranks)
        ]
        return message("acceptability.region.order", lang, order=" ≥ ".join(classes))
    if region.name in {"simplex", "intervals"}:
        return message(f"acceptability.region.{region.name}", lang)
    one = ".one" if region.b.size == 1 else ""
    return message(f"acceptability.region.linear{one}", lang, n=region.b.size)


def _uncertain(found: Acceptability, lang: Lang) -> list[str]:
    """Which values were drawn too, what was stated about them, and how far they spread."""
    if not found.uncertain:
        return [message("acceptability.values.certain", lang)]
    lines = [message("acceptability.values.uncertain", lang)]
    for kind in KINDS:
        if kind in found.uncertain:
            stated = _stated(found, found.uncertain[kind], lang)
            lines.append(message(f"acceptability.stated.{kind}", lang, stated=stated))
    moved, still = [], []
    for i, name in enumerate(found.criteria):
        label = found.scored.label(name, lang)
        if found.spread[i].max() < CERTAIN:
            still.append(label)
            continue
        moved.append(message("acceptability.spread.one", lang, criterion=label, size=_range(found.spread[i], lang)))
    semicolon = "；" if lang == "zh" else "; "
    if moved:
        lines.append(message("acceptability.spread", lang, spreads=semicolon.join(moved)))
    if still:
        lines.append(message("acceptability.spread.none", lang, criteria=listed(still, lang)))
    return lines


def _stated(found: Acceptability, given: object, lang: Lang) -> str:
    """The sizes that were given: one for all, one a criterion, or from the smallest to the largest of a table."""
    semicolon = "；" if lang == "zh" else "; "
    if isinstance(given, dict):
        said = [f"{found.scored.label(name, lang)} {_stated(found, size, lang)}" for name, size in given.items()]
        return semicolon.join(said)
    return _range(np.asarray(given, dtype=np.float64), lang)


def _range(sizes: FloatArray, lang: Lang) -> str:
    """One figure, or the smallest and the largest."""
    low, high = f"{sizes.min():.3g}", f"{sizes.max():.3g}"
    return low if low == high else message("acceptability.range", lang, low=low, high=high)
