"""Values of everything but the price of many bids at once: the same value functions, column by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.batch.cells import BoolArray, Figures, read_levels, read_numbers, read_yes_no
from supplier_eval.batch.faults import Faults
from supplier_eval.intake.identifiers import id_key
from supplier_eval.intake.panel_checks import NONE_WORDS
from supplier_eval.policy.criteria import Rubric, YesNo
from supplier_eval.score.leaf import leaf_values
from supplier_eval.score.order import FloatArray, round_half_up

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.batch.columns import Bound
    from supplier_eval.batch.plan import Plan
    from supplier_eval.policy.criteria import Criterion

PLAIN_BELOW = 1e15  # larger figures are written with an exponent


def criterion_values(
    plan: Plan, frame: pd.DataFrame, bound: Bound, considered: BoolArray, faults: Faults
) -> FloatArray:
    """Values of the rows on every criterion that is not a price.

    Parameters
    ----------
    plan, frame, bound
        What is asked, of which table, in which columns.
    considered : ndarray of bool of shape (n_rows,)
        Rows that passed the gates; only they need a figure.
    faults
        Takes what is missing, unreadable or outside the declared range.

    Returns
    -------
    ndarray of shape (n_criteria, n_rows)
        0-100; NaN for price criteria and where nothing stands.
    """
    values = np.full((len(plan.leaves), len(frame)), np.nan)
    for i, leaf in enumerate(plan.leaves):
        if leaf.source != "price":
            series = frame[bound.criteria[leaf.id]]
            _one(plan, leaf, series, considered, faults, values[i])
    return values


def _one(
    plan: Plan, leaf: Criterion, series: pd.Series, considered: BoolArray, faults: Faults, out: FloatArray
) -> None:
    """Values of one criterion, written into its row."""
    column = str(series.name)
    read = _figures(leaf, series, faults, column)
    raw = read.values
    _check_range(leaf, raw, faults, column)
    if leaf.source == "marks":
        raw = round_half_up(raw, plan.policy.rounding.mark) if plan.policy.rounding.mark is not None else raw
    empty = np.isnan(raw)
    out[:] = leaf_values(leaf, raw)
    if not empty.any():
        return
    absent = empty & considered
    none = read.none if leaf.source == "facts" else empty if leaf.source == "past" else None
    if leaf.when_missing is not None and none is not None:
        out[none] = float(leaf.when_missing)
        absent = absent & ~none
    if absent.any():
        faults.add("batch.value.missing", column, absent & ~faults.rows, criterion=leaf.id)


def _figures(leaf: Criterion, series: pd.Series, faults: Faults, column: str) -> Figures:
    """Raw figures of a criterion: numbers, 1 and 0 for yes and no, the value of a level."""
    words = NONE_WORDS if leaf.source == "facts" else frozenset[str]()
    if leaf.source != "past" and isinstance(leaf.value, Rubric):
        levels = {id_key(name): float(value) for name, value in leaf.value.levels.items()}
        return read_levels(series, levels, faults, column, words)
    if leaf.source != "past" and isinstance(leaf.value, YesNo):
        return read_yes_no(series, faults, column, words)
    return read_numbers(series, faults, column, unit=leaf.unit if leaf.source == "facts" else "", none_words=words)


def _check_range(leaf: Criterion, raw: FloatArray, faults: Faults, column: str) -> None:
    """Figures outside the range that is allowed in."""
    if leaf.source != "past" and isinstance(leaf.value, Rubric | YesNo):
        return
    low, high = (0.0, 100.0) if leaf.source == "past" else (float(leaf.minimum), float(leaf.maximum))
    outside = (raw < low) | (raw > high)
    if outside.any():
        facts = {"criterion": leaf.id, "minimum": _digits(low), "maximum": _digits(high)}
        faults.add("batch.value.out_of_range", column, outside, _digits(raw[outside][0]), **facts)


def _digits(figure: float) -> str:
    """A figure with every digit that tells it from its neighbours."""
    return np.format_float_positional(figure, trim="-") if abs(figure) < PLAIN_BELOW else repr(float(figure))
