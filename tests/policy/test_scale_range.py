from __future__ import annotations

import pytest

from supplier_eval.policy import CriteriaTree, Criterion
from supplier_eval.policy.scale_range import range_words, scale_ends


def leaf(**keys):
    name = {"en": "answer time", "zh": "响应时间"}
    return Criterion.model_validate({"id": "t", "name": name, "weight": 1, "source": "facts", "maximum": 500} | keys)


@pytest.mark.parametrize(
    ("keys", "ends"),
    [
        ({}, ("0 min", "500 min")),
        ({"direction": "min"}, ("500 min", "0 min")),
        ({"value": {"kind": "linear", "floor": 240, "target": "15.0"}, "direction": "min"}, ("240 min", "15 min")),
        ({"value": {"kind": "exponential", "floor": 0, "target": 30, "curvature": 2}}, ("0 min", "30 min")),
        ({"value": {"kind": "piecewise_linear", "knots": [[0, 0], [5, 0], [9, 100], [12, 100]]}}, ("5 min", "9 min")),
        (
            {"value": {"kind": "piecewise_linear", "knots": [[0, 100], [5, 100], [9, 0], [12, 0]]}, "direction": "min"},
            ("9 min", "5 min"),
        ),
        ({"value": {"kind": "step", "steps": [[1, 60], [2, 100]]}}, ("below 1 min", "at least 2 min")),
        ({"value": {"kind": "step", "steps": [[1, 60]]}}, ("below 1 min", "at least 1 min")),
        (
            {"value": {"kind": "step", "steps": [[0, 100], [30, 50], [60, 0]]}, "direction": "min"},
            ("at least 60 min", "below 30 min"),
        ),
        ({"value": {"kind": "threshold", "at": 3}}, ("below 3 min", "at least 3 min")),
        (
            {"value": {"kind": "threshold", "at": 3, "direction": "min"}, "direction": "min"},
            ("above 3 min", "at most 3 min"),
        ),
        ({"value": {"kind": "rubric", "levels": {"B": 80, "A": 100, "C": 30}}}, ("C", "A")),
        ({"value": {"kind": "yes_no"}}, ("no", "yes")),
        ({"value": {"kind": "yes_no", "yes": 0, "no": 100}}, ("yes", "no")),
    ],
)
def test_the_ends_of_every_kind_of_scale_are_worded(keys, ends):
    criterion = leaf(unit="min", **keys)
    assert scale_ends(criterion, "en") == ends
    assert all(scale_ends(criterion, "zh"))


def test_per_cent_stands_at_the_figure_and_a_bare_scale_has_no_unit():
    assert scale_ends(leaf(unit="%", maximum=100), "en") == ("0%", "100%")
    assert scale_ends(leaf(maximum=10), "en") == ("0", "10")


def test_a_step_scale_that_begins_flat_is_asked_about_where_it_turns():
    flat = leaf(value={"kind": "step", "steps": [[0, 0], [4, 0], [8, 100]]})
    assert scale_ends(flat, "en") == ("below 8", "at least 8")
    late = leaf(value={"kind": "step", "steps": [[1, 50], [2, 60], [9, 100]], "below": 0})
    assert scale_ends(late, "en") == ("below 1", "at least 9")


def test_a_mark_is_said_with_the_words_of_the_rubric_and_without_them_where_short():
    marks = leaf(
        source="marks",
        maximum=100,
        anchors=[{"mark": 0, "words": {"en": "absent", "zh": "没有"}}, {"mark": 100, "words": "excellent"}],
    )
    tree = CriteriaTree((marks,))
    assert range_words(tree, "t", "en", {}) == "answer time from 0 (absent) to 100 (excellent)"
    assert range_words(tree, "t", "zh", {}) == "响应时间由 0（没有） 改善到 100（excellent）"
    assert range_words(tree, "t", "en", {}, short=True) == "answer time from 0 to 100"


def test_a_node_is_worded_by_its_leaves_a_price_by_its_formula_and_both_by_a_range_of_ones_own():
    node = Criterion.model_validate({"id": "n", "name": "speed", "weight": 1})
    price = Criterion.model_validate(
        {"id": "p", "name": "price", "weight": 1, "source": "price", "price": {"formula": "lowest_over_price"}}
    )
    tree = CriteriaTree((node, leaf(parent="n", unit="min"), price))
    assert range_words(tree, "n", "en", {}) == "speed, all of it (answer time from 0 min to 500 min)"
    assert "lowest_over_price" in range_words(tree, "p", "zh", {})
    own = {"p": ("12 million", "8 million"), "t": (9, 1)}
    assert range_words(tree, "p", "en", own) == "price from 12 million to 8 million"
    assert range_words(tree, "n", "en", own) == "speed, all of it (answer time from 9 to 1)"
