"""Groups of three and four: every one that met, and how close its bids lie."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrity.made_markets import fair_market, joined, plain, ring_in_turn, super_uniform, tender
from supplier_eval.integrity import coalitions
from supplier_eval.integrity.coalitions import (
    coalitions_of,
    coefficient_of_variation,
    product_of_places,
    subsets_of,
)


def test_the_coefficient_is_that_of_the_sample_by_hand():
    # 90, 100, 110: standard deviation 10, mean 100.
    assert coefficient_of_variation(np.array([90.0, 100.0, 110.0])) == pytest.approx(0.1, rel=1e-12)
    assert np.isnan(coefficient_of_variation(np.array([90.0, np.nan, 110.0])))


def test_one_tender_of_four_has_four_groups_of_three_with_their_places():
    market = plain(tender("T", 0, ("A", 100.0), ("B", 101.0), ("C", 102.0), ("D", 150.0)))
    found = subsets_of(market, 3)
    assert found.members.tolist() == [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]]
    cvs = [np.std(p, ddof=1) / np.mean(p) for p in combinations([100, 101, 102, 150], 3)]
    assert found.variation == pytest.approx(cvs, rel=1e-12)
    assert found.place.tolist() == [0.25, 1.0, 0.75, 0.5]
    assert found.by_tender[0] == pytest.approx([np.mean(cvs), np.median(cvs), min(cvs), max(cvs)], rel=1e-12)


def test_every_group_of_every_tender_is_enumerated():
    frame = fair_market(5, 40, 8)
    market = plain(frame)
    for k in (3, 4):
        found = coalitions_of(subsets_of(market, k), least=1)
        names = sorted(frame["bidder"].unique())
        counted: dict[tuple[str, ...], int] = {}
        for _, own in frame.groupby("tender"):
            for group in combinations(sorted(own["bidder"]), k):
                counted[group] = counted.get(group, 0) + 1
        ours = {tuple(names[b] for b in m): n for m, n in zip(found.members, found.meetings.tolist(), strict=True)}
        assert ours == counted


def test_what_exceeds_the_bound_is_left_out_and_counted():
    frame = joined(
        tender("T1", 0, *((b, 100.0 + i) for i, b in enumerate("ABC"))),
        tender("T2", 1, *((b, 100.0 + i) for i, b in enumerate("ABCDEF"))),
    )
    found = subsets_of(plain(frame), 3, most=10)  # 1 and 20 groups
    assert (found.searched, found.left_out, found.seen) == (1, 1, 1)
    assert np.isnan(found.by_tender[1]).all()


def test_a_ring_whose_bids_lie_close_is_the_first_of_all_groups():
    rng = np.random.default_rng(0)
    cover = [
        tender(f"C{i:02d}", i, *((m, 950 + d) for m, d in zip("ABC", rng.permutation(3), strict=True)),
               *((f"F{j:02d}", float(rng.uniform(800, 1200))) for j in rng.choice(20, 3, replace=False)))
        for i in range(15)
    ]  # fmt: skip
    frame = joined(fair_market(4), *cover)
    names = sorted(frame["bidder"].unique())
    found = coalitions_of(subsets_of(plain(frame), 3))
    best = int(np.nanargmin(found.p))
    assert [names[b] for b in found.members[best]] == ["A", "B", "C"]
    assert found.p[best] < 1e-6


@pytest.mark.parametrize("choices", [(4, 4, 10), (4, 10, 20), (10, 10, 10)])
def test_the_chance_of_a_product_of_places_is_that_of_all_draws_or_a_little_more(choices):
    drawn = [-sum(np.log(u)) for u in product(*(np.arange(1, c + 1) / c for c in choices))]
    for statistic in (0.5, 2.0, 4.0, float(max(drawn))):
        exact = np.mean(np.array(drawn) >= statistic - 1e-9)
        assert exact - 1e-12 <= product_of_places(tuple(sorted(choices)), statistic) <= exact * 1.15 + 1e-12
    assert product_of_places((4,) * 400, 1.0) == pytest.approx(1.0)


def test_a_group_alone_in_its_tenders_has_nothing_to_compare_with():
    frame = joined(*(tender(f"T{i}", i, ("A", 1.0), ("B", 2.0), ("C", 3.0)) for i in range(6)))
    found = coalitions_of(subsets_of(plain(frame), 3))
    assert (found.meetings.tolist(), found.compared.tolist()) == ([6], [0])
    assert np.isnan(found.p).all()


def test_chance_alone_raises_no_more_flags_than_the_level():
    p = np.concatenate([coalitions_of(subsets_of(plain(fair_market(s, 400, 9)), 3), 4).p for s in range(6)])
    assert len(p) > 300
    assert super_uniform(p)


def test_a_tender_smaller_than_the_group_has_no_figures():
    found = subsets_of(plain(tender("T", 0, ("A", 1.0), ("B", 2.0))), 3)
    assert (len(found.tender), found.searched, found.left_out) == (0, 0, 0)
    assert coalitions_of(found).meetings.tolist() == []


@given(st.integers(1, 20))
def test_a_currency_does_not_matter(factor):
    frame = ring_in_turn(6)
    one = coalitions_of(subsets_of(plain(frame), 3))
    two = coalitions_of(subsets_of(plain(frame.assign(price=frame["price"] * factor)), 3))
    assert one.mean == pytest.approx(two.mean, rel=1e-9)
    assert one.p == pytest.approx(two.p, rel=1e-9)


def test_many_tenders_are_put_together_as_one_after_the_other():
    """Squaring the law of a tender gives what adding tender by tender gives; coalitions of like tenders share it."""
    mass = np.ones(1)
    for c in (4, 4, 4, 4, 4, 10, 10, 10):
        mass = np.convolve(mass, np.bincount(np.ceil(-np.log(np.arange(1, c + 1) / c) / 0.01 - 1e-9).astype(int)) / c)
    for statistic in (0.0, 2.5, 7.0, 12.0, 40.0):
        at = int(statistic / 0.01 + 1e-9)
        assert product_of_places((4,) * 5 + (10,) * 3, statistic) == pytest.approx(mass[at:].sum(), abs=1e-13)
    before = coalitions._tails.cache_info().misses
    for statistic in (3.0, 4.0, 5.0):
        product_of_places((5,) * 6, statistic)
    assert coalitions._tails.cache_info().misses == before + 1
