"""Shares that differ beyond chance."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact

from supplier_eval.monitor import exact_tables
from supplier_eval.monitor.exact_tables import shares_differ

PAIR = st.integers(1, 25).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None, max_examples=80)
@given(PAIR, PAIR)
def test_two_groups_are_fishers_exact_test(a, b):
    p, how = shares_differ([a[0], b[0]], [a[1], b[1]])
    theirs = fisher_exact([[a[0], b[0]], [a[1] - a[0], b[1] - b[0]]]).pvalue
    assert (p, how) == (pytest.approx(theirs, abs=1e-9), "exact")


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(1, 8).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=3))
def test_three_groups_add_up_all_tables_that_are_no_likelier(pairs):
    d, n = [p[0] for p in pairs], [p[1] for p in pairs]
    tables = product(*(range(k + 1) for k in n))
    ways = {x: np.prod([float(comb(k, i)) for k, i in zip(n, x, strict=True)]) for x in tables}
    same = {x: w for x, w in ways.items() if sum(x) == sum(d)}
    seen = same[tuple(d)]
    expected = sum(w for w in same.values() if w <= seen * (1 + 1e-9)) / sum(same.values())
    assert shares_differ(d, n)[0] == pytest.approx(expected, abs=1e-9)


def test_groups_without_items_are_left_out():
    assert shares_differ([1, 0, 5], [10, 0, 10]) == shares_differ([1, 5], [10, 10])
    assert shares_differ([1], [10])[1] == "none" and np.isnan(shares_differ([0, 1], [0, 5])[0])
    assert shares_differ([0, 0], [10, 10]) == (1.0, "exact") == shares_differ([9, 5], [9, 5])


def test_large_tables_use_chi_square_and_say_so(monkeypatch):
    d, n = [120, 80, 95], [2000, 2100, 1900]
    exact, how = shares_differ(d, n)
    assert how == "exact"
    monkeypatch.setattr(exact_tables, "MOST_TABLES", 10)
    rough, how = shares_differ(d, n)
    table = [d, [k - x for x, k in zip(d, n, strict=True)]]
    assert how == "chi_square"
    assert rough == pytest.approx(chi2_contingency(table, correction=False).pvalue)
    assert rough == pytest.approx(exact, rel=0.1)
