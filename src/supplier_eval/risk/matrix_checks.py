r"""Can the colours of a risk matrix be trusted? Three conditions of Cox, each with the cells that break it.

A cell holds the risks ``f * s`` of likelihood f and impact s inside its two bands, from ``f_low * s_low`` (attained) to
``f_high * s_high`` (approached). Green is the lowest colour, red the highest.

1. *Weak consistency*: every risk in a red cell is at least as large as every risk in a green cell.
2. *Betweenness*: no rising line steps from a green cell straight into a red one.
3. *Consistent colouring*: a red cell has no risk as low as those of a green cell, a green cell none as high as those of
   a red cell, and a cell has a colour between only if (a) it lies between a green and a red cell, or (b) it has risks
   higher than some in red cells and risks lower than some in green ones; nor may it lie wholly within the risks of red.

Source: L. A. Cox (2008), "What's Wrong with Risk Matrices?", Risk Analysis 28(2), 497-512, the axioms of section 2
(recalled; (3) is read cell by cell as above). That a colour must not fall as likelihood or impact rises is taken for
granted there and is checked here as *rising*.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

SAME = 1e-12
Cell = tuple[int, int]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def cell_risks(likelihood: npt.ArrayLike, impact: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest expected loss of every cell.

    Parameters
    ----------
    likelihood, impact : array_like of shape (n_rows + 1,), (n_columns + 1,)
        Edges of the bands, from low to high, not negative.

    Returns
    -------
    low, high : ndarray of shape (n_rows, n_columns)
        Products of the lower edges, and of the upper edges.
    """
    f, s = np.asarray(likelihood, np.float64), np.asarray(impact, np.float64)
    return np.outer(f[:-1], s[:-1]), np.outer(f[1:], s[1:])


def not_rising(levels: npt.ArrayLike) -> tuple[tuple[Cell, Cell], ...]:
    """Neighbours of which the one with more likelihood or more impact has the lower colour.

    Parameters
    ----------
    levels : array_like of shape (n_rows, n_columns)
        Colour of each cell as 0, 1, ...; rows by rising likelihood, columns by rising impact.

    Returns
    -------
    tuple of (cell, cell)
        Cells as (row, column) from 0, the lower one first.
    """
    level = np.asarray(levels, np.int64)
    return tuple((a, b) for a, b in _steps(level, ((0, 1), (1, 0))) if level[b] < level[a])


def weakly_inconsistent(
    levels: npt.ArrayLike, likelihood: npt.ArrayLike, impact: npt.ArrayLike
) -> tuple[tuple[Cell, Cell], ...]:
    """Pairs of a green and a red cell of which the green one holds larger risks than some of the red one.

    Parameters
    ----------
    levels, likelihood, impact : array_like
        As in `not_rising` and `cell_risks`.

    Returns
    -------
    tuple of (green cell, red cell)
    """
    green, red, _ = _colours(levels)
    low, high = cell_risks(likelihood, impact)
    return tuple((g, r) for g in _cells(green) for r in _cells(red) if _above(high[g], low[r]))


def without_between(levels: npt.ArrayLike) -> tuple[tuple[Cell, Cell], ...]:
    """Pairs of a green and a red cell that a rising line enters one after the other.

    Parameters
    ----------
    levels : array_like
        As in `not_rising`. A shared corner counts: a line through it passes no cell between.

    Returns
    -------
    tuple of (green cell, red cell)
    """
    green, red, _ = _colours(levels)
    steps = _steps(np.asarray(levels, np.int64), ((0, 1), (1, 0), (1, 1)))
    return tuple((a, b) for a, b in steps if green[a] and red[b])


def inconsistently_coloured(
    levels: npt.ArrayLike, likelihood: npt.ArrayLike, impact: npt.ArrayLike
) -> tuple[Cell, ...]:
    """Cells whose colour the third condition does not allow.

    Parameters
    ----------
    levels, likelihood, impact : array_like
        As in `not_rising` and `cell_risks`.

    Returns
    -------
    tuple of cells
        By row, then column. Where a colour has no cell at all, nothing can be compared with it.
    """
    green, red, between = _colours(levels)
    low, high = cell_risks(likelihood, impact)
    green_top = float(np.max(high[green], initial=-np.inf))
    red_floor = float(np.min(low[red], initial=np.inf))
    wrong = (red & _above(green_top, low)) | (green & _above(high, red_floor))
    straddles = _above(high, red_floor) & _above(green_top, low)
    wrong |= between & ~_lies_between(green, red) & ~straddles
    wrong |= between & ~_above(max(red_floor, green_top), low)
    return _cells(wrong)


def _lies_between(green: npt.NDArray[np.bool_], red: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Cells with a green cell at or below in both directions and a red one at or above."""
    below = np.maximum.accumulate(np.maximum.accumulate(green, 0), 1)
    above = np.maximum.accumulate(np.maximum.accumulate(red[::-1, ::-1], 0), 1)[::-1, ::-1]
    return np.asarray(below & above, np.bool_)


def _colours(levels: npt.ArrayLike) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    level = np.asarray(levels, np.int64)
    green, red = level == level.min(), level == level.max()
    if level.min() == level.max():
        red = np.zeros_like(green)
    return green, red, ~(green | red)


def _steps(level: IntArray, directions: tuple[Cell, ...]) -> list[tuple[Cell, Cell]]:
    """Neighbours one step up in a direction, by row, then column."""
    rows, columns = level.shape
    found = [
        ((i, j), (i + up, j + right))
        for i in range(rows)
        for j in range(columns)
        for up, right in directions
        if i + up < rows and j + right < columns
    ]
    return sorted(found)


def _above(a: npt.ArrayLike, b: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether a is above b by more than the last bits of a product: 0.4 * 0.4 is 0.2 * 0.8."""
    x, y = np.asarray(a, np.float64), np.asarray(b, np.float64)
    return np.asarray(x > y + SAME * np.abs(np.where(np.isfinite(y), y, 0.0)), np.bool_)


def _cells(chosen: npt.NDArray[np.bool_]) -> tuple[Cell, ...]:
    return tuple((int(i), int(j)) for i, j in np.argwhere(chosen))
