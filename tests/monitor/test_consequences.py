"""What is proposed after a review."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from monitor_review_parts import figures, frame, kpi_row, plan_data, review_plan
from supplier_eval.monitor.consequences import decision_day
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.reviewing import review_period

MANY = 200_000


def sure(supplier="S1", ontime=0.95, csat=4.2, milestones=1.0):
    """Figures that are known almost exactly."""
    return figures(supplier, ontime=(ontime, MANY), csat=(csat, MANY), milestones=(milestones, MANY))


def proposal(rows, **asked):
    return review_period(frame(rows), asked.pop("plan", review_plan()), "2026-01", **asked).proposals[0]


def test_a_score_whose_whole_interval_has_one_consequence_gets_it():
    found = proposal(sure(ontime=0.80, csat=3.2))
    assert (found.grade, found.action, found.look_again) == ("D", "suspend", False)
    assert found.basis == "raw, contract"
    assert found.status == "proposed"


def test_it_has_approver_expiry_and_appeal():
    found = proposal(sure(ontime=0.80, csat=3.2), as_of=date(2026, 2, 28))
    assert found.approver == "procurement committee"
    assert found.expires == date(2027, 2, 28)
    assert (found.appeal_until, found.appeal_to) == (date(2026, 3, 15), "audit office")
    assert "audit office" in found.explain()
    assert "申诉" in found.explain("zh")


def test_where_the_interval_covers_the_cut_nothing_is_taken_away():
    """Raw score 62, a C, but on four tickets it may be anything: watch, and look again."""
    rows = figures("S1", ontime=(0.75, 4), csat=(4.2, 4), milestones=(1.0, 3))
    found = proposal(rows)
    assert found.action == "watch"
    assert found.look_again
    assert found.expires is None
    assert "look again" in found.explain()


def test_an_interval_over_two_harsh_grades_supports_the_milder_one():
    rows = sure(ontime=0.85, csat=4.2)  # quality 32 of 50 points lost: raw near the C/D cut
    plan = ReviewPlan.from_mapping(
        plan_data(
            grades={"bands": [{"grade": g, "lower": at} for g, at in (("A", 99), ("B", 95), ("C", 62), ("D", 0))]}
        )
    )
    rows[0] = kpi_row("S1", "ontime", 0.85, 400)
    rows[3] = kpi_row("S1", "price_level", 100.0, 5, lower=98.0, upper=102.0)
    found = proposal(rows, plan=plan)
    assert found.action == "no_new_invitations"
    assert found.look_again


def test_grades_with_the_same_consequence_need_no_second_look():
    found = proposal(sure(csat=4.15, ontime=0.945), plan=review_plan())
    assert (found.action, found.look_again) == ("keep", False)


def test_a_period_without_a_rating_is_watched():
    found = proposal(figures("S1", ontime=None, csat=None))
    assert (found.action, found.look_again, found.by_grade) == ("watch", True, "")
    assert found.approver == "contract owner"


def test_a_critical_event_stands_apart_from_the_interval():
    events = [{"supplier": "S1", "kind": "security", "on": "2026-01-10"}]
    found = proposal(figures("S1", ontime=(1.0, 3)), events=events)
    assert (found.grade, found.action, found.look_again) == ("D", "suspend", False)
    assert "security 2026-01-10" in found.reasons[0].say()


def test_without_consequences_nothing_is_proposed():
    review = review_period(frame(sure()), review_plan(consequences=[]), "2026-01")
    assert review.proposals == ()


@pytest.mark.parametrize(
    ("as_of", "end", "day"),
    [
        (None, date(2026, 2, 1), date(2026, 2, 1)),
        (datetime(2026, 2, 5, 12), date(2026, 2, 1), date(2026, 2, 5)),
        (None, None, None),
    ],
)
def test_terms_run_from_the_day_given_or_the_end_of_the_period(as_of, end, day):
    assert decision_day(as_of, end) == day


def test_a_month_without_that_day_ends_on_its_last():
    found = proposal(sure(ontime=0.80, csat=3.2), as_of=date(2024, 2, 29))
    assert found.expires == date(2025, 2, 28)


def test_a_proposal_is_a_row_and_short():
    found = proposal(sure(ontime=0.80, csat=3.2))
    row = found.to_frame().iloc[0]
    assert (row["supplier"], row["action"], row["basis"], row["standing"]) == (
        *("S1", "suspend"),
        *("raw, contract", "exploratory"),
    )
    assert repr(found) == "Proposal('S1', 2026-01: suspend, proposed)"
