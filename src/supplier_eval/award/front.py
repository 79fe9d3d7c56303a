"""``award_lots``: who gets how much, with status, bound, gap and audit."""

from __future__ import annotations

import time
from dataclasses import replace
from numbers import Real
from typing import TYPE_CHECKING

from supplier_eval.award.allocation import Allocation
from supplier_eval.award.conflicting_rules import conflicts_of
from supplier_eval.award.exact import Solved, award_near, solve_formulation
from supplier_eval.award.formulation import Formulation, formulate
from supplier_eval.award.model import choose_solver
from supplier_eval.award.objective import goal_of
from supplier_eval.award.outcome import Step
from supplier_eval.award.problem import AwardProblem
from supplier_eval.award.reading_checks import attribute_findings, whole_findings
from supplier_eval.award.search import Search, is_large
from supplier_eval.award.structural import structural_reasons
from supplier_eval.award.ties import settle
from supplier_eval.errors import Finding, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.outcome import Status

STRUCTURAL = (("_structural",),)
KEYS = {"cost": ("cost", 1.0), "score": ("attr:score", -1.0), "winners": ("winners", 1.0)}


def award_lots(
    problem: AwardProblem,
    objective: object = None,
    *,
    gap: float = 1e-3,
    time_limit: float = 60.0,
    solver: str | None = None,
    progress: Callable[[Step], None] | None = None,
) -> Allocation:
    """Award every lot at the best objective that bids and rules allow.

    Parameters
    ----------
    problem : AwardProblem
        Lots, suppliers, bids, rules and terms.
    objective : name, mapping of weights, or sequence of these, optional
        Another objective than the problem's own; the award is then exploratory.
    gap : float
        Relative gap, 0-1, at which the search of a large problem (some 100 bids with discount tiers, or more) may
        stop; a small one is solved to the optimum anyway. 0 asks for the optimum.
    time_limit : float
        Seconds, above 0.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.
    progress : callable, optional
        Called with each `Step`.

    Returns
    -------
    Allocation
        With an award only where its exact audit is valid. Ties are settled, and the award is the same on every
        machine, where the status is ``optimal``.

    Raises
    ------
    InvalidInput
        `gap`, `time_limit` or `objective` make no sense: all findings at once.
    UnknownName, MissingExtra
        The solver is unknown or not installed.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> made = se.award.award_lots(problem, gap=0)
    >>> made.status, float(made.objective)
    ('optimal', 1074822.4)
    """
    _check(problem, objective, gap, time_limit)
    name = choose_solver(solver)
    asked = problem if objective is None else under_objective(problem, objective)
    ends = time.monotonic() + time_limit
    log: list[Step] = []
    status: Status

    def tell(step: Step) -> None:
        log.append(step)
        if progress is not None:
            progress(step)

    reasons = structural_reasons(asked)
    if reasons:
        tell(Step(0.0, "structure", None, None))
        return Allocation(asked, "infeasible", conflicts=STRUCTURAL, reasons=reasons, log=tuple(log), solver=name)
    made = formulate(asked)
    found = _searched(made, gap, ends, name, tell)
    if found.award is None:
        return _none(asked, found, log, name, ends)
    if found.status != "optimal":
        reached = _gap(found)
        status = "within_gap" if reached is not None and reached <= gap else "feasible_at_limit"
        return _told(asked, found, status, log, name)
    settled = settle(made, found, _later(made, asked), ends=ends, solver=name, exact=_exact)
    tell(replace(log[-1], seconds=time_limit - (ends - time.monotonic()), stage="ties"))
    chosen = replace(found, award=settled.best.award, audit=settled.best.audit)
    staged = settled.decided >= len(asked.terms.goal.stages) - 1  # a later stage may not have been reached in time
    status = "optimal" if staged else "feasible_at_limit"
    return replace(_told(asked, chosen, status, log, name, settled.tied), settled=settled.settled)


def under_objective(problem: AwardProblem, objective: object) -> AwardProblem:
    """The problem under another objective; exploratory.

    Raises
    ------
    InvalidInput
        The offers have not what the objective asks for: all findings at once.
    """
    asked = problem.with_terms(goal=goal_of(objective))
    findings = [*whole_findings(asked, {}), *attribute_findings(asked, {})]
    if findings:
        raise InvalidInput(findings)
    return asked


