"""Kendall's W with and without ties, and all agreement figures of one table together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from supplier_eval.score.agreement import kendall_w, panel_agreement_arrays

NAN = np.nan
tables = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(2, 7)), elements=st.integers(0, 12).map(float))
with_gaps = arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 6)),
    elements=st.one_of(st.integers(0, 12).map(float), st.just(NAN)),
)


def test_siegel_1956_table_9_3_three_executives_rank_six_applicants():
    found = kendall_w([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]])
    assert found.rank_sums == (8, 14, 11, 11, 11, 8)
    assert found.sum_of_squares == 25.5
    assert found.value == pytest.approx(0.16, abs=0.003)
    assert found.tie_correction == 0.0
    assert found.rough


def test_siegel_1956_three_rankings_of_ten_with_ties():
    # Siegel (1956), chapter 9, "tied observations": s = 591, sum of T = 9.5, W = .828
    found = kendall_w(
        [
            [1, 4.5, 2, 4.5, 3, 7.5, 6, 9, 7.5, 10],
            [2.5, 1, 2.5, 4.5, 4.5, 8, 9, 6.5, 10, 6.5],
            [2, 1, 4.5, 4.5, 4.5, 4.5, 8, 8, 8, 10],
        ]
    )
    assert found.rank_sums == (5.5, 6.5, 9, 13.5, 12, 20, 23, 23.5, 25.5, 26.5)
    assert found.sum_of_squares == 591.0
    assert found.tie_correction / 12 == 9.5  # Siegel's T has t³ - t over 12
    assert found.value == pytest.approx(0.828, abs=0.0005)
    assert not found.rough


@given(tables.filter(lambda marks: marks.shape[1] >= 3))
def test_chi_squared_is_friedmans_statistic_with_ties(marks):
    found = kendall_w(marks)
    assume(found.value is not None)
    friedman = stats.friedmanchisquare(*marks.T)
    assert found.chi2 == pytest.approx(friedman.statistic, rel=1e-9, abs=1e-9)
    assert found.p_value == pytest.approx(friedman.pvalue, rel=1e-9)
    m, n = marks.shape
    assert found.chi2 == pytest.approx(m * (n - 1) * found.value)


@given(tables, st.data())
def test_w_lies_between_0_and_1_and_permutes_with_the_bids(marks, data):
    rows = data.draw(st.permutations(range(marks.shape[0])))
    columns = data.draw(st.permutations(range(marks.shape[1])))
    found, permuted = kendall_w(marks), kendall_w(marks[rows][:, columns])
    assert (found.value is None) == (found.reason == "no_variation")
    if found.value is not None:
        assert 0.0 <= found.value <= 1.0
        assert permuted.value == found.value
        assert permuted.rank_sums == tuple(found.rank_sums[j] for j in columns)


@given(tables, st.integers(-30, 30))
def test_only_the_order_within_an_evaluator_counts(marks, constant):
    moved = marks.copy()
    moved[0] = 3 * moved[0] + constant
    assert kendall_w(moved) == kendall_w(marks)


def test_the_same_order_gives_one_and_opposite_orders_give_nothing():
    assert kendall_w([[1, 2, 3, 4], [10, 20, 30, 40]]).value == 1.0
    assert kendall_w([[1, 2, 3, 4], [4, 3, 2, 1]]).value == 0.0


def test_marks_equal_but_for_binary_noise_are_tied():
    assert kendall_w([[0.3, 0.1 + 0.2, 1.0], [1.0, 1.0, 2.0]]).value == 1.0


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ([[1.0, 2.0, 3.0]], "one_evaluator"),
        ([[1.0], [2.0]], "one_bid"),
        ([[5.0, 5.0], [8.0, 8.0]], "no_variation"),
    ],
)
def test_a_table_without_an_answer_says_why(marks, reason):
    found = kendall_w(marks)
    assert (found.value, found.p_value, found.reason) == (None, None, reason)


@pytest.mark.parametrize("marks", [[[1.0, NAN], [1.0, 2.0]], [[1.0, np.inf], [1.0, 2.0]], [1.0, 2.0]])
def test_missing_marks_and_other_shapes_are_refused(marks):
    with pytest.raises(ValueError, match=r"every evaluator's mark|infinite|evaluators × bids"):
        kendall_w(marks)


def test_recused_evaluators_and_disqualified_bids_leave_the_table_first():
    marks = np.array([[1.0, 2.0, NAN, 3.0], [NAN] * 4, [2.0, 3.0, NAN, 5.0]])
    found = panel_agreement_arrays(marks)
    assert (found.evaluators, found.bids, found.n_missing) == ((0, 2), (0, 1, 3), 0)
    assert found.kendall_w.value == 1.0
    assert found.icc["3,1"].value == pytest.approx(panel_agreement_arrays(marks[[0, 2]]).icc["3,1"].value)
    np.testing.assert_array_equal(np.isnan(found.effects.severity), [False, True, False])


def test_an_empty_cell_stops_w_and_the_correlations_but_not_alpha_and_severity():
    found = panel_agreement_arrays([[1.0, 2.0, 3.0], [2.0, NAN, 5.0], [1.0, 3.0, 4.0]], "ordinal")
    assert found.n_missing == 1
    assert (found.kendall_w.reason, found.icc.reason) == ("missing_marks", "missing_marks")
    assert found.alpha.value is not None
    assert found.alpha.level == "ordinal"
    assert found.effects.reason is None


@given(with_gaps)
def test_every_table_has_an_answer_or_a_reason(marks):
    found = panel_agreement_arrays(marks)
    for part in (found.kendall_w, found.alpha, *found.icc.forms):
        assert (part.value is None) == (part.reason is not None)
    assert np.isnan(found.effects.severity[list(found.evaluators)]).all() == (
        found.effects.reason is not None or not found.evaluators
    )
