"""What a scorecard says, in sentences: every figure with its basis."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.messages import Lang, message
from supplier_eval.messages.minus import said_figure
from supplier_eval.monitor.consequences import unrated_facts

if TYPE_CHECKING:
    from supplier_eval.monitor.scorecard import Scorecard, ScoreLine, Total


def explain_scorecard(card: Scorecard, lang: Lang = "en") -> str:
    """Say the total on both bases, the KPIs behind it, the grade, the rank and the critical events.

    Parameters
    ----------
    card : Scorecard
        The scorecard.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One line a statement; figures of KPIs in their unit, points 0-100.
    """
    lines = [message("scorecard.head", lang, supplier=card.supplier, period=card.period, **unrated_facts(card))]
    if card.unrated:
        lines.append(message(f"scorecard.unrated.{card.unrated}", lang, **unrated_facts(card)))
    if card.raw is not None and card.comparison is not None:
        lines += [_total(card.raw, card, lang, "raw"), _total(card.comparison, card, lang, "shrunken")]
    if card.in_force < 1:
        lines.append(message("scorecard.in_force", lang, in_force=f"{card.in_force:.0%}"))
    lines += [_branch(card, branch.id, lang) for branch in card.plan.tree.branches]
    lines += [_line(card, line, lang) for line in card.lines]
    lines += _grade(card, lang)
    if card.places is not None:
        lines.append(_places(card, lang))
    for event in card.events:
        facts = {"kind": message(f"scorecard.event.{event.kind}", lang), "on": event.on, "reference": event.reference}
        lines.append(message("scorecard.event", lang, words=event.words, **facts).rstrip())
    return "\n".join(lines)


def _total(total: Total, card: Scorecard, lang: Lang, basis: str) -> str:
    spread = total.spread
    return message(
        f"scorecard.total.{basis}",
        lang,
        score=total.score,
        lower=f"{spread.lower:.1f}",
        upper=f"{spread.upper:.1f}",
        confidence=f"{float(card.plan.estimates.confidence):.0%}",
        error=f"{spread.error:.2f}",
    )


def _branch(card: Scorecard, branch: str, lang: Lang) -> str:
    raw, shrunken, coverage = card.branch_points(branch)
    own = next(one for one in card.plan.tree.branches if one.id == branch)
    facts = {"branch": own.name.say(lang) or branch, "weight": f"{float(card.plan.tree.branch_weights[branch]):.1%}"}
    if np.isnan(raw):
        return message("scorecard.branch.none", lang, **facts)
    return message(
        "scorecard.branch",
        lang,
        raw=f"{raw:.1f}",
        shrunken=f"{shrunken:.1f}",
        coverage=f"{float(coverage):.0%}",
        **facts,
    )


def _line(card: Scorecard, line: ScoreLine, lang: Lang) -> str:
    kpi = next(one for one in card.plan.kpis if one.id == line.kpi)
    facts = {
        "kpi": kpi.name.say(lang) or line.kpi,
        "raw": _figure(line.raw),
        "unit": kpi.shown_unit,
        "raw_points": _points(line.raw_points),
        "shrunken": _figure(line.shrunken),
        "shrunken_points": _points(line.shrunken_points),
        "reliability": f"{line.reliability:.2f}",
        "share": f"{line.share:.1%}",
        "n": "–" if np.isnan(line.n) else f"{line.n:g}",
        "status": message(f"scorecard.status.{line.status}", lang),
    }
    if line.status != "measured":
        return message("scorecard.line.none", lang, **facts)
    said = message(f"scorecard.line.{line.source}", lang, **facts)
    return said + (message("scorecard.at_least", lang) if line.at_least else "")


def _grade(card: Scorecard, lang: Lang) -> list[str]:
    state = card.state
    if state is None:
        return []
    facts: dict[str, object] = {
        "grade": state.grade,
        "before": state.before,
        "band": state.band,
        "score": state.score,
        "margin": state.margin,
        "at_once": state.at_once,
        "count": state.count,
        "periods": card.plan.hysteresis.periods,
        "target": state.target,
        "hold": state.hold,
    }
    lines = [message(f"grades.why.{state.why}" if state.grade else "grades.why.none", lang, **facts)]
    if card.raw is not None and card.raw.grade_shares:
        shares = [f"{grade} {share:.0%}" for grade, share in card.raw.grade_shares.items()]
        sep = "、" if lang == "zh" else ", "
        lines.append(message("grades.shares", lang, shares=sep.join(shares)))
    return lines


def _places(card: Scorecard, lang: Lang) -> str:
    places = card.places
    assert places is not None
    return message(
        "scorecard.rank",
        lang,
        rank=places.rank,
        lower=places.lower,
        upper=places.upper,
        first=f"{places.first:.1%}",
        first_error=f"{places.first_error:.1%}",
        confidence=f"{float(card.plan.estimates.confidence):.0%}",
    )


def _points(points: float) -> str:
    return "–" if np.isnan(points) else said_figure(f"{points:.1f}")


def _figure(figure: float) -> str:
    """Four significant figures, without an exponent: 0.004 stays 0.004."""
    if np.isnan(figure):
        return "–"
    return said_figure(f"{Decimal(f'{figure:.4g}'):f}")
