"""Which rules have a limit that can be relaxed, in which direction, and how far an award needs it relaxed; exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.parts import ONE, ZERO
from supplier_eval.award.rule_checks import breaches_by_place
from supplier_eval.award.rules import RULE_KINDS
from supplier_eval.award.tally import tally_of, total

if TYPE_CHECKING:
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.rules import Rule
    from supplier_eval.award.tally import Line, Tally

SHARES_OF_WHOLE = ("max_volume_share", "min_volume_share", "max_spend_share", "min_spend_share")
AVERAGES = ("min_avg", "max_avg")
RATIOS = (*SHARES_OF_WHOLE, *AVERAGES)
THRESHOLDS = ("min_attr", "max_attr")
WHOLE = ("max_winners", "min_winners", "max_winners_per_lot", "min_winners_per_lot", "max_lots_per_bidder")
FINE = Fraction(1, 10**4)


@dataclass(frozen=True)
class Change:
    """A limit, and the limit that it is relaxed to.

    Parameters
    ----------
    rule : str
        Id.
    limit, relaxed : Fraction
        In the rule's own unit: suppliers, lots, a fraction of 1, money, or the attribute's.
    stated : Fraction
        `relaxed` as one would write it down, never tighter: minor units of money, shares to 0.01 %, attributes to four
        decimals, whole suppliers and lots.
    relative : Fraction
        Change divided by the limit (by 1 where the limit is 0): what the relaxations of several rules are summed in.
    """

    rule: str
    limit: Fraction
    relaxed: Fraction
    stated: Fraction
    relative: Fraction

    @property
    def by(self) -> Fraction:
        """The size of the change, > 0."""
        return abs(self.relaxed - self.limit)


def can_relax(rule: Rule) -> bool:
    """True where the rule has a limit; ``exclude``, ``implies`` and the like can only be kept or given up."""
    return "value" in RULE_KINDS[rule.kind].needs


def sign(rule: Rule) -> int:
    """1 where relaxing raises the limit, -1 where it lowers it."""
    return 1 if rule.kind == "budget" or rule.kind.startswith("max") else -1


def scale(rule: Rule) -> Fraction:
    """What a change of the limit is divided by, so that changes of different rules can be compared."""
    return abs(rule.limit) or ONE


def change_to(problem: AwardProblem, rule: Rule, relaxed: Fraction) -> Change:
    """The change of a rule's limit to a value that is no tighter."""
    stated = _written(problem, rule, relaxed)
    return Change(rule.id, rule.limit, relaxed, stated, abs(relaxed - rule.limit) / scale(rule))


def with_limits(problem: AwardProblem, limits: Mapping[str, Fraction]) -> AwardProblem:
    """The same problem with other limits of some rules."""
    changed = {key: replace(rule, value=limits.get(key, rule.value)) for key, rule in problem.rules.items()}
    return problem.replace(rules=MappingProxyType(changed))


def limit_kept(problem: AwardProblem, rule: Rule, award: Award) -> Fraction:
    """The limit nearest to the rule's own at which an award keeps the rule; its own where the award keeps it."""
    tally = tally_of(problem, award)
    places = breaches_by_place(problem, rule, tally)
    if not places:
        return rule.limit
    if rule.kind in THRESHOLDS:
        figures = [problem.figure(line.offer, rule.attribute) for line in _lines(problem, rule, tally)]
        return max(figures) if rule.kind == "max_attr" else min(figures)
    return rule.limit + sign(rule) * max(amount for _, amount in places) / _measured_in(problem, rule, tally)


def _measured_in(problem: AwardProblem, rule: Rule, tally: Tally) -> Fraction:
    """By how much the breach of an award shrinks when the limit is relaxed by 1."""
    if rule.kind not in RATIOS:
        return ONE
    if rule.kind in AVERAGES:
        return total(line.volume for line in _lines(problem, rule, tally))
    lots = set(problem.lots_of(rule))
    lines = [line for line in tally.lines if line.lot in lots]
    if rule.kind.endswith("volume_share"):
        return total(line.volume for line in lines)
    bundles = [bundle.price for bundle in tally.bundles if not lots.isdisjoint(bundle.lots)]
    return total(line.spend for line in lines) + sum(bundles, ZERO)


def _lines(problem: AwardProblem, rule: Rule, tally: Tally) -> list[Line]:
    lots, concerned = set(problem.lots_of(rule)), set(problem.suppliers_of(rule))
    return [line for line in tally.lines if line.lot in lots and line.offer.supplier in concerned]


def _written(problem: AwardProblem, rule: Rule, limit: Fraction) -> Fraction:
    """A limit with few decimals, rounded to the side that asks for less."""
    step = problem.terms.cent if rule.kind == "budget" else ONE if rule.kind in WHOLE else FINE
    return (ceil(limit / step) if sign(rule) > 0 else floor(limit / step)) * step
