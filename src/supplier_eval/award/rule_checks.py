"""The check of each kind of business rule on an award: the audit's reading of the sentences in ``rules.py``.

It knows the tally of the award only, never the model's rows. Each check tells the places at which the rule is broken
(ids of lots or suppliers) and by how much, in the unit of its kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from supplier_eval.award.parts import ZERO, Bundle
from supplier_eval.award.tally import Line, Tally, total

if TYPE_CHECKING:
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rules import Rule

Place: TypeAlias = tuple[str, ...]
Places: TypeAlias = Iterator[tuple[Place, Fraction]]


def breach_of(problem: AwardProblem, rule: Rule, tally: Tally) -> Fraction:
    """By how much an award breaks a rule, in the unit of its kind; 0 where it is kept."""
    return total(amount for _, amount in breaches_by_place(problem, rule, tally))


def breaches_by_place(problem: AwardProblem, rule: Rule, tally: Tally) -> list[tuple[Place, Fraction]]:
    """Where an award breaks a rule, and by how much (> 0) at each place; empty where it is kept.

    Parameters
    ----------
    problem : AwardProblem
        What was asked.
    rule : Rule
        The rule, of any kind of `RULE_KINDS`.
    tally : Tally
        The award added up.

    Returns
    -------
    list of (tuple of str, Fraction)
        Ids of the lots or suppliers concerned, and the breach there, in canonical order.
    """
    return [(place, amount) for place, amount in CHECKS[rule.kind](problem, rule, tally) if amount > 0]


def _winners_in(problem: AwardProblem, rule: Rule, tally: Tally) -> tuple[str, ...]:
    """Suppliers concerned that win something of the lots concerned."""
    lots = set(problem.lots_of(rule))
    concerned = set(problem.suppliers_of(rule))
    return tuple(name for name, own in tally.suppliers.items() if name in concerned and not lots.isdisjoint(own.lots))


def _winners_by_lot(problem: AwardProblem, rule: Rule, tally: Tally) -> Iterator[tuple[str, list[str]]]:
    """Each lot concerned with the suppliers concerned that win something of it."""
    concerned = set(problem.suppliers_of(rule))
    for lot in problem.lots_of(rule):
        yield lot, sorted(concerned.intersection(tally.shares.get(lot, ())))


def _max_winners(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    winners = _winners_in(problem, rule, tally)
    yield winners, len(winners) - rule.limit


def _min_winners(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    winners = _winners_in(problem, rule, tally)
    yield winners, rule.limit - len(winners)


def _max_winners_per_lot(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    for lot, winners in _winners_by_lot(problem, rule, tally):
        yield (lot,), len(winners) - rule.limit


def _min_winners_per_lot(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    for lot, winners in _winners_by_lot(problem, rule, tally):
        yield (lot,), rule.limit - len(winners)


def _max_lots_per_bidder(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    lots = set(problem.lots_of(rule))
    for supplier in problem.suppliers_of(rule):
        if supplier in tally.suppliers:
            yield (supplier,), len(lots.intersection(tally.suppliers[supplier].lots)) - rule.limit


def _min_share_if_awarded(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    for lot, winners in _winners_by_lot(problem, rule, tally):
        for supplier in winners:
            yield (lot, supplier), rule.limit - tally.shares[lot][supplier]


def _share_of_whole(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    """Volume, or base spend, of the set named or of each supplier, against everybody's."""
    amounts = _amounts(problem, rule, tally)
    allowed = rule.limit * total(amounts.values())
    sign = 1 if rule.kind.startswith("max") else -1
    concerned = problem.suppliers_of(rule)
    sets = [concerned] if rule.names_somebody else [(supplier,) for supplier in concerned]
    for members in sets:
        own = total(amounts[name] for name in members if name in amounts)
        yield members, sign * (own - allowed)


