"""Each pattern inside a tender: a case that it finds, and the nearest one that it leaves alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from screened_bids import codes, flag_of, market, read_bids, tenders
from supplier_eval.integrity.bid_patterns import market_digits
from supplier_eval.integrity.screen_settings import ScreenSettings
from supplier_eval.integrity.screening import screen_bids

ODD = [812_311.0, 893_817.0, 951_003.0, 1_097_754.0]


def test_prices_without_a_pattern_have_no_flag():
    assert codes(market()) == []


def test_identical_prices_name_who_bid_them():
    flag = flag_of(tenders([812_311, 893_817, 893_817, 1_097_754]), "identical_prices")
    assert (flag.lot, flag.bid, flag.figure) == ("t0", "B, C", 2)
    assert "893,817.00" in flag.say("en")
    assert codes(tenders([812_311, 893_817, 893_818.5, 1_097_754], near=1)) == ["near_identical_prices"]


@pytest.mark.parametrize(("apart", "found"), [(80.0, True), (81.0, True), (90.0, False)])
def test_nearly_identical_is_one_in_ten_thousand(apart, found):
    frame = tenders([812_311, 812_311 + apart, 951_003, 1_097_754])
    assert codes(frame) == (["near_identical_prices"] if found else [])
    assert codes(frame, settings={"near": 0.0}) == []


def test_losing_prices_at_equal_steps():
    flag = flag_of(tenders([812_311, 850_017, 930_017, 1_010_017, 1_090_017]), "equal_steps")
    assert (flag.bid, flag.facts["step"], flag.facts["count"]) == ("B, C, D, E", 80_000, 3)
    assert codes(tenders([812_311, 850_017, 930_017, 1_010_017])) == []  # two steps are not enough
    assert codes(tenders([812_311, 850_017, 930_017, 1_019_017, 1_090_017])) == []


def test_losing_prices_at_equal_ratios():
    prices = [500_000.0 * 1.1**i for i in range(1, 6)]
    flag = flag_of(tenders([400_123.0, *prices]), "equal_ratios")
    assert float(flag.facts["step"]) == pytest.approx(1.1)


def test_losing_prices_at_round_markups_on_the_lowest():
    flag = flag_of(tenders([812_311.0, *(round(812_311 * (1 + m)) for m in (0.03, 0.155, 0.32))]), "round_markups")
    assert flag.facts["markups"] == "3.00 %, 15.50 %, 32.00 %"
    assert codes(tenders(ODD)) == []


COARSE = market().assign(price=lambda frame: frame["price"].round(-4))


def test_steps_and_markups_that_rounding_explains_are_left_alone_in_a_market():
    """Steps of one unit each, markups of whole percents on a round price: in this market they say nothing."""
    steps = tenders([500_000, 610_000, 620_000, 630_000, 640_000])
    markups = tenders([500_000, 520_000, 580_000, 710_000])
    for frame, screen in ((steps, "equal_steps"), (markups, "round_markups")):
        assert screen in codes(frame)
        assert screen not in codes(pd.concat([COARSE, frame]))
    fine = tenders([500_123, 610_017, 650_017, 690_017, 730_017])
    assert "equal_steps" in codes(pd.concat([COARSE, fine]))


def test_a_tie_says_how_likely_rounding_makes_it():
    flag = flag_of(tenders([500_000, 540_000, 540_000, 600_000]), "identical_prices")
    assert flag.facts["unit"] == 10_000
    assert flag.facts["chance"] == "46"  # four prices on eleven places: 1 - 10 x 9 x 8 / 11^3


TIED = [500_000, 510_000, 510_000, 530_000]  # four prices on four places: 1 - 3/4 x 2/4 x 1/4 = 91 %


def test_a_tie_that_rounding_makes_likely_is_counted_and_no_flag_in_a_market():
    alone, among = screen_bids(tenders(TIED)), screen_bids(pd.concat([COARSE, tenders(TIED)]))
    assert flag_of(tenders(TIED), "identical_prices").facts["chance"] == "91"
    assert alone.explained_ties == 0
    assert "screens.identical_prices" not in {flag.code for flag in among.flags_of("t0")}
    assert among.explained_ties >= 1
    every = screen_bids(pd.concat([COARSE, tenders(TIED)]), settings={"tie_chance": 1})
    assert "screens.identical_prices" in {flag.code for flag in every.flags_of("t0")}
    assert every.explained_ties == 0


def test_a_tender_of_equal_prices_is_a_flag_in_any_market_and_claims_no_chance():
    among = screen_bids(pd.concat([COARSE, tenders([500_000] * 4)]))
    (flag,) = [one for one in among.flags_of("t0") if one.code == "screens.identical_prices"]
    assert "no range is left for rounding" in flag.say("en")
    assert "%" not in flag.say("zh")


def test_no_chance_is_written_with_an_exponent():
    for prices in ([1, 1, 2, 3], [812_311.25, 893_817.33, 893_817.33, 1_097_754.99, 9e11]):
        for flag in screen_bids(tenders(prices)).flags:
            assert "e+" not in flag.say("en")
            assert "e-" not in flag.say("en")


def test_round_losing_prices_are_judged_by_the_market():
    rigged = tenders([612_311, 700_000, 800_000, 900_000])
    assert "round_losers" not in codes(rigged)  # no market to compare with
    assert "round_losers" in codes(pd.concat([market(), rigged]))
    honest = tenders([612_311, 712_345, 800_000, 900_000])
    assert "round_losers" not in codes(pd.concat([market(), honest]))
    whole = tenders([600_000, 700_000, 800_000, 900_000])
    assert "round_losers" not in codes(pd.concat([market(), whole]))


def test_the_usual_digits_need_a_market():
    assert market_digits(read_bids(market()), ScreenSettings()) == 6
    assert market_digits(read_bids(tenders(ODD)), ScreenSettings()) is None


@pytest.mark.parametrize(("line", "bidders"), [(812_311, "A"), (811_900, "A"), (811_000, ""), (812_312, "")])
def test_prices_at_the_abnormal_line_or_just_above(line, bidders):
    frame = tenders(ODD, minimum=float(line))
    assert codes(frame) == (["at_minimum"] if bidders else [])
    if bidders:
        assert flag_of(frame, "at_minimum").bid == bidders


def test_a_tender_without_abnormal_line_is_left_alone():
    assert codes(tenders(ODD, [812_311.0], minimum=[np.nan] * 4 + [812_311.0])) == ["at_minimum"]


def test_bids_that_arrive_minutes_apart():
    moments = ["2026-03-01 09:00 +08:00", "2026-03-01 01:04 +00:00", "2026-03-01 09:40 +08:00", ""]
    flag = flag_of(tenders(ODD, submitted_at=moments), "submitted_together")
    assert (flag.bid, flag.figure) == ("A, B", 4)
    assert codes(tenders(ODD, submitted_at=moments), settings={"minutes": 3}) == []


def test_one_bidder_with_several_prices():
    frame = tenders(ODD).assign(bidder=["A", "A", "B", "C"])
    assert (flag_of(frame, "several_bids").bid, flag_of(frame, "several_bids").figure) == ("A", 2)


def test_the_same_bidder_is_not_identical_with_itself():
    frame = tenders([812_311, 812_312, 951_003, 1_097_754]).assign(bidder=["A", "A", "B", "C"])
    assert codes(frame) == ["several_bids"]


def test_two_bidders_that_keep_one_ratio():
    base = np.array([812_311.0, 533_217.0, 700_129.0])
    frame = tenders(*([price, round(price * 1.0371, 2), price * 1.2 + at * 7_001] for at, price in enumerate(base)))
    flag = flag_of(frame, "constant_ratio")
    assert (flag.lot, flag.bid, flag.facts["count"]) == ("", "A, B", 3)
    assert float(flag.facts["ratio"]) == pytest.approx(1 / 1.0371, rel=1e-4)
    assert codes(frame, settings={"ratio_tenders": 4}) == []


SHEETS = {
    "copied": [(10.11, 23.45, 7.31), (10.11, 23.45, 7.40)],
    "marked up": [(10.00, 23.50, 7.40), (10.50, 24.675, 7.77)],
    "independent": [(10.11, 23.45, 7.31), (11.40, 22.95, 8.02)],
}


@pytest.mark.parametrize(
    ("sheet", "screen"),
    [("copied", ["item_prices_equal"]), ("marked up", ["item_ratio_constant"]), ("independent", [])],
)
def test_price_sheets_that_repeat_each_other(sheet, screen):
    rows = [
        ("t0", who, f"i{at}", price)
        for who, prices in zip("AB", SHEETS[sheet], strict=True)
        for at, price in enumerate(prices)
    ]
    items = pd.DataFrame(rows, columns=["tender", "bidder", "item", "unit_price"])
    assert codes(tenders(ODD), items=items) == screen
    assert codes(tenders(ODD), items=items, settings={"items": 4}) == []
