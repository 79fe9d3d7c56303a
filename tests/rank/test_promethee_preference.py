from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.rank.promethee_preference import (
    SHAPES,
    SORTED_FROM,
    Preference,
    preference_flows,
    preferences,
    usual_flows,
)

SEEDS = st.integers(0, 2**32 - 1)


def by_the_book(d, shape, q, p, s):
    """Brans and Vincke 1985, types I-VI, one difference at a time."""
    if d <= 0:
        return 0.0
    return {
        "usual": lambda: 1.0,
        "u_shape": lambda: 1.0 if d > q else 0.0,
        "v_shape": lambda: min(1.0, d / p),
        "level": lambda: 0.0 if d <= q else 0.5 if d <= p else 1.0,
        "linear": lambda: 0.0 if d <= q else min(1.0, (d - q) / (p - q)),
        "gaussian": lambda: 1.0 - np.exp(-(d**2) / (2 * s**2)),
    }[shape]()


def pairwise(values, preference):
    table = [
        [by_the_book(a - b, preference.shape, preference.q, preference.p, preference.s) for b in values] for a in values
    ]
    return np.sum(table, axis=1), np.sum(table, axis=0)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("usual", [0, 1, 1, 1, 1, 1]),
        ("u_shape", [0, 0, 0, 1, 1, 1]),
        ("v_shape", [0, 0.25, 0.5, 0.75, 1, 1]),
        ("level", [0, 0, 0, 0.5, 0.5, 1]),
        ("linear", [0, 0, 0, 0.5, 1, 1]),
        ("gaussian", [0, *(1 - np.exp(-np.array([1, 4, 9, 16, 25]) / 8))]),
    ],
)
def test_each_function_has_the_values_of_brans_and_vincke_1985(shape, expected):
    """Differences 0 to 5 with q = 2, p = 4, s = 2: by pairs of bids, of which one gains what the other loses."""
    for d, value in enumerate(expected):
        gains, losses = preference_flows(np.array([10.0, 10.0 + d]), Preference(shape, 2.0, 4.0, 2.0))
        np.testing.assert_allclose(gains, [0.0, value])
        np.testing.assert_allclose(losses, [value, 0.0])


@pytest.mark.parametrize("shape", SHAPES)
@given(seed=SEEDS)
@settings(max_examples=15, deadline=None)
def test_flows_are_the_sums_over_all_pairs(shape, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.choice([2, 5, SORTED_FROM - 1, SORTED_FROM, 90]))
    values = rng.integers(-20, 20, n) / 2.0 if rng.random() < 0.5 else rng.normal(0, 30, n)
    q, p = np.sort(rng.integers(0, 12, 2) / 2.0)
    preference = Preference(shape, q, p + 0.5, 3.0)
    for flow, expected in zip(preference_flows(values, preference), pairwise(values, preference), strict=True):
        np.testing.assert_allclose(flow, expected, rtol=0, atol=1e-12 * n)


@pytest.mark.parametrize("shape", SHAPES[:5])
@pytest.mark.parametrize("magnitude", [2.0**-20, 1.0, 1e7, 1e12])
def test_sorting_and_comparing_agree_whatever_the_size_of_the_figures(shape, magnitude):
    """Plain prefix sums of values of 1e7 lose eight digits of a difference of 1."""
    rng = np.random.default_rng(3)
    values = magnitude + np.round(rng.uniform(0, 50, 200), 0) * min(magnitude, 1.0)
    preference = Preference(shape, 2.0 * min(magnitude, 1.0), 9.0 * min(magnitude, 1.0))
    by_sorting = preference_flows(values, preference)
    for flow, expected in zip(by_sorting, pairwise(values, preference), strict=True):
        np.testing.assert_allclose(flow, expected, rtol=0, atol=1e-9)
    np.testing.assert_allclose(by_sorting[0].sum(), by_sorting[1].sum(), rtol=1e-12)


def test_prefix_sums_are_exact_to_the_last_digits():
    from fractions import Fraction

    rng = np.random.default_rng(8)
    values = 1e7 + rng.uniform(0, 3, 400)
    gains, _ = preference_flows(values, Preference("v_shape", p=2.0))
    for a in range(0, 400, 40):
        d = [Fraction(float(values[a])) - Fraction(float(b)) for b in values]
        exact = sum(min(Fraction(1), max(Fraction(0), x / 2)) for x in d)
        assert abs(gains[a] - float(exact)) < 1e-12 * 400


@pytest.mark.parametrize("copies", [1, SORTED_FROM])
@pytest.mark.parametrize("shape", ["u_shape", "level"])
def test_a_decimal_difference_on_the_threshold_does_not_pass_it(shape, copies):
    """As decimals 0.3 - 0.1 is 0.2 and 0.9 - 0.7 is 0.2: neither is above a threshold of 0.2."""
    assert 0.9 - 0.7 > 0.2 > 0.3 - 0.1
    preference = Preference(shape, 0.2, 0.5)
    for low, high in ((0.1, 0.3), (0.7, 0.9)):
        gains, losses = preference_flows(np.repeat([low, high], copies), preference)
        assert not gains.any()
        assert not losses.any()
    gains, _ = preference_flows(np.repeat([0.7, 0.9001], copies), preference)
    assert gains[-1] > 0


