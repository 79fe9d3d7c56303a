"""Value functions with jumps, on figures to check by hand."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.score.value_levels import by_table, step, threshold, yes_no


def test_a_step_holds_from_its_figure_on_that_figure_included():
    # similar projects: from 1 worth 40, from 3 worth 70, from 5 worth 100
    assert step([0, 1, 2.9, 3, 5, 9], [1, 3, 5], [40, 70, 100]).tolist() == [
        0.0,
        40.0,
        40.0,
        70.0,
        100.0,
        100.0,
    ]


def test_falling_steps_keep_the_first_value_below_the_first_figure():
    # days of delay: none worth 100, from 10 worth 50, from 20 nothing
    assert step([-1, 0, 10, 25], [0, 10, 20], [100, 50, 0]).tolist() == [100.0, 100.0, 50.0, 0.0]


def test_what_is_worth_less_than_the_first_step_may_be_stated():
    assert step([0, 1], [1, 3], [40, 70], below=20).tolist() == [20.0, 40.0]
    with pytest.raises(ValueError, match="two directions"):
        step([0], [0, 10, 20], [100, 50, 0], below=0)
    with pytest.raises(ValueError, match="below must lie between 0 and 100"):
        step([0], [1, 3], [40, 70], below=-1)


def test_a_threshold_is_itself_good_enough():
    assert threshold([79.9, 80, 81], 80).tolist() == [0.0, 100.0, 100.0]
    assert threshold([79.9, 80, 81], 80, "min").tolist() == [100.0, 100.0, 0.0]
    with pytest.raises(ValueError, match="direction must be"):
        threshold([80], 80, "up")
    with pytest.raises(ValueError, match="at must be a finite number"):
        threshold([80], np.nan)


def test_a_rubric_gives_each_level_its_value_and_a_missing_level_none():
    # 差 中 良 优
    values = by_table([3, 0, -1, 2, 1], [0, 10, 15, 20])
    assert values[[0, 1, 3, 4]].tolist() == [20.0, 0.0, 15.0, 10.0]
    assert np.isnan(values[2])


@pytest.mark.parametrize("code", [4, -2, 0.5])
def test_a_level_that_is_not_in_the_rubric_is_refused(code):
    with pytest.raises(ValueError, match="whole numbers from 0 to 3"):
        by_table([0, code], [0, 10, 15, 20])


@pytest.mark.parametrize("table", [[], [0, 101], [0, np.nan], 50, [[0, 100]]])
def test_a_rubric_whose_values_are_off_the_scale_is_refused(table):
    with pytest.raises(ValueError, match="table must"):
        by_table([0], table)


def test_yes_and_no_may_be_numbers_or_truth_values():
    assert yes_no([True, False]).tolist() == [100.0, 0.0]
    assert yes_no([1, 0], yes=80, no=20).tolist() == [80.0, 20.0]
    with pytest.raises(ValueError, match="1 \\(yes\\) or 0 \\(no\\)"):
        yes_no([1, -1])
    with pytest.raises(ValueError, match="between 0 and 100"):
        yes_no([1], yes=120)


def test_a_mean_that_is_a_hair_below_a_step_by_binary_noise_stands_on_it():
    noisy = 0.1 + 0.2  # 0.30000000000000004
    assert step([noisy, 0.3, 3 - 2.7], [0.3], [100]).tolist() == [100, 100, 100]
    assert threshold([3 - 2.7, noisy], 0.3).tolist() == [100, 100]
    assert threshold([noisy], 0.3, "min").tolist() == [100]
