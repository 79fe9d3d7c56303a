"""The door to the solvers: pulp builds the model; HiGHS, CBC or scipy's solver solves it; the answer in our words.

Nothing here is trusted further on: an award is audited exactly before it is returned.
"""

from __future__ import annotations

import os
import tempfile
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import numpy as np

from supplier_eval.award.answers import cbc_answer, duals_by_row, highs_answer, scipy_answer, unconstrained
from supplier_eval.award.linear import scipy_relaxed
from supplier_eval.award.outcome import Outcome
from supplier_eval.award.program import with_whole_bounds
from supplier_eval.award.quiet import quiet
from supplier_eval.errors import MissingExtra, UnknownName

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pulp import LpProblem

    from supplier_eval.award.program import Program

    Vector = NDArray[np.float64]

SOLVERS = ("highs", "cbc", "scipy")
SCIPY_INFEASIBLE = 2
Watch = Callable[[float, float | None, float | None], None]


def solvers_installed() -> tuple[str, ...]:
    """Names of the solvers that work here, in order of preference."""
    from importlib.util import find_spec

    found = [] if find_spec("highspy") is None else ["highs"]
    return (*found, *(("cbc",) if _cbc() else ()), "scipy")


def choose_solver(name: str | None) -> str:
    """The solver asked for, or the best that is installed.

    Raises
    ------
    UnknownName
        No solver of that name is known.
    MissingExtra
        It is known but not installed.
    """
    installed = solvers_installed()
    if name is None:
        return installed[0]
    if name not in SOLVERS:
        raise UnknownName("solver", name, SOLVERS)
    if name not in installed:
        raise MissingExtra(name, name)
    return name


