"""Marks into one mark, outlier marks, objective items. Convention §1, §2, §10, §15."""

from __future__ import annotations

import statistics

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from supplier_eval.score.panel import (
    RULES,
    aggregate,
    count_marks,
    marks_needed,
    objective_differences,
    outlier_marks,
)

NAN = np.nan
points = st.integers(0, 1000).map(lambda tenths: tenths / 10)
INDEPENDENT = ("mean", "trimmed_mean", "median")


def one_cell(*marks):
    return np.array(marks, dtype=float).reshape(-1, 1, 1)


@pytest.mark.parametrize(
    ("rule", "expected"), [("mean", 74.0), ("trimmed_mean", 80.0), ("median", 82.0), ("consensus", 74.0)]
)
def test_five_marks_worked_by_hand(rule, expected):
    marks = one_cell(40, 75, 82, 83, 90)  # mean 370/5; without 40 and 90: 240/3; middle mark 82
    if rule == "consensus":
        marks = one_cell(74)
    assert aggregate(marks, rule)[0, 0] == expected


def test_two_marks_are_dropped_at_each_end_when_trim_is_two():
    assert aggregate(one_cell(0, 10, 20, 60, 100), "trimmed_mean", trim=2)[0, 0] == 20.0


def test_the_median_of_an_even_number_of_marks_is_the_mean_of_the_middle_two():
    assert aggregate(one_cell(1, 9, 4, 6), "median")[0, 0] == 5.0


def test_a_missing_mark_does_not_pull_the_mean_to_zero():
    assert aggregate(one_cell(80, NAN, 90))[0, 0] == 85.0


@pytest.mark.parametrize("rule", RULES)
def test_a_cell_without_marks_has_no_mark(rule):
    marks = np.array([[[NAN, 5.0]], [[NAN, NAN]], [[NAN, NAN]]])
    got = aggregate(marks, rule, trim=0)
    assert np.isnan(got[0, 0])
    assert got[0, 1] == 5.0


@pytest.mark.parametrize("rule", RULES)
def test_a_panel_without_evaluators_gives_no_marks(rule):
    got = aggregate(np.empty((0, 2, 3)), rule)
    assert got.shape == (2, 3)
    assert np.isnan(got).all()


def test_a_trimmed_mean_of_too_few_marks_is_refused_and_says_where():
    marks = np.array([[[1.0, 1.0]], [[2.0, 2.0]], [[3.0, NAN]]])
    assert marks_needed("trimmed_mean", 1) == 3
    assert marks_needed("median", 1) == 1
    np.testing.assert_array_equal(count_marks(marks), [[3, 2]])
    with pytest.raises(ValueError, match=r"needs 3 marks; 1 cells have fewer, the first at \(0, 1\)"):
        aggregate(marks, "trimmed_mean", trim=1)


def test_consensus_refuses_a_second_mark_even_if_it_is_the_same():
    with pytest.raises(ValueError, match=r"one mark per cell; the cell at \(0, 0\)"):
        aggregate(one_cell(7, 7), "consensus")


@pytest.mark.parametrize(
    ("marks", "rule", "trim", "says"),
    [
        (one_cell(1, np.inf), "mean", 1, "infinite"),
        (one_cell(1, 2), "mode", 1, "no aggregation rule 'mode'"),
        (one_cell(1, 2), "trimmed_mean", -1, "whole number"),
        (one_cell(1, 2), "trimmed_mean", 0.5, "whole number"),
        (one_cell(1, 2), "trimmed_mean", True, "whole number"),
        (5.0, "mean", 1, "axis of evaluators"),
    ],
)
def test_what_cannot_be_aggregated_is_refused(marks, rule, trim, says):
    with pytest.raises(ValueError, match=says):
        aggregate(marks, rule, trim)


cells = arrays(np.float64, array_shapes(min_dims=3, max_dims=4, min_side=1, max_side=5), elements=points)


@given(cells, st.data())
def test_the_order_of_the_evaluators_does_not_reach_the_last_bit(marks, data):
    order = data.draw(st.permutations(range(marks.shape[0])))
    for rule in INDEPENDENT:
        trim = (marks.shape[0] - 1) // 2
        np.testing.assert_array_equal(aggregate(marks[order], rule, trim), aggregate(marks, rule, trim))


@given(cells, st.data())
def test_permuting_bids_and_criteria_permutes_the_result(marks, data):
    bids = data.draw(st.permutations(range(marks.shape[2])))
    criteria = data.draw(st.permutations(range(marks.shape[1])))
    for rule in INDEPENDENT:
        whole = aggregate(marks, rule, trim=0)
        np.testing.assert_array_equal(aggregate(marks[:, criteria][:, :, bids], rule, 0), whole[criteria][:, bids])


@given(cells)
def test_one_tender_and_a_block_of_tenders_give_the_same_bits(marks):
    block = np.stack([marks, marks[::-1], marks * 0.7], axis=-1)
    for rule in INDEPENDENT:
        trim = (marks.shape[0] - 1) // 2
        np.testing.assert_array_equal(
            aggregate(np.asfortranarray(block), rule, trim)[..., 2], aggregate(marks * 0.7, rule, trim)
        )


