"""What the prices of rules say, in sentences; the words stand in ``messages/award_rules_analysis.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.allocation_words import figure_of, goal_name, percent
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.rule_costs_result import RuleCost, RuleCosts
    from supplier_eval.award.rule_subsets import Interval

MOST_RULES = 30
MOST_PAIRS = 10
MOST_NAMES = 6


def explain_costs(costs: RuleCosts, lang: Lang = "en") -> str:
    """Say what each rule costs, the dearest first.

    Parameters
    ----------
    costs : RuleCosts
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    if costs.audit is None or costs.total is None:
        known = "infeasible" if costs.status == "infeasible" else "nothing_known"
        return message(f"rule_costs.{known}", lang, status=costs.status)
    if not costs.rules:
        return message("rule_costs.no_rules", lang)
    best = figure_of(costs.problem, costs.audit.objective)
    name = goal_name(costs.problem, lang)
    total = said_figure(costs, costs.total, lang)
    lines = [message("rule_costs.head", lang, n=len(costs.rules), name=name, best=best, total=total)]
    ordered = sorted(costs.rules.values(), key=lambda cost: (-cost.price.low, cost.rule))
    lines += [_rule(costs, cost, lang) for cost in ordered[:MOST_RULES]]
    if len(ordered) > MOST_RULES:
        lines.append(message("rule_costs.more", lang, n=len(ordered) - MOST_RULES))
    lines += _pairs(costs, lang) + _shared(costs, ordered, lang)
    if len(costs.problem.terms.goal.stages) > 1:
        lines.append(message("rule_costs.first_stage", lang))
    if not costs.exact:
        lines.append(message("rule_costs.not_proven", lang))
    return "\n".join(lines)


def said_figure(costs: RuleCosts, figure: Interval, lang: Lang = "en") -> str:
    """A price, or the interval that is left of it."""
    low = figure_of(costs.problem, figure.low)
    if figure.exact is not None:
        return low
    if figure.high is None:
        return message("rule_costs.at_least", lang, low=low)
    high = figure_of(costs.problem, figure.high)
    return message("rule_costs.about" if low == high else "rule_costs.between", lang, low=low, high=high)


def _rule(costs: RuleCosts, cost: RuleCost, lang: Lang) -> str:
    rule = costs.problem.rules[cost.rule]
    facts = {
        "rule": clean(cost.rule),
        "clause": clean(rule.clause),
        "asked": message(f"award_audit.rule.{rule.kind}", lang),
        "price": said_figure(costs, cost.price, lang),
    }
    if cost.price.exact == 0:
        return message("rule_costs.free", lang, **facts)
    line = message("rule_costs.rule", lang, **facts)
    if cost.gains:
        line += message("rule_costs.gains", lang, who=_who(cost.gains, lang))
    if cost.losses:
        line += message("rule_costs.losses", lang, who=_who(cost.losses, lang))
    return line


def _who(moved: Mapping[str, Mapping[str, Fraction]], lang: Lang) -> str:
    said = [
        message("rule_costs.who", lang, supplier=clean(name), lots=_some((_lot(lot, lots[lot]) for lot in lots), lang))
        for name, lots in moved.items()
    ]
    return _some(said, lang, "；" if lang == "zh" else "; ")


def _lot(lot: str, share: Fraction) -> str:
    return clean(lot) if share == 1 else f"{percent(share)} {clean(lot)}"


def _some(parts: Iterable[str], lang: Lang, between: str = "") -> str:
    every = list(parts)
    shown = every[:MOST_NAMES] + (["…"] if len(every) > MOST_NAMES else [])
    return (between or ("、" if lang == "zh" else ", ")).join(shown)


def _pairs(costs: RuleCosts, lang: Lang) -> list[str]:
    """Pairs whose price is not the sum of the two."""
    said = []
    for (first, second), both in costs.pairs.items():
        parts = costs.rules[first].price.plus(costs.rules[second].price)
        if both.exact is None or both.exact != parts.exact:
            facts = {"first": clean(first), "second": clean(second), "both": said_figure(costs, both, lang)}
            said.append(message("rule_costs.pair", lang, parts=said_figure(costs, parts, lang), **facts))
    if costs.pairs and not said:
        return [message("rule_costs.pairs_add_up", lang)]
    more = [message("rule_costs.more_pairs", lang, n=len(said) - MOST_PAIRS)] if len(said) > MOST_PAIRS else []
    return said[:MOST_PAIRS] + more


def _shared(costs: RuleCosts, ordered: list[RuleCost], lang: Lang) -> list[str]:
    parts = [
        f"{clean(cost.rule)} {said_figure(costs, cost.shapley, lang)}" for cost in ordered if cost.shapley is not None
    ]
    if len(parts) < 2 or costs.total is None:
        return []
    between = "；" if lang == "zh" else "; "
    return [message("rule_costs.shapley", lang, total=said_figure(costs, costs.total, lang), parts=between.join(parts))]
