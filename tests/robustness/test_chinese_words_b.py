"""Chinese explanations hold no English: nothing but ids and names that somebody gave stays in Latin letters."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.intake.assemble import read_tender
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank.comparison import compare_bids
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.breakeven import break_even
from supplier_eval.robustness.change_front import smallest_change
from supplier_eval.robustness.exact_front import exact_acceptability
from supplier_eval.robustness.optimality_front import potential_optimality
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.top_level_sheet import top_level
from supplier_eval.robustness.weight_lines import score_lines
from supplier_eval.score.sheet import ScoreSheet

MUSEUM = read_tender(Path(__file__).parents[2] / "data" / "samples" / "museum-services")
GIVEN = {"ATI", "OPERA", "CNS", "REAR", "panel", "art"}  # bids, the evaluator and the clause of the sample
REGIONS = [
    "ball",
    "simplex",
    {"ball": 0.1, "norm": "sum"},
    {"ball": 0.1, "norm": "euclidean"},
    {"order": ["c1", "c2"]},
    {"intervals": {"c1": (0.0, 0.9)}},
    {"linear": [({"c1": 1}, "<=", 0.9)]},
    {"linear": [({"c1": 1}, "==", 0.5)]},
]
SHEETS = {
    "plain": [[90.0, 50.0], [70.0, 80.0], [60.0, 40.0], [75.0, 66.0]],
    "tied": [[80.0, 60.0], [60.0, 80.0], [20.0, 90.0]],
    "alone": [[80.0, 60.0]],
    "alike": [[80.0, 60.0], [80.0, 60.0]],
}


def made(rows):
    frame = pd.DataFrame(rows, index=[f"B{b}" for b in range(len(rows))], columns=["c1", "c2"])
    return ScoreSheet.from_frame(frame, {"c1": 0.5, "c2": 0.5})


def assert_chinese(said: str, given: set[str] = GIVEN) -> None:
    assert said
    assert set(re.findall(r"[A-Za-z]{3,}", said)) <= given, said


@pytest.mark.parametrize("kind", SHEETS)
def test_questions_about_weights(kind):
    sheet = made(SHEETS[kind])
    assert_chinese(weight_stability(sheet).explain("zh"))
    for norm in ("euclidean", "sum", "max"):
        assert_chinese(smallest_change(sheet, norm=norm).explain("zh"))
    assert_chinese(smallest_change(sheet, bounds={"c1": (0.4, 0.6)}, level="top").explain("zh"))
    assert_chinese(score_lines(sheet, "c1").explain("zh"))


@pytest.mark.parametrize("region", REGIONS, ids=str)
def test_questions_about_a_region(region):
    sheet = made(SHEETS["plain"])
    for uncertainty in (None, {"normal": 2.0}, {"interval": {"c1": [0.0, 1.0, 2.0, 3.0]}}):
        assert_chinese(rank_acceptability(sheet, 64, region, uncertainty=uncertainty).explain("zh"))
    assert_chinese(potential_optimality(sheet, region).explain("zh"))
    if region != {"ball": 0.1, "norm": "euclidean"}:
        assert_chinese(exact_acceptability(sheet, region).explain("zh"))


def test_a_tender_on_its_leaves_and_on_its_top_criteria():
    sheet = evaluate(MUSEUM).ranking.sheet
    for each in (sheet, top_level(sheet)):
        assert_chinese(weight_stability(each).explain("zh"))
        assert_chinese(smallest_change(each, norm="max").explain("zh"))
        assert_chinese(rank_acceptability(each, 64).explain("zh"))
    assert_chinese(smallest_change(sheet, level="top").explain("zh"))


def test_break_even_and_the_ranking():
    found = break_even(MUSEUM)
    for bid in found.prices:
        assert_chinese(found.explain(bid, "zh"))
    assert_chinese(found.summary("zh"))
    for note in (*found.to_frame("zh")["note"], *found.marks_frame("zh")["note"]):
        assert_chinese(note or "无")
    ranking = evaluate(MUSEUM).ranking
    assert_chinese(ranking.explain(lang="zh"))
    assert_chinese(compare_bids(ranking, *ranking.order[:2]).explain("zh"))


@pytest.mark.parametrize("keys", [["lower_price"], ["higher:quality"], []])
def test_what_parts_two_bids(keys):
    policy = Policy.from_mapping(policy_mapping(rounding={"total": 1}, ties={"keys": keys}))
    ranking = evaluate(make_tender([flat("A", 60, "80"), flat("B", 60 + 8 / 0.6, "100")], policy)).ranking
    given = {criterion.id for criterion in policy.criteria}
    assert_chinese(compare_bids(ranking, "A", "B").explain("zh"), given)
    assert_chinese(ranking.explain(lang="zh"), given)
