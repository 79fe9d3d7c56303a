"""What the solvers say, in our own words: time-outs, infeasible and unbounded told apart for each of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.award.outcome import Outcome, Status

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

NO_BOUND = 1e49
PULP_OPTIMAL, PULP_FEASIBLE, PULP_UNBOUNDED = 1, 2, -2


def unconstrained(model: Program) -> Outcome:
    """Of a program whose rows have no variables, which not every solver takes."""
    if (model.row_lower > 0).any() or (model.row_upper < 0).any():
        return Outcome("infeasible", message="a row without variables cannot hold")
    values = np.where(model.cost < 0, model.upper, model.lower)
    if not np.isfinite(values).all():
        return Outcome("unbounded", message="nothing limits a variable")
    return Outcome("optimal", values, model.objective(values), model.objective(values), message="nothing to decide")


def highs_answer(
    highs: Any,  # noqa: ANN401 - highspy has no types, and may be missing
    model: Program,
    places: NDArray[np.int64],
    rows: NDArray[np.int64],
    relaxed: bool,
    gap: float,
) -> Outcome:  # fmt: skip
    """Of a HiGHS model that has run; `places` and `rows` say which of ours each of its columns and rows is."""
    said = highs.modelStatusToString(highs.getModelStatus())
    info, solution = highs.getInfo(), highs.getSolution()
    found = info.primal_solution_status == 2
    values = None
    if found:
        values = model.lower.copy()
        values[places] = solution.col_value
    if relaxed:
        solved = said == "Optimal"
        objective = model.objective(values) if values is not None and solved else None
        duals = duals_by_row(model, rows, np.array(solution.row_dual)) if solution.dual_valid else None
        status: Status = "optimal" if solved else _without_solution(said)
        return Outcome(status, values if solved else None, objective, objective, message=said, duals=duals)
    bound = _finite(info.mip_dual_bound, model)
    if said == "Optimal" and values is not None and not has_whole(model):
        bound = model.objective(values)
    if values is None:
        return Outcome(_without_solution(said), bound=bound, message=said)
    status = ("optimal" if gap == 0 else "within_gap") if said == "Optimal" else "feasible_at_limit"
    return Outcome(status, values, model.objective(values), bound, message=said)


def has_whole(model: Program) -> bool:
    """True where a whole variable stands in a row: else solvers take the program for linear, and state no bound."""
    return bool(model.integer[np.unique(model.matrix.indices)].any())


def duals_by_row(model: Program, rows: NDArray[np.int64], duals: Vector) -> Vector:
    """Duals of a solver's constraints, of which a row between two limits has two, as duals of the rows."""
    found: Vector = np.zeros(model.n_rows)
    np.add.at(found, rows, duals)
    return found


def _without_solution(said: str) -> Status:
    words = said.lower()
    if words == "infeasible":
        return "infeasible"
    if "unbounded" in words:
        return "unbounded"
    return "no_award_found" if "limit" in words or "interrupt" in words else "error"


def scipy_answer(model: Program, found: Any, gap: float) -> Outcome:  # noqa: ANN401 - scipy's result
    """Of scipy's ``milp``."""
    statuses: dict[int, Status] = {1: "no_award_found", 2: "infeasible", 3: "unbounded"}
    if found.x is None:
        unsure: Status = "unbounded" if "unbounded" in found.message.lower() else "error"
        return Outcome(statuses.get(found.status, unsure), message=found.message)
    bound = _finite(found.mip_dual_bound, model)
    if found.status == 0 and not has_whole(model):
        bound = model.objective(found.x)
    solved: Status = "optimal" if gap == 0 else "within_gap"
    return Outcome(
        solved if found.status == 0 else "feasible_at_limit", found.x, model.objective(found.x), bound,
        message=found.message,
    )  # fmt: skip


def cbc_answer(model: Program, values: Vector, solved: int, said: str, relaxed: bool, gap: float) -> Outcome:
    """CBC's time-out is reported as optimal by its status: the solution status and the log tell them apart."""
    bounds = [float(found) for found in re.findall(r"Lower bound:\s+(-?[\d.e+-]+)", said)]
    result = (re.findall(r"Result - (.+)", said) or re.findall(r"(Problem is infeasible|Unbounded)", said) or [""])[-1]
    bound = _finite(bounds[-1], model) if bounds else None
    if solved == PULP_OPTIMAL:
        objective = model.objective(values)
        status: Status = "optimal" if gap == 0 or relaxed else "within_gap"
        return Outcome(status, values, objective, objective if gap == 0 or relaxed else bound, message=result)
    if solved == PULP_FEASIBLE:
        return Outcome("feasible_at_limit", values, model.objective(values), bound, message=result)
    if solved == PULP_UNBOUNDED:
        return Outcome("unbounded", message=result)
    if "infeasible" in result.lower() and "unbounded" not in result.lower():
        return Outcome("infeasible", message=result)
    if "infeasible or unbounded" in said and np.isfinite(model.upper).all() and np.isfinite(model.lower).all():
        return Outcome("infeasible", message="Pre-processing says infeasible")
    return Outcome("no_award_found" if "time" in said.lower() else "error", bound=bound, message=result or said[-400:])


def _finite(bound: float | None, model: Program) -> float | None:
    return None if bound is None or not abs(bound) < NO_BOUND else float(bound) + model.constant
