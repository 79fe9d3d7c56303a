"""Within which bounds the weights may change: what a user writes, as two arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.rank.asked import asked_mapping
from supplier_eval.score.order import FloatArray

SLACK = 1e-9
Bounds = Mapping[str, tuple[float, float]]


def change_bounds(names: tuple[str, ...], weights: FloatArray, bounds: Bounds) -> tuple[FloatArray, FloatArray]:
    """Read the least and the largest weight of every criterion, 0 and 1 where none are given.

    Parameters
    ----------
    names : tuple of str
        Criteria whose weights move.
    weights : ndarray of shape (n_criteria,)
        Their present weights, fractions.
    bounds : mapping of str to (float, float)
        Criterion → least and largest weight, fractions of the whole.

    Returns
    -------
    tuple of two ndarrays of shape (n_criteria,)
        Lower and upper.

    Raises
    ------
    InvalidInput
        With every pair that is no pair, or does not contain the present weight.
    UnknownName
        If there is no such criterion.
    """
    lower, upper = np.zeros(len(names)), np.ones(len(names))
    found = []
    for name, pair in asked_mapping(bounds, "bounds").items():
        if name not in names:
            raise UnknownName("criterion", name, names)
        ends = _ends(pair)
        if ends is None:
            found.append(Finding("change.bounds.invalid", "bounds", name, value=str(pair)))
            continue
        i, (low, high) = names.index(name), ends
        if not low - SLACK <= weights[i] <= high + SLACK:
            facts = {"lower": f"{low:g}", "upper": f"{high:g}"}
            found.append(Finding("change.bounds.outside", "bounds", name, value=f"{weights[i]:g}", facts=facts))
        lower[i], upper[i] = low, high
    if found:
        raise InvalidInput(found, "bounds")
    return lower, upper


def _ends(pair: object) -> tuple[float, float] | None:
    """A pair of fractions in order, or None."""
    if isinstance(pair, str):
        return None
    try:
        low, high = (float(end) for end in pair)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    return (low, high) if 0.0 <= low <= high <= 1.0 else None
