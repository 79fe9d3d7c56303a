"""Agreement of a panel with names on it."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput
from supplier_eval.score.agreement import panel_agreement_arrays
from supplier_eval.score.panel_front import MEASURES, panel_agreement

# Shrout and Fleiss (1979), table 2: judges in columns there, in rows here
SHROUT_FLEISS = pd.DataFrame(
    [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]],
    index=["judge 1", "judge 2", "judge 3", "judge 4"],
    columns=list("ABCDEF"),
)


def as_long(wide, **more):
    rows = [(e, b, wide.loc[e, b]) for e in wide.index for b in wide.columns]
    return pd.DataFrame(rows, columns=["evaluator", "bid", "mark"]).assign(**more)


def two_criteria():
    quality = as_long(SHROUT_FLEISS * 10, criterion="quality")
    price = as_long(SHROUT_FLEISS.iloc[::-1].set_axis(SHROUT_FLEISS.index) * 10, criterion="plan")
    return pd.concat([quality, price], ignore_index=True)


def test_a_wide_table_reproduces_shrout_fleiss_1979_table_4():
    frame = panel_agreement(SHROUT_FLEISS).to_frame().set_index("measure")
    assert tuple(frame.index) == MEASURES
    forms = frame["value"][["icc_1_1", "icc_2_1", "icc_3_1", "icc_1_k", "icc_2_k", "icc_3_k"]]
    np.testing.assert_allclose(forms, [0.17, 0.29, 0.71, 0.44, 0.62, 0.91], atol=0.005)
    assert frame.loc["icc_2_1", "statistic"] == pytest.approx(11.03, abs=0.005)
    assert frame.loc["icc_2_1", ["df1", "df2"]].tolist() == [5.0, 15.0]
    assert (frame["reason"] == "").all()
    assert (frame["n_evaluators"] == 4).all()
    assert (frame["n_bids"] == 6).all()


def test_severity_is_the_difference_of_the_evaluators_means_in_a_complete_table():
    found = panel_agreement(SHROUT_FLEISS)
    means = SHROUT_FLEISS.mean(axis=1)
    pd.testing.assert_series_equal(found.severity, means - means.mean(), check_names=False)
    assert found.spread.idxmax() == "judge 4"
    np.testing.assert_allclose(found.bids_frame()["adjusted_mean"], SHROUT_FLEISS.mean())
    np.testing.assert_allclose(found.bids_frame()["mean_mark"], SHROUT_FLEISS.mean())


def test_long_and_wide_tables_say_the_same():
    wide, long = panel_agreement(SHROUT_FLEISS), panel_agreement(as_long(SHROUT_FLEISS))
    pd.testing.assert_frame_equal(wide.to_frame(), long.to_frame(), check_exact=True)
    pd.testing.assert_frame_equal(wide.evaluators_frame(), long.evaluators_frame(), check_exact=True)


@settings(max_examples=25)
@given(st.permutations(range(48)))
def test_the_order_of_the_rows_does_not_reach_the_last_bit(order):
    marks = two_criteria()
    marks["mark"] = marks["mark"] / 7
    found, shuffled = panel_agreement(marks), panel_agreement(marks.iloc[order])
    pd.testing.assert_frame_equal(found.to_frame(), shuffled.to_frame(), check_exact=True)
    pd.testing.assert_frame_equal(found.evaluators_frame(), shuffled.evaluators_frame(), check_exact=True)


def test_totals_are_plain_or_weighted_means_over_the_criteria():
    marks = two_criteria()
    plain, weighted = panel_agreement(marks), panel_agreement(marks, weights={"plan": 1, "quality": 3})
    quality, plan = SHROUT_FLEISS * 10, SHROUT_FLEISS.iloc[::-1].set_axis(SHROUT_FLEISS.index) * 10
    np.testing.assert_allclose(plain.totals, (quality + plan) / 2)
    np.testing.assert_allclose(weighted.totals, (3 * quality + plan) / 4)
    assert weighted.by_criterion == {}


def test_by_criterion_judges_each_criterion_and_the_totals():
    found = panel_agreement(two_criteria(), by="criterion")
    assert list(found.by_criterion) == ["plan", "quality"]
    alone = panel_agreement(SHROUT_FLEISS * 10)
    assert found.by_criterion["quality"].kendall_w == alone.kendall_w
    assert found.by_criterion["quality"].criterion == "quality"
    frame = found.to_frame()
    assert frame["criterion"].unique().tolist() == ["", "plan", "quality"]
    assert len(frame) == 3 * len(MEASURES)


def test_an_evaluator_who_did_not_mark_every_criterion_has_no_total():
    marks = two_criteria()
    absent = (marks["evaluator"] == "judge 2") & (marks["criterion"] == "plan")
    found = panel_agreement(marks[~absent], by="criterion")
    assert found.left_out == ("judge 2",)
    assert np.isnan(found.severity["judge 2"])
    assert found.evaluators_frame().set_index("evaluator").loc["judge 2", "reason"] == "no_marks"
    assert found.kendall_w.n_evaluators == 3
    assert found.by_criterion["quality"].kendall_w.n_evaluators == 4
    assert "judge 2" in found.explain().splitlines()[1]


def test_a_weight_of_zero_leaves_a_criterion_out_of_the_totals():
    marks = two_criteria()
    absent = (marks["evaluator"] == "judge 2") & (marks["criterion"] == "plan")
    found = panel_agreement(marks[~absent], weights={"plan": 0, "quality": 1})
    np.testing.assert_array_equal(found.totals, SHROUT_FLEISS * 10)


def test_an_empty_cell_is_a_reason_and_not_a_zero():
    marks = SHROUT_FLEISS.astype(float)
    marks.loc["judge 3", "C"] = np.nan
    frame = panel_agreement(marks).to_frame().set_index("measure")
    assert frame.loc["kendall_w", "reason"] == "missing_marks"
    assert np.isnan(frame.loc["kendall_w", "value"])
    assert not np.isnan(frame.loc["krippendorff_alpha", "value"])


def test_figures_are_those_of_the_arrays():
    arrays = panel_agreement_arrays(SHROUT_FLEISS.to_numpy(), "ordinal")
    found = panel_agreement(SHROUT_FLEISS, alpha_level="ordinal")
    assert found.alpha == arrays.alpha
    assert found.icc == arrays.icc


def test_a_result_is_frozen_exploratory_and_short_to_look_at():
    found = panel_agreement(SHROUT_FLEISS)
    assert found.standing == "exploratory"
    assert repr(found) == ("PanelAgreement(totals, 4 evaluators × 6 bids: W 0.887, ICC(2,1) 0.290, alpha 0.147)")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.standing = "binding"


def test_the_table_that_was_given_is_not_touched():
    marks = two_criteria()
    before = marks.copy()
    totals = panel_agreement(marks, by="criterion").totals
    totals.iloc[:, :] = 0.0
    pd.testing.assert_frame_equal(marks, before)


def test_asking_by_criterion_or_with_weights_needs_criteria():
    with pytest.raises(InvalidInput, match=r"panel\.marks\.columns"):
        panel_agreement(SHROUT_FLEISS, by="criterion")
    with pytest.raises(InvalidInput, match="column criterion is missing"):
        panel_agreement(as_long(SHROUT_FLEISS), weights={"quality": 1})
    with pytest.raises(ValueError, match="by must be"):
        panel_agreement(two_criteria(), by="lot")


def test_an_empty_table_has_a_reason_for_everything():
    for marks in (SHROUT_FLEISS.iloc[:0], two_criteria().iloc[:0]):
        assert set(panel_agreement(marks).to_frame()["reason"]) == {"no_marks"}
