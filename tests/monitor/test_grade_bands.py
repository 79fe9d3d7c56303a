"""Grade bands on decimals."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest

from supplier_eval.monitor.grade_bands import exact_score, grade_shares, grades_down, grades_touched, place_of
from supplier_eval.policy.rules import GradeBands

BANDS = GradeBands.model_validate(
    {
        "bands": [
            {"grade": "A", "lower": 90},
            {"grade": "B", "lower": 80},
            {"grade": "C", "lower": 60},
            {"grade": "D", "lower": 0},
        ]
    }
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


def test_shares_of_grades_by_hand():
    shares = grade_shares(BANDS, np.array([100.0, 90.0, 89.95, 89.9, 80.0, 0.0]), 1)
    assert shares == pytest.approx((3 / 6, 2 / 6, 0, 1 / 6))


def test_an_interval_reaches_into_every_band_between_its_ends():
    assert grades_touched(BANDS, 78, 91, 1) == ("A", "B", "C")
    assert grades_touched(BANDS, 80, 89.9, 1) == ("B",)
    assert grades_touched(BANDS, 80, 89.96, 1) == ("A", "B")
