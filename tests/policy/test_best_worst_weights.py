from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

import supplier_eval as se
from supplier_eval.errors import UnknownName
from supplier_eval.policy.best_worst_input import read_best_worst
from supplier_eval.policy.best_worst_weights import consistency_index, deviation, input_ratio


@st.composite
def judgements(draw, largest=5):
    """Best first, worst last; the rest anywhere between 1 and 9, also beyond a_BW."""
    n = draw(st.integers(2, largest))
    a = draw(st.integers(1, 9))
    middle = st.lists(st.integers(1, 9), min_size=n - 2, max_size=n - 2)
    names = [f"c{i}" for i in range(n)]
    first = dict(zip(names, [1, *draw(middle), a], strict=True))
    second = dict(zip(names, [a, *draw(middle), 1], strict=True))
    return first, second, names[0], names[-1]


def feasible(first, second, best, worst, xi, cost=0.0):
    """The cheapest weights whose ratios are within xi of all judgements, by linear programming; None if none are."""
    names = list(first)
    rows = []

    def bound(over, under, low, high):
        for sign, figure in ((1, high), (-1, low)):
            row = np.zeros(len(names))
            row[names.index(over)] += sign
            row[names.index(under)] -= sign * figure
            rows.append(row)

    for name in names:
        if name != best:
            bound(best, name, first[name] - xi, first[name] + xi)
        if name not in (best, worst):
            bound(name, worst, second[name] - xi, second[name] + xi)
    total = np.ones((1, len(names)))
    lp = linprog(np.zeros(len(names)) + cost, np.array(rows), np.zeros(len(rows)), total, [1.0], bounds=(1e-9, None))
    return lp.x if lp.status == 0 else None


def by_bisection(first, second, best, worst):
    low, high = 0.0, 9.0
    if feasible(first, second, best, worst, 1e-6) is not None:
        return 0.0
    while high - low > 1e-6:
        mid = (low + high) / 2
        low, high = (low, mid) if feasible(first, second, best, worst, mid) is not None else (mid, high)
    return high


def test_best_worst_reproduces_rezaei_2015_transport():
    """Rezaei 2015, Omega 53:49-57, transport mode: weights .071 .338 .589, xi .26, CR .26 / 4.47 = .058."""
    found = se.policy.best_worst([8, 2, 1], [1, 5, 8], names=["load", "access", "cost"])
    assert found.values == pytest.approx([0.071, 0.338, 0.589], abs=0.002)
    assert found.consistency["xi"] == pytest.approx(0.26, abs=0.002)
    assert found.consistency["cr"] == pytest.approx(0.058, abs=5e-4)
    assert found.consistency["xi_at_weights"] == pytest.approx(found.consistency["xi"])
    assert found.figures["best"] == "cost" and found.figures["worst"] == "load"
    assert found.consistency["xi"] == pytest.approx(4 - 14**0.5), "the smaller root of (2 - x)(5 - x) = 8 + x"
    assert found.findings == ()


