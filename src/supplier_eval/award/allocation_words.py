"""What an award says for itself, in sentences: who gets what, why, how sure that is.

The words stand in ``messages/award_allocation.toml``.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from supplier_eval.award.audit_words import plain
from supplier_eval.award.next_best import check_names, next_best, shares_by_supplier
from supplier_eval.award.parts import Bid, Bundle
from supplier_eval.messages import Lang, clean, message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem

MOST_LOTS = 12
MOST_OFFERS = 15
MOST_MOVES = 8
MOST_TIED = 8
MONEY = ("cost", "value")


def explain_allocation(
    allocation: Allocation, lot: str | None, supplier: str | None, lang: Lang = "en", *, time_limit: float = 60.0
) -> str:
    """Say an award, see `Allocation.explain`.

    Parameters
    ----------
    allocation : Allocation
        Any.
    lot, supplier : str or None
        What is asked for.
    lang : {"en", "zh"}
        Language.
    time_limit : float
        Seconds for the next best award where lot and supplier are given.

    Returns
    -------
    str
        One sentence a line.

    Raises
    ------
    UnknownName
        A lot or a supplier that does not exist, or a supplier without an offer for the lot.
    """
    check_names(allocation.problem, lot, supplier)
    if allocation.award is None or (lot is None and supplier is None):
        return "\n".join(_whole(allocation, lang))
    if lot is None:
        return "\n".join(_supplier(allocation, supplier or "", lang))
    if supplier is None:
        return "\n".join(_lot(allocation, lot, lang))
    found = next_best(allocation, lot, supplier, time_limit=time_limit)
    return "\n".join([*_why(allocation, lot, supplier, lang), found.explain(lang)])


def status_lines(allocation: Allocation, lang: Lang = "en", *, conflicts: bool = True) -> list[str]:
    """Say how the search ended: status, bound and gap, ties and, unless told otherwise, which rules conflict."""
    gap = message("award_allocation.gap_unknown", lang) if allocation.gap is None else percent(allocation.gap)
    why = "; ".join(clean(reason) for reason in allocation.reasons)
    problem = allocation.problem
    told = {"gap": gap, "why": why, "half": plain(problem.terms.forgiven), "name": goal_name(problem, lang)}
    lines = [message(f"award_allocation.status.{allocation.status}", lang, **told)]
    if allocation.audit is not None and allocation.bound is not None and isfinite(allocation.bound):
        figure = figure_of(problem, allocation.audit.objective)
        bound = figure_of(problem, Fraction(allocation.bound))
        facts = {"name": told["name"], "figure": figure, "bound": bound, "gap": gap, "solver": allocation.solver}
        lines.append(message("award_allocation.bound", lang, **facts))
    for conflict in allocation.conflicts if conflicts else ():
        lines += _conflict(problem, conflict, lang)
    return lines + _tied(allocation, lang)


def figure_of(problem: AwardProblem, amount: Fraction, stage: int = 0) -> str:
    """A figure of a stage of the objective: money with its currency, anything else without needless zeros."""
    if problem.terms.goal.stages[stage].name in MONEY:
        return money(problem, amount)
    return plain(amount)


def money(problem: AwardProblem, amount: Fraction) -> str:
    """Money with the decimals of its currency."""
    return f"{float(amount):,.{problem.terms.minor_units}f} {problem.terms.currency}".strip()


def percent(share: float | Fraction) -> str:
    """A share of 1 as a percentage, up to four decimals: 55 %, 0.0312 %."""
    shown = f"{100 * float(share):.4f}".rstrip("0").rstrip(".")
    return f"{shown} %" if shown != "0" or not share else "< 0.0001 %"


def goal_name(problem: AwardProblem, lang: Lang, stage: int = 0) -> str:
    """The name of a stage of the objective as people read it; a mix, and what is not known, stays as it is."""
    return measure_name(problem.terms.goal.stages[stage].name, lang)


def measure_name(name: str, lang: Lang) -> str:
    """The name of a measure as people read it."""
    known = name.removeprefix("max_").removeprefix("min_").removeprefix("attr:") if "attr:" in name else name
    if known in ("cost", "value", "score", "risk", "winners", "quality", "penalty"):
        return message(f"award_allocation.measure.{known}", lang)
    return clean(known)


def asked_name(name: str, lang: Lang) -> str:
    """The name of a measure as it was asked for; in Chinese as people read it."""
    return measure_name(name, lang) if lang == "zh" else clean(name)


def _whole(allocation: Allocation, lang: Lang) -> list[str]:
    lines = status_lines(allocation, lang)
    if allocation.audit is None:
        return lines
    said = allocation.audit.explain(lang).split("\n")
    lines += said[:1] + said[2:] if allocation.bound is not None else said  # the objective stands beside its bound
    lots = list(allocation.problem.lots)
    if len(lots) <= MOST_LOTS:
        lines += [_winners(allocation, lot, lang) for lot in lots]
    lines.append(message(f"award_allocation.standing.{allocation.standing}", lang))
    return lines


def _winners(allocation: Allocation, lot: str, lang: Lang) -> str:
    own = {name: share for (place, name), share in shares_by_supplier(allocation).items() if place == lot}
    if not own:
        return message("award_allocation.lot_nobody", lang, lot=clean(lot))
    who = [f"{clean(name)} {percent(share)}" for name, share in sorted(own.items(), key=lambda s: (-s[1], s[0]))]
    return message("award_allocation.lot_winners", lang, lot=clean(lot), who=join(who, lang))


def _lot(allocation: Allocation, lot: str, lang: Lang) -> list[str]:
    """The offers of a lot, those that win first, then by price; whether the cheapest wins."""
    problem, part = allocation.problem, allocation.problem.lots[lot]
    offers = _offers(allocation, lot)
    lines = [message("award_allocation.lot", lang, lot=clean(lot), demand=plain(part.demand), n=len(offers))]
    lines += [_offer(problem, offer, share, lang) for offer, share in offers[:MOST_OFFERS]]
    if len(offers) > MOST_OFFERS:
        lines.append(message("award_allocation.more_offers", lang, n=len(offers) - MOST_OFFERS))
    priced = [(offer.price, offer.supplier, share) for offer, share in offers if _has_price(offer)]
    if priced:
        low = min(price for price, _, _ in priced if price is not None)
        cheapest = [(name, share) for price, name, share in priced if price == low]
        if not any(share for _, share in cheapest):
            facts = {"lot": clean(lot), "supplier": clean(cheapest[0][0]), "price": money(problem, low)}
            lines.append(message("award_allocation.cheapest_loses", lang, **facts))
    return lines


def _has_price(offer: Bid | Bundle) -> bool:
    return isinstance(offer, Bid) and offer.price is not None


def _offers(allocation: Allocation, lot: str) -> list[tuple[Bid | Bundle, Fraction]]:
    problem, award = allocation.problem, allocation.award
    found: list[tuple[Bid | Bundle, Fraction]] = [
        (bid, award.share(bid.key) if award is not None else Fraction(0))
        for bid in problem.bids.values()
        if bid.lot == lot
    ]
    found += [
        (bundle, Fraction(award is not None and bundle.id in award.bundles))
        for bundle in problem.bundles.values()
        if lot in bundle.lots
    ]
    return sorted(found, key=lambda one: (-one[1], _unit_price(problem, one[0], lot), one[0].supplier, str(one[0])))


def _unit_price(problem: AwardProblem, offer: Bid | Bundle, lot: str) -> Fraction:
    """To sort by: of a cost curve and a bundle nothing that could be compared, so they come last."""
    if isinstance(offer, Bid) and offer.price is not None:
        return offer.price
    return sum((bid.price or Fraction(0) for bid in problem.bids.values() if bid.lot == lot), Fraction(1))


def _offer(problem: AwardProblem, offer: Bid | Bundle, share: Fraction, lang: Lang) -> str:
    facts = {"supplier": clean(offer.supplier), "share": percent(share)}
    if isinstance(offer, Bundle):
        named = {"bundle": clean(offer.id), "price": money(problem, offer.price)}
        return message(f"award_allocation.bundle_{'wins' if share else 'loses'}", lang, **facts, **named)
    if offer.alternate:
        named = {"supplier": facts["supplier"], "alternate": clean(offer.alternate)}
        facts["supplier"] = message("award_allocation.alternate", lang, **named)
    if offer.price is None:
        return message(f"award_allocation.curve_{'wins' if share else 'loses'}", lang, **facts)
    price = money(problem, offer.price)
    return message(f"award_allocation.offer_{'wins' if share else 'loses'}", lang, **facts, price=price)


def _supplier(allocation: Allocation, supplier: str, lang: Lang) -> list[str]:
    """What a supplier wins, by lot, with money, tier and capacity."""
    problem, audit = allocation.problem, allocation.audit
    own = {lot: share for (lot, name), share in shares_by_supplier(allocation).items() if name == supplier}
    if not own or audit is None:
        return [message("award_allocation.supplier_nothing", lang, supplier=clean(supplier))]
    won = join([f"{clean(lot)} {percent(share)}" for lot, share in own.items()], lang)
    figures = audit.suppliers[supplier]
    facts = {"supplier": clean(supplier), "won": won, "spend": money(problem, figures.spend)}
    lines = [message("award_allocation.supplier", lang, **facts)]
    if figures.rebate:
        rebate = money(problem, figures.rebate)
        lines.append(message("award_allocation.tier", lang, tier=figures.tier + 1, rebate=rebate))
    capacity = problem.suppliers[supplier].capacity
    if capacity is not None:
        used = plain(figures.capacity_used)
        lines.append(message("award_allocation.capacity", lang, used=used, capacity=plain(capacity)))
    return lines


def _why(allocation: Allocation, lot: str, supplier: str, lang: Lang) -> list[str]:
    """What the supplier offers and wins of a lot, and how its price stands among the others."""
    problem = allocation.problem
    offers = _offers(allocation, lot)
    own = [(offer, share) for offer, share in offers if offer.supplier == supplier]
    lines = [message("award_allocation.on_lot", lang, lot=clean(lot), supplier=clean(supplier))]
    lines += [_offer(problem, offer, share, lang) for offer, share in own]
    prices = sorted(offer.price for offer, _ in offers if isinstance(offer, Bid) and offer.price is not None)
    mine = [offer.price for offer, _ in own if isinstance(offer, Bid) and offer.price is not None]
    if mine and prices:
        place = 1 + sum(price < min(mine) for price in prices)
        low = money(problem, prices[0])
        lines.append(message("award_allocation.place", lang, place=place, n=len(prices), low=low))
    return lines


def _conflict(problem: AwardProblem, conflict: tuple[str, ...], lang: Lang) -> list[str]:
    """Rules that conflict; of the bids themselves which lots and which capacity are short, as far as can be told."""
    from supplier_eval.award.structural import structural_reasons

    if conflict == ("_structural",):
        return [message("award_allocation.conflict_structure", lang), *structural_reasons(problem, lang)]
    return [message("award_allocation.conflict", lang, rules=join([clean(rule) for rule in conflict], lang))]


def _tied(allocation: Allocation, lang: Lang) -> list[str]:
    """Each equal award by what it does not share with all the others."""
    if not allocation.settled:
        return [message("award_allocation.not_settled", lang)]
    if len(allocation.tied) < 2:
        return []
    common = set.intersection(*(set(award.label().items()) for award in allocation.tied))
    lines = [message("award_allocation.tied", lang, n=len(allocation.tied))]
    for at, award in enumerate(allocation.tied[:MOST_TIED], start=1):
        own = _differing(award, common)
        lines.append(message("award_allocation.tied_award", lang, at=at, own=join(own, lang)))
    return lines


def _differing(award: Award, common: Iterable[tuple[str, float]]) -> list[str]:
    left = sorted(set(award.label().items()) - set(common))
    shown = [f"{clean(key.replace('|', ' '))} {percent(share)}" for key, share in left[:MOST_MOVES]]
    return shown + (["…"] if len(left) > MOST_MOVES else [])


def join(parts: Iterable[str], lang: Lang) -> str:
    """Parts of a list, parted as the language does it."""
    return ("、" if lang == "zh" else ", ").join(parts)
