"""Holds: counted once, whatever their order, and a due time behind them is pushed back."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.clock.holds import Holds

holds = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(0, 40)), max_size=12)


def merged(rows: list[tuple[int, int, int]]) -> Holds:
    ticket, begin, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Holds.merged(ticket, begin, end)


def on_hold(rows: list[tuple[int, int, int]], ticket: int) -> list[bool]:
    return [any(t == ticket and a <= tick < b for t, a, b in rows) for tick in range(200)]


@given(holds, st.integers(0, 20), st.integers(0, 30))
def test_held_is_what_counting_tick_by_tick_gives(rows, start, lasting):
    starts, ends = np.full(4, start), np.full(4, start + lasting)
    counted = [sum(on_hold(rows, ticket)[start : start + lasting]) for ticket in range(4)]
    assert merged(rows).held(starts, ends).tolist() == counted


@given(holds, st.integers(0, 20), st.integers(1, 30))
def test_a_due_time_is_the_first_tick_at_which_enough_was_worked(rows, start, amount):
    due = merged(rows).pushed_back(np.full(4, start), np.full(4, amount))
    for ticket in range(4):
        free = np.cumsum([not held for held in on_hold(rows, ticket)[start:]])
        assert due[ticket] == start + int(np.argmax(free >= amount)) + 1


@given(holds, st.randoms(use_true_random=False))
def test_the_order_of_holds_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = merged(rows), merged(shuffled)
    for name in ("ticket", "begin", "end"):
        assert getattr(one, name).tolist() == getattr(other, name).tolist()
