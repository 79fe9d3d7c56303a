"""The contract of all value functions: monotone, from 0 to 100, continuous where declared."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from supplier_eval.score.value import VALUE_FUNCTIONS

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def scales(draw):
    """A kind, its parameters, its worst and best figure, and the direction (+1 higher is better)."""
    kind = draw(st.sampled_from(["linear", "exponential", "threshold", "piecewise_linear", "step"]))
    low = draw(st.integers(-1000, 1000))
    high = low + draw(st.integers(1, 1000))
    up = draw(st.booleans())
    worst, best = (low, high) if up else (high, low)
    if kind == "linear":
        parameters = {"floor": worst, "target": best}
    elif kind == "exponential":
        bend = draw(st.sampled_from([-20.0, -3.0, -0.1, 0.1, 3.0, 20.0]))
        parameters = {"floor": worst, "target": best, "curvature": bend}
    elif kind == "threshold":
        parameters = {"at": best, "direction": "max" if up else "min"}
    else:
        inner = sorted(draw(st.sets(st.integers(low + 1, high - 1), max_size=4))) if high - low > 1 else []
        at = [low, *inner, high]
        marks = sorted(draw(st.lists(st.integers(0, 100), min_size=len(inner), max_size=len(inner))))
        worth = [0, *marks, 100] if up else [100, *reversed(marks), 0]
        names = ("knots_x", "knots_v") if kind == "piecewise_linear" else ("froms", "values")
        parameters = dict(zip(names, (at, worth), strict=True))
    return kind, parameters, worst, best, 1 if up else -1


def test_the_kinds_are_those_a_policy_can_name_and_declare_their_parameters():
    assert set(VALUE_FUNCTIONS) == {
        "linear",
        "piecewise_linear",
        "step",
        "threshold",
        "exponential",
        "rubric",
        "yes_no",
    }
    for name, value in VALUE_FUNCTIONS.items():
        assert value.name == name
        assert tuple(inspect.signature(value.function).parameters)[1:] == value.parameters
        assert value.formula


@given(scale=scales(), x=st.lists(FINITE, min_size=2, max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_better_figure_is_never_worth_less_and_values_lie_on_the_scale(scale, x):
    kind, parameters, _, _, sign = scale
    figures = np.sort(np.array(x))[::sign]
    values = VALUE_FUNCTIONS[kind].function(figures, **parameters)
    assert np.all(np.diff(values) >= -1e-9)
    assert np.all((values >= 0.0) & (values <= 100.0))
    assert not np.any(np.signbit(values))


@given(scale=scales(), beyond=st.floats(0, 1e6))
@settings(max_examples=100, deadline=None)
def test_the_worst_end_is_worth_0_and_the_best_100_and_beyond_them_nothing_changes(scale, beyond):
    kind, parameters, worst, best, sign = scale
    function = VALUE_FUNCTIONS[kind].function
    assert function([worst, best], **parameters).tolist() == [0.0, 100.0]
    outside = [worst - sign * beyond, best + sign * beyond]
    assert function(outside, **parameters).tolist() == [0.0, 100.0]


@given(scale=scales(), x=FINITE)
@settings(max_examples=200, deadline=None)
def test_a_continuous_function_does_not_jump(scale, x):
    kind, parameters, worst, best, _ = scale
    assume(VALUE_FUNCTIONS[kind].continuous)
    figures = np.array([worst, best, *parameters.get("knots_x", [])], dtype=float)
    for at in [x, *figures]:
        near = VALUE_FUNCTIONS[kind].function([at - 1e-7, at, at + 1e-7], **parameters)
        assert np.max(np.abs(np.diff(near))) < 0.001


def test_a_function_that_is_declared_to_jump_does():
    jumps = {
        "step": ({"froms": [0, 10], "values": [0, 100]}, 10.0),
        "threshold": ({"at": 10}, 10.0),
        "rubric": ({"table": [0, 100]}, 1.0),
        "yes_no": ({}, 1.0),
    }
    assert set(jumps) == {name for name, value in VALUE_FUNCTIONS.items() if not value.continuous}
    for name, (parameters, at) in jumps.items():
        before = at - 1.0 if name in {"rubric", "yes_no"} else at - 1e-6
        assert VALUE_FUNCTIONS[name].function([before, at], **parameters).tolist() == [0.0, 100.0]


EXAMPLES = {
    "linear": {"floor": 0, "target": 10},
    "piecewise_linear": {"knots_x": [0, 3, 10], "knots_v": [0, 80, 100]},
    "step": {"froms": [1, 4], "values": [50, 100]},
    "threshold": {"at": 4},
    "exponential": {"floor": 0, "target": 10, "curvature": 2.5},
    "rubric": {"table": [0, 60, 80, 100]},
    "yes_no": {},
}


@pytest.mark.parametrize("kind", sorted(VALUE_FUNCTIONS))
def test_a_missing_figure_stays_missing_and_only_it(kind):
    values = VALUE_FUNCTIONS[kind].function([0.0, np.nan, 1.0], **EXAMPLES[kind])
    assert np.isnan(values).tolist() == [False, True, False]


@pytest.mark.parametrize("kind", sorted(VALUE_FUNCTIONS))
def test_an_infinite_figure_and_text_are_refused(kind):
    function = VALUE_FUNCTIONS[kind].function
    with pytest.raises(ValueError, match="infinite"):
        function([0.0, np.inf], **EXAMPLES[kind])
    with pytest.raises(ValueError, match="must be numbers"):
        function(["1"], **EXAMPLES[kind])


@pytest.mark.parametrize("kind", sorted(VALUE_FUNCTIONS))
def test_one_figure_alone_has_the_bits_it_has_in_any_block(kind):
    rng = np.random.default_rng(11)
    function = VALUE_FUNCTIONS[kind].function
    high = {"rubric": 4, "yes_no": 2}.get(kind)
    block = rng.integers(0, high, (7, 150)).astype(float) if high else rng.uniform(-1, 11, (7, 150))
    block[2, 5] = np.nan
    kept = block.copy()
    values = function(block, **EXAMPLES[kind])
    assert values.shape == block.shape
    alone = [[float(function(figure, **EXAMPLES[kind])) for figure in row] for row in block]
    assert np.array_equal(values, alone, equal_nan=True)
    assert np.array_equal(function(np.asfortranarray(block), **EXAMPLES[kind]), values, equal_nan=True)
    assert np.array_equal(function(block[:, ::3], **EXAMPLES[kind]), values[:, ::3], equal_nan=True)
    assert np.array_equal(block, kept, equal_nan=True)
    assert function(np.zeros((0, 3)), **EXAMPLES[kind]).shape == (0, 3)
