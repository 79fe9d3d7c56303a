r"""Weighted product: the normalised values of a bid, each raised to its weight, multiplied.

.. math:: P_b = \prod_i r_{ib}^{\,w_i}

with :math:`r` the normalised values (by default value over the highest, for costs the lowest over the value).

Source: Bridgman (1922), "Dimensional Analysis", Yale University Press; Miller and Starr (1969), "Executive Decisions
and Operations Research", pp. 237-239; as eq. 4 of Zavadskas, Turskis, Antucheviciene and Zakarevicius (2012).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.sums import product_sorted


def weighted_product(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    normalisation: str = "max",
    bounds: npt.ArrayLike | None = None,
) -> MethodScores:
    """Rank by the product of normalised values raised to their weights; a weak criterion is hard to make up for.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, not negative; costs above zero with ``"max"`` and ``"sum"``.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    normalisation : str
        ``max``, ``sum``, ``min_max``, ``fixed``, or ``none`` where all values are benefits.
    bounds : array_like of shape (n_criteria, 2), optional
        Lowest and highest figure of each criterion, for ``"fixed"``.

    Returns
    -------
    MethodScores
        `score`, higher is better; 0 for a bid that has 0 in a criterion of any weight.
    """
    table = decision_table(values, weights, directions)
    r = normalise(table.values, directions, normalisation, bounds)
    if bool((r < 0).any()):
        raise ValueError(
            f"a product needs values that are not negative; the normalisation {normalisation!r} gives some"
        )
    return MethodScores(product_sorted(np.power(r, table.weights)), {}, {"normalisation": normalisation})


METHOD = RankingMethod(
    name="weighted_product",
    title="weighted product",
    function=weighted_product,
    source="Miller and Starr 1969, Executive Decisions and Operations Research, pp. 237-239",
    domain="not_negative",
    parameters={
        "normalisation": "max (default), sum, min_max, fixed, or none where all values are benefits",
        "bounds": "lowest and highest figure of each criterion, for fixed",
    },
    normalisation="max",
)
