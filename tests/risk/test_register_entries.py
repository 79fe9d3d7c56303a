"""Levels, age and reviews of one risk."""

from __future__ import annotations

from datetime import date

import pytest
from scipy.stats import lognorm

from supplier_eval.risk import RatedOn, RegisteredRisk, RiskLevel
from supplier_eval.risk.register_entries import money_text

DAY = date(2026, 1, 1)
KNOWN, UNKNOWN = RiskLevel(0.5, 1e4, 1e6), RiskLevel(0.5, None, 1e6)


def entry(*ratings, review_every=None):
    made = tuple(RatedOn(on, "Lin", level) for on, level in ratings)
    return RegisteredRisk(
        "r", "", "legal", "", "", "Lin", date(2025, 1, 1), DAY, ratings=made, review_every=review_every
    )


def test_the_expected_loss_is_frequency_times_the_mean_of_the_lognormal():
    sigma = (13.815510557964274 - 9.210340371976184) / (2 * 1.6448536269514722)
    mean = lognorm(sigma, scale=1e5).mean()
    assert KNOWN.impact == pytest.approx(mean, rel=1e-12)
    assert KNOWN.expected_loss == pytest.approx(0.5 * mean, rel=1e-12)
    assert RiskLevel(3, 7, 7).expected_loss == pytest.approx(21)


def test_what_is_partly_known_is_not_assessed_and_zero_is_known():
    assert not UNKNOWN.assessed
    assert (UNKNOWN.impact, UNKNOWN.expected_loss) == (None, None)
    assert RiskLevel(None, 1, 2).expected_loss is None
    assert RiskLevel(0, 1, 2).expected_loss == 0


def test_what_is_not_assessed_ages_from_the_day_it_was_entered_or_withdrawn():
    assert (entry().state, entry().age) == ("not_assessed", 365)
    assert entry((date(2025, 6, 1), UNKNOWN)).age == 365
    withdrawn = entry((date(2025, 6, 1), KNOWN), (date(2025, 9, 1), UNKNOWN), (date(2025, 12, 1), UNKNOWN))
    assert (withdrawn.state, withdrawn.age, withdrawn.overdue) == ("not_assessed", 122, 122)
    again = entry((date(2025, 6, 1), UNKNOWN), (date(2025, 12, 31), KNOWN))
    assert (again.state, again.age) == ("assessed", 1)


def test_reviews_are_due_after_the_newest_rating():
    assert entry().review_due == date(2025, 1, 1)
    assert entry((date(2025, 6, 1), KNOWN)).review_due is None
    late = entry((date(2025, 6, 1), KNOWN), review_every=90)
    assert (late.review_due, late.overdue) == (date(2025, 8, 30), 124)
    assert entry((DAY, KNOWN), review_every=1).overdue == 0


def test_the_rating_that_stood_on_a_day():
    one = entry((date(2025, 6, 1), KNOWN), (date(2025, 9, 1), UNKNOWN))
    assert one.rated_on(date(2025, 5, 31)) is None
    assert one.rated_on(date(2025, 9, 1)).level is UNKNOWN
    assert one.level("current") is UNKNOWN


def test_money_in_sentences():
    assert [money_text(x) for x in (None, 0.5, 999.5, 1e6, 1234567.6)] == [
        "-",
        "0.5",
        "999.5",
        "1,000,000",
        "1,234,568",
    ]
