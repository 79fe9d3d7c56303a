"""What scenarios say side by side, in sentences; the words stand in ``messages/award_scenarios.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.audit_words import plain
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.scenarios_result import Scenario, Scenarios

MOST_NAMES = 6
MONEY = ("cost", "value")


def explain_scenarios(scenarios: Scenarios, lang: Lang = "en") -> str:
    """Say what each scenario comes to, beside the base.

    Parameters
    ----------
    scenarios : Scenarios
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    base = scenarios.base
    lines = [_base(base, lang)]
    for name, scenario in scenarios.rows.items():
        if scenario.audit is None:
            lines.append(message("scenarios.without", lang, name=clean(name), reason=reason_of(scenario, lang)))
        else:
            lines.append(_row(scenarios, scenario, lang))
    with_award = [(s.cost, name) for name, s in scenarios.rows.items() if s.cost is not None and s.status == "optimal"]
    if len(with_award) > 1:
        cost, name = min(with_award)
        lines.append(message("scenarios.cheapest", lang, name=clean(name), cost=_money(cost, scenarios.problem)))
    if any(s.audit is not None and s.status != "optimal" for s in (base, *scenarios.rows.values())):
        lines.append(message("scenarios.not_proven", lang))
    lines.append(message("scenarios.exploratory", lang))
    return "\n".join(lines)


def reason_of(scenario: Scenario, lang: Lang = "en") -> str:
    """Why a scenario has no award; empty where it has one."""
    if not scenario.reason:
        return ""
    said = message(f"scenarios.reason.{scenario.reason}", lang)
    if scenario.reason in ("failed", "no_problem", "error") and scenario.said:
        return message("scenarios.said", lang, reason=said, said=clean(scenario.said))
    return said


def winners_named(scenario: Scenario, lang: Lang = "en") -> str:
    """The first winners by name."""
    shown = [clean(name) for name in scenario.winners[:MOST_NAMES]]
    if len(scenario.winners) > MOST_NAMES:
        shown.append("…")
    return ("、" if lang == "zh" else ", ").join(shown) or message("scenarios.nobody", lang)


def _base(base: Scenario, lang: Lang) -> str:
    if base.audit is None or base.problem is None or base.cost is None:
        return message("scenarios.no_base", lang, reason=reason_of(base, lang))
    facts = {"cost": _money(base.cost, base.problem), "who": winners_named(base, lang)}
    line = message("scenarios.base", lang, **facts)
    if base.savings is not None:
        line += message("scenarios.savings", lang, savings=_money(base.savings, base.problem))
    return line


def _row(scenarios: Scenarios, scenario: Scenario, lang: Lang) -> str:
    """A scenario with an award."""
    problem, cost = scenario.problem or scenarios.problem, scenario.cost or Fraction(0)
    facts = {"name": clean(scenario.name), "cost": _money(cost, problem), "who": winners_named(scenario, lang)}
    line = message("scenarios.row", lang, **facts)
    difference, moved = scenarios.cost_difference(scenario.name), scenarios.moved(scenario.name)
    if difference is None or moved is None:
        return line
    kind = "same" if difference == 0 else "more" if difference > 0 else "less"
    line += message(f"scenarios.{kind}", lang, by=_money(abs(difference), problem))
    if moved:
        return line + message("scenarios.moved", lang, share=plain(100 * moved))
    return line + message("scenarios.unmoved", lang)


def _money(amount: Fraction, problem: AwardProblem) -> str:
    return f"{float(amount):,.{problem.terms.minor_units}f} {problem.terms.currency}".strip()
