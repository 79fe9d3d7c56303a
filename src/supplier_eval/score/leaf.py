"""The value of a leaf: its declared value function on the raw figures (convention §4, §5)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supplier_eval.policy.criteria import (
    Criterion,
    Exponential,
    Linear,
    PiecewiseLinear,
    Step,
    Threshold,
    YesNo,
)
from supplier_eval.score import value
from supplier_eval.score.order import FloatArray


def leaf_values(leaf: Criterion, raw: npt.ArrayLike) -> FloatArray:  # noqa: PLR0911 - one return a kind
    """Turn the raw figures of one leaf into values on 0-100.

    Parameters
    ----------
    leaf : Criterion
        A leaf that is not a price.
    raw : array_like
        Figures in the leaf's unit; 1 and 0 for yes and no; for a rubric the value of the level, so that the
        mean of several members' levels is the mean of their values. NaN stays NaN.

    Returns
    -------
    ndarray
        Same shape, 0-100.
    """
    figures = np.asarray(raw, dtype=np.float64)
    rule = leaf.value_rule()
    if isinstance(rule, Linear):
        return value.linear(figures, float(rule.floor), float(rule.target))
    if isinstance(rule, PiecewiseLinear):
        return value.piecewise_linear(figures, [float(x) for x, _ in rule.knots], [float(v) for _, v in rule.knots])
    if isinstance(rule, Exponential):
        return value.exponential(figures, float(rule.floor), float(rule.target), float(rule.curvature))
    if isinstance(rule, Threshold):
        return value.threshold(figures, float(rule.at), rule.direction)
    if isinstance(rule, Step):
        froms, values = [float(x) for x, _ in rule.steps], [float(v) for _, v in rule.steps]
        return value.step(figures, froms, values, below=None if rule.below is None else float(rule.below))
    if isinstance(rule, YesNo):
        return value.yes_no(figures, float(rule.yes), float(rule.no))
    return figures.copy()
