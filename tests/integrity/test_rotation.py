"""Winning in turn: exact distributions against enumeration."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from supplier_eval.integrity import rotation
from supplier_eval.integrity.rotation import even_shares, few_repeats, full_rounds, repeats


@pytest.mark.parametrize("counts", [(3, 3), (2, 3, 1), (2, 2, 2, 1), (4, 1), (1, 1, 1)])
def test_the_distribution_of_repeats_is_that_of_all_orders(counts):
    word = [member for member, n in enumerate(counts) for _ in range(n)]
    seen = np.array([repeats(order) for order in set(permutations(word))])
    for most in range(-1, len(word)):
        assert few_repeats(counts, most) == pytest.approx((seen <= most).mean(), abs=1e-12)


def test_two_members_are_the_runs_test_of_wald_and_wolfowitz():
    """n1 = n2 = 10: P(at least 16 runs) = P(at most 6 runs) = 0.0185 (Swed and Eisenhart 1943, printed 0.019)."""
    # R runs of 20 wins are 20 - R repeats.
    assert few_repeats((10, 10), 4) == pytest.approx(0.0185, abs=5e-5)
    from scipy.special import comb

    runs = {2 * k: 2 * comb(9, k - 1) ** 2 for k in range(1, 11)}
    runs |= {2 * k + 1: 2 * comb(9, k) * comb(9, k - 1) for k in range(1, 10)}
    exact = sum(n for r, n in runs.items() if r >= 16) / comb(20, 10)
    assert few_repeats((10, 10), 4) == pytest.approx(exact, rel=1e-12)


def test_strict_turns_have_no_repeat_and_a_known_chance():
    turns = [0, 1, 2] * 4
    assert repeats(turns) == 0
    assert full_rounds(turns, 3) == 10
    draws = np.random.default_rng(0).permuted(np.tile(turns, (40_000, 1)), axis=1)
    sampled = ((draws[:, 1:] == draws[:, :-1]).sum(axis=1) == 0).mean()
    assert few_repeats((4, 4, 4), 0) == pytest.approx(sampled, abs=3 * np.sqrt(sampled / 40_000))
    assert few_repeats((12, 12, 12), 0) < 1e-5  # the share of orders without a repeat


def test_one_member_that_wins_all_is_no_rotation():
    assert few_repeats((7,), 6) == 1.0
    assert few_repeats((7, 0, 0), 6) == 1.0


def test_very_many_wins_use_the_normal_approximation_near_the_exact_figure(monkeypatch):
    exact = few_repeats((60, 50, 40), 42)
    assert rotation._normal((40, 50, 60), 42) == pytest.approx(exact, rel=0.06)
    monkeypatch.setattr(rotation, "MOST_EXACT", 10)
    assert few_repeats((60, 50, 40), 42) == rotation._normal((40, 50, 60), 42)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=4).filter(lambda n: sum(n) > 0), st.randoms())
def test_what_members_are_called_does_not_matter(counts, rng):
    mixed = counts.copy()
    rng.shuffle(mixed)
    assert few_repeats(counts, 1) == few_repeats(mixed, 1)
    assert even_shares(tuple(sorted(counts))) == even_shares(tuple(sorted(mixed)))


@pytest.mark.parametrize("wins", [(0, 3, 3), (2, 2, 2), (1, 1, 2, 2), (0, 5)])
def test_even_shares_by_enumeration(wins):
    length, k, squares = sum(wins), len(wins), sum(n * n for n in wins)
    words = product(range(k), repeat=length)
    low = sum(sum(word.count(member) ** 2 for member in range(k)) <= squares for word in words)
    assert even_shares(wins) == pytest.approx(low / k**length, rel=1e-12)


@pytest.mark.parametrize("wins", [(31, 31), (30, 32), (61, 62), (500, 500), (480, 520)])
def test_many_even_wins_of_two_are_the_binomial_count(wins):
    """31 of 62 is the likeliest of all splits: one in ten, and no proof of anything."""
    off = abs(wins[0] - wins[1]) / 2
    length = sum(wins)
    exact = stats.binom.pmf([n for n in range(length + 1) if abs(n - length / 2) <= off], length, 0.5).sum()
    assert even_shares(wins) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize(("members", "length"), [(3, 61), (3, 66), (4, 64)])
def test_many_wins_agree_with_the_exact_distribution(members, length):
    exact = np.cumsum(rotation._spread(length, members))
    for move in range(5):
        wins = np.full(members, length // members)
        wins[0] += length % members + move
        wins[1] -= move
        seen = even_shares(tuple(sorted(wins.tolist())))
        assert seen == pytest.approx(exact[(wins**2).sum()], rel=1e-9)


def test_beyond_the_splits_that_can_be_looked_at_the_chance_errs_on_the_careful_side():
    assert rotation._of_many(120, 8, 8 * 15**2) >= rotation._spread(120, 8)[8 * 15**2] > 0
    wins = (400, 300, 350, 320, 330, 300)
    assert even_shares(wins) == pytest.approx(1 - stats.chisquare(wins).pvalue, rel=1e-3)
    assert even_shares(wins) >= 1 - stats.chisquare(wins).pvalue
