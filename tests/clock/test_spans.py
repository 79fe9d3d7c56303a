"""Working time on arrays: W(t), its inverse, and spans made one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.clock.spans import NEVER, Places, Spans, merge_spans

LAST = 60
pairs = st.lists(st.tuples(st.integers(0, LAST), st.integers(0, LAST)), min_size=1, max_size=8)


def spans_of(given_pairs: list[tuple[int, int]]) -> Spans:
    start, end = np.array(given_pairs, dtype=np.int64).T
    return Spans(*merge_spans(start, end), 0, LAST)


def open_ticks(given_pairs: list[tuple[int, int]]) -> np.ndarray:
    return np.array([any(a <= t < b for a, b in given_pairs) for t in range(LAST)])


@given(pairs.filter(lambda some: any(b > a for a, b in some)))
def test_worked_reached_and_open_agree_with_counting_tick_by_tick(some):
    spans, ticks, moments = spans_of(some), open_ticks(some), np.arange(LAST + 1)
    before = np.concatenate(([0], np.cumsum(ticks)))
    assert spans.worked(moments).tolist() == before.tolist()
    assert spans.open_at(moments[:-1]).tolist() == ticks.tolist()
    wanted = np.arange(1, before[-1] + 1)
    assert spans.reached(wanted).tolist() == [int(np.argmax(before >= w)) for w in wanted]
    following = [next((u for u in range(t, LAST) if ticks[u]), NEVER) for t in range(LAST)]
    assert spans.next_open(moments[:-1]).tolist() == following


@given(pairs)
def test_a_union_is_sorted_apart_and_does_not_depend_on_the_order(some):
    start, end = np.array(some, dtype=np.int64).T
    begin, until = merge_spans(start, end)
    again = merge_spans(start[::-1], end[::-1])
    assert (begin.tolist(), until.tolist()) == (again[0].tolist(), again[1].tolist())
    assert np.all(begin[1:] > until[:-1]) and np.all(until > begin)
    assert int((until - begin).sum()) == int(open_ticks(some).sum())


def test_what_the_covered_time_cannot_give_is_never():
    assert spans_of([(10, 20)]).reached(np.array([10, 11])).tolist() == [20, NEVER]


@given(st.lists(st.integers(-(2**40), 2**40), max_size=12), st.lists(st.integers(-(2**41), 2**41), min_size=1))
def test_places_are_those_of_a_search(some, values):
    """Enough values that the table is used, and each boundary itself."""
    known = np.unique(np.array(some, dtype=np.int64))
    asked = np.concatenate((np.tile(values, 300), known, known - 1, known + 1, [NEVER])).astype(np.int64)
    for side in ("left", "right"):
        assert Places(known).of(asked, side).tolist() == np.searchsorted(known, asked, side=side).tolist()


def test_the_places_of_a_calendar_come_from_the_table():
    starts = np.arange(1000, dtype=np.int64) * 10_800_000_000
    asked = np.random.default_rng(1).integers(-(10**12), 1100 * 10_800_000_000, 2000)
    assert Places(starts).__dict__["_table"] is not None
    for side in ("left", "right"):
        assert np.array_equal(Places(starts).of(asked, side), np.searchsorted(starts, asked, side=side))
