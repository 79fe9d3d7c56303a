"""Published examples of ranking methods, intervals and acceptability, through the public names.

The figures and their sources stand in ``tests/fixtures/decision_methods_rank.json``.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import supplier_eval as se

CASES = {
    case["id"]: case
    for case in json.loads(
        (Path(__file__).parents[1] / "fixtures" / "decision_methods_rank.json").read_text(encoding="utf-8")
    )["cases"]
}
METHODS = {
    "wsm_afshari2010": ("weighted_sum", {"normalisation": "max"}),
    "wpm_jmcdm": ("weighted_product", {"normalisation": "max"}),
    "topsis_tzeng2011": ("topsis", {"normalisation": "vector"}),
    "edas_ersoy2021": ("edas", {}),
    "topsis_minmax_opricovic2004": ("topsis", {"normalisation": "min_max"}),
    "vikor_opricovic2004": ("vikor", {"v": 0.5}),
    "vikor_opricovic2007_w1": ("vikor", {"v": 0.5}),
    "promethee2_papathanasiou2018": ("promethee_ii", {"function": "linear"}),
    "promethee_zhao2013": ("promethee_ii", {"function": "usual"}),
    "moora_karabasevic2015": ("moora", {}),
    "copras_goswami2020": ("copras", {}),
    "aras_goswami2020": ("aras", {}),
    "mabac_pamucar2015": ("mabac", {}),
    "spotis_dezert2020": ("spotis", {}),
}
LAMBDAS = {"lam08": 0.8, "lam09": 0.9, "lam1": 1.0}
SCORES = ("scores", "closeness", "net", "Q")


def ranked(case, method, **parameters):
    given = case["inputs"]
    named = {name: given[name] for name in ("bounds", "p", "q") if name in given}
    return se.rank.rank_matrix(given["matrix"], given["weights"], given["directions"], method, **named, **parameters)


def test_every_case_of_the_file_is_tried():
    by_hand = {"waspas_chakraborty2015", "smaa_identity3", "weight_interval_proportional"}
    assert set(CASES) == set(METHODS) | by_hand
    assert all(case.get("source") or case.get("proof") for case in CASES.values())


@pytest.mark.parametrize("name", METHODS)
def test_scores_and_figures_are_those_that_were_printed(name):
    case, (method, parameters) = CASES[name], METHODS[name]
    ranking, expected = ranked(case, method, **parameters), case["expected"]
    frame = ranking.to_frame().set_index("bid").loc[list(ranking.bids)]
    printed = next(expected[key] for key in SCORES if key in expected)
    np.testing.assert_allclose(frame["score"], printed, atol=case["tol"])
    for figure in {"S", "R", "Q", "plus", "minus"} & set(expected):
        np.testing.assert_allclose(frame[figure], expected[figure], atol=case["tol"])
    if "ranks" in expected:
        assert frame["rank"].tolist() == expected["ranks"]
    if "compromise_set_1based" in expected:
        assert (np.flatnonzero(frame["compromise"]) + 1).tolist() == expected["compromise_set_1based"]


def test_the_order_of_afshari_is_the_printed_one():
    case = CASES["wsm_afshari2010"]
    assert ranked(case, "weighted_sum").ranks.tolist() == case["expected"]["ranks_worst_to_best_note"]


@pytest.mark.parametrize("name", LAMBDAS)
def test_waspas_for_every_lambda(name):
    case = CASES["waspas_chakraborty2015"]
    scores = ranked(case, "waspas", lam=LAMBDAS[name]).score
    np.testing.assert_allclose(scores, case["expected"][name], atol=case["tol"])


def sheet_of(matrix, weights):
    frame = pd.DataFrame(matrix, index=[f"B{b}" for b in range(len(matrix))])
    frame.columns = [f"C{i}" for i in range(frame.shape[1])]
    return se.ScoreSheet.from_frame(frame, dict(zip(frame.columns, weights, strict=True)))


def test_acceptability_of_the_unit_matrix():
    """Three bids, each best in one criterion: sampled within its error, exact to the tolerance of the case."""
    case = CASES["smaa_identity3"]
    matrix = np.asarray(case["inputs"]["utilities"]) * 100
    sheet = sheet_of(matrix, [1 / 3] * 3)
    expected = case["expected"]
    exact = se.robustness.exact_acceptability(sheet, "simplex")
    np.testing.assert_allclose(exact.first, np.asarray(expected["rank_acceptability"])[:, 0], atol=1e-12)
    centres = np.array([list(weights.values()) for weights in exact.central_weights.values()])
    np.testing.assert_allclose(centres, expected["central_weights"], atol=1e-12)
    drawn = se.robustness.rank_acceptability(sheet, 65_536, "simplex")
    np.testing.assert_allclose(drawn.matrix, expected["rank_acceptability"], atol=case["tol"])
    centres = np.array([list(weights.values()) for weights in drawn.central_weights.values()])
    np.testing.assert_allclose(centres, expected["central_weights"], atol=case["tol"])


def test_intervals_with_the_others_in_proportion():
    case = CASES["weight_interval_proportional"]
    given = case["inputs"]
    stability = se.robustness.weight_stability(sheet_of(np.asarray(given["utilities"]) * 100, given["weights"]))
    found = stability.to_frame()[["lower", "upper"]].to_numpy()
    np.testing.assert_allclose(found, case["expected"]["interval"], atol=case["tol"])
