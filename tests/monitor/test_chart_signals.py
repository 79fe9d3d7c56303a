"""Which points are signals."""

from __future__ import annotations

import numpy as np

from supplier_eval.monitor.chart_front import control_chart
from supplier_eval.monitor.chart_signals import distances


def test_a_point_on_its_limit_is_not_beyond_it():
    x = [0.0, 3.0, -3.0, 3.0000001]
    assert control_chart(x, centre=0, sigma=1).signal_points == (4,)


def test_signals_stand_in_order_of_time_then_of_the_tests():
    found = control_chart([2.5, 2.5, 3.5], centre=0, sigma=1, rules="western_electric")
    assert [(s.at, s.rule) for s in found.signals] == [(1, "two_of_three"), (2, "beyond_limits"), (2, "two_of_three")]


def test_a_step_beyond_its_limit_names_both_points():
    x = [5.0, 5.5, 5.0, 5.5, 5.0, 5.5, 5.0, 5.5, None, 9.0]
    found = control_chart(x, baseline=8, rules="moving_range")
    assert [(s.rule, s.points) for s in found.signals] == [("moving_range", (8, 10))]


def test_a_cusum_signals_on_both_sides():
    found = control_chart([-4.0, -4.0, 0, 9.0], kind="cusum", centre=0, sigma=1)
    assert [(s.point, s.side) for s in found.signals] == [(2, -1), (3, -1), (4, 1)]
    assert found.signals[0].value == 7.0
    assert found.z[1] == -7.0


def test_distances_are_infinite_where_limits_have_no_width():
    found = control_chart([2.0] * 9 + [3.0], baseline=9)
    assert np.isposinf(distances(found.arrays)[-1])
    assert (distances(found.arrays)[:9] == 0).all()
