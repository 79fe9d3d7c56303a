"""Other marks, prices and bids: checked, copied, everything wrong at once."""

from __future__ import annotations

import numpy as np
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput
from supplier_eval.policy import Policy
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.whatif_changes import added, asked_changes, figure, marked, priced

TENDER = make_tender(
    [flat("A", 90, "100"), flat("B", 70, "60"), flat("C", 40, "55")], Policy.from_mapping(policy_mapping())
)
BLOCK = lot_block(TENDER)


def codes(refused):
    return [(finding.code, finding.value) for finding in refused.value.findings]


def test_changes_of_none_are_left_out_and_names_become_a_tuple():
    assert asked_changes({"weights": None, "without": "A", "floors": {}}) == {"without": ("A",), "floors": {}}
    assert asked_changes({"floors": [{"criterion": "quality", "minimum": 60}]})["floors"]


def test_changes_of_the_wrong_kind_come_all_at_once():
    with pytest.raises(InvalidInput) as refused:
        asked_changes({"prices": 3, "formula": {"price": 3, "other": 4}, "floors": "x", "without": 3, "policy": 3})
    assert len(refused.value.findings) == 6


def test_marks_are_changed_in_a_copy_and_all_mistakes_are_named():
    other = marked(TENDER, {("A", "quality", "E1"): "50", ("B", "quality", "E2"): 60})
    changed = other.marks.merge(TENDER.marks, on=["bid", "criterion", "evaluator"])
    assert sorted(changed.loc[changed["mark_x"] != changed["mark_y"], "mark_x"]) == [50.0, 60.0]
    assert (TENDER.marks["mark"] != 50.0).all()
    with pytest.raises(InvalidInput) as refused:
        marked(TENDER, {"A": 1, ("A", "quality", "E9"): 1, ("A", "quality", "E1"): True, ("B", "quality", "E1"): 101})
    assert [code for code, _ in codes(refused)] == [
        *("what_if.marks.key", "what_if.marks.unknown", "what_if.marks.range", "what_if.marks.range")
    ]


def test_prices_are_changed_in_a_copy_and_all_mistakes_are_named():
    offered = priced(BLOCK, {"B": "61.5"})
    assert offered[0].tolist() == [100.0, 61.5, 55.0]
    assert BLOCK.prices[0].tolist() == [100.0, 60.0, 55.0]
    assert priced(BLOCK, {}) is None
    with pytest.raises(InvalidInput) as refused:
        priced(BLOCK, {"A": 0, "B": float("nan"), "C": 1e15})
    assert codes(refused) == [("what_if.prices.invalid", value) for value in ("0", "nan", "1000000000000000.0")]


def test_an_added_bid_is_like_another_but_for_what_is_said():
    wider = added(BLOCK, "D", {"like": "B", "price": 30, "marks": {"quality": 10}})
    assert wider.bids == ("A", "B", "C", "D")
    quality = [wider.criteria[row] for row in wider.marked].index("quality")
    np.testing.assert_array_equal(
        np.delete(wider.marks[:, :, 3], quality, 1), np.delete(BLOCK.marks[:, :, 1], quality, 1)
    )
    assert (wider.marks[:, quality, 3] == 10).all()
    assert wider.prices[0, 3] == wider.evaluated[3] == 30
    with pytest.raises(InvalidInput) as refused:
        added(BLOCK, "D", {"like": "B", "marks": {"quality": -1, "capability": "x"}})
    assert codes(refused) == [("what_if.adding.range", "-1"), ("what_if.adding.range", "x")]


def test_a_figure_may_be_a_text_but_no_truth_value():
    assert figure("3.5") == 3.5 and figure(3) == 3.0
    assert np.isnan([figure(x) for x in (True, "x", None, [1])]).all()
