"""What value functions refuse: figures that are no figures, scales that do not hold together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.score.order import FloatArray


def raw_figures(x: npt.ArrayLike) -> FloatArray:
    """Raw figures as floats, NaN kept; text and infinite figures are refused."""
    raw = np.asarray(x)
    if raw.dtype.kind not in "biuf":
        raise ValueError("raw figures must be numbers.")
    figures = np.asarray(raw, dtype=np.float64)
    if np.any(np.isinf(figures)):
        raise ValueError("a raw figure is infinite.")
    return figures


def finite(figure: float, name: str) -> float:
    """A parameter that must be a finite number."""
    number = float(figure)
    if not np.isfinite(number):
        raise ValueError(f"{name} must be a finite number.")
    return number


def scale(values: npt.ArrayLike, name: str) -> FloatArray:
    """A list of values, each 0-100."""
    worth = np.asarray(values, dtype=np.float64)
    if worth.ndim != 1 or worth.size == 0:
        raise ValueError(f"{name} must be a list of figures.")
    if not np.all((worth >= 0) & (worth <= 100)):
        raise ValueError(f"{name} must lie between 0 and 100.")
    return worth


def knots(xs: npt.ArrayLike, vs: npt.ArrayLike, name: str, at_least: int) -> tuple[FloatArray, FloatArray]:
    """Raw figures that rise and their values that only rise or only fall."""
    at = np.asarray(xs, dtype=np.float64)
    value = scale(vs, f"values of the {name}")
    if at.shape != value.shape or at.size < at_least:
        raise ValueError(f"{name} need as many figures as values, {at_least} or more.")
    if not np.all(np.isfinite(at)) or np.any(np.diff(at) <= 0):
        raise ValueError(f"the figures of the {name} must be finite and rise from one to the next.")
    one_way(value, f"values of the {name}")
    return at, value


def one_way(value: FloatArray, name: str) -> None:
    """Refuse values that rise and fall."""
    moves = np.diff(value)
    if np.any(moves > 0) and np.any(moves < 0):
        raise ValueError(f"{name} must only rise or only fall; two directions are two criteria.")


def values_of(v: FloatArray) -> FloatArray:
    """Values without a negative zero, as an array of their own."""
    return np.asarray(v + 0.0, dtype=np.float64)
