r"""EDAS: a bid is judged by how far it is above and below the average bid in each criterion.

.. math::
    PDA_{ib} = \frac{\max(0,\; d_i (x_{ib} - \bar x_i))}{\bar x_i}, \qquad
    NDA_{ib} = \frac{\max(0,\; d_i (\bar x_i - x_{ib}))}{\bar x_i}, \qquad
    AS_b = \frac12 \left(\frac{SP_b}{\max_k SP_k} + 1 - \frac{SN_b}{\max_k SN_k}\right)

with :math:`d_i` the direction (1 or -1) and :math:`SP_b = \sum_i w_i PDA_{ib}`, :math:`SN_b = \sum_i w_i NDA_{ib}`.

Source: Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis (2015), "Multi-criteria inventory classification using a new
method of evaluation based on distance from average solution (EDAS)", Informatica 26, eqs. 4-14.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray


def edas(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike) -> MethodScores:
    """Rank by the appraisal score: distance above the average bid, and distance below it.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative: distances are shares of the mean.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.

    Returns
    -------
    MethodScores
        `score` from 0 to 1, higher is better. Figures: ``above`` (SP) and ``below`` (SN), the weighted distances
        as shares of the mean.

    Notes
    -----
    A criterion in which all bids are equal is on the average for everybody. Where no bid is anywhere off the
    average (one bid, or all alike) all score 1/2: nothing above, nothing below.
    """
    table = decision_table(values, weights, directions, not_negative=True)
    mean = _mean(table.values)
    ahead = table.directions * share(table.values - mean, mean)
    above = sum_sorted(table.weights * np.maximum(ahead, 0.0))
    below = sum_sorted(table.weights * np.maximum(-ahead, 0.0))
    score = (share(above, above.max(axis=0)) + (1.0 - share(below, below.max(axis=0)))) / 2.0
    notes = {"normalisation": "from_mean"}
    return MethodScores(score, {"above": above, "below": below}, notes)


def _mean(values: FloatArray) -> FloatArray:
    """Mean over the bids; exactly their value where they are all equal, so that no rounding parts them."""
    low, high = values.min(axis=1, keepdims=True), values.max(axis=1, keepdims=True)
    mean = np.expand_dims(sum_sorted(values, axis=1), 1) / values.shape[1]
    return np.asarray(np.where(low == high, low, mean))


METHOD = RankingMethod(
    name="edas",
    title="EDAS",
    function=edas,
    source="Keshavarz Ghorabaee, Zavadskas, Olfat and Turskis 2015, Informatica 26(3):435-451, eqs. 4-14",
    domain="not_negative",
)
