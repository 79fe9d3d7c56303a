"""The contract of all price formulas: each is what it declares; one arithmetic serves one tender and many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.score.price import PRICE_FORMULAS

NAMES = sorted(PRICE_FORMULAS)
# one plausible figure for every parameter that a policy must state
STATED = {
    "ceiling": 180.0,
    "alpha": 0.5,
    "x": 0.9,
    "exponent": 2.0,
    "e1": 1.0,
    "e2": 0.5,
    "corridor": 0.1,
    "features_max": 0.3,
}


def _random_parameters(rng, formula, shape):
    """One figure a tender, or one a bid, for every parameter; exponents include roots and squares."""
    tenders = shape[1:]
    draw = {
        "factor": lambda: rng.uniform(1.2, 4.0, tenders),
        "ceiling": lambda: rng.uniform(80.0, 220.0, tenders),
        "alpha": lambda: rng.choice([0.1, 0.3, 0.5, 0.7, 1.0, 2.0, 2.5], tenders),
        "x": lambda: rng.choice([0.8, 0.85, 0.9], tenders),
        "exponent": lambda: rng.choice([1.0, 1.5, 2.0, 3.0, 7.3], tenders),
        "e1": lambda: rng.uniform(0.0, 3.0, tenders),
        "e2": lambda: rng.uniform(0.0, 3.0, tenders),
        "k": lambda: rng.choice([0.9, 0.95, 0.96, 1.0, 1.03], tenders),
        "trim_from": lambda: rng.choice([3.0, 5.0, 7.0], tenders),
        "at_mean": lambda: rng.uniform(20.0, 80.0, tenders),
        "per_percent": lambda: rng.uniform(0.1, 3.0, tenders),
        "quality": lambda: np.round(rng.uniform(0.0, 100.0, shape), 1),
        "corridor": lambda: rng.choice([0.0, 0.05, 0.1], tenders),
        "features": lambda: rng.choice([0.0, 0.05, 0.1, 0.2], shape),
        "features_max": lambda: rng.choice([0.2, 0.3], tenders),
    }
    return {p.name: draw[p.name]() for p in formula.parameters}


def _of_tender(parameters, formula, tender):
    per_bid = {p.name for p in formula.parameters if p.per_bid}
    return {n: v[:, tender] if n in per_bid else v[tender] for n, v in parameters.items()}


def _of_bids(parameters, formula, bids):
    per_bid = {p.name for p in formula.parameters if p.per_bid}
    return {n: v[bids] if n in per_bid else v for n, v in parameters.items()}


def _same(a, b):
    return np.array_equal(a, b, equal_nan=True)


@st.composite
def tenders(draw, least=1):
    """Prices of one tender in cents, and parameters of every kind."""
    n = draw(st.integers(least, 7))
    prices = draw(st.lists(st.integers(100, 30_000), min_size=n, max_size=n))
    quality = draw(st.lists(st.integers(0, 100), min_size=n, max_size=n))
    features = draw(st.lists(st.integers(0, 30), min_size=n, max_size=n))
    parameters = {
        "factor": draw(st.sampled_from([1.5, 2.0, 3.0])),
        "ceiling": draw(st.integers(50, 400)),
        "alpha": draw(st.sampled_from([0.1, 0.5, 1.0, 2.0, 3.5])),
        "x": draw(st.sampled_from([0.0, 0.8, 0.9, 1.0])),
        "exponent": draw(st.sampled_from([1.0, 2.0, 4.5])),
        "e1": draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])),
        "e2": draw(st.sampled_from([0.0, 0.5, 1.0, 3.0])),
        "k": draw(st.sampled_from([0.9, 1.0, 1.1])),
        "trim_from": draw(st.sampled_from([3, 5, 6])),
        "at_mean": draw(st.sampled_from([0.0, 50.0, 70.0])),
        "per_percent": draw(st.sampled_from([0.0, 1.0, 2.5])),
        "quality": np.array(quality, dtype=float),
        "corridor": draw(st.sampled_from([0.0, 0.05, 0.1, 0.3])),
        "features": np.array(features, dtype=float) / 100.0,
        "features_max": 0.3,
    }
    return np.array(prices, dtype=float) / 100.0, parameters


def _wanted(formula, parameters):
    return {p.name: parameters[p.name] for p in formula.parameters}


@pytest.mark.parametrize("name", NAMES)
@given(tender=tenders())
@settings(max_examples=30, deadline=None)
def test_scores_are_defined_and_lie_where_the_formula_says(name, tender):
    formula = PRICE_FORMULAS[name]
    prices, parameters = tender
    scores = formula.function(prices, **_wanted(formula, parameters))
    assert np.all(np.isfinite(scores))
    assert formula.bounded
    assert np.all((scores >= 0.0) & (scores <= 100.0))
    assert not np.any(np.signbit(scores))


@pytest.mark.parametrize("name", [n for n in NAMES if PRICE_FORMULAS[n].monotone])
@given(tender=tenders(), who=st.integers(0, 6), dearer=st.integers(1, 20_000))
@settings(max_examples=50, deadline=None)
def test_a_monotone_formula_never_gives_a_dearer_bid_more(name, tender, who, dearer):
    formula = PRICE_FORMULAS[name]
    prices, parameters = tender
    bid = who % prices.size
    raised = prices.copy()
    raised[bid] = prices[bid] + dearer / 100.0
    stated = _wanted(formula, parameters)
    before = formula.function(prices, **stated)[bid]
    assert formula.function(raised, **stated)[bid] <= before + 1e-9


# tender, bid, dearer price: the bid gains by asking more
NOT_MONOTONE = {
    "mean_ratio": ([80.0, 100.0, 110.0, 125.0, 150.0], {}, 0, 100.0),
    "trimmed_mean_benchmark": ([80.0, 100.0, 110.0, 125.0, 150.0], {"e1": 1.0, "e2": 0.5}, 0, 100.0),
}


def test_the_mean_benchmark_family_rewards_a_dearer_bid():
    assert set(NOT_MONOTONE) == {n for n in NAMES if not PRICE_FORMULAS[n].monotone}
    for name, (prices, stated, bid, dearer) in NOT_MONOTONE.items():
        function = PRICE_FORMULAS[name].function
        raised = [dearer if i == bid else p for i, p in enumerate(prices)]
        assert function(raised, **stated)[bid] > function(prices, **stated)[bid] + 5.0


@pytest.mark.parametrize("name", [n for n in NAMES if not PRICE_FORMULAS[n].relative])
@given(tender=tenders(least=2), other=st.integers(100, 30_000))
@settings(max_examples=30, deadline=None)
def test_a_formula_that_is_not_relative_scores_a_bid_alone(name, tender, other):
    formula = PRICE_FORMULAS[name]
    prices, parameters = tender
    stated = _wanted(formula, parameters)
    moved = np.append(prices[0], np.full(prices.size - 1, other / 100.0))
    assert formula.function(prices, **stated)[0] == formula.function(moved, **stated)[0]
    assert formula.function(prices, **stated)[0] == formula.function(prices[:1], **stated)[0]


@pytest.mark.parametrize("name", [n for n in NAMES if PRICE_FORMULAS[n].relative])
def test_a_relative_formula_lets_one_bid_move_another(name):
    formula = PRICE_FORMULAS[name]
    prices = np.array([90.0, 100.0, 120.0, 150.0])
    cheaper = np.array([60.0, 100.0, 120.0, 150.0])
    stated = {p.name: STATED[p.name] for p in formula.parameters if p.required and not p.per_bid}
    stated |= {p.name: np.full(4, 0.2) for p in formula.parameters if p.per_bid}
    assert formula.function(prices, **stated)[2] != formula.function(cheaper, **stated)[2]


@pytest.mark.parametrize("name", NAMES)
@given(tender=tenders(least=2), mask=st.lists(st.booleans(), min_size=7, max_size=7))
@settings(max_examples=30, deadline=None)
def test_a_disqualified_bid_changes_nobodys_score(name, tender, mask):
    formula = PRICE_FORMULAS[name]
    prices, parameters = tender
    out = np.array(mask[: prices.size])
    stated = _wanted(formula, parameters)
    junk = np.where(out, np.nan, prices)
    for p in formula.parameters:
        if p.per_bid:
            stated[p.name] = np.where(out, np.nan, stated[p.name])
    scores = formula.function(junk, ~out, **stated)
    alone = formula.function(prices[~out], **_of_bids(stated, formula, ~out))
    assert np.all(np.isnan(scores[out]))
    assert np.array_equal(scores[~out], alone)


@pytest.mark.parametrize("name", NAMES)
def test_a_thousand_tenders_score_alike_alone_and_as_a_block(name):
    formula = PRICE_FORMULAS[name]
    rng = np.random.default_rng(20_170_711)
    shape = (9, 1000)
    prices = np.round(rng.uniform(60.0, 200.0, shape), 2)
    eligible = rng.random(shape) < 0.8
    eligible[:, 0] = False
    eligible[:, 1] = [True] + [False] * 8
    prices[:, 2] = 100.0
    stated = _random_parameters(rng, formula, shape)
    per_bid = {p.name for p in formula.parameters if p.per_bid}
    kept = {name: value.copy() for name, value in stated.items()}
    seen = prices.copy()
    block = formula.function(prices, eligible, **stated)

    for tender in range(shape[1]):
        alone = formula.function(prices[:, tender], eligible[:, tender], **_of_tender(stated, formula, tender))
        assert _same(alone, block[:, tender])

    folded = {n: np.asfortranarray(v) if n in per_bid else v for n, v in stated.items()}
    assert _same(formula.function(np.asfortranarray(prices), np.asfortranarray(eligible), **folded), block)
    wide = {n: v.reshape((9, 20, 50) if n in per_bid else (20, 50)) for n, v in stated.items()}
    cube = formula.function(prices.reshape(9, 20, 50), eligible.reshape(9, 20, 50), **wide)
    assert _same(cube.reshape(shape), block)
    strided = {n: v[:, ::2] if n in per_bid else v[::2] for n, v in stated.items()}
    assert _same(formula.function(prices[:, ::2], eligible[:, ::2], **strided), block[:, ::2])

    bids, order = rng.permutation(9), rng.permutation(1000)
    shuffled = {n: v[bids][:, order] if n in per_bid else v[order] for n, v in stated.items()}
    again = formula.function(prices[bids][:, order], eligible[bids][:, order], **shuffled)
    assert _same(again, block[bids][:, order])

    assert np.all(np.isnan(block[~eligible]))
    assert np.all(np.isfinite(block[eligible]))
    assert np.array_equal(prices, seen)
    assert all(np.array_equal(stated[n], kept[n]) for n in stated)


# what a lone bid and bids at one price score, to the last bit; the ceiling is 1.8 times the price
LONE = dict.fromkeys(NAMES, 100.0) | {
    "share_of_ceiling": pytest.approx(100 * 0.8 / 1.8),
    "concave_ceiling": pytest.approx(100 * (1 - (1 / 1.8) ** 2)),
    "distance_from_mean": 50.0,
}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n", [1, 2, 3, 5, 7])
def test_a_lone_bid_and_bids_at_one_price_have_the_documented_score(name, n):
    formula = PRICE_FORMULAS[name]
    stated = {p.name: STATED[p.name] for p in formula.parameters if p.required and not p.per_bid}
    stated |= {p.name: np.full(n, 0.2) for p in formula.parameters if p.per_bid}
    # 0.1 + 0.1 + 0.1 is not 0.3: a mean of equal prices must still be that price
    for price in (100.0, 0.1, 33.33):
        scaled = {key: value * price / 100.0 if key == "ceiling" else value for key, value in stated.items()}
        scores = formula.function(np.full(n, price), **scaled)
        assert np.all(scores == scores[0])
        assert scores[0] == LONE[name]


@pytest.mark.parametrize("name", NAMES)
def test_no_eligible_bid_and_no_bid_at_all_give_no_score(name):
    formula = PRICE_FORMULAS[name]
    stated = {p.name: STATED[p.name] for p in formula.parameters if p.required and not p.per_bid}
    marks = {p.name: np.full(2, np.nan) for p in formula.parameters if p.per_bid}
    assert np.all(np.isnan(formula.function([100.0, np.nan], [False, False], **stated, **marks)))
    none = {p.name: np.zeros(0) for p in formula.parameters if p.per_bid}
    assert formula.function(np.zeros(0), **stated, **none).shape == (0,)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wrong", [np.nan, np.inf, 0.0, -5.0])
def test_every_formula_refuses_an_eligible_price_that_is_no_price(name, wrong):
    formula = PRICE_FORMULAS[name]
    stated = {p.name: STATED[p.name] for p in formula.parameters if p.required and not p.per_bid}
    stated |= {p.name: np.full(2, 0.2) for p in formula.parameters if p.per_bid}
    with pytest.raises(ValueError, match="eligible price"):
        formula.function([100.0, wrong], **stated)
    assert np.isfinite(formula.function([100.0, wrong], [True, False], **stated)[0])
