from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.errors import UnknownName
from supplier_eval.policy.criteria import Criterion
from supplier_eval.policy.tree import DEEPEST, CriteriaTree, tree_findings

HUNDRED = Decimal(100)


def node(name, weight, parent="", **keys):
    return Criterion.model_validate({"id": name, "name": name, "weight": weight, "parent": parent, **keys})


def leaf(name, weight, parent=""):
    return node(name, weight, parent, source="marks")


def small():
    """Quality 60 (system 1 of 4, plan 3 of 4), price 40; children stand before their parent."""
    return (leaf("plan", 3, "quality"), node("quality", 60, total=4), leaf("system", 1, "quality"), leaf("price", 40))


def codes(criteria, total=HUNDRED):
    found = tree_findings(tuple(criteria), total, "ITO")
    assert all(f.line("en") and f.line("zh") for f in found)
    return [(f.code.removeprefix("policy.criteria."), f.value) for f in found]


def test_weights_multiply_along_the_path_exactly():
    tree = CriteriaTree(small())
    assert tree.exact_weight("plan", HUNDRED) == Fraction(45, 100)
    assert tree.weights(HUNDRED) == {"plan": 0.45, "system": 0.15, "price": 0.4}
    assert [c.id for c in tree.leaves] == ["plan", "system", "price"]
    assert tree.root_of("system").id == "quality"
    assert [c.id for c in tree.path("plan")] == ["quality", "plan"]
    assert codes(small()) == []


def test_a_name_that_does_not_exist_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'quality'"):
        CriteriaTree(small())["qualty"]


def test_thirds_written_as_decimals_must_still_add_up_exactly():
    thirds = [leaf(name, "33.33") for name in "abc"]
    assert codes(thirds) == [("weight_sum", "total")]
    assert codes(thirds, Decimal("99.99")) == []


def test_a_sum_that_binary_numbers_would_miss_is_exact():
    tenths = [leaf(f"c{i}", "0.1") for i in range(10)]
    assert codes(tenths, Decimal(1)) == []


def test_a_sum_is_exact_whatever_the_decimal_context_of_the_caller():
    parts = [leaf("a", "99.999999999999"), leaf("b", "0.000000000001")]
    with localcontext() as rough:
        rough.prec = 3
        assert codes(parts) == []
        assert codes([leaf("a", "99.9999"), leaf("b", "0.0002")]) == [("weight_sum", "total")]


def test_everything_that_is_wrong_comes_at_once():
    criteria = [
        leaf("a", 50),
        leaf("a", 10),
        leaf("b", 1, "nowhere"),
        leaf("c", 1, "d"),
        leaf("d", 1, "c"),
        leaf("e", 1, "e"),
    ]
    assert codes(criteria) == [
        ("duplicate", "a"),
        ("orphan", "b"),
        ("cycle", "c"),
        ("cycle", "d"),
        ("cycle", "e"),
    ]
    assert codes([node("n", 60), leaf("p", 50), node("q", 10, source="marks"), leaf("r", 99, "q")]) == [
        ("weight_sum", "total"),
        ("weight_sum", "q"),
        ("leaf_without_source", "n"),
        ("node_with_source", "q"),
    ]


def test_a_weight_sum_names_the_node_both_figures_and_the_category():
    found = tree_findings((leaf("a", 50), leaf("b", "40.5")), HUNDRED, "BPO")[0]
    assert found.message == "the weights below total add up to 90.5, the stated total is 100 (category BPO)."


def test_a_tree_too_deep_to_weigh_is_refused_in_time():
    chain = [node("c0", 100), *(node(f"c{i}", 100, f"c{i - 1}") for i in range(1, 2000))]
    assert {code for code, _ in codes(chain)} == {"too_deep"}
    fits = [node("c0", 100), *(node(f"c{i}", 100, f"c{i - 1}") for i in range(1, DEEPEST - 1))]
    assert codes([*fits, leaf("end", 100, fits[-1].id)]) == []


def test_a_node_of_weight_zero_still_weighs_its_own_leaves():
    """A formula that reads quality needs 3 : 1 below the node, although the node itself weighs nothing."""
    zero = [node("quality", 0, total=4), leaf("plan", 3, "quality"), leaf("system", 1, "quality"), leaf("price", 100)]
    tree = CriteriaTree(tuple(zero))
    assert tree.weights(HUNDRED) == {"plan": 0, "system": 0, "price": 1}
    assert tree.share_within("quality", "plan") == Fraction(3, 4)
    assert tree.share_within("quality", "system") == Fraction(1, 4)
    assert tree.share_within("plan", "plan") == 1


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=8), st.lists(st.integers(1, 10**6), min_size=1, max_size=5))
def test_leaf_weights_add_up_to_one_exactly_whatever_the_points(tops, below):
    criteria = [leaf(f"t{i}", w) for i, w in enumerate(tops[1:], start=1)]
    criteria += [node("t0", tops[0], total=sum(below)), *(leaf(f"b{i}", w, "t0") for i, w in enumerate(below))]
    tree, total = CriteriaTree(tuple(criteria)), Decimal(sum(tops))
    assert tree_findings(tuple(criteria), total, "") == []
    assert sum(tree.exact_weight(c.id, total) for c in tree.leaves) == 1
    for root in tree.roots:
        assert sum(tree.share_within(root.id, c.id) for c in tree.leaves_below(root.id)) == 1


def test_the_share_within_a_node_ignores_what_the_node_itself_weighs():
    criteria = (node("top", 0, total=10), node("mid", 4, "top", total=8), node("leaf", 2, "mid"))
    tree = CriteriaTree(criteria)
    assert tree.share_within("top", "leaf") == Fraction(1, 10)
    assert tree.share_within("mid", "leaf") == Fraction(1, 4)
    assert tree.share_within("leaf", "leaf") == 1


@pytest.mark.parametrize("name", ["rounding", "total", "Rank", "BID", "ｎame", "unrounded", "margin", "lot"])
def test_an_id_that_names_a_column_of_the_results_is_refused(name):
    assert codes([leaf(name, 60), leaf("b", 40)]) == [("reserved", name)]


def test_ids_that_differ_only_in_case_or_width_are_one_id():
    assert codes([leaf("Plan", 60), leaf("plan", 20), leaf("ｐlan", 20)]) == [("duplicate", "Plan, plan, ｐlan")]
