"""Times of a series as figures: numbers as they are, dates in days, periods in their own steps."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from supplier_eval.errors import Finding
from supplier_eval.monitor.series import TABLE, figure_or_gap
from supplier_eval.score.order import FloatArray

DAY = 86400.0
LABEL = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])|-?Q([1-4]))?")


def times_of(given: object, n_points: int, found: list[Finding]) -> tuple[FloatArray, str]:
    """Read one time a point.

    Parameters
    ----------
    given : object
        Numbers, dates, pandas periods, or texts of one kind (2026-03-31, 2026-03, 2026Q1); None for steps 1, 2, ...
    n_points : int
        Number of points.
    found : list of Finding
        Findings are added to it: a wrong count, what is no time, a time given twice, kinds mixed.

    Returns
    -------
    times : ndarray of shape (n_points,)
    unit : {"step", "number", "day", "period"}
        Of one unit of these figures.
    """
    steps = np.arange(1.0, n_points + 1.0)
    if given is None:
        return steps, "step"
    if isinstance(given, str | bytes | dict) or not hasattr(given, "__iter__"):
        found.append(Finding("series.none", TABLE, "times", value=type(given).__name__))
        return steps, "step"
    cells = list(given)
    if len(cells) != n_points:
        found.append(Finding("series.length", TABLE, "times", value=str(len(cells)), facts={"n": n_points}))
        return steps, "step"
    read = [_time(cell) for cell in _of_texts(cells)]
    wrong = [(i + 1, cell) for i, (cell, (figure, _)) in enumerate(zip(cells, read, strict=True)) if math.isnan(figure)]
    if wrong:
        found.append(Finding("trend.no_time", TABLE, "times", tuple(i for i, _ in wrong), str(wrong[0][1])))
        return steps, "step"
    units = sorted({unit for _, unit in read})
    if len(units) > 1:
        found.append(Finding("trend.mixed_times", TABLE, "times", value=", ".join(units)))
        return steps, "step"
    times = np.array([figure for figure, _ in read], dtype=np.float64)
    values, counts = np.unique(times, return_counts=True)
    if (counts > 1).any():
        rows = tuple(int(i) + 1 for i in np.flatnonzero(np.isin(times, values[counts > 1])))
        found.append(Finding("trend.time_twice", TABLE, "times", rows, str(cells[rows[0] - 1])))
    return times, units[0] if units else "step"


def _of_texts(cells: list[Any]) -> list[Any]:
    """Times that texts of one kind stand for: days, months, quarters; other cells as they are."""
    if not cells or not all(isinstance(cell, str) for cell in cells) or all(cell.strip().isdecimal() for cell in cells):
        return cells
    try:
        return [date.fromisoformat(cell.strip()) for cell in cells]
    except ValueError:
        return label_times(cells, "times", []) or cells


def _time(cell: Any) -> tuple[float, str]:  # noqa: ANN401 - any cell
    """A time as a figure with its unit; NaN where it is none."""
    if isinstance(cell, pd.Period):
        return float(cell.ordinal), f"period {cell.freqstr}"
    if isinstance(cell, np.datetime64):
        cell = pd.Timestamp(cell)
    if isinstance(cell, datetime):
        if pd.isna(cell):
            return math.nan, "day"
        stamp = pd.Timestamp(cell)
        return stamp.timestamp() / DAY, "day" if stamp.tzinfo is None else "day with a time zone"
    if isinstance(cell, date):
        return float(cell.toordinal()), "day"
    figure = figure_or_gap(cell)
    return (math.nan if figure is None else figure), "number"


def label_times(labels: Sequence[Any], name: str, found: list[Finding]) -> list[Any] | None:
    """Read the times that labels stand for: dates, moments, periods, or texts such as 2026-03, 2026Q1, 2026.

    Parameters
    ----------
    labels : sequence
        One a point.
    name : str
        Name of the argument that they came with.
    found : list of Finding
        A finding is added to it where kinds of time are mixed.

    Returns
    -------
    list or None
        Things that sort by time; None where the labels are no times and stand in the order given.
    """
    if not labels:
        return None
    if all(isinstance(label, str) for label in labels):
        matches = [LABEL.fullmatch(label.strip()) for label in labels]
        kinds = {None if m is None else ("M" if m[2] else "Q" if m[3] else "Y") for m in matches}
        if len(kinds) != 1 or None in kinds:
            return None
        return [pd.Period(label.strip().replace("-Q", "Q"), freq=str(next(iter(kinds)))) for label in labels]
    if not all(isinstance(label, date | pd.Period) for label in labels):
        return None
    try:
        sorted(labels)
    except (TypeError, ValueError):
        kinds_seen = ", ".join(sorted({type(label).__name__ for label in labels}))
        found.append(Finding("trend.mixed_times", TABLE, name, value=kinds_seen))
        return None
    return list(labels)
