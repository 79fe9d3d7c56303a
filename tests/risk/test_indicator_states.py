"""States by hand: hysteresis, k of n, bands, gaps."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_indicators import day, defined
from supplier_eval.risk import Indicator
from supplier_eval.risk.indicator_states import WORSE, due_until, in_level, out_of_level, run_states

ONE = Indicator.model_validate(defined())


def states(values, indicator=ONE, step=10):
    return [r.state for r in run_states(indicator, [(day(step * at), v) for at, v in enumerate(values)])]


def test_a_level_is_entered_at_enter_and_left_at_leave():
    assert states([4, 5, 4.5, 4, 4.9, 10, 9, 8, 5, 4]) == [
        *("green", "amber", "amber", "green", "green", "red", "red", "amber", "amber", "green"),
    ]


def test_without_a_leave_of_its_own_a_level_is_left_below_enter():
    one = Indicator.model_validate(defined(amber={"enter": 5}, red={"enter": 10}))
    assert states([5, 4.999, 10, 9.999, 5, 0], one) == ["amber", "green", "red", "amber", "amber", "green"]


def test_two_of_three_readings():
    one = Indicator.model_validate(defined(k=2, n=3))
    assert states([5, 0, 5, 0, 0, 0], one) == ["green", "green", "amber", "green", "green", "green"]
    assert states([5, 5, 0, 0], one) == ["green", "amber", "amber", "green"]
    assert states([12, 1, 12, 12, 1, 1], one)[2:] == ["red", "red", "red", "green"]


def test_low_is_bad_where_the_direction_is_down():
    down = Indicator.model_validate(defined(direction="down", amber={"enter": 0.95, "leave": 0.97}, red={"enter": 0.9}))
    assert states([0.96, 0.95, 0.96, 0.97, 0.9, 0.91], down) == ["green", "amber", "amber", "green", "red", "amber"]


def test_both_sides_of_a_band():
    band = Indicator.model_validate(
        defined(direction="band", amber_low={"enter": 2, "leave": 3}, red_low={"enter": 1}, red={"enter": 10})
    )
    assert states([3, 2, 2.5, 3, 5, 4.5, 4, 1, 11, 3.5], band) == [
        *("green", "amber", "amber", "green", "amber", "amber", "green", "red", "red", "green"),
    ]


def test_tenths_are_read_as_written():
    one = Indicator.model_validate(defined(amber={"enter": "0.1"}, red={"enter": "0.3"}))
    assert states([0.1, 0.3], one) == ["amber", "red"]
    assert in_level(one, "red", 0.3) and not out_of_level(one, "red", 0.3)


def test_a_missing_value_is_grey_and_leaves_the_level_as_it_was():
    assert states([5, None, 4.5]) == ["amber", "grey", "amber"]


def test_a_reading_stands_until_the_next_is_due_and_the_first_after_a_gap_says_so():
    one = Indicator.model_validate(defined(known_after=2, grace=3))
    assert due_until(one, day(0)) == day(15)
    found = run_states(one, [(day(0), 1.0), (day(13), 1.0), (day(27), 1.0)])
    assert [r.known for r in found] == [day(2), day(15), day(29)]
    assert [r.after_gap for r in found] == [False, False, True]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.one_of(st.none(), st.integers(0, 15).map(float)), max_size=25), st.integers(1, 3), st.integers(0, 2))
def test_a_worse_history_is_never_in_a_better_state(values, k, more):
    one = Indicator.model_validate(defined(k=k, n=k + more))
    before = states(values, one)
    after = states([None if v is None else v + 1 for v in values], one)
    assert all(WORSE.get(b, 0) <= WORSE.get(a, 0) for b, a in zip(before, after, strict=True))
