r"""MABAC: a bid is judged by how far it lies beyond the border that parts good from poor bids in each criterion.

.. math::
    v_{ib} = w_i (1 + n_{ib}), \qquad
    g_i = \Bigl(\prod_b v_{ib}\Bigr)^{1/m}, \qquad
    S_b = \sum_i (v_{ib} - g_i)

with :math:`n_{ib}` the place of the value between the worst (0) and the best (1) of the *m* bids.

Source: Pamučar and Ćirović (2015), "The selection of transport and handling resources in logistics centers using
Multi-Attributive Border Approximation area Comparison (MABAC)", Expert Systems with Applications 42, eqs. 2-12.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.sums import sum_sorted


def mabac(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike) -> MethodScores:
    """Rank by the summed distance from the border approximation area.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, any sign.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.

    Returns
    -------
    MethodScores
        `score` above 0 lies in the upper area, below 0 in the lower; higher is better. Figures: ``upper`` and
        ``lower``, in how many criteria the bid lies above and below the border. Notes: ``border``, the border
        approximation area of each criterion, of shape (n_criteria, ...).

    Notes
    -----
    A criterion in which all bids are equal lies on its own border and adds 0. The border is the same for all bids:
    the order is that of the weighted sum of the min-max values.
    """
    table = decision_table(values, weights, directions)
    f = table.oriented
    low, high = f.min(axis=1, keepdims=True), f.max(axis=1, keepdims=True)
    place = share(f - low, high - low)
    border = np.exp(np.expand_dims(sum_sorted(np.log1p(place), axis=1), 1) / f.shape[1])
    beyond = table.weights * (1.0 + place - border)
    figures = {"upper": np.count_nonzero(beyond > 0, axis=0), "lower": np.count_nonzero(beyond < 0, axis=0)}
    notes = {"normalisation": "min_max", "border": (table.weights * border)[:, 0]}
    return MethodScores(sum_sorted(beyond), {name: np.asarray(n) for name, n in figures.items()}, notes)


METHOD = RankingMethod(
    name="mabac",
    title="MABAC",
    function=mabac,
    source="Pamučar and Ćirović 2015, Expert Systems with Applications 42(6):3016-3028, eqs. 2-12",
    domain="any",
)
