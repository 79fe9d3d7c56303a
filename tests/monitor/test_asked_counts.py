"""Counts and confidences that cannot be used are refused in words."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.asked_counts import asked_confidence, asked_counts, figures


@pytest.mark.parametrize("wrong", [0, 1, 1.5, -0.1, None, "0.95", True, float("nan")])
def test_a_confidence_lies_between_0_and_1(wrong):
    with pytest.raises(InvalidInput, match="between 0 and 1") as refused:
        asked_confidence(wrong)
    assert "置信水平" in refused.value.report("zh")


def test_a_confidence_may_be_a_decimal():
    assert asked_confidence(Decimal("0.9")) == 0.9


def test_one_figure_serves_all():
    events, n = asked_counts([1, 2], 5)
    assert events.tolist() == [1, 2]
    assert n.tolist() == [5, 5]


def test_missing_counts_of_pandas_are_missing():
    found = []
    figures(pd.Series([1, None]), "n", found)
    assert [f.code for f in found] == ["estimates.figures.missing"]
    assert found[0].facts["count"] == 1


def test_a_date_is_no_count():
    found = []
    figures(np.array(["2026-01-01"], dtype="datetime64[D]"), "n", found)
    assert [f.code for f in found] == ["estimates.figures.not_numbers"]


@pytest.mark.parametrize("wrong", [[10**400, 1], [1 + 2j, 1]])
def test_numbers_beyond_floats_and_complex_ones_are_no_counts(wrong):
    with pytest.raises(InvalidInput) as refused:
        asked_counts(wrong, [2, 2])
    assert [f.code for f in refused.value.findings] == ["estimates.figures.not_numbers"]
    with pytest.raises(InvalidInput):
        asked_confidence(10**400)
