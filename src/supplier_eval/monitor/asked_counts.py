"""Whether counts, figures and a confidence are what they must be, all findings at once."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from supplier_eval.errors import Finding, InvalidInput

FloatArray = npt.NDArray[np.float64]
TABLE = "arguments"
SHOWN = 5


def asked_counts(events: object, n: object) -> tuple[FloatArray, FloatArray]:
    """Take events and cases as two arrays of one shape.

    Parameters
    ----------
    events, n : array_like
        Counts, 0 <= events <= n, finite; fractions are allowed.

    Raises
    ------
    InvalidInput
        With every finding: text or missing counts, negative ones, more events than cases, shapes that do not fit.
    """
    found: list[Finding] = []
    counted, size = figures(events, "events", found), figures(n, "n", found)
    if not found:
        for name, array in (("events", counted), ("n", size)):
            if np.any(array < 0):
                found.append(_finding("estimates.count.negative", name, array[array < 0]))
        try:
            counted, size = np.broadcast_arrays(counted, size)
        except ValueError:
            facts = {"events": str(counted.shape), "n": str(size.shape)}
            found.append(Finding("estimates.counts.shape", TABLE, "events", facts=facts))
        else:
            if np.any(counted > size):
                where = np.nonzero((counted > size).ravel())[0]
                said = ", ".join(f"{counted.ravel()[i]:g} of {size.ravel()[i]:g}" for i in where[:SHOWN])
                found.append(Finding("estimates.counts.above_n", TABLE, "events", value=said))
    if found:
        raise InvalidInput(found, TABLE)
    return counted, size


def asked_confidence(given: object) -> float:
    """Take a confidence strictly between 0 and 1."""
    number = isinstance(given, int | float | Decimal | np.integer | np.floating) and not isinstance(given, bool)
    try:
        level = float(given) if number else math.nan  # type: ignore[arg-type]
    except OverflowError:
        level = math.inf
    if not 0 < level < 1:
        raise InvalidInput([Finding("estimates.confidence.range", TABLE, "confidence", value=_said(given))], TABLE)
    return level


def figures(given: object, name: str, found: list[Finding]) -> FloatArray:
    """Read figures as an array of floats; what is none goes to `found` and leaves an empty array."""
    try:
        raw: Any = np.asarray(given)
        if raw.dtype.kind in "bcUSMm" or (raw.dtype.kind == "O" and _texts(raw)):
            raise TypeError(name)
        array = np.asarray(raw, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        found.append(Finding("estimates.figures.not_numbers", TABLE, name, value=_said(given)))
        return np.zeros(0)
    if not np.all(np.isfinite(array)):
        found.append(_finding("estimates.figures.missing", name, array[~np.isfinite(array)]))
    return array


def _texts(raw: npt.NDArray[Any]) -> bool:
    return any(isinstance(cell, str | bytes | bool) for cell in raw.ravel())


def _finding(code: str, name: str, wrong: FloatArray) -> Finding:
    shown = ", ".join(f"{figure:g}" for figure in wrong[:SHOWN])
    return Finding(code, TABLE, name, value=shown, facts={"count": int(wrong.size)})


def _said(given: object) -> str:
    kind = type(given).__name__
    return "None" if given is None else f"{kind} {given!r}" if isinstance(given, str | int | float) else kind
