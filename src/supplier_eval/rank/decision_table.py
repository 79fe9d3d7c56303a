"""The arrays that every ranking method starts from, checked once and shaped to meet each other."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

SIGNS = frozenset({1.0, -1.0})


class DecisionTable(NamedTuple):
    """Values with weights and directions that broadcast against them.

    Attributes
    ----------
    values : ndarray of shape (n_criteria, n_bids, ...)
        As they came.
    weights : ndarray of shape (n_criteria, 1, ...)
        As they came; not negative.
    directions : ndarray of shape (n_criteria, 1, ...)
        1.0 where more is better, -1.0 where less is better.
    """

    values: FloatArray
    weights: FloatArray
    directions: FloatArray

    @property
    def oriented(self) -> FloatArray:
        """The values with the sign turned where less is better: more is better in every criterion."""
        return np.asarray(self.values * self.directions)


def decision_table(
    values: npt.ArrayLike, weights: npt.ArrayLike, directions: npt.ArrayLike, not_negative: bool = False
) -> DecisionTable:
    """Check a decision table and give it the shapes that the methods compute with.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Finite figures.
    weights : array_like of shape (n_criteria,)
        Not negative.
    directions : array_like of shape (n_criteria,)
        1 or -1.
    not_negative : bool
        Whether the method has no meaning for values below zero.

    Raises
    ------
    ValueError
        If the shapes do not fit, a figure is missing, or one is outside its range.
    """
    table = np.asarray(values, dtype=np.float64)
    w = np.asarray(weights, dtype=np.float64)
    d = np.asarray(directions, dtype=np.float64)
    if table.ndim < 2 or 0 in table.shape[:2]:
        raise ValueError(f"values need at least one criterion and one bid, not the shape {table.shape}")
    if w.shape != table.shape[:1] or d.shape != table.shape[:1]:
        raise ValueError(f"{table.shape[0]} criteria need as many weights and directions, not {w.shape} and {d.shape}")
    if not np.logical_and.reduce(np.isfinite(table), axis=None):
        raise ValueError("a value is missing or infinite; a ranking method needs all of them")
    if not all(0.0 <= weight < math.inf for weight in w.tolist()):
        raise ValueError("weights are finite and not negative")
    if not SIGNS.issuperset(d.tolist()):
        raise ValueError("a direction is 1 (more is better) or -1 (less is better)")
    if not_negative and bool((table < 0).any()):
        raise ValueError("this method has no meaning for values below zero")
    column = (-1,) + (1,) * (table.ndim - 1)
    return DecisionTable(table, w.reshape(column), d.reshape(column))


def share(part: npt.ArrayLike, whole: npt.ArrayLike) -> FloatArray:
    """A part divided by its whole; 0 where the whole is 0, for then there is nothing to part."""
    of = np.asarray(whole, dtype=np.float64)
    size = np.broadcast_shapes(np.shape(part), of.shape)
    return np.divide(part, of, out=np.zeros(size), where=np.broadcast_to(of != 0, size))
