"""What was asked beside an award: one part a question."""

from __future__ import annotations

import pytest

from report.made_awards import front, one_lot_each, shop
from supplier_eval.award.front import award_lots
from supplier_eval.award.questions import AwardAnswers, AwardQuestions, answer_award
from supplier_eval.award.rules import Rule
from supplier_eval.award.scenarios import compare_scenarios
from supplier_eval.report.award_questions import chosen_point, parts_of


def test_nothing_asked_is_nothing_told():
    assert parts_of(AwardAnswers(allocation=award_lots(shop())), "en") == ()


@pytest.mark.parametrize(("lang", "heading"), [("en", "Why A on lot L1"), ("zh", "为何 A 在标段 L1")])
def test_lot_and_supplier_tell_the_lot_and_the_next_best(lang, heading):
    answers = answer_award(shop([one_lot_each()]), AwardQuestions(gap=0, lot="L1", supplier="A"))
    (part,) = parts_of(answers, lang)
    assert part.heading == heading
    assert any("5.00 CNY" in line for line in part.said)  # 345 with B on lot 1 and A on lot 2
    assert part.table is None


def test_a_lot_alone_and_a_supplier_alone():
    answers = answer_award(shop(), AwardQuestions(lot="L1"))
    assert parts_of(answers, "en")[0].heading == "Why lot L1 went as it did"
    answers = answer_award(shop(), AwardQuestions(supplier="A"))
    (part,) = parts_of(answers, "en")
    assert (part.heading, part.said) == ("A", ("A wins nothing.",))


def test_conflicts_come_first_and_without_an_award_there_is_no_why():
    rules = [Rule(id=f"R{name}", kind="exclude", suppliers=(name,)) for name in "AB"]
    part, relaxed = parts_of(answer_award(shop(rules), AwardQuestions(lot="L1")), "en")
    assert (part.heading, relaxed.heading) == ("Rules in conflict", "What to relax")
    assert any("RA" in line and "RB" in line for line in relaxed.said)
    assert any("RA" in line and "RB" in line for line in part.said)


def test_prices_and_scenarios_have_a_table_and_a_chart():
    problem = shop([one_lot_each()])
    answers = answer_award(problem, AwardQuestions(rule_costs=True))
    compared = compare_scenarios(problem, {"free": {"without_rules": ["R1"]}})
    told = parts_of(
        AwardAnswers(allocation=answers.allocation, rule_costs=answers.rule_costs, scenarios=compared), "en"
    )
    assert [part.chart for part in told] == ["rule_prices", "scenarios"]
    assert all(part.table.rows and part.said for part in told)


def test_the_point_of_the_front_nearest_to_the_award_is_chosen():
    cheapest = award_lots(shop(), gap=0)
    answers = AwardAnswers(allocation=cheapest, frontier=front())
    assert chosen_point(answers) == 0
    assert parts_of(answers, "en")[0].table.marked == {0: "first"}
    best = award_lots(shop(objective="score"), gap=0)
    assert chosen_point(AwardAnswers(allocation=best, frontier=front())) == 2
    assert chosen_point(AwardAnswers(allocation=cheapest, frontier=front(points=0))) is None
