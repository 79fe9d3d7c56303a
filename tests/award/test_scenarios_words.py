"""What scenarios say, in both languages."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.award.scenarios_result import Scenario
from supplier_eval.award.scenarios_words import reason_of, winners_named

F = Fraction


def scenarios(names=("A", "B"), **more):
    lots = [Lot(id="L1", demand=F(10), baseline=F(8))]
    bids = [Bid(lot="L1", supplier=key, price=F(5 + at)) for at, key in enumerate(names)]
    problem = problem_of(lots, [Supplier(id=key) for key in names], bids, currency="CNY", grid=10)
    return compare_scenarios(problem, more, gap=0)


@pytest.fixture
def made():
    return scenarios(
        without_a={"without_suppliers": ["A"]},
        same={},
        cheap={"prices": 0.9},
        nobody={"without_suppliers": ["A", "B"]},
        slip=lambda base: None,
    )


def test_the_english_sentences(made):
    assert made.explain().split("\n") == [
        "Base: costs 50.00 CNY, awarded to A. That is 30.00 CNY less than at today's prices.",
        "without_a: costs 60.00 CNY, awarded to B. That is 10.00 CNY more than the base. "
        "100 % of the demand goes to other suppliers.",
        "same: costs 50.00 CNY, awarded to A. The cost is that of the base. Nothing goes to other suppliers.",
        "cheap: costs 45.00 CNY, awarded to A. That is 5.00 CNY less than the base. Nothing goes to other suppliers.",
        "nobody: no award, because no award keeps all hard rules.",
        "slip: no award, because the scenario's function gave no award problem (NoneType).",
        "The cheapest scenario is cheap, at 45.00 CNY.",
        "Exploratory: scenarios never bind.",
    ]


def test_the_chinese_sentences(made):
    said = made.explain("zh").split("\n")
    assert said[0] == "基准：成本 50.00 CNY，授予 A。较现行价格节省 30.00 CNY。"
    assert said[1] == "without_a：成本 60.00 CNY，授予 B。比基准高 10.00 CNY。100 % 的需求量转给其他供应商。"
    assert said[4] == "nobody：无授标方案，原因：没有任何授标方案能符合全部硬性规则。"
    assert len(said) == 8


def test_without_a_base_award_the_reason_stands_first():
    made = scenarios(names=(), x={})
    assert made.explain().startswith("Base: no award, because no award keeps all hard rules.")


def test_what_is_not_proven_is_said():
    first = scenarios(same={})
    from dataclasses import replace

    made = replace(first, rows={"same": replace(first["same"], status="within_gap")})
    assert "not proven to be the best" in made.explain()


def test_many_winners_are_cut():
    made = scenarios(
        names=tuple("ABCDEFGH"), share={"rules": [{"id": "R", "kind": "min_winners", "value": 8}]}
    )  # fmt: skip
    assert winners_named(made["share"]) == "A, B, C, D, E, F, …"
    assert winners_named(made["share"], "zh") == "A、B、C、D、E、F、…"


@pytest.mark.parametrize("reason", ["infeasible", "unbounded", "no_award_found", "error", "failed", "no_problem"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_reason_has_its_words(reason, lang):
    assert reason_of(Scenario("x", None, reason=reason), lang)
    assert reason_of(Scenario("x", None), lang) == ""
