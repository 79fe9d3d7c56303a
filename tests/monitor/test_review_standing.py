"""Whether a review is binding."""

from __future__ import annotations

import pytest

from monitor_review_parts import review_plan
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.review_standing import standing_reasons

ADOPTED = review_plan(adoption={"by": "board", "on": "2025-12-01"})
JANUARY = Period.month("2026-01")


def codes(plan=ADOPTED, agreed=ADOPTED.fingerprint, span=JANUARY, measured=True):
    reasons = standing_reasons(plan, agreed, span, measured=measured)
    assert all(reason.say("en") and reason.say("zh") for reason in reasons)
    return [reason.code.rsplit(".", 1)[-1] for reason in reasons]


def test_an_adopted_plan_that_was_agreed_before_the_period_binds():
    assert codes() == []
    assert codes(span=None) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"agreed": ""}, ["not_agreed"]),
        ({"agreed": "sha256:0"}, ["other_plan"]),
        ({"plan": review_plan(), "agreed": review_plan().fingerprint}, ["not_adopted"]),
        ({"span": Period.month("2025-11")}, ["adopted_late"]),
        ({"measured": False}, ["table"]),
        ({"plan": review_plan(), "measured": False}, ["not_adopted", "other_plan", "table"]),
    ],
)
def test_anything_else_explores_and_says_why(asked, expected):
    assert codes(**asked) == expected
