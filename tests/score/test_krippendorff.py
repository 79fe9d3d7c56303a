"""Krippendorff's alpha: the published example at four levels, the reference package, missing marks."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from supplier_eval.score.krippendorff import LEVELS, krippendorff_alpha

NAN = np.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: 4 observers, 12 units
OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
)
tables = arrays(
    np.float64,
    st.tuples(st.integers(2, 5), st.integers(2, 6)),
    elements=st.one_of(st.integers(0, 10).map(float), st.just(NAN)),
)


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_2011_example_at_four_levels(level, published):
    found = krippendorff_alpha(OBSERVERS, level)
    assert found.value == pytest.approx(published, abs=0.0005)
    assert (found.n_pairable, found.n_units) == (40, 11)  # the 12th unit has one value only


@settings(max_examples=200)
@given(tables)
def test_alpha_agrees_with_the_krippendorff_package(marks):
    for level in LEVELS:
        found = krippendorff_alpha(marks, level)
        if found.value is not None:
            theirs = krippendorff.alpha(marks, level_of_measurement=level)
            assert found.value == pytest.approx(theirs, abs=1e-9)


@given(tables, st.data())
def test_permuting_evaluators_and_bids_keeps_alpha_and_it_is_at_most_one(marks, data):
    rows = data.draw(st.permutations(range(marks.shape[0])))
    columns = data.draw(st.permutations(range(marks.shape[1])))
    for level in LEVELS:
        found, permuted = krippendorff_alpha(marks, level), krippendorff_alpha(marks[rows][:, columns], level)
        assert permuted.reason == found.reason
        assert (found.value is None) == (found.reason is not None)
        if found.value is not None:
            assert permuted.value == pytest.approx(found.value, abs=1e-9)
            assert found.value <= 1.0


@pytest.mark.parametrize("level", LEVELS)
def test_equal_marks_on_different_bids_are_perfect(level):
    assert krippendorff_alpha([[0.0, 3.0, 8.0, NAN]] * 3, level).value == 1.0


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        ([[1.0, 2.0]], "one_evaluator"),
        ([[1.0, 2.0], [NAN, NAN]], "one_evaluator"),
        ([[1.0], [2.0]], "one_bid"),
        ([[1.0, 2.0, NAN], [3.0, NAN, 4.0]], "one_bid"),
        ([[4.0, 4.0], [4.0, 4.0]], "no_variation"),
        ([[NAN, NAN]], "no_marks"),
    ],
)
def test_a_table_without_an_answer_says_why(marks, reason):
    found = krippendorff_alpha(marks)
    assert (found.value, found.reason) == (None, reason)


@pytest.mark.parametrize(
    ("marks", "level", "says"),
    [
        ([[1.0, np.inf], [1.0, 2.0]], "interval", "finite"),
        ([1.0, 2.0], "interval", "evaluators × bids"),
        ([[1.0, -2.0], [1.0, 2.0]], "ratio", "zero or more"),
        ([[1.0, 2.0], [1.0, 2.0]], "cardinal", "no level"),
    ],
)
def test_what_has_no_alpha_is_refused(marks, level, says):
    with pytest.raises(ValueError, match=says):
        krippendorff_alpha(marks, level)
