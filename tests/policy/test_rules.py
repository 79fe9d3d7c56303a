from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.policy.rules import (
    AbnormalRule,
    AllocationRule,
    Floor,
    Gate,
    GradeBands,
    PanelRule,
    PriceRule,
    RoundingRule,
    TieRule,
)

BANDS = GradeBands.model_validate(
    {
        "bands": [
            {"grade": "优", "lower": 90},
            {"grade": "良", "lower": 80},
            {"grade": "中", "lower": 60},
            {"grade": "差", "lower": 0},
        ]
    }
)


@pytest.mark.parametrize(
    ("score", "grade"),
    [(100, "优"), (90, "优"), (Decimal("89.99"), "良"), (80, "良"), (60, "中"), (59.999, "差"), (0, "差")],
)
def test_grade_bands_are_half_open_and_a_perfect_score_has_the_top_grade(score, grade):
    """Bands of a Shenzhen service contract: 优 from 90, 良 80-90, 中 60-80, 差 below 60."""
    assert BANDS.grade(score) == grade


def test_without_bands_nothing_is_graded():
    assert GradeBands().grade(100) is None


@pytest.mark.parametrize("lowers", [[90, 60], [60, 90, 0], [90, 90, 0]])
def test_bands_that_leave_a_gap_or_run_up_are_refused(lowers):
    with pytest.raises(ValidationError, match="down to 0"):
        GradeBands.model_validate({"bands": [{"grade": str(i), "lower": low} for i, low in enumerate(lowers)]})


@pytest.mark.parametrize(
    "gate",
    [
        {"kind": "yes", "limit": 3},
        {"kind": "at_least"},
        {"kind": "none_since"},
        {"kind": "yes", "look_back_years": 3},
        {"kind": "maybe"},
        {"kind": "none_since", "look_back_years": 0},
    ],
)
def test_a_gate_states_what_its_kind_needs_and_nothing_else(gate):
    with pytest.raises(ValidationError):
        Gate.model_validate({"id": "g", "name": "g", **gate})


@pytest.mark.parametrize(
    "gate",
    [
        {"kind": "yes"},
        {"kind": "valid_until", "margin_days": 30},
        {"kind": "none_since", "look_back_years": 3},
        {"kind": "at_most", "limit": "0.7"},
    ],
)
def test_complete_gates_are_let_in(gate):
    assert Gate.model_validate({"id": "g", "name": "g", **gate}).clause == "§3.1.1"


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (AbnormalRule, {"kind": "below_share_of_mean", "limit": 0}),
        (AbnormalRule, {"kind": "below_share_of_moon", "limit": 1}),
        (AbnormalRule, {"kind": "below_share_of_mean", "limit": 1, "minimum_bids": 0}),
        (Floor, {"criterion": "quality", "minimum": -1}),
        (Floor, {"criterion": "quality", "minimum": 60, "unit": "percent"}),
        (PriceRule, {"small_business_deduction": "1.1"}),
        (PriceRule, {"unbalanced_above": 1}),
        (PriceRule, {"corrections": ["by_guess"]}),
        (PanelRule, {"aggregation": "loudest"}),
        (PanelRule, {"expert_share": -1}),
        (PanelRule, {"minimum_members": 0}),
        (TieRule, {"keys": ["earlier_bid"]}),
        (TieRule, {"keys": ["higher:"]}),
        (RoundingRule, {"total": 7}),
        (AllocationRule, {"id": "cap", "kind": "max_winners", "value": 2, "hard": False}),
        (AllocationRule, {"id": "cap", "kind": "max_winners", "value": 2, "penalty": 5}),
    ],
)
def test_rules_out_of_range_are_refused(rule, keys):
    with pytest.raises(ValidationError):
        rule.model_validate(keys)


def test_rules_are_frozen():
    with pytest.raises(ValidationError, match="frozen"):
        PanelRule().odd = True
