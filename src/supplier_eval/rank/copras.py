r"""COPRAS: shares of the benefits, and shares of the costs turned round, added up.

.. math::
    r_{ib} = \frac{w_i \, x_{ib}}{\sum_k x_{ik}}, \qquad
    S_b^+ = \sum_{i \in \text{benefits}} r_{ib}, \qquad
    S_b^- = \sum_{i \in \text{costs}} r_{ib}

.. math::
    Q_b = S_b^+ + \frac{\sum_k S_k^-}{S_b^- \sum_k 1 / S_k^-}, \qquad
    N_b = \frac{Q_b}{\max_k Q_k}

Source: Zavadskas, Kaklauskas and Sarka (1994), "The new method of multicriteria complex proportional assessment of
projects", Technological and Economic Development of Economy 1(3):131-139; as eqs. 1-8 of Goswami and Mitra (2020),
IJDNS 4(1):27-42.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import costs_inverted
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray


def copras(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike) -> MethodScores:
    """Rank by the utility degree: benefits, and the inverse of costs, as a share of the best bid's.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative; costs above zero.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.

    Returns
    -------
    MethodScores
        `score` is N, from 0 to 1, higher is better. Figures: ``benefits`` (S+), ``costs`` (S-), ``significance`` (Q).

    Notes
    -----
    Without costs (or where they weigh nothing) Q is S+. Where no bid has any benefit or cost, N is 1 for all.
    """
    table = decision_table(values, weights, directions)
    costs_inverted(table.values, table.directions)  # refuses what the method cannot take
    r = table.weights * share(table.values, sum_sorted(table.values, axis=1)[:, None])
    gain = table.directions > 0
    benefits, costs = sum_sorted(r * gain), sum_sorted(r * ~gain)
    Q = benefits + _turned(costs)
    top = Q.max(axis=0)
    N = np.where(top > 0, Q / np.where(top > 0, top, 1.0), 1.0)
    figures = {"benefits": benefits, "costs": costs, "significance": Q}
    return MethodScores(N, figures, {"normalisation": "share"})


def _turned(costs: FloatArray) -> FloatArray:
    """The sum of all S- handed out again in inverse proportion to each; 0 where there are no costs."""
    inverse = share(costs.min(axis=0, keepdims=True), costs)  # of the scale 0-1; its scale cancels
    return share(sum_sorted(costs) * inverse, sum_sorted(inverse))


METHOD = RankingMethod(
    name="copras",
    title="COPRAS",
    function=copras,
    source="Zavadskas, Kaklauskas and Sarka 1994, Technological and Economic Development of Economy 1(3):131-139",
    domain="positive_costs",
    exempt={
        "raising_cost": (
            "a higher cost lowers the share of all others in that cost, of those most whose other costs are low; they "
            "take what the inverse costs hand out from a third bid, which can fall behind"
        )
    },
)
