r"""PROMETHEE I and II: bids are compared pair by pair; what a bid wins and loses against the others is its flows.

.. math::
    \pi(a, b) = \sum_i w_i P_i\bigl(d_i (x_{ia} - x_{ib})\bigr), \qquad
    \phi^+_a = \frac{1}{n - 1} \sum_b \pi(a, b), \qquad
    \phi^-_a = \frac{1}{n - 1} \sum_b \pi(b, a), \qquad
    \phi_a = \phi^+_a - \phi^-_a

with :math:`d_i` the direction and :math:`P_i` one of six preference functions. PROMETHEE II ranks by the net flow;
PROMETHEE I keeps both flows and calls two bids incomparable where they disagree.

Source: Brans and Vincke (1985), "A preference ranking organisation method", Management Science 31(6), eqs. 2-9;
Brans and Mareschal (2005), "PROMETHEE methods", in Multiple Criteria Decision Analysis, eqs. 5.9-5.16.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.promethee_preference import SORTED_FROM, Preference, preference_flows, preferences, usual_flows
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray, settle

BETTER, ALIKE, APART, WORSE = "P", "I", "R", "-"


def promethee_ii(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    function: str | Sequence[str] = "usual",
    q: npt.ArrayLike | None = None,
    p: npt.ArrayLike | None = None,
    s: npt.ArrayLike | None = None,
) -> MethodScores:
    """Rank by the net flow: what a bid wins against the others minus what it loses.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, any sign.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    function : str or sequence of str
        ``usual``, ``u_shape``, ``v_shape``, ``level``, ``linear`` or ``gaussian``; one for all criteria or one each.
    q, p, s : float or array_like of shape (n_criteria,), optional
        Indifference threshold (``u_shape``, ``level``, ``linear``), preference threshold (``v_shape``, ``level``,
        ``linear``) and bend (``gaussian``), in the units of each criterion.

    Returns
    -------
    MethodScores
        `score` is the net flow, from -1 to 1, higher is better; it sums to 0. Figures: ``plus``, ``minus``.

    Notes
    -----
    One bid has no others: its flows are 0. Thresholds are judged as `preference_flows` says.
    """
    plus, minus, chosen = _flows(values, weights, directions, preferences(np.shape(values)[0], function, q, p, s))
    return MethodScores(plus - minus, {"plus": plus, "minus": minus}, chosen)


def promethee_i(
    values: npt.ArrayLike,
    weights: npt.ArrayLike,
    directions: npt.ArrayLike,
    function: str | Sequence[str] = "usual",
    q: npt.ArrayLike | None = None,
    p: npt.ArrayLike | None = None,
    s: npt.ArrayLike | None = None,
) -> MethodScores:
    """Rank by how many bids are preferred on both flows, and say which bids cannot be compared.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, any sign.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    function : str or sequence of str
        See `promethee_ii`.
    q, p, s : float or array_like of shape (n_criteria,), optional
        See `promethee_ii`.

    Returns
    -------
    MethodScores
        `score` is 1 plus the number of bids that are preferred, lower is better. The method gives a partial order
        and no such figure: the score is the best place the partial order leaves to the bid. Figures: ``plus``,
        ``minus`` and ``incomparable`` (int: how many bids it cannot be compared with). Notes:
        ``incomparable_pairs`` (int, or an array over the tables).
    """
    plus, minus, chosen = _flows(values, weights, directions, preferences(np.shape(values)[0], function, q, p, s))
    above, apart = (np.zeros(plus.shape, dtype=np.int64) for _ in range(2))
    for bid in range(plus.shape[0]):
        gain, loss = settle(plus[bid]) - settle(plus), settle(minus) - settle(minus[bid])
        above += (gain >= 0) & (loss >= 0) & ((gain > 0) | (loss > 0))
        apart += gain * loss < 0
    pairs = np.asarray(apart.sum(axis=0) // 2)
    notes = {**chosen, "incomparable_pairs": pairs if pairs.ndim else int(pairs)}
    return MethodScores(above.astype(np.float64) + 1.0, {"plus": plus, "minus": minus, "incomparable": apart}, notes)


def partial_order(plus: npt.ArrayLike, minus: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """How each bid stands to each other by both flows.

    Parameters
    ----------
    plus, minus : array_like of shape (n_bids, ...)
        What each bid wins and loses; compared to nine decimals.

    Returns
    -------
    ndarray of str of shape (n_bids, n_bids, ...)
        Row to column: ``P`` preferred (no flow worse, one better), ``I`` indifferent (both equal), ``R``
        incomparable (one better, one worse), ``-`` the column is preferred to the row.
    """
    gain = settle(plus)[:, None] - settle(plus)[None, :]
    loss = settle(minus)[None, :] - settle(minus)[:, None]
    apart = gain * loss < 0
    ahead, behind = (gain > 0) | (loss > 0), (gain < 0) | (loss < 0)
    return np.where(apart, APART, np.where(ahead, BETTER, np.where(behind, WORSE, ALIKE)))


def _flows(
    values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, chosen: tuple[Preference, ...]
) -> tuple[FloatArray, FloatArray, dict[str, object]]:
    """Both flows over all criteria, and the functions with the thresholds they use."""
    table = decision_table(values, weights, directions)
    f = table.oriented
    others = max(f.shape[1] - 1, 1)
    flows = np.empty((f.shape[0], 2, *f.shape[1:]))
    counted = f.ndim == 2 and f.shape[1] >= SORTED_FROM and all(one.steps == (0.0,) for one in chosen)
    if counted:
        flows[:, 0], flows[:, 1] = usual_flows(f)
    for i, preference in enumerate(() if counted else chosen):
        flows[i, 0], flows[i, 1] = preference_flows(f[i], preference)
    flows *= np.expand_dims(table.weights, 1)
    plus, minus = sum_sorted(flows, spent=True) / others
    notes: dict[str, object] = {
        "normalisation": "units",
        "preferences": chosen,
    }
    return plus, minus, notes


_PARAMETERS = {
    "function": "usual (default), u_shape, v_shape, level, linear or gaussian; one for all criteria or one each",
    "q": "indifference threshold in units of the criterion, not negative; for u_shape, level, linear",
    "p": "preference threshold in units of the criterion, not below q; for v_shape, level, linear",
    "s": "bend of the gaussian function in units of the criterion, above 0",
}

METHODS_OF = (
    RankingMethod(
        name="promethee_i",
        title="PROMETHEE I",
        function=promethee_i,
        source="Brans and Vincke 1985, Management Science 31(6):647-656, eqs. 2-8",
        better="lower",
        domain="any",
        parameters=_PARAMETERS,
        exempt={
            "raising_cost": "the bids preferred to it stay preferred, but its dearer price can put more bids ahead of "
            "another one, which then stands behind it"
        },
    ),
    RankingMethod(
        name="promethee_ii",
        title="PROMETHEE II",
        function=promethee_ii,
        source="Brans and Vincke 1985, Management Science 31(6):647-656, eqs. 2-9; Brans and Mareschal 2005",
        better="higher",
        domain="any",
        parameters=_PARAMETERS,
    ),
)