def _searched(made: Formulation, gap: float, ends: float, solver: str, tell: Callable[[Step], None]) -> Solved:
    """The first stage: small problems to the optimum, large ones by search; Ctrl-C leaves the best award so far."""
    if is_large(made):
        return Search(made, gap=gap, ends=ends, solver=solver, tell=tell).run()
    began = time.monotonic()
    try:
        found = solve_formulation(made, gap=0.0, time_limit=ends - began, solver=solver)
    except KeyboardInterrupt as stop:
        outcome = getattr(stop, "outcome", None)
        if outcome is None:
            raise
        near = award_near(made, outcome, solver=solver, ends=time.monotonic() + 2.0)
        if near is None:
            raise
        found = replace(near, bound=outcome.bound)
    tell(Step(time.monotonic() - began, "whole", found.objective, found.bound))
    return found


def _none(problem: AwardProblem, found: Solved, log: list[Step], solver: str, ends: float) -> Allocation:
    """No award: with the rules in conflict where they are the reason."""
    conflicts: tuple[tuple[str, ...], ...] = ()
    if found.status == "infeasible":
        left = max(1.0, ends - time.monotonic())
        conflicts = conflicts_of(problem, time_limit=left, solver=solver) if problem.rules else STRUCTURAL
    return Allocation(
        problem,
        found.status,
        bound=found.bound,
        conflicts=conflicts,
        reasons=(found.message,) if found.message else (),
        log=tuple(log),
        solver=solver,
    )


def _told(
    problem: AwardProblem, found: Solved, status: Status, log: list[Step], solver: str, tied: tuple[Award, ...] = ()
) -> Allocation:
    stage = problem.terms.goal.stages[0]
    bound = None if found.bound is None else (-found.bound if stage.maximised else found.bound)
    return Allocation(
        problem,
        status,
        award=found.award,
        audit=found.audit,
        bound=bound,
        gap=_gap(found),
        tied=tied,
        log=tuple(log),
        solver=solver,
    )


def _gap(found: Solved) -> float | None:
    """Of the audited award; 0 where bound and award differ by rounding only."""
    if found.audit is None or found.bound is None:
        return None
    value = float(found.audit.stages[0])
    return max(0.0, value - found.bound) / abs(value) if value else max(0.0, value - found.bound)


def _later(made: Formulation, problem: AwardProblem) -> list[NDArray[np.float64]]:
    """Later stages of the objective, then the keys of ties, as far as every offer has the attribute."""
    vectors = [made.stage_vector(stage, penalty=False) for stage in problem.terms.goal.stages[1:]]
    for key in problem.terms.tie_keys:
        measure, sign = KEYS.get(key, (key, -1.0))
        if measure in made.measures:
            vectors.append(sign * made.measures[measure])
    return vectors


def _exact(audit: Audit | None) -> tuple[Fraction, ...]:
    """Stages, then tie keys of an award, exactly, each the smaller the better."""
    if audit is None:
        return ()
    figures = list(audit.stages)
    for key in audit.problem.terms.tie_keys:
        measure, sign = KEYS.get(key, (key, -1.0))
        if measure in audit.measures:
            figures.append(audit.measures[measure] * int(sign))
    return tuple(figures)


def _check(problem: object, objective: object, gap: float, time_limit: float) -> None:
    findings = []
    if not isinstance(problem, AwardProblem):
        findings.append(Finding("award.lots.problem", "award_lots", "problem", value=type(problem).__name__))
    for name, value, good in (("gap", gap, 0 <= _number(gap) < 1), ("time_limit", time_limit, _number(time_limit) > 0)):
        if not good:
            findings.append(Finding(f"award.lots.{name}", "award_lots", name, value=str(value)))
    if objective is not None:
        try:
            goal_of(objective)
        except (KeyError, ValueError, TypeError):
            findings.append(Finding("award.lots.objective", "award_lots", "objective", value=str(objective)))
    if findings:
        raise InvalidInput(findings)


def _number(value: object) -> float:
    """The number that a value is, else one that no bound allows."""
    return float(value) if isinstance(value, Real) and not isinstance(value, bool) else float("nan")
