"""Blocks of rows: results stand where their rows stand, ties are told in canonical order."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.batch.columns import bind
from supplier_eval.batch.rows import read_rows
from supplier_eval.batch.scored_blocks import Blocks, canonical_places, score_read
from supplier_eval.policy import Policy


def scored(frame: pd.DataFrame, **rules: object) -> Blocks:
    plan = compile_plan(Policy.from_mapping(policy_mapping(**rules)))
    return score_read(plan, read_rows(plan, frame, bind(plan, frame))[0])


def bids(tenders: list[str], names: list[str], price: list[float]) -> pd.DataFrame:
    frame = pd.DataFrame({"tender": tenders, "bid": names, "price": price})
    return frame.assign(quality=50.0, capability=50.0, emergency=50.0)


def test_results_stand_where_their_rows_stand_whatever_the_sizes_of_the_tenders():
    result = scored(bids(["U", "T", "U", "V", "U", "T"], list("abcdef"), [30.0, 10.0, 10.0, 5.0, 20.0, 20.0]))
    assert result.ranks.tolist() == [3, 1, 1, 1, 2, 2]
    assert result.values[3].tolist() == [100 * (10 / 30), 100.0, 100.0, 100.0, 50.0, 50.0]
    assert result.groups.n == 3


def test_of_tied_bids_the_first_by_id_is_not_ahead_of_the_second():
    result = scored(bids(["T"] * 3, ["b", "A", "c"], [10.0, 10.0, 20.0]))
    assert result.ranks.tolist() == [1, 1, 3]
    assert result.margin.tolist()[:2] == [20.0, 0.0]
    assert canonical_places(result.rows, np.array([[0], [1], [2]])).ravel().tolist() == [1, 0, 2]


def test_flags_are_told_in_the_order_of_the_policy():
    lines = [{"kind": kind, "limit": "0.9"} for kind in ("below_share_of_second", "below_share_of_mean")]
    result = scored(bids(["T"] * 2, ["a", "b"], [10.0, 20.0]), price={"abnormal": lines})
    assert result.flags.codes == ["price.abnormal.below_share_of_second", "price.abnormal.below_share_of_mean"]
    assert result.flags.out.tolist() == [True, False]


def test_a_tender_with_too_few_valid_bids_says_so_of_the_valid_ones():
    frame = bids(["T", "T", "U"], ["a", "b", "a"], [10.0, 20.0, 5.0])
    result = scored(frame, procedure={"minimum_valid_bids": 2})
    assert result.ranks.tolist() == [1, 2, 0]
    assert result.reasons.codes == ["score.too_few_valid_bids"]
    assert result.reasons.out.tolist() == [False, False, True]
