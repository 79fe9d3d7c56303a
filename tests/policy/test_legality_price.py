from __future__ import annotations

from decimal import Decimal

import pytest

from strategies import policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.policy.legality_price import TESTS
from supplier_eval.policy.regimes import Check
from supplier_eval.policy.rules import AbnormalRule

ORDER_59 = ("opening_over_file", "words_over_figures", "decimal_slip", "unit_times_quantity")


def found(kind, policy, **keys):
    check = Check.model_validate({"id": kind, "kind": kind, "article": "-", "words": "-", **keys})
    return TESTS[kind](policy, check)


def build(weights=None, formula=None, parameters=None, **changes):
    data = policy_mapping(weights, **changes)
    if formula is not None:
        data["criteria"][3]["price"] = {"formula": formula, "parameters": parameters or {}}
    return Policy.from_mapping(data)


def prices(**rule):
    return {"price": {"abnormal": [{"kind": "below_share_of_mean", "limit": "0.5"}], **rule}}


# kind, what it asks, a policy that passes, a policy that does not, the figure that breaks it
CASES = [
    ("price_weight_at_least", {"value": 40}, {}, {"weights": {"price": "39.99", "quality": "30.01"}}, "39.99 %"),
    ("price_weight_at_most", {"value": 40}, {}, {"weights": {"price": "40.01", "quality": "29.99"}}, "40.01 %"),
    (
        "price_only",
        {},
        {"weights": {"price": 100, "quality": 0, "capability": 0, "emergency": 0}, "adoption": None},
        {},
        "40 %",
    ),
    ("formula_one_of", {"options": ["lowest_over_price"]}, {}, {"formula": "min_max"}, "min_max"),
    ("formula_none_of", {"options": ["min_max"]}, {}, {"formula": "min_max"}, "min_max"),
    (
        "parameter_between",
        {"options": ["x"], "value": "0.8", "upper": "0.9"},
        {"formula": "bilinear", "parameters": {"x": "0.90"}},
        {"formula": "bilinear", "parameters": {"x": "0.95"}},
        "x = 0.95",
    ),
    (
        "deduction_between",
        {"value": "0.1", "upper": "0.2"},
        prices(small_business_deduction="0.2"),
        prices(small_business_deduction="0.06"),
        "0.06",
    ),
    (
        "abnormal_limit_between",
        {"options": ["below_share_of_mean"], "value": "0.5", "upper": "0.65"},
        prices(),
        prices(abnormal=[{"kind": "below_share_of_mean", "limit": "0.8"}]),
        "0.8",
    ),
    (
        "corrections_are",
        {"options": list(ORDER_59)},
        {},
        prices(corrections=["words_over_figures"]),
        "words_over_figures",
    ),
    ("tax_basis_is", {"options": ["inclusive"]}, prices(tax_basis="inclusive"), {}, "exclusive"),
]


@pytest.mark.parametrize(("kind", "asked", "passes", "fails", "figure"), CASES, ids=[case[0] for case in CASES])
def test_each_check_passes_one_policy_and_says_the_figure_of_another(kind, asked, passes, fails, figure):
    assert found(kind, build(**passes), **asked) is None
    assert found(kind, build(**fails), **asked) == figure


def test_a_rule_against_dear_prices_is_no_rule_against_cheap_ones():
    dear = AbnormalRule(kind="above_share_of_mean", limit=Decimal(2))
    policy = build()
    bare = policy.model_construct(price=policy.price.model_copy(update={"abnormal": (dear,)}))
    assert found("abnormal_low_rule", policy) is None
    assert found("abnormal_low_rule", bare) == "no rule for abnormally low prices"


def test_no_deduction_at_all_is_allowed_where_the_tender_is_reserved_for_small_businesses():
    assert found("deduction_between", build(), value="0.1", upper="0.2") is None


def test_a_line_that_is_not_there_is_named():
    asked = {"options": ["below_share_of_ceiling"], "value": "0.45"}
    assert found("abnormal_limit_between", build(**prices()), **asked) == "no rule below_share_of_ceiling"


def test_a_correction_without_the_bidders_consent_is_named():
    policy = build(**prices(correction_needs_consent=False))
    assert found("corrections_are", policy, options=list(ORDER_59)) == "correction_needs_consent = false"


def test_the_price_weight_is_that_of_the_worst_category():
    """Price 10 for all and 5 more for ITO: BPO has the least, ITO the most."""
    data = policy_mapping({"quality": 60, "price": 10}, categories=["ITO", "BPO"])
    travel = {**data["criteria"][3], "id": "travel", "weight": 5, "categories": ["ITO"]}
    support = {**data["criteria"][0], "id": "support", "weight": 5, "categories": ["BPO"]}
    data["criteria"][0]["weight"] = 55
    policy = Policy.from_mapping({**data, "criteria": [*data["criteria"], travel, support]})
    assert found("price_weight_at_least", policy, value="10.01") == "10 %"
    assert found("price_weight_at_most", policy, value="14.99") == "15 %"


def test_a_weight_exactly_on_the_line_is_on_the_right_side():
    policy = build({"quality": Decimal("12.5"), "price": Decimal("57.5")})
    assert found("price_weight_at_least", policy, value="57.5") is None
    assert found("price_weight_at_most", policy, value="57.5") is None


def test_a_check_that_lacks_its_figure_is_a_mistake_of_the_profile():
    with pytest.raises(ValueError, match="states no value"):
        found("price_weight_at_least", build())