def test_the_consistency_index_is_the_table_of_rezaei_2015():
    """Rezaei 2015, table 1: 0, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23 for a_BW from 1 to 9."""
    table = [0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    assert [consistency_index(a) for a in range(1, 10)] == pytest.approx(table, abs=0.005)


def test_a_fully_consistent_purchase_of_a_car_gives_its_ratios():
    """Rezaei 2015, buying a car (2 1 4 2 8 / 4 8 2 4 1): 4 8 2 4 1 over 19, xi 0."""
    names = ["quality", "price", "comfort", "safety", "style"]
    for model in ("nonlinear", "linear"):
        found = se.policy.best_worst([2, 1, 4, 2, 8], [4, 8, 2, 4, 1], names=names, model=model)
        assert found.values == pytest.approx(np.array([4, 8, 2, 4, 1]) / 19, abs=1e-9)
        assert found.consistency["xi"] == pytest.approx(0, abs=1e-9)
        assert found.consistency["input_cr"] == 0


def test_the_linear_model_of_the_transport_case_can_be_checked_by_hand():
    """Weights 2, 9, 17 over 28: 17 - 2·9, 9 - 5·2 and 17 - 8·2 are all off by one 28th."""
    found = se.policy.best_worst([8, 2, 1], [1, 5, 8], model="linear")
    assert found.values == pytest.approx(np.array([2, 9, 17]) / 28)
    assert found.consistency["xi"] == pytest.approx(1 / 28)
    assert "cr" not in found.consistency


@given(st.lists(st.integers(1, 9), min_size=2, max_size=6))
def test_consistent_judgements_give_exact_weights_and_no_deviation(raw):
    w = np.array([max(raw), *raw, min(raw)], dtype=float)
    found = se.policy.best_worst(w[0] / w, w / w[-1], best="1", worst=str(len(w)))
    assert found.values == pytest.approx(w / w.sum(), abs=1e-12)
    assert found.consistency["xi"] == pytest.approx(0, abs=1e-12)
    assert found.lower == pytest.approx(found.upper)


@settings(max_examples=40, deadline=None)
@given(judgements())
def test_no_weights_come_nearer_to_the_judgements_than_xi(case):
    first, second, best, worst = case
    found = se.policy.best_worst(first, second, best=best, worst=worst)
    assert found.consistency["xi"] == pytest.approx(by_bisection(*case), abs=2e-5)


@settings(max_examples=40, deadline=None)
@given(judgements())
def test_the_interval_of_each_weight_is_what_linear_programming_finds_at_xi(case):
    first, second, best, worst = case
    found = se.policy.best_worst(first, second, best=best, worst=worst)
    names = list(first)
    for j in range(len(names)):
        cost = np.eye(len(names))[j]
        least = feasible(*case, found.consistency["xi"] + 1e-7, cost)
        most = feasible(*case, found.consistency["xi"] + 1e-7, -cost)
        assert least[j] == pytest.approx(found.lower[j], abs=2e-5)
        assert most[j] == pytest.approx(found.upper[j], abs=2e-5)
    assert np.all(found.lower <= found.values + 1e-12) and np.all(found.values <= found.upper + 1e-12)


def test_the_centre_of_the_intervals_is_returned_and_its_own_deviation_stated():
    found = se.policy.best_worst([2, 1, 4, 3, 8], [4, 8, 4, 2, 1])
    centre = (found.lower + found.upper) / 2
    assert np.any(found.upper - found.lower > 0.005), "this case leaves intervals"
    assert found.values == pytest.approx(centre / centre.sum())
    given_ = read_best_worst([2, 1, 4, 3, 8], [4, 8, 4, 2, 1])
    assert found.consistency["xi_at_weights"] == pytest.approx(deviation(given_, found.values, "nonlinear"))
    assert found.consistency["xi_at_weights"] >= found.consistency["xi"] - 1e-12


@settings(max_examples=40, deadline=None)
@given(judgements(largest=6))
def test_the_linear_model_is_optimal_and_has_one_answer(case):
    first, second, best, worst = case
    given_ = read_best_worst(first, second, best, worst)
    found = se.policy.best_worst(first, second, best=best, worst=worst, model="linear")
    xi = found.consistency["xi"]
    assert found.consistency["xi_at_weights"] == pytest.approx(xi, abs=1e-7)
    rng = np.random.default_rng(1)
    order = np.array(given_.order)
    for scale in (0.001, 0.05):
        near = np.abs(found.values * (1 + scale * rng.standard_normal((200, len(first)))))
        near /= near.sum(axis=1, keepdims=True)
        assert min(deviation(given_, w[order], "linear") for w in near) >= xi - 1e-7
    assert found.values.sum() == pytest.approx(1) and np.all(found.values >= 0)


@settings(deadline=None)
@given(judgements(largest=6), st.randoms(), st.sampled_from(["nonlinear", "linear"]))
def test_the_order_of_criteria_changes_nothing_to_the_last_bit(case, random, model):
    first, second, best, worst = case
    turned = dict(random.sample(list(first.items()), len(first)))
    one = se.policy.best_worst(first, second, best=best, worst=worst, model=model)
    two = se.policy.best_worst(turned, second, best=best, worst=worst, model=model)
    assert two.names == tuple(turned)
    assert one.by_name == two.by_name and dict(one.consistency) == dict(two.consistency)


def test_judgements_that_contradict_the_direct_one_are_named_before_anything_is_solved():
    """Liang, Brunelli & Rezaei 2020, eq. 9: |3·8 - 8| / (8·8 - 8) = 16/56, above .1309 of table 3 (a_BW 8, n 3)."""
    found = se.policy.best_worst({"a": 1, "b": 3, "c": 8}, {"a": 8, "b": 8, "c": 1})
    assert found.consistency["input_cr"] == pytest.approx(16 / 56)
    assert found.consistency["input_cr_threshold"] == 0.1309
    (finding,) = found.findings
    assert (finding.code, finding.column) == ("weighting.best_worst.inconsistent", "b")
    assert "24 times" in finding.message and finding.say("zh")
    assert input_ratio(read_best_worst([1, 2, 8], [8, 4, 1])) == 0


def test_outside_the_published_table_there_is_no_threshold():
    half = se.policy.best_worst([1, 2, 7.5], [7.5, 4, 1])
    two = se.policy.best_worst([1, 7], [7, 1])
    ten = se.policy.best_worst([1, *[2] * 8, 4], [4, *[2] * 8, 1])
    for found in (half, two, ten):
        assert "input_cr_threshold" not in found.consistency
    assert two.values == pytest.approx([7 / 8, 1 / 8])


def test_best_equal_to_worst_has_no_index_to_compare_with():
    odd = se.policy.best_worst({"a": 1, "b": 3, "c": 1}, {"a": 1, "b": 2, "c": 1}, best="a", worst="c")
    assert "cr" not in odd.consistency
    assert "weighting.best_worst.no_index" in [f.code for f in odd.findings]
    assert all(f.line("en") and f.line("zh") for f in odd.findings)
    even = se.policy.best_worst([1, 1, 1], [1, 1, 1], best="1", worst="3")
    assert even.values == pytest.approx([1 / 3] * 3) and even.consistency["cr"] == 0
    assert se.policy.best_worst([1], [1]).values.tolist() == [1.0]


def test_an_unknown_model_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'linear'"):
        se.policy.best_worst([1], [1], model="linar")
