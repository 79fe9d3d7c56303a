"""Value functions: what a raw figure is worth on 0-100, against a scale declared beforehand (§3.1.2, §3.1.3, §3.1.5).

Every function reads figures of any shape and gives values of the same shape on 0-100, higher is better. They
are monotone: a better figure is never worth less. Outside the scale the value stays at its end. NaN stays
NaN (whoever calls has reported the missing figure); an infinite figure is refused. Lower-is-better is said by
the scale itself (a floor above the target, values that fall), never by 1/x (docs/convention.md §4, §5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from supplier_eval.score.order import FloatArray
from supplier_eval.score.value_curves import exponential, linear, piecewise_linear
from supplier_eval.score.value_levels import by_table, step, threshold, yes_no

__all__ = [
    "VALUE_FUNCTIONS",
    "ValueFunction",
    "by_table",
    "exponential",
    "linear",
    "piecewise_linear",
    "step",
    "threshold",
    "yes_no",
]


@dataclass(frozen=True)
class ValueFunction:
    """A value function with what it promises.

    Parameters
    ----------
    name : str
        Kind, as a policy writes it.
    function : callable
        ``function(x, ...) -> values``.
    parameters : tuple of str
        The arguments after `x`.
    continuous : bool
        A small change of the figure changes the value by little, everywhere.
    spans : bool
        Reaches 0 at its worst and 100 at its best whatever the parameters are.
    formula : str
        The formula as text.
    """

    name: str
    function: Callable[..., FloatArray]
    parameters: tuple[str, ...]
    continuous: bool
    spans: bool
    formula: str


VALUE_FUNCTIONS: dict[str, ValueFunction] = {
    function.name: function
    for function in (
        ValueFunction(
            "linear",
            linear,
            ("floor", "target"),
            True,
            True,
            "100 · (x − floor) / (target − floor), within 0-100",
        ),
        ValueFunction(
            "piecewise_linear",
            piecewise_linear,
            ("knots_x", "knots_v"),
            True,
            False,
            "straight lines between knots, flat outside",
        ),
        ValueFunction(
            "step",
            step,
            ("froms", "values", "below"),
            False,
            False,
            "values[i] for froms[i] ≤ x < froms[i + 1]",
        ),
        ValueFunction(
            "threshold", threshold, ("at", "direction"), False, True, "100 at the threshold or better, else 0"
        ),
        ValueFunction(
            "exponential",
            exponential,
            ("floor", "target", "curvature"),
            True,
            True,
            "100 · (1 − exp(−c·t)) / (1 − exp(−c)), t = (x − floor) / (target − floor) within 0-1",
        ),
        ValueFunction("rubric", by_table, ("table",), False, False, "the level's value in the table"),
        ValueFunction("yes_no", yes_no, ("yes", "no"), False, False, "100 for yes, 0 for no, unless stated"),
    )
}
