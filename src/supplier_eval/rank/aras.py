r"""ARAS: how much of a made-up bid, the best of all bids in every criterion, a bid reaches.

.. math::
    r_{ib} = \frac{y_{ib}}{y_{i0} + \sum_k y_{ik}}, \qquad
    S_b = \sum_i w_i \, r_{ib}, \qquad
    K_b = \frac{S_b}{S_0}

with :math:`y = x` for benefits and :math:`1/x` for costs, and bid 0 the best of each criterion.

Source: Zavadskas and Turskis (2010), "A new additive ratio assessment (ARAS) method in multicriteria decision-making",
Technological and Economic Development of Economy 16(2):159-172, eqs. 2-10.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import costs_inverted
from supplier_eval.rank.sums import sum_sorted


def aras(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike) -> MethodScores:
    """Rank by the utility degree: the share of the best of everything that a bid reaches.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative; costs above zero.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.

    Returns
    -------
    MethodScores
        `score` is K, from 0 to 1, higher is better. Figures: ``weighted`` (S). Notes: ``best`` (S of bid 0).

    Notes
    -----
    In a criterion whose values are all 0, every bid has the same share.
    """
    table = decision_table(values, weights, directions)
    y, _ = costs_inverted(table.values, table.directions)
    best = y.max(axis=1, keepdims=True)
    total = best + sum_sorted(y, axis=1)[:, None]
    alike = total <= 0
    total = np.where(alike, 1.0, total)
    equal_share = 1.0 / (y.shape[1] + 1)
    S = sum_sorted(table.weights * np.where(alike, equal_share, y / total))
    S0 = sum_sorted(table.weights * np.where(alike, equal_share, best / total))[0]
    return MethodScores(S / S0, {"weighted": S}, {"normalisation": "share_with_best", "best": S0})


METHOD = RankingMethod(
    name="aras",
    title="ARAS",
    function=aras,
    source="Zavadskas and Turskis 2010, Technological and Economic Development of Economy 16(2):159-172, eqs. 2-10",
    domain="positive_costs",
)
