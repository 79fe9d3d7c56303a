r"""MOORA, ratio system: what a bid is worth in the benefits minus what it weighs in the costs.

.. math:: y_b = \sum_i d_i \, w_i \, \frac{x_{ib}}{\sqrt{\sum_k x_{ik}^2}}

with :math:`d_i` the direction (1 or -1).

Source: Brauers and Zavadskas (2006), "The MOORA method and its application to privatization in a transition economy",
Control and Cybernetics 35(2):445-469, eqs. 2-3; with weights eq. 4 of Brauers, Zavadskas, Peldschus and Turskis (2008).
"""

from __future__ import annotations

import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.normalise import normalise
from supplier_eval.rank.sums import sum_sorted


def moora(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike) -> MethodScores:
    """Rank by normalised benefits minus normalised costs.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.

    Returns
    -------
    MethodScores
        `score` from -1 to 1, higher is better. Figures: ``benefits`` and ``costs``, whose difference it is.
    """
    table = decision_table(values, weights, directions)
    terms = table.weights * normalise(table.values, directions, "vector")
    gain = table.directions > 0
    figures = {
        "benefits": sum_sorted(terms * gain),
        "costs": -sum_sorted(terms * ~gain) + 0.0,  # + 0.0 turns -0.0 into 0.0
    }
    return MethodScores(sum_sorted(terms), figures, {"normalisation": "vector"})


METHOD = RankingMethod(
    name="moora",
    title="MOORA (ratio system)",
    function=moora,
    source="Brauers and Zavadskas 2006, Control and Cybernetics 35(2):445-469, eqs. 2-3",
)
