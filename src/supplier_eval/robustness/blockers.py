"""Who keeps a bid from ever winning: one bid that is never behind it, or a mix of several, within given weights.

A bid can lead all the others under some weights exactly if no mix of them has at least its total under every
allowed weight vector: the two statements are dual linear programmes (Gale, Kuhn and Tucker 1951, "Linear programming
and the theory of games"). The multipliers of the first are the shares of the mix in the second.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

NO_LEAD = 1e-9  # of the scale from 0 to 1: a lead of less than a ten-millionth of a point is none
EXACT = 1e-10  # the tightest that HiGHS takes


class BestLead(NamedTuple):
    """The weights that favour a bid most.

    Attributes
    ----------
    lead : float
        What it is ahead of the best other bid there, in the unit of the leads; not above zero where it never leads.
    weights : ndarray of shape (n_criteria,)
        Weights that give it that lead.
    mix : ndarray of shape (n_rivals,)
        Shares (sum 1) of the mix of rivals against which no weights give it more.
    """

    lead: float
    weights: FloatArray
    mix: FloatArray


def best_lead(
    leads: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike, rows: npt.ArrayLike | None = None
) -> BestLead:
    """Find the allowed weights at which a bid leads the best other bid by most.

    Parameters
    ----------
    leads : array_like of shape (n_criteria, n_rivals)
        Value of the bid minus the value of each rival, in parts of the scale (-1 to 1); at least one rival.
    lower, upper : array_like of shape (n_criteria,)
        Least and largest weight, fractions; some weights that sum to 1 lie between them.
    rows : array_like of shape (n_inequalities, n_criteria), optional
        The weights satisfy ``rows @ w <= 0`` as well.

    Returns
    -------
    BestLead
        By linear programming, to 1e-10.

    Raises
    ------
    ArithmeticError
        If no weights that sum to 1 are allowed.
    """
    from scipy.optimize import linprog

    table = np.asarray(leads, dtype=np.float64)
    k, m = table.shape
    more = np.zeros((0, k)) if rows is None else np.asarray(rows, dtype=np.float64)
    left = np.vstack([np.column_stack([-table.T, np.ones(m)]), np.column_stack([more, np.zeros(len(more))])])
    found = linprog(
        np.append(np.zeros(k), -1.0),
        A_ub=left,
        b_ub=np.zeros(len(left)),
        A_eq=np.append(np.ones(k), 0.0)[np.newaxis],
        b_eq=[1.0],
        bounds=[*zip(np.asarray(lower).tolist(), np.asarray(upper).tolist(), strict=True), (None, None)],
        method="highs",
        options={"primal_feasibility_tolerance": EXACT, "dual_feasibility_tolerance": EXACT},
    )
    if found.status != 0:
        raise ArithmeticError(f"the weights that favour a bid most could not be found: {found.message}")
    mix = np.maximum(-np.asarray(found.ineqlin.marginals)[:m], 0.0)
    x = np.asarray(found.x, dtype=np.float64)
    return BestLead(float(x[k]), x[:k], mix / mix.sum())


def never_ahead(leads: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> FloatArray:
    """Find the largest lead over each rival by itself that any allowed weights give; a rival at or below 0 blocks.

    Parameters
    ----------
    leads : array_like of shape (n_criteria, n_rivals)
        As in `best_lead`.
    lower, upper : array_like of shape (n_criteria,)
        As in `best_lead`.

    Returns
    -------
    ndarray of shape (n_rivals,)
        The largest lead: every weight at its least, and what is left given to the criteria with the largest leads.
    """
    table, low = np.asarray(leads, dtype=np.float64), np.asarray(lower, dtype=np.float64)
    room = np.asarray(upper, dtype=np.float64) - low
    best_first = np.argsort(-table, axis=0, kind="stable")
    rooms = room[best_first]
    before = np.add.accumulate(rooms, axis=0) - rooms
    given = np.clip(1.0 - low.sum() - before, 0.0, rooms)
    return np.asarray(
        sum_in_order(low[:, np.newaxis] * table) + sum_in_order(given * np.take_along_axis(table, best_first, axis=0))
    )


def blocking_mix(leads: npt.ArrayLike, lower: npt.ArrayLike, upper: npt.ArrayLike) -> FloatArray | None:
    """Name the rivals that keep a bid from leading, one bid if one is enough.

    Parameters
    ----------
    leads : array_like of shape (n_criteria, n_rivals)
        As in `best_lead`.
    lower, upper : array_like of shape (n_criteria,)
        As in `best_lead`.

    Returns
    -------
    ndarray of shape (n_rivals,) or None
        Shares of the mix, sum 1; a single 1 for the rival that is farthest ahead where one blocks by itself. None
        where the bid can lead.
    """
    alone = never_ahead(leads, lower, upper)
    if np.min(alone) <= NO_LEAD:
        return np.asarray(np.arange(len(alone)) == np.argmin(alone), dtype=np.float64)
    best = best_lead(leads, lower, upper)
    return best.mix if best.lead <= NO_LEAD else None
