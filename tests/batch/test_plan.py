"""A plan is worked out once, and says what cannot come as columns."""

from __future__ import annotations

import pytest

import supplier_eval as se
from strategies import policy_mapping
from supplier_eval.batch import compile_plan
from supplier_eval.policy import Policy
from supplier_eval.policy.batch_columns import BatchColumns
from supplier_eval.policy.regimes import profile_names


@pytest.mark.parametrize("profile", profile_names())
def test_every_profile_can_be_used_on_columns_or_says_why_not(profile):
    policy = Policy.profile(profile)
    category = policy.categories[0] if policy.categories else ""
    plan = compile_plan(policy, category=category)
    assert plan.weights.sum() == pytest.approx(1)
    assert profile.split("-")[0] in repr(plan) or policy.name in repr(plan)


def priced(**price: object) -> dict[str, object]:
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = price
    return mapping


def test_a_figure_that_is_drawn_at_the_opening_is_no_column():
    mapping = priced(formula="trimmed_mean_benchmark", parameters={"e1": "1", "e2": "0.5"})
    mapping["price"] = {"draw_benchmark": True, "abnormal": [{"kind": "below_share_of_ceiling", "limit": "0.1"}]}
    with pytest.raises(se.InvalidInput, match=r"batch\.policy\.drawn"):
        compile_plan(Policy.from_mapping(mapping))


def test_a_parameter_that_the_policy_does_not_state_is_named():
    with pytest.raises(se.InvalidInput, match="alpha"):
        compile_plan(Policy.from_mapping(priced(formula="power_discount")))


def test_a_ceiling_may_come_with_the_tenders_and_fills_the_price_rows():
    plan = compile_plan(Policy.from_mapping(priced(formula="share_of_ceiling")))
    assert plan.needs_ceiling
    assert plan.price_rows([1.0, 2.0])[0].parameters["ceiling"] == [1.0, 2.0]
    stated = compile_plan(Policy.from_mapping(priced(formula="share_of_ceiling", parameters={"ceiling": "9"})))
    assert not stated.needs_ceiling
    assert stated.price_rows(None) is stated.rows


def test_columns_of_the_call_lie_over_those_of_the_policy():
    policy = Policy.from_mapping(policy_mapping(batch={"tender": "pid", "criteria": {"quality": "q"}}))
    plan = compile_plan(policy, columns={"price": "bid_price", "criteria": {"capability": "c"}, "lot": None})
    assert (plan.columns.tender, plan.columns.price) == ("pid", "bid_price")
    assert dict(plan.columns.criteria) == {"quality": "q", "capability": "c"}
    assert plan.unused == {"lot"}
    assert compile_plan(policy, columns=BatchColumns(bid="supplier")).columns.bid == "supplier"


def test_columns_for_what_the_policy_does_not_know_are_named():
    policy = Policy.from_mapping(policy_mapping())
    given = {"criteria": {"colour": "c", "price": "p"}, "gates": {"iso": "i"}, "items": {"hours": "h"}}
    with pytest.raises(se.InvalidInput) as refused:
        compile_plan(policy, columns=given)
    assert [f.value for f in refused.value.findings] == ["colour", "price", "iso", "hours"]
    with pytest.raises(se.InvalidInput, match=r'such as \{"tender": "pid"'):
        compile_plan(policy, columns=["price"])  # type: ignore[arg-type]
    for wrong in ({"prize": "p"}, {"price": 3}, {"criteria": "q"}, "price"):
        with pytest.raises(se.InvalidInput):
            compile_plan(policy, columns=wrong)  # type: ignore[arg-type]


def test_a_category_is_asked_for_where_criteria_differ():
    policy = Policy.default()
    with pytest.raises(se.errors.UnknownName, match="ITO"):
        compile_plan(policy)
    assert compile_plan(policy, category="ITO").items == ()
    gate = {"id": "iso", "name": "iso", "kind": "yes", "categories": ["ITO"]}
    gated = Policy.from_mapping(policy_mapping(categories=["ITO", "BPO"], gates=[gate]))
    with pytest.raises(se.errors.UnknownName, match="BPO"):
        compile_plan(gated)
    assert [len(compile_plan(gated, category=c).gates) for c in ("ITO", "BPO")] == [1, 0]


def test_a_category_that_the_policy_does_not_have_is_refused_as_in_a_tender():
    policy = Policy.from_mapping(policy_mapping(categories=["ITO", "BPO"]))
    assert compile_plan(policy).category == ""
    with pytest.raises(se.errors.UnknownName, match="KPO"):
        compile_plan(policy, category="KPO")