def _amounts(problem: AwardProblem, rule: Rule, tally: Tally) -> dict[str, Fraction]:
    """Supplier → volume, or base spend, in the lots concerned."""
    spend = rule.kind.endswith("spend_share")
    lots = set(problem.lots_of(rule))
    if len(lots) == len(problem.lots):
        return {name: own.base_spend if spend else own.volume for name, own in tally.suppliers.items()}
    found: dict[str, list[Fraction]] = defaultdict(list)
    for line in tally.lines:
        if line.lot in lots:
            found[line.offer.supplier].append(line.spend if spend else line.volume)
    for bundle in tally.bundles if spend else ():
        if not lots.isdisjoint(bundle.lots):
            found[bundle.supplier].append(bundle.price)
    return {name: total(amounts) for name, amounts in found.items()}


def _budget(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    yield (), tally.cost - rule.limit


def _exclude(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    for lot, winners in _winners_by_lot(problem, rule, tally):
        for supplier in winners:
            yield (lot, supplier), tally.shares[lot][supplier]


def _set_aside(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    inside = set(problem.suppliers_of(rule))
    for lot in problem.lots_of(rule):
        shares = tally.shares.get(lot, {})
        for supplier in sorted(set(shares) - inside):
            yield (lot, supplier), shares[supplier]


def _force_award(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    for lot, winners in _winners_by_lot(problem, rule, tally):
        yield (lot,), rule.limit - total(tally.shares[lot][supplier] for supplier in winners)


def _mutually_exclusive(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    winners = _winners_in(problem, rule, tally)
    yield winners, Fraction(len(winners) - 1)


def _implies(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    lots = set(problem.lots_of(rule))
    wins = [
        name in tally.suppliers and not lots.isdisjoint(tally.suppliers[name].lots) for name in (rule.when, rule.then)
    ]
    yield (rule.when, rule.then), Fraction(wins[0] and not wins[1])


def _one_supplier_per_region(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    found: dict[str, set[str]] = defaultdict(set)
    for lot, winners in _winners_by_lot(problem, rule, tally):
        found[problem.lots[lot].region].update(winners)
    for region in sorted(found):
        if region:
            yield (region, *sorted(found[region])), Fraction(len(found[region]) - 1)


def _lines_concerned(problem: AwardProblem, rule: Rule, tally: Tally) -> Iterator[Line]:
    lots, concerned = set(problem.lots_of(rule)), set(problem.suppliers_of(rule))
    return (line for line in tally.lines if line.lot in lots and line.offer.supplier in concerned)


def _average(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    """Sum of volume x (attribute - value), which has to be at least, or at most, 0."""
    sign = 1 if rule.kind == "max_avg" else -1
    lines = _lines_concerned(problem, rule, tally)
    yield (), sign * total(line.volume * (problem.figure(line.offer, rule.attribute) - rule.limit) for line in lines)


def _beyond(problem: AwardProblem, rule: Rule, tally: Tally) -> Places:
    """Shares of offers below, or above, the threshold."""
    sign = 1 if rule.kind == "max_attr" else -1
    for line in _lines_concerned(problem, rule, tally):
        if sign * (problem.figure(line.offer, rule.attribute) - rule.limit) > ZERO:
            offered = line.offer.id if isinstance(line.offer, Bundle) else line.offer.supplier
            yield (line.lot, offered), line.share


Check: TypeAlias = Callable[["AwardProblem", "Rule", Tally], Places]
CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "max_winners": _max_winners,
        "min_winners": _min_winners,
        "max_winners_per_lot": _max_winners_per_lot,
        "min_winners_per_lot": _min_winners_per_lot,
        "max_lots_per_bidder": _max_lots_per_bidder,
        "min_share_if_awarded": _min_share_if_awarded,
        "max_volume_share": _share_of_whole,
        "min_volume_share": _share_of_whole,
        "max_spend_share": _share_of_whole,
        "min_spend_share": _share_of_whole,
        "budget": _budget,
        "exclude": _exclude,
        "set_aside": _set_aside,
        "force_award": _force_award,
        "mutually_exclusive": _mutually_exclusive,
        "implies": _implies,
        "one_supplier_per_region": _one_supplier_per_region,
        "min_avg": _average,
        "max_avg": _average,
        "min_attr": _beyond,
        "max_attr": _beyond,
    }
)
