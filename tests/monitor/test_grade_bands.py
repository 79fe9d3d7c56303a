"""Grade bands on decimals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from scipy.stats import norm

from supplier_eval.monitor.grade_bands import exact_score, grade_shares, grades_down, grades_touched, place_of
from supplier_eval.policy.rules import GradeBands

BANDS = GradeBands.model_validate(
    {"bands": [{"grade": g, "lower": at} for g, at in (("A", 90), ("B", 80), ("C", 60), ("D", 0))]}
)


def test_exactly_100_has_the_top_grade_and_exactly_0_the_last():
    assert grades_down(BANDS)[place_of(BANDS, Decimal(100))] == "A"
    assert grades_down(BANDS)[place_of(BANDS, Decimal(0))] == "D"


@pytest.mark.parametrize(
    ("score", "grade"), [("90.0", "A"), ("89.9", "B"), ("80", "B"), ("79.99", "C"), ("60", "C"), ("59.999", "D")]
)
def test_a_cut_belongs_to_the_band_above_it(score, grade):
    assert grades_down(BANDS)[place_of(BANDS, Decimal(score))] == grade


def test_rounding_is_half_up_on_decimals_and_comes_first():
    assert exact_score(89.95, 1) == Decimal("90.0")
    assert exact_score(89.949, 1) == Decimal("89.9")
    assert exact_score(2.675, 2) == Decimal("2.68")
    assert exact_score(99.99999999999, 6) == Decimal(100)
    assert str(exact_score(80, 1)) == "80.0"


def test_shares_of_grades_count_from_where_a_score_is_rounded_up_to_a_cut():
    shares = grade_shares(BANDS, lambda x: float(norm.cdf(x, 85, 3)), 1)
    assert sum(shares) == pytest.approx(1)
    assert shares[0] == pytest.approx(norm.sf(89.95, 85, 3))
    assert shares[1] == pytest.approx(norm.sf(79.95, 85, 3) - norm.sf(89.95, 85, 3))


def test_a_score_without_doubt_has_one_grade():
    assert grade_shares(BANDS, lambda x: 0.5, 1, Decimal("90.0")) == (1.0, 0.0, 0.0, 0.0)


def test_an_interval_reaches_into_every_band_between_its_ends():
    assert grades_touched(BANDS, 78, 91, 1) == ("A", "B", "C")
    assert grades_touched(BANDS, 80, 89.9, 1) == ("B",)
    assert grades_touched(BANDS, 80, 89.96, 1) == ("A", "B")
