"""Checks that the questions about an award share."""

from __future__ import annotations

import math
import time
from fractions import Fraction

import numpy as np
import pytest

from supplier_eval.award.analysis_arguments import Ends, argument_findings, figure


@pytest.mark.parametrize("value", [3, 3.0, Fraction(3), np.float64(3), np.int64(3)])
def test_any_number_is_a_figure(value):
    assert figure(value) == 3


@pytest.mark.parametrize("value", ["3", None, True, [3], 3j])
def test_nothing_else_is(value):
    assert math.isnan(figure(value))


@pytest.mark.parametrize(
    ("gap", "limit", "named"),
    [
        (0, 60, []),
        (0.5, 0.1, []),
        (1, 60, ["gap"]),
        (-1, 60, ["gap"]),
        (0, 0, ["time_limit"]),
        (math.nan, math.inf, ["gap", "time_limit"]),
    ],
)
def test_gap_and_time_limit_are_checked(gap, limit, named):
    found = argument_findings("f", gap=gap, time_limit=limit)
    assert [finding.column for finding in found] == named
    assert all(finding.say("zh") for finding in found)


def test_time_runs_out_and_never_quite():
    past, future = Ends(-1), Ends(60)
    assert past.over and past.left == 0.05
    assert not future.over and 59 < future.left <= 60
    assert past.at < time.monotonic() < future.at
