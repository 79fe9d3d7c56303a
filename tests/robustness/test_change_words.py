"""What a smallest change says, in both languages."""

from __future__ import annotations

import numpy as np
import pandas as pd

from strategies import flat, make_tender, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.change_front import smallest_change
from supplier_eval.robustness.change_words import explain_change
from supplier_eval.score.sheet import ScoreSheet


def table(values, weights):
    names = [f"c{i + 1}" for i in range(len(weights))]
    frame = pd.DataFrame(values, index=[f"B{b + 1}" for b in range(len(values))], columns=names)
    return ScoreSheet.from_frame(frame, dict(zip(names, weights, strict=True)))


def test_the_nearest_challenger_and_what_would_have_to_move():
    said = smallest_change(table([[80, 40], [40, 70], [10, 75]], [0.5, 0.5]), norm="max").explain().splitlines()
    assert said[0] == (
        "B2 would win if c1 weighed 7.14 points less and c2 weighed 7.14 points more; "
        "no smaller change lets anybody else win (7.14 points, largest single change)."
    )
    assert said[1] == "  At exactly these weights it has the same total as B1; it wins a step beyond."
    assert said[2].startswith("B3 would win if c1 weighed 35.71 points less")
    assert "no smaller change is enough" in said[2]


def test_chinese_says_the_same():
    said = smallest_change(table([[80, 40], [40, 70]], [0.5, 0.5]), norm="sum").explain("zh")
    assert "若c1的权重减少 7.14 分，c2的权重增加 7.14 分，则 B2 胜出" in said
    assert "14.29 分，各项变动之和" in said


def test_one_challenger_asked_about_claims_nothing_about_the_others():
    said = smallest_change(table([[80, 40], [40, 70], [10, 75]], [0.5, 0.5]), "B3").explain()
    assert "anybody else" not in said and said.startswith("B3 would win")


def test_those_who_cannot_win_are_told_why():
    sheet = table([[80, 40], [40, 70], [70, 30], [55, 50], [80, 40]], [0.5, 0.5])
    said = smallest_change(sheet).explain()
    assert "B3 cannot win under any weights: B1 is never behind it." in said
    assert "B4 cannot win under any weights: the best of" in said and "as their average in the shares" in said
    assert "B5 cannot get ahead of B1: their totals are the same under all weights." in said
    nobody = smallest_change(table([[80, 40], [70, 30]], [0.5, 0.5]), bounds={"c1": (0.4, 0.6)}).explain()
    assert nobody.splitlines()[0] == "No weights within the bounds let any other bid win."
    assert "限定范围内的" in smallest_change(
        table([[80, 40], [70, 30]], [0.5, 0.5]), bounds={"c1": (0.4, 0.6)}
    ).explain("zh")


def test_ties_and_leads_at_the_present_weights_are_said():
    assert "B2 has the same unrounded total as B1 now" in smallest_change(table([[8, 4], [4, 8]], [0.5, 0.5])).explain()
    assert (
        "B1 leads by unrounded totals already" in smallest_change(table([[9, 4], [4, 8]], [0.5, 0.5]), "B1").explain()
    )
    assert "only bid" in smallest_change(table([[8, 4]], [0.5, 0.5])).explain()


def test_very_small_moves_keep_their_digits_and_many_moves_are_counted():
    close = smallest_change(table([[50.001, 50], [50, 50.0009]], [0.5, 0.5])).explain()
    assert "c1 weighed 2.63 points less" in close
    tiny = smallest_change(table([[90, 10], [10, 89.9999]], [0.5, 0.5]), norm="max").explain()
    assert "weighed 3.13e-05 points less" in tiny
    rng = np.random.default_rng(2)
    many = smallest_change(table(rng.uniform(20, 90, (3, 10)).round(1), [0.1] * 10))
    assert "smaller moves, of at most" in many.explain()
    assert "项较小变动" in explain_change(many, "zh")


def test_the_level_and_what_is_left_out_are_said():
    mapping = policy_mapping()
    mapping["criteria"][-1]["price"] = {"formula": "price_per_quality_point"}
    mapping["criteria"][0] = {"id": "quality", "name": "quality", "weight": 30, "total": 2}
    anchors = [{"mark": 0, "words": "-"}, {"mark": 100, "words": "+"}]
    for name in ("system", "plan"):
        leaf = {"id": name, "parent": "quality", "name": name, "weight": 1, "source": "marks", "anchors": anchors}
        mapping["criteria"].append(leaf)
    offers = [flat("A", 80, "100"), flat("B", 70, "50")]
    for offer in offers:
        for given in offer.marks.values():
            given.update(system=given["quality"], plan=given.pop("quality"))
    sheet = evaluate(make_tender(offers, Policy.from_mapping(mapping))).lots["1"].sheet
    said = smallest_change(sheet, level="top").explain()
    assert "Only the weights of the top criteria move" in said
    assert "Some values depend on the weights themselves" in said
    assert "Only the weights of the top" not in smallest_change(sheet).explain()
