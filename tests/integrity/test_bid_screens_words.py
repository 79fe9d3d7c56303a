"""What the screens say, in sentences."""

from __future__ import annotations

import pytest

from screened_bids import market, tenders
from supplier_eval.integrity.screening import screen_bids


def test_a_tender_is_explained_with_its_figures_and_flags():
    said = screen_bids(tenders([812_311, 893_817, 893_817, 1_097_754])).explain("t0")
    assert "t0: 4 bids." in said
    assert "coefficient of variation: 13.17 %" in said
    assert "! t0: B, C bid the same price" in said
    assert said.endswith("it proves nothing and excludes nobody.")


@pytest.mark.parametrize(
    ("prices", "reason"), [([5, 6], "too few"), ([5, 5, 5], "all prices"), ([4, 5, 5], "all losing")]
)
def test_what_is_not_defined_is_said_with_the_reason(prices, reason):
    assert f"Not defined, {reason}" in screen_bids(tenders(prices)).explain("t0")


def test_chinese_is_spoken_throughout():
    screens = screen_bids(tenders([812_311, 893_817, 893_817, 1_097_754], [5, 6]))
    for said in (screens.explain("t0", "zh"), screens.explain("t1", "zh"), screens.explain(lang="zh")):
        assert not any(word in said for word in ("bids", "price", "flag", "Not defined"))


def test_all_tenders_together_say_how_many_flags_and_how_they_were_adjusted():
    said = screen_bids(market(), settings={"adjustment": "by"}).explain()
    assert said.startswith("60 tenders with 240 bids were screened; 0 of them have a flag.")
    assert "(BY)" in said
    assert "No flag." in said


def test_lots_are_told_from_tenders():
    said = screen_bids(tenders([5, 6], lot="L1")).explain()
    assert said.startswith("1 competitions with 2 bids were screened (tenders: 1;")


def test_a_line_that_flags_everything_is_said_not_to_fit():
    frame = tenders(*([100 + at, 110.31 + at, 110.37 + at, 110.49 + at] for at in range(40)))
    assert "its line does not fit this market" in screen_bids(frame).explain()
