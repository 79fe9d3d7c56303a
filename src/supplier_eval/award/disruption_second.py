"""The recourse to a given award in one scenario: the least that it can cost, and what nobody can deliver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.award.disruption_exact import Delivery, ExactRecourse
from supplier_eval.award.disruption_links import Links, stage_of_award, stage_of_model
from supplier_eval.award.disruption_recourse import scenario_problem
from supplier_eval.award.disruption_widened import builder_behind, widened
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.grid import award_of, shares_of_bids
from supplier_eval.award.model import solve
from supplier_eval.award.parts import ZERO

if TYPE_CHECKING:
    from supplier_eval.award.audit import Audit
    from supplier_eval.award.awarded import Award
    from supplier_eval.award.disruption_recourse import Recourse
    from supplier_eval.award.disruption_scenarios import Failure
    from supplier_eval.award.formulation import Formulation
    from supplier_eval.award.outcome import Status
    from supplier_eval.award.problem import AwardProblem
    from supplier_eval.award.program import Program

RELATIVE = 1e-9
LEAST = 1e-6


@dataclass(frozen=True, eq=False)
class ScenarioCost:
    """What an award comes to in one scenario.

    Parameters
    ----------
    failure : Failure
        Who loses how much.
    status : Status
        ``optimal``: proven, to half a minor unit, that recourse cannot be cheaper; ``feasible_at_limit``: found, not
        proven; ``infeasible``: somebody cannot be replaced and there is no emergency price; ``no_award_found`` or
        ``error``: the search ended without an answer.
    cost : Fraction or None
        All money in this scenario; None where there is no recourse, or none was found.
    bound : float or None
        What it costs at least, as proven.
    unserved : mapping
        Lot → quantity that stays unserved beyond what the award leaves open; where infeasible: what has to be
        served and cannot be. Demand units, exact but where infeasible.
    delivered : Award or None
        Who delivers how much; the award itself where nobody awarded anything is hit.
    """

    failure: Failure
    status: Status
    cost: Fraction | None = None
    bound: float | None = None
    unserved: Mapping[str, Fraction] = field(default_factory=dict)
    delivered: Award | None = field(default=None, repr=False)


def cost_in_scenario(
    audit: Audit, failure: Failure, recourse: Recourse, *, solver: str, time_limit: float
) -> ScenarioCost:
    """The least cost of an award in one scenario.

    Parameters
    ----------
    audit : Audit
        The award, audited with cost as its objective; valid.
    failure : Failure
        Who loses how much.
    recourse : Recourse
        What may be done.
    solver : {"highs", "cbc", "scipy"}
        Which solver.
    time_limit : float
        Seconds.

    Returns
    -------
    ScenarioCost
        Where nobody who is awarded anything is hit nothing is done: the cost of the award.
    """
    problem, award = audit.problem, audit.award
    if not set(failure.lost) & set(audit.suppliers):
        return ScenarioCost(failure, "optimal", audit.stages[0], float(audit.stages[0]), delivered=award)
    block = scenario_problem(problem, failure, recourse)
    made = _linked(problem, block, award, failure, recourse)
    exact = ExactRecourse(problem, block, award, failure, recourse)
    found = solve(made.program, solver=solver, time_limit=time_limit, relaxed=not _has_whole(made.program))
    if found.status == "infeasible":
        missing = _missing(problem, award, failure, recourse, solver, time_limit)
        return ScenarioCost(failure, "infeasible", unserved=missing)
    if found.values is None:
        return ScenarioCost(failure, found.status, bound=found.bound)
    penalty = float(exact.penalty)
    delivery = _delivery(exact, made, found.values, made.program.objective(found.values) + penalty)
    bound = None if found.bound is None else found.bound + penalty
    if delivery is None or not _meets(delivery.cost, bound, problem):
        delivery = _cheaper(delivery, _on_grid(exact, made, solver, time_limit))
    if delivery is None:
        return ScenarioCost(failure, "no_award_found", bound=bound)
    status: Status = "optimal" if _meets(delivery.cost, bound, problem) else "feasible_at_limit"
    return ScenarioCost(failure, status, delivery.cost, bound, delivery.unserved, delivery.award)


def _linked(
    problem: AwardProblem, block: AwardProblem, award: Award, failure: Failure, recourse: Recourse
) -> Formulation:
    """The model of a scenario after a given award."""
    made = formulate(block)
    more = builder_behind(made.n_columns)
    links = Links(problem, block, stage_of_award(problem, award), stage_of_model(made), more)
    cost = links.add(failure, recourse)
    used = np.flatnonzero(made.cost).tolist()
    return widened(made, [], more, cost | {column: float(made.cost[column]) for column in used})


def _has_whole(program: Program) -> bool:
    """True where a row has a variable that must be whole; the bound of a linear program is told in another way."""
    return bool(program.integer[program.matrix.indices].any())


def _delivery(exact: ExactRecourse, made: Formulation, values: np.ndarray, enough: float) -> Delivery | None:
    columns = made.columns
    shares = dict(zip(columns.bids, shares_of_bids(made, values).tolist(), strict=True))
    return exact.from_shares(shares, award_of(made, values).bundles, enough)


def _on_grid(exact: ExactRecourse, made: Formulation, solver: str, time_limit: float) -> Delivery | None:
    """In whole units of the scenario's own grid."""
    found = solve_formulation(made, solver=solver, time_limit=time_limit)
    return None if found.award is None else exact.judged(found.award)


def _cheaper(first: Delivery | None, second: Delivery | None) -> Delivery | None:
    known = [one for one in (first, second) if one is not None]
    return min(known, key=lambda one: one.cost, default=None)


def _meets(cost: Fraction, bound: float | None, problem: AwardProblem) -> bool:
    if bound is None:
        return False
    return float(cost) <= bound + float(problem.terms.cent) / 2 + RELATIVE * abs(bound)


def _missing(
    problem: AwardProblem, award: Award, failure: Failure, recourse: Recourse, solver: str, time_limit: float
) -> dict[str, Fraction]:
    """Lot → quantity that has to be served and cannot be, in all as little as possible."""
    block = scenario_problem(problem, failure, recourse, elastic=True)
    made = _linked(problem, block, award, failure, recourse)
    must = {key for key, lot in scenario_problem(problem, failure, recourse).lots.items() if lot.unserved_cost is None}
    cost = np.zeros(made.n_columns)
    places = dict(zip(made.columns.lots, made.columns.unserved.tolist(), strict=True))
    for key in must:
        cost[places[key]] = float(problem.lots[key].demand)
    found = solve(made.program.minimising(cost), solver=solver, time_limit=time_limit)
    if found.values is None:
        return {}
    short = {key: float(found.values[places[key]]) for key in sorted(must)}
    near = {key: Fraction(share).limit_denominator(10**6) for key, share in short.items() if share > LEAST}
    return {key: share * problem.lots[key].demand for key, share in near.items() if share > ZERO}
