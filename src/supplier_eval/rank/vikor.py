r"""VIKOR: the bid with the best balance between its loss over all criteria and its worst single loss.

.. math::
    S_b = \sum_i w_i \frac{f_i^* - f_{ib}}{f_i^* - f_i^-}, \qquad
    R_b = \max_i w_i \frac{f_i^* - f_{ib}}{f_i^* - f_i^-}, \qquad
    Q_b = v \frac{S_b - S^*}{S^- - S^*} + (1 - v) \frac{R_b - R^*}{R^- - R^*}

with :math:`f_i^*` the best and :math:`f_i^-` the worst value in criterion *i*, and star and minus the smallest and
the largest figure over the bids.

Source: Opricovic and Tzeng (2004), "Compromise solution by MCDM methods", EJOR 156, eqs. 2-5 and conditions C1, C2;
Opricovic and Tzeng (2007), "Extended VIKOR method in comparison with outranking methods", EJOR 178, eqs. 2-4.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.decision_table import decision_table, share
from supplier_eval.rank.method import MethodScores, RankingMethod
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray, settle

BoolArray = npt.NDArray[np.bool_]


def vikor(values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, v: float = 0.5) -> MethodScores:
    """Rank by Q: how far a bid is from the best total loss and from the smallest worst loss.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Raw figures, any sign, in any unit.
    weights, directions : array_like of shape (n_criteria,)
        Fractions of 1; 1 or -1.
    v : float
        Weight of the total loss against the worst single loss, 0 to 1.

    Returns
    -------
    MethodScores
        `score` is Q, from 0 to 1, lower is better. Figures: ``S`` (total loss), ``R`` (worst loss), ``Q`` (the score
        under its own name) and ``compromise`` (bool: in the compromise set, which is no rank). Notes:
        ``acceptable_advantage`` and ``acceptable_stability`` say which of the two conditions the first bid meets,
        ``advantage_needed`` is 1/(n_bids - 1).

    Notes
    -----
    A criterion in which all bids are equal costs nobody anything. Where S (or R) is the same for all bids to nine
    decimals, its term of Q is 0. One bid is its own compromise and meets both conditions.
    """
    if not 0.0 <= v <= 1.0:
        raise ValueError(f"v is a weight from 0 to 1, not {v}")
    table = decision_table(values, weights, directions)
    f = table.oriented
    best, worst = f.max(axis=1, keepdims=True), f.min(axis=1, keepdims=True)
    loss = table.weights * share(best - f, best - worst)
    S, R = sum_sorted(loss), np.asarray(loss.max(axis=0))
    Q = v * _from_best(S) + (1.0 - v) * _from_best(R)
    advantage, stability = _conditions(Q, S, R)
    notes: dict[str, object] = {
        "normalisation": "loss_in_range",
        "v": v,
        "advantage_needed": _advantage_needed(Q.shape[0]),
        "acceptable_advantage": advantage if advantage.ndim else bool(advantage),
        "acceptable_stability": stability if stability.ndim else bool(stability),
    }
    return MethodScores(Q, {"S": S, "R": R, "Q": Q, "compromise": _compromise(Q, advantage, stability)}, notes)


def _from_best(x: FloatArray) -> FloatArray:
    """Place between the smallest (0) and the largest (1) over the bids; 0 where they agree to nine decimals."""
    low, high = x.min(axis=0, keepdims=True), x.max(axis=0, keepdims=True)
    return share(x - low, np.where(settle(high - low) > 0, high - low, 0.0))


def _advantage_needed(n_bids: int) -> float:
    """DQ: how far the second must be behind the first; 0 for one bid, which has no second."""
    return 1.0 / (n_bids - 1) if n_bids > 1 else 0.0


def _conditions(Q: FloatArray, S: FloatArray, R: FloatArray) -> tuple[BoolArray, BoolArray]:
    """C1: the first is ahead of the second by DQ. C2: a first by Q is first by S or by R as well."""
    behind = np.sort(settle(Q - Q.min(axis=0)), axis=0)
    advantage = behind[1:2].sum(axis=0) >= settle(_advantage_needed(Q.shape[0]))
    firsts = [settle(x - x.min(axis=0)) == 0 for x in (Q, S, R)]
    stability = (firsts[0] & (firsts[1] | firsts[2])).any(axis=0)
    return np.asarray(advantage), np.asarray(stability)


def _compromise(Q: FloatArray, advantage: BoolArray, stability: BoolArray) -> BoolArray:
    """The first alone where both hold; with the second where only C2 fails; all within DQ where C1 fails."""
    behind = settle(Q - Q.min(axis=0))
    ordered = np.sort(behind, axis=0)
    near = behind < settle(_advantage_needed(Q.shape[0]))
    pair = behind <= ordered[1:2] if Q.shape[0] > 1 else behind == 0
    return np.asarray(np.where(advantage, np.where(stability, behind == 0, pair), near))


METHOD = RankingMethod(
    name="vikor",
    title="VIKOR",
    function=vikor,
    source="Opricovic and Tzeng 2004, EJOR 156:445-455, eqs. 2-5; 2007, EJOR 178:514-529, eqs. 2-4",
    better="lower",
    domain="any",
    parameters={"v": "weight of the total loss against the worst single loss; 0 to 1, default 0.5"},
    exempt={
        "raising_cost": "the dearest bid sets the range by which the losses of all others are measured; raising it "
        "makes their losses smaller and can turn which of them has the largest S or R, by which Q is scaled"
    },
)
