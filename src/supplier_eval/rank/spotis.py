r"""SPOTIS: a bid is judged by its distance from a stated best point, so that no other bid can turn the order.

.. math:: P_b = \sum_i w_i \, \frac{|x_{ib} - x_i^*|}{|x_i^{\max} - x_i^{\min}|}

with :math:`x_i^*` the better of the two stated bounds :math:`x_i^{\min}, x_i^{\max}` of criterion *i*.

Source: Dezert, Tchamova, Han and Tacnet (2020), "The SPOTIS rank reversal free method for multi-criteria
decision-making support", FUSION 2020, eqs. 2-3.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import fixed_bounds
from supplier_eval.rank.sums import sum_sorted


def spotis(
    values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, bounds: npt.ArrayLike
) -> MethodScores:
    """Rank by the weighted distance from the best stated figures.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures within the bounds.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    bounds : array_like of shape (n_criteria, 2)
        Lowest and highest figure of each criterion, stated before the bids are known.

    Returns
    -------
    MethodScores
        `score` is the distance, from 0 to 1, lower is better.
    """
    table = decision_table(values, weights, directions)
    low, high = fixed_bounds(bounds, table.values)
    best = np.where(table.directions > 0, high, low)
    distance = np.abs(best - table.values) / (high - low)
    return MethodScores(sum_sorted(table.weights * distance), {}, {"normalisation": "fixed"})


METHOD = RankingMethod(
    name="spotis",
    title="SPOTIS",
    function=spotis,
    source="Dezert, Tchamova, Han and Tacnet 2020, FUSION 2020, eqs. 2-3",
    better="lower",
    parameters={"bounds": "lowest and highest figure of each criterion, stated before the bids are known; required"},
    relative=False,
)
