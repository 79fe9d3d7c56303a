from __future__ import annotations

from datetime import date

import pytest

from strategies import policy_mapping
from supplier_eval.errors import InvalidPolicy
from supplier_eval.policy import Policy, checks
from supplier_eval.policy.regimes import Regime


def build(weights=None, **changes):
    return Policy.from_mapping(policy_mapping(weights, **changes))


def errors(weights=None, **changes):
    with pytest.raises(InvalidPolicy) as refused:
        build(weights, **changes)
    assert all(f.line("en") and f.line("zh") for f in refused.value.findings)
    return [(f.code, f.column, f.value) for f in refused.value.findings if f.severity == "error"]


def warnings(policy):
    assert all(f.line("en") and f.line("zh") for f in policy.check())
    return [f.code for f in policy.check() if f.severity == "warning"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"floors": [{"criterion": "qualty", "minimum": 60}]}, ("policy.reference.unknown", "floors", "qualty")),
        ({"ties": {"keys": ["higher:qualty"]}}, ("policy.reference.unknown", "ties.keys", "qualty")),
        (
            {"procedure": {"technical": {"criteria": ["tech"]}}},
            ("policy.reference.unknown", "procedure.technical.criteria", "tech"),
        ),
        (
            {"gates": [{"id": "g", "name": "G", "kind": "yes"}] * 2},
            ("policy.gates.duplicate", "gates", "g"),
        ),
        (
            {"gates": [{"id": "g", "name": "G", "kind": "yes", "categories": ["ITO"]}]},
            ("policy.categories.gate_unknown", "gates", "g"),
        ),
        (
            {"gates": [{"id": name, "name": "G", "kind": "yes"} for name in ("g", "G")]},
            ("policy.gates.duplicate", "gates", "g, G"),
        ),
        (
            {"gates": [{"id": "Quality", "name": "G", "kind": "yes"}]},
            ("policy.gates.spelled_otherwise", "gates", "Quality"),
        ),
        (
            {"procedure": {"technical": {"rescale_to_best": True}}},
            ("policy.technical.nothing_to_rescale", "procedure.technical", ""),
        ),
        (
            {"procedure": {"technical": {"criteria": ["quality", "price"]}}},
            ("policy.technical.holds_price", "procedure.technical", "price"),
        ),
        ({"floors": [{"criterion": "price", "minimum": 60}]}, ("policy.floors.holds_price", "floors", "price")),
        ({"floors": [{"criterion": "quality", "minimum": 101}]}, ("policy.floors.unreachable", "floors", "quality")),
        (
            {"floors": [{"criterion": "quality", "minimum": "30.5", "unit": "points"}]},
            ("policy.floors.unreachable", "floors", "quality"),
        ),
        ({"regime": "our-law"}, ("policy.regime.unknown", "regime", "our-law")),
        ({"weights": {"price": 41}}, ("policy.criteria.weight_sum", "criteria", "total")),
    ],
)
def test_rules_that_point_nowhere_are_refused(changes, found):
    assert found in errors(**changes)


def test_a_floor_at_the_very_top_is_let_in():
    floors = [{"criterion": "quality", "minimum": 100}, {"criterion": "quality", "minimum": 30, "unit": "points"}]
    assert len(build(floors=floors).floors) == 2


def test_a_category_that_is_not_listed_is_refused_once():
    data = policy_mapping()
    data["criteria"][0]["categories"] = ["ITO"]
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping(data)
    assert [f.code for f in refused.value.findings].count("policy.categories.unknown") == 1


def test_each_category_is_weighed_on_its_own():
    """Quality for ITO only: ITO adds up to 100, BPO to 70, and the finding says which."""
    data = policy_mapping(categories=["ITO", "BPO"])
    data["criteria"][0]["categories"] = ["ITO"]
    with pytest.raises(InvalidPolicy, match=r"add up to 70, the stated total is 100 \(category BPO\)"):
        Policy.from_mapping(data)
    twin = {**data["criteria"][0], "categories": ["BPO"], "name": "Quality of the process"}
    both = Policy.from_mapping({**data, "criteria": [*data["criteria"], twin]})
    assert both.tree("BPO")["quality"].name.en == "Quality of the process"
    assert both.tree("ITO")["quality"].name.en == "quality"


def test_a_weight_of_zero_is_for_exploration_only():
    weights = {"quality": 0, "price": 70}
    assert ("policy.criteria.zero_weight", "criteria", "quality") in errors(weights)
    assert "policy.criteria.zero_weight" in warnings(build(weights, adoption=None))


