"""Which points set the centre and the limits of a control chart: a window that later points do not move.

A phase is a stretch of time after a known change (a new contract, a new tool); each phase has its own baseline. Points
with an assigned cause can be left out of the baseline; they stay on the chart and are judged like all others.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]


def phase_numbers(n_points: int, starts: Sequence[int]) -> IntArray:
    """Number the phase of each point.

    Parameters
    ----------
    n_points : int
        Number of points.
    starts : sequence of int
        Positions at which a new phase begins, from 0; the first phase begins at 0 in any case.

    Returns
    -------
    ndarray of int, shape (n_points,)
        From 0.
    """
    numbers = np.zeros(n_points, dtype=np.int64)
    for start in sorted(set(starts)):
        if start > 0:
            numbers[start:] += 1
    return numbers


def baseline_mask(
    measured: npt.ArrayLike,
    phases: IntArray,
    window: int | tuple[int, int] | None,
    left_out: Sequence[int] = (),
) -> BoolArray:
    """Say which points the centre and the limits are estimated from.

    Parameters
    ----------
    measured : array_like of bool, shape (n_points,)
        False for a gap.
    phases : ndarray of int, shape (n_points,)
        As `phase_numbers` gives them.
    window : int, (int, int) or None
        The first so many measured points of each phase (a point left out is not made up for); the positions of a
        half-open stretch; all points.
    left_out : sequence of int
        Positions with an assigned cause.

    Returns
    -------
    ndarray of bool, shape (n_points,)
    """
    has = np.asarray(measured, dtype=bool)
    mask = has.copy()
    if isinstance(window, tuple):
        inside = np.zeros(len(has), dtype=bool)
        inside[window[0] : window[1]] = True
        mask &= inside
    elif window is not None:
        for phase in np.unique(phases):
            own = has & (phases == phase)
            mask &= ~(own & (np.cumsum(own) > window))
    mask[list(left_out)] = False
    return np.asarray(mask)


def points_after(baseline: npt.ArrayLike) -> BoolArray:
    """Say which points come after the last one of a baseline; all of them where it has none.

    Parameters
    ----------
    baseline : array_like of bool, shape (n_points,)
        As `baseline_mask` gives it.

    Returns
    -------
    ndarray of bool, shape (n_points,)
    """
    at = np.flatnonzero(np.asarray(baseline, dtype=bool))
    return np.arange(np.size(baseline)) > (at[-1] if at.size else -1)
