"""What the command line shows of an award."""

from __future__ import annotations

import pytest

from report.made_awards import binding, made, many, one_lot_each, rich, shop
from report.made_reports import HOSTILE
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.front import award_lots
from supplier_eval.award.outcome import Step
from supplier_eval.award.questions import AwardAnswers, AwardQuestions, answer_award
from supplier_eval.report.console_award import MOST_ROWS, following, print_answers, step_line
from supplier_eval.report.formats import plain


@pytest.mark.parametrize(("lang", "first", "last"), [("en", "The search ended", "exploratory"),
                                                     ("zh", "搜索因达到限制而结束", "仅供探讨")])  # fmt: skip
def test_the_status_stands_first_and_the_standing_last(capsys, lang, first, last):
    print_answers(AwardAnswers(allocation=rich()), lang)
    printed = capsys.readouterr().out
    assert printed.startswith(first)
    assert printed.strip().endswith(last)
    assert "108.00" in printed
    assert "R-soft" in printed
    assert "nan" not in printed.lower()


def test_a_binding_award_says_so_with_its_policy(capsys):
    print_answers(AwardAnswers(allocation=binding()), "en")
    printed = capsys.readouterr().out
    assert "Standing: binding" in printed
    assert "Policy: sha256:1" in printed


def test_what_was_asked_comes_after_the_rules(capsys):
    print_answers(answer_award(shop([one_lot_each()]), AwardQuestions(gap=0, rule_costs=True, lot="L1")), "en")
    printed = capsys.readouterr().out
    assert printed.index("Audit: every rule") < printed.index("Why lot L1") < printed.index("What every rule costs")


def test_without_an_award_only_the_reason_is_printed(capsys):
    answers = AwardAnswers(allocation=Allocation(shop(), "no_award_found"), interrupted=True)
    print_answers(answers, "en")
    printed = capsys.readouterr().out
    assert "No award was found in the time given" in printed
    assert "What had not been answered" in printed or "what had not been answered" in printed
    assert "Who gets what" not in printed


def test_a_long_award_is_cut_and_says_so(capsys):
    whole = many(70, 9)
    print_answers(AwardAnswers(allocation=whole), "en")
    left = len(whole.to_frame()) - MOST_ROWS
    assert f"Further rows: {left}; all of them stand in award.json." in capsys.readouterr().out


def test_names_from_outside_are_text(capsys):
    for name in (HOSTILE[1], "[bold]x[/bold]"):
        print_answers(AwardAnswers(allocation=award_lots(shop(names=("A", name)), gap=0)), "en")
        assert plain(name) in capsys.readouterr().out.replace("\n", "")


@pytest.mark.parametrize(("lang", "said"), [("en", "2.5 s: best 340.00 CNY, bound none yet"),
                                            ("zh", "2.5 秒：最好 340.00 CNY，界 尚无")])  # fmt: skip
def test_a_step_says_seconds_best_and_bound(lang, said):
    assert step_line(shop(), Step(2.5, "whole", 340.0, float("-inf")), lang) == said


def test_a_gain_is_shown_with_its_own_sign():
    assert "best 1,350" in step_line(shop(objective="score"), Step(1.0, "whole", -1350.0, None), "en")


def test_where_stderr_is_no_terminal_nothing_is_written(capsys):
    with following(shop(), "en") as told:
        told(Step(1.0, "whole", 1.0, 1.0))
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_an_award_that_was_put_together_by_hand_is_shown_with_its_breaches(capsys):
    problem = shop([one_lot_each()])
    free = award_lots(problem.without_rules(["R1"]), gap=0)
    print_answers(AwardAnswers(allocation=made(problem, free.award)), "en")
    assert "Rule R1 (§3.2.5" in " ".join(capsys.readouterr().out.split())
