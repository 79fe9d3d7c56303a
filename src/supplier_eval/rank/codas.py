r"""CODAS: a bid is judged by its distance from the worst of everything, straight-line first and step by step second.

.. math::
    r_{ib} = w_i \frac{x_{ib}}{\max_k x_{ik}} \;\text{or}\; w_i \frac{\min_k x_{ik}}{x_{ib}}, \qquad
    E_b = \sqrt{\sum_i (r_{ib} - \min_k r_{ik})^2}, \qquad
    T_b = \sum_i |r_{ib} - \min_k r_{ik}|

.. math::
    H_b = \sum_k \bigl[(E_b - E_k) + \psi(E_b - E_k)\,(T_b - T_k)\bigr], \qquad
    \psi(x) = 1 \text{ if } |x| \ge \tau \text{ else } 0

Source: Keshavarz Ghorabaee, Zavadskas, Turskis and Antucheviciene (2016), "A new combinative distance-based assessment
(CODAS) method for multi-criteria decision-making", Economic Computation and Economic Cybernetics Studies and
Research 50(3):25-44, eqs. 2-10.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import DecisionTable, decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray, settle


def codas(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, tau: float = 0.02) -> MethodScores:
    """Rank by the assessment score: distance from the negative-ideal bid, compared with every other bid.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    tau : float
        Difference of straight-line distances from which the taxicab distance counts as well; not negative,
        0.01 to 0.05 in the source.

    Returns
    -------
    MethodScores
        `score` sums to 0 over the bids, higher is better. Figures: ``euclidean`` (E) and ``taxicab`` (T).

    Notes
    -----
    The threshold is judged to nine decimals. A criterion in which all bids are equal is the worst for everybody
    and adds no distance; so is one whose values are all 0. A cost of 0 beside others above 0 is worth the full
    weight and theirs nothing: the limit of the formula. A bid nowhere worse than another can rank below it: the
    taxicab distance to a third bid may count for one of them only.
    """
    if not tau >= 0.0:
        raise ValueError(f"tau is a difference of distances, not negative: {tau}")
    weighted = _weighted(decision_table(values, weights, directions, not_negative=True))
    beyond = weighted - weighted.min(axis=1, keepdims=True)
    E = np.sqrt(sum_sorted(beyond * beyond))
    T = sum_sorted(beyond)
    score = np.empty_like(E)
    for b in range(E.shape[0]):
        apart = E[b] - E
        counts = settle(np.abs(apart)) >= settle(tau)
        score[b] = sum_sorted(apart + np.where(counts, T[b] - T, 0.0))
    notes = {"normalisation": "max", "tau": tau}
    return MethodScores(score, {"euclidean": E, "taxicab": T}, notes)


def _weighted(table: DecisionTable) -> FloatArray:
    """Linear normalisation times weight: 1 is the best bid."""
    x = table.values
    low = x.min(axis=1, keepdims=True)
    gain = share(x, x.max(axis=1, keepdims=True))
    cost = np.where(x > 0, share(low, x), 1.0)
    return np.asarray(table.weights * np.where(table.directions > 0, gain, cost))


METHOD = RankingMethod(
    name="codas",
    title="CODAS",
    function=codas,
    source=(
        "Keshavarz Ghorabaee, Zavadskas, Turskis and Antucheviciene 2016, "
        "Economic Computation and Economic Cybernetics Studies and Research 50(3):25-44, eqs. 2-10"
    ),
    domain="not_negative",
    parameters={"tau": "difference of straight-line distances from which the taxicab distance counts; default 0.02"},
    exempt={
        "dominance": "the taxicab distance to a third bid counts from tau on: the lesser bid can gain from it where "
        "the better one is just too near to the third for it to count",
        "raising_cost": "a bid that moves away from a third one by tau gains the whole taxicab distance to it at once",
    },
)
