"""``price_range``: how far each price may go while all others stay before something else should be awarded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.allocation import Allocation
from supplier_eval.award.analysis_arguments import Ends, argument_findings
from supplier_eval.award.audit import audit_award
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import choose_solver
from supplier_eval.award.offer_keys import OfferKey, offer_keys, offer_named, said_key
from supplier_eval.award.price_ends import PriceEnd, best_exactly
from supplier_eval.award.price_limits import LimitSearch
from supplier_eval.award.price_lines import LineSearch
from supplier_eval.award.price_range_result import PriceRange, PriceRanges
from supplier_eval.award.price_steps import StepSearch
from supplier_eval.award.priced_offers import PricedOffer
from supplier_eval.award.reading_tables import nearest
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem

MOST_REFERENCES = 4
__all__ = ["PriceEnd", "PriceRange", "PriceRanges", "price_range"]


def price_range(
    problem: AwardProblem,
    allocation: Allocation | None = None,
    *,
    bids: object = None,
    time_limit: float = 60.0,
    solver: str | None = None,
) -> PriceRanges:
    """Find the range of each price within which the award stays the best, all other prices as they are.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids, rules.
    allocation : Allocation, optional
        The award of this problem, from `award_lots`; None awards it here.
    bids : offer or sequence of offers, optional
        Whose prices: ``(lot, supplier)``, ``(lot, supplier, alternate)``, ``"lot|supplier"``, ``"bundle:ID"``. None
        for all.
    time_limit : float
        Seconds for everything together; ends that are not settled by then are ``open``.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.

    Returns
    -------
    PriceRanges
        For each offer how low and how high its price may go, and what the award becomes then; for an offer that is
        awarded nothing, the price at which it enters. An end is where another award is equal: it is reached, not
        passed. Exploratory.

    Raises
    ------
    InvalidInput
        An unknown offer, an allocation that is not of this problem or has no award, `time_limit`: all at once.
    UnknownName, MissingExtra
        The solver is unknown or not installed.

    Notes
    -----
    All stages of the objective count; keys of ties do not: an award of equal objective is no change. Where figures are
    straight in the price, ends are exact fractions, at which no other award is better by more than half a minor unit
    (to which optima are proven). So they are under a budget or rules on shares of the spend that do not decide about
    the award (`price_limits`). Where they do, or the supplier has discount tiers on spend, a lower price can change
    the award too; prices are then looked at one by one, see `PriceEnd`.
    """
    wanted, findings = _wanted(problem, bids)
    findings += argument_findings("price_range", time_limit=time_limit)
    if allocation is not None:
        findings += _not_usable(problem, allocation)
    if findings:
        raise InvalidInput(findings)
    ends, name = Ends(time_limit), choose_solver(solver)
    known = allocation or award_lots(problem, gap=0.0, time_limit=time_limit, solver=name)
    if known.audit is None:
        return PriceRanges(problem, known.status, solver=name)
    audit, status = best_exactly(problem, known.audit, ends, name)
    if status != "optimal":
        return PriceRanges(problem, status, audit, solver=name)
    for _ in range(MOST_REFERENCES):
        ranges, better = _ranges(problem, wanted, audit.award, ends, name)
        if better is None:
            break
        audit = audit_award(problem, better)
    return PriceRanges(problem, status, audit, MappingProxyType(ranges), name)


def _ranges(
    problem: AwardProblem, wanted: tuple[OfferKey, ...], award: Award, ends: Ends, solver: str
) -> tuple[dict[OfferKey, PriceRange], Award | None]:
    """All ranges; or an award that is better by less than half a minor unit, to be looked at instead.

    Straight ones are looked at first, and offers that are awarded something before others; nobody takes more than a
    third of the time that is left, or its part where that is more.
    """
    offers = [PricedOffer(problem, key) for key in wanted]
    found: dict[OfferKey, PriceRange] = {}
    for at, offer in enumerate(sorted(offers, key=lambda own: (own.bends, not own.share(award)))):
        mine = Ends(ends.left / min(3, len(offers) - at))
        found[offer.key], better = _range(offer, award, mine, solver)
        if better is not None:
            return found, better
    return {key: found[key] for key in wanted}, None


def _range(offer: PricedOffer, award: Award, ends: Ends, solver: str) -> tuple[PriceRange, Award | None]:
    """Both ends of one price; and an award that is better than the one given, where one turns up."""
    share = offer.share(award)
    if offer.price is None:
        return PriceRange(offer.key, offer.supplier, share, None, "curve"), None
    straight = LineSearch(offer, award, ends, solver) if not offer.bends else None
    limited = LimitSearch(offer, award, ends, solver) if offer.bends else None
    both: list[PriceEnd] = []
    stepwise = False
    for direction in (-1, 1):
        end = None
        if ends.over:
            end = PriceEnd("open")
        elif straight is not None:
            end = straight.end(direction)
        elif limited is not None:
            end = limited.end(direction)
        stepwise |= end is None
        both.append(end or StepSearch(offer, award, ends, solver).end(direction))
    made = PriceRange(
        offer=offer.key,
        supplier=offer.supplier,
        share=share,
        price=offer.price,
        method="steps" if stepwise else "lines",
        low=both[0],
        high=both[1],
        enters=None if share else _entry(offer, *both),
    )
    return made, None if straight is None else straight.better


def _entry(offer: PricedOffer, low: PriceEnd, high: PriceEnd) -> Fraction | None:
    """The price at which an offer that gets nothing would be awarded something, the lower end first."""
    for end in (low, high):
        if end.kind in ("crossing", "bracket") and end.award is not None and offer.share(end.award):
            return end.beyond
    return None


def _wanted(problem: AwardProblem, bids: object) -> tuple[tuple[OfferKey, ...], list[Finding]]:
    """The offers asked for, in canonical order, and those that there are not."""
    every = offer_keys(problem)
    if bids is None:
        return every, []
    alone = isinstance(bids, str) or (isinstance(bids, tuple) and offer_named(problem, bids) is not None)
    if not alone and (not isinstance(bids, Iterable) or isinstance(bids, Mapping | bytes)):
        return (), [Finding("price_range.bids", "price_range", "bids", value=str(bids))]
    found, findings = set(), []
    for given in [bids] if alone or not isinstance(bids, Iterable) else bids:
        key = offer_named(problem, given)
        if key is None:
            facts = {"near": nearest(said_key(given), [said_key(own) for own in every])}
            findings.append(Finding("price_range.bid", "price_range", "bids", value=said_key(given), facts=facts))
        else:
            found.add(key)
    return tuple(key for key in every if key in found), findings


def _not_usable(problem: AwardProblem, allocation: object) -> list[Finding]:
    if not isinstance(allocation, Allocation):
        return [Finding("price_range.allocation", "price_range", "allocation", value=type(allocation).__name__)]
    if allocation.problem.fingerprint != problem.fingerprint:
        return [Finding("price_range.other_problem", "price_range", "allocation")]
    if allocation.audit is None:
        return [Finding("price_range.no_award", "price_range", "allocation", value=allocation.status)]
    return []
