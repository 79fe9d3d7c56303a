"""The price of every rule of an award: the best objective with all rules less the best without this one.

A rule's price is what it takes to keep it when all others stay. Prices of single rules do not add up: two rules that
ask for the same thing cost nothing each, and something together. The Shapley value (Shapley 1953) shares the price of
all rules together out among them: it is the mean of what a rule adds, over all orders in which the rules could have
come in, and it adds up exactly.

Source: L. S. Shapley (1953), "A value for n-person games", Contributions to the Theory of Games II, 307-317, eq. 12.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import factorial
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.model import choose_solver
from supplier_eval.award.parts import ZERO
from supplier_eval.award.rule_arguments import flag_findings, question_findings, refuse
from supplier_eval.award.rule_costs_result import RuleCost, RuleCosts
from supplier_eval.award.rule_subsets import NOTHING, Clock, Interval, RuleSubsets
from supplier_eval.award.tally import tally_of
from supplier_eval.errors import Finding

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.problem import AwardProblem

__all__ = ["Interval", "RuleCost", "RuleCosts", "rule_costs"]

NAME = "rule_costs"
MOST_SHAPLEY = 8


def rule_costs(
    problem: AwardProblem,
    *,
    pairs: bool = False,
    shapley: bool | None = None,
    gap: float = 0.0,
    time_limit: float = 60.0,
    solver: str | None = None,
) -> RuleCosts:
    """Tell what every business rule costs: the best award with all rules against the best without this one.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids and rules. Its first objective counts, penalties of soft rules included; later ones do not.
    pairs : bool
        Price every two rules together as well.
    shapley : bool, optional
        Share the price of all rules out among them, which takes up to 2^n solves; None does so up to 8 rules.
    gap : float
        Relative gap at which a search may stop; above 0 prices become intervals.
    time_limit : float
        Seconds for everything together; what is not proven by then comes as an interval.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.

    Returns
    -------
    RuleCosts
        Exact prices from exact audits. ``optimal`` means to half a minor unit of the currency, as everywhere.

    Raises
    ------
    InvalidInput
        `problem` is no `AwardProblem`; `gap`, `time_limit`, `pairs`, `shapley` make no sense; Shapley values of more
        than 8 rules: all findings at once.
    UnknownName, MissingExtra
        When the solver is not known, or not installed.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> costs = se.award.rule_costs(problem, shapley=False)
    >>> print(costs.to_frame()[["rule", "price"]].to_string(index=False))
             rule    price
           R1-few   3762.8
           R2-two      0.0
         R3-small      0.0
       R4-quality  3816.24
    R5-dependence      0.0
    """
    findings = question_findings(NAME, problem, gap=gap, time_limit=time_limit)
    findings += flag_findings(NAME, {"pairs": pairs, "shapley": shapley}, may_be_none=["shapley"])
    count = len(getattr(problem, "rules", ()))
    if shapley is True and count > MOST_SHAPLEY:
        facts = {"most": MOST_SHAPLEY}
        findings.append(Finding("rule_costs.rules.too_many", NAME, "shapley", value=str(count), facts=facts))
    refuse(findings)
    subsets = RuleSubsets(problem, gap=gap, clock=Clock(time_limit), solver=choose_solver(solver))
    every, names = subsets.every, tuple(problem.rules)
    base = subsets.solve(every, parts=2)
    if base.audit is None:
        return RuleCosts(problem, base.status, solver=base.solver, solves=subsets.solves)
    shared = count <= MOST_SHAPLEY if shapley is None else shapley
    _learn(subsets, names, pairs=pairs, shapley=shared)
    best = subsets.best(every)
    return RuleCosts(
        problem=problem,
        status=best.status,
        audit=best.audit,
        rules=MappingProxyType({key: _cost(subsets, key, shared) for key in names}),
        total=subsets.price(every),
        pairs=MappingProxyType({pair: subsets.price(pair) for pair in combinations(names, 2)} if pairs else {}),
        solver=base.solver,
        solves=subsets.solves,
    )


def _learn(subsets: RuleSubsets, names: tuple[str, ...], *, pairs: bool, shapley: bool) -> None:
    """Solve what the prices need: without any rule, without each, without each pair; then all sets, small to large."""
    left_out = [names, *((key,) for key in names)]
    left_out += list(combinations(names, 2)) if pairs else []
    wanted = [subsets.every - set(some) for some in left_out]
    if shapley:
        wanted += [frozenset(some) for size in range(1, len(names)) for some in combinations(names, size)]
    wanted = list(dict.fromkeys(wanted))
    for at, kept in enumerate(wanted):
        subsets.learn(kept, parts=len(wanted) - at)
    subsets.settle([subsets.every, *wanted])


def _cost(subsets: RuleSubsets, key: str, shapley: bool) -> RuleCost:
    price = subsets.price([key])
    everything, without = subsets.best(subsets.every), subsets.best(subsets.every - {key})
    unproven = without.status if everything.status == "optimal" else everything.status
    return RuleCost(
        rule=key,
        price=price,
        status="optimal" if price.exact is not None else unproven,
        without=without.audit,
        shifts=MappingProxyType(_shifts(everything.audit, without.audit)),
        shapley=_shapley(subsets, key) if shapley else None,
    )


def _shifts(now: Audit, then: Audit) -> dict[tuple[str, str], Fraction]:
    """Share of each lot that each supplier has more in one award than in another; none that are 0."""
    before, after = (tally_of(audit.problem, audit.award).shares for audit in (now, then))
    places = sorted({(lot, name) for shares in (before, after) for lot in shares for name in shares[lot]})
    moved = {
        (lot, name): after.get(lot, {}).get(name, ZERO) - before.get(lot, {}).get(name, ZERO) for lot, name in places
    }
    return {place: share for place, share in moved.items() if share}


def _shapley(subsets: RuleSubsets, key: str) -> Interval:
    """Sum over sets S without the rule of |S|! (n - |S| - 1)! / n! times what the rule adds to S."""
    others = sorted(subsets.every - {key})
    n = len(others) + 1
    found = NOTHING
    for size in range(n):
        weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
        for some in map(frozenset, combinations(others, size)):
            found = found.plus(subsets.step(some | {key}, some).scaled(weight))
    return found