@given(cells)
def test_a_mark_lies_between_the_lowest_and_the_highest_given(marks):
    for rule in INDEPENDENT:
        got = aggregate(marks, rule, trim=0)
        assert np.all((marks.min(axis=0) <= got) & (got <= marks.max(axis=0)))


@given(cells)
def test_an_evaluator_who_is_recused_everywhere_changes_nothing(marks):
    with_recused = np.concatenate([np.full((1, *marks.shape[1:]), NAN), marks])
    for rule in INDEPENDENT:
        np.testing.assert_array_equal(aggregate(with_recused, rule, 0), aggregate(marks, rule, 0))


def test_equal_marks_give_exactly_that_mark():
    assert aggregate(one_cell(0.1, 0.1, 0.1))[0, 0] == 0.1  # (0.1 + 0.1 + 0.1) / 3 is 0.10000000000000002


def test_marks_are_not_touched():
    marks = one_cell(3, NAN, 1)
    before = marks.copy()
    aggregate(marks, "median")
    outlier_marks(marks, 10, 0.3)
    np.testing.assert_array_equal(marks, before)


# outlier marks


def test_a_mark_far_from_the_median_of_the_others_is_flagged_with_its_distance():
    found = outlier_marks(one_cell(80, 82, 40, 85, 79), scale_width=100, limit=0.3)
    np.testing.assert_array_equal(found.flagged.ravel(), [False, False, True, False, False])
    assert found.median_of_others[2, 0, 0] == 81.0
    assert found.distance[2, 0, 0] == -41.0
    assert found.threshold == 30.0
    assert found.n_marks[0, 0] == 5
    # the others 79, 80, 82, 85 stand 2, 1, 1, 4 away from 81
    assert found.spread_of_others[2, 0, 0] == pytest.approx(1.4826 * 1.5)


def test_a_mark_exactly_at_the_limit_is_not_flagged():
    marks = one_cell(0.1, 0.1, 0.1 + 0.2)  # 0.30000000000000004 - 0.1 against 0.2 of a scale of 1
    assert not outlier_marks(marks, scale_width=1, limit=0.2).flagged.any()
    assert outlier_marks(marks, scale_width=1, limit=0.19).flagged.ravel().tolist() == [False, False, True]


def test_of_two_marks_nobody_can_say_which_one_stands_away():
    found = outlier_marks(one_cell(0, 100, NAN), scale_width=100, limit=0.1)
    assert not found.flagged.any()
    assert np.isnan(found.distance).all()


def test_where_the_others_disagree_too_the_robust_rule_keeps_quiet():
    marks = np.array([[[10, 78]], [[35, 80]], [[60, 82]], [[85, 81]], [[99, 20]]], dtype=float)
    plain = outlier_marks(marks, 100, 0.4)
    robust = outlier_marks(marks, 100, 0.4, spreads=3.0)
    assert plain.flagged[:, 0, 0].tolist() == [True, False, False, False, True]
    assert not robust.flagged[:, 0, 0].any()
    assert robust.flagged[:, 0, 1].tolist() == [False, False, False, False, True]


def test_each_criterion_is_judged_on_its_own_scale():
    marks = np.array([[[4.0], [4.0]], [[4.0], [4.0]], [[9.0], [9.0]]])
    found = outlier_marks(marks, scale_width=[10, 100], limit=0.3)
    assert found.flagged[:, :, 0].tolist() == [[False, False], [False, False], [True, False]]


@given(cells.filter(lambda marks: marks.shape[0] >= 3))
def test_the_distance_is_that_to_the_median_of_the_others(marks):
    found = outlier_marks(marks, 100, 0.25)
    for place in np.ndindex(marks.shape):
        others = np.delete(marks[(slice(None), *place[1:])], place[0])
        assert found.distance[place] == pytest.approx(marks[place] - statistics.median(others), abs=1e-9)
    np.testing.assert_array_equal(found.flagged, np.abs(np.round(found.distance, 9)) > 25)


@pytest.mark.parametrize(
    ("width", "limit", "spreads"), [(0, 0.3, 0), ([1, 2], 0.3, 0), (NAN, 0.3, 0), (10, 1.5, 0), (10, 0.3, -1)]
)
def test_thresholds_that_mean_nothing_are_refused(width, limit, spreads):
    with pytest.raises(ValueError, match=r"scale_width|limit"):
        outlier_marks(one_cell(1, 2, 3), width, limit, spreads)


# objective items


def test_evaluators_who_differ_on_an_objective_item_are_found():
    marks = np.array(
        [
            [[5, 5, 5, NAN], [1, 2, 3, 4]],
            [[5, 4, NAN, NAN], [9, 9, 9, 9]],
            [[5, 5, 5, NAN], [9, 9, 9, 9]],
        ]
    )
    found = objective_differences(marks, [True, False])
    np.testing.assert_array_equal(found, [[False, True, False, False], [False] * 4])


def test_noise_of_binary_arithmetic_is_no_difference():
    assert not objective_differences(one_cell(0.3, 0.1 + 0.2), [True]).any()


def test_an_objective_mask_must_name_every_criterion():
    with pytest.raises(ValueError, match="does not fit"):
        objective_differences(one_cell(1, 2), [True, False])
