"""What service credits say, in sentences."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.messages import Lang, clean, message, sentences
from supplier_eval.score.minor_units import plain

if TYPE_CHECKING:
    from supplier_eval.monitor.credit_result import CreditLine, ServiceCredits


def explain_credits(credits: ServiceCredits, lang: Lang = "en") -> str:
    """Say the credits of a period in sentences.

    Parameters
    ----------
    credits : ServiceCredits
        The result.
    lang : {"en", "zh"}
        Language.

    Returns
    -------
    str
        The clause and the fees, a line a KPI, caps, what is held, what is given back, what is due.
    """
    terms = credits.terms
    head = {
        "contract": clean(terms.contract),
        "supplier": clean(terms.supplier),
        "period": clean(credits.period),
        "fees": _money(credits.fees),
        "currency": clean(terms.currency),
    }
    lines = [message("credits.head", lang, **head)]
    if any(line.kpi.basis == "at_risk" for line in credits.lines):
        facts = {"at_risk": _money(credits.at_risk), "percent": plain(terms.at_risk_percent)}
        lines.append(message("credits.at_risk", lang, **facts))
    lines += [_line(credits, line, lang) for line in credits.lines]
    if credits.binding_cap:
        cap = credits.money(min(cap for _, cap in credits.caps))
        facts = {"computed": _money(credits.computed), "cap": _money(cap), "cut": _money(credits.cut)}
        lines.append(message(f"credits.cap.{credits.binding_cap}", lang, **facts))
    sums = {name: _money(getattr(credits, name)) for name in ("credit", "earned_back", "payable", "held", "fees")}
    lines.append(message("credits.sum", lang, **sums, currency=head["currency"]))
    if credits.held:
        lines.append(message("credits.not_final", lang, held=sums["held"], currency=head["currency"]))
    lines.append(message("credits.raw", lang))
    why = [reason.say(lang) for reason in credits.reasons]
    said = sentences(why, lang)
    lines.append(message(f"credits.{credits.standing}", lang, why=said))
    return "\n".join(lines)


def _line(credits: ServiceCredits, line: CreditLine, lang: Lang) -> str:
    figure, kpi = line.figure, line.kpi
    facts = {
        "kpi": clean(kpi.kpi),
        "value": "–" if figure.value is None else plain(figure.value),
        "target": plain(kpi.target),
        "bound": "" if line.tier is None else plain(line.tier.bound),
        "percent": "0" if line.tier is None else plain(line.tier.percent),
        "base": _money(credits.money(line.base)),
        "amount": _money(credits.money(line.computed)),
        "held": _money(credits.money(line.held)),
        "side": message(f"credits.side.{kpi.direction}", lang),
        "reason": message(f"credits.reason.{figure.reason}", lang) if figure.reason else "",
    }
    state = line.state
    if state == "credited" and figure.value is None:
        state = "worst_tier"
    said = message(f"credits.line.{state}", lang, **facts)
    if figure.status == "measured" and figure.reason:
        said += message("credits.adjusted", lang, **facts)
    if figure.at_least:
        said += message("credits.at_least", lang)
    if line.earned_back:
        said += message("credits.back", lang, amount=_money(credits.money(line.earned_back)))
    return said


def _money(amount: Decimal) -> str:
    return f"{amount:,f}"
