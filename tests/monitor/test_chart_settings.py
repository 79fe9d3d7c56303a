"""What a chart can be told."""

from __future__ import annotations

import math

import pytest

from supplier_eval.monitor.chart_settings import KINDS, ChartSettings, chart_settings, known_parameters


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_usual_settings(kind):
    found = []
    made = chart_settings(kind, ("beyond_limits",), False, {}, found)
    assert not found
    assert made.limit == made.usual == (5.0 if kind == "cusum" else 3.0)
    assert not made.standard
    assert "labels" in known_parameters(kind)


def test_given_standards_replace_the_baseline():
    found = []
    made = chart_settings("laney_p", "beyond_limits", False, {"centre": 0.05, "spread": 1.4}, found)
    assert made.standard and (made.centre, made.spread) == (0.05, 1.4)
    assert chart_settings("p", "beyond_limits", False, {"centre": 0}, found).standard
    assert not found


def test_half_a_standard_is_refused():
    found = []
    chart_settings("xmr", "beyond_limits", False, {"sigma": 1.0}, found)
    assert [finding.code for finding in found] == ["chart.standard"]


def test_bounds_may_be_open_at_one_end():
    found = []
    made = chart_settings("xmr", "beyond_limits", False, {"bounds": (0, None)}, found)
    assert made.bounds == (0.0, math.inf) and not found


def test_settings_are_frozen():
    made = ChartSettings("xmr", ("beyond_limits",), 3.0, 3.0, False)
    with pytest.raises(AttributeError):
        made.limit = 2.0
