"""The six intraclass correlations: published figures, another library, and what is not defined."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from supplier_eval.score.intraclass import FORMS, icc

# Shrout and Fleiss (1979), Psychological Bulletin 86, table 2: 6 targets (rows) rated by 4 judges
SHROUT_FLEISS = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
tables = arrays(np.float64, st.tuples(st.integers(2, 5), st.integers(2, 6)), elements=st.integers(0, 20).map(float))


def test_shrout_fleiss_1979_table_3_mean_squares():
    found = icc(SHROUT_FLEISS.T)
    assert (found.n_evaluators, found.n_bids) == (4, 6)
    squares = (found.ms_bids, found.ms_within, found.ms_evaluators, found.ms_residual)
    assert squares == pytest.approx((11.24, 6.26, 32.49, 1.02), abs=0.005)


@pytest.mark.parametrize(
    ("form", "published"),
    [("1,1", 0.17), ("2,1", 0.29), ("3,1", 0.71), ("1,k", 0.44), ("2,k", 0.62), ("3,k", 0.91)],
)
def test_shrout_fleiss_1979_table_4_six_forms(form, published):
    assert icc(SHROUT_FLEISS.T)[form].value == pytest.approx(published, abs=0.005)


# pingouin 0.7 calls a method of pandas that pandas 3.1 deprecates
@pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.dropna is deprecated")
@pytest.mark.parametrize("case", ["shrout_fleiss", "random", "low"])
def test_forms_tests_and_intervals_agree_with_pingouin(case):
    import pingouin

    rng = np.random.default_rng(20)
    table = {
        "shrout_fleiss": SHROUT_FLEISS,
        "random": rng.normal(70, 8, (9, 5)) + rng.normal(0, 10, (9, 1)) + rng.normal(0, 5, (1, 5)),
        "low": np.array([[1, 9, 5], [8, 9, 9], [4, 5, 6.5], [5, 9, 8]]),
    }[case]
    cells = [(t, r, table[t, r]) for t, r in itertools.product(*map(range, table.shape))]
    long = pd.DataFrame(cells, columns=["target", "rater", "rating"])
    theirs = pingouin.intraclass_corr(long, targets="target", raters="rater", ratings="rating")
    found = icc(table.T)
    for form, row in zip(FORMS, theirs.itertuples(index=False), strict=True):
        ours = found[form]
        assert ours.value == pytest.approx(row.ICC, abs=1e-9)
        assert (ours.df1, ours.df2) == (row.df1, row.df2)
        assert ours.f == pytest.approx(row.F)
        assert ours.p_value == pytest.approx(row.pval, abs=1e-9)
        # pingouin rounds its bounds to two places
        assert [ours.ci_low, ours.ci_high] == pytest.approx(list(row.CI95), abs=0.0051)


def test_evaluators_who_differ_by_a_constant_are_consistent_but_do_not_agree():
    found = icc([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    assert found["3,1"].value == 1.0
    assert found["3,1"].f == math.inf
    assert (found["3,1"].ci_low, found["3,1"].ci_high) == (1.0, 1.0)
    # BMS 2, JMS 13.5, EMS 0: 2 / (2 + 2 * 13.5 / 3)
    assert found["2,1"].value == pytest.approx(2 / 11)


def test_evaluators_who_give_the_same_marks_agree_perfectly():
    found = icc([[0.1, 0.7, 0.3]] * 3)
    for form in FORMS:
        assert (found[form].value, found[form].ci_low, found[form].ci_high) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("marks", "reason"),
    [([[1.0, 2.0, 3.0]], "one_evaluator"), ([[1.0], [2.0]], "one_bid"), ([[7.1] * 3] * 3, "no_variation")],
)
def test_a_table_without_an_answer_says_why(marks, reason):
    found = icc(marks)
    assert found.reason == reason
    assert [form.form for form in found.forms] == list(FORMS)
    assert {(form.value, form.reason) for form in found.forms} == {(None, reason)}


def test_bids_that_do_not_differ_give_no_reliability_of_the_mean():
    # both bids have the mean 5 and both evaluators too: BMS = JMS = 0, EMS > 0. The quotient of 2,k is 2
    found = icc([[4.0, 6.0], [6.0, 4.0]])
    for form in ("1,k", "2,1", "2,k", "3,k"):
        assert (found[form].value, found[form].reason) == (None, "denominator_not_positive")
    assert found["3,1"].value == -1.0


def test_no_form_claims_a_reliability_above_one():
    # the quotient of form 2,k is 4.73 here, both parts below zero; other libraries print it
    found = icc(np.array([[1, 9, 5], [8, 2, 5], [4, 5, 6.5], [5, 6, 3]]).T)
    assert (found["2,k"].value, found["2,k"].reason) == (None, "denominator_not_positive")
    assert found["2,1"].value < 0.0


def test_an_approximate_interval_that_would_miss_its_estimate_is_not_given():
    form = icc([[2.0, 0.0], [0.0, 0.0], [2.0, 5.0]])["2,1"]
    assert form.value == pytest.approx(-6 / 23)
    assert (form.ci_low, form.ci_high) == (None, None)


def test_rounding_noise_is_not_variation():
    # each evaluator gives every bid the same mark; 7.1 + 7.1 + 7.1 is not 3 * 7.1 in binary
    found = icc([[7.1] * 3, [8.3] * 3, [0.1] * 3])
    assert found.ms_bids == 0.0
    assert found.ms_residual == 0.0
    assert found["3,1"].value is None
    assert found["2,1"].value == 0.0


@pytest.mark.parametrize(
    ("marks", "confidence"),
    [([[1.0, np.nan], [1.0, 2.0]], 0.95), ([1.0, 2.0], 0.95), ([[1.0, 2.0], [2.0, 1.0]], 1.0)],
)
def test_missing_marks_and_other_shapes_are_refused(marks, confidence):
    with pytest.raises(ValueError, match=r"every evaluator's mark|evaluators × bids|confidence"):
        icc(marks, confidence)


def test_an_unknown_form_is_a_key_error():
    with pytest.raises(KeyError, match="3,1"):
        icc(SHROUT_FLEISS.T)["4,1"]


@given(tables, st.data())
def test_permuting_evaluators_and_bids_keeps_the_forms(marks, data):
    rows = data.draw(st.permutations(range(marks.shape[0])))
    columns = data.draw(st.permutations(range(marks.shape[1])))
    for ours, permuted in zip(icc(marks).forms, icc(marks[rows][:, columns]).forms, strict=True):
        assert permuted.reason == ours.reason
        if ours.value is not None:
            assert permuted.value == pytest.approx(ours.value, rel=1e-6, abs=1e-9)


@settings(max_examples=200)
@given(tables)
def test_a_form_is_at_most_one_and_lies_in_its_interval(marks):
    found = icc(marks)
    for form in found.forms:
        assert (form.value is None) == (form.reason is not None)
        if form.value is None:
            continue
        assert form.value <= 1.0
        assert math.isfinite(form.value)
        assert form.ci_low is None or form.ci_low <= form.value + 1e-9
        assert form.ci_high is None or form.value - 1e-9 <= form.ci_high <= 1.0


@given(tables, st.integers(-50, 50))
def test_severity_does_not_touch_consistency(marks, constant):
    moved = marks.copy()
    moved[0] += constant
    before, after = icc(marks), icc(moved)
    if before["3,1"].value is not None and after["3,1"].value is not None:
        assert after["3,1"].value == pytest.approx(before["3,1"].value, abs=1e-9)
