"""Several bids on rank 1: every question says so before it says anything about one of them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.breakeven import break_even
from supplier_eval.robustness.change_front import smallest_change
from supplier_eval.robustness.exact_front import exact_acceptability
from supplier_eval.robustness.optimality_front import potential_optimality
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.top_level_sheet import top_level
from supplier_eval.robustness.weight_lines import score_lines
from supplier_eval.score.sheet import ScoreSheet

SAMPLES = Path(__file__).parents[2] / "data" / "samples"
VALUES = pd.DataFrame({"quality": [80.0, 60.0, 20.0], "price": [60.0, 80.0, 90.0]}, index=["A", "B", "C"])
TIED = ScoreSheet.from_frame(VALUES, {"quality": 0.5, "price": 0.5})
ALONE = ScoreSheet.from_frame(VALUES, {"quality": 0.6, "price": 0.4})

QUESTIONS = {
    "stability": weight_stability,
    "change": smallest_change,
    "lines": lambda sheet: score_lines(sheet, "quality"),
    "acceptability": lambda sheet: rank_acceptability(sheet, 64),
    "exact": exact_acceptability,
    "optimality": potential_optimality,
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_tie_on_rank_1_is_said_first_and_flagged(question):
    found = QUESTIONS[question](TIED)
    assert found.tied_first == ("A", "B")
    assert found.explain().splitlines()[0].startswith("A, B share rank 1: no tie key parts them")
    assert found.explain("zh").splitlines()[0].startswith("A、B 并列第一")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_bid_alone_on_rank_1_has_no_such_line(question):
    found = QUESTIONS[question](ALONE)
    assert found.tied_first == ()
    assert "share rank 1" not in found.explain()


def test_the_bid_that_is_asked_about_is_named():
    assert "What follows asks about A." in weight_stability(TIED).explain()
    assert "What follows asks about B." in weight_stability(TIED, "B").explain()


def tender_of(*offers, **changes):
    return make_tender(list(offers), Policy.from_mapping(policy_mapping(**changes)))


def test_break_even_says_the_tie_behind_its_heading():
    found = break_even(tender_of(flat("A", 80, "100"), flat("B", 80, "100"), flat("C", 50, "100")))
    assert found.tied_first == ("A", "B")
    assert found.explain("C").splitlines()[1].startswith("A, B share rank 1")
    assert found.summary().startswith("A, B share rank 1")
    alone = break_even(tender_of(flat("A", 80, "100"), flat("C", 50, "100")))
    assert alone.tied_first == ()
    assert "share rank 1" not in alone.explain("C") + alone.summary()


def test_a_sheet_on_its_top_criteria_says_whose_weights_move():
    sheet = evaluate(read_tender(SAMPLES / "museum-services")).ranking.sheet
    assert len(top_level(sheet).criteria) < len(sheet.criteria)
    words = "The weights are those of the top criteria"
    for name, question in QUESTIONS.items():
        if name not in {"lines", "exact"}:
            assert words not in question(sheet).explain()
            assert words in question(top_level(sheet)).explain()
    assert words in exact_acceptability(top_level(sheet)).explain()
