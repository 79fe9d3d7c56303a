"""Whether a review is binding."""

from __future__ import annotations

from datetime import date

import pytest

from monitor_review_parts import review_plan
from supplier_eval.monitor.grade_history import Step
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.review_standing import standing_reasons

ADOPTED = review_plan(adoption={"by": "board", "on": "2025-12-01"}, first_period="2026-01")
OPEN = review_plan(first_period="2026-01")
JANUARY = Period.month("2026-01")


def codes(plan=ADOPTED, agreed=ADOPTED.fingerprint, span=JANUARY, measured=True, **history):
    reasons = standing_reasons(plan, agreed, span, measured=measured, **history)
    assert all(reason.say("en") and reason.say("zh") for reason in reasons)
    return [reason.code.rsplit(".", 1)[-1] for reason in reasons]


def test_an_adopted_plan_that_was_agreed_before_the_period_binds():
    assert codes() == []
    assert codes(span=None, period="2026-01") == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"agreed": ""}, ["not_agreed"]),
        ({"agreed": "sha256:0"}, ["other_plan"]),
        ({"plan": OPEN, "agreed": OPEN.fingerprint}, ["not_adopted"]),
        ({"span": Period.month("2025-11")}, ["adopted_late", "history_other"]),
        ({"measured": False}, ["table"]),
        ({"plan": OPEN, "measured": False}, ["not_adopted", "other_plan", "table"]),
    ],
)
def test_anything_else_explores_and_says_why(asked, expected):
    assert codes(**asked) == expected


def step(label, plan=ADOPTED):
    return Step(label, {}, "raw, contract", plan.fingerprint)


APRIL = {"span": Period.month("2026-04")}


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([step("2026-01"), step("2026-02"), step("2026-03")], []),
        ([], ["history_missing"]),
        ([step("2026-02"), step("2026-03")], ["history_missing"]),
        ([step("2026-01"), step("2026-03")], ["history_missing"]),
        ([step("2025-12"), step("2026-01"), step("2026-02"), step("2026-03")], ["history_other"]),
        ([step("2026-01"), step("2026-02", OPEN), step("2026-03")], ["history_plan"]),
    ],
)
def test_only_the_whole_history_by_this_plan_binds(steps, expected):
    assert codes(**APRIL, steps=steps) == expected


def test_a_plan_that_does_not_say_where_its_grades_begin_binds_nothing():
    plan = ADOPTED.replace(first_period="")
    assert codes(plan, plan.fingerprint) == ["no_first_period"]
    assert codes(ADOPTED, period="week 3", span=None) == ["other_length"]


def test_a_label_on_other_days_than_its_own_does_not_bind():
    assert codes(span=Period.between(date(2026, 1, 1), date(2026, 1, 15), "2026-01")) == ["other_length"]


def test_where_earlier_cases_count_their_figures_must_be_there():
    plan = ADOPTED.replace(estimates={"half_life": 3})
    asked = {"span": Period.month("2026-02"), "steps": [step("2026-01", plan)]}
    assert codes(plan, plan.fingerprint, **asked, labels=["2026-02"]) == ["figures_missing"]
    assert codes(plan, plan.fingerprint, **asked, labels=["2026-01", "2026-02"]) == []
    assert codes(span=Period.month("2026-02"), steps=[step("2026-01")], labels=["2026-02"]) == []


def test_without_grades_no_history_is_needed():
    plan = ADOPTED.replace(grades={"bands": []}, knock_outs=[], consequences=[], first_period="")
    assert codes(plan, plan.fingerprint, **APRIL) == []
