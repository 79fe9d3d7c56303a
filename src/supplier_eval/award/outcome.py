"""What one run of a solver gave, in our own words, and one line of the log of a search."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Status: TypeAlias = Literal[
    "optimal", "within_gap", "feasible_at_limit", "infeasible", "unbounded", "no_award_found", "error"
]


@dataclass(frozen=True)
class Step:
    """One line of the log of a search: when, what, which award, which bound.

    Parameters
    ----------
    seconds : float
        Since the start.
    stage : str
        What was tried: ``structure``, ``relaxation``, ``start``, ``restricted``, ``neighbourhood``, ``whole``.
    objective, bound : float or None
        Best audited objective and best proven bound so far, to be minimised; None where there is none yet.
    """

    seconds: float
    stage: str
    objective: float | None
    bound: float | None


@dataclass(frozen=True, eq=False)
class Outcome:
    """What one run of a solver gave, in our own words.

    Parameters
    ----------
    status : Status
        Our status; ``within_gap`` and ``feasible_at_limit`` have values, ``infeasible`` has none.
    values : ndarray of float or None, shape (n_columns,)
        Value of every variable, in the formulation's order; None where none was found.
    objective, bound : float or None
        Minimised objective of the values, and the proven lower bound; None where there is none.
    solver : str
        ``highs``, ``cbc``, ``scipy``.
    seconds : float
        Wall-clock time.
    message : str
        What the solver said, for the log.
    duals : ndarray of float or None, shape (n_rows,)
        Of a relaxation: the price of each row, where the solver gives it.
    """

    status: Status
    values: NDArray[np.float64] | None = None
    objective: float | None = None
    bound: float | None = None
    solver: str = ""
    seconds: float = 0.0
    message: str = ""
    duals: NDArray[np.float64] | None = None

    def told(self, solver: str, seconds: float) -> Outcome:
        """The same outcome with who gave it and how long it took."""
        return replace(self, solver=solver, seconds=seconds)
