"""The single rules of a review plan."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.monitor.plan_rules import Consequence, HysteresisRule, PointsRule


def test_the_target_is_worth_more_than_the_floor():
    with pytest.raises(ValidationError, match="worth more"):
        PointsRule(at_floor=80, at_target=80)


def test_at_once_is_no_less_than_the_margin():
    with pytest.raises(ValidationError, match="no less than the margin"):
        HysteresisRule(margin=6)
    assert HysteresisRule(margin=6, at_once=None).at_once is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"action": "suspend"}, "appeal_days"),
        ({"action": "suspend", "appeal_days": 10, "appeal_to": "audit"}, "expires_months"),
        ({"action": "end"}, "appeal_days"),
    ],
)
def test_what_takes_something_away_expires_and_can_be_appealed(given, why):
    with pytest.raises(ValidationError, match=why):
        Consequence(grade="D", approver="board", **given)


def test_an_end_does_not_expire_and_keeping_needs_no_appeal():
    assert Consequence(grade="D", approver="board", action="end", appeal_days=10, appeal_to="audit").expires_months == 0
    assert Consequence(grade="A", approver="owner", action="keep").appeal_days == 0


def test_truth_values_are_no_numbers():
    with pytest.raises(ValidationError):
        HysteresisRule(periods=True)
