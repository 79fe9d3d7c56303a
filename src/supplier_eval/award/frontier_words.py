"""What a front says, in sentences; the words stand in ``messages/award_frontier.toml``."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import asked_name
from supplier_eval.award.audit_words import plain
from supplier_eval.award.frontier_targets import MONEY
from supplier_eval.award.frontier_units import in_steps
from supplier_eval.award.objective import measure_of
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.frontier_result import Frontier, FrontPoint

MOST_POINTS = 20
MOST_NAMES = 6


def explain_frontier(front: Frontier, lang: Lang = "en") -> str:
    """Say what the front spans, what its points are, and what is not proved.

    Parameters
    ----------
    front : Frontier
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    if not front.points:
        return "\n".join(message(f"frontier.open.{why}", lang) for why in front.reasons)
    between = "、" if lang == "zh" else ", "
    asked = between.join(
        message("frontier.objective", lang, name=asked_name(name, lang), sense=message(f"frontier.sense.{sense}", lang))
        for name, sense in front.senses.items()
    )
    lines = [message("frontier.head", lang, n=len(front.points), objectives=asked)]
    best = "frontier.payoff" if front.complete else "frontier.payoff_found"
    lines += [
        message(best, lang, name=asked_name(name, lang), figures=said_figures(front, row, lang))
        for name, row in zip(front.objectives, front.payoff, strict=True)
    ]
    lines += [_point(front, at, point, lang) for at, point in enumerate(front.points[:MOST_POINTS], start=1)]
    if len(front.points) > MOST_POINTS:
        lines.append(message("frontier.more", lang, n=len(front.points) - MOST_POINTS))
    if front.segments:
        lines.append(message("frontier.segments", lang, n=len(front.segments)))
    if any(point.supported is False for point in front.points):
        lines.append(message("frontier.unsupported", lang, n=sum(p.supported is False for p in front.points)))
    if front.steps is not None:
        lines.append(message("frontier.grid_of", lang, steps=_steps(front, lang), jumped=front.jumped))
    lines.append(message(f"frontier.{_proof(front)}", lang))
    lines += [message(f"frontier.open.{why}", lang) for why in front.reasons]
    return "\n".join(lines)


def said_figures(front: Frontier, figures: Mapping[str, Fraction], lang: Lang = "en") -> str:
    """Objectives with their figures, money with its currency."""
    between = "，" if lang == "zh" else ", "
    return between.join(f"{asked_name(name, lang)} {_figure(front, name, figures[name])}" for name in front.objectives)


def _figure(front: Frontier, name: str, figure: Fraction) -> str:
    terms = front.problem.terms
    if name == "penalty" or measure_of(name)[0] not in MONEY:
        return plain(figure)
    return f"{float(figure):,.{terms.minor_units}f} {terms.currency}".strip()


def _point(front: Frontier, at: int, point: FrontPoint, lang: Lang) -> str:
    names = list(point.audit.suppliers)
    shown = [clean(name) for name in names[:MOST_NAMES]] + (["…"] if len(names) > MOST_NAMES else [])
    who = ("、" if lang == "zh" else ", ").join(shown) or message("frontier.nobody", lang)
    return message("frontier.point", lang, at=at, figures=said_figures(front, point.figures, lang), who=who)


def _proof(front: Frontier) -> str:
    if not front.complete:
        return "partial"
    return "complete" if in_steps(front.problem) else "complete_lines"


def _steps(front: Frontier, lang: Lang) -> str:
    return message("frontier.unit", lang) if front.steps == "unit" else str(front.steps)
