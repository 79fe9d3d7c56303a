"""Every rule of the verdict on both sides of its line."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from supplier_eval.messages import LANGS, catalogue
from supplier_eval.robustness.verdict_figures import Room, Share, SmallestChange, VerdictFigures
from supplier_eval.robustness.verdict_rules import LEVELS, RULES, Thresholds

CLEAN = VerdictFigures(
    winner="A",
    runner_up="B",
    margin=6.0,
    rounding_step=0.01,
    rooms=(Room("price", 12.0, "B"), Room("quality", math.inf)),
    smallest_change=SmallestChange(8.0, "B"),
    acceptability=Share(0.999, 0.001),
    acceptability_with_marks=Share(0.98, 0.004),
    ball=5.0,
    decided_by_one_evaluator=(),
    reversal=(),
)
CASES = {
    "verdict.tied": {"tied_with": ("B",)},
    "verdict.rounding": {"margin": 0.009},
    "verdict.evaluator": {"decided_by_one_evaluator": ("E2",)},
    "verdict.reversal": {"reversal": ("C",)},
    "verdict.share_fragile": {"acceptability": Share(0.49)},
    "verdict.marks_fragile": {"acceptability_with_marks": Share(0.49)},
    "verdict.room": {"rooms": (Room("price", 4.99, "B"),)},
    "verdict.change": {"smallest_change": SmallestChange(4.99, "C")},
    "verdict.share_sensitive": {"acceptability": Share(0.94)},
    "verdict.marks_sensitive": {"acceptability_with_marks": Share(0.5)},
    "verdict.unasked": {
        **dict.fromkeys(("rooms", "smallest_change", "acceptability", "acceptability_with_marks")),
    },
    "verdict.alone": {"runner_up": None, "margin": math.inf},
}
ON_THE_LINE = {
    "verdict.rounding": {"margin": 0.01},
    "verdict.share_fragile": {"acceptability": Share(0.5)},
    "verdict.marks_fragile": {"acceptability_with_marks": Share(0.5)},
    "verdict.room": {"rooms": (Room("price", 5.0, "B"),)},
    "verdict.change": {"smallest_change": SmallestChange(5.0, "C")},
    "verdict.share_sensitive": {"acceptability": Share(0.95)},
    "verdict.marks_sensitive": {"acceptability_with_marks": Share(0.95)},
}


def fired(figures, lines=None):
    return [rule.code for rule in RULES if rule.judge(figures, lines or Thresholds()) is not None]


def test_no_rule_applies_to_a_clean_winner():
    assert fired(CLEAN) == []


def test_every_rule_has_a_case_here_and_its_words_in_both_languages():
    assert set(CASES) == {rule.code for rule in RULES}
    assert all(set(LANGS) <= set(catalogue()[rule.code]) for rule in RULES)


@pytest.mark.parametrize("code", CASES)
def test_each_rule_applies_alone_in_its_case_and_says_so(code):
    figures = replace(CLEAN, **CASES[code])
    assert fired(figures) == [code]
    (found,) = [f for rule in RULES if (f := rule.judge(figures, Thresholds())) is not None]
    for lang in LANGS:
        assert "{" not in found.say(lang)


@pytest.mark.parametrize("code", ON_THE_LINE)
def test_a_figure_on_the_line_does_not_fire(code):
    assert code not in fired(replace(CLEAN, **ON_THE_LINE[code]))


def test_rules_stand_worst_first():
    levels = [LEVELS.index(rule.level) for rule in RULES]
    assert levels == sorted(levels)


def test_too_few_draws_never_make_a_verdict_firmer():
    """0.96 with an error of 0.01 reaches down to 0.94; 0.52 with 0.02 down to 0.48."""
    assert fired(replace(CLEAN, acceptability=Share(0.96, 0.01))) == ["verdict.share_sensitive"]
    assert fired(replace(CLEAN, acceptability=Share(0.52, 0.02))) == ["verdict.share_fragile"]


def test_a_tie_key_that_decides_without_rounding_is_named():
    assert fired(replace(CLEAN, rounding_step=0.0, margin=0.0)) == ["verdict.rounding"]
    assert fired(replace(CLEAN, rounding_step=0.0, margin=0.001)) == []
    assert fired(replace(CLEAN, margin=-0.004)) == ["verdict.rounding"]


def test_all_criteria_without_room_are_named_tightest_first():
    rooms = (Room("price", 4.0, "B"), Room("quality", 1.0, "C"), Room("speed", 9.0, "B"))
    (found,) = [f for rule in RULES if (f := rule.judge(replace(CLEAN, rooms=rooms), Thresholds())) is not None]
    assert found.names == ("quality", "price")
    assert found.figure == 1.0
    assert found.say() == (
        "Sensitive to the weight of quality, price: 1.00 points more or less on quality put C first; "
        "the line is 5 points."
    )


def test_one_question_about_weights_is_enough_to_be_called_asked():
    bare = VerdictFigures("A", "B", 6.0)
    assert fired(bare) == ["verdict.unasked"]
    assert fired(replace(bare, acceptability=Share(0.99))) == []


def test_other_lines_can_be_drawn():
    lines = Thresholds(fragile_share=0.6, firm_share=0.9995, room=20.0, smallest_change=10.0)
    expected = ["verdict.room", "verdict.change", "verdict.share_sensitive", "verdict.marks_sensitive"]
    assert fired(CLEAN, lines) == expected


@pytest.mark.parametrize("lines", [{"fragile_share": 0.99}, {"firm_share": 1.5}, {"room": -1.0}, {"room": math.nan}])
def test_lines_that_make_no_sense_are_refused(lines):
    with pytest.raises(ValueError, match=r"in order|not negative"):
        Thresholds(**lines)


def test_criteria_and_norms_are_named_in_the_language_asked_for():
    figures = VerdictFigures(
        "A",
        "B",
        1.0,
        rooms=(Room("Quality", 1.0, "B", "质量"), Room("Price", 2.0)),
        smallest_change=SmallestChange(1.0, "B"),
    )
    said = {
        lang: [rule.judge(figures, Thresholds()).say(lang) for rule in RULES if rule.code in WEIGHTS] for lang in LANGS
    }
    assert "Quality, Price: 1.00 points more or less on Quality" in said["en"][0]
    assert "质量、Price" in said["zh"][0] and "Quality" not in said["zh"][0]
    assert "max norm" in said["en"][1] and "最大单项变动" in said["zh"][1]


WEIGHTS = ("verdict.room", "verdict.change")


@pytest.mark.parametrize("wrong", ["x", None, [1]])
def test_lines_that_are_no_figures_are_refused(wrong):
    with pytest.raises(ValueError, match="figures"):
        Thresholds(room=wrong)


def said(figures, lang="en"):
    return [f.say(lang) for rule in RULES if (f := rule.judge(figures, Thresholds())) is not None]


def test_a_share_says_whether_it_is_exact():
    (exact,) = said(replace(CLEAN, acceptability=Share(0.4)))
    assert "first in 40.0 % (exact) of the weights" in exact
    (drawn,) = said(replace(CLEAN, acceptability=Share(0.4, 0.01)), "zh")
    assert "40.0 %（标准误 1.0）" in drawn


def test_a_winner_that_rounding_made_is_not_said_to_lead():
    """Whoever leads by unrounded totals cannot be put first by a change."""
    figures = replace(CLEAN, margin=-0.004, rooms=(Room("price", 0.5, "B"),), smallest_change=SmallestChange(0.0, "B"))
    _, room, change = said(figures)
    assert "by unrounded totals A is behind, and would be first if price moved by 0.50 points" in room
    assert change == "No change of the weights is needed: by unrounded totals B leads already."
    assert "A 落后" in said(figures, "zh")[1] and "无需变动权重" in said(figures, "zh")[2]


def test_of_many_criteria_the_tightest_four_are_named_and_the_rest_counted():
    rooms = tuple(Room(f"criterion {n}", n / 10, "B") for n in range(1, 10))
    assert said(replace(CLEAN, rooms=rooms))[0].startswith(
        "Sensitive to the weight of criterion 1, criterion 2, criterion 3, criterion 4 and 5 more: 0.10 points"
    )
    assert "criterion 4 等（另有 5 项）" in said(replace(CLEAN, rooms=rooms), "zh")[0]


def test_names_too_long_for_one_sentence_are_counted_and_not_cut():
    rooms = tuple(
        Room(f"{what} of the services offered in the tender", n, "B")
        for n, what in enumerate(("price", "care", "team"))
    )
    assert said(replace(CLEAN, rooms=rooms))[0].startswith(
        "Sensitive to the weight of price of the services offered in the tender and 2 more: 0.00 points"
    )
