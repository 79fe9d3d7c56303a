"""Rows that nobody has filled in: one for each cell that the policy asks for, and what may stand in it."""

from __future__ import annotations

from supplier_eval.intake.template_rows import Allowed, dead, empty_tables, price_items
from supplier_eval.policy import Policy

KNOWN = {"bids": ["A", "B"], "evaluators": ["E1", "E2", "E3"]}


def test_there_is_a_row_for_every_bid_criterion_and_evaluator_and_no_row_twice():
    policy = Policy.default()
    tables = empty_tables(policy, "BPO", **KNOWN)
    leaves = policy.tree("BPO").leaves
    judged = {leaf.id for leaf in leaves if leaf.source == "marks"}
    rows = [(row["bid"], row["criterion"], row["evaluator"]) for row in tables["marks"].rows]
    assert set(rows) == {(b, c, e) for b in KNOWN["bids"] for c in judged for e in KNOWN["evaluators"]}
    assert len(rows) == len(set(rows))
    asked = [row["requirement"] for row in tables["requirements"].rows if row["bid"] == "A"]
    assert asked == [g.id for g in policy.gates] + [leaf.id for leaf in leaves if leaf.source == "facts"]
    assert [(row["bid"], row["item"]) for row in tables["prices"].rows] == [("A", "total"), ("B", "total")]
    assert "mark" not in tables["marks"].rows[0]
    assert {*tables} == {"bids", "requirements", "evaluators", "marks", "prices", "past", "rulings"}


def test_what_may_stand_in_a_cell_is_a_range_levels_or_yes_and_no():
    tables = empty_tables(Policy.default(), "ITO", bids=["A"], evaluators=["E1"])
    limits = {
        row["requirement"]: tables["requirements"].allowed.get(at) for at, row in enumerate(tables["requirements"].rows)
    }
    assert limits["tax_credit"] == Allowed(("A", "B", "M", "C", "D"))
    assert limits["availability"] == Allowed(minimum=90.0, maximum=100.0)
    assert limits["tax_paid"] == limits["certified_system"] == Allowed(("yes", "no"))
    assert limits["business_licence"] is None  # a date, or permanent
    assert set(tables["marks"].allowed.values()) == {Allowed(maximum=100.0)}
    chinese = empty_tables(Policy.default(), "ITO", bids=["A"], lang="zh")["requirements"]
    assert Allowed(("是", "否")) in chinese.allowed.values()


def test_gates_of_other_lots_and_categories_and_tables_without_use_are_left_out():
    gates = [
        {"id": "night", "name": "Night", "kind": "yes", "lots": ["L3"]},
        {"id": "bpo", "name": "BPO", "kind": "yes", "categories": ["BPO"]},
        {"id": "all", "name": "All", "kind": "yes"},
    ]
    policy = Policy.profile("za-80-20").replace(gates=gates)
    for lots, wanted in ((["L1"], ["all"]), (["L3"], ["night", "all"]), ([], ["night", "all"])):
        rows = empty_tables(policy, "ITO", bids=["A"], lots=lots)["requirements"].rows
        assert [row["requirement"] for row in rows] == [*wanted, "specific_goals"]
    assert {*empty_tables(policy, "ITO")} == {"bids", "requirements", "prices", "rulings"}


def test_a_fact_that_may_be_stated_as_none_has_no_range_and_a_consensus_one_row():
    policy = Policy.profile("za-80-20")
    leaf = policy.tree("ITO")["specific_goals"]
    criteria = [
        c if c.id != leaf.id else {**leaf.model_dump(exclude_defaults=True), "when_missing": 0} for c in policy.criteria
    ]
    table = empty_tables(policy.replace(criteria=criteria), "ITO", bids=["A"])["requirements"]
    assert [table.rows[at]["requirement"] for at in table.allowed] == ["tax_compliant"]
    agreed = empty_tables(Policy.profile("lpta"), "BPO", **KNOWN)["marks"]
    assert {row["evaluator"] for row in agreed.rows} == {"E1"}


def test_items_that_the_policy_names_have_their_rows():
    price = {"id": "price", "name": "Price", "weight": 100, "source": "price"}
    leaf = {**price, "price": {"formula": "lowest_over_price", "items": ["run", "exit"]}}
    policy = Policy.from_mapping(
        {
            "name": "p",
            "categories": [],
            "criteria": [leaf],
            "price": {"abnormal": [{"kind": "below_share_of_mean", "limit": 0.5}]},
        }
    )
    assert price_items(policy, "") == ("run", "exit")
    assert [row["item"] for row in empty_tables(policy, "", bids=["A"])["prices"].rows] == ["run", "exit"]


def test_no_title_is_run_as_a_formula():
    assert dead("=1+1") == "'=1+1"
    assert dead("Plan - B") == "Plan - B"
