"""From the marks of several evaluators to one mark per bid and criterion, and what a human should look at.

Plain arrays. Marks lead with the evaluators: shape (n_evaluators, n_criteria, n_bids, ...); NaN means that
no mark was given (recused or missing: the caller has decided which, and whether that is allowed). Whatever
stands after the evaluators is worked on cell by cell, so any further axes may follow. A moderated round is a
table of marks of its own: the caller keeps both sets and aggregates the moderated one.

Nothing here drops, corrects or re-weights a mark because of what it is: flags are for people
(docs/convention.md §15). How to read the results stands in docs/panel.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from supplier_eval.score.evaluator_effects import EvaluatorEffects, severity, weighted_totals
from supplier_eval.score.order import FloatArray, mean_in_order, settle

__all__ = [
    "RULES",
    "AggregationRule",
    "EvaluatorEffects",
    "OutlierMarks",
    "aggregate",
    "count_marks",
    "marks_needed",
    "objective_differences",
    "outlier_marks",
    "severity",
    "weighted_totals",
]

BoolArray: TypeAlias = npt.NDArray[np.bool_]
AggregationRule: TypeAlias = Literal["mean", "trimmed_mean", "median", "consensus"]

RULES: tuple[str, ...] = get_args(AggregationRule)
FEWEST_FOR_OUTLIERS = 3
MAD_TO_SD = 1.4826


def aggregate(marks: npt.ArrayLike, rule: AggregationRule = "mean", trim: int = 1) -> FloatArray:
    """Turn the marks of all evaluators into one mark per criterion and bid.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_criteria, n_bids, ...)
        Marks in points; NaN where none was given.
    rule : {"mean", "trimmed_mean", "median", "consensus"}
        ``mean`` of independent marks; ``trimmed_mean`` without the `trim` highest and `trim` lowest marks of
        the cell; ``median``, the mean of the two middle marks where their number is even; ``consensus``, one
        mark that the panel agreed on.
    trim : int
        Marks dropped at each end by ``trimmed_mean``; not read by the other rules.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, ...)
        One mark per cell, in points, between the lowest and the highest mark given; NaN where nobody gave
        one.

    Raises
    ------
    ValueError
        A mark is infinite; the rule is unknown; ``trimmed_mean`` meets a cell with some but fewer than
        ``2 * trim + 1`` marks, or ``consensus`` a cell with more than one. There is no silent fallback to
        another rule: ask `marks_needed` and `count_marks` first.

    Notes
    -----
    Missing marks neither count nor pull: a mean runs over the marks that were given. The marks of a cell are
    sorted before they are added, so the order of the evaluators does not reach the last bit, and an evaluator
    without marks changes nothing.
    """
    given = _as_marks(marks)
    if rule not in _AGGREGATE:
        raise ValueError(f"no aggregation rule {rule!r}; there is: {', '.join(RULES)}")
    ordered = np.sort(given, axis=0)  # NaN goes last
    return _AGGREGATE[rule](ordered, count_marks(given), _as_trim(trim))


def marks_needed(rule: AggregationRule, trim: int = 1) -> int:
    """How many marks a cell needs before `rule` gives a result: ``2 * trim + 1`` if trimmed, otherwise 1."""
    return 2 * _as_trim(trim) + 1 if rule == "trimmed_mean" else 1


def count_marks(marks: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """Count the marks that were given, per criterion and bid; shape (n_criteria, n_bids, ...)."""
    return np.asarray(np.add.reduce(~np.isnan(_as_marks(marks)), axis=0, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class OutlierMarks:
    """Marks that stand away from what the other evaluators gave, for a human to look at.

    Parameters
    ----------
    flagged : ndarray of bool, shape of the marks
        True where the mark stands further away than both thresholds.
    distance : ndarray, shape of the marks
        Mark minus the median of the others, in points; NaN where the cell has fewer than three marks.
    median_of_others : ndarray, shape of the marks
        Median of the other evaluators' marks of the cell, in points.
    spread_of_others : ndarray, shape of the marks
        1.4826 × median absolute deviation of the others from their median, in points.
    threshold : ndarray, broadcasts to the marks
        ``limit * scale_width`` in points: a mark is flagged only beyond it.
    n_marks : ndarray of int, shape (n_criteria, n_bids, ...)
        Marks given in the cell.
    """

    flagged: BoolArray
    distance: FloatArray
    median_of_others: FloatArray
    spread_of_others: FloatArray
    threshold: FloatArray
    n_marks: npt.NDArray[np.int64]


def outlier_marks(marks: npt.ArrayLike, scale_width: npt.ArrayLike, limit: float, spreads: float = 0.0) -> OutlierMarks:
    """Find marks that stand away from the median of the other evaluators' marks.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_criteria, n_bids, ...)
        Marks in points; NaN where none was given.
    scale_width : float or array_like of shape (n_criteria,)
        Highest minus lowest mark of the scale, in points, above zero.
    limit : float
        Fraction of the scale, in [0, 1], that a mark may stand away from the median of the others.
    spreads : float
        A mark must also stand more than this many robust standard deviations of the others away. 0 asks for
        the first rule only; 3 keeps quiet where the others do not agree among themselves either.

    Returns
    -------
    OutlierMarks
        The mask, the distances and both thresholds. A cell with fewer than three marks flags nothing: of two
        marks that differ nobody can say which one stands away.

    Raises
    ------
    ValueError
        Marks infinite, a scale width not above zero, a limit outside [0, 1] or `spreads` below zero.

    Notes
    -----
    Distances are compared at nine decimals; a mark exactly at the limit is not flagged. The robust rule is
    the median absolute deviation, scaled to a normal standard deviation (Hampel 1974); because the mark
    itself is left out, one mark far away cannot hide itself.
    """
    given = _as_marks(marks)
    width = np.asarray(scale_width, dtype=np.float64)
    if (width.ndim and width.shape != given.shape[1:2]) or not np.all(np.isfinite(width) & (width > 0)):
        raise ValueError("scale_width must be above zero: one figure, or one per criterion")
    if not 0.0 <= limit <= 1.0 or not spreads >= 0.0:
        raise ValueError(f"limit must lie in [0, 1] and spreads be ≥ 0; got {limit} and {spreads}")
    threshold = limit * (width.reshape(-1, *(1,) * (given.ndim - 2)) if width.ndim else width)
    n_marks = count_marks(given)
    centre, spread = np.full(given.shape, np.nan), np.full(given.shape, np.nan)
    for e in range(given.shape[0]):
        others = np.delete(given, e, axis=0)
        centre[e] = aggregate(others, "median")
        spread[e] = MAD_TO_SD * aggregate(np.abs(others - centre[e]), "median")
    judged = ~np.isnan(given) & (n_marks >= FEWEST_FOR_OUTLIERS)
    distance = np.where(judged, given - centre, np.nan)
    away = settle(np.abs(distance))
    flagged = judged & (away > settle(threshold)) & (away > settle(spreads * spread))
    return OutlierMarks(flagged, distance, centre, spread, threshold, n_marks)


def objective_differences(marks: npt.ArrayLike, objective_mask: npt.ArrayLike) -> BoolArray:
    """Find the bids whose evaluators gave different marks on a criterion that leaves nothing to judge.

    Parameters
    ----------
    marks : array_like of shape (n_evaluators, n_criteria, n_bids, ...)
        Marks in points; NaN where none was given.
    objective_mask : array_like of bool, shape (n_criteria,)
        True for a criterion whose mark follows from a fact (a certificate, a count).

    Returns
    -------
    ndarray of bool, shape (n_criteria, n_bids, ...)
        True where at least two marks of an objective criterion differ at nine decimals.

    Raises
    ------
    ValueError
        Marks infinite, or not one mask entry per criterion.
    """
    given = _as_marks(marks)
    objective = np.asarray(objective_mask, dtype=bool)
    if given.ndim < 2 or objective.shape != given.shape[1:2]:
        raise ValueError(f"a mask of shape {objective.shape} does not fit marks of shape {given.shape}")
    read = settle(given)
    missing = np.isnan(read)
    highest = np.max(np.where(missing, -np.inf, read), axis=0, initial=-np.inf)
    lowest = np.min(np.where(missing, np.inf, read), axis=0, initial=np.inf)
    return np.asarray((highest > lowest) & objective.reshape(-1, *(1,) * (given.ndim - 2)))


def _as_marks(marks: npt.ArrayLike) -> FloatArray:
    """Marks as float64, refused where infinite."""
    given = np.asarray(marks, dtype=np.float64)
    if given.ndim == 0:
        raise ValueError("marks need an axis of evaluators")
    if np.any(np.isinf(given)):
        raise ValueError("a mark is infinite; a mark that was not given is NaN")
    return given


def _as_trim(trim: int) -> int:
    """Count of marks dropped at each end, refused where it is not a whole number ≥ 0."""
    if isinstance(trim, bool) or not isinstance(trim, int | np.integer) or trim < 0:
        raise ValueError(f"trim must be a whole number, 0 or more; got {trim!r}")
    return int(trim)


def _places(ordered: FloatArray) -> npt.NDArray[np.int64]:
    """Place of each mark in its sorted cell, shaped to compare with the count of marks."""
    return np.arange(ordered.shape[0]).reshape(-1, *(1,) * (ordered.ndim - 1))


def _mean(ordered: FloatArray, n: npt.NDArray[np.int64], _trim: int) -> FloatArray:
    """Mean of the marks given, lowest first."""
    return _inside(mean_in_order(ordered, _places(ordered) < n), ordered, n)


def _trimmed_mean(ordered: FloatArray, n: npt.NDArray[np.int64], trim: int) -> FloatArray:
    """Mean of the marks between the `trim` lowest and the `trim` highest."""
    short = (n > 0) & (n < 2 * trim + 1)
    if np.any(short):
        raise ValueError(
            f"a mean without the {trim} highest and {trim} lowest marks needs {2 * trim + 1} marks; "
            f"{np.count_nonzero(short)} cells have fewer, the first at {_first(short)}"
        )
    place = _places(ordered)
    return _inside(mean_in_order(ordered, (place >= trim) & (place < n - trim)), ordered, n)


def _median(ordered: FloatArray, n: npt.NDArray[np.int64], _trim: int) -> FloatArray:
    """Middle mark, or the mean of the two middle marks."""
    place = _places(ordered)
    return _inside(mean_in_order(ordered, (place >= (n - 1) // 2) & (place <= n // 2) & (n > 0)), ordered, n)


def _consensus(ordered: FloatArray, n: npt.NDArray[np.int64], _trim: int) -> FloatArray:
    """Take the one mark of the cell."""
    if np.any(n > 1):
        raise ValueError(f"consensus needs one mark per cell; the cell at {_first(n > 1)} has several")
    return mean_in_order(ordered, _places(ordered) < n)


def _inside(means: FloatArray, ordered: FloatArray, n: npt.NDArray[np.int64]) -> FloatArray:
    """Means kept between the lowest and the highest mark, where the last bit would leave them."""
    if ordered.shape[0] == 0:
        return means
    highest = np.take_along_axis(ordered, np.maximum(n - 1, 0)[np.newaxis], axis=0)[0]
    return np.asarray(np.clip(means, ordered[0], highest))


def _first(mask: BoolArray) -> str:
    """Position of the first true cell, as text."""
    return str(tuple(int(i) for i in np.argwhere(mask)[0]))


_AGGREGATE: dict[str, Callable[[FloatArray, npt.NDArray[np.int64], int], FloatArray]] = {
    "mean": _mean,
    "trimmed_mean": _trimmed_mean,
    "median": _median,
    "consensus": _consensus,
}
