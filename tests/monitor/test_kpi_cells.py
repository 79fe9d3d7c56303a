"""Cells: half-open periods, groups, and what stands open at their ends."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.monitor.kpi_cells import NEVER, OUT, Cells, Figures, known_by, micro

START, END = np.array([0, 10, 30]), np.array([10, 20, 40])


def cells(as_of: int = 100) -> Cells:
    return Cells(START, END, START, END, 2, lambda table: np.zeros(0, dtype=np.int64), as_of, as_of)


def test_a_moment_belongs_to_the_period_that_it_begins():
    moments = np.array([-1, 0, 9, 10, 20, 30, 40, NEVER])
    assert cells().place(moments, np.zeros(8, dtype=np.int64)).tolist() == [OUT, 0, 0, 2, OUT, 4, OUT, OUT]
    assert cells().place(moments, np.full(8, OUT)).tolist() == [OUT] * 8


spans = st.lists(st.tuples(st.integers(-5, 45), st.integers(0, 60), st.integers(-1, 1)), max_size=8)


@given(spans)
def test_open_at_the_end_is_begun_before_it_and_not_over_before_it(rows):
    begin, lasting, group = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    end = begin + lasting
    at, cell = cells().open_at_ends(begin, end, group)
    found = sorted(zip(at.tolist(), cell.tolist(), strict=True))
    expected = sorted(
        (i, p * 2 + group[i])
        for i in range(len(rows))
        for p in range(3)
        if group[i] != OUT and begin[i] < END[p] <= end[i]
    )
    assert found == expected


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20), st.randoms(use_true_random=False))
def test_sums_do_not_depend_on_the_order_to_the_last_bit(x, random):
    order = random.sample(range(len(x)), len(x))
    zero = np.zeros(len(x), dtype=np.int64)
    one, other = (cells().total(zero, np.array(x)[rows])[0] for rows in (np.arange(len(x)), np.array(order)))
    assert one == other


def test_missing_moments_never_come_and_unknown_ones_neither():
    column = pd.Series(pd.to_datetime(["2026-01-01T00:00Z", None], format="ISO8601"))
    us = micro(column)
    assert us.tolist() == [1_767_225_600_000_000, NEVER]
    assert known_by(us, int(us[0])).tolist() == us.tolist()
    assert known_by(us, int(us[0]) - 1).tolist() == [NEVER, NEVER]


def test_figures_begin_without_any():
    figures = Figures.of(2)
    assert figures.status.tolist() == ["no_data"] * 2 and np.isnan(figures.value).all()
    figures.say(np.array([True, False]), "measured")
    assert figures.reason.tolist() == ["", "no_records"]
