"""What relaxations say, in sentences and business units; the words stand in ``messages/award_rules_analysis.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import money, percent
from supplier_eval.award.audit_words import plain
from supplier_eval.award.relaxable import WHOLE
from supplier_eval.award.rules import RULE_KINDS
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.relaxable import Change
    from supplier_eval.award.relaxation_result import Relaxation
    from supplier_eval.award.rules import Rule

HELPS = ("smallest", "enough", "given_up", "no_help", "unknown")


def explain_relaxation(found: Relaxation, lang: Lang = "en") -> str:
    """Say what would have to change for an award to exist.

    Parameters
    ----------
    found : Relaxation
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line: the smallest change in all, then each rule alone.
    """
    lines = [message(f"relaxation.{found.status}", lang)]
    if found.together:
        between = message("relaxation.and", lang)
        said = between.join(say_change(found.problem, change, lang) for change in found.together)
        lines.append(message("relaxation.together" if found.proven else "relaxation.together_unproven", lang, how=said))
        lines.append(message("relaxation.scaling", lang, total=plain(found.total or Fraction(0))))
    if found.audit is not None:
        lines.append(message("relaxation.award", lang, cost=money(found.problem, found.audit.measures["cost"])))
    for form in HELPS:
        own = [one for one in found.alone.values() if one.help == form]
        if own and form in ("smallest", "enough"):
            ways = [say_change(found.problem, one.change, lang) for one in own if one.change is not None]
            lines.append(message(f"relaxation.alone.{form}", lang, how=message("relaxation.or", lang).join(ways)))
        elif own:
            names = ("、" if lang == "zh" else ", ").join(clean(one.rule) for one in own)
            lines.append(message(f"relaxation.alone.{form}", lang, rules=names))
    return "\n".join(lines)


def say_change(problem: AwardProblem, change: Change, lang: Lang = "en") -> str:
    """``raise the budget by 25.00 to 1,025.00 (rule B)``: the limit as it would be written, never tighter."""
    rule = problem.rules[change.rule]
    facts = {
        "by": _figure(problem, rule, abs(change.stated - change.limit)),
        "to": _figure(problem, rule, change.stated),
        "attribute": clean(rule.attribute),
        "rule": clean(rule.id),
    }
    return message(f"relaxation.change.{rule.kind}", lang, **facts)


def _figure(problem: AwardProblem, rule: Rule, figure: Fraction) -> str:
    if rule.kind == "budget":
        return money(problem, figure)
    if rule.kind in WHOLE:
        return str(figure)
    if RULE_KINDS[rule.kind].share:
        return percent(figure)
    return plain(figure)
