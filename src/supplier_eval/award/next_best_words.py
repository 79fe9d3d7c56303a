"""What the next best award says, in sentences; the words stand in ``messages/award_allocation.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import figure_of, goal_name, measure_name, percent
from supplier_eval.award.audit_words import plain
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.next_best import NextBest

MOST_MOVES = 8


def explain_next_best(found: NextBest, lang: Lang = "en") -> str:
    """Say a next best award, see `NextBest.explain`."""
    facts = {"lot": clean(found.lot), "supplier": clean(found.supplier)}
    asked = message(f"award_allocation.next.{found.kind}", lang, **facts)
    problem, difference = found.allocation.problem, found.difference
    if difference is None:
        return "\n".join([asked, _nothing(found, lang)])
    mine, other = (one.audit.objective for one in (found.allocation, found.other) if one.audit is not None)
    figures = {"difference": figure_of(problem, abs(difference)), "name": goal_name(problem, lang)}
    figures |= {"mine": figure_of(problem, mine), "other": figure_of(problem, other)}
    sort = "worse" if difference > 0 else "better" if difference < 0 else "equal"
    lines = [asked, message(f"award_allocation.next.{sort}", lang, **figures)]
    if not found.exact:
        low = found.at_least
        if low is not None and low > 0:
            least = figure_of(problem, Fraction(low))
            lines.append(message("award_allocation.next.not_proven_least", lang, least=least))
        else:
            lines.append(message("award_allocation.next.not_proven", lang))
    if difference == 0:
        lines.append(_decided(found, lang))
    return "\n".join([*lines, *_moves(found, lang)])


def _nothing(found: NextBest, lang: Lang) -> str:
    if found.other.status == "infeasible":
        return message("award_allocation.next.infeasible", lang)
    low = found.at_least
    if low is not None and low > 0:
        least = figure_of(found.allocation.problem, Fraction(low))
        return message("award_allocation.next.not_found_least", lang, least=least)
    return message("award_allocation.next.not_found", lang)


def _decided(found: NextBest, lang: Lang) -> str:
    """Which later objective or key of ties parts two awards that are equal in the first."""
    mine, other = found.allocation.audit, found.other.audit
    if mine is None or other is None:
        return ""
    keys = [stage.name for stage in found.allocation.problem.terms.goal.stages[1:]]
    keys += [{"score": "attr:score"}.get(key, key) for key in found.allocation.problem.terms.tie_keys]
    for key in keys:
        figures = mine.measures.get(key), other.measures.get(key)
        if None not in figures and figures[0] != figures[1]:
            said = {"mine": plain(figures[0] or Fraction(0)), "other": plain(figures[1] or Fraction(0))}
            return message("award_allocation.next.decided", lang, key=measure_name(key, lang), **said)
    return message("award_allocation.next.tied", lang)


def _moves(found: NextBest, lang: Lang) -> list[str]:
    moved = found.to_frame()
    rows = zip(moved["lot"], moved["supplier"], moved["share"], moved["other_share"], strict=True)
    said = [f"{clean(lot)} {clean(name)} {percent(old)} → {percent(new)}" for lot, name, old, new in rows]
    if not said:
        return []
    shown = said[:MOST_MOVES] + (["…"] if len(said) > MOST_MOVES else [])
    return [message("award_allocation.next.moves", lang, moves=("；" if lang == "zh" else "; ").join(shown))]
