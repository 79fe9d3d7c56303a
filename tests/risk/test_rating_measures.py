"""Figures of measures, with bounds or with the reason why there is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from supplier_eval.risk import RatingPlan
from supplier_eval.risk.rating_measures import Measured, RatingInputs, measure
from supplier_eval.risk.rating_records import Delivered, Event, Subject
from supplier_eval.risk.rating_spend import SpendShares

DAY = date(2026, 6, 30)
PLAN = RatingPlan.of()
SUBJECT = Subject("S", "", Fraction(1, 4), None, DAY, None)


def found(name, **tables):
    return measure(name, "s", SUBJECT, RatingInputs(DAY, **tables), PLAN)


@pytest.mark.parametrize("name", ["financial", "delivery", "spend_share", "security", "legal", "concentration"])
def test_no_table_is_a_reason(name):
    assert found(name) == Measured(why="no_table")


def test_own_figures():
    assert found("revenue_share").figure == Fraction(1, 4)
    assert found("single_source").why == "no_figure"


def test_a_score_outside_its_own_bounds_widens_them():
    one = found("delivery", delivery={"s": Delivered(Fraction(100), Fraction(90), Fraction(99), None)})
    assert (one.lower, one.figure, one.upper) == (90, 100, 100)


def test_shares_of_no_spend_are_not_defined():
    nothing = SpendShares({"s": Fraction(0)}, {"s": ()}, Fraction(0))
    assert found("spend_share", spend=nothing).why == "no_spend"
    third = SpendShares({"s": Fraction(1)}, {"s": ("",)}, Fraction(3))
    assert found("spend_share", spend=third).figure == Fraction(1, 3)


def test_points_of_events():
    events = {"s": [Event("a", "critical", overdue=True), Event("b", "medium")]}
    assert found("security", security=events).figure == 54
    assert found("security", security={}).figure == 0
    assert found("legal", legal={}).why == "never_checked"
    assert found("legal", legal={"s": [Event("r", "minor")]}).figure == 5
