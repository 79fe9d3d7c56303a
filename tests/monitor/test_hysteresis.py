"""When a grade changes."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.monitor.grade_bands import exact_score
from supplier_eval.monitor.hysteresis import START, GradeRule
from supplier_eval.monitor.plan_rules import HysteresisRule
from supplier_eval.policy.rules import GradeBands

BANDS = GradeBands.model_validate(
    {
        "bands": [
            {"grade": "A", "lower": 90},
            {"grade": "B", "lower": 80},
            {"grade": "C", "lower": 60},
            {"grade": "D", "lower": 0},
        ]
    }
)
POINTS = HysteresisRule(margin=2, margin_errors=0, periods=2, at_once=6, at_once_errors=0, hold=2)
RULE = GradeRule(BANDS, POINTS, 1)


def walk(scores, rule=RULE, error=0.0, overrides=None):
    states, state = [], START
    for i, score in enumerate(scores):
        exact = None if score is None else exact_score(score, rule.places)
        state = rule.next(state, exact, error, (overrides or {}).get(i, ""))
        states.append(state)
    return states


def grades(scores, **asked):
    return "".join(state.grade for state in walk(scores, **asked))


def test_the_first_grade_is_that_of_the_band():
    assert [s.grade for s in walk([90])] == ["A"]
    assert not walk([90])[0].changed


def test_a_score_that_wanders_within_the_margin_changes_nothing():
    assert grades([91, 89, 88, 89, 88.1, 91, 88]) == "AAAAAAA"


def test_two_periods_in_a_row_beyond_the_margin_move_the_grade():
    states = walk([91, 87, 87])
    assert [s.why for s in states] == ["first", "waiting", "moved"]
    assert "".join(s.grade for s in states) == "AAB"
    assert states[2].changed


def test_a_period_back_in_the_band_starts_the_count_again():
    assert grades([91, 87, 90, 87, 89, 87, 87]) == "AAAAAAB"


def test_the_margin_itself_is_not_beyond_it():
    assert grades([91, 88, 88]) == "AAA"
    assert grades([91, 87.9, 87.9]) == "AAB"
    assert grades([85, 92, 92]) == "BBA"
    assert grades([85, 91.9, 91.9]) == "BBB"


def test_far_beyond_the_cut_moves_at_once_to_the_grade_that_is_certain():
    assert walk([91, 83.9])[1].why == "at_once"
    assert grades([91, 83.9]) == "AB"
    assert grades([91, 40]) == "AD"
    assert grades([91, 75]) == "AB"  # 75 + 6 is still a B
    assert grades([91, 75, 75, 75]) == "ABBC"


def test_the_move_is_what_all_counted_periods_support():
    loose = GradeRule(BANDS, HysteresisRule(margin=2, margin_errors=0, periods=2, at_once=None), 1)
    assert grades([91, 87, 40], rule=loose) == "AAB"
    assert grades([91, 40, 40], rule=loose) == "AAD"


def test_exactly_100_reaches_a_top_grade_whose_margin_lies_beyond_the_scale():
    high = GradeBands.model_validate({"bands": [{"grade": "A", "lower": 99}, {"grade": "B", "lower": 0}]})
    rule = GradeRule(high, HysteresisRule(margin=2, margin_errors=0, periods=2, at_once=None), 1)
    assert grades([50, 100, 100], rule=rule) == "BBA"
    assert grades([50, 99.5, 99.5], rule=rule) == "BBB"


def test_exactly_0_reaches_the_last_grade():
    low = GradeBands.model_validate({"bands": [{"grade": "A", "lower": 1}, {"grade": "B", "lower": 0}]})
    rule = GradeRule(low, HysteresisRule(margin=2, margin_errors=0, periods=2, at_once=None), 1)
    assert grades([50, 0, 0], rule=rule) == "AAB"


def test_a_period_without_a_rating_neither_moves_nor_resets():
    states = walk([91, 87, None, 87])
    assert "".join(s.grade for s in states) == "AAAB"
    assert states[2].why == "not_rated"
    assert (states[2].count, states[2].direction, states[2].band) == (1, "down", "")
    assert grades([None, 85]) == "B"
    assert walk([None])[0].grade == ""


def test_a_critical_event_sets_the_grade_at_once_and_holds_it():
    states = walk([97, 97, 97, 97, 97, 97], overrides={1: "D"})
    assert "".join(s.grade for s in states) == "ADDDAA"
    assert [s.why for s in states[1:5]] == ["critical_event", "held", "held", "at_once"]


def test_a_critical_event_needs_no_score_and_never_lifts_a_grade():
    assert walk([None], overrides={0: "C"})[0].grade == "C"
    assert walk([None, None], overrides={1: "D"})[1].grade == "D"
    assert walk([40, 40], overrides={1: "C"})[1].grade == "D"


def test_a_less_certain_score_needs_a_wider_margin():
    rule = GradeRule(BANDS, HysteresisRule(), 1)
    assert grades([91, 87, 87], rule=rule, error=1.0) == "AAB"
    assert grades([91, 87, 87], rule=rule, error=3.0) == "AAA"
    assert walk([91, 87], rule=rule, error=3.0)[1].margin == Decimal("3.0")
    assert walk([91, 87], rule=rule, error=float("nan"))[1].margin == 2


@settings(deadline=None, max_examples=60)
@given(scores=st.lists(st.one_of(st.none(), st.floats(0, 100)), max_size=12), error=st.floats(0, 5))
def test_a_grade_never_moves_away_from_its_band(scores, error):
    rule = GradeRule(BANDS, HysteresisRule(), 1)
    order = "ABCD"
    for state in walk(scores, rule=rule, error=error):
        if state.changed:
            before, now, band = (order.index(g) for g in (state.before, state.grade, state.band))
            assert min(before, band) <= now <= max(before, band)


def test_a_supplier_on_a_cut_keeps_its_grade_and_a_true_fall_is_seen():
    """Score on the cut, sd 3, 24 periods; a fall of one band (10 points). See benchmarks/monitor_grades.py."""
    rng = np.random.default_rng(3)
    rule = GradeRule(BANDS, HysteresisRule(), 1)
    plain, kept, delay = [], [], []
    for _ in range(150):
        on_cut = np.clip(80 + 3 * rng.standard_normal(24), 0, 100)
        states = walk(on_cut, rule=rule, error=3.0)
        kept.append(sum(s.changed for s in states))
        plain.append(sum(a.band != b.band for a, b in pairwise(states)))
        fallen = walk([80, *np.clip(70 + 3 * rng.standard_normal(12), 0, 100)], rule=rule, error=3.0)
        delay.append(next(i for i, s in enumerate(fallen) if s.grade == "C"))
    assert np.mean(plain) > 10
    assert np.mean(kept) < 1.5
    assert np.mean(delay) < 1.3


@pytest.mark.parametrize("places", [0, 2])
def test_margins_are_rounded_as_scores_are(places):
    rule = GradeRule(BANDS, HysteresisRule(), places)
    state = walk([91, 87], rule=rule, error=2.3456)[1]
    assert state.margin == exact_score(2.3456, places)
