"""What awards near the optimum say, in sentences; the words stand in ``messages/award_near_optimal.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import asked_name
from supplier_eval.award.audit_words import plain
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supplier_eval.award.near_optimal_result import NearOptimalAward, NearOptimalAwards
    from supplier_eval.award.problem import AwardProblem

MOST_NAMES = 6
MONEY = ("cost", "value")


def explain_near_optimal(found: NearOptimalAwards, lang: Lang = "en") -> str:
    """Say what each award gives up and what moves.

    Parameters
    ----------
    found : NearOptimalAwards
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    if not found.awards:
        known = "infeasible" if found.status == "infeasible" else "nothing_known"
        return message(f"near_optimal.{known}", lang, status=found.status)
    best = found.awards[0]
    facts = {"name": asked_name(found.problem.terms.goal.stages[0].name, lang), "who": _names(best.winners, lang)}
    lines = [message("near_optimal.best", lang, figure=_figure(found.problem, best.audit.objective), **facts)]
    lines += [_award(found, at, award, lang) for at, award in enumerate(found.awards) if at]
    if found.ending != "not_optimal":
        lines.append(_asked(found, lang))
    lines.append(message(f"near_optimal.ending.{found.ending}", lang))
    lines.append(message("near_optimal.exploratory", lang))
    return "\n".join(lines)


def _award(found: NearOptimalAwards, at: int, award: NearOptimalAward, lang: Lang) -> str:
    facts = {
        "at": at + 1,
        "figure": _figure(found.problem, award.audit.objective),
        "above": _figure(found.problem, max(award.above, Fraction(0))),
        "share": plain(100 * award.moved),
        "who": _names(award.winners, lang),
    }
    line = message("near_optimal.award", lang, **facts)
    return line if award.proven else line + message("near_optimal.unproven", lang)


def _asked(found: NearOptimalAwards, lang: Lang) -> str:
    """What was asked for."""
    if found.within is not None:
        room = message("near_optimal.within.share", lang, share=plain(100 * found.within))
    else:
        amount = (found.limit or Fraction(0)) - found.awards[0].audit.stages[0]
        room = message("near_optimal.within.amount", lang, amount=_figure(found.problem, amount))
    if isinstance(found.differ, Fraction):
        apart = message("near_optimal.differ.volume", lang, share=plain(100 * found.differ))
    else:
        apart = message("near_optimal.differ.winners", lang)
    return message("near_optimal.asked", lang, room=room, apart=apart)


def _names(names: Iterable[str], lang: Lang) -> str:
    every = list(names)
    shown = [clean(name) for name in every[:MOST_NAMES]] + (["…"] if len(every) > MOST_NAMES else [])
    return ("、" if lang == "zh" else ", ").join(shown) or message("near_optimal.nobody", lang)


def _figure(problem: AwardProblem, amount: Fraction) -> str:
    """A figure of the first objective: money with its currency, anything else without needless zeros."""
    terms = problem.terms
    if terms.goal.stages[0].name in MONEY:
        return f"{float(amount):,.{terms.minor_units}f} {terms.currency}".strip()
    return plain(amount)
