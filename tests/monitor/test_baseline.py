"""Which points set the limits."""

from __future__ import annotations

import numpy as np

from supplier_eval.monitor.baseline import baseline_mask, phase_numbers, points_after

HAS = np.array([True, True, False, True, True, True])
ONE = phase_numbers(6, [])


def test_a_number_of_points_counts_measured_ones():
    assert baseline_mask(HAS, ONE, 3).tolist() == [True, True, False, True, False, False]
    assert baseline_mask(HAS, ONE, None).tolist() == HAS.tolist()


def test_a_stretch_is_half_open():
    assert baseline_mask(HAS, ONE, (1, 4)).tolist() == [False, True, False, True, False, False]


def test_each_phase_has_its_own_baseline():
    phases = phase_numbers(6, [3])
    assert phases.tolist() == [0, 0, 0, 1, 1, 1]
    assert baseline_mask(HAS, phases, 2).tolist() == [True, True, False, True, True, False]


def test_a_point_with_an_assigned_cause_is_left_out_and_not_made_up_for():
    assert baseline_mask(HAS, ONE, 3, [1]).tolist() == [True, False, False, True, False, False]


def test_points_after_a_baseline_begin_behind_its_last_point():
    assert points_after([False, True, False, True, False]).tolist() == [False] * 4 + [True]
    assert points_after([False, False]).tolist() == [True, True]
