"""Rehearsing a policy: effective weights, the price of a point, reversals, floors, ties, warnings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se
from strategies import policy_mapping
from supplier_eval.policy import Policy, profile_names
from supplier_eval.robustness.rehearsal import publication_findings, rehearse


def policy(formula: str = "lowest_over_price", parameters: dict[str, object] | None = None, **rules: object) -> Policy:
    mapping = policy_mapping(**rules)
    mapping["criteria"][-1]["price"] = {"formula": formula, "parameters": parameters or {}}
    return Policy.from_mapping(mapping)


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_can_be_rehearsed(name):
    profile = Policy.profile(name)
    found = rehearse(profile, category=profile.categories[0] if profile.categories else "")
    shares = found.shares_frame()
    assert np.isfinite(shares[["share", "error"]]).all().all()
    assert sum(found.effective.values()) == pytest.approx(1, abs=1e-9) or not any(found.effective.values())
    assert found.tenders == 1225 and found.bids == 5388
    assert found.explain() and found.explain("zh")


def test_prices_that_lie_close_together_take_the_effective_weight_from_the_price():
    """The sample's prices lie 2 % apart: 40 points for the price spread the totals hardly at all."""
    found = rehearse(policy())
    assert found.weights["price"] == 0.4 and found.effective["price"] < 0.15
    wide = rehearse(policy(), bids=5, spread=0.5)
    assert wide.effective["price"] > 0.4


def test_the_price_of_a_point_is_the_slope_of_the_formula():
    """Share of the ceiling, weight 40: one per cent of a price p costs 0.4 p points, none at the ceiling."""
    found = rehearse(policy("share_of_ceiling"), bids=3, spread=0.2, tenders=501, seed=5)
    rng = np.random.default_rng(5)
    shares = np.minimum(0.9 * np.exp(0.2 * rng.standard_normal((3, 501))), 1.0)
    middle = np.sort(shares, axis=0)[1]
    lost = np.median(40 * (np.minimum(1.01 * middle, 1) - middle))
    assert found.price_of_a_point == pytest.approx(1 / lost, rel=1e-9)


def test_a_formula_that_looks_at_no_other_bid_is_never_reversed():
    fixed = rehearse(policy("share_of_ceiling"))
    assert fixed.reversals.value == 0 and fixed.reversals.error == pytest.approx(1 / fixed.reversals.n)
    assert publication_findings(policy("share_of_ceiling")) == []


def test_a_formula_that_is_prone_to_reversal_is_warned_of_with_the_measured_frequency():
    prone = policy("trimmed_mean_benchmark", {"e1": 1, "e2": 0.5})
    share = rehearse(prone).reversals
    (warning,) = publication_findings(prone)
    assert warning.severity == "warning" and warning.code == "policy.price.reversal"
    assert share.value > 0.01 and f"{100 * share.value:.1f} %" in warning.message


def test_a_reversal_is_a_tender_whose_winner_changes_without_a_loser():
    """Three tenders by hand, all marks equal: the lowest price wins whoever is removed."""
    market = pd.DataFrame({"tender": list("aaabbbccc"), "price": [1, 2, 3, 2, 3, 4, 5, 6, 7]})
    found = rehearse(policy(), market=market, marks=(70, 0))
    assert (found.reversals.value, found.reversals.n) == (0, 3)
    assert found.ties_decide.value == 0


def test_equal_prices_and_marks_are_decided_by_ties():
    market = pd.DataFrame({"tender": list("aabb"), "price": [1, 1, 2, 3]})
    found = rehearse(policy(), market=market, marks=(70, 0))
    assert found.ties_decide.value == 0.5


def test_floors_decide_where_the_cheap_and_poor_would_have_won():
    floored = policy(floors=[{"criterion": "quality", "minimum": 75}])
    found = rehearse(floored)
    assert 0.1 < found.floors_decide.value < 1
    assert rehearse(policy()).floors_decide.value == 0


def test_tenders_in_which_nobody_passes_are_counted_apart():
    found = rehearse(policy(floors=[{"criterion": "quality", "minimum": 90}]))
    assert 0.3 < found.nobody_valid.value < 0.9
    assert found.floors_decide.n == round(found.tenders * (1 - found.nobody_valid.value))
    assert "nobody is ranked" in found.explain() and "nobody is ranked" not in rehearse(policy()).explain()


def test_the_same_seed_gives_the_same_answer_and_the_category_must_be_named():
    first, second = rehearse(policy(), bids=4, seed=1), rehearse(policy(), bids=4, seed=1)
    assert first.effective == second.effective
    default = Policy.default()
    assert rehearse(default).category == default.categories[0]
    with pytest.raises(se.errors.UnknownName, match="category"):
        rehearse(default, category="XPO")


def test_pass_or_fail_is_not_a_mark_between_the_two():
    """Two conditions of lowest price technically acceptable at 100 each: 0.7² of the bids meet both."""
    found = rehearse(Policy.profile("lpta"), bids=4, tenders=4000)
    assert len(found.passed_or_failed) == 2
    assert found.nobody_valid.value == pytest.approx((1 - 0.49) ** 4, abs=0.012)
    assert "with a chance of 70 %" in found.explain() and "70 % 的概率" in found.explain("zh")
    assert not rehearse(policy()).passed_or_failed


def test_criteria_of_one_name_are_shown_with_what_they_stand_under():
    mapping = policy_mapping()
    quality, capability, *rest = mapping["criteria"]
    under = [
        {"id": name, "name": name, "weight": c["weight"]} for name, c in (("works", quality), ("services", capability))
    ]
    leaves = [
        c | {"parent": n["id"], "weight": 100, "name": "plan"}
        for n, c in zip(under, (quality, capability), strict=True)
    ]
    named = Policy.from_mapping(mapping | {"criteria": [*under, *leaves, *rest]})
    found = rehearse(named, bids=3, tenders=50)
    assert [found.label(c) for c in ("quality", "capability", "price")] == ["works › plan", "services › plan", "price"]
    assert "  works › plan: weight 30.0 %" in found.explain()


def test_where_prices_come_from_is_said_in_words_and_nothing_is_minus_zero():
    market = pd.DataFrame({"tender": list("aab"), "price": [1, 2, 3]})
    for found, source in (
        (rehearse(policy()), "自带市场样本"),
        (rehearse(policy(), market=market), "所给数据表"),
        (rehearse(policy(), bids=3, tenders=5, spread=0.25), "对数正态分布，离散 0.25"),
    ):
        assert source in found.explain("zh")
        assert "-0.0 %" not in found.explain()
    assert found.seed == 0 and found.spread == 0.25
    zero = replace(found, effective={"price": -1e-9})
    assert "effective 0.0 %" in zero.explain()
