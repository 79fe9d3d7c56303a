"""What near-optimal awards say, in both languages."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import pytest

from award_problems import problem_of
from supplier_eval.award.near_optimal import near_optimal_awards
from supplier_eval.award.near_optimal_result import Ending
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.messages import LANGS, message

F = Fraction


def found(suppliers="AB", objective="cost", **asked):
    bids = [Bid(lot="L", supplier=key, price=F(10 + at)) for at, key in enumerate(suppliers)]
    known = [Supplier(id=key, attributes={"score": F(50 + at)}) for at, key in enumerate("AB")]
    lots = [Lot(id="L", demand=F(10), indivisible=True)]
    return near_optimal_awards(problem_of(lots, known, bids, objective=objective, currency="EUR"), **asked)


def test_the_english_sentences():
    assert found(within=0.1).explain().split("\n") == [
        "Award 1, the optimum: cost 100.00 EUR, awarded to A.",
        "Award 2: 110.00 EUR, worse by 10.00 EUR; 100 % of the demand is with other suppliers than in the optimum; "
        "awarded to B.",
        "Asked for: within 10 % of the optimum, and between any two awards at least 10 % of the demand with other "
        "suppliers.",
        "The list is complete: it is proven that no further award is within the limit and differs from all of these.",
        "Exploratory: near-optimal awards never bind.",
    ]


def test_the_chinese_sentences():
    said = found(amount=5, differ="winners").explain("zh").split("\n")
    assert said == [
        "方案 1（最优）：成本为 100.00 EUR，授予 A。",
        "要求：与最优值相差不超过 5.00 EUR，且任意两个方案之间中标供应商组合不同。",
        "列表完整：已证明没有其他方案既在限度之内又与以上各方案均有足够差异。",
        "仅供探讨：近似最优方案不具约束力。",
    ]


def test_points_are_no_money():
    assert "attr:score 510, awarded to B" in found(objective="score", within=0.05).explain()
    assert "500, worse by 10;" in found(objective="score", within=0.05).explain()


def test_without_an_award_the_reason_is_said():
    nothing = found(suppliers="")
    assert nothing.explain() == "No award keeps all hard rules, so none is near the optimum."
    assert "Give more time" in replace(nothing, status="no_award_found").explain()
    assert "no_award_found" in replace(nothing, status="no_award_found").explain("zh")


def test_what_is_not_proven_is_said():
    made = found(within=0.1)
    doubtful = replace(made, awards=(made.awards[0], replace(made.awards[1], proven=False)), ending="time")
    assert "was not settled" in doubtful.explain() and "尚未确定" in doubtful.explain("zh")


@pytest.mark.parametrize("ending", [ending for ending in get_args(Ending) if ending])
def test_every_ending_has_its_words(ending):
    assert all(message(f"near_optimal.ending.{ending}", lang) for lang in LANGS)
