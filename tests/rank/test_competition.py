"""Ranks in competition style, ties by declared keys only."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from supplier_eval.rank.competition import FEW_BIDS, competition_ranks, shared_ranks

totals = st.lists(st.integers(0, 12).map(lambda x: x / 4), min_size=1, max_size=25)


@given(totals)
def test_ranks_agree_with_scipys_min_method(scores):
    assert competition_ranks([scores]).tolist() == rankdata([-s for s in scores], method="min").tolist()


@given(totals, st.integers(0, 2**32 - 1))
def test_the_order_of_rows_decides_nothing(scores, seed):
    mixed = np.random.default_rng(seed).permutation(len(scores))
    ranks = competition_ranks([scores])
    assert competition_ranks([np.array(scores)[mixed]]).tolist() == ranks[mixed].tolist()


def test_a_tie_is_one_two_two_four():
    assert competition_ranks([[9.0, 7.0, 7.0, 5.0]]).tolist() == [1, 2, 2, 4]


def test_the_second_key_parts_a_tie_and_only_a_tie():
    assert competition_ranks([[9.0, 7.0, 7.0, 5.0], [0.0, 1.0, 2.0, 99.0]]).tolist() == [1, 3, 2, 4]


def test_totals_that_differ_by_binary_noise_are_tied():
    assert competition_ranks([[0.1 + 0.2, 0.3]]).tolist() == [1, 1]


def test_bids_that_are_out_have_rank_zero_and_leave_no_gap():
    assert competition_ranks([[9.0, np.nan, 7.0]], [True, False, True]).tolist() == [1, 0, 2]


def test_a_block_ranks_each_tender_for_itself():
    keys = np.array([[3.0, 1.0], [5.0, 1.0], [5.0, 2.0]])
    assert competition_ranks([keys]).tolist() == [[3, 2], [1, 2], [1, 1]]


@pytest.mark.parametrize("n_bids", [1, 2, 7, FEW_BIDS, FEW_BIDS + 1])
def test_a_block_that_is_counted_and_one_that_is_sorted_agree_with_each_tender_alone(n_bids):
    rng = np.random.default_rng(n_bids)
    keys, mask = rng.integers(0, 6, (n_bids, 40)) / 2, rng.random((n_bids, 40)) < 0.8
    ranks = competition_ranks([keys], mask)
    for t in range(40):
        assert ranks[:, t].tolist() == competition_ranks([keys[:, t]], mask[:, t]).tolist()
    shared = [len(set(column[column > 0].tolist())) < np.count_nonzero(column) for column in ranks.T]
    assert shared_ranks(ranks).tolist() == shared


def test_an_eligible_bid_without_a_figure_is_refused():
    with pytest.raises(ValueError, match="no figure"):
        competition_ranks([[1.0, np.nan]])
