"""Named normalisations: how figures in different units are made comparable before they are weighed.

Each turns a decision table so that more is better. None gives NaN: in a criterion where all bids are equal every bid
gets the same figure, the best of the scale. The name of the one that was used stands in every result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import UnknownName
from supplier_eval.rank.method import Domain
from supplier_eval.rank.sums import sum_sorted
from supplier_eval.score.order import FloatArray

SMALLEST_SQUARED, LARGEST_SQUARED = 1e-140, 1e140


@dataclass(frozen=True)
class Normalisation:
    """A normalisation with what it promises.

    Parameters
    ----------
    name : str
        Key in ``NORMALISATIONS``.
    words : str
        Its formula, for criteria where more is better and where less is better.
    function : callable
        ``function(values, directions, bounds)``, directions shaped to meet the values.
    domain : {"any", "not_negative", "positive_costs", "positive"}
        What raw values it can take.
    relative : bool
        Whether a bid's figure depends on the other bids.
    """

    name: str
    words: str
    function: Callable[[FloatArray, FloatArray, FloatArray | None], FloatArray]
    domain: Domain = "any"
    relative: bool = True


def normalise(
    values: npt.ArrayLike, directions: npt.ArrayLike, normalisation: str, bounds: npt.ArrayLike | None = None
) -> FloatArray:
    """Make figures in different units comparable; more is better in the result.

    Parameters
    ----------
    values : array_like of shape (n_criteria, n_bids, ...)
        Finite raw figures, each criterion in its own unit.
    directions : array_like of shape (n_criteria,)
        1 where more is better, -1 where less is better.
    normalisation : str
        Key in ``NORMALISATIONS``.
    bounds : array_like of shape (n_criteria, 2), optional
        Lowest and highest figure of each criterion, for ``"fixed"`` only.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, ...)
        Without a unit; criteria where all bids are equal give every bid the same figure.

    Raises
    ------
    UnknownName
        If there is no such normalisation.
    ValueError
        If a figure lies outside what the normalisation can take, or bounds are missing or not needed.
    """
    if normalisation not in NORMALISATIONS:
        raise UnknownName("normalisation", normalisation, NORMALISATIONS)
    x = np.asarray(values, dtype=np.float64)
    d = np.asarray(directions, dtype=np.float64).reshape((-1,) + (1,) * (x.ndim - 1))
    if (bounds is None) == (normalisation == "fixed"):
        raise ValueError("the normalisation 'fixed' needs bounds, and no other takes them")
    return NORMALISATIONS[normalisation].function(x, d, None if bounds is None else fixed_bounds(bounds, x))


def fixed_bounds(bounds: npt.ArrayLike, values: FloatArray) -> FloatArray:
    """Bounds as an array that meets the values: lowest, then highest figure of each criterion.

    Parameters
    ----------
    bounds : array_like of shape (n_criteria, 2)
        In the units of each criterion.
    values : ndarray of shape (n_criteria, n_bids, ...)
        Figures that must lie between them.

    Returns
    -------
    ndarray of shape (2, n_criteria, 1, ...)
        Lowest and highest.

    Raises
    ------
    ValueError
        If they are not two a criterion, not finite, not apart, or if a value lies outside them.
    """
    given = np.asarray(bounds, dtype=np.float64)
    if given.shape != (values.shape[0], 2):
        raise ValueError(
            f"{values.shape[0]} criteria need as many pairs (lowest, highest), not the shape {given.shape}"
        )
    low, high = given.T.reshape((2, -1) + (1,) * (values.ndim - 1))
    if not bool(np.isfinite(given).all() and (low < high).all()):
        raise ValueError("the lowest figure of a criterion is below its highest, and both are finite")
    if bool((values < low).any() or (values > high).any()):
        raise ValueError("a value lies outside the bounds of its criterion")
    return np.stack([low, high])


def column_length(x: FloatArray) -> FloatArray:
    """Length of each criterion as a vector over the bids, of shape (n_criteria, 1, ...); 1 where all values are 0."""
    with np.errstate(over="ignore"):
        length = np.sqrt(sum_sorted(x * x, axis=1))
    if not (length.min() > SMALLEST_SQUARED and length.max() < LARGEST_SQUARED):
        step = np.ldexp(1.0, np.frexp(np.abs(x).max(axis=1))[1] - 1)  # a power of two: scaling by it costs no digit
        small = x / step[:, None]
        length = step * np.sqrt(sum_sorted(small * small, axis=1))
        length = np.where(length > 0, length, 1.0)
    return np.asarray(length[:, None])


def costs_inverted(x: FloatArray, d: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Figures of benefits as they are, of costs the lowest cost over the cost; and the highest of each criterion."""
    low, high = x.min(axis=1, keepdims=True), x.max(axis=1, keepdims=True)
    gain = d > 0
    if low.min() <= 0:
        if bool((low < 0).any()):
            raise ValueError("this normalisation has no meaning for values below zero")
        if bool((~gain & (low == 0)).any()):
            raise ValueError("this normalisation divides by costs, and a cost is zero")
    return np.where(gain, x, low) / np.where(gain, 1.0, x), np.where(gain, high, 1.0)


def _vector(x: FloatArray, d: FloatArray, _: FloatArray | None) -> FloatArray:
    return np.asarray(x / (d * column_length(x)))


def _min_max(x: FloatArray, d: FloatArray, _: FloatArray | None) -> FloatArray:
    turned = d * x
    low = turned.min(axis=1, keepdims=True)
    spread = turned.max(axis=1, keepdims=True) - low
    return np.where(spread > 0, (turned - low) / np.where(spread > 0, spread, 1.0), 1.0)


def _max(x: FloatArray, d: FloatArray, _: FloatArray | None) -> FloatArray:
    figures, top = costs_inverted(x, d)
    return np.where(top > 0, figures / np.where(top > 0, top, 1.0), 1.0)


def _sum(x: FloatArray, d: FloatArray, _: FloatArray | None) -> FloatArray:
    figures, _top = costs_inverted(x, d)
    total = sum_sorted(figures, axis=1)[:, None]
    return np.where(total > 0, figures / np.where(total > 0, total, 1.0), 1.0 / x.shape[1])


def _fixed(x: FloatArray, d: FloatArray, bounds: FloatArray | None) -> FloatArray:
    assert bounds is not None
    low, high = bounds
    return np.asarray(np.where(d > 0, x - low, high - x) / (high - low))


def _none(x: FloatArray, d: FloatArray, _: FloatArray | None) -> FloatArray:
    return np.asarray(d * x)


NORMALISATIONS: Mapping[str, Normalisation] = MappingProxyType(
    {
        n.name: n
        for n in (
            Normalisation("vector", "value over the square root of the sum of squares; costs with a minus", _vector),
            Normalisation("min_max", "place between the worst value of the bids (0) and the best (1)", _min_max),
            Normalisation("max", "value over the highest; for costs the lowest over the value", _max, "positive_costs"),
            Normalisation(
                "sum", "value over the sum; for costs 1/value over the sum of 1/value", _sum, "positive_costs"
            ),
            Normalisation("fixed", "place between stated bounds, worst 0 and best 1", _fixed, relative=False),
            Normalisation(
                "none", "values as they are, on one scale already; costs with a minus", _none, relative=False
            ),
        )
    }
)
