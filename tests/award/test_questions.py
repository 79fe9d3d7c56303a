"""All that is asked about an award at once, and objectives as one types them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award import front, rule_prices
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.questions import AwardQuestions, answer_award, objective_of_text
from supplier_eval.award.rules import Rule
from supplier_eval.errors import InvalidInput, UnknownName

F = Fraction


def shop(*rules):
    bids = [
        Bid(lot="L", supplier="A", price=F(10), attributes={"score": F(60)}),
        Bid(lot="L", supplier="B", price=F(12), attributes={"score": F(90)}),
    ]
    return problem_of([Lot(id="L", indivisible=True)], [Supplier(id="A"), Supplier(id="B")], bids, (), rules)


def test_only_what_was_asked_is_answered():
    answers = answer_award(shop(), AwardQuestions(gap=0))
    assert answers.allocation.objective == 10
    beside = (answers.conflicts, answers.relaxation, answers.rule_costs, answers.frontier, answers.next_best)
    assert (*beside, answers.scenarios) == (None,) * 6
    assert answers.document()["interrupted"] is False


def test_prices_of_rules_and_the_next_best_are_answered_together():
    asked = AwardQuestions(gap=0, rule_costs=True, lot="L", supplier="B")
    answers = answer_award(shop(Rule(id="R", kind="exclude", suppliers=("A",))), asked)
    assert answers.rule_costs.rules["R"].price.exact == 2
    assert answers.next_best.other.status == "infeasible"
    assert {"rule_costs", "next_best"} <= set(answers.document())


def test_an_award_that_is_infeasible_names_its_conflicts():
    rules = [Rule(id=f"R{name}", kind="exclude", suppliers=(name,)) for name in "AB"]
    answers = answer_award(shop(*rules), AwardQuestions())
    assert answers.allocation.status == "infeasible"
    assert answers.conflicts.conflicts == (("RA", "RB"),)
    assert answers.relaxation.status == "impossible"  # a rule that excludes has no limit that could give way
    assert {key: one.help for key, one in answers.relaxation.alone.items()} == {"RA": "given_up", "RB": "given_up"}


def test_an_award_that_is_infeasible_names_the_smallest_relaxation():
    answers = answer_award(shop(Rule(id="R", kind="budget", value=F(8))), AwardQuestions())
    assert [(change.rule, change.relaxed) for change in answers.relaxation.together] == [("R", 10)]
    assert answers.document()["relaxation"]["rows"][0]["alone"] == 10.0


def test_another_objective_is_solved_for():
    answers = answer_award(shop(), AwardQuestions(objective="score", gap=0))
    assert answers.allocation.award.winners(answers.allocation.problem) == ("B",)


def test_names_are_refused_before_anything_is_solved():
    with pytest.raises(UnknownName, match="L9"):
        answer_award(shop(), AwardQuestions(lot="L9"))
    with pytest.raises(InvalidInput, match=r"award\.lots\.objective"):
        answer_award(shop(), AwardQuestions(objective="cheap"))


def test_an_objective_or_a_front_that_the_offers_do_not_support_is_refused_before_anything_is_solved(monkeypatch):
    monkeypatch.setattr(front, "award_lots", lambda *_, **__: pytest.fail("solved"))
    with pytest.raises(InvalidInput, match=r"award\.attribute"):
        answer_award(shop(), AwardQuestions(objective="risk"))
    with pytest.raises(InvalidInput, match=r"frontier\.objectives"):
        answer_award(shop(), AwardQuestions(frontier="cost,risk"))


def test_progress_is_told():
    steps = []
    answer_award(shop(), AwardQuestions(gap=0), progress=steps.append)
    assert steps[0].objective == pytest.approx(10)


def test_an_interruption_after_the_award_keeps_the_award(monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(rule_prices, "rule_costs", stopped)
    answers = answer_award(shop(), AwardQuestions(rule_costs=True))
    assert answers.interrupted
    assert answers.document()["interrupted"] is True
    assert answers.allocation.status == "optimal"
    assert answers.rule_costs is None


def test_an_objective_is_a_name_stages_or_a_mix():
    assert objective_of_text("cost") == "cost"
    assert objective_of_text("cost, score") == ["cost", "score"]
    assert objective_of_text("cost=1+score=200") == {"cost": "1", "score": "200"}
    assert objective_of_text("cost=1+max_attr:sla=0.5,winners") == [{"cost": "1", "max_attr:sla": "0.5"}, "winners"]


@pytest.mark.parametrize("text", ["", "cheap", "cost=x", "cost=-1", "cost=1+", "cost,"])
def test_an_objective_that_is_none_is_refused(text):
    with pytest.raises(InvalidInput, match=r"award\.lots\.objective"):
        objective_of_text(text)
