"""What price ranges say, in both languages."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Segment, Supplier
from supplier_eval.award.price_ends import EndKind, PriceEnd
from supplier_eval.award.price_range_words import said_price
from supplier_eval.award.price_ranges import price_range
from supplier_eval.messages import LANGS, message

F = Fraction


@pytest.fixture
def made():
    bids = [Bid(lot="L", supplier=key, price=F(p)) for key, p in (("A", 10), ("B", 12))]
    bids.append(Bid(lot="L", supplier="C", curve=(Segment(qlo=F(0), qhi=F(5), fixed=F(99), slope=F(9)),)))
    lots = [Lot(id="L", demand=F(5), indivisible=True)]
    return price_range(problem_of(lots, [Supplier(id=key) for key in "ABC"], bids, currency="EUR"))


def test_the_english_sentences(made):
    assert made.explain().split("\n") == [
        "L|A, awarded 100 % at 10.00. The award stays up to 12.00, then the award goes to B, with 100 % of the demand "
        "moved to others. It stays down to a price of 0.",
        "L|B, awarded nothing at 12.00. It enters at 10.00. The award stays however high the price. It stays down to "
        "10.00, then the award goes to B, with 100 % of the demand moved to others.",
        "L|C, awarded 0 %, has a cost curve and no single price.",
        "At an end itself another award is exactly equal; only beyond it is that one better.",
        "Exploratory: ranges of prices never bind.",
    ]


def test_the_chinese_sentences(made):
    said = made.explain("zh").split("\n")
    assert said[0] == (
        "L|A：以 10.00 获得 100 %。价格升至 12.00 之前方案不变，其后由 B 中标，100 % 的需求量转给其他供应商。"
        "价格降至 0 方案不变。"
    )
    assert said[1].startswith("L|B：报价 12.00，未获授标。价格达到 10.00 时进入授标方案。")
    assert len(said) == 5


def test_ends_that_are_not_proven_are_explained(made):
    first = made["L|A"]
    ends = (
        (PriceEnd("bracket", F(11), F(12)), "stays at 11.00 and not at 12.00, where no award is known"),
        (PriceEnd("seen", F(24)), "no change was seen up to 24.00"),
        (PriceEnd("open"), "was not settled."),
        (PriceEnd("open", beyond=F(14)), "but not beyond 14.00"),
    )
    for end, said in ends:
        other = replace(made, ranges={first.offer: replace(first, high=end)})
        assert said in other.explain() and other.explain("zh")
        last = "one by one" if end.kind != "open" else "did not suffice"
        assert last in other.explain()


@pytest.mark.parametrize("status", ["infeasible", "not_optimal", "no_award_found", "feasible_at_limit"])
def test_without_ranges_the_reason_is_said(made, status):
    other = replace(made, status=status, ranges={})
    assert "\n" not in other.explain() and other.explain("zh") != other.explain()


def test_prices_keep_their_digits(made):
    assert [said_price(made, F(x)) for x in ("10", "10.5", "10.12345", "1000/3")] == [
        *("10.00", "10.50", "10.12345", "333.333333"),
    ]
    whole = replace(made, problem=made.problem.with_terms(minor_units=0))
    assert said_price(whole, F(7)) == "7"


@pytest.mark.parametrize("kind", [*get_args(EndKind), "open_beyond"])
@pytest.mark.parametrize("side", ["low", "high"])
def test_every_end_has_its_words(kind, side):
    facts = {"price": "1", "beyond": "2", "then": "x"}
    assert all(message(f"price_range.{side}.{kind}", lang, **facts) for lang in LANGS)
