"""Severity and spread per evaluator, against least squares on dummy variables. Convention §1, §16."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from supplier_eval.score.evaluator_effects import severity, weighted_totals

NAN = np.nan
tables = arrays(
    np.float64,
    st.tuples(st.integers(2, 5), st.integers(2, 6)),
    elements=st.one_of(st.integers(0, 100).map(float), st.just(NAN)),
)


def by_dummies(y):
    """Effects, residuals and leverages from the full design of evaluator and bid dummies."""
    rows, columns = np.nonzero(~np.isnan(y))
    k, n = y.shape
    design = np.zeros((len(rows), k + n))
    design[np.arange(len(rows)), rows] = 1
    design[np.arange(len(rows)), k + columns] = 1
    coefficients = np.linalg.lstsq(design, y[rows, columns], rcond=None)[0]
    hat = np.diag(design @ np.linalg.pinv(design))
    residuals = y[rows, columns] - design @ coefficients
    used = np.unique(rows)
    effects = np.full(k, NAN)
    effects[used] = coefficients[used] - coefficients[used].mean()
    freedom = np.bincount(rows, 1 - hat, k)
    squares = np.bincount(rows, residuals**2, k)
    return effects, freedom, squares


def test_complete_table_gives_the_differences_of_means():
    # row means 10, 13, 16; column means 12, 14; the interaction is what is left
    found = severity([[9.0, 11.0], [12.0, 14.0], [15.0, 17.0]])
    np.testing.assert_allclose(found.severity, [-3.0, 0.0, 3.0], atol=1e-12)
    np.testing.assert_allclose(found.adjusted_means, [12.0, 14.0])
    np.testing.assert_allclose(found.spread, 0.0, atol=1e-12)
    assert found.reason is None
    assert found.residual_df == 2
    np.testing.assert_allclose(found.degrees_of_freedom, 2 / 3)


def test_a_recusal_from_the_best_bid_is_not_read_as_severity():
    marks = np.array([[60.0, 70.0, 90.0], [60.0, 70.0, 90.0], [60.0, 70.0, NAN]])
    found = severity(marks)
    np.testing.assert_allclose(found.severity, 0.0, atol=1e-12)  # plain means would say 8.3 points harder
    np.testing.assert_allclose(found.adjusted_means, [60.0, 70.0, 90.0])


def test_the_one_who_scatters_has_the_largest_spread():
    steady = np.array([50.0, 60.0, 70.0, 80.0, 90.0])
    marks = np.stack([steady, steady + 2, steady - 1, steady + np.array([12, -12, 12, -12, 0])])
    found = severity(marks)
    assert np.argmax(found.spread) == 3
    assert found.spread[3] > 2 * found.spread[:3].max()


def test_with_two_evaluators_the_spread_cannot_tell_who_scatters():
    found = severity([[1.0, 5.0, 2.0], [3.0, 4.0, 9.0]])
    assert found.spread[0] == pytest.approx(found.spread[1])


def test_the_standard_error_is_the_one_of_a_balanced_two_way_layout():
    rng = np.random.default_rng(7)
    found = severity(rng.normal(70, 10, (4, 6)))
    expected = found.residual_sd * np.sqrt((1 - 1 / 4) / 6)
    np.testing.assert_allclose(found.standard_error, expected)


@given(tables)
def test_the_model_is_least_squares_over_the_cells_that_are_filled(marks):
    found = severity(marks)
    assume(found.reason is None)
    effects, freedom, squares = by_dummies(marks)
    np.testing.assert_allclose(found.severity, effects, atol=1e-8)
    np.testing.assert_allclose(found.degrees_of_freedom, freedom, atol=1e-8)
    assert found.degrees_of_freedom.sum() == pytest.approx(found.residual_df, abs=1e-8)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = np.sqrt(squares / np.where(freedom > 1e-9, freedom, NAN))
    np.testing.assert_allclose(found.spread, expected, atol=1e-6)


@given(tables, st.integers(-40, 40))
def test_a_constant_on_one_evaluators_marks_moves_only_their_severity_against_the_others(marks, constant):
    before = severity(marks)
    assume(before.reason is None and before.n_marks[0] > 0)
    moved = marks.copy()
    moved[0] += constant
    after = severity(moved)
    k = np.count_nonzero(before.n_marks)
    shift = after.severity - before.severity
    np.testing.assert_allclose(shift[0], constant * (1 - 1 / k), atol=1e-8)
    np.testing.assert_allclose(shift[1:][before.n_marks[1:] > 0], -constant / k, atol=1e-8)
    np.testing.assert_allclose(after.spread, before.spread, atol=1e-6)
    np.testing.assert_allclose(after.residuals, before.residuals, atol=1e-8)


@given(tables, st.data())
def test_permuting_evaluators_and_bids_permutes_the_figures(marks, data):
    rows = data.draw(st.permutations(range(marks.shape[0])))
    columns = data.draw(st.permutations(range(marks.shape[1])))
    whole, permuted = severity(marks), severity(marks[rows][:, columns])
    assert permuted.reason == whole.reason
    np.testing.assert_allclose(permuted.severity, whole.severity[rows], atol=1e-8)
    np.testing.assert_allclose(permuted.spread, whole.spread[rows], atol=1e-6)
    np.testing.assert_allclose(permuted.adjusted_means, whole.adjusted_means[columns], atol=1e-8)


def test_groups_of_evaluators_without_a_common_bid_are_an_answer_not_an_exception():
    marks = np.array([[50.0, 60.0, NAN, NAN], [NAN, NAN, 70.0, 80.0], [55.0, NAN, NAN, NAN]])
    found = severity(marks)
    assert found.reason == "unconnected"
    assert found.groups == ((0, 2), (1,))
    assert np.isnan(found.severity).all()
    np.testing.assert_array_equal(found.n_marks, [2, 2, 1])


def test_evaluators_joined_by_a_long_chain_are_connected():
    marks = np.full((6, 7), NAN)
    for i in range(6):
        marks[i, i : i + 2] = [10.0 * i, 10.0 * i + 3]
    found = severity(marks)
    assert found.reason is None
    assert found.residual_df == 0
    assert found.residual_sd is None
    assert np.isnan(found.spread).all()
    assert np.isnan(found.standard_error).all()
    assert not np.isnan(found.severity).any()


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ([[1.0, 2.0]], "one_evaluator"),
        ([[1.0, 2.0], [NAN, NAN]], "one_evaluator"),
        ([[1.0], [2.0]], "one_bid"),
        ([[NAN, NAN]], "no_marks"),
        (np.empty((0, 0)), "no_marks"),
    ],
)
def test_a_table_that_cannot_be_judged_says_why(marks, reason):
    found = severity(marks)
    assert found.reason == reason
    assert np.isnan(found.severity).all()


def test_totals_are_weighted_means_and_need_every_mark_that_counts():
    marks = np.array([[[80.0, 60.0], [40.0, NAN], [NAN, NAN]]])
    np.testing.assert_array_equal(weighted_totals(marks, [30, 10, 0]), [[70.0, NAN]])
    np.testing.assert_array_equal(severity(np.repeat(marks, 2, axis=0), [30, 10, 0]).n_marks, [1, 1])


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [0.0, 0.0], [1.0, NAN]])
def test_weights_that_cannot_be_used_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        weighted_totals(np.ones((2, 2, 3)), weights)


def test_marks_of_the_wrong_shape_or_infinite_are_refused():
    with pytest.raises(ValueError, match="evaluators × bids"):
        severity(np.ones((2, 2, 2)))
    with pytest.raises(ValueError, match="infinite"):
        severity([[1.0, np.inf], [1.0, 2.0]])
