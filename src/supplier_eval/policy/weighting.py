"""Weights from judgement: points, orders, pairs, best and worst; the registry in which a user may put one more.

The judgements are asked about the ranges of the scales (`questions`), the answers give `Weights`, and a policy takes
them over as points (`Weights.as_points`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.policy.ahp_weights import ahp
from supplier_eval.policy.asked_weighting import asked_entries, asked_key, asked_labels, refuse
from supplier_eval.policy.best_worst_weights import best_worst
from supplier_eval.policy.group_weights import group_ahp
from supplier_eval.policy.importance_order import (
    CENTROID_SOURCE,
    RECIPROCAL_SOURCE,
    SUM_SOURCE,
    rank_order_centroid,
    rank_sum,
    reciprocal_rank,
)
from supplier_eval.policy.pairwise import read_number
from supplier_eval.policy.weights import MOST, TABLE, Weights, normalised

__all__ = [
    "WEIGHTINGS",
    "Weighting",
    "Weights",
    "ahp",
    "best_worst",
    "group_ahp",
    "rank_order_centroid",
    "rank_sum",
    "reciprocal_rank",
    "register_weighting",
    "smart",
    "swing",
    "weighting",
]

Asks: TypeAlias = Literal["pairs", "best_worst", "points", "order"]
SWING_SOURCE = "von Winterfeldt & Edwards 1986, Decision Analysis and Behavioral Research, swing weighting"
SMART_SOURCE = "Edwards 1977, IEEE Trans. SMC 7(5):326-340; asked about ranges: Edwards & Barron 1994, OBHDP 60:306-325"
SMART_LOWEST = 10.0


@dataclass(frozen=True)
class Weighting:
    """A weighting method with its source.

    Parameters
    ----------
    name : str
        Key in ``WEIGHTINGS``: a plain lower-case name.
    title : str
        The field's name for it.
    function : callable
        Judgements → `Weights`.
    source : str
        Author, year.
    asks : {"pairs", "best_worst", "points", "order"}
        What people are asked for; `questions` words it.
    parameters : mapping of str to str
        Keyword → what it means, with its default.
    """

    name: str
    title: str
    function: Callable[..., Weights]
    source: str
    asks: Asks
    parameters: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.isidentifier() or self.name != self.name.lower():
            raise ValueError(f"{self.name!r} is no plain name: use lower-case letters, digits and _.")


WEIGHTINGS: dict[str, Weighting] = {}


def register_weighting(weighting: Weighting) -> None:
    """Add a weighting method of your own to ``WEIGHTINGS``.

    Parameters
    ----------
    weighting : Weighting
        The function with its name and source.

    Raises
    ------
    InvalidInput
        If it is no `Weighting`.
    ValueError
        If the name is taken.
    """
    if not isinstance(weighting, Weighting):
        refuse("weighting.asked.weighting", "weighting", weighting)
    if weighting.name in WEIGHTINGS:
        raise ValueError(f"there is a weighting named {weighting.name!r} already; choose another name.")
    WEIGHTINGS[weighting.name] = weighting


def weighting(name: str) -> Weighting:
    """The weighting method of that name.

    Raises
    ------
    UnknownName
        If there is none; the nearest name is offered.
    """
    return WEIGHTINGS[asked_key("weighting", name, WEIGHTINGS)]


def swing(points: Any, *, names: Iterable[str] | None = None) -> Weights:  # noqa: ANN401 - mapping, Series or sequence
    """Weights from points for swings, each swing bringing one criterion from its floor to its target.

    Parameters
    ----------
    points : mapping, Series or sequence
        Criterion → points, not negative; the swing people would choose first usually has 100, the others their share
        of it. Only the proportions count.
    names : iterable of str, optional
        Names of a plain sequence (else ``"1"``, ``"2"``, ...).

    Returns
    -------
    Weights
        Points over their sum; ``figures["points"]`` the points. A swing of 0 points is a finding.

    Raises
    ------
    InvalidInput
        With every entry that is missing, not a number, infinite or negative; or if all are 0.

    Examples
    --------
    >>> se.policy.swing({"price": 100, "quality": 60, "staff": 40})
    Weights(swing: price 0.500, quality 0.300, staff 0.200; 0 findings)
    """
    read = _read_points(points, names)
    _refuse(Finding("weighting.points.bad", TABLE, n, value=str(p)) for n, p in read.items() if not _usable(p))
    if not any(p for p in read.values() if p):
        raise InvalidInput([Finding("weighting.points.all_zero", TABLE)])
    found = [Finding("weighting.points.zero", TABLE, name, severity="warning") for name, p in read.items() if p == 0]
    return _from_points("swing", SWING_SOURCE, read, found)


def smart(points: Any, *, names: Iterable[str] | None = None) -> Weights:  # noqa: ANN401 - mapping, Series or sequence
    """Weights from points of importance, the least important criterion standing at 10.

    Parameters
    ----------
    points : mapping, Series or sequence
        Criterion → points, 10 for the least important and more for the others (20 for twice as important).
    names : iterable of str, optional
        Names of a plain sequence (else ``"1"``, ``"2"``, ...).

    Returns
    -------
    Weights
        Points over their sum; ``figures["points"]`` the points. If nobody stands at 10, that is a finding.

    Raises
    ------
    InvalidInput
        With every entry that is missing, not a number, infinite or below 10.

    Examples
    --------
    >>> se.policy.smart({"price": 50, "quality": 30, "staff": 10})
    Weights(smart: price 0.556, quality 0.333, staff 0.111; 0 findings)
    """
    read = _read_points(points, names)
    low = [n for n, p in read.items() if not _usable(p) or float(p or 0) < SMART_LOWEST]
    _refuse(Finding("weighting.smart.below_ten", TABLE, name, value=str(read[name])) for name in low)
    least = min(p for p in read.values() if p is not None)
    found = []
    if least > SMART_LOWEST:
        found = [Finding("weighting.smart.no_anchor", TABLE, value=f"{least:g}", severity="warning")]
    return _from_points("smart", SMART_SOURCE, read, found)


def _read_points(points: Any, names: Iterable[str] | None) -> dict[str, float | None]:  # noqa: ANN401 - raw input
    """Name → points; None where it is no number, NaN where it is missing."""
    if hasattr(points, "items"):
        pairs = [(str(name), cell) for name, cell in points.items()]
    else:
        cells = asked_entries(points, "points")
        labels = [str(i + 1) for i in range(len(cells))] if names is None else asked_labels(names) or []
        if len(labels) != len(cells):
            raise InvalidInput([Finding("weighting.points.length", TABLE, value=str(len(cells)))])
        pairs = list(zip(labels, cells, strict=True))
    if not pairs:
        raise InvalidInput([Finding("weighting.points.empty", TABLE)])
    listed = [name for name, _ in pairs]
    _refuse(Finding("weighting.pair.twice", TABLE, n) for n in sorted({n for n in listed if listed.count(n) > 1}))
    return {name: read_number(cell) for name, cell in pairs}


def _usable(points: float | None) -> bool:
    return points is not None and math.isfinite(points) and 0 <= points <= MOST


def _refuse(findings: Iterable[Finding]) -> None:
    if found := list(findings):
        raise InvalidInput(found)


def _from_points(method: str, source: str, read: Mapping[str, float | None], found: Sequence[Finding]) -> Weights:
    points = np.array([p or 0.0 for p in read.values()])
    return Weights(tuple(read), normalised(points), method, source, {}, tuple(found), {"points": points})


_AHP = {
    "method": "eigenvector (default) or geometric_mean",
    "random_index": "saaty_1980 (default), saaty_2008, alonso_lamata_2006, or a figure",
    "threshold": "of the consistency ratio or index; by default the published one",
}
_FILL = {"incomplete": "least_inconsistent (default) or harker: what stands for pairs that were not judged"}
_GROUP = {
    "aggregate": "judgements (default), priorities_geometric or priorities_arithmetic",
    "evaluator_weights": "evaluator → how much they count; equal by default",
}
_MODEL = {"model": "nonlinear (default) or linear", "best": "name of the best", "worst": "name of the worst"}
for _entry in (
    Weighting("ahp", "Analytic hierarchy process", ahp, "Saaty 1980", "pairs", _AHP | _FILL),
    Weighting("group_ahp", "AHP of a group", group_ahp, "Forman & Peniwati 1998", "pairs", _AHP | _GROUP),
    Weighting("best_worst", "Best-worst method", best_worst, "Rezaei 2015; 2016", "best_worst", _MODEL),
    Weighting("swing", "Swing weighting", swing, SWING_SOURCE, "points"),
    Weighting("smart", "SMART", smart, SMART_SOURCE, "points"),
    Weighting("rank_order_centroid", "Rank-order centroid", rank_order_centroid, CENTROID_SOURCE, "order"),
    Weighting("rank_sum", "Rank sum", rank_sum, SUM_SOURCE, "order"),
    Weighting("reciprocal_rank", "Rank reciprocal", reciprocal_rank, RECIPROCAL_SOURCE, "order"),
):
    register_weighting(_entry)
