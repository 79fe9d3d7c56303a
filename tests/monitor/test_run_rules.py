"""Tests on patterns: Western Electric and Nelson."""

from __future__ import annotations

import numpy as np
import pytest
import shewhart._rules as theirs
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.monitor.run_rules import NELSON, SETS, TESTS, WESTERN_ELECTRIC, rules_named, run_hits


def fired(z, rule):
    return [hit.at for hit in run_hits(z, [rule])]


def test_each_test_fires_at_the_point_that_completes_its_pattern():
    assert fired([0.1] * 9, "nine_one_side") == [8]
    assert fired([-0.1] * 9, "eight_one_side") == [7, 8]
    assert fired([0, 0.1, 0.2, 0.3, 0.4, 0.5], "six_trend") == [5]
    assert fired([0, 0.1, 0.2, 0.3, 0.4], "six_trend") == []
    assert fired([0.1, -0.1] * 7, "fourteen_alternating") == [13]
    assert fired([2.1, 0.0, 2.1], "two_of_three") == [2]
    assert fired([2.1, 0.0, -2.1], "two_of_three") == []
    assert fired([1.1, 1.1, 0.0, 1.1, 1.1], "four_of_five") == [4]
    assert fired([0.5, -0.5] * 8, "fifteen_within") == [14, 15]
    assert fired([1.1, -1.1] * 4, "eight_beyond") == [7]


def test_the_points_of_a_pattern_are_named():
    (hit,) = run_hits([2.1, 0.0, 2.5], ["two_of_three"])
    assert (hit.points, hit.side, hit.at) == ((0, 2), 1, 2)
    (trend,) = run_hits([0.5, 0.4, 0.3, 0.2, 0.1, 0.0], ["six_trend"])
    assert (trend.points, trend.side) == ((0, 1, 2, 3, 4, 5), -1)


def test_a_point_on_the_centre_is_on_no_side():
    assert fired([0.1] * 8 + [0.0] + [0.1] * 8, "nine_one_side") == []


def test_a_gap_neither_breaks_a_run_nor_counts_in_it():
    z = [0.1] * 4 + [np.nan] + [0.1] * 4
    assert fired(z, "nine_one_side") == []
    (hit,) = run_hits([*z, 0.1], ["nine_one_side"])
    assert hit.points == (0, 1, 2, 3, 5, 6, 7, 8, 9)


def test_sets_are_named_as_in_the_books():
    assert len(NELSON) == 8 and len(WESTERN_ELECTRIC) == 4
    assert rules_named(["nelson"]) == NELSON
    assert rules_named(["western_electric_4", "nelson_2"]) == ("eight_one_side", "nine_one_side")
    assert rules_named(["nelson_5", "two_of_three"]) == ("two_of_three",)
    assert set(NELSON) | set(WESTERN_ELECTRIC) == set(TESTS) | {"beyond_limits"}
    with pytest.raises(KeyError, match="nelson_9"):
        rules_named(["nelson_9"])


SAME = {f"nelson_{i}": SETS[f"nelson_{i}"][0] for i in range(2, 9)} | {"we_4": "eight_one_side"}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0.5, 1.0, 2.0]), st.sampled_from([0.0, 0.9, -0.9]))
def test_an_independent_library_names_the_same_points(seed, scale, memory):
    rng = np.random.default_rng(seed)
    z = rng.standard_normal(60) * scale
    for i in range(1, len(z)):
        z[i] += memory * z[i - 1]
    for name, ours in SAME.items():
        points = {p for found in theirs.RULES[name].fn(z) for p in found}
        assert {p for hit in run_hits(z, [ours]) for p in hit.points} == points, name


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32 - 1))
def test_turning_the_series_over_turns_the_sides_over(seed):
    z = np.random.default_rng(seed).standard_normal(50)
    up = {(h.rule, h.points, h.side) for h in run_hits(z, TESTS)}
    assert {(rule, points, -side) for rule, points, side in up} == {
        (h.rule, h.points, h.side) for h in run_hits(-z, TESTS)
    }
