"""screen_bids: one tender, a market, and what it refuses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screened_bids import codes, flag_of, market, read_bids, tenders
from supplier_eval.errors import InvalidInput
from supplier_eval.integrity.screening import screen_bids

RIGGED = [1_000_000.0, 1_081_233.0, 1_084_517.0, 1_089_011.0, 1_086_421.0]


def test_close_prices_with_the_lowest_apart_are_flagged():
    """Both marks of Imhof, Karagök and Rutz (2018): coefficient of variation at most 6 %, relative distance above 1."""
    flag = flag_of(tenders(RIGGED), "variation_and_gap")
    assert flag.figure == pytest.approx(81_233 / np.std([p for p in RIGGED if p > 1e6], ddof=1))
    assert "variation_and_gap" not in codes(tenders([1_000_000, 1_281_233, 1_284_517, 1_289_011]))  # not close
    assert "variation_and_gap" not in codes(tenders([1_000_000, 1_011_233, 1_084_517, 1_089_011]))  # not apart
    assert "variation_and_gap" not in codes(tenders(RIGGED[:3]))


def test_a_gap_is_judged_among_as_many_tenders_as_were_looked_at():
    rigged = tenders([*RIGGED, 1_082_001, 1_087_777, 1_085_555])
    assert {"gap_unlikely", "uneven_prices"} <= set(codes(rigged))
    alone = screen_bids(rigged).to_frame()
    among = screen_bids(pd.concat([rigged, market(400)])).to_frame().set_index("tender")
    assert alone["gap_q"][0] == alone["gap_p"][0] == among["gap_p"]["t0"]
    assert among["gap_q"]["t0"] > 50 * among["gap_p"]["t0"]


def test_an_honest_market_raises_no_false_alarm():
    """2,000 tenders with even prices: without adjustment 5 % of them would be flagged."""
    rng = np.random.default_rng(11)
    frame = tenders(*np.round(rng.uniform(1e6, 1.3e6, (2000, 5)), 2).tolist())
    screens = screen_bids(frame)
    assert (screens.figures["gap_p"] <= 0.05).sum() > 70
    assert not {"screens.gap_unlikely", "screens.uneven_prices"} & {flag.code for flag in screens.flags}


def test_benjamini_yekutieli_is_stricter():
    frame = pd.concat([market(30), tenders(RIGGED)])
    bh, by = (screen_bids(frame, settings={"adjustment": how}).figures["gap_q"] for how in ("bh", "by"))
    assert (by >= bh).all()
    assert (by > bh).any()


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**6))
def test_the_order_of_rows_and_columns_does_not_change_a_bit(seed):
    frame = pd.concat([market(12, seed=3), tenders(RIGGED, [5, 5, 6])])
    mixed = frame.sample(frac=1, random_state=seed)[["price", "tender", "bidder"]]
    one, other = screen_bids(frame), screen_bids(mixed)
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame(), check_exact=True)
    assert one.flags == other.flags


@pytest.mark.parametrize("factor", [10.0, 1000.0, 0.01])
def test_a_change_of_unit_changes_no_flag(factor):
    frame = pd.concat([market(20), tenders(RIGGED, [5, 5, 6], [812_311, 850_017, 930_017, 1_010_017, 1_090_017])])
    one, other = screen_bids(frame), screen_bids(frame.assign(price=frame["price"] * factor))
    assert [(f.code, f.lot, f.bid) for f in one.flags] == [(f.code, f.lot, f.bid) for f in other.flags]
    assert len(one.flags) > 3


def test_new_names_for_the_bidders_change_names_only():
    frame = pd.concat([market(20), tenders(RIGGED, [5, 5, 6])])
    other = screen_bids(frame.assign(bidder="甲" + frame["bidder"]))
    pd.testing.assert_frame_equal(screen_bids(frame).to_frame(), other.to_frame(), check_exact=True)
    assert [f.bid.replace("甲", "") for f in other.flags] == [f.bid for f in screen_bids(frame).flags]


def test_prices_that_calculating_left_apart_are_identical():
    assert codes(tenders([0.1 + 0.2, 0.3, 0.7, 0.9])) == ["identical_prices"]


def test_other_tenders_do_not_change_a_tenders_own_figures():
    alone = screen_bids(tenders(RIGGED)).to_frame()
    among = screen_bids(pd.concat([tenders(RIGGED), market(50, bids=5)])).to_frame()
    own = among[among["tender"] == "t0"].reset_index(drop=True)
    same = [name for name in alone.columns if not name.endswith("_q") and name not in {"flags", "screens"}]
    pd.testing.assert_frame_equal(alone[same], own[same], check_exact=True)


def test_the_market_sample_gives_the_counts_that_the_documentation_states():
    """docs/screens/README.md: 1,225 municipal tenders."""
    bids = pd.read_csv(Path(__file__).parents[2] / "data" / "samples" / "market" / "bids.csv")
    named = {"tender": "pid", "bidder": "bidder_id", "price": "bid", "reserve": "reserveprice", "minimum": "minprice"}
    screens = screen_bids(bids, columns={**named, "winner": "winner"})
    assert Counter(flag.code.removeprefix("screens.") for flag in screens.flags) == {
        **{"identical_prices": 109, "at_minimum": 19, "gap_unlikely": 1, "uneven_prices": 4},
        **{"near_identical_prices": 5, "round_markups": 1, "round_losers": 1, "several_bids": 23},
        "variation_and_gap": 456,
    }
    assert "flags 37 % of the tenders" in screens.explain()
    assert "106 groups of identical prices are no flags" in screens.explain()
    every = screen_bids(bids, columns=named, settings={"tie_chance": 1})
    ties = [flag.lot for flag in every.flags if flag.code == "screens.identical_prices"]
    assert (len(ties), len(set(ties)), every.explained_ties) == (215, 190, 0)
    assert (screens.figures["cv"] < 0.01).mean() > 0.5


def test_one_bidder_and_one_tender_are_answers():
    frame = screen_bids(tenders([5])).to_frame()
    assert frame["n_bids"].tolist() == [1]
    assert frame["cv"].isna().all()
    assert frame["not_defined"][0].startswith("few_bids: spread, difference, cv")


def test_all_equal_prices_are_one_flag():
    assert codes(tenders([7, 7, 7, 7])) == ["identical_prices"]


def test_chinese_headers_and_long_names():
    frame = tenders(RIGGED).rename(columns={"tender": "项目编号", "bidder": "投标人", "price": "报价（元）"})
    frame["投标人"] = ["上海某某信息技术服务外包有限公司" * 6 + name for name in frame["投标人"]]
    screens = screen_bids(frame, columns={"tender": "项目编号", "bidder": "投标人", "price": "报价（元）"})
    assert [flag.code for flag in screens.flags] == ["screens.variation_and_gap"] or screens.flags
    assert all(flag.say("zh") for flag in screens.flags)


def test_several_currencies_in_one_tender_are_refused():
    with pytest.raises(InvalidInput) as refused:
        screen_bids(tenders(RIGGED, currency=["CNY", "CNY", "USD", "CNY", "CNY"]))
    assert [finding.code for finding in refused.value.findings] == ["bid_table.varies"]


def test_a_checked_table_is_taken_as_it_is():
    table = read_bids(tenders(RIGGED))
    assert screen_bids(table).table is table


@pytest.mark.parametrize("bids", [None, "bids.csv", [1, 2], {"tender": []}, 7])
def test_what_is_no_table_is_refused(bids):
    with pytest.raises(InvalidInput, match="a table of bids or a tender is asked for"):
        screen_bids(bids)


def test_opened_belongs_to_a_tender():
    with pytest.raises(InvalidInput) as refused:
        screen_bids(tenders(RIGGED), opened=["A"])
    assert [finding.code for finding in refused.value.findings] == ["screens.opened_of_table"]


def test_the_frame_is_not_changed():
    frame = tenders(RIGGED)
    before = frame.copy(deep=True)
    screen_bids(frame)
    pd.testing.assert_frame_equal(frame, before)
