"""RPN and action priority: the table of the handbook and its laws."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.risk.fmea import PRIORITIES, action_priority, risk_priority_number

# AIAG & VDA 2019 (recalled): severity, occurrence, then detection 7-10, 5-6, 2-4, 1.
HANDBOOK = {
    (9, 10): {(8, 10): "HHHH", (6, 7): "HHHH", (4, 5): "HHHM", (2, 3): "HMLL", (1, 1): "LLLL"},
    (7, 8): {(8, 10): "HHHH", (6, 7): "HHHM", (4, 5): "HMMM", (2, 3): "MMLL", (1, 1): "LLLL"},
    (4, 6): {(8, 10): "HHMM", (6, 7): "MMML", (4, 5): "MLLL", (2, 3): "LLLL", (1, 1): "LLLL"},
    (2, 3): {(8, 10): "MMLL", (6, 7): "LLLL", (4, 5): "LLLL", (2, 3): "LLLL", (1, 1): "LLLL"},
    (1, 1): {(1, 10): "LLLL"},
}
DETECTION = ((7, 10), (5, 6), (2, 4), (1, 1))
SEV, OCC, DET = np.meshgrid(*[np.arange(1, 11)] * 3, indexing="ij")


def test_aiag_vda_2019_every_cell_of_the_action_priority_table():
    seen = 0
    for (s_low, s_high), by_occurrence in HANDBOOK.items():
        for (o_low, o_high), letters in by_occurrence.items():
            for (d_low, d_high), letter in zip(DETECTION, letters, strict=True):
                inside = (s_low <= SEV) & (s_high >= SEV) & (o_low <= OCC) & (o_high >= OCC)
                inside &= (d_low <= DET) & (d_high >= DET)
                assert set(action_priority(SEV, OCC, DET)[inside]) == {PRIORITIES.index(letter)}
                seen += int(inside.sum())
    assert seen == 1000


def test_failures_of_one_rpn_have_different_priorities_only_by_the_table():
    """10 x 2 x 5 = 2 x 10 x 5 = 100, both M; 10 x 2 x 1 = 2 x 2 x 5 = 20, both L."""
    ratings = ([10, 2, 10, 2], [2, 10, 2, 2], [5, 5, 1, 5])
    assert risk_priority_number(*ratings).tolist() == [100, 100, 20, 20]
    assert [PRIORITIES[at] for at in action_priority(*ratings)] == ["M", "M", "L", "L"]


def test_rpn_takes_120_values_of_1000():
    assert len(np.unique(risk_priority_number(SEV, OCC, DET))) == 120


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_a_worse_rating_never_lowers_the_priority(axis):
    assert np.diff(action_priority(SEV, OCC, DET), axis=axis).min() >= 0


@pytest.mark.parametrize("wrong", [0, 11, 2.5, [1.0]])
def test_ratings_outside_1_to_10_are_refused(wrong):
    with pytest.raises(ValueError, match="from 1 to 10"):
        action_priority(wrong, 1, 1)
