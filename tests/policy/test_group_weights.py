from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import ahp, group_ahp

NAMES = ("a", "b", "c", "d")
PAIRS = [(x, y) for i, x in enumerate(NAMES) for y in NAMES[i + 1 :]]
MEMBER = st.lists(st.sampled_from([1 / 7, 1 / 3, 1, 2, 5]), min_size=6, max_size=6).map(
    lambda figures: dict(zip(PAIRS, figures, strict=True))
)


def refused(*given_, **keys):
    with pytest.raises(InvalidInput) as caught:
        group_ahp(*given_, **keys)
    assert all(f.line("en") and f.line("zh") for f in caught.value.findings)
    return [(f.code.removeprefix("weighting."), f.table, f.column) for f in caught.value.findings]


def test_judgements_are_averaged_geometrically_and_stay_reciprocal():
    """Aczél & Saaty 1983: 2 and 8 make 4, and 1/2 and 1/8 make 1/4."""
    found = group_ahp({"Ann": {("a", "b"): 2}, "Bob": {("a", "b"): 8}})
    assert found.figures["matrix"] == pytest.approx(np.array([[1, 4], [1 / 4, 1]]))
    assert found.values == pytest.approx([0.8, 0.2])
    assert found.parts["Ann"].values == pytest.approx([2 / 3, 1 / 3])
    opposite = group_ahp({"Ann": {("a", "b"): 3}, "Bob": {("a", "b"): "1/3"}})
    assert opposite.values == pytest.approx([0.5, 0.5])


def test_priorities_can_be_averaged_both_ways():
    members = {"Ann": {("a", "b"): 3}, "Bob": {("a", "b"): 1}}
    arithmetic = group_ahp(members, "priorities_arithmetic")
    assert arithmetic.values == pytest.approx([0.625, 0.375])
    geometric = group_ahp(members, "priorities_geometric")
    assert geometric["a"] / geometric["b"] == pytest.approx(3**0.5)
    assert dict(arithmetic.consistency) == {}, "averaged priorities have no consistency of their own"


def test_some_members_may_count_for_more():
    members = {"Ann": {("a", "b"): 2}, "Bob": {("a", "b"): 8}}
    heavier = group_ahp(members, evaluator_weights={"Ann": 3, "Bob": 1})
    assert heavier["a"] / heavier["b"] == pytest.approx(2**0.75 * 8**0.25)
    only = group_ahp(members, evaluator_weights={"Ann": 0, "Bob": 2})
    assert only["a"] / only["b"] == pytest.approx(8)
    assert only.figures["evaluator_weights"] == {"Ann": 0.0, "Bob": 1.0}


@given(st.lists(MEMBER, min_size=1, max_size=4))
def test_with_geometric_means_averaging_judgements_or_priorities_is_the_same(members):
    """Barzilai & Golany 1994: the geometric mean is the one method for which the two agree."""
    panel = {f"m{i}": member for i, member in enumerate(members)}
    one = group_ahp(panel, "judgements", method="geometric_mean")
    two = group_ahp(panel, "priorities_geometric", method="geometric_mean")
    assert one.values == pytest.approx(two.values, abs=1e-12)


@given(MEMBER, st.sampled_from(["judgements", "priorities_geometric", "priorities_arithmetic"]))
def test_a_panel_of_one_mind_has_that_mind(member, aggregate):
    panel = group_ahp({"Ann": member, "Bob": member, "Cem": member}, aggregate)
    assert panel.values == pytest.approx(ahp(member).values, abs=1e-12)


@settings(max_examples=30)
@given(st.lists(MEMBER, min_size=2, max_size=4), st.randoms())
def test_the_order_of_members_changes_nothing_to_the_last_bit(members, random):
    panel = [(f"m{i}", member) for i, member in enumerate(members)]
    turned = random.sample(panel, len(panel))
    for aggregate in ("judgements", "priorities_geometric", "priorities_arithmetic"):
        assert group_ahp(dict(panel), aggregate).by_name == group_ahp(dict(turned), aggregate).by_name


def test_a_pair_that_only_some_judged_is_averaged_over_them_and_named():
    some = {("a", "b"): 2, ("b", "c"): 2}
    found = group_ahp({"Ann": some, "Bob": some | {("a", "c"): 9}})
    assert found.figures["matrix"][0, 2] == pytest.approx(9)
    assert ("weighting.group.partial", "a / c") in [(f.code, f.column) for f in found.findings]
    none = group_ahp({"Ann": some, "Bob": some})
    assert none.consistency["missing"] == 1


def test_a_members_inconsistency_is_a_finding_with_the_members_name():
    odd = {("a", "b"): 5, ("b", "c"): 5, ("a", "c"): "1/5"}
    found = group_ahp({"Ann": odd, "Bob": {("a", "b"): 1, ("b", "c"): 1, ("a", "c"): 1}}, "priorities_geometric")
    assert [(f.code, f.table) for f in found.findings] == [("weighting.ahp.inconsistent", "Ann")]


def test_everybodys_mistakes_are_said_at_once():
    assert refused({"Ann": {("a", "b"): 0}, "Bob": {("a", "b"): "x"}, "Cem": {("a", "b"): 2}}) == [
        ("pair.not_positive", "Ann", "a / b"),
        ("pair.not_number", "Bob", "a / b"),
    ]
    assert refused({"Ann": {("a", "b"): 2}, "Bob": {("a", "c"): 2}}) == [("group.names", "Bob", "")]
    assert refused({}) == [("group.empty", "judgements", "")]


def test_shares_that_do_not_fit_the_members_are_refused():
    members = {"Ann": {("a", "b"): 2}, "Bob": {("a", "b"): 8}}
    assert refused(members, evaluator_weights={"Ann": -1, "Cem": 1}) == [
        ("group.weight", "judgements", "Ann"),
        ("group.weight", "judgements", "Bob"),
        ("group.weight", "judgements", "Cem"),
    ]
    assert refused(members, evaluator_weights={"Ann": 0, "Bob": 0})[0][0] == "group.weight"


def test_plain_tables_take_their_names_from_the_call():
    found = group_ahp({"Ann": [[1, 3], [None, 1]]}, names=["x", "y"])
    assert found.names == ("x", "y")


def test_an_unknown_aggregation_is_answered_with_the_nearest():
    with pytest.raises(UnknownName, match="Did you mean 'judgements'"):
        group_ahp({"Ann": [[1]]}, "judgement")
