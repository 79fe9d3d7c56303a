"""What conflicts of rules say, in sentences; the words stand in ``messages/award_rules_analysis.toml``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.conflicting_rules import RuleConflicts

MOST_SHOWN = 10


def explain_conflicts(found: RuleConflicts, lang: Lang = "en") -> str:
    """Say which rules cannot hold together, and which would have to be given up.

    Parameters
    ----------
    found : RuleConflicts
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    if found.status != "conflicts":
        return message(f"rule_conflicts.{found.status}", lang)
    between = "；" if lang == "zh" else "; "
    lines = [message("rule_conflicts.head", lang)]
    for conflict in found.conflicts[:MOST_SHOWN]:
        said = between.join(_rule(found, key, lang) for key in conflict)
        form = "unproven" if conflict in found.unproven else "alone" if len(conflict) == 1 else "together"
        lines.append(message(f"rule_conflicts.{form}", lang, rules=said))
    if len(found.conflicts) > MOST_SHOWN:
        lines.append(message("rule_conflicts.more", lang, n=len(found.conflicts) - MOST_SHOWN))
    if found.corrections:
        ways = between.join(_names(some, lang) for some in found.corrections[:MOST_SHOWN])
        lines.append(message("rule_conflicts.corrections", lang, ways=ways))
    if found.complete:
        lines.append(message("rule_conflicts.complete", lang))
    else:
        lines.append(message("rule_conflicts.undecided" if found.undecided else "rule_conflicts.cut", lang))
    return "\n".join(lines)


def _rule(found: RuleConflicts, key: str, lang: Lang) -> str:
    rule = found.problem.rules[key]
    asked = message(f"award_audit.rule.{rule.kind}", lang)
    return message("rule_conflicts.rule", lang, rule=clean(key), clause=clean(rule.clause), asked=asked)


def _names(rules: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else " + ").join(clean(key) for key in rules)
