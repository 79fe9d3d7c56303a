"""Raw weights as fractions."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.rank.weights import fractions


def test_points_are_divided_by_their_sum_whatever_their_order():
    assert fractions([30, 20, 50]).tolist() == [0.3, 0.2, 0.5]
    odd = [0.1, 0.7, 1e9, 0.3, 1e-9]
    assert sorted(fractions(odd).tolist()) == sorted(fractions(odd[::-1]).tolist())


def test_fractions_that_were_rounded_for_print_are_used_as_printed():
    assert fractions([0.333, 0.333, 0.333]).tolist() == [0.333, 0.333, 0.333]
    assert fractions([0.33, 0.33, 0.33]).tolist() == pytest.approx([1 / 3] * 3)


def test_a_copy_is_given():
    given = np.array([0.5, 0.5])
    fractions(given)[0] = 9.0
    assert given.tolist() == [0.5, 0.5]


@pytest.mark.parametrize("bad", [[-1, 2], [0, 0], [np.nan, 1], [np.inf, 1], [1e308, 1e308], [], 1.0, [[1, 2]]])
def test_what_are_no_weights_is_refused(bad):
    with pytest.raises(ValueError, match="not negative and not all zero"):
        fractions(bad)
