"""Scorecards, ratings and improvement plans."""

from __future__ import annotations

import pytest

from registry_shelf import objections, situation, stored
from supplier_eval.registry.guards import performance
from supplier_eval.registry.records.suppliers import ImprovementPlan, RiskRatingRecord, ScorecardRecord


def found_by(guards, asked):
    return [found for guard in guards for found in objections(guard, asked)]


def card(**fields):
    given = {"id": "C1", "supplier": "S1", "period": "2026-Q1", "period_from": "2026-01-01", "period_to": "2026-04-01"}
    return ScorecardRecord(**{**given, "standing": "binding", "scored_by": ("ming", "zhao"), **fields})


@pytest.mark.parametrize(("lower", "upper"), [("81", "90"), ("70", "79.9")])
def test_a_score_lies_in_its_interval(lower, upper):
    found = found_by(performance.SCORECARD, situation(card(score="80", lower=lower, upper=upper)))
    assert found == [("scorecard.score.outside", "score")]
    assert not found_by(performance.SCORECARD, situation(card(score="80", lower="80", upper="80")))


def test_an_exploratory_scorecard_is_never_confirmed():
    found = found_by(performance.CONFIRM_SCORECARD, situation(card(standing="exploratory")))
    assert found == [("scorecard.standing.exploratory", "standing")]


def test_who_scored_does_not_confirm():
    given = card(confirmed_by="Ming", confirmed_on="2026-04-10")
    found = found_by(performance.CONFIRM_SCORECARD, situation(given))
    assert found == [("scorecard.confirmed_by.scorer", "confirmed_by")]
    assert not found_by(performance.CONFIRM_SCORECARD, situation(card(confirmed_by="lin", confirmed_on="2026-04-10")))


def test_a_period_is_over_before_it_is_confirmed():
    given = card(confirmed_by="lin", confirmed_on="2026-03-31")
    found = found_by(performance.CONFIRM_SCORECARD, situation(given))
    assert found == [("scorecard.confirmed_on.before", "confirmed_on")]


def test_the_same_days_of_the_same_contract_have_one_confirmed_scorecard():
    other = stored(
        "scorecard", "confirmed", **card(id="C0", period_from="2026-03-31", period_to="2026-07-01").model_dump()
    )
    assert found_by(performance.CONFIRM_SCORECARD, situation(card(), other)) == [("scorecard.period.taken", "period")]
    before = stored(
        "scorecard", "confirmed", **card(id="C0", period_from="2025-10-01", period_to="2026-01-01").model_dump()
    )
    assert not found_by(performance.CONFIRM_SCORECARD, situation(card(), before))
    of_a_contract = stored("scorecard", "confirmed", **card(id="C0", contract="K1").model_dump())
    assert not found_by(performance.CONFIRM_SCORECARD, situation(card(), of_a_contract))


def test_who_rated_does_not_confirm_the_rating():
    given = {"id": "R1", "supplier": "S1", "on": "2026-05-01", "rating": "B", "rated_by": ("ming",)}
    found = found_by(performance.CONFIRM_RATING, situation(RiskRatingRecord(**given, confirmed_by="ming")))
    assert found == [("risk_rating.confirmed_by.rater", "confirmed_by")]
    early = RiskRatingRecord(**given, confirmed_by="lin", next_review="2026-05-01")
    assert found_by(performance.CONFIRM_RATING, situation(early)) == [("risk_rating.next_review.before", "next_review")]


def plan(**fields):
    given = {"measure": "K1", "owner": "ming", "agreed_on": "2026-04-10", "baseline_until": "2026-04-01"}
    given |= {"baseline": "91", "target": "95", "due": "2026-07-15", "evidence_from": "2026-04-10"}
    given |= {"evidence_until": "2026-06-01"}
    return ImprovementPlan(**{"id": "P1", "supplier": "S1", **given, **fields})


def test_a_target_lies_away_from_the_baseline():
    found = found_by(performance.PLAN, situation(plan(target="91")))
    assert found == [("improvement_plan.target.same", "target")]


@pytest.mark.parametrize(
    "days",
    [
        {"evidence_from": "2026-04-09"},
        {"evidence_from": "2026-03-01", "evidence_until": "2026-04-01"},
        {"evidence_until": "2026-06-02"},
        {"evidence_until": "2026-04-10"},
    ],
    ids=["before the agreement", "the period of the gap", "not over", "no day"],
)
def test_only_a_later_period_that_is_over_is_evidence(days):
    found = found_by(performance.LATER_DATA, situation(plan(evidence_figure="96", **days)))
    assert found == [("improvement_plan.evidence.not_later", "evidence_from")]


@pytest.mark.parametrize(
    ("baseline", "target", "figure", "enough"),
    [("91", "95", "95", True), ("91", "95", "94.9", False), ("9", "5", "5", True), ("9", "5", "5.1", False)],
)
def test_a_plan_is_achieved_by_a_figure_that_reaches_its_target_in_its_direction(baseline, target, figure, enough):
    given = plan(baseline=baseline, target=target, evidence_figure=figure)
    assert performance.reached(given) is enough
    below = [("improvement_plan.evidence.below", "evidence_figure")]
    reached = [("improvement_plan.evidence.reached", "evidence_figure")]
    assert found_by(performance.ACHIEVE, situation(given)) == ([] if enough else below)
    assert found_by(performance.FAIL, situation(given)) == (reached if enough else [])


def test_without_a_figure_nothing_is_reached():
    assert performance.reached(plan()) is None


@pytest.mark.parametrize(
    ("state", "fields"),
    [("recorded", {}), ("confirmed", {"supplier": "S2"}), ("confirmed", {})],
    ids=["not confirmed", "another supplier", "an earlier period"],
)
def test_the_scorecard_that_proves_it_is_a_later_confirmed_one(state, fields):
    kept = stored(
        "scorecard", state, **card(**{"period_from": "2026-04-01", **fields}, period_to="2026-05-01").model_dump()
    )
    given = plan(scorecard="C1", evidence_figure="96")
    found = found_by(performance.ACHIEVE, situation(given, kept))
    assert found == [("improvement_plan.scorecard.other", "scorecard")]


def test_more_time_is_later_time():
    before = stored("improvement_plan", "open", **plan().model_dump())
    found = found_by(performance.EXTEND, situation(plan(due="2026-07-15"), before=before))
    assert found == [("improvement_plan.due.not_later", "due")]
    assert not found_by(performance.EXTEND, situation(plan(due="2026-08-15"), before=before))