def solve(
    model: Program,
    *,
    solver: str,
    gap: float = 0.0,
    time_limit: float = 60.0,
    relaxed: bool = False,
    start: Vector | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Run one solver once.

    Parameters
    ----------
    model : Program
        What to solve.
    solver : {"highs", "cbc", "scipy"}
        Which one.
    gap : float
        Relative gap at which to stop; 0 asks for the proven optimum.
    time_limit : float
        Seconds of wall-clock time.
    relaxed : bool
        Solve the linear relaxation; the outcome then has row duals where the solver gives them.
    start : ndarray of float, shape (n_columns,), optional
        A feasible point to start from (not with scipy's).
    watch : callable, optional
        Called with seconds, best objective and bound while HiGHS runs.

    Returns
    -------
    Outcome
        A solver that crashes or is killed gives status ``error`` with what it said; Ctrl-C goes through.
    """
    began = time.monotonic()
    limit = max(time_limit, 0.01)
    model = model if relaxed else with_whole_bounds(model)
    if (model.lower > model.upper).any():
        return Outcome("infeasible", message="the bounds of a variable leave nothing").told(solver, 0.0)
    if not model.matrix.nnz:
        return unconstrained(model).told(solver, 0.0)
    try:
        if solver == "scipy":
            outcome = _scipy(model, gap, limit, relaxed)
        elif solver == "cbc":
            outcome = _run_cbc(model, gap, limit, relaxed, start)
            if outcome.status == "infeasible" and not relaxed:  # CBC says so of some programs that are not
                outcome = _scipy(model, gap, max(0.05, limit - (time.monotonic() - began)), relaxed)
        else:
            outcome = _highs(model, gap, limit, relaxed, start, watch)
    except (RuntimeError, ValueError, OSError, ArithmeticError) as failure:
        outcome = Outcome("error", message=f"{type(failure).__name__}: {failure}")
    except Exception as failure:
        if type(failure).__name__ != "PulpSolverError":
            raise
        outcome = Outcome("error", message=str(failure))
    return outcome.told(solver, time.monotonic() - began)


def as_pulp(model: Program, *, relaxed: bool = False) -> LpProblem:
    """The model as a pulp problem; variables named in the order of the columns.

    Raises
    ------
    MissingExtra
        When pulp is not installed.
    """
    try:
        import pulp
    except ImportError as missing:
        raise MissingExtra("pulp", "pulp") from missing
    problem = pulp.LpProblem("award", pulp.LpMinimize)
    width = len(str(model.n_columns))
    whole = model.integer & (not relaxed)
    bounds = zip(model.lower.tolist(), model.upper.tolist(), whole.tolist(), strict=True)
    variables = [
        problem.add_variable(
            f"x{at:0{width}}", low, high if high < np.inf else None, "Integer" if integer else "Continuous"
        )
        for at, (low, high, integer) in enumerate(bounds)
    ]
    made: Callable[[dict[Any, float]], Any] = getattr(pulp.LpAffineExpression, "from_dict", pulp.LpAffineExpression)
    used = np.flatnonzero(model.cost) if model.cost.any() else np.array([0])  # pulp adds a column to an empty objective
    costs = zip(used.tolist(), model.cost[used].tolist(), strict=True)
    problem.setObjective(made({variables[at]: cost for at, cost in costs}))
    matrix = model.matrix
    starts, columns, values = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    limits = zip(model.row_lower.tolist(), model.row_upper.tolist(), strict=True)
    for row, (low, high) in enumerate(limits):
        span = range(starts[row], starts[row + 1])
        terms = made({variables[columns[at]]: values[at] for at in span})
        if low == high:
            problem.addConstraint(terms == low, f"r{row}")
            continue
        if high < np.inf:
            problem.addConstraint(terms <= high, f"r{row}")
        if low > -np.inf:
            problem.addConstraint(terms >= low, f"s{row}")
    return problem


def _highs(
    model: Program, gap: float, limit: float, relaxed: bool, start: Vector | None, watch: Watch | None
) -> Outcome:
    """Pulp builds the model; HiGHS then runs beside the main thread, so that Ctrl-C can stop it."""
    import pulp

    _greeted()
    problem = as_pulp(model, relaxed=relaxed)
    settings = {"gapRel": gap, "gapAbs": 0.0, "timeLimit": limit, "threads": 1, "output_flag": False}
    door = pulp.HiGHS(msg=False, **settings)
    door.createAndConfigureSolver(problem)
    door.buildSolverModel(problem)
    highs = problem.solverModel
    places = _places(problem)
    if start is not None and not relaxed:
        highs.setSolution(places.size, np.arange(places.size, dtype=np.int32), start[places])
    if watch is not None:
        began = time.monotonic()
        highs.cbMipLogging += lambda event: watch(
            time.monotonic() - began, event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        )
    runner = Thread(target=highs.run, daemon=True)
    runner.start()
    try:
        while runner.is_alive():
            runner.join(0.2)
    except KeyboardInterrupt as stop:
        highs.cancelSolve()
        runner.join()
        stop.outcome = highs_answer(highs, model, places, _row_places(problem), relaxed, gap)  # type: ignore[attr-defined]
        raise
    return highs_answer(highs, model, places, _row_places(problem), relaxed, gap)


def _places(problem: LpProblem) -> NDArray[np.int64]:
    """Column of each of pulp's variables, which it sorts by name and drops where no row has them."""
    return np.array([int(variable.name[1:]) for variable in problem.variables()], dtype=np.int64)


def _row_places(problem: LpProblem) -> NDArray[np.int64]:
    """Row of each of pulp's constraints: a row between two limits is two of them."""
    return np.array([int(row.name[1:]) for row in _constraints(problem)], dtype=np.int64)


def _constraints(problem: LpProblem) -> list[Any]:
    """Pulp's constraints in order: a mapping by name in pulp 3, a method in pulp 4."""
    held = problem.constraints
    return list(held() if callable(held) else held.values())


@cache
def _greeted() -> None:
    """HiGHS greets once in a process; the greeting is swallowed here, where it would come."""
    import highspy

    with quiet():
        highspy.Highs()  # type: ignore[no-untyped-call]


def _scipy(model: Program, gap: float, limit: float, relaxed: bool) -> Outcome:
    from scipy.optimize import Bounds, LinearConstraint, milp

    if relaxed:
        return scipy_relaxed(model, limit)
    began = time.monotonic()
    options: Any = {"mip_rel_gap": gap, "disp": False}
    rows = LinearConstraint(model.matrix, model.row_lower, model.row_upper)
    with quiet():
        for presolved in (True, False):  # the presolve of scipy 1.17 calls some programs infeasible that are not
            left = max(0.05, limit - (time.monotonic() - began))
            found = milp(
                model.cost,
                integrality=model.integer.astype(int),
                bounds=Bounds(model.lower, model.upper),
                constraints=rows,
                options=options | {"presolve": presolved, "time_limit": left},
            )
            if found.status != SCIPY_INFEASIBLE:
                break
    return scipy_answer(model, found, gap)


def _cbc() -> Any:  # noqa: ANN401 - pulp has no types
    """A maker of pulp's CBC solver, or None: pulp 3 carries one, pulp 4 finds an installed one."""
    try:
        import pulp
    except ImportError:
        return None
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PULP_CBC_CMD", category=DeprecationWarning)
        for name in ("COIN_CMD", "PULP_CBC_CMD"):
            maker = getattr(pulp, name, None)
            if maker is not None and maker(msg=False).available():
                return maker
    return None


def _run_cbc(model: Program, gap: float, limit: float, relaxed: bool, start: Vector | None) -> Outcome:

    problem = as_pulp(model, relaxed=relaxed)
    if start is not None:
        for variable in problem.variables():
            variable.setInitialValue(float(start[int(variable.name[1:])]), check=False)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "cbc.log"
        maker = _cbc()
        if maker is None:
            raise MissingExtra("cbc", "cbc")
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="PULP_CBC_CMD", category=DeprecationWarning)
            door = maker(
                msg=False, mip=not relaxed, timeLimit=limit, gapRel=gap, threads=None, timeMode="elapsed",
                warmStart=start is not None, logPath=os.fspath(log),
            )  # fmt: skip
        problem.solve(door)
        said = log.read_text(errors="replace") if log.exists() else ""
    values = model.lower.copy()
    values[_places(problem)] = [float(variable.varValue or 0.0) for variable in problem.variables()]
    answer = cbc_answer(model, values, problem.sol_status, said, relaxed, gap)
    if not relaxed or answer.status != "optimal":
        return answer
    prices = np.array([float(row.pi or 0.0) for row in _constraints(problem)])
    return replace(answer, duals=duals_by_row(model, _row_places(problem), prices))
