"""Reviews and ratings become records that somebody else confirms."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from registry_sample import SAMPLES
from supplier_eval.errors import InvalidInput, Refused
from supplier_eval.keeping import keep_ratings, keep_review
from supplier_eval.monitor.folder_review import review_folder
from supplier_eval.monitor.period_review import PeriodReview
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.policy.rules import Adoption
from supplier_eval.registry import due_until
from supplier_eval.registry.records.suppliers import Supplier
from supplier_eval.registry.store import Registry
from supplier_eval.risk.folder_answers import answer_folder
from supplier_eval.risk.rating_result import RiskRating

RECORDS = SAMPLES / "service-records"


@pytest.fixture(scope="module")
def review() -> PeriodReview:
    agreed = ReviewPlan.load(RECORDS / "plan.toml").fingerprint
    return review_folder(RECORDS, period="2026-09", agreed=agreed).review


@pytest.fixture(scope="module")
def rating() -> RiskRating:
    found = answer_folder(SAMPLES / "risks", years=2_000).rating
    assert found is not None
    return found


@pytest.fixture
def registry(tmp_path):
    """A store that knows the suppliers of both samples; some are known by another id."""
    now = datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    with Registry.create(tmp_path / "s.sqlite", actor="wu.fang", clock=lambda: now) as made:
        ids = ("00123", "NA", *(f"S{n:02}" for n in range(3, 11)), "OSTRA", "S12")
        made.add_many(Supplier(id=one, name=f"Company {one}") for one in ids)
        yield made


OTHER = {"S11": "OSTRA"}


def test_everybody_reviewed_has_a_scorecard_of_the_days_of_the_period(registry, review):
    kept = keep_review(registry, review, suppliers=OTHER)
    assert [one.id for one in kept[:2]] == ["00123-2026-09", "NA-2026-09"]
    assert {one.supplier for one in kept} == {"OSTRA" if one == "S11" else one for one in review.suppliers}
    first = kept[0]
    assert (first.period_from, first.period_to) == (date(2026, 9, 1), date(2026, 10, 1))
    assert (first.score, first.grade, first.standing) == (Decimal("85.1"), "B", "binding")
    assert first.lower < first.score < first.upper
    assert first.report is None
    assert first.policy_fingerprint == review.policy_fingerprint
    assert next(one for one in kept if one.supplier == "S04").coverage == Decimal("0.875")


def test_whoever_scored_does_not_confirm(registry, review):
    card = keep_review(registry, review, suppliers=OTHER)[0]
    day = registry.today
    with pytest.raises(Refused) as refused:
        registry.move(card, "confirm", confirmed_by="Wu.Fang", confirmed_on=day)
    assert [f.code for f in refused.value.findings] == ["scorecard.confirmed_by.scorer"]
    assert registry.move(card, "confirm", confirmed_by="chen.bo", confirmed_on=day).state == "confirmed"


def test_an_exploratory_review_is_kept_and_never_confirmed(registry, review):
    exploratory = dataclasses.replace(review, reasons=("not agreed",))
    card = keep_review(registry, exploratory, suppliers=OTHER)[0]
    with pytest.raises(Refused) as refused:
        registry.move(card, "confirm", confirmed_by="chen.bo", confirmed_on=registry.today)
    assert [f.code for f in refused.value.findings] == ["scorecard.standing.exploratory"]


def test_who_was_not_rated_has_no_score_and_the_reason(registry, review):
    cards = tuple(
        dataclasses.replace(card, unrated="coverage", coverage=Fraction(1, 4)) if card.supplier == "S05" else card
        for card in review.cards
    )
    kept = keep_review(registry, dataclasses.replace(review, cards=cards), suppliers=OTHER, data_class="internal")
    (card,) = [one for one in kept if one.supplier == "S05"]
    assert (card.score, card.lower, card.upper, card.grade) == (None, None, None, "")
    assert card.coverage == Decimal("0.25")
    assert {one.report for one in kept} == {card.report}
    said = registry.content(card.report).decode("utf-8")
    assert "S05, 2026-09. Coverage 25.0%" in said and "Not rated" in said
    assert said.count("25.0%") == 2  # in English
    assert "25.0 %" in said  # in Chinese too
    with pytest.raises(Refused) as refused:
        registry.move(card, "confirm", confirmed_by="chen.bo", confirmed_on=registry.today)
    assert "score" in {f.column for f in refused.value.findings}


def test_a_supplier_that_is_not_on_record_keeps_nobody(registry, review):
    with pytest.raises(Refused) as refused:
        keep_review(registry, review)
    assert [f.value for f in refused.value.findings] == ["S11"]
    assert registry.count("scorecard") == 0


def test_the_same_period_is_not_kept_twice(registry, review):
    keep_review(registry, review, suppliers=OTHER)
    with pytest.raises(Refused):
        keep_review(registry, review, suppliers=OTHER)
    assert registry.count("scorecard") == len(review.suppliers)


def test_a_period_without_days_is_refused(registry, review):
    with pytest.raises(InvalidInput) as refused:
        keep_review(registry, dataclasses.replace(review, span=None, period="spring"), suppliers=OTHER)
    assert [(f.code, f.value) for f in refused.value.findings] == [("keeping.no_days", "spring")]


def test_everybody_rated_has_a_rating_with_its_reasons(registry, rating):
    kept = keep_ratings(registry, rating, date(2027, 5, 31))
    assert {one.supplier for one in kept} == set(rating.to_frame()["supplier"]) - set(rating.not_rated)
    risky = next(one for one in kept if one.supplier == "S03")
    assert (risky.id, risky.on, risky.rating, risky.score) == (
        "S03-2026-11-30",
        date(2026, 11, 30),
        "D",
        Decimal("65.8"),
    )
    assert "65.8" in risky.reasons
    assert risky.next_review == date(2027, 5, 31)


def test_whoever_rated_does_not_confirm(registry, rating):
    plan = rating.plan.model_copy(update={"adoption": Adoption(by="board", on=date(2026, 1, 5))})
    bound = dataclasses.replace(rating, plan=plan, agreed=plan.fingerprint)
    one = keep_ratings(registry, bound, date(2027, 5, 31))[0]
    assert one.standing == "binding"
    with pytest.raises(Refused) as refused:
        registry.move(one, "confirm", confirmed_by="wu.fang", confirmed_on=registry.today)
    assert [f.code for f in refused.value.findings] == ["risk_rating.confirmed_by.rater"]
    assert registry.move(one, "confirm", confirmed_by="chen.bo", confirmed_on=registry.today).state == "confirmed"


def test_an_exploratory_rating_is_kept_and_not_confirmed(registry, rating):
    one = keep_ratings(registry, rating, date(2027, 5, 31))[0]
    assert one.standing == rating.standing == "exploratory"
    with pytest.raises(Refused) as refused:
        registry.move(one, "confirm", confirmed_by="chen.bo", confirmed_on=registry.today)
    assert [f.code for f in refused.value.findings] == ["risk_rating.standing.exploratory"]


def test_what_falls_due_again_is_the_next_rating(registry, rating):
    keep_ratings(registry, rating, date(2027, 5, 31))
    due = due_until(registry, date(2027, 6, 1)).to_frame()
    assert set(due["kind"]) == {"risk_rating"}
    assert len(due) == 10
