"""What stands against a move of a risk, a response, a warning (§6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_shelf import NOW, Shelf, objections, situation, stored
from supplier_eval.registry.guards import risks as guards
from supplier_eval.registry.records.risks import Risk, RiskResponse, RiskWarning

TODAY = NOW.date()
DAY = timedelta(days=1)


def risk(**fields: object) -> Risk:
    return Risk(**{"id": "R-1", "category": "market", "title": "Rates rise", "owner": "wu", **fields})


def response(**fields: object) -> RiskResponse:
    return RiskResponse(**{"id": "P-1", "risk": "R-1", "strategy": "accept", "owner": "wu", **fields})


def warning(**fields: object) -> RiskWarning:
    given = {"id": "W-1", "indicator": "late", "level": "red", "raised_at": NOW, "owner": "wu", "due": TODAY}
    return RiskWarning(**{**given, **fields})


@pytest.mark.parametrize(("low", "high"), [(5, 5), (6, 5), (0, 5)])
def test_a_loss_has_a_range_above_zero(low, high):
    found = objections(guards.LOSS_RANGE, situation(risk(impact_low=low, impact_high=high)))
    assert found == [("risk.impact_high.no_range", "impact_high")]


def test_a_range_that_is_not_given_or_holds_is_no_objection():
    assert objections(guards.LOSS_RANGE, situation(risk())) == []
    assert objections(guards.LOSS_RANGE, situation(risk(target_low=1, target_high=2))) == []


def test_only_an_approved_response_answers_a_risk():
    code = [("risk.state.no_response", "state")]
    assert objections(guards.ANSWERED, situation(risk())) == code
    for state, found in (("proposed", code), ("ended", code), ("approved", []), ("in_place", [])):
        kept = stored("risk_response", state, id="P-1", risk="R-1", strategy="accept", owner="wu")
        assert objections(guards.ANSWERED, situation(risk(), kept)) == found


def test_a_risk_whose_response_is_gone_is_no_longer_treated():
    kept = stored("risk_response", "in_place", id="P-1", risk="R-1", strategy="reduce", owner="wu")
    assert objections(guards.RESPONSE_GONE, situation(risk(), kept)) == [("risk.state.response_stands", "state")]
    assert objections(guards.RESPONSE_GONE, situation(risk())) == []


def test_an_open_warning_holds_the_risk_open():
    kept = stored("warning", "escalated", **{**warning().model_dump(), "risk": "R-1"})
    assert objections(guards.NO_OPEN_WARNING, situation(risk(), kept)) == [("risk.state.open_warning", "state")]
    closed = stored("warning", "closed", **{**warning().model_dump(), "risk": "R-1"})
    assert objections(guards.NO_OPEN_WARNING, situation(risk(), closed)) == []


def test_to_accept_takes_approver_reason_and_expiry():
    found = objections(guards.ACCEPTANCE, situation(response(reason="  ")))
    assert [column for _, column in found] == ["approver", "reason", "expires_on"]
    assert objections(guards.ACCEPTANCE, situation(response(strategy="reduce"))) == []


def test_anything_else_takes_a_measure_with_its_cost():
    found = objections(guards.MEASURE, situation(response(strategy="transfer", cost=0)))
    assert [column for _, column in found] == ["measure", "currency"]
    assert objections(guards.MEASURE, situation(response())) == []
    assert objections(guards.TEST_PLANNED, situation(response(strategy="reduce"))) == [
        ("risk_response.test_due.missing", "test_due"),
        ("risk_response.test_due.missing", "evidence"),
    ]


def test_it_expires_after_its_last_day():
    code = [("risk_response.expires_on.still_runs", "expires_on")]
    assert objections(guards.EXPIRED, situation(response(expires_on=TODAY))) == code
    assert objections(guards.EXPIRED, situation(response())) == code
    assert objections(guards.EXPIRED, situation(response(expires_on=TODAY - DAY))) == []


def test_acceptances_that_outlived_their_day_are_found():
    def kept(key: str, state: str, **fields: object) -> object:
        return stored("risk_response", state, id=key, risk="R-1", owner="wu", **{"strategy": "accept", **fields})

    past = kept("P-1", "approved", expires_on=TODAY - DAY)
    others = (
        kept("P-2", "approved", expires_on=TODAY),
        kept("P-3", "ended", expires_on=TODAY - DAY),
        kept("P-4", "approved", expires_on=TODAY - DAY, strategy="transfer"),
    )
    assert guards.expired_acceptances(Shelf(past, *others), TODAY) == (past,)


def test_a_warning_goes_up_once_its_time_is_over():
    code = [("warning.due.still_runs", "due")]
    assert objections(guards.UNANSWERED, situation(warning())) == code
    assert objections(guards.UNANSWERED, situation(warning(due=TODAY - DAY))) == []
    answered = {"acknowledged_on": TODAY - 3 * DAY, "due": TODAY - 2 * DAY}
    assert objections(guards.UNANSWERED, situation(warning(**answered, action_due=TODAY))) == code
    assert objections(guards.UNANSWERED, situation(warning(**answered, action_due=TODAY - DAY))) == []


@pytest.mark.parametrize(
    ("told", "now", "allowed"),
    [
        ((), ("head",), True),
        (("head",), ("head", "board"), True),
        (("head",), ("head",), False),
        (("head",), ("board",), False),
        (("head",), ("head", "head"), False),
        ((), ("wu",), False),
        ((), ("WU",), False),
        (("head",), ("head", "Head"), False),
        ((), (), False),
        ((), ("head", "head"), False),
    ],
)
def test_each_escalation_tells_somebody_new(told, now, allowed):
    before = stored("warning", "raised", **{**warning().model_dump(), "escalated_to": told})
    found = objections(guards.ONE_MORE, situation(warning(escalated_to=now), before=before))
    assert found == ([] if allowed else [("warning.escalated_to.nobody_new", "escalated_to")])
