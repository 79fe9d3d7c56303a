"""A risk matrix on a line of falling likelihood."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.risk.matrix_line import losses_on_line, worse_than_random

HALVES = [0, 0.5, 1]


def test_cox_2008_a_2_by_2_matrix_is_worse_than_random_on_a_line():
    """f = 0.75 - s: medium at most 0.125, low at least 0.125 and at most 0.140625."""
    losses = losses_on_line([[0, 1], [1, 2]], HALVES, HALVES, 0.75)
    assert losses[1][1] == pytest.approx(0.125, abs=1e-12)
    assert losses[0] == pytest.approx((0.125, 0.140625), abs=1e-12)
    assert 2 not in losses
    assert worse_than_random(losses)


def test_a_line_through_the_middle_is_in_order_of_colours():
    losses = losses_on_line([[0, 1], [1, 2]], HALVES, HALVES, 1.2)
    assert losses[2][1] == pytest.approx(0.36)
    assert not worse_than_random(losses)


def test_a_line_in_one_colour_orders_nothing():
    assert not worse_than_random(losses_on_line([[0, 1], [1, 2]], HALVES, HALVES, 0.3))


@pytest.mark.parametrize(("at_zero", "slope"), [(0.75, 1.0), (1.3, 1.0), (0.9, 2.5)])
def test_a_fine_grid_on_the_line_stays_between_the_ends(at_zero, slope):
    levels = np.digitize(np.outer(range(1, 6), range(1, 6)), [5, 15])
    edges = np.linspace(0, 1, 6)
    losses = losses_on_line(levels, edges, edges, at_zero, slope)
    s = np.linspace(0.0005, 0.9995, 4001)
    f = at_zero - slope * s
    inside = (f > 0) & (f < 1)
    colour = levels[(5 * f[inside]).astype(int), (5 * s[inside]).astype(int)]
    for level, (low, high) in losses.items():
        risks = (f * s)[inside][colour == level]
        assert low - 1e-12 <= risks.min() <= low + 2e-3 * (1 + slope)
        assert high - 1e-3 * (1 + slope) <= risks.max() <= high + 1e-12
