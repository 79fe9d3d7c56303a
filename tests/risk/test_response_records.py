"""Measures and responses that contradict themselves are refused with everything at once."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_measures import MEASURES, RESPONSES, assessed
from supplier_eval.errors import InvalidInput
from supplier_eval.risk.response_records import hundredths


def refusal(measures=MEASURES, responses=RESPONSES):
    with pytest.raises(InvalidInput) as refused:
        assessed(measures, responses)
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)
    return [(f.code, f.column, f.rows) for f in refused.value.findings]


def test_a_control_that_lowers_nothing():
    measures = MEASURES.assign(frequency_factor=[1.0, None, None, 0.5, 0.5])
    assert refusal(measures) == [("response.lowers_nothing", "frequency_factor", (2,))]


def test_factors_outside_zero_to_one():
    measures = MEASURES.assign(severity_factor=[1.5, -0.1, 0.4, 0.5, None])
    assert refusal(measures) == [("risk_table.out_of_range", "severity_factor", (2, 3))]


def test_what_is_proposed_has_a_cost_and_what_is_in_place_a_test_date():
    assert refusal(MEASURES.assign(cost=None)) == [("response.no_cost", "cost", (4, 5, 6))]
    assert refusal(MEASURES.assign(test_due=None)) == [("response.no_test_date", "test_due", (2, 3))]


@pytest.mark.parametrize("due", ["2025-11-01", "2020-01-01"])
def test_a_test_that_was_done_does_not_count_for_ever_without_a_next_one(due):
    """Tested on 2025-11-01: a due day up to then would keep the control good for all time."""
    assert refusal(MEASURES.assign(test_due=[due, "2026-12-31", None, None, None])) == [
        ("response.due_not_moved", "test_due", (2,))
    ]


def test_one_measure_has_one_cost_and_one_state():
    assert refusal(MEASURES.assign(cost=[None, None, 1, 2, 3])) == [("response.measure_differs", "cost", (5, 6))]
    states = ["in_place", "in_place", "proposed", "in_place", "proposed"]
    due = ["2026-05-01"] * 5
    assert refusal(MEASURES.assign(state=states, test_due=due)) == [("response.measure_differs", "state", (5, 6))]


def test_words_strays_currencies_and_days_are_said_together():
    measures = MEASURES.assign(
        state=["bought", *MEASURES["state"][1:]], risk=["leak", "odd", *MEASURES["risk"][2:]],
        currency=["CNY", "cny", "EUR", None, None], test_result=["passed", "maybe", None, None, None],
        tested_on=["2026-02-01", None, None, None, None],
    )  # fmt: skip
    assert sorted(code for code, *_ in refusal(measures)) == [
        *["response.choice"] * 2, "response.currency", "response.stray", "response.tested_later",
    ]  # fmt: skip


def test_to_accept_takes_approver_reason_and_expiry():
    responses = RESPONSES.assign(approver=None, reason=None, expires=None)
    assert [c for _, c, _ in refusal(responses=responses)] == ["approver", "reason", "expires"]
    backwards = RESPONSES.assign(expires=[None, "2025-05-01"])
    assert refusal(responses=backwards) == [("response.expires_before", "expires", (3,))]
    assert refusal(responses=RESPONSES.assign(response="ignore"))[0] == ("response.choice", "response", (2, 3))


def test_tables_that_are_none():
    assert [code for code, *_ in refusal("measures.csv", 5)] == ["asked.frame", "asked.frame"]


def test_money_in_hundredths_half_up():
    assert [hundredths(x) for x in (0.125, 1.005, 2, 1e12)] == [13, 101, 200, 10**14]


def test_chinese_words_are_read_as_the_english_ones():
    words = RESPONSES.assign(response=RESPONSES["response"].replace({"reduce": "降低", "accept": "接受"}))
    measures = MEASURES.assign(state=MEASURES["state"].replace({"in_place": "已实施", "proposed": "拟实施"}))
    found = assessed(measures.assign(test_result=["通过", "未通过", None, None, None]), words)
    plain = assessed(MEASURES.assign(test_result=["passed", "failed", None, None, None]), RESPONSES)
    pd.testing.assert_frame_equal(found.to_frame(), plain.to_frame())
