r"""WASPAS: the weighted sum and the weighted product of a bid, mixed in a stated proportion.

.. math::
    Q_b = \lambda \sum_i w_i \, r_{ib} + (1 - \lambda) \prod_i r_{ib}^{\,w_i}

with :math:`r` the value over the highest, for costs the lowest over the value.

Source: Zavadskas, Turskis, Antucheviciene and Zakarevicius (2012), "Optimization of weighted aggregated sum product
assessment", Elektronika ir Elektrotechnika 122(6):3-6, eqs. 1-5.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.sums import product_sorted, sum_sorted


def waspas(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, lam: float = 0.5) -> MethodScores:
    """Rank by a mixture of the weighted sum and the weighted product.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative; costs above zero.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    lam : float
        Share of the weighted sum, from 0 (product only) to 1 (sum only).

    Returns
    -------
    MethodScores
        `score` from 0 to 1, higher is better. Figures: ``sum`` and ``product``.
    """
    if not 0.0 <= lam <= 1.0:
        raise ValueError(f"lam is a share from 0 to 1, not {lam}")
    table = decision_table(values, weights, directions)
    r = normalise(table.values, directions, "max")
    added, multiplied = sum_sorted(table.weights * r), product_sorted(np.power(r, table.weights))
    score = lam * added + (1.0 - lam) * multiplied
    return MethodScores(score, {"sum": added, "product": multiplied}, {"normalisation": "max", "lam": lam})


METHOD = RankingMethod(
    name="waspas",
    title="WASPAS",
    function=waspas,
    source=(
        "Zavadskas, Turskis, Antucheviciene and Zakarevicius 2012, Elektronika ir Elektrotechnika 122(6):3-6, eqs. 1-5"
    ),
    domain="positive_costs",
    parameters={"lam": "share of the weighted sum, 0 to 1, default 0.5; the rest is the weighted product"},
)
