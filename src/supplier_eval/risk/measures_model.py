r"""Which measures to buy within a budget, as a whole-number programme: one variable for each subset at each risk.

.. math::
    \min \sum_r \sum_{T \subseteq M_r} L_r \prod_{m \in T} \varphi_{mr} \; y_{rT}, \qquad
    \sum_T y_{rT} = 1, \qquad \sum_{T \ni m} y_{rT} = x_m, \qquad \sum_m c_m x_m \le B, \qquad x_m \in \{0, 1\}

so that factors multiply exactly although the programme is linear; y need not be whole, x makes it so. Solved by CBC
through pulp, or by scipy's solver where pulp has none. Nothing is trusted: cost and loss are computed again from x.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np

from supplier_eval.risk.measure_sets import MeasureProblem

MOST_AT_RISK = 12
MOST_COLUMNS = 200_000
SECONDS = 60
PULP_OPTIMAL = 1
MOST_CUTS = 50


def too_large(problem: MeasureProblem) -> bool:
    """Whether a risk has more than 12 measures, or all subsets together are more than 200 000."""
    counts = [len(effects) for effects in problem.effects]
    return max(counts, default=0) > MOST_AT_RISK or sum(1 << n for n in counts) > MOST_COLUMNS


def buy_measures(problem: MeasureProblem, budget: int) -> tuple[tuple[int, ...], str] | None:
    """The set that leaves the least expected loss within a budget.

    Parameters
    ----------
    problem : MeasureProblem
        What can be bought; not `too_large`.
    budget : int
        In the unit of the costs.

    Returns
    -------
    (measures, solver) or None
        Positions, and ``"cbc"`` or ``"scipy"``; None where no solver proved an optimum in time.
    """
    rows = _rows(problem, budget)
    solver = _cbc()
    banned: list[tuple[int, ...]] = []
    for _ in range(MOST_CUTS):
        chosen = _by_pulp(rows, solver, banned) if solver is not None else _by_scipy(rows, banned)
        if chosen is None:
            return None
        if problem.cost(chosen) <= budget:
            return chosen, "scipy" if solver is None else "cbc"
        banned.append(chosen)  # within the solver's tolerance only
    return None


class _Rows:
    """The programme in plain figures: columns x, then y; rows that are equal to 0 or 1; costs; losses."""

    def __init__(self, costs: Sequence[float], budget: float) -> None:
        self.costs, self.budget = list(costs), budget
        self.losses: list[float] = [0.0] * len(costs)
        self.equal: list[tuple[dict[int, float], float]] = []


def _rows(problem: MeasureProblem, budget: int) -> _Rows:
    count = len(problem.costs)
    scale = float(max(*problem.costs, 1)) if count else 1.0
    rows = _Rows([cost / scale for cost in problem.costs], budget / scale)
    top = max(problem.losses, default=0.0) or 1.0
    for at, effects in enumerate(problem.effects):
        first = len(rows.losses)
        sums: list[dict[int, float]] = [{measure: -1.0} for measure, _ in effects]
        for bits in range(1 << len(effects)):
            held = frozenset(m for k, (m, _) in enumerate(effects) if bits >> k & 1)
            for k in range(len(effects)):
                if bits >> k & 1:
                    sums[k][first + bits] = 1.0
            rows.losses.append(problem.risk_loss(at, held) / top)
        rows.equal.append((dict.fromkeys(range(first, len(rows.losses)), 1.0), 1.0))
        rows.equal += [(row, 0.0) for row in sums]
    return rows


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


def _by_pulp(rows: _Rows, maker: Any, banned: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:  # noqa: ANN401
    import pulp

    problem = pulp.LpProblem("measures", pulp.LpMinimize)
    count = len(rows.costs)
    kinds = ("Integer" if at < count else "Continuous" for at in range(len(rows.losses)))
    columns = [problem.add_variable(f"v{at:07}", 0, 1, kind) for at, kind in enumerate(kinds)]
    made: Any = getattr(pulp.LpAffineExpression, "from_dict", pulp.LpAffineExpression)
    problem.setObjective(made({columns[at]: loss for at, loss in enumerate(rows.losses)}))
    for at, (row, equals) in enumerate(rows.equal):
        problem.addConstraint(made({columns[c]: v for c, v in row.items()}) == equals, f"e{at}")
    spent = made({columns[at]: cost for at, cost in enumerate(rows.costs)})
    problem.addConstraint(spent <= rows.budget, "budget")
    for at, chosen in enumerate(banned):
        problem.addConstraint(made({columns[c]: 1.0 for c in chosen}) <= len(chosen) - 1, f"b{at}")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PULP_CBC_CMD", category=DeprecationWarning)
        door = maker(msg=False, timeLimit=SECONDS, gapRel=0.0, timeMode="elapsed")
    try:
        problem.solve(door)
    except Exception as failure:
        if type(failure).__name__ != "PulpSolverError":
            raise
        return None
    if problem.sol_status != PULP_OPTIMAL:  # a time-out too says "Optimal" in its status
        return None
    return tuple(at for at in range(count) if float(columns[at].varValue or 0.0) > 0.5)


def _by_scipy(rows: _Rows, banned: Sequence[tuple[int, ...]]) -> tuple[int, ...] | None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    count, width = len(rows.costs), len(rows.losses)
    every = [row for row, _ in rows.equal] + [dict(enumerate(rows.costs))] + [dict.fromkeys(c, 1.0) for c in banned]
    lower = [equals for _, equals in rows.equal] + [-np.inf] * (1 + len(banned))
    upper = [equals for _, equals in rows.equal] + [rows.budget] + [len(chosen) - 1.0 for chosen in banned]
    places = [(at, c) for at, row in enumerate(every) for c in row]
    values = [v for row in every for v in row.values()]
    at = np.array(places, np.int64).reshape(-1, 2).T
    matrix = csr_array((np.array(values), (at[0], at[1])), shape=(len(every), width))
    whole = np.array([1] * count + [0] * (width - count))
    for presolve in (True, False):  # nothing bought is always possible; the presolve of scipy 1.17 may deny it
        found = milp(
            np.array(rows.losses), integrality=whole, bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, np.array(lower), np.array(upper)),
            options={"mip_rel_gap": 0.0, "disp": False, "presolve": presolve, "time_limit": SECONDS},
        )  # fmt: skip
        if found.status == 0:
            return tuple(k for k in range(count) if found.x[k] > 0.5)
    return None