@pytest.mark.parametrize("copies", [1, SORTED_FROM])
def test_figures_that_differ_in_the_last_bit_only_are_no_preference(copies):
    gains, _ = preference_flows(np.repeat([0.3, 0.1 + 0.2], copies), Preference("usual"))
    assert not gains.any()


@pytest.mark.parametrize("n", [2, SORTED_FROM, 90])
@pytest.mark.parametrize(
    "drawn",
    [
        lambda rng, n: rng.uniform(0, 1, (4, n)),
        lambda rng, n: rng.integers(-4, 5, (4, n)) / 10.0,
        lambda rng, n: np.full((4, n), 0.3),
        lambda rng, n: rng.permutation(1.0 + 2.0**-49 * np.arange(4 * n)).reshape(4, n),
    ],
    ids=["apart", "many alike", "all alike", "each alike to the next, the ends apart"],
)
def test_criteria_counted_together_have_the_bits_of_each_alone(drawn, n):
    values = drawn(np.random.default_rng(7), n)
    gains, losses = usual_flows(values)
    for i, one in enumerate(values):
        np.testing.assert_array_equal((gains[i], losses[i]), preference_flows(one, Preference("usual")))


@pytest.mark.parametrize("n", [7, SORTED_FROM + 3])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_table_in_a_block_and_bids_in_another_order_have_the_same_bits(shape, n):
    rng = np.random.default_rng(4)
    values = np.round(rng.uniform(0, 10, (n, 3, 2)), 1)
    preference = Preference(shape, 0.7, 3.1, 2.0)
    block = preference_flows(values, preference)
    order = rng.permutation(n)
    mixed = preference_flows(values[order], preference)
    for t in np.ndindex(3, 2):
        for side, flow in enumerate(preference_flows(values[:, *t].copy(), preference)):
            np.testing.assert_array_equal(flow, block[side][:, *t])
            np.testing.assert_array_equal(flow[order], mixed[side][:, *t])


@pytest.mark.parametrize("n", [6, SORTED_FROM + 2])
def test_thresholds_that_fall_together_leave_a_step(n):
    values = np.arange(float(n))
    for one, other in (
        (Preference("linear", 2.0, 2.0), Preference("u_shape", 2.0)),
        (Preference("v_shape", p=0.0), Preference("usual")),
        (Preference("level", 2.0, 2.0), Preference("u_shape", 2.0)),
    ):
        np.testing.assert_array_equal(preference_flows(values, one), preference_flows(values, other))


def test_one_function_and_threshold_serve_all_criteria_or_one_each():
    assert preferences(3) == (Preference("usual"),) * 3
    assert preferences(2, "linear", q=1, p=[2.0, 3.0]) == (
        Preference("linear", 1.0, 2.0),
        Preference("linear", 1.0, 3.0),
    )
    mixed = preferences(3, ["usual", "gaussian", "u_shape"], q=[np.nan, np.nan, 4.0], s=2.0)
    assert mixed == (Preference("usual"), Preference("gaussian", s=2.0), Preference("u_shape", 4.0))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"function": "steep"}, "no preference function 'steep'; there are usual"),
        ({"function": "linear", "q": 1.0}, "linear needs p"),
        ({"function": "u_shape"}, "u_shape needs q"),
        ({"function": "u_shape", "q": -1.0}, "not negative"),
        ({"function": "level", "q": 2.0, "p": 1.0}, "not below the indifference threshold"),
        ({"function": "gaussian", "s": 0.0}, "s above 0"),
        ({"function": "u_shape", "q": [1.0, 2.0]}, "one for each of 3"),
        ({"function": ["usual", "usual"]}, "one for each of 3"),
        ({"function": "u_shape", "q": [[1.0]]}, "one for each of 3"),
    ],
)
def test_thresholds_that_say_nothing_are_refused(arguments, word):
    with pytest.raises(ValueError, match=word):
        preferences(3, **arguments)


@pytest.mark.parametrize("shape", ["usual", "u_shape", "level"])
def test_chains_of_figures_that_differ_by_noise_are_counted_pair_by_pair(shape):
    """Neighbours are alike to the last bits, the ends of the chain are not: no run of equals can be assumed."""
    v = 0.7 + np.arange(60) * 2.0**-49
    preference = Preference(shape, 0.0, 0.0)
    gains, losses = preference_flows(v, preference)
    ahead = v[None, :] < (v - 2.0**-48 * np.abs(v))[:, None]
    assert gains.tolist() == ahead.sum(axis=1).tolist()
    assert losses.tolist() == ahead.sum(axis=0).tolist()
    assert gains[-1] > 0
