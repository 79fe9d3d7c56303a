"""Named normalisations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import UnknownName
from supplier_eval.rank.normalise import NORMALISATIONS, column_length, fixed_bounds, normalise

VALUES, DIRECTIONS = [[3.0, 4.0], [3.0, 4.0]], [1, -1]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("vector", [[0.6, 0.8], [-0.6, -0.8]]),
        ("min_max", [[0.0, 1.0], [1.0, 0.0]]),
        ("max", [[0.75, 1.0], [1.0, 0.75]]),
        ("sum", [[3 / 7, 4 / 7], [4 / 7, 3 / 7]]),
        ("none", [[3.0, 4.0], [-3.0, -4.0]]),
    ],
)
def test_each_by_hand_for_a_benefit_and_a_cost(name, expected):
    assert normalise(VALUES, DIRECTIONS, name) == pytest.approx(np.array(expected))


def test_fixed_bounds_by_hand():
    figures = normalise(VALUES, DIRECTIONS, "fixed", [[0, 5], [3, 5]])
    assert figures == pytest.approx(np.array([[0.6, 0.8], [1.0, 0.5]]))


@pytest.mark.parametrize("name", sorted(set(NORMALISATIONS) - {"fixed"}))
@pytest.mark.parametrize("constant", [0.0, 5.0, 1e-300, 1e300])
def test_constant_criteria_give_everybody_the_same_and_never_nan(name, constant):
    figures = normalise([[constant] * 3], [1], name)
    assert np.isfinite(figures).all()
    assert len(set(figures[0].tolist())) == 1


@given(scale=st.sampled_from([1e-200, 1e-160, 1.0, 1e160, 1e200]), seed=st.integers(0, 2**32 - 1))
def test_the_length_of_a_column_neither_overflows_nor_vanishes(scale, seed):
    values = np.random.default_rng(seed).uniform(1, 10, (2, 4))
    figures = normalise(values * scale, [1, 1], "vector")
    assert figures == pytest.approx(normalise(values, [1, 1], "vector"), rel=1e-13)


def test_one_huge_column_does_not_change_the_bits_of_another():
    ordinary = np.array([[3.0, 7.0, 11.0]])
    beside = np.array([[3.0, 7.0, 11.0], [1e200, 2e200, 3e200]])
    assert column_length(beside)[0].tobytes() == column_length(ordinary)[0].tobytes()


@pytest.mark.parametrize("name", ["max", "sum"])
def test_what_divides_by_costs_refuses_zero_costs_and_negative_figures(name):
    with pytest.raises(ValueError, match="a cost is zero"):
        normalise([[0.0, 1.0]], [-1], name)
    with pytest.raises(ValueError, match="below zero"):
        normalise([[-1.0, 1.0]], [1], name)
    assert NORMALISATIONS[name].domain == "positive_costs"


def test_bounds_belong_to_fixed_alone_and_hold():
    with pytest.raises(ValueError, match="needs bounds"):
        normalise(VALUES, DIRECTIONS, "fixed")
    with pytest.raises(ValueError, match="no other takes them"):
        normalise(VALUES, DIRECTIONS, "max", [[0, 5], [0, 5]])
    with pytest.raises(ValueError, match="outside the bounds"):
        fixed_bounds([[0, 3.5]], np.array([[3.0, 4.0]]))
    with pytest.raises(ValueError, match="below its highest"):
        fixed_bounds([[5, 0]], np.array([[3.0, 4.0]]))
    with pytest.raises(ValueError, match="as many pairs"):
        fixed_bounds([0, 5], np.array([[3.0, 4.0]]))


def test_an_unknown_normalisation_is_named_with_what_there_is():
    with pytest.raises(UnknownName, match="Did you mean 'vector'"):
        normalise(VALUES, DIRECTIONS, "vectr")
