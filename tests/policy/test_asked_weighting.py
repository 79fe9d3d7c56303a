"""What is no judgement at all is refused in words, with every weighting, and never with a bare Python error."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.policy import (
    Policy,
    ahp,
    alternative_priorities,
    best_worst,
    group_ahp,
    leaf_weights,
    policy_points,
    questions,
    rank_order_centroid,
    rank_sum,
    reciprocal_rank,
    register_weighting,
    smart,
    swing,
)
from supplier_eval.policy.asked_weighting import asked_above_zero, asked_entries, asked_key, asked_labels, asked_places

PAIRS = {("a", "b"): 3, ("b", "c"): 2}
NO_LIST = (None, 2.5, True, "ab", {1, 2}, np.array(3.0), print)


def codes(call, *given, **keys):
    with pytest.raises(InvalidInput) as caught:
        call(*given, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [f.code.removeprefix("weighting.asked.") for f in caught.value.findings]


@pytest.mark.parametrize("given", NO_LIST, ids=repr)
@pytest.mark.parametrize("call", [swing, smart, rank_order_centroid, rank_sum, reciprocal_rank, group_ahp])
def test_what_is_no_list_is_refused_by_every_weighting(call, given):
    found = codes(call, given)
    assert found == ["list"] or (found, given) == (["weighting.order.text"], "ab")


@pytest.mark.parametrize("given", NO_LIST, ids=repr)
def test_best_worst_refuses_what_is_no_list_on_either_side(given):
    assert codes(best_worst, given, [3, 1]) == ["list"]
    assert codes(best_worst, [1, 3], given) == ["list"]


def test_a_set_has_no_order_of_importance():
    assert codes(rank_order_centroid, {"price", "quality"}) == ["list"]
    assert rank_order_centroid([{"price", "quality"}, "team"])["price"] == pytest.approx(4 / 9)  # 11/18 and 5/18 shared


def test_the_best_and_the_worst_may_be_places_in_plain_lists():
    by_place = best_worst([8, 2, 1], [1, 5, 8], best=2, worst=0)  # Rezaei 2015, transport mode
    assert by_place.values == pytest.approx([0.071, 0.338, 0.589], abs=0.002)
    assert by_place.figures["best"] == "3" and by_place.figures["worst"] == "1"
    assert best_worst([1, 1, 4], [4, 4, 1], best=np.int64(1)).figures["best"] == "2"
    named = best_worst([8, 2, 1], [1, 5, 8], names=["team", "plan", "price"], best=2)
    assert named.figures["best"] == "price"


def test_where_the_judgements_have_names_a_number_is_a_name():
    assert best_worst({1: 1, 2: 1, 3: 4}, {1: 4, 2: 4, 3: 1}, best=1).figures["best"] == "1"


@pytest.mark.parametrize("which", ["best", "worst"])
def test_an_end_that_is_no_name_and_no_place_is_refused(which):
    assert codes(best_worst, [1, 3], [3, 1], **{which: [0]}) == ["end"]
    assert codes(best_worst, [1, 3], [3, 1], **{which: pd.Series([0])}) == ["end"]
    assert codes(best_worst, [1, 3], [3, 1], **{which: 7}) == ["weighting.best_worst.unclear"]


def test_members_of_a_plain_list_are_numbered():
    listed = group_ahp([PAIRS, {("a", "b"): 1, ("b", "c"): 2}], evaluator_weights=[3, 1])
    named = group_ahp({"1": PAIRS, "2": {("a", "b"): 1, ("b", "c"): 2}}, evaluator_weights={"1": 3, "2": 1})
    assert listed.values.tolist() == named.values.tolist() and set(listed.parts) == {"1", "2"}
    assert group_ahp(np.ones((2, 3, 3))).values == pytest.approx([1 / 3] * 3)
    assert codes(group_ahp, {"A": PAIRS}, evaluator_weights=3) == ["list"]


@pytest.mark.parametrize("given", [0, -1, float("nan"), float("inf"), True, None, [1], "x"], ids=repr)
def test_a_random_index_or_threshold_of_ones_own_is_above_zero(given):
    if not isinstance(given, str):
        assert codes(ahp, PAIRS, random_index=given) == ["above_zero"]
    if given is not None:
        assert codes(ahp, PAIRS, threshold=given) == ["above_zero"]


@pytest.mark.parametrize(
    "call",
    [
        lambda: ahp(PAIRS, method=["eigenvector"]),
        lambda: ahp(PAIRS, incomplete={}),
        lambda: ahp(PAIRS, random_index="saaty_1890"),
        lambda: group_ahp({"A": PAIRS}, aggregate=[]),
        lambda: best_worst([1, 3], [3, 1], model=None),
        lambda: questions(Policy.default(), method=[]),
        lambda: questions(Policy.default(), category="ITO", node=["quality"]),
        lambda: questions(Policy.default(), category=pd.DataFrame()),
        lambda: ahp(PAIRS)[["a"]],
    ],
)
def test_a_key_of_any_type_that_is_none_is_unknown(call):
    with pytest.raises(UnknownName):
        call()


def test_hierarchies_say_what_they_need():
    assert codes(leaf_weights, {"": PAIRS}, 5) == ["hierarchy"]
    assert codes(leaf_weights, [PAIRS], {"a": "", "b": "", "c": ""}) == ["mapping"]
    assert codes(alternative_priorities, ahp(PAIRS), [PAIRS]) == ["mapping"]
    assert codes(policy_points, PAIRS, Policy.default(), category="ITO") == ["weights"]
    assert codes(policy_points, ahp(PAIRS), Policy.default(), category="ITO", places="2") == ["places"]
    assert codes(questions, None) == ["hierarchy"]
    assert codes(questions, Policy.default(), category="ITO", method="best_worst", ends="price") == ["list"]
    assert codes(questions, Policy.default(), category="ITO", method="best_worst", ends=["price"]) == ["ends"]
    assert codes(questions, Policy.default(), category="ITO", ranges={"price": "12 million"}) == ["range"]
    assert codes(questions, Policy.default(), category="ITO", ranges={"price": (1, 2, 3)}) == ["range"]
    assert codes(register_weighting, len) == ["weighting"]


@pytest.mark.parametrize("total", [None, "x", "1/0", float("nan"), float("inf"), True, [100], 1e30])
def test_points_add_up_to_a_figure(total):
    assert codes(ahp(PAIRS).as_points, total, 2) == ["total"]


def test_the_single_questions():
    assert asked_entries(np.array([1, 2]), "points") == [1, 2] and asked_entries((1,), "points") == [1]
    assert asked_labels(None) is None and asked_labels("ab") == ["a", "b"] and asked_labels([1, "x"]) == ["1", "x"]
    assert asked_key("colour", "red", ["red"]) == "red"
    assert asked_above_zero(np.float32(0.5), "threshold") == 0.5
    assert (asked_places(None, 12), asked_places(0, 12)) == (12, 0)
    assert codes(asked_places, True, 12) == codes(asked_places, 13, 12) == ["places"]


def test_a_language_without_words_is_refused():
    with pytest.raises(UnknownLanguageError, match="'fr'"):
        questions(Policy.default(), category="ITO", lang="fr")
