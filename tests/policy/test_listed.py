"""Gates and criteria as rows: every id that the tables may name, its weight, its range, who fills it in."""

from __future__ import annotations

import pytest

from supplier_eval.policy import Policy, profile_names
from supplier_eval.policy.listed import criterion_entries, gate_entries


@pytest.mark.parametrize("name", profile_names())
def test_every_gate_and_every_leaf_of_every_category_is_listed_once_with_its_weight(name):
    policy = Policy.profile(name)
    for category in policy.categories:
        tree = policy.tree(category)
        entries = criterion_entries(policy, "en", category)
        assert [entry.id for entry in entries if entry.kind == "leaf"] == [leaf.id for leaf in tree.leaves]
        shares = [
            float(entry.weight) for entry in entries if entry.kind == "leaf" and entry.weight != "through the price"
        ]
        assert sum(shares) == pytest.approx(float(policy.total))
    every = criterion_entries(policy)
    assert {(e.id, e.categories) for e in every} == {(c.id, c.categories) for c in policy.criteria}
    assert len(every) == len(policy.criteria)
    assert [entry.id for entry in gate_entries(policy)] == [gate.id for gate in policy.gates]


def test_a_node_stands_before_what_is_below_it_wherever_the_policy_has_it():
    policy = Policy.default()
    turned = policy.replace(criteria=tuple(reversed(policy.criteria)))
    seen = set()
    for entry in criterion_entries(turned):
        parent = next(c.parent for c in policy.criteria if c.id == entry.id)
        assert not parent or parent in seen
        seen.add(entry.id)


def test_a_row_says_range_unit_levels_and_who_in_either_language():
    listed = {entry.id: entry for entry in (*gate_entries(Policy.default()), *criterion_entries(Policy.default()))}
    assert listed["availability"].cells() == (
        "availability",
        "Availability promised",
        "90–100%",
        "4.5",
        "requirements.csv",
        "reviewers, from the bid",
        "ITO",
    )
    assert listed["tax_credit"].asks == "A / B / M / C / D"
    assert listed["price"].asks == "amount; scored by lowest_over_price"
    assert listed["business_licence"].who == "procurement department"
    chinese = {entry.id: entry for entry in criterion_entries(Policy.default(), "zh")}
    assert chinese["certified_system"].asks == "是或否"
    assert chinese["team"].who == "每位评委"


def test_gates_say_their_limits_and_days():
    gates = [
        {"id": "turnover", "name": "Turnover", "kind": "at_least", "limit": "2.50", "unit": "M"},
        {"id": "debt", "name": "Debt", "kind": "at_most", "limit": "60", "unit": "%"},
        {"id": "bond", "name": "Bond", "kind": "valid_until", "margin_days": 90},
        {"id": "late", "name": "Late", "kind": "yes", "categories": ["KPO"]},
    ]
    policy = Policy.default().replace(gates=gates)
    asks = {entry.id: entry.asks for entry in gate_entries(policy)}
    assert asks["turnover"] == "2.5 M or more"
    assert asks["debt"] == "60 % or less"
    assert "90 days after the deadline" in asks["bond"]
    assert [entry.id for entry in gate_entries(policy, "en", "ITO")] == ["turnover", "debt", "bond"]


def test_a_criterion_that_weighs_nothing_by_itself_says_that_it_feeds_the_price():
    listed = {entry.id: entry for entry in criterion_entries(Policy.profile("uk-price-per-quality-point"), "zh")}
    assert listed["delivery"].weight == "计入价格得分"
    assert listed["price"].weight == "100"
