r"""How severe each evaluator is and how far they scatter: an additive model of evaluators and bids.

.. math:: y_{ij} = \beta_j + \alpha_i + \varepsilon_{ij}, \qquad \sum_i \alpha_i = 0

y is what evaluator i gave bid j (a weighted total, or the mark of one criterion), β the bid's adjusted mean,
α the evaluator's effect. Fitted by least squares over the cells that are filled, so a recused evaluator does
not tilt the comparison. Source: Scheffé (1959), The Analysis of Variance, §4.4 (two-way layout with unequal
numbers); leverages as in Hoaglin and Welsch (1978), The American Statistician 32(1).

Plain arrays. The figures describe the panel; no score is corrected with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray, sum_in_order

NO_FREEDOM = 1e-9


@dataclass(frozen=True, eq=False)
class EvaluatorEffects:
    """How each evaluator marks, set against the panel as a whole.

    Parameters
    ----------
    severity : ndarray of shape (n_evaluators,)
        Evaluator effect in mark points, relative to the mean of all evaluators: below zero marks harder,
        above zero marks milder. NaN for an evaluator without marks, and everywhere when there is a `reason`.
    standard_error : ndarray of shape (n_evaluators,)
        Standard error of `severity`; NaN where no degrees of freedom are left.
    spread : ndarray of shape (n_evaluators,)
        Standard deviation of the evaluator's residuals, in mark points, on the degrees of freedom these
        residuals carry; NaN where they carry none.
    n_marks : ndarray of int, shape (n_evaluators,)
        Bids the evaluator has marked.
    degrees_of_freedom : ndarray of shape (n_evaluators,)
        Sum of one minus the leverage over the evaluator's marks; over all evaluators they add up to
        `residual_df`.
    adjusted_means : ndarray of shape (n_bids,)
        What each bid would have had on average from the whole panel, in mark points; NaN without marks.
    residuals : ndarray of shape (n_evaluators, n_bids)
        Mark minus model, in mark points; NaN where no mark was given.
    residual_df : int
        Marks minus fitted parameters.
    residual_sd : float or None
        Standard deviation of all residuals; None without degrees of freedom.
    groups : tuple of tuple of int
        Evaluators that can be compared with each other; more than one group means an unconnected design.
    reason : str or None
        Why there is no answer: ``no_marks``, ``one_evaluator``, ``one_bid`` or ``unconnected``; None when
        there is one.
    """

    severity: FloatArray
    standard_error: FloatArray
    spread: FloatArray
    n_marks: npt.NDArray[np.int64]
    degrees_of_freedom: FloatArray
    adjusted_means: FloatArray
    residuals: FloatArray
    residual_df: int
    residual_sd: float | None
    groups: tuple[tuple[int, ...], ...]
    reason: str | None


def weighted_totals(marks: npt.ArrayLike, weights: npt.ArrayLike) -> FloatArray:
    """Give each evaluator's total for each bid: the weighted mean of their marks over the criteria.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_criteria, n_bids, ...)
        Marks in points, all criteria on one scale; NaN where none was given.
    weights : array_like of shape (n_criteria,)
        Weights ≥ 0 with a positive sum, in any unit; they are divided by their sum.

    Returns
    -------
    ndarray of shape (n_evaluators, n_bids, ...)
        Totals in points of the marks' scale; NaN where a mark is missing whose criterion has a weight above
        zero.

    Raises
    ------
    ValueError
        Weights negative, not finite, without sum, or not one per criterion.
    """
    given = np.asarray(marks, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    if given.ndim < 3 or w.shape != given.shape[1:2]:
        raise ValueError(f"weights of shape {w.shape} do not fit marks of shape {given.shape}")
    if not np.all(np.isfinite(w)) or np.any(w < 0) or not np.any(w > 0):
        raise ValueError("weights must be finite, not negative, and not all zero")
    counted = w > 0
    column = w[counted].reshape(-1, *(1,) * (given.ndim - 2))
    return np.asarray(sum_in_order(given[:, counted] * column, axis=1) / sum_in_order(w))


def severity(marks: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> EvaluatorEffects:
    """Say who marks harder or milder than the panel, and who scatters, in mark points.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_bids) or (n_evaluators, n_criteria, n_bids)
        One figure per evaluator and bid (a total, or the marks of one criterion), or marks per criterion
        together with `weights`. NaN where none was given.
    weights : array_like of shape (n_criteria,), optional
        Turns marks per criterion into totals, see `weighted_totals`.

    Returns
    -------
    EvaluatorEffects
        The effects, or the reason why there are none.

    Raises
    ------
    ValueError
        Marks infinite or of another shape; weights that do not fit.

    Notes
    -----
    Missing cells are left out, not filled. With two evaluators the residuals mirror each other, so both have
    the same spread; it takes three to tell who scatters. Where evaluators fall into groups that share no bid,
    a severe group and weak bids look the same: the answer is ``unconnected``, with the groups.
    """
    y = np.asarray(marks, dtype=np.float64)
    if weights is not None:
        y = weighted_totals(y, weights)
    if y.ndim != 2:
        raise ValueError(f"marks must be evaluators × bids, or come with weights; got shape {y.shape}")
    if np.any(np.isinf(y)):
        raise ValueError("a mark is infinite; a mark that was not given is NaN")
    given = ~np.isnan(y)
    groups = _groups(given)
    reason = _reason(given, groups)
    rows, columns = np.flatnonzero(given.any(axis=1)), np.flatnonzero(given.any(axis=0))
    fit = None if reason else _fit(y[np.ix_(rows, columns)])
    return EvaluatorEffects(
        severity=_place(fit and fit.alpha, (rows,), given.shape[:1]),
        standard_error=_place(fit and fit.error, (rows,), given.shape[:1]),
        spread=_place(fit and fit.spread, (rows,), given.shape[:1]),
        n_marks=np.count_nonzero(given, axis=1).astype(np.int64),
        degrees_of_freedom=np.nan_to_num(_place(fit and fit.freedom, (rows,), given.shape[:1])),
        adjusted_means=_place(fit and fit.beta, (columns,), given.shape[1:]),
        residuals=_place(fit and fit.residuals, np.ix_(rows, columns), given.shape),
        residual_df=fit.df if fit else 0,
        residual_sd=fit.sd if fit else None,
        groups=groups,
        reason=reason,
    )


def _reason(given: npt.NDArray[np.bool_], groups: tuple[tuple[int, ...], ...]) -> str | None:
    """Why the model has no answer; None when it has."""
    if not given.any():
        return "no_marks"
    if np.count_nonzero(given.any(axis=1)) < 2:
        return "one_evaluator"
    if np.count_nonzero(given.any(axis=0)) < 2:
        return "one_bid"
    return "unconnected" if len(groups) > 1 else None


def _groups(given: npt.NDArray[np.bool_]) -> tuple[tuple[int, ...], ...]:
    """Evaluators joined by bids they share, directly or through others."""
    shares = (given.astype(np.int64) @ given.T.astype(np.int64)) > 0
    for _ in range(int(given.shape[0]).bit_length()):
        shares = (shares.astype(np.int64) @ shares.astype(np.int64)) > 0
    rows = {tuple(int(i) for i in np.flatnonzero(row)) for row in shares}
    return tuple(sorted(group for group in rows if group))


class _Fit(NamedTuple):
    """Figures of the rows and columns that have marks, in the letters of the formula."""

    alpha: FloatArray
    beta: FloatArray
    residuals: FloatArray
    error: FloatArray
    spread: FloatArray
    freedom: FloatArray
    df: int
    sd: float | None


def _fit(y: FloatArray) -> _Fit:
    """Least squares with the bids eliminated: A α = r; A is singular along a shift of all evaluators."""
    given = ~np.isnan(y)
    g, y0, k = given.astype(np.float64), np.where(given, y, 0.0), y.shape[0]
    n_row, n_column = sum_in_order(g, axis=1), sum_in_order(g, axis=0)
    a = np.diag(n_row) - (g / n_column) @ g.T
    r = sum_in_order(g * (y0 - sum_in_order(y0, axis=0) / n_column), axis=1)
    a_plus = np.asarray(np.linalg.inv(a + 1.0 / k) - 1.0 / k, dtype=np.float64)
    alpha = np.asarray(a_plus @ r)
    alpha = alpha - sum_in_order(alpha) / k
    beta = sum_in_order(g * (y0 - alpha[:, np.newaxis]), axis=0) / n_column
    residuals = np.where(given, y - alpha[:, np.newaxis] - beta, np.nan)
    squares = sum_in_order(np.where(given, residuals, 0.0) ** 2, axis=1)
    freedom = sum_in_order(g * (1.0 - _leverage(a_plus, g, n_column)), axis=1)
    freedom = np.where(freedom > NO_FREEDOM, freedom, 0.0)
    spread = np.sqrt(squares / np.where(freedom > 0, freedom, np.nan))
    df = int(np.count_nonzero(given)) - k - y.shape[1] + 1
    sd = float(np.sqrt(sum_in_order(squares) / df)) if df > 0 else None
    error = np.sqrt(np.diag(a_plus)) * (np.nan if sd is None else sd)
    return _Fit(alpha, beta, residuals, error, spread, freedom, df, sd)


def _leverage(a_plus: FloatArray, g: FloatArray, n_column: FloatArray) -> FloatArray:
    """Leverage of each cell: 1/n_j + c'A⁺c with c = e_i - g_j/n_j."""
    share = g / n_column
    cross = a_plus @ share
    both = sum_in_order(share * cross, axis=0)
    return np.asarray(1.0 / n_column + np.diag(a_plus)[:, np.newaxis] - 2.0 * cross + both)


def _place(figures: FloatArray | None, index: tuple[npt.NDArray[np.intp], ...], shape: tuple[int, ...]) -> FloatArray:
    """Put the figures back in the places of the whole table; NaN elsewhere."""
    whole = np.full(shape, np.nan)
    if figures is not None:
        whole[index] = figures
    return whole
