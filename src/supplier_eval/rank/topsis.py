r"""TOPSIS: a bid is good if it is near the best figures and far from the worst.

.. math::
    v_{ib} = w_i \, r_{ib}, \qquad
    D_b^+ = \sqrt{\sum_i (v_{ib} - v_i^+)^2}, \qquad
    D_b^- = \sqrt{\sum_i (v_{ib} - v_i^-)^2}, \qquad
    C_b = \frac{D_b^-}{D_b^+ + D_b^-}

with :math:`r` the normalised values, :math:`v_i^+` the best and :math:`v_i^-` the worst figure of criterion *i*.

Source: Hwang and Yoon (1981), "Multiple Attribute Decision Making", Springer, pp. 128-140, eqs. 3.29-3.36;
Tzeng and Huang (2011), "Multiple Attribute Decision Making", CRC Press, ch. 4, eqs. 4.1-4.6.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.sums import sum_sorted


def topsis(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    normalisation: str = "vector",
    bounds: npt.ArrayLike | None = None,
) -> MethodScores:
    """Rank by relative closeness to the best figures.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, each criterion in its own unit.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    normalisation : str
        Key in ``NORMALISATIONS``. With ``"fixed"`` best and worst are the bounds, not figures of bids, and no bid can
        turn the order of two others.
    bounds : array_like of shape (n_criteria, 2), optional
        Lowest and highest figure of each criterion, for ``"fixed"``.

    Returns
    -------
    MethodScores
        `score` is the closeness, from 0 to 1, higher is better; 1 for all where no criterion parts the bids.
        Figures: ``distance_best``, ``distance_worst``.
    """
    table = decision_table(values, weights, directions)
    v = normalise(table.values, directions, normalisation, bounds)
    v *= table.weights
    if normalisation == "fixed":
        best, worst = table.weights, np.zeros_like(table.weights)
    else:
        best, worst = (end.reduce(v, axis=1, keepdims=True) for end in (np.maximum, np.minimum))
    apart = np.empty((v.shape[0], 2, *v.shape[1:]))
    np.subtract(best, v, out=apart[:, 0])
    np.subtract(v, worst, out=apart[:, 1])
    D_best, D_worst = np.sqrt(sum_sorted(np.multiply(apart, apart, out=apart), spent=True))
    whole = D_best + D_worst
    apart_at_all = whole.min() > 0
    closeness = D_worst / whole if apart_at_all else np.where(whole > 0, D_worst / np.where(whole > 0, whole, 1.0), 1.0)
    figures = {"distance_best": D_best, "distance_worst": D_worst}
    return MethodScores(closeness, figures, {"normalisation": normalisation})


METHOD = RankingMethod(
    name="topsis",
    title="TOPSIS",
    function=topsis,
    source="Hwang and Yoon 1981, Multiple Attribute Decision Making, eqs. 3.29-3.36",
    parameters={
        "normalisation": "vector (default), min_max, max, sum, fixed or none",
        "bounds": "lowest and highest figure of each criterion, for fixed",
    },
    normalisation="vector",
    exempt={
        "raising_cost": (
            "a higher cost makes its whole column longer, so that this criterion counts for less in every distance; "
            "a bid that is last in it anyway can gain more than it loses"
        )
    },
)
