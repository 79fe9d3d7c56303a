"""Wrong kinds of arguments: a finding or a name that does not exist, in words, never a bare Python error."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.rank import compare_bids, rank_bids, rank_matrix, rank_sheet
from supplier_eval.robustness.acceptability_front import rank_acceptability
from supplier_eval.robustness.breakeven import break_even
from supplier_eval.robustness.change_front import smallest_change
from supplier_eval.robustness.exact_front import exact_acceptability
from supplier_eval.robustness.lay_out import lot_block
from supplier_eval.robustness.optimality_front import potential_optimality
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.weight_lines import score_lines

TENDER = make_tender(
    [flat("A", 80, "100"), flat("B", 70, "90"), flat("C", 60, "80")], Policy.from_mapping(policy_mapping())
)
EVALUATION = evaluate(TENDER)
RANKING, SHEET = EVALUATION.ranking, EVALUATION.ranking.sheet
FRAME = pd.DataFrame({"q": [1.0, 2.0], "p": [3.0, 1.0]}, index=["a", "b"])
W, D = {"q": 0.5, "p": 0.5}, {"q": "max", "p": "min"}

OF_A_SHEET = {
    "weight_stability": weight_stability,
    "smallest_change": smallest_change,
    "rank_acceptability": rank_acceptability,
    "exact_acceptability": exact_acceptability,
    "potential_optimality": potential_optimality,
    "score_lines": lambda sheet: score_lines(sheet, "quality"),
    "rank_bids": rank_bids,
    "rank_sheet": lambda sheet: rank_sheet(sheet, "topsis"),
}
OF_A_TENDER = {"break_even": break_even, "lot_block": lot_block}
NO_SHEET = {
    "none": (None, "asked.sheet"),
    "frame": (FRAME, "asked.sheet.DataFrame"),
    "list": ([1], "asked.sheet"),
    "evaluation": (EVALUATION, "asked.sheet.Evaluation"),
    "lot": (EVALUATION.only_lot, "asked.sheet.LotResult"),
    "ranking": (RANKING, "asked.sheet.PointsRanking"),
    "tender": (TENDER, "asked.sheet.Tender"),
    "text": ("x", "asked.sheet"),
}
NO_TENDER = {
    "none": (None, "asked.tender"),
    "frame": (FRAME, "asked.tender"),
    "evaluation": (EVALUATION, "asked.tender.Evaluation"),
    "sheet": (SHEET, "asked.tender.ScoreSheet"),
}
WRONG = {
    "nodes 3": lambda: weight_stability(SHEET, nodes=3),
    "nodes of numbers": lambda: weight_stability(SHEET, nodes=[3]),
    "winner as a number": lambda: weight_stability(SHEET, 3),
    "winner as a list": lambda: weight_stability(SHEET, ["A"]),
    "challenger as a list": lambda: smallest_change(SHEET, ["A"]),
    "bounds as a list": lambda: smallest_change(SHEET, bounds=[(0, 1)]),
    "bounds as a text": lambda: smallest_change(SHEET, bounds="abc"),
    "norm as a list": lambda: smallest_change(SHEET, norm=["max"]),
    "no norm": lambda: smallest_change(SHEET, norm=None),
    "no node": lambda: score_lines(SHEET, None),
    "a list of nodes": lambda: score_lines(SHEET, ["price"]),
    "draws below zero": lambda: rank_acceptability(SHEET, -1),
    "draws as a text": lambda: rank_acceptability(SHEET, "x"),
    "seed as a text": lambda: rank_acceptability(SHEET, 64, seed="x"),
    "no region": lambda: rank_acceptability(SHEET, 64, None),
    "region as a list": lambda: rank_acceptability(SHEET, 64, ["ball"]),
    "radius as a text": lambda: rank_acceptability(SHEET, 64, {"ball": "x"}),
    "intervals as a list": lambda: rank_acceptability(SHEET, 64, {"intervals": [1]}),
    "order as a text": lambda: rank_acceptability(SHEET, 64, {"order": "price"}),
    "inequalities as a number": lambda: potential_optimality(SHEET, {"linear": 3}),
    "norm of a ball as a list": lambda: exact_acceptability(SHEET, {"ball": 0.1, "norm": [1]}),
    "uncertainty as a list": lambda: rank_acceptability(SHEET, 64, uncertainty=[1]),
    "uncertainty as a text": lambda: rank_acceptability(SHEET, 64, uncertainty="abc"),
    "size of an uncertainty as a text": lambda: rank_acceptability(SHEET, 64, uncertainty={"normal": "abc"}),
    "draws of values that are no function": lambda: rank_acceptability(SHEET, 64, draw_values=3),
    "draws of values that are no figures": lambda: rank_acceptability(SHEET, 64, draw_values=lambda rng, n: "x"),
    "bids as a number": lambda: break_even(TENDER, bids=3),
    "bids of numbers": lambda: break_even(TENDER, bids=[3]),
    "lot as a number": lambda: break_even(TENDER, 3),
    "method as a list": lambda: rank_matrix(FRAME, W, D, ["topsis"]),
    "no method": lambda: rank_sheet(SHEET, None),
    "no values": lambda: rank_matrix(None, W, D),
    "values as a sheet": lambda: rank_matrix(SHEET, W, D),
    "no weights": lambda: rank_matrix(FRAME, None, D),
    "weights as a text": lambda: rank_matrix(FRAME, "abc", D),
    "no directions": lambda: rank_matrix(FRAME, W, None),
    "one direction as a text": lambda: rank_matrix(FRAME, W, "max"),
    "a direction that is none": lambda: rank_matrix(FRAME, W, ["up", "cost"]),
    "figures as a text": lambda: rank_matrix(FRAME.astype(object).replace(1.0, "abc"), W, D),
    "normalisation as a number": lambda: rank_matrix(FRAME, W, D, normalisation=3),
    "normalisation as a list": lambda: rank_matrix(FRAME, W, D, normalisation=["vector"]),
    "bounds of a method as a list": lambda: rank_matrix(FRAME, W, D, "spotis", bounds=[1, 2]),
    "bounds of a method as numbers": lambda: rank_matrix(FRAME, W, D, "spotis", bounds={"q": 1, "p": 2}),
    "v as a text": lambda: rank_matrix(FRAME, W, D, "vikor", v="x"),
    "a preference function as a number": lambda: rank_matrix(FRAME, W, D, "promethee_ii", function=3),
    "a threshold as a text": lambda: rank_matrix(FRAME, W, D, "electre_i", concordance="x"),
    "winner as an array": lambda: weight_stability(SHEET, np.ones(2)),
    "challenger as a table": lambda: smallest_change(SHEET, FRAME),
    "norm as an array": lambda: smallest_change(SHEET, norm=np.ones(2)),
    "level as an array": lambda: smallest_change(SHEET, level=np.ones(2)),
    "region as an array": lambda: rank_acceptability(SHEET, 64, np.ones((2, 3))),
    "lot as an array": lambda: break_even(TENDER, np.ones(2)),
    "method as an array": lambda: rank_bids(SHEET, np.ones(2)),
    "no ranking to compare in": lambda: compare_bids(None, "A", "B"),
    "an evaluation to compare in": lambda: compare_bids(EVALUATION, "A", "B"),
    "another method to compare in": lambda: compare_bids(rank_sheet(SHEET, "topsis"), "A", "B"),
    "a bid as a number": lambda: compare_bids(RANKING, 3, "B"),
    "a bid as a list": lambda: RANKING.rank_of(["A"]),
}


@pytest.mark.parametrize("kind", NO_SHEET)
@pytest.mark.parametrize("question", OF_A_SHEET)
def test_what_is_no_sheet_is_refused_with_where_to_get_one(question, kind):
    given, code = NO_SHEET[kind]
    with pytest.raises(InvalidInput) as refused:
        OF_A_SHEET[question](given)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert "sheet" in refused.value.findings[0].remedy


@pytest.mark.parametrize("kind", NO_TENDER)
@pytest.mark.parametrize("question", OF_A_TENDER)
def test_what_is_no_tender_is_refused_with_where_to_get_one(question, kind):
    given, code = NO_TENDER[kind]
    with pytest.raises(InvalidInput) as refused:
        OF_A_TENDER[question](given)
    assert [finding.code for finding in refused.value.findings] == [code]


@pytest.mark.parametrize("case", WRONG)
def test_other_wrong_arguments_are_findings_or_unknown_names(case):
    with pytest.raises((InvalidInput, UnknownName)) as refused:
        WRONG[case]()
    assert not re.search(r"object is not|not supported between|unhashable|has no attribute", str(refused.value))


@pytest.mark.parametrize("name", ["TOPSIS", "Topsis", "PROMETHEE II", "electre-i", " vikor "])
def test_names_of_methods_are_understood_as_they_are_printed(name):
    assert rank_matrix(FRAME, W, D, name).method == name.strip().lower().replace(" ", "_").replace("-", "_")


def test_the_weighted_sum_binds_however_it_is_written():
    assert type(rank_bids(SHEET, "Weighted Sum")) is type(rank_bids(SHEET))


@pytest.mark.parametrize("given", [["benefit", "cost"], ["MAX", "Min"], {"q": "Benefit", "p": "COST"}, [1, -1]])
def test_directions_are_understood_in_the_words_of_the_field(given):
    assert rank_matrix(FRAME, W, given).ranks.tolist() == rank_matrix(FRAME, W, D).ranks.tolist()


def test_one_text_is_one_name():
    assert list(break_even(TENDER, bids="A").prices) == ["A"]
    assert [line.node.id for line in weight_stability(SHEET, nodes="price").nodes] == ["price"]
