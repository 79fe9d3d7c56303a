from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.rank.decision_table import decision_table, share


def test_weights_and_directions_meet_the_values_whatever_axes_follow():
    table = decision_table(np.ones((2, 3, 4, 5)), [0.4, 0.6], [1, -1])
    assert table.weights.shape == table.directions.shape == (2, 1, 1, 1)
    assert table.oriented[0].min() == 1.0
    assert table.oriented[1].max() == -1.0


@pytest.mark.parametrize(
    ("values", "weights", "directions", "word"),
    [
        (np.ones(3), [1.0], [1.0], "at least one criterion and one bid"),
        (np.ones((2, 0)), [0.5, 0.5], [1, 1], "at least one criterion and one bid"),
        (np.ones((2, 3)), [1.0], [1, 1], "as many weights and directions"),
        (np.ones((2, 3)), [0.5, 0.5], [1], "as many weights and directions"),
        ([[1.0, np.nan]], [1.0], [1], "missing or infinite"),
        ([[1.0, np.inf]], [1.0], [1], "missing or infinite"),
        ([[1.0, 2.0]], [-1.0], [1], "not negative"),
        ([[1.0, 2.0]], [np.nan], [1], "not negative"),
        ([[1.0, 2.0]], [1.0], [0], "a direction is 1"),
    ],
)
def test_a_table_that_cannot_be_ranked_is_refused_in_a_sentence(values, weights, directions, word):
    with pytest.raises(ValueError, match=word):
        decision_table(values, weights, directions)


def test_values_below_zero_are_refused_only_where_they_have_no_meaning():
    assert decision_table([[-1.0, 2.0]], [1.0], [1]).values.min() == -1.0
    with pytest.raises(ValueError, match="below zero"):
        decision_table([[-1.0, 2.0]], [1.0], [1], not_negative=True)


def test_a_share_of_nothing_is_nothing():
    np.testing.assert_array_equal(share([1.0, 0.0, 3.0], [2.0, 0.0, 0.0]), [0.5, 0.0, 0.0])
    assert share(np.ones((2, 3)), np.array([[2.0], [4.0]])).shape == (2, 3)
