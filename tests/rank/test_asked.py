"""What was given instead of what was asked for, in words."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.policy import Policy
from supplier_eval.rank.asked import (
    asked_each,
    asked_figure,
    asked_frame,
    asked_kind,
    asked_mapping,
    asked_names,
    asked_path,
    asked_policy,
    asked_ranking,
    asked_sheet,
    asked_tender,
    asked_text,
    asked_together,
    asked_whole,
    asked_yes_no,
)


@pytest.mark.parametrize("asked", [asked_sheet, asked_tender, asked_ranking, asked_policy])
def test_nothing_is_refused_with_a_way_out_in_both_languages(asked):
    with pytest.raises(InvalidInput) as refused:
        asked(None)
    (finding,) = refused.value.findings
    assert "is None" in finding.say("en")
    assert finding.advise("en")
    assert finding.advise("zh")


def test_names_are_texts_and_one_text_is_one_name():
    assert asked_names("A", "bids") == ("A",)
    assert asked_names(iter(["A", "B"]), "bids") == ("A", "B")
    for wrong in (3, None, ["A", 3]):
        with pytest.raises(InvalidInput):
            asked_names(wrong, "bids")


def test_a_mapping_and_a_text_are_given_back():
    assert asked_mapping({"a": 1}, "bounds") == {"a": 1}
    assert asked_text("a", "node") == "a"
    for wrong in ([1], "abc", None):
        with pytest.raises(InvalidInput, match="figures by name"):
            asked_mapping(wrong, "bounds")


def test_a_policy_and_a_table_are_given_back():
    policy, frame = Policy.profile("lpta"), pd.DataFrame({"a": [1]})
    assert asked_policy(policy) is policy
    assert asked_frame(frame, "market") is frame
    with pytest.raises(InvalidInput, match=r"Policy\.load"):
        asked_policy("policy.toml")
    with pytest.raises(InvalidInput, match="read_csv"):
        asked_frame([[1]], "market")


@pytest.mark.parametrize("wrong", [-1, 2.5, 3.0, "3", None, True, [3], float("nan")])
def test_a_whole_number_is_no_text_no_fraction_and_no_truth_value(wrong):
    assert asked_whole(np.int64(3), "draws") == 3
    with pytest.raises(InvalidInput, match="whole number of at least 0"):
        asked_whole(wrong, "draws")


@pytest.mark.parametrize("wrong", [0, float("nan"), float("inf"), "3", None, True, [3], Decimal("NaN")])
def test_a_figure_is_finite_and_in_its_range(wrong):
    assert [asked_figure(x, "spread", 0.0, above=True) for x in (0.5, 2, Decimal("0.1"), np.float32(1))] == [
        *(0.5, 2.0, 0.1, 1.0)
    ]
    assert asked_figure(0, "spread", 0.0) == 0.0
    assert asked_figure(-7, "mean") == -7.0
    with pytest.raises(InvalidInput, match="above 0"):
        asked_figure(wrong, "spread", 0.0, above=True)


def test_yes_or_no_and_objects_of_a_class():
    assert asked_yes_no(np.bool_(True), "marks") is True
    with pytest.raises(InvalidInput, match="True or False"):
        asked_yes_no("no", "marks")
    assert asked_kind(3, int, "n") == 3
    with pytest.raises(InvalidInput, match="class Policy"):
        asked_kind("x", Policy, "policy")
    assert asked_each(3, int, "n") == (3,)
    assert asked_each(iter([3, 4]), int, "n") == (3, 4)
    for wrong in ("x", None, [3, "x"]):
        with pytest.raises(InvalidInput, match="class int"):
            asked_each(wrong, int, "n")


def test_a_path_is_a_text_or_a_path():
    assert asked_path("a/b", "path") == asked_path(Path("a/b"), "path") == Path("a/b")
    for wrong in (3, None, ["a"]):
        with pytest.raises(InvalidInput, match="path is asked for"):
            asked_path(wrong, "path")


def test_several_things_are_refused_at_once():
    with pytest.raises(InvalidInput) as refused:
        asked_together(
            lambda: asked_whole(-1, "draws"), lambda: asked_text("a", "lot"), lambda: asked_whole(-1, "seed")
        )
    assert [finding.column for finding in refused.value.findings] == ["draws", "seed"]
    asked_together(lambda: asked_whole(1, "draws"))
