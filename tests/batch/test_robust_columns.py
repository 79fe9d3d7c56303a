"""Robustness columns hold the figures that the analysis of each tender alone gives, to the last bit."""

from __future__ import annotations

import numpy as np
import pytest

import supplier_eval as se
from made_batches import made_batch
from supplier_eval.batch import score_frame

ALL = ("acceptability", "expected_rank", "radius")


@pytest.mark.parametrize("seed", range(4, 14))
def test_shares_expected_ranks_and_radius_are_those_of_each_tender_alone(seed):
    made = made_batch(seed, 8)
    scored = score_frame(made.frame, made.policy, robustness=ALL, draws=512, seed=3)
    for tender in made.tenders:
        ranking = se.evaluate(tender).only_lot.ranking
        mine = scored[scored["tender"] == tender.notice.id].set_index("bid")
        if ranking.stopped is not None:
            assert mine[["first_rank_share", "expected_rank", "weight_radius"]].isna().all(axis=None)
            continue
        firm = se.robustness.rank_acceptability(ranking.sheet, draws=512, seed=3)
        tightest = se.robustness.weight_stability(ranking.sheet).tightest
        ours = mine.loc[list(firm.scored.bids)]
        np.testing.assert_array_equal(ours["first_rank_share"], firm.ranks.mean[:, 0])
        np.testing.assert_array_equal(ours["first_rank_share_error"], firm.ranks.error[:, 0])
        np.testing.assert_array_equal(ours["expected_rank"], firm.expected.mean)
        np.testing.assert_array_equal(ours["expected_rank_error"], firm.expected.error)
        np.testing.assert_array_equal(mine["weight_radius"], np.inf if tightest is None else tightest.room)


def test_only_the_columns_asked_for_are_added_whatever_the_order_of_asking():
    made = made_batch(4, 3)
    plain = score_frame(made.frame, made.policy)
    some = score_frame(made.frame, made.policy, robustness=("radius", "expected_rank"), draws=64)
    assert [c for c in some.columns if c not in plain.columns] == [
        "expected_rank",
        "expected_rank_error",
        "weight_radius",
    ]


def test_the_same_seed_gives_the_same_bits_and_too_many_draws_are_refused():
    made = made_batch(4, 3)
    first, second = (score_frame(made.frame, made.policy, robustness=ALL, draws=64, seed=5) for _ in range(2))
    assert first.equals(second)
    with pytest.raises(se.InvalidInput, match="draws"):
        score_frame(made.frame, made.policy, robustness=ALL, draws=2**23)