def test_a_weight_of_zero_is_no_idleness_where_a_floor_or_a_formula_reads_the_criterion():
    floored = build({"quality": 0, "price": 70}, floors=[{"criterion": "quality", "minimum": 60}])
    assert "policy.criteria.zero_weight" not in warnings(floored)
    data = policy_mapping({"quality": 0, "price": 70})
    data["criteria"][3]["price"] = {"formula": "price_per_quality_point", "quality_from": ["quality"]}
    assert "policy.criteria.zero_weight" not in warnings(Policy.from_mapping(data))


def test_a_formula_cannot_read_quality_from_a_price_or_from_nowhere():
    for name in ("price", "qualty"):
        data = policy_mapping()
        data["criteria"][3]["price"] = {"formula": "price_per_quality_point", "quality_from": [name]}
        with pytest.raises(InvalidPolicy) as refused:
            Policy.from_mapping(data)
        assert [(f.code, f.column, f.value) for f in refused.value.findings if f.severity == "error"] == [
            ("policy.reference.unknown", "quality_from", name)
        ]


def test_a_proposal_warns_until_somebody_has_adopted_it():
    assert warnings(Policy.default()) == ["policy.adoption.missing"]
    assert warnings(build()) == []


def test_recalled_rules_warn_whole_or_one_by_one():
    adopted = {"by": "the board", "on": date(2026, 1, 1)}
    assert warnings(Policy.profile("za-80-20").replace(adoption=adopted)) == ["policy.regime.recalled"]
    partly = Policy.profile("cn-order-87").replace(adoption=adopted)
    assert warnings(partly) == ["policy.regime.partly_recalled"]
    assert "财库〔2026〕2号" in partly.check()[0].message


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2016, 12, 31), ["policy.regime.not_yet"]),
        (date(2017, 1, 1), []),
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["policy.regime.expired"]),
    ],
)
def test_rules_of_another_time_warn_and_their_dates_are_half_open(monkeypatch, today, code):
    regime = Regime.named("service-outsourcing").model_copy(
        update={"valid_from": date(2017, 1, 1), "valid_to": date(2020, 1, 1)}
    )
    monkeypatch.setattr(Regime, "named", classmethod(lambda cls, name: regime))
    found = list(checks._regime_warnings(build(), today))
    assert [f.code for f in found] == code
    assert all(f.line("en") and f.line("zh") for f in found)


def in_two_categories(**changes):
    """Quality for ITO only, process in its place for BPO."""
    data = policy_mapping(categories=["ITO", "BPO"], **changes)
    data["criteria"][0]["categories"] = ["ITO"]
    data["criteria"].append({**data["criteria"][0], "id": "process", "categories": ["BPO"]})
    return data


def test_a_rule_may_not_name_a_criterion_that_one_category_lacks():
    """`evaluate` would look for quality among the criteria of BPO."""
    data = in_two_categories(procedure={"technical": {"criteria": ["quality", "capability"]}})
    data["criteria"][3]["price"] = {"formula": "price_per_quality_point", "quality_from": ["process"]}
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping(data)
    errors = [f for f in refused.value.findings if f.severity == "error"]
    assert all(f.line("zh") and f.remedy for f in errors)
    assert [(f.code, f.column, f.value, f.facts["category"]) for f in errors] == [
        ("policy.reference.not_in_category", "quality_from", "process", "ITO"),
        ("policy.reference.not_in_category", "procedure.technical.criteria", "quality", "BPO"),
    ]


def test_a_floor_that_one_category_cannot_have_is_warned_of():
    policy = Policy.from_mapping(in_two_categories(floors=[{"criterion": "quality", "minimum": 60}]))
    assert warnings(policy) == ["policy.floors.not_in_category"]


def test_a_factor_is_drawn_or_stated_not_both():
    data = policy_mapping(price={**policy_mapping()["price"], "draw_benchmark": True})
    data["criteria"][3]["price"] = {"formula": "trimmed_mean_benchmark", "parameters": {"k": 1, "e1": 1, "e2": 1}}
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_mapping(data)
    assert "policy.price.drawn_and_stated" in [f.code for f in refused.value.findings]
    assert Policy.from_mapping({**data, "price": policy_mapping()["price"]}).price.draw_benchmark is False


@pytest.mark.parametrize(
    "changes",
    [
        {"minor_units": True},
        {"approval": {"term_months_from": True}},
        {"panel": {"minimum_members": True}},
        {"rounding": {"total": False}},
        {"procedure": {"envelopes": True}},
        {"procedure": {"minimum_valid_bids": True}},
        {"award": {"candidates": True}},
    ],
)
def test_true_is_no_whole_number(changes):
    assert [code for code, _, _ in errors(**changes)] == ["policy.value.invalid"]


def test_the_term_belongs_to_the_notice_not_to_the_policy():
    assert ("policy.key.unknown", "price.term_months", "24") in errors(price={"term_months": 24})
