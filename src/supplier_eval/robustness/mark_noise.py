"""Draws of uncertain values and marks: within an interval, normal, or resampled from the evaluators."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray

FULL = 100.0


def draw_interval(rng: np.random.Generator, half_width: FloatArray, n: int) -> FloatArray:
    """Draw errors evenly between minus and plus a half-width.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source.
    half_width : ndarray of shape (n_criteria, n_bids)
        In value points, 0 or more; 0 is certain.
    n : int
        Draws.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, n)
        Errors in value points, independent of each other.
    """
    return _spread(rng.uniform(-1.0, 1.0, (*half_width.shape, n)), half_width)


def draw_normal(rng: np.random.Generator, deviation: FloatArray, n: int) -> FloatArray:
    """Draw errors from normal distributions.

    Parameters
    ----------
    rng : numpy.random.Generator
        Source.
    deviation : ndarray of shape (n_criteria, n_bids)
        Standard deviations in value points, 0 or more; 0 is certain.
    n : int
        Draws.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, n)
        Errors in value points, independent of each other.
    """
    return _spread(rng.standard_normal((*deviation.shape, n)), deviation)


def _spread(unit: FloatArray, size: FloatArray) -> FloatArray:
    if not (np.isfinite(size).all() and (size >= 0).all()):
        raise ValueError("an uncertainty is a number of value points, 0 or more")
    return np.asarray(unit * size[..., None])


def with_errors(values: FloatArray, errors: FloatArray) -> FloatArray:
    """Values with errors added, kept on their scale.

    Parameters
    ----------
    values : ndarray of shape (n_criteria, n_bids)
        0-100; a node that is rescaled to its best may exceed 100.
    errors : ndarray of shape (n_criteria, n_bids, n)
        In value points.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, n)
        Not below 0 and not above 100, or above the criterion's own highest value where that exceeds 100. What would
        lie outside is put on the border, which draws the mean of a value near the border inwards.
    """
    top = np.maximum(values.max(axis=1, initial=FULL), FULL)[:, None, None]
    return np.asarray(np.clip(values[..., None] + errors, 0.0, top))


def resample_marks(
    rng: np.random.Generator, marks: npt.ArrayLike, n: int, by: Literal["evaluator", "mark"] = "evaluator"
) -> FloatArray:
    """Draw panels with replacement from the panel that there was (the bootstrap).

    Parameters
    ----------
    rng : numpy.random.Generator
        Source.
    marks : array_like of shape (n_criteria, n_bids, n_evaluators)
        Marks as given; NaN where an evaluator gave none.
    n : int
        Draws.
    by : {"evaluator", "mark"}
        ``"evaluator"``: whole evaluators are drawn, one draw for all criteria and bids, so that a severe member is
        severe to everybody; a bid that none of the evaluators drawn has marked keeps its own panel in that draw.
        ``"mark"``: the marks of each bid and criterion are drawn by themselves, from those that were given.

    Returns
    -------
    ndarray of shape (n_criteria, n_bids, n_evaluators, n)
        Drawn marks, to be put through the panel's rule; NaN where a drawn evaluator gave none. A criterion that
        nobody marked for a bid stays missing.

    Notes
    -----
    Efron and Tibshirani (1993), "An Introduction to the Bootstrap", ch. 6. With few evaluators the spread is too small
    by a factor of about ``sqrt((m - 1) / m)``, and one evaluator has none.
    """
    given = np.asarray(marks, dtype=np.float64)
    if given.ndim != 3:
        raise ValueError(f"marks have the axes criteria, bids, evaluators; not {given.ndim} of them")
    m = given.shape[2]
    if by == "evaluator":
        drawn = given[:, :, rng.integers(0, m, (m, n))]
        lost = np.isnan(drawn).all(axis=2, keepdims=True)
        return np.asarray(np.where(lost, given[..., None], drawn))
    if by != "mark":
        raise ValueError(f"marks are resampled by 'evaluator' or by 'mark', not by {by!r}")
    there = np.isfinite(given)
    first = np.argsort(~there, axis=2, kind="stable")
    many = there.sum(axis=2)[:, :, None, None]
    place = np.minimum((rng.random((*given.shape, n)) * many).astype(np.int64), np.maximum(many - 1, 0))
    chosen = np.take_along_axis(first[..., None], place, axis=2)
    drawn = np.take_along_axis(given[..., None], chosen, axis=2)
    return np.asarray(np.where(there[..., None], drawn, np.nan))
