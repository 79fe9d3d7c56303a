"""From a matrix of pairwise judgements to priorities: eigenvector and geometric mean, complete or with gaps.

Plain arrays. ``matrix[i, j]`` says how many times i is worth j; it is reciprocal, 1 on the diagonal, NaN where nobody
judged, and the judgements connect all criteria.
"""

from __future__ import annotations

import numpy as np

from supplier_eval.policy.pairwise import groups_of
from supplier_eval.policy.weights import FloatArray, normalised

SETTLED = 1e-11


def principal(matrix: FloatArray) -> tuple[float, FloatArray]:
    """Largest eigenvalue of a positive matrix and its eigenvector, summing to 1 (Saaty 1977)."""
    values, vectors = np.linalg.eig(matrix)
    k = int(np.argmax(values.real))
    return float(values[k].real), normalised(np.abs(vectors[:, k].real))


def log_least_squares(matrix: FloatArray) -> FloatArray:
    """Priorities whose ratios are nearest to the judgements in logarithms, summing to 1.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Judgements; NaN where nobody judged.

    Returns
    -------
    ndarray of shape (n,)
        For a complete matrix the geometric means of the rows.

    References
    ----------
    Crawford & Williams 1985, J. Math. Psychol. 29:387-405; with gaps: Kwiesielewicz 1996, EJOR 93:223-230; Bozóki,
    Fülöp & Rónyai 2010, Math. Comput. Model. 52:318-333 (unique where the judgements connect all criteria).
    """
    n = matrix.shape[0]
    logs = np.log(matrix)
    known = ~np.isnan(logs)
    laplacian = np.diag(known.sum(axis=1)).astype(np.float64) - known
    right = np.where(known, logs, 0.0).sum(axis=1)
    x = np.linalg.solve(laplacian + 1.0 / n, right)  # the added term only fixes the mean at 0
    return normalised(np.exp(x - x.max()))


def harker(matrix: FloatArray) -> tuple[float, FloatArray]:
    """Largest eigenvalue and priorities where each gap stands for the ratio of the priorities (Harker 1987).

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Judgements; NaN where nobody judged.

    Returns
    -------
    tuple of float and ndarray of shape (n,)
        Eigenvalue and eigenvector of the matrix with 0 in the gaps and 1 + (gaps in the row) on the diagonal.

    References
    ----------
    Harker 1987, Incomplete pairwise comparisons in the analytic hierarchy process, Math. Modelling 9(11):837-848.
    """
    gaps = np.isnan(matrix)
    filled = np.where(gaps, 0.0, matrix)
    return principal(filled + np.diag(gaps.sum(axis=1).astype(np.float64)))


def least_inconsistent(matrix: FloatArray) -> FloatArray:
    """The matrix with its gaps filled so that the largest eigenvalue is least.

    Parameters
    ----------
    matrix : ndarray of shape (n, n)
        Judgements; NaN where nobody judged.

    Returns
    -------
    ndarray of shape (n, n)
        Complete and reciprocal.

    Notes
    -----
    The eigenvalue is convex in the logarithms of the gaps, and its minimum unique where the judgements connect all
    criteria; it is found by BFGS with the exact gradient, from the log-least-squares completion.

    References
    ----------
    Shiraishi, Obata & Daigo 1998; Bozóki, Fülöp & Rónyai 2010, Math. Comput. Model. 52:318-333, theorem 2.
    """
    rows, columns = np.nonzero(np.triu(np.isnan(matrix)))
    if not rows.size:
        return matrix.copy()
    from scipy.optimize import minimize

    def filled(logs: FloatArray) -> FloatArray:
        full = matrix.copy()
        full[rows, columns], full[columns, rows] = np.exp(logs), np.exp(-logs)
        return full

    def eigenvalue(logs: FloatArray) -> tuple[float, FloatArray]:
        full = filled(logs)
        lam, right = principal(full)
        _, left = principal(full.T)
        up = left[rows] * full[rows, columns] * right[columns]
        down = left[columns] * full[columns, rows] * right[rows]
        return lam, (up - down) / float(left @ right)

    start = log_least_squares(matrix)
    found = minimize(
        eigenvalue, np.log(start[rows] / start[columns]), jac=True, method="BFGS", options={"gtol": SETTLED}
    )
    return filled(np.asarray(found.x, dtype=np.float64))


def ratios_of_error(matrix: FloatArray, priorities: FloatArray) -> FloatArray:
    """Each judgement over the ratio of the priorities: 1 where it agrees with all the others (NaN where none)."""
    return np.asarray(matrix * priorities[np.newaxis, :] / priorities[:, np.newaxis])


def farthest_judgement(matrix: FloatArray, priorities: FloatArray) -> tuple[int, int] | None:
    """The pair (i worth more than j, or equal) whose judgement is farthest from the rest; None if all agree.

    References
    ----------
    Saaty 2003, EJOR 145(1):85-91: the largest entry of the matrix of error ratios.
    """
    off = np.round(np.abs(np.log(ratios_of_error(matrix, priorities))), 9)
    off = np.where(np.isnan(off), 0.0, off)
    if not off.any():
        return None
    i, j = divmod(int(np.argmax(off)), off.shape[0])
    return (i, j) if matrix[i, j] >= 1 else (j, i)


def implied_by_others(matrix: FloatArray, i: int, j: int) -> float | None:
    """How many times i is worth j by all the other judgements; None where they do not connect the two.

    Saaty 2003: the pair is taken for unjudged, and the priorities computed as Harker 1987 does.
    """
    without = matrix.copy()
    without[i, j] = without[j, i] = np.nan
    if len(groups_of(without)) > 1:
        return None
    _, priorities = harker(without)
    return float(priorities[i] / priorities[j])
