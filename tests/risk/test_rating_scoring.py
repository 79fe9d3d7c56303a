"""Score, level, knock-outs and levels that the bounds reach, by hand."""

from __future__ import annotations

from fractions import Fraction

from supplier_eval.risk import RatingPlan
from supplier_eval.risk.rating_measures import Measured
from supplier_eval.risk.rating_records import Subject
from supplier_eval.risk.rating_scoring import score_supplier

PLAN = RatingPlan.of(
    {
        "measures": [
            {"id": "legal", "weight": 60, "knots": [[0, 0], [100, 100]]},
            {"id": "delivery", "weight": 40, "knots": [[0, 100], [100, 0]]},
        ],
        "levels": [{"id": "low", "lower": 0}, {"id": "mid", "lower": 30}, {"id": "high", "lower": 60}],
        "knock_outs": [{"id": "law", "measure": "legal", "points": 40, "level": "high"}],
        "coverage_floor": "0.5",
    }
)
WHO = Subject("S", "", None, None, None, None)


def scored(legal, delivery=None, bounds=None):
    low, high = bounds or (delivery, delivery)
    figures = {"legal": Measured(Fraction(legal), Fraction(legal), Fraction(legal))}
    figures["delivery"] = (
        Measured(why="no_row") if delivery is None else Measured(Fraction(delivery), Fraction(low), Fraction(high))
    )
    return score_supplier(WHO, figures, PLAN)


def test_reasons_in_order_of_contribution():
    """20 x 0.6 = 12 and 50 x 0.4 = 20: 32, and delivery first although its weight is smaller."""
    one = scored(20, 50)
    assert [(r.measure, r.contribution) for r in one.reasons] == [("delivery", 20), ("legal", 12)]
    assert (one.score, one.level, one.effective, one.knock_outs) == (32, "mid", 32, ())


def test_a_knock_out_stands_apart_from_the_score():
    one = scored(40, 90)
    assert (one.score, one.score_level, one.level, one.effective) == (28, "low", "high", 60)
    assert one.knock_outs == ("law",)


def test_bounds_that_cross_a_line_name_both_levels():
    """Delivery 40 to 60 is 40 to 60 points: 28 to 36."""
    one = scored(20, 50, (40, 60))
    assert (one.lower, one.upper, one.between) == (28, 36, ("low", "mid"))


def test_what_is_missing_is_in_no_mean():
    one = scored(20)
    assert (one.score, one.coverage, one.possible) == (20, Fraction(3, 5), (12, 52))
    assert one.reasons[-1].why == "no_row"


def test_too_little_assessed_is_no_rating_but_knock_outs_are_told():
    figures = {"legal": Measured(why="no_table"), "delivery": Measured(Fraction(0), Fraction(0), Fraction(0))}
    one = score_supplier(WHO, figures, PLAN)
    assert (one.why, one.score, one.level, one.effective) == ("coverage", None, "", None)
    strict = PLAN.replace(coverage_floor=1)
    legal = {"legal": Measured(*[Fraction(50)] * 3), "delivery": Measured(why="no_row")}
    assert score_supplier(WHO, legal, strict).knock_outs == ("law",)


def test_rounding_comes_before_the_level():
    """Legal 29.95 alone is 30.0 rounded: mid."""
    assert (scored("29.95").score, scored("29.95").level, scored("29.94").level) == (30, "mid", "low")
