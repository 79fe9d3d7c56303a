"""What an audit says, in sentences; the words stand in ``messages/award_audit.toml``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.structure_checks import Breach

MOST_WINNERS = 10
MOST_BREACHES = 20
MOST_PLACES = 8


def explain_audit(audit: Audit, lang: Lang = "en") -> str:
    """Say what an award costs, who wins what, and which rules it breaks.

    Parameters
    ----------
    audit : Audit
        The audit of an award.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        One sentence a line: validity, objective, money, winners, then each broken rule.
    """
    lines = [message("award_audit.valid" if audit.valid else "award_audit.not_valid", lang)]
    goal = audit.problem.terms.goal.stages[0]
    objective = money(audit.objective, audit) if goal.name in ("cost", "value") else plain(audit.objective)
    lines.append(message("award_audit.objective", lang, name=goal.name, figure=objective))
    lines.append(
        message("award_audit.cost", lang, cost=money(audit.measures["cost"], audit), parts=_parts(audit, lang))
    )
    if not audit.suppliers:
        lines.append(message("award_audit.nobody", lang))
    shown = list(audit.suppliers)[:MOST_WINNERS]
    lines += [_winner(audit, name, lang) for name in shown]
    if len(audit.suppliers) > len(shown):
        lines.append(message("award_audit.more_winners", lang, n=len(audit.suppliers) - len(shown)))
    lines += [say_breach(audit, breach, lang) for breach in audit.breaches[:MOST_BREACHES]]
    if len(audit.breaches) > MOST_BREACHES:
        lines.append(message("award_audit.more_breaches", lang, n=len(audit.breaches) - MOST_BREACHES))
    broken = {breach.what for breach in audit.breaches if breach.kind}
    if audit.problem.rules:
        lines.append(
            message("award_audit.kept", lang, kept=len(audit.problem.rules) - len(broken), n=len(audit.problem.rules))
        )
    return "\n".join(lines)


def say_breach(audit: Audit, breach: Breach, lang: Lang = "en") -> str:
    """Say one broken rule, or one broken condition, with its figure and place."""
    places = [clean(place) for place in breach.where[:MOST_PLACES]] + (["…"] if len(breach.where) > MOST_PLACES else [])
    facts = {
        "amount": _amount(breach, audit, lang),
        "where": message("award_audit.where", lang, places=("、" if lang == "zh" else ", ").join(places))
        if places
        else "",
    }
    if not breach.kind:
        return message(f"award_audit.broken.{breach.what}", lang, **facts)
    asked = message(f"award_audit.rule.{breach.kind}", lang)
    rule = audit.problem.rules[breach.what]
    facts |= {"rule": clean(breach.what), "clause": clean(rule.clause), "asked": asked}
    if breach.hard:
        return message("award_audit.broken_hard", lang, **facts)
    return message("award_audit.broken_soft", lang, penalty=plain(breach.penalty), **facts)


def money(amount: Fraction, audit: Audit) -> str:
    """Money with the decimals of its currency."""
    terms = audit.problem.terms
    return f"{float(amount):,.{terms.minor_units}f} {terms.currency}".strip()


def plain(amount: Fraction) -> str:
    """A figure without needless zeros: 0.3, 12, 1,060.5."""
    return (
        f"{float(amount):,.6f}".rstrip("0").rstrip(".") if abs(amount) >= Fraction(1, 10**6) else f"{float(amount):g}"
    )


def _amount(breach: Breach, audit: Audit, lang: Lang) -> str:
    if breach.unit == "money":
        return money(breach.amount, audit)
    if breach.unit == "share of a lot":
        return message("award_audit.unit.share_of_a_lot", lang, amount=plain(100 * breach.amount))
    return message(f"award_audit.unit.{breach.unit.replace(' ', '_')}", lang, amount=plain(breach.amount))


def _parts(audit: Audit, lang: Lang) -> str:
    said = [
        message(f"award_audit.cost.{name}", lang, amount=money(amount, audit))
        for name, amount in audit.costs.items()
        if amount
    ]
    return ("；" if lang == "zh" else "; ").join(said) or message("award_audit.cost.nothing", lang)


def _winner(audit: Audit, name: str, lang: Lang) -> str:
    own = audit.suppliers[name]
    facts = {
        "supplier": clean(name),
        "lots": len(own.lots),
        "volume": plain(own.volume),
        "spend": money(own.spend, audit),
    }
    line = message("award_audit.winner", lang, **facts)
    if own.rebate:
        line += message("award_audit.winner.rebate", lang, tier=own.tier + 1, rebate=money(own.rebate, audit))
    capacity = audit.problem.suppliers[name].capacity
    if capacity is not None:
        used = plain(own.capacity_used)
        line += message("award_audit.winner.capacity", lang, used=used, capacity=plain(capacity))
    return line
