"""The tree of a scorecard."""

from __future__ import annotations

from fractions import Fraction

from monitor_review_parts import plan_data, review_plan
from supplier_eval.monitor.plan import ReviewPlan


def test_weights_are_exact_fractions_of_the_whole():
    tree = review_plan().tree
    assert tree.weights == {
        "csat": Fraction(20, 100),
        "milestones": Fraction(30, 100),
        "ontime": Fraction(30, 100),
        "price_level": Fraction(20, 100),
    }
    assert list(tree.weights) == ["csat", "milestones", "ontime", "price_level"]
    assert sum(tree.weights.values()) == 1


def test_a_branch_within_a_branch_takes_the_kpis_it_lists():
    data = plan_data()
    data["branches"][0]["total"] = 10
    data["branches"].append({"id": "voice", "parent": "quality", "weight": 4, "total": 1, "kpis": ["csat"]})
    data["kpis"][0]["weight"], data["kpis"][1]["weight"] = 6, 1
    tree = ReviewPlan.from_mapping(data).tree
    assert tree.weights["csat"] == Fraction(1, 5)
    assert tree.branch_weights["voice"] == Fraction(1, 5)
    assert tree.path("voice") == ("quality", "voice")
    assert tree.kpis_below("quality") == ("csat", "ontime")
    assert [b.id for b in tree.branches] == ["fulfilment", "price", "quality", "voice"]
