"""A panel that breaks a rule is told before anybody marks, by the article of the regime, for each lot."""

from __future__ import annotations

import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.intake.panel_checks import Shortfall, panel_findings, shortfalls
from supplier_eval.policy import Policy
from supplier_eval.procedure import check_tender
from tender_folder import mini

ORDER_87 = Policy.profile("cn-order-87")
NOTICE = make_tender([flat("A", 80, "100")], Policy.from_mapping(policy_mapping())).notice
ARTICLE_47 = "cn-order-87, 第四十七条 / Article 47"


@pytest.mark.parametrize(
    ("kinds", "broken"),
    [
        (["expert"] * 4, [("panel.too_few", 4, 5), ("panel.even", 4, None)]),
        (["expert"] * 4 + ["buyer"], []),
        (["expert"] * 3 + ["buyer"] * 2, [("panel.experts", 0.6, 0.6666)]),
        (["expert"] * 6, [("panel.even", 6, None)]),
        ([], [("panel.too_few", 0, 5), ("panel.even", 0, None)]),
    ],
)
def test_order_87_asks_for_five_an_odd_number_and_two_thirds_experts(kinds, broken):
    found = shortfalls(kinds, NOTICE, ORDER_87)
    assert [(one.code, pytest.approx(one.figure), one.threshold) for one in found] == broken
    assert all(one.clause == ARTICLE_47 for one in found)


def test_a_regime_without_an_article_on_panels_leaves_the_clause_of_the_company():
    policy = Policy.from_mapping(policy_mapping(panel={"minimum_members": 3}))
    assert shortfalls(["expert"], NOTICE, policy) == [Shortfall("panel.too_few", 1, 3, "§3.2.4")]


def test_lots_of_one_shortfall_are_one_line_and_those_after_recusal_another():
    members = [("expert", ()), ("expert", ()), ("expert", ()), ("expert", ("k",))]
    bidders = {"L1": {"a"}, "L2": {"k"}, "L3": {"b"}}
    few = [f for f in panel_findings(NOTICE, ORDER_87, members, bidders, []) if f.code.endswith("too_few")]
    assert [(str(f.facts["lots"]), f.facts["figure"], f.facts["state_en"]) for f in few] == [
        ("L1, L3", "4", "as appointed"),
        ("L2", "3", "after recusal"),
    ]
    assert ARTICLE_47 in few[0].message and few[0].say("zh").startswith("标段 L1、L3 委派时评审小组为 4 人，须 5 人")


def test_a_lot_that_was_ruled_on_is_told_no_more():
    members, bidders = [("expert", ())] * 6, {"L1": {"a"}, "L2": {"b"}}
    ruling = {"case": "panel.even", "ruling": "accept", "lot": "L1"}
    (left,) = panel_findings(NOTICE, ORDER_87, members, bidders, [ruling])
    assert (left.code, str(left.facts["lots"])) == ("evaluators.panel_even", "L2")
    assert not list(panel_findings(NOTICE, ORDER_87, members, bidders, [ruling | {"lot": ""}]))


def test_the_check_of_a_folder_warns_of_its_panel_and_the_evaluation_says_nobody_left(tmp_path):
    folder = mini(tmp_path, policy=("minimum_members = 2", "minimum_members = 3\nodd = true"))
    found = {f.code: f for f in check_tender(folder) if f.table == "evaluators"}
    assert set(found) == {"evaluators.panel_too_few", "evaluators.panel_even"}
    assert {f.severity for f in found.values()} == {"warning"}
    assert "as appointed" in found["evaluators.panel_even"].message
