"""The smallest relaxation that makes an award possible when the hard rules conflict, in business units.

Elastic programming (Chinneck 2008, "Feasibility and Infeasibility in Optimization", ch. 6) over the limits of hard
rules: the limits give way, and the sum of what they give way by is minimised. A relaxation is counted relative to its
limit (a budget of 1,000 raised by 25 counts 0.025, a quality floor of 80 lowered by 4 counts 0.05; a limit of 0
counts by its own unit), times the weight of the rule. What an award needs is read off the award exactly, and the award
is audited again under the relaxed limits.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from supplier_eval.award.audit import audit_award
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.relaxable import Change, can_relax, change_to, limit_kept, with_limits
from supplier_eval.award.relaxation_result import Alone, Relaxation
from supplier_eval.award.relaxation_search import Search
from supplier_eval.award.rule_arguments import question_findings, refuse, weights_of
from supplier_eval.award.rule_subsets import Clock

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.rules import Rule

NAME = "smallest_relaxation"

__all__ = ["Alone", "Change", "Relaxation", "smallest_relaxation"]


def smallest_relaxation(
    problem: AwardProblem,
    *,
    weights: Mapping[str, float] | None = None,
    time_limit: float = 60.0,
    solver: str | None = None,
) -> Relaxation:
    """Tell the smallest changes of limits that make an award possible, several together and each limit alone.

    Parameters
    ----------
    problem : AwardProblem
        Lots, bids and rules. Soft rules stay as they are.
    weights : mapping, optional
        Rule id → weight > 0 of its relative relaxation; 1 where none is given. A limit that is dear to the company
        weighs more.
    time_limit : float
        Seconds for everything together.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.

    Returns
    -------
    Relaxation
        Its awards are valid under the relaxed limits, by exact audit.

    Raises
    ------
    InvalidInput
        `problem` is no `AwardProblem`; `time_limit` makes no sense; a weight that is no number above 0, or is for a
        rule that does not exist, is soft or has no limit: all findings at once.
    UnknownName, MissingExtra
        When the solver is not known, or not installed.
    """
    findings = question_findings(NAME, problem, time_limit=time_limit)
    limits = _limits(problem) if isinstance(problem, AwardProblem) else []
    weighed, wrong = weights_of(NAME, limits, weights if isinstance(problem, AwardProblem) else None)
    refuse([*findings, *wrong])
    soft = [key for key, rule in problem.rules.items() if not rule.hard]
    search = Search(problem.without_rules(soft), clock=Clock(time_limit), solver=solver)
    if search.without(()).award is not None:
        return _feasible(search, problem, weighed)
    joint = search.together(weighed)
    ruled_out = joint.award is None and joint.proven
    changes = _changes(search.problem, limits, joint.award)
    if joint.award is not None and not changes:
        return _feasible(search, problem, weighed)
    rules = list(search.problem.rules.values())
    alone = {}
    for at, rule in enumerate(rules):
        alone[rule.id] = _alone(search, problem, rule, ruled_out=ruled_out, parts=2 * (len(rules) - at) + 1)
    return Relaxation(
        problem=problem,
        status="relaxed" if joint.award is not None else "impossible" if ruled_out else "unknown",
        together=changes,
        total=None if joint.award is None else search.weighed(joint.award, weighed),
        bound=joint.bound if joint.award is not None else None,
        proven=joint.proven,
        weights=weighed,
        audit=_verified(search, problem, changes, joint.award, 1),
        alone=MappingProxyType(alone),
        solver=search.solver,
        solves=search.solves,
    )


def _limits(problem: AwardProblem) -> list[str]:
    """Hard rules with a limit."""
    return [key for key, rule in problem.rules.items() if rule.hard and can_relax(rule)]


def _feasible(search: Search, problem: AwardProblem, weights: Mapping[str, Fraction]) -> Relaxation:
    """Nothing has to give way."""
    return Relaxation(problem, "feasible", weights=weights, proven=True, solver=search.solver, solves=search.solves)


def _changes(problem: AwardProblem, limits: list[str], award: Award | None) -> tuple[Change, ...]:
    """The limits that an award needs changed."""
    if award is None:
        return ()
    needed = {key: limit_kept(problem, problem.rules[key], award) for key in limits}
    return tuple(
        change_to(problem, problem.rules[key], limit)
        for key, limit in needed.items()
        if limit != problem.rules[key].limit
    )


def _alone(search: Search, problem: AwardProblem, rule: Rule, *, ruled_out: bool, parts: int) -> Alone:
    """What one rule can do: its smallest change, or giving it up, or nothing."""
    limited = can_relax(rule)
    if limited and ruled_out:
        return Alone(rule.id, "no_help")
    found = search.alone(rule, parts) if limited else search.without([rule.id], parts)
    if found.award is None:
        return Alone(rule.id, "no_help" if found.proven else "unknown")
    if not limited:
        return Alone(rule.id, "given_up", audit=_best(search, problem.without_rules([rule.id]), found.award, parts))
    changes = _changes(search.problem, [rule.id], found.award)
    audit = _verified(search, problem, changes, found.award, parts)
    return Alone(rule.id, "smallest" if found.proven else "enough", changes[0] if changes else None, audit)


def _verified(
    search: Search, problem: AwardProblem, changes: tuple[Change, ...], award: Award | None, parts: int
) -> Audit | None:
    """The best award under changed limits as they are stated, solved again; the one known where that finds none."""
    if award is None:
        return None
    return _best(search, with_limits(problem, {change.rule: change.stated for change in changes}), award, parts)


def _best(search: Search, problem: AwardProblem, award: Award, parts: int) -> Audit:
    """The audit of the best award that a solver finds, or of the one known where that is better."""
    known = audit_award(problem, award)
    if not known.valid:
        raise RuntimeError("an award does not keep the limits that were read off it")
    if search.clock.over:
        return known
    search.solves += 1
    again = solve_formulation(formulate(problem), time_limit=search.clock.share(parts), solver=search.solver)
    if again.audit is None or again.audit.stages[0] > known.stages[0]:
        return known
    return again.audit
