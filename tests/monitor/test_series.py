"""Figures in order of time, as they are given."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.monitor import series


def read(given):
    found = []
    values, labels = series.given_series(given, "values", found)
    return values, labels, [finding.code for finding in found]


def test_missing_is_a_gap_and_never_zero():
    values, labels, found = read([1, None, np.nan, pd.NA, Decimal("2.5"), Decimal("NaN"), np.int64(3)])
    assert not found
    assert labels == (1, 2, 3, 4, 5, 6, 7)
    assert np.array_equal(values, [1, np.nan, np.nan, np.nan, 2.5, np.nan, 3], equal_nan=True)


def test_the_index_of_a_series_gives_the_labels():
    assert read(pd.Series([1.0, 2.0], index=["2026-01", "2026-02"]))[1] == ("2026-01", "2026-02")


@pytest.mark.parametrize("wrong", ["7", True, np.inf, object(), [1], 1 + 2j])
def test_what_is_no_figure_is_a_finding_with_its_place(wrong):
    assert read([1, wrong])[2] == ["series.no_figure"]


@pytest.mark.parametrize("wrong", [None, "text", 5, {"a": 1}, np.zeros((2, 2)), pd.DataFrame({"a": [1]})])
def test_what_is_no_series_is_a_finding(wrong):
    assert read(wrong)[2] == ["series.none"]


def test_all_faults_come_at_once():
    found = []
    series.given_figure("x", "limit", found, 0.0)
    series.given_figure(0.0, "limit", found, 0.0)
    series.given_whole(1.5, "least", found, 2)
    series.given_yes_no("yes", "key_step", found)
    series.given_choice("z", "kind", ("p", "u"), found)
    series.given_labels(["a", "a"], 3, "labels", found)
    series.given_frame([1], "table", ["x"], found)
    series.given_frame(pd.DataFrame({"y": [1]}), "table", ["x"], found)
    series.given_frame(pd.DataFrame([[1, 2]], columns=["x", "x"]), "table", ["x"], found)
    with pytest.raises(InvalidInput) as refused:
        series.refuse_all(found)
    assert len(refused.value.findings) == 10
    assert all(finding.say("zh") and finding.advise("zh") for finding in refused.value.findings)


def test_nothing_wrong_is_not_refused():
    warned = [Finding("series.none", "table", severity="warning")]
    assert series.refuse_all([]) is None
    assert series.refuse_all(warned) is None
    with pytest.raises(InvalidInput) as refused:
        series.refuse_all([*warned, Finding("series.none", "table")])
    assert len(refused.value.findings) == 2


def test_a_language_that_does_not_exist_is_said_by_every_result():
    from supplier_eval import monitor

    results = (monitor.control_chart([1.0]), monitor.trend_test([1.0]), monitor.watch_portfolio({}))
    results += (monitor.SamplingPlan(5, 1), monitor.pareto_of_causes([]))
    for result in results:
        with pytest.raises(UnknownLanguageError, match="language"):
            result.explain("fr")


def test_a_whole_number_beyond_floats_is_no_figure():
    assert series.figure_or_gap(10**400) is None
