"""What the failure of suppliers may cost, in sentences; the words stand in ``messages/award_disruption.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.award.audit_words import plain
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.disruption_figures import RiskFigures
    from supplier_eval.award.disruption_profile import RiskProfile
    from supplier_eval.award.disruption_protection import Protection
    from supplier_eval.award.disruption_result import DisruptionRisk
    from supplier_eval.award.disruption_second import ScenarioCost

MOST_SCENARIOS = 10
MOST_NAMES = 6


def explain_disruption(risk: DisruptionRisk, lang: Lang = "en") -> str:
    """Say what the award may cost, what recourse was allowed, who matters most, and what protection costs.

    Parameters
    ----------
    risk : DisruptionRisk
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line.
    """
    lines = [_scenarios(risk, lang), *_recourse(risk, lang)]
    if risk.profile is None:
        known = "infeasible" if risk.status == "infeasible" else "no_award"
        return "\n".join([*lines, message(f"disruption_risk.{known}", lang), message("disruption_risk.standing", lang)])
    lines += _profile(risk, risk.profile, lang)
    if risk.protection is not None:
        lines += _protection(risk, risk.protection, lang)
    return "\n".join([*lines, message("disruption_risk.standing", lang)])


def _money(risk: DisruptionRisk, amount: Fraction | float) -> str:
    terms = risk.problem.terms
    return f"{float(amount):,.{terms.minor_units}f} {terms.currency}".strip()


def _percent(share: Fraction | float) -> str:
    return f"{100 * float(share):.4g} %"


def _listed(names: list[str], lang: Lang) -> str:
    shown = [clean(name) for name in names[:MOST_NAMES]] + (["…"] if len(names) > MOST_NAMES else [])
    return ("、" if lang == "zh" else ", ").join(shown)


def _scenarios(risk: DisruptionRisk, lang: Lang) -> str:
    failures = risk.failures
    facts = {"n": len(failures.scenarios), "at_once": failures.at_once, "draws": failures.draws, "seed": failures.seed}
    return message(f"disruption_risk.scenarios.{failures.method}", lang, **facts)


def _recourse(risk: DisruptionRisk, lang: Lang) -> list[str]:
    lines = [message(f"disruption_risk.recourse.{risk.recourse.kind}", lang), message("disruption_risk.holds", lang)]
    if risk.recourse.surcharge:
        lines.append(message("disruption_risk.surcharge", lang, rate=_percent(risk.recourse.surcharge)))
    if risk.recourse.unserved_cost is not None:
        lines.append(message("disruption_risk.emergency", lang, price=_money(risk, risk.recourse.unserved_cost)))
    return lines


def _profile(risk: DisruptionRisk, profile: RiskProfile, lang: Lang) -> list[str]:
    lines = [message("disruption_risk.plain", lang, cost=_money(risk, profile.cost))]
    lines += [_infeasible(risk, one, lang) for one in profile.infeasible[:MOST_SCENARIOS]]
    if len(profile.infeasible) > MOST_SCENARIOS:
        lines.append(message("disruption_risk.more", lang, n=len(profile.infeasible) - MOST_SCENARIOS))
    figures = profile.figures
    if figures is None:
        if not profile.infeasible:
            lines.append(message("disruption_risk.unknown", lang))
        return [*lines, *_costliest(risk, profile, lang)]
    lines += _figures(risk, profile, figures, lang)
    worst = profile.worst[0]
    if worst.cost is not None and worst.failure.lost:
        facts = {"scenario": clean(worst.failure.id), "cost": _money(risk, worst.cost)}
        line = message("disruption_risk.worst", lang, **facts, chance=_percent(worst.failure.probability))
        others = len(profile.worst) - 1
        lines.append(line + (message("disruption_risk.worst.others", lang, n=others) if others else ""))
    return [*lines, *_costliest(risk, profile, lang)]


def _infeasible(risk: DisruptionRisk, one: ScenarioCost, lang: Lang) -> str:
    parts = [
        message("disruption_risk.missing", lang, lot=clean(key), quantity=plain(Fraction(amount)))
        for key, amount in list(one.unserved.items())[:MOST_NAMES]
    ]
    lots = ("、" if lang == "zh" else ", ").join(parts)
    who = _listed(list(one.failure.lost), lang)
    return message("disruption_risk.cannot", lang, scenario=clean(one.failure.id), who=who, lots=lots)


def _figures(risk: DisruptionRisk, profile: RiskProfile, figures: RiskFigures, lang: Lang) -> list[str]:
    facts = {
        "expected": _money(risk, figures.expected),
        "deviation": _money(risk, figures.deviation),
        "var": _money(risk, figures.var),
        "cvar": _money(risk, figures.cvar),
        "level": _percent(risk.level),
        "tail": _percent(1 - risk.level),
    }
    lines = [message("disruption_risk.expected", lang, **facts), message("disruption_risk.tail", lang, **facts)]
    if profile.errors is not None:
        first, second = (_money(risk, error) for error in profile.errors)
        lines.append(message("disruption_risk.errors", lang, expected=first, cvar=second))
    if not profile.proven:
        lines.append(message("disruption_risk.not_proven", lang))
    lines.append(message("disruption_risk.unserved", lang, chance=_percent(profile.unserved_probability)))
    if profile.unserved_error is not None:
        kind = "bound" if profile.unserved_probability in (0, 1) else "error"
        lines.append(message(f"disruption_risk.unserved.{kind}", lang, figure=_percent(profile.unserved_error)))
    return lines + _leftover(risk, profile, lang)


def _leftover(risk: DisruptionRisk, profile: RiskProfile, lang: Lang) -> list[str]:
    if profile.bounds is None:
        return []
    low, high = profile.bounds
    rest = f"{100 * float(profile.failures.leftover):.2g} %"
    lines = [message("disruption_risk.leftover", lang, rest=rest, at_once=profile.failures.at_once)]
    if high is None:
        return [*lines, message("disruption_risk.leftover.open", lang, low=_money(risk, low.expected))]
    facts = {
        "low": _money(risk, low.expected),
        "high": _money(risk, high.expected),
        "cvar_low": _money(risk, low.cvar),
        "cvar_high": _money(risk, high.cvar),
    }
    return [*lines, message("disruption_risk.leftover.within", lang, **facts)]


def _costliest(risk: DisruptionRisk, profile: RiskProfile, lang: Lang) -> list[str]:
    names = list(profile.costliest)
    if not names:
        return [message("disruption_risk.nobody", lang)] if profile.complete else []
    extra = profile.by_supplier[names[0]].extra
    who = _listed(names, lang)
    if extra is None:
        return [message("disruption_risk.irreplaceable", lang, who=who)] if profile.infeasible else []
    return [message("disruption_risk.costliest", lang, who=who, extra=_money(risk, extra))]


def _protection(risk: DisruptionRisk, protection: Protection, lang: Lang) -> list[str]:
    best = protection.profile
    if best is None or best.figures is None or protection.mix is None:
        return _unprotected(protection, lang)
    facts = {
        "weight": _percent(protection.weight),
        "mix": _money(risk, protection.mix),
        "cost": _money(risk, best.cost),
        "expected": _money(risk, best.figures.expected),
        "cvar": _money(risk, best.figures.cvar),
    }
    lines = [message("disruption_risk.best", lang, **facts), _proof(risk, protection, lang)]
    if risk.profile is not None and best.award == risk.profile.award:
        lines.append(message("disruption_risk.best.same", lang))
    elif risk.figures is not None:
        saved = {
            "expected": _money(risk, risk.figures.expected - best.figures.expected),
            "cvar": _money(risk, risk.figures.cvar - best.figures.cvar),
        }
        lines.append(message("disruption_risk.best.saves", lang, **saved))
    if risk.price_of_protection is not None:
        lines.append(message("disruption_risk.best.price", lang, price=_money(risk, risk.price_of_protection)))
    return lines


def _proof(risk: DisruptionRisk, protection: Protection, lang: Lang) -> str:
    if protection.status == "optimal":
        return message("disruption_risk.best.proven", lang)
    if protection.bound is None or protection.gap is None:
        return message("disruption_risk.best.no_bound", lang)
    bound, gap = _money(risk, protection.bound), _percent(protection.gap)
    return message("disruption_risk.best.bound", lang, bound=bound, gap=gap)


def _unprotected(protection: Protection, lang: Lang) -> list[str]:
    if protection.status != "infeasible":
        return [message("disruption_risk.best.unknown", lang)]
    lines = [message("disruption_risk.best.infeasible", lang)]
    if not protection.shortfalls:
        lines.append(message("disruption_risk.best.together", lang))
    for name, lots in protection.shortfalls.items():
        parts = [
            message("disruption_risk.missing", lang, lot=clean(key), quantity=f"{amount:,.6g}")
            for key, amount in lots.items()
        ]
        listed = ("、" if lang == "zh" else ", ").join(parts)
        lines.append(message("disruption_risk.best.short", lang, scenario=clean(name), lots=listed))
    return lines
