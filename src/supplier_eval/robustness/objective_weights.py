r"""Weights read off a decision table: entropy, CRITIC and MEREC, as plain arrays.

They say how strongly the bids at hand differ, not what the buyer values: they depend on who has bid. They serve as a
test of robustness and never as the weights of a policy.

Sources: Shannon (1948) as used by Xu (2004), EJOR 156, p. 530-532 (entropy); Diakoulaki, Mavrotas and Papayannakis
(1995), Computers & Operations Research 22, eq. 1-4 (CRITIC); Keshavarz-Ghorabaee et al. (2021), Symmetry 13(4):525,
eq. 1-6 (MEREC).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray

Orientation = Literal["mirrored", "min_max", "as_given"]
ORIENTATIONS: tuple[Orientation, ...] = get_args(Orientation)
SAME = 1e-12


class ObjectiveWeights(NamedTuple):
    """Weights of criteria read off a table, with the figures that they come from.

    Attributes
    ----------
    weights : ndarray of shape (n_criteria, ...)
        Fractions that sum to 1; 0 for a criterion in which all bids are equal, unless that holds for all.
    figures : mapping of str to ndarray of shape (n_criteria, ...)
        The source's figures by criterion.
    silent : ndarray of bool of shape (n_criteria, ...)
        Criteria in which all bids are equal (to 1e-12 of the largest figure).
    fallback : ndarray of bool of shape (...)
        Tables in which the method finds nothing to tell criteria apart. The weights are then equal: among the
        criteria in which bids differ, or among all where they differ in none.
    """

    weights: FloatArray
    figures: Mapping[str, FloatArray]
    silent: npt.NDArray[np.bool_]
    fallback: npt.NDArray[np.bool_]


def entropy_objective(
    values: npt.ArrayLike, directions: npt.ArrayLike | None = None, orientation: Orientation = "mirrored"
) -> ObjectiveWeights:
    r"""Weigh a criterion by how unevenly the bids share in it.

    .. math:: p_{ib} = x_{ib} / \sum_b x_{ib}, \quad e_i = -\tfrac{1}{\ln m} \sum_b p_{ib} \ln p_{ib},
              \quad w_i \propto 1 - e_i

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Finite, not negative unless `orientation` is ``"min_max"``.
    directions : array_like of shape (n_criteria,), optional
        1 (more is better) or -1 (less is better); all 1 where omitted.
    orientation : {"mirrored", "min_max", "as_given"}
        What becomes of a cost before it is shared out. ``mirrored``: x becomes max + min - x, in the same unit;
        benefits stay as they are. ``min_max``: benefits and costs are both put on 0-1, 1 for the best bid.
        ``as_given``: nothing; a cost is treated like a benefit, as in the source.

    Returns
    -------
    ObjectiveWeights
        With the figures ``entropy`` (0-1) and ``divergence`` = 1 - entropy.
    """
    table, signs = _oriented(values, directions)
    if orientation not in ORIENTATIONS:
        raise ValueError(f"orientation is one of {', '.join(ORIENTATIONS)}, not {orientation!r}")
    silent = _silent(table)
    if orientation == "min_max":
        table = _min_max(table, signs, silent)
    elif orientation == "mirrored":
        mirrored = (table.max(axis=1, keepdims=True) - table) + table.min(axis=1, keepdims=True)
        table = np.where(_along(signs, table) > 0, table, mirrored)
    if (table < 0).any():
        raise ValueError("entropy weights need figures that are not negative")
    m = table.shape[1]
    total = sum_sorted(table, axis=1)[:, np.newaxis]
    uneven = np.where(total > 0, table * m / np.where(total > 0, total, 1.0), 1.0) - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(uneven > -1.0, (1.0 + uneven) * np.log1p(uneven), 0.0) - uneven
    divergence = sum_sorted(np.maximum(terms, 0.0), axis=1) / (m * np.log(max(m, 2)))
    divergence = np.where(silent, 0.0, divergence)
    return _shared_out(divergence, silent, {"entropy": 1.0 - divergence, "divergence": divergence})


def critic_objective(values: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> ObjectiveWeights:
    r"""Weigh a criterion by its contrast and by how far it contradicts the others.

    .. math:: C_i = \sigma_i \sum_k (1 - r_{ik}), \quad w_i = C_i / \sum_k C_k

    on values put on 0-1 between the worst and the best bid, each by its own direction.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Finite; zeros and negative figures are fine.
    directions : array_like of shape (n_criteria,), optional
        1 (more is better) or -1 (less is better); all 1 where omitted.

    Returns
    -------
    ObjectiveWeights
        With the figures ``deviation`` (population standard deviation on 0-1), ``conflict`` (the sum of 1 - r with the
        other criteria; r is Pearson's) and ``information`` = their product.

    Notes
    -----
    A criterion in which all bids are equal has no correlation; it weighs nothing and is left out of the conflict of
    the others, so that adding it changes nothing. Where no criterion contradicts another the weights are equal.
    """
    table, signs = _oriented(values, directions)
    silent = _silent(table)
    scaled = _min_max(table, signs, silent)
    m = scaled.shape[1]
    centred = np.where(silent[:, np.newaxis], 0.0, scaled - (sum_sorted(scaled, axis=1) / m)[:, np.newaxis])
    deviation = np.sqrt(sum_sorted(centred**2, axis=1) / m)
    against = np.empty((len(table), *deviation.shape))
    for i in range(len(table)):
        product = sum_sorted(centred[i] * centred, axis=1) / m
        scale = deviation[i] * deviation
        r = np.clip(np.where(scale > 0, product / np.where(scale > 0, scale, 1.0), 1.0), -1.0, 1.0)
        against[i] = np.where(1.0 - r > SAME, 1.0 - r, 0.0)
    conflict = sum_sorted(against, axis=1)
    information = deviation * conflict
    figures = {"deviation": deviation, "conflict": conflict, "information": information}
    return _shared_out(information, silent, figures)


def merec_objective(values: npt.ArrayLike, directions: npt.ArrayLike | None = None) -> ObjectiveWeights:
    r"""Weigh a criterion by how much the bids' overall figures change when it is left out.

    .. math:: S_b = \ln(1 + \tfrac{1}{n} \sum_k |\ln n_{kb}|), \quad
              E_i = \sum_b |S_b^{(-i)} - S_b|, \quad w_i = E_i / \sum_k E_k

    with :math:`n = \min / x` for a benefit and :math:`x / \max` for a cost.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Finite and above zero.
    directions : array_like of shape (n_criteria,), optional
        1 (more is better) or -1 (less is better); all 1 where omitted.

    Returns
    -------
    ObjectiveWeights
        With the figure ``removal_effect``.
    """
    table, signs = _oriented(values, directions)
    if (table <= 0).any():
        raise ValueError("MEREC weights need figures above zero")
    silent = _silent(table)
    edge = np.where(_along(signs, table) > 0, table.min(axis=1, keepdims=True), table.max(axis=1, keepdims=True))
    logs = np.where(silent[:, np.newaxis], 0.0, np.abs(np.log(table) - np.log(edge))) / len(table)
    overall = sum_sorted(logs, axis=0)
    effect = sum_sorted(-np.log1p(-logs / (1.0 + overall)), axis=1)
    return _shared_out(effect, silent, {"removal_effect": effect})


def _oriented(values: npt.ArrayLike, directions: npt.ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    """The table and the signs, both checked."""
    table = np.asarray(values, dtype=np.float64)
    if table.ndim < 2 or 0 in table.shape[:2]:
        raise ValueError("a table has criteria first and bids second, at least one of each")
    signs = np.ones(len(table)) if directions is None else np.asarray(directions, dtype=np.float64)
    if signs.shape != table.shape[:1] or not np.isin(signs, (1.0, -1.0)).all():
        raise ValueError("directions hold 1 or -1, one for each criterion")
    if not np.isfinite(table).all():
        raise ValueError("the table has a figure that is missing or infinite")
    return table, signs


def _along(signs: FloatArray, table: FloatArray) -> FloatArray:
    """Signs in a shape that broadcasts against the table."""
    return signs.reshape((-1,) + (1,) * (table.ndim - 1))


def _silent(table: FloatArray) -> npt.NDArray[np.bool_]:
    """Criteria in which all bids are equal."""
    spread = table.max(axis=1) - table.min(axis=1)
    return np.asarray(spread <= SAME * np.abs(table).max(axis=1))


def _min_max(table: FloatArray, signs: FloatArray, silent: npt.NDArray[np.bool_]) -> FloatArray:
    """Each criterion on 0-1, 1 for its best bid; 1 throughout where all are equal."""
    low, high = table.min(axis=1, keepdims=True), table.max(axis=1, keepdims=True)
    flat = silent[:, np.newaxis]
    above = np.where(_along(signs, table) > 0, table - low, high - table)
    return np.asarray(np.where(flat, 1.0, above / np.where(flat, 1.0, high - low)))


def _shared_out(
    amounts: FloatArray, silent: npt.NDArray[np.bool_], figures: Mapping[str, FloatArray]
) -> ObjectiveWeights:
    """Fractions in proportion to the amounts; equal where all amounts are zero."""
    total = sum_sorted(amounts, axis=0)
    fallback = np.asarray(total <= 0)
    equal = np.where(silent.all(axis=0), 1.0, (~silent).astype(np.float64))
    shares = np.where(fallback, equal, amounts)
    return ObjectiveWeights(np.asarray(shares / sum_sorted(shares, axis=0)), figures, silent, fallback)
