"""The smallest step in which a figure of an award can change: every award has a whole number of such steps.

Shares go by one unit of the contract grid (whole lots by 1), so every measure is a multiple of one over the least
common multiple of the denominators of what it is added up from. Two awards whose figures differ, differ by a step.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from supplier_eval.award.rules import RULE_KINDS

if TYPE_CHECKING:
    from supplier_eval.award.parts import Bid, Lot, Supplier
    from supplier_eval.award.problem import AwardProblem

FINEST_STEPS = 20


def in_steps(problem: AwardProblem) -> bool:
    """True where shares go by whole lots, or by so few steps that awards are counted one by one."""
    return problem.terms.grid <= FINEST_STEPS or all(lot.indivisible for lot in problem.lots.values())


def unit_of(problem: AwardProblem, measure: str) -> Fraction:
    """The step of a measure: all awards of the problem have whole multiples of it.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids, rules, terms.
    measure : str
        ``cost``, ``value``, ``winners``, ``penalty`` or ``attr:NAME``.
    """
    if measure == "winners":
        return Fraction(1)
    if measure == "cost":
        return Fraction(1, _cost(problem))
    if measure == "penalty":
        return Fraction(1, _penalty(problem))
    if measure == "value":
        single = (_piece(problem, bid) * (bid.price or 0) for bid in problem.bids.values())
        return Fraction(1, _common([*single, *(offer.price for offer in problem.bundles.values())]))
    return Fraction(1, _attribute(problem, measure.removeprefix("attr:")))


def common_unit(first: Fraction, second: Fraction) -> Fraction:
    """A step of a sum of two measures, each a whole number of its own steps."""
    return Fraction(1, lcm(first.denominator, second.denominator))


def _common(amounts: Iterable[Fraction]) -> int:
    return lcm(1, *(amount.denominator for amount in amounts))


def _step(problem: AwardProblem, lot: Lot) -> Fraction:
    return Fraction(1) if lot.indivisible else Fraction(1, problem.terms.grid)


def _piece(problem: AwardProblem, bid: Bid) -> Fraction:
    return _step(problem, problem.lots[bid.lot])


def _volume(problem: AwardProblem) -> int:
    return _common(_step(problem, lot) * lot.demand for lot in problem.lots.values())


def _base(problem: AwardProblem) -> int:
    """Base spend of any award."""
    amounts = [offer.price for offer in problem.bundles.values()]
    for bid in problem.bids.values():
        quantity = _piece(problem, bid) * problem.lots[bid.lot].demand
        amounts += [(bid.price or 0) * quantity]
        amounts += [part for segment in bid.curve for part in (segment.fixed, segment.slope * quantity)]
    return _common(amounts)


def _cost(problem: AwardProblem) -> int:
    suppliers = problem.suppliers.values()
    amounts = [part for supplier in suppliers for part in (supplier.fixed_cost, supplier.switching_cost)]
    amounts += [handicap for supplier in suppliers for handicap in _handicaps(supplier)]
    amounts += [bid.award_cost for bid in problem.bids.values()]
    for lot in problem.lots.values():
        amounts += [lot.switching_cost, (lot.unserved_cost or 0) * lot.demand * _step(problem, lot)]
    rates = _common(rate for supplier in suppliers if supplier.tiers for rate in supplier.tiers.discount)
    return lcm(_common(amounts), _base(problem) * rates)


def _handicaps(supplier: Supplier) -> list[Fraction]:
    tiers = supplier.tiers
    return [] if tiers is None else [tiers.handicap(tier) for tier in range(len(tiers.breaks))]


def _attribute(problem: AwardProblem, name: str) -> int:
    bids = problem.bids.values()
    amounts = [_piece(problem, bid) * problem.lots[bid.lot].demand * problem.figure(bid, name) for bid in bids]
    for offer in problem.bundles.values():
        amounts += [problem.lots[lot].demand * problem.figure(offer, name) for lot in offer.lots]
    return _common(amounts)


def _penalty(problem: AwardProblem) -> int:
    """Breach by breach: what is measured, times the limit that it is compared with, times what it is fined."""
    made = [1]
    for rule in problem.rules.values():
        if rule.penalty is None:
            continue
        unit = RULE_KINDS[rule.kind].unit
        size = 1
        if unit == "share of a lot":
            size = _common(_step(problem, lot) for lot in problem.lots.values())
        elif unit == "volume":
            size = _volume(problem)
        elif unit == "money":
            size = _cost(problem)
        elif unit == "attribute x volume":
            size = lcm(_attribute(problem, rule.attribute), _volume(problem))
        made.append(size * (rule.value or Fraction(0)).denominator * rule.penalty.denominator)
    return lcm(*made)
