"""``disruption_risk``: what an award costs when suppliers fail, and the award that guards best against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.audit import audit_award
from supplier_eval.award.disruption_arguments import Asked, Given, read_arguments
from supplier_eval.award.disruption_profile import RiskProfile, profile_of
from supplier_eval.award.disruption_protection import Protection, protect
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.disruption_result import DisruptionRisk
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import choose_solver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supplier_eval.award.allocation import Allocation
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem

__all__ = ["DisruptionRisk", "Protection", "Recourse", "RiskProfile", "disruption_risk"]

FIRST, SECOND = 0.25, 0.5


def disruption_risk(  # noqa: PLR0913 - scenarios, measure, recourse and search each have their own words
    problem: AwardProblem,
    allocation: Allocation | Award | None = None,
    *,
    scenarios: object = None,
    probabilities: Mapping[str, float] | float | str | None = None,
    level: float = 0.95,
    weight: float | None = 0.5,
    recourse: str | Mapping[str, object] | Recourse = "fill",
    gap: float = 0.0,
    time_limit: float = 60.0,
    solver: str | None = None,
    draws: int | None = None,
    seed: int = 0,
) -> DisruptionRisk:
    """Tell what an award costs when suppliers fail, and find the award that guards best against that.

    Parameters
    ----------
    problem : AwardProblem
        Lots, suppliers, bids and rules; money counts, whatever its objective. Its cover is not ``at_most``.
    allocation : Allocation or Award, optional
        The award that is looked at; it keeps all hard rules. Default: the cheapest.
    scenarios : DataFrame or sequence of mappings, optional
        Scenarios of your own: ``probability``; ``failed``: supplier ids (a list, or joined by ``|``), or a mapping of
        them to their losses; ``regions``: all suppliers whose attribute ``region`` is one of these; ``loss``: fraction
        of the capacity that is lost (default 1; of what it was awarded where a supplier states no capacity); ``id``.
        Where the probabilities add up to less than 1, nothing happens in the rest.
    probabilities : str, number or mapping, optional
        Without `scenarios`: every supplier fails wholly and independently with this probability: an attribute of the
        suppliers (default ``failure_probability``), one number for all, or supplier → number (0 for the others).
        Up to 128 sets of failing suppliers are counted out; where there are more, those with at most so many failures
        at once, and the probability of the rest is told (`Failures.leftover`).
    level : float
        Of VaR and CVaR, above 0, below 1.
    weight : float or None
        The best award minimises (1 - weight) x expected cost + weight x CVaR; 0-1. None: it is not sought.
    recourse : {"fill", "reallocate"}, mapping or Recourse
        What may be done: ``fill`` keeps the awards of the others and replaces what is lost, ``reallocate`` buys
        everything anew. A mapping may state ``kind``, ``surcharge`` (fraction of what suppliers deliver beyond their
        award) and ``unserved_cost`` (emergency price a unit for lots that state none).
    gap : float
        Relative gap, 0-1, at which the search may stop.
    time_limit : float
        Seconds for everything together.
    solver : {"highs", "cbc", "scipy"}, optional
        Default: the best that is installed.
    draws : int, optional
        Draw so many scenarios (>= 2) instead of counting them out; figures then have standard errors.
    seed : int
        Of the draws, >= 0.

    Returns
    -------
    DisruptionRisk
        Exploratory. Costs of scenarios are exact; what nobody can deliver is an answer with lot and scenario.

    Raises
    ------
    InvalidInput
        Arguments that make no sense, probabilities outside 0-1 or above 1 together: all findings at once.
    UnknownName, MissingExtra
        The solver is unknown or not installed.

    Notes
    -----
    In recourse capacities, largest shares, whole lots, discounts and hard exclusions hold; numbers of winners, shares,
    budgets and averages do not, nor least shares and quantities (`disruption_recourse`). CVaR of a discrete
    distribution: Rockafellar and Uryasev (2002), proposition 8.

    Examples
    --------
    >>> problem = se.award.read_problem("data/samples/award-regions")
    >>> made = se.award.award_lots(problem, gap=0)
    >>> se.award.disruption_risk(problem, made, scenarios=[{"failed": ["HX"], "probability": 0.05}])
    DisruptionRisk(optimal; 2 scenarios; expected 1,075,300.92; CVaR 0.95 1,084,392.80; best award optimal)
    """
    given = Given(allocation, scenarios, probabilities, level, weight, recourse, draws, seed, gap, time_limit)
    asked = read_arguments(problem, given)
    return _answered(problem, asked, gap, float(time_limit), choose_solver(solver))


def _answered(problem: AwardProblem, asked: Asked, gap: float, seconds: float, solver: str) -> DisruptionRisk:
    ends, half = Ends(seconds), Ends(seconds * (SECOND if asked.weight is not None else 1.0))
    audit = cheapest = asked.audit
    if audit is None or asked.weight is not None:
        made = award_lots(asked.problem, gap=gap, time_limit=FIRST * seconds, solver=solver)
        cheapest = None if made.award is None else audit_award(asked.problem, made.award)
        audit = cheapest if audit is None else audit
        if audit is None:
            return DisruptionRisk(
                problem, made.status, asked.level, asked.recourse, asked.failures, reasons=made.reasons, solver=solver
            )  # fmt: skip
    if cheapest is None or audit.stages[0] < cheapest.stages[0]:
        cheapest = audit
    profile = profile_of(audit, asked.failures, asked.recourse, asked.level, solver=solver, ends=half)
    protection = None
    if asked.weight is not None:
        protection = protect(asked, asked.weight, profile, gap=gap, solver=solver, ends=ends)
    return DisruptionRisk(
        problem=problem,
        status=_status(profile),
        level=asked.level,
        recourse=asked.recourse,
        failures=asked.failures,
        profile=profile,
        cheapest=cheapest if asked.weight is not None else None,
        protection=protection,
        solver=solver,
    )


def _status(profile: RiskProfile) -> Status:
    """Of the award: the worst of its likely scenarios."""
    if profile.infeasible:
        return "infeasible"
    if profile.proven:
        return "optimal"
    if profile.complete:
        return "feasible_at_limit"
    return "error" if any(one.status == "error" for one in profile.likely) else "no_award_found"
