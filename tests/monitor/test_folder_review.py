"""A folder of service records reviewed with one call."""

from __future__ import annotations

from datetime import date

import pytest

from monitor_folders import SAMPLE, copied, lines_of, two_years
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.folder_review import review_folder


def codes(refused):
    return {finding.code for finding in refused.value.findings}


def test_the_last_complete_month_is_reviewed_with_all_months_before_it():
    answers = two_years()
    assert [answers.reviews[0].period, answers.review.period, len(answers.reviews)] == ["2024-11", "2026-10", 24]
    assert answers.standing == "exploratory"


def test_a_named_month_knows_nothing_of_later_ones():
    early = review_folder(SAMPLE, period="2025-06")
    assert early.review.period == "2025-06"
    assert len(early.reviews) == 8
    assert early.results.as_of.isoformat() == "2025-06-30T16:00:00+00:00"


def test_an_agreed_plan_makes_the_review_binding_and_another_length_does_not():
    plan = two_years().plan
    whole = review_folder(SAMPLE, period="2025-01", agreed=plan.fingerprint)
    assert (whole.standing, len(whole.reviews)) == ("binding", 3)
    quarters = review_folder(SAMPLE, span=("2025Q1", "2025Q2"), by="quarter", agreed=plan.fingerprint)
    assert [one.period for one in quarters.reviews] == ["2025Q1", "2025Q2"]
    assert quarters.standing == "exploratory"
    assert quarters.policy_fingerprint != plan.fingerprint


def test_a_history_that_begins_later_than_the_plan_says_explores():
    plan = two_years().plan
    later = review_folder(SAMPLE, span=("2025-05", "2025-06"), agreed=plan.fingerprint).review
    assert later.standing == "exploratory"
    assert [reason.code for reason in later.reasons] == ["review.standing.history_missing"]
    assert "2024-11" in later.standing_words()


def test_a_folder_begins_with_the_declared_period_and_by_quarter_with_the_quarter_around_it():
    plan = two_years().plan.replace(first_period="2025-02")
    assert [one.period for one in review_folder(SAMPLE, plan=plan, period="2025-03").reviews] == ["2025-02", "2025-03"]
    quarters = review_folder(SAMPLE, plan=plan, period="2025Q2", by="quarter")
    assert [one.period for one in quarters.reviews] == ["2025Q1", "2025Q2"]
    assert review_folder(SAMPLE, plan=plan, period="2024-12").review.period == "2024-12"


def test_one_supplier_is_shown_alone_and_measured_among_all():
    alone = review_folder(SAMPLE, span=("2025-05", "2025-06"), supplier="s03")
    assert alone.shown == ("S03",)
    assert len(alone.review.suppliers) == 12
    with pytest.raises(UnknownName):
        review_folder(SAMPLE, supplier="S99")


@pytest.mark.parametrize("day", [date(2025, 7, 1), "2025-07-01", "2025-07-01T00:00+08:00"])
def test_the_moment_of_knowledge_bounds_the_period(day):
    assert review_folder(SAMPLE, span=("2025-05", ""), as_of=day).review.period == "2025-06"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"period": "2030-01"}, "review.folder.outside"),
        ({"period": "2025-06", "span": ("", "2025-07")}, "review.folder.two_ends"),
        ({"span": ("2025-07", "2025-06")}, "review.folder.order"),
        ({"by": "week"}, "review.folder.length"),
        ({"as_of": "yesterday"}, "review.as_of"),
        ({"period": "June"}, "period.unreadable"),
        ({"period": "2025-06", "as_of": "2025-06-15"}, "period.not_over"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(asked, code):
    with pytest.raises(InvalidInput) as refused:
        review_folder(SAMPLE, **asked)
    assert code in codes(refused)


def test_an_event_in_the_folder_sets_the_grade(tmp_path):
    events = "supplier,kind,on,reference,words\nNA,security,2025-06-10,SEC-7,data of clients sent to a stranger\n"
    place = copied(tmp_path / "records", events_csv=events)
    card = review_folder(place, span=("2025-06", "2025-06")).review["NA"]
    assert (card.grade, len(card.events)) == ("D", 1)


def test_one_supplier_in_one_month_is_reviewed(tmp_path):
    def one(cells):
        return "S09" in cells

    tables = {f"{name}_csv": lines_of(f"{name}.csv", one) for name in (
        "contracts", "inspections", "complaints", "feedback", "milestones", "services", "outages", "maintenance",
        "quotes", "volumes", "drills", "targets",
    )}  # fmt: skip
    tickets = lines_of("tickets.csv", lambda cells: cells[1] == "S09" and cells[3].startswith("2025-06"))
    place = copied(tmp_path / "records", without=("holds.csv", "credits.toml"), tickets_csv=tickets, **tables)
    answers = review_folder(place, span=("2025-06", "2025-06"))
    assert [card.supplier for card in answers.review.cards] == ["S09"]
    lines = {line.kpi: line for line in answers.review["S09"].lines}
    assert lines["price_level"].status == "not_market_rated"
