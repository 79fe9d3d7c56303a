"""Break-even figures in sentences: each case says what it must, and says it in both languages."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from supplier_eval.robustness.breakeven_mark import MarkRange
from supplier_eval.robustness.breakeven_price import PriceRange
from supplier_eval.robustness.breakeven_words import Labels, mark_note, price_note, say_bid, say_nearest
from supplier_eval.robustness.winning_ends import Interval

LABELS = Labels({"B": "Beta"}, {"price": {"en": "Price", "zh": "价格"}, "team": {"en": "Team", "zh": "团队"}}, 2)
UP_TO = Interval(0.01, 90.0, True, False, "asked", "tie")
WINDOW = Interval(95.5, 97.25, False, True, "tie", "jump")
PRICE = PriceRange(
    "B",
    "price",
    False,
    100.0,
    asked=(0.01, 1000.0),
    wins=(UP_TO,),
    whole=((Decimal("0.01"), Decimal("89.99")),),
    single=True,
    kind="threshold",
)
MARK = MarkRange(
    "B", "team", "E1", False, 70.0, wins=(Interval(80.0, 100.0, True, True, "jump", "asked"),), kind="threshold"
)


def said(price=PRICE, marks=(MARK,), mark=MARK, lang="en"):
    return say_bid("B", [price], list(marks), mark, LABELS, lang)


def test_a_loser_is_told_price_change_and_proved_threshold():
    text = said()
    assert "89.99 instead of 100.00 (−10.01, −10.0100 %)" in text
    assert "none above 90.00: proved" in text
    assert "E1 had given 80 instead of 70 on “Team” (+10)" in text


def test_windows_are_spelled_out_with_open_and_closed_ends():
    two = replace(PRICE, wins=(UP_TO, WINDOW), whole=(*PRICE.whole, None), kind="intervals", single=False)
    assert "from 0.01 and below 90.00; above 95.50 up to 97.25" in said(two)
    assert "above 95.50 up to 97.25" in price_note(two, LABELS, "en")
    assert "高于 95.50 至 97.25（含）" in price_note(two, LABELS, "zh")


def test_never_and_always_name_the_range_that_was_asked():
    assert "no price from 0.01 to 1,000.00" in said(replace(PRICE, wins=(), whole=(), kind="never"))
    every = Interval(0.01, 1000.0, True, True, "asked", "asked")
    always = replace(PRICE, winner=True, wins=(every,), whole=((Decimal("0.01"), Decimal(1000)),), kind="always")
    assert "up to 1,000.00" in said(always)


def test_a_winner_keeps_and_a_tied_one_would_win_alone():
    wider = replace(PRICE, winner=True, price=80.0)
    assert "still wins with 89.99 instead of 80.00 (+9.99, +12.4875 %)" in said(wider)
    tied = replace(PRICE, winner=True, price=90.0, ties=((90.0, 90.0),))
    assert "would win alone with 89.99" in said(tied)
    assert "shares rank 1" in price_note(tied, LABELS, "en")


def test_a_window_without_a_whole_price_and_unresolved_rounding_are_said():
    odd = replace(PRICE, wins=(Interval(90.001, 90.002, False, False, "tie", "tie"),), whole=(None,), kind="intervals")
    assert "No price in whole minor units" in price_note(odd, LABELS, "en")
    assert odd.change == pytest.approx(-9.998)
    assert "approximate" in price_note(replace(PRICE, complete=False), LABELS, "en")
    assert "approximate" in mark_note(replace(MARK, complete=False), LABELS, "en")


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        (MARK, "had given 80 instead of 70"),
        (replace(MARK, wins=(Interval(80.0, 100.0, False, True, "tie", "asked"),)), "gone beyond 80, from 70"),
        (replace(MARK, winner=True, mark=90.0), "from 90 to 80 (−10), but not beyond"),
        (
            replace(MARK, winner=True, mark=90.0, wins=(Interval(80.0, 100.0, False, True, "tie", "asked"),)),
            "no longer wins alone if E1's mark on “Team” goes from 90 to 80",
        ),
    ],
)
def test_the_nearest_mark_is_said_as_what_it_is(mark, words):
    assert words in say_nearest(mark, LABELS, "en")
    assert "Beta" in say_nearest(mark, LABELS, "zh")


def test_where_no_mark_does_it_that_is_said():
    assert "No single mark of one evaluator would have changed the winner" in say_nearest(None, LABELS, "en")
    assert "No single mark" in said(marks=(replace(MARK, wins=(), kind="never"),), mark=None)


def test_levels_and_ties_of_marks_are_noted():
    points = (Interval(60.0, 60.0, True, True, "asked", "asked"), Interval(80.0, 80.0, True, True, "asked", "asked"))
    assert "levels 60, 80" in mark_note(replace(MARK, wins=points, kind="levels"), LABELS, "en")
    assert "shares rank 1" in mark_note(replace(MARK, ties=((65.0, 75.0),)), LABELS, "en")
    assert mark_note(MARK, LABELS, "en") == ""


@pytest.mark.parametrize("why", ["not_considered", "ruled_out", "not_opened"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_bids_that_are_out_have_one_sentence(why, lang):
    gone = PriceRange("B", "price", False, None, not_asked=why)
    text = said(gone, marks=(), mark=None, lang=lang)
    assert len(text.splitlines()) == 2
    assert price_note(gone, LABELS, lang) == text.splitlines()[1]
