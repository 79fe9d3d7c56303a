"""Weights from an order of importance alone: rank-order centroid, rank sum, rank reciprocal.

The weights are sums of fractions, exact until they are written as numbers.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.asked_weighting import asked_entries
from supplier_eval.policy.pairwise import read_number
from supplier_eval.policy.weights import TABLE, Weights

CENTROID_SOURCE = "Barron & Barrett 1996, Management Science 42(11):1515-1523, rank-order centroid"
SUM_SOURCE = "Stillwell, Seaver & Edwards 1981, OBHP 28:62-77, rank sum"
MOST_COUNTED = 1000
RECIPROCAL_SOURCE = "Stillwell, Seaver & Edwards 1981, OBHP 28:62-77, rank reciprocal"


def rank_order_centroid(order: Any) -> Weights:  # noqa: ANN401 - sequence or mapping
    r"""Weights from an order of importance alone: the middle of all the weights that agree with it.

    Parameters
    ----------
    order : sequence, mapping or int
        Criteria from the most to the least important; a tuple, list or set inside is a group that nobody ordered.
        Or criterion → rank, 1 for the most important, equal ranks for a group. Or a number of criteria, which are then
        called ``"1"``, ``"2"``, …

    Returns
    -------
    Weights
        :math:`w_i = \frac{1}{n} \sum_{k=i}^{n} \frac{1}{k}`; ``figures["ranks"]`` the ranks. A group shares the
        weights of its places equally: the centroid where the order inside the group is open.

    Raises
    ------
    InvalidInput
        If a name stands twice, the order is empty, or a rank is not a number of 1 or more.

    Examples
    --------
    >>> se.policy.rank_order_centroid(["price", "quality", "staff"])
    Weights(rank_order_centroid: price 0.611, quality 0.278, staff 0.111; 0 findings)
    """

    def weight(i: int, n: int) -> Fraction:
        return sum((Fraction(1, k) for k in range(i, n + 1)), Fraction(0)) / n

    return _from_order("rank_order_centroid", CENTROID_SOURCE, order, weight)


def rank_sum(order: Any) -> Weights:  # noqa: ANN401 - sequence or mapping
    """Weights from an order of importance, falling in equal steps.

    Parameters
    ----------
    order : sequence or mapping
        As in `rank_order_centroid`.

    Returns
    -------
    Weights
        2(n + 1 - i) / (n(n + 1)) for rank i; a group shares the weights of its places equally.

    Raises
    ------
    InvalidInput
        As in `rank_order_centroid`.

    Examples
    --------
    >>> se.policy.rank_sum(["price", "quality", "staff"])
    Weights(rank_sum: price 0.500, quality 0.333, staff 0.167; 0 findings)
    """
    return _from_order("rank_sum", SUM_SOURCE, order, lambda i, n: Fraction(2 * (n + 1 - i), n * (n + 1)))


def reciprocal_rank(order: Any) -> Weights:  # noqa: ANN401 - sequence or mapping
    """Weights from an order of importance, in proportion to one over the rank.

    Parameters
    ----------
    order : sequence or mapping
        As in `rank_order_centroid`.

    Returns
    -------
    Weights
        (1/i) over the sum of 1/k for rank i; a group shares the weights of its places equally.

    Raises
    ------
    InvalidInput
        As in `rank_order_centroid`.

    Examples
    --------
    >>> se.policy.reciprocal_rank(["price", "quality", "staff"])
    Weights(reciprocal_rank: price 0.545, quality 0.273, staff 0.182; 0 findings)
    """
    return _from_order("reciprocal_rank", RECIPROCAL_SOURCE, order, lambda i, n: Fraction(1, i))


def _from_order(method: str, source: str, order: Any, weight: Callable[[int, int], Fraction]) -> Weights:  # noqa: ANN401
    """Weights by place; the sums are exact, so that equal groups get equal weights to the last bit."""
    groups = _read_order(order)
    n = sum(map(len, groups))
    by_place = [weight(i, n) for i in range(1, n + 1)]
    whole = sum(by_place, Fraction(0))
    weights: dict[str, float] = {}
    ranks: dict[str, int] = {}
    for group in groups:
        at = len(weights)
        share = sum(by_place[at : at + len(group)], Fraction(0)) / (len(group) * whole)
        weights |= dict.fromkeys(group, float(share))
        ranks |= dict.fromkeys(group, at + 1)
    names = tuple(str(name) for name, _ in order.items()) if hasattr(order, "items") else tuple(weights)
    figures = {"ranks": np.array([ranks[name] for name in names])}
    return Weights(names, np.array([weights[name] for name in names]), method, source, {}, (), figures)


def _read_order(order: Any) -> list[list[str]]:  # noqa: ANN401 - raw input
    """Groups of names from the most to the least important; names sorted inside a group."""
    if isinstance(order, int | np.integer) and not isinstance(order, bool) and 0 < order <= MOST_COUNTED:
        order = [str(place) for place in range(1, order + 1)]
    if hasattr(order, "items"):
        ranks = {str(name): read_number(rank) for name, rank in order.items()}
        wrong = [name for name, rank in ranks.items() if rank is None or not 1 <= rank < math.inf]
        if wrong:
            raise InvalidInput([Finding("weighting.order.rank", TABLE, name) for name in wrong])
        levels = sorted({rank for rank in ranks.values() if rank is not None})
        groups = [sorted(name for name, rank in ranks.items() if rank == level) for level in levels]
    elif isinstance(order, str):
        raise InvalidInput([Finding("weighting.order.text", TABLE, value=order)])
    else:
        many = (tuple, list, set, frozenset)
        groups = [
            sorted(map(str, entry)) if isinstance(entry, many) else [str(entry)]
            for entry in asked_entries(order, "order")
        ]
    listed = [name for group in groups for name in group]
    if not listed:
        raise InvalidInput([Finding("weighting.points.empty", TABLE)])
    if twice := sorted({name for name in listed if listed.count(name) > 1}):
        raise InvalidInput([Finding("weighting.pair.twice", TABLE, name) for name in twice])
    return [group for group in groups if group]
