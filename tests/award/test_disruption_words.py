"""What the failure of suppliers may cost, in sentences of both languages."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import disruption_risk
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction
SUPPLIERS = [Supplier(id="A"), Supplier(id="B", capacity=F(60)), Supplier(id="C")]
PROBLEM = problem_of(
    [Lot(id="L", demand=F(100), unserved_cost=F(50))],
    SUPPLIERS,
    [Bid(lot="L", supplier="A", price=F(10)), Bid(lot="L", supplier="B", price=F(12))],
    grid=10,
    currency="EUR",
)
STRICT = PROBLEM.replace(lots={"L": Lot(id="L", demand=F(100))})


def said(lang="en", problem=PROBLEM, **asked):
    return disruption_risk(problem, **({"probabilities": {"A": 0.1}} | asked)).explain(lang).split("\n")


def test_the_whole_story():
    assert said() == [
        "Suppliers fail wholly and independently of each other: all 2 sets of failures are counted out.",
        "Recourse: the awards of the others stay as they are, and what is lost is replaced at the prices of their "
        "bids, from whoever has capacity left.",
        "Capacities, largest shares, whole lots, discounts and hard exclusions hold in recourse; other rules and "
        "least quantities do not. What was paid once for the award stays paid.",
        "When nothing fails the award costs 1,000.00 EUR.",
        "Its expected cost is 1,172.00 EUR, with a standard deviation of 516.00 EUR.",
        "With a probability of at least 95 % it costs no more than 2,720.00 EUR; the worst 5 % cost 2,720.00 EUR on "
        "average (CVaR).",
        "Probability that something stays unserved: 10 %.",
        "The worst scenario is A: it costs 2,720.00 EUR, with a probability of 10 %.",
        "The failure of A costs most: 1,720.00 EUR more on average.",
        "The best award found for a weight of 50 % on CVaR has a mix of 1,946.00 EUR: it costs 1,000.00 EUR when "
        "nothing fails, 1,172.00 EUR expected, CVaR 2,720.00 EUR.",
        "It is proven that no award has a smaller mix in these scenarios.",
        "That is the award looked at.",
        "The price of protection is 0.00 EUR: so much more than the cheapest award when nothing fails.",
        "Exploratory: probabilities of failure are judged, and prices in recourse are those of bids, not of contracts.",
    ]


def test_who_cannot_be_replaced_is_named_with_lot_and_scenario():
    lines = said(problem=STRICT)
    assert "Scenario A (hit: A) cannot be covered, and there is no emergency price: lot L lacks 40." in lines
    assert "The failure of A cannot be covered." in lines
    assert (
        "Whatever the award, in scenario A at least this much of what has to be served cannot be: lot L lacks 40."
        in lines
    )


def test_what_is_left_over_is_bounded(monkeypatch):
    from supplier_eval.award import disruption_scenarios

    problem = PROBLEM.replace(suppliers={f"S{n}": Supplier(id=f"S{n}") for n in range(9)}, bids={})
    bids = [Bid(lot="L", supplier=f"S{n}", price=F(10)) for n in range(9)]
    for bid in bids:
        problem = problem.with_bid(bid)
    monkeypatch.setattr(disruption_scenarios, "MOST_SETS", 128)
    lines = said(problem=problem, probabilities=0.01, weight=None)
    assert "with at most 2 failures at once" in lines[0]
    assert any(line.startswith("More than 2 failures at once have a probability of 0.008") for line in lines)
    assert any(line.startswith("Counting them, the expected cost lies between") for line in lines)
    lines = said(problem=problem.replace(lots=STRICT.lots), probabilities=0.01, weight=None)
    assert any("there is no upper limit" in line for line in lines)


def test_draws_have_their_errors_said():
    lines = said(draws=400, seed=2, weight=None)
    assert "400 draws (seed 2)" in lines[0]
    assert any(line.startswith("Standard errors of the draws") for line in lines)
    assert any(line.startswith("Its standard error is") for line in lines)
    assert any("No draw says otherwise" in line for line in said(draws=50, probabilities={"C": 0.1}, weight=None))


def test_surcharge_and_emergency_price_are_said():
    lines = said(problem=STRICT, recourse={"kind": "reallocate", "surcharge": 0.2, "unserved_cost": 9}, weight=None)
    assert "What a supplier delivers beyond its award costs 20 % more." in lines
    assert "Lots that state no emergency price of their own may stay unserved at 9.00 EUR a unit." in lines
    assert any("bought anew" in line for line in lines)


def test_a_better_award_is_compared():
    dear = PROBLEM.replace(suppliers={key: Supplier(id=key) for key in "ABC"})
    lines = said(problem=dear, weight=1, recourse={"surcharge": 1})
    assert any(line.startswith("Against the award looked at, the expected cost falls by -") for line in lines)
    assert "The price of protection is 200.00 EUR: so much more than the cheapest award when nothing fails." in lines


def test_no_award_is_an_answer():
    lines = said(problem=problem_of([Lot(id="L")], [Supplier(id="A")], []))
    assert "No award keeps all hard rules, even when nobody fails." in lines


def test_nobody_matters():
    assert "No failure makes the award dearer on average." in said(probabilities=0)


@pytest.mark.parametrize("problem", [PROBLEM, STRICT])
@pytest.mark.parametrize("asked", [{}, {"draws": 60}, {"recourse": {"surcharge": 1, "unserved_cost": 70}}])
def test_both_languages_say_the_same_lines_and_figures(problem, asked):
    english, chinese = said("en", problem, **asked), said("zh", problem, **asked)
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert sorted(re.findall(r"\d[\d,.]*\d", one)) == sorted(re.findall(r"\d[\d,.]*\d", other))
        assert re.search(r"[\u4e00-\u9fff]", other)


def test_what_is_not_proven_is_said(monkeypatch):
    from supplier_eval.award import disruption_protection
    from supplier_eval.award.disruption_search import Candidate

    monkeypatch.setattr(disruption_protection, "candidates", lambda *_, **__: iter([Candidate("optimal", None, 1900)]))
    assert "It is proven that no award has a mix below 1,900.00 EUR; the gap is 2.364 %." in said()
    monkeypatch.setattr(disruption_protection, "candidates", lambda *_, **__: iter(()))
    assert "How much better another award could be was not found in the time given." in said()
    assert "No best award was found in the time given." in said(problem=STRICT)
