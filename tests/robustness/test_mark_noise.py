"""Draws of uncertain values and marks."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.robustness.mark_noise import draw_interval, draw_normal, resample_marks, with_errors

SIZE = np.array([[5.0, 0.0], [2.0, 1.0]])


def rng():
    return np.random.default_rng(0)


def test_even_errors_fill_their_interval_and_certain_values_have_none():
    errors = draw_interval(rng(), SIZE, 4000)
    assert (abs(errors) <= SIZE[..., None]).all()
    assert errors.std(axis=-1) == pytest.approx(SIZE / 3**0.5, rel=0.05)
    assert not errors[0, 1].any()


def test_normal_errors_have_their_standard_deviation():
    errors = draw_normal(rng(), SIZE, 4000)
    assert errors.std(axis=-1) == pytest.approx(SIZE, rel=0.05)
    assert abs(np.corrcoef(errors[0, 0], errors[1, 0])[0, 1]) < 0.06


@pytest.mark.parametrize("size", [np.array([[-1.0]]), np.array([[np.nan]])])
def test_a_size_that_is_none_is_refused(size):
    with pytest.raises(ValueError, match="0 or more"):
        draw_interval(rng(), size, 3)


def test_values_stay_on_their_scale_and_stretched_ones_on_theirs():
    values = np.array([[99.0, 2.0], [110.0, 50.0]])
    drawn = with_errors(values, draw_normal(rng(), np.full((2, 2), 20.0), 500))
    assert drawn.min() == 0
    assert drawn[0].max() == 100
    assert drawn[1].max() == 110


def test_whole_evaluators_are_drawn_for_everybody_at_once():
    marks = np.arange(12.0).reshape(2, 2, 3)
    drawn = resample_marks(rng(), marks, 50)
    assert drawn.shape == (2, 2, 3, 50)
    assert (drawn[1, 1] - drawn[0, 0] == 9).all()
    assert set(np.unique(drawn[0, 0])) == {0.0, 1.0, 2.0}


def test_marks_by_themselves_come_from_those_that_were_given():
    marks = np.array([[[70.0, np.nan, 90.0], [1.0, 2.0, 3.0]]])
    drawn = resample_marks(rng(), marks, 200, by="mark")
    assert np.isnan(drawn[0, 0, 1]).all()
    assert set(np.unique(drawn[0, 0, [0, 2]])) == {70.0, 90.0}
    assert abs(np.corrcoef(drawn[0, 0, 0], drawn[0, 1, 0])[0, 1]) < 0.2


def test_a_bid_that_nobody_drawn_has_marked_keeps_its_panel():
    marks = np.array([[[80.0, np.nan, np.nan], [60.0, 70.0, 65.0]]])
    drawn = resample_marks(rng(), marks, 100)
    assert np.isfinite(drawn).any(axis=2).all()
    assert np.isnan(resample_marks(rng(), np.full((1, 1, 2), np.nan), 4)).all()


@pytest.mark.parametrize("by", ["evaluator", "mark"])
def test_one_evaluator_has_no_spread_and_one_seed_one_draw(by):
    marks = np.array([[[70.0], [60.0]]])
    assert (resample_marks(rng(), marks, 5, by) == marks[..., None]).all()
    many = np.random.default_rng(1).uniform(0, 100, (2, 3, 4))
    assert (resample_marks(rng(), many, 5, by) == resample_marks(rng(), many, 5, by)).all()


def test_marks_of_another_shape_or_way_are_refused():
    with pytest.raises(ValueError, match="axes"):
        resample_marks(rng(), np.zeros((2, 2)), 3)
    with pytest.raises(ValueError, match="by 'evaluator'"):
        resample_marks(rng(), np.zeros((2, 2, 2)), 3, by="bid")
