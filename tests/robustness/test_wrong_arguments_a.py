"""Wrong kinds of arguments: a finding with a remedy or a name that does not exist, never a bare Python error."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from strategies import flat, make_tender, policy_mapping
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.policy import Policy
from supplier_eval.procedure import evaluate
from supplier_eval.robustness.agreement_of_methods import correlations
from supplier_eval.robustness.answers import (
    answer_lots,
    answers_document,
    check_before_publication,
    rehearsals,
    rehearsals_document,
)
from supplier_eval.robustness.market_sample import drawn_prices, prices_of
from supplier_eval.robustness.methods import compare_methods
from supplier_eval.robustness.objective_front import critic_weights, entropy_weights, merec_weights
from supplier_eval.robustness.panel_influence import leave_one_evaluator_out, panel_influence
from supplier_eval.robustness.rehearsal import publication_findings, rehearse
from supplier_eval.robustness.reversal import rank_reversal, reversal_of
from supplier_eval.robustness.study import robustness_study
from supplier_eval.robustness.uncertain_tender import draws_of, tender_draws
from supplier_eval.robustness.verdict import verdict
from supplier_eval.robustness.verdict_figures import VerdictFigures
from supplier_eval.robustness.whatif import what_if

POLICY = Policy.from_mapping(policy_mapping())
TENDER = make_tender([flat("A", 80, "100"), flat("B", 70, "90"), flat("C", 60, "80")], POLICY)
EVALUATION = evaluate(TENDER)
SHEET = EVALUATION.ranking.sheet
COMPARED = compare_methods(SHEET, "topsis", {}, ())
FRAME = pd.DataFrame({"q": [1.0, 2.0], "p": [3.0, 1.0]}, index=["a", "b"])
UNKNOWN = "unknown name"

WRONG = {
    # ranking methods side by side
    "methods: a number among the names": (lambda: compare_methods(SHEET, methods=[3]), "asked.names"),
    "methods: a number": (lambda: compare_methods(SHEET, methods=3), "asked.names"),
    "methods: no such method": (lambda: compare_methods(SHEET, methods="topsi"), UNKNOWN),
    "methods: normalisations as a text": (
        lambda: compare_methods(SHEET, normalisations="vector"),
        "asked.mapping.normalisations",
    ),
    "methods: a normalisation as a number": (
        lambda: compare_methods(SHEET, normalisations={"topsis": 3}),
        "asked.names",
    ),
    "methods: no such normalisation": (lambda: compare_methods(SHEET, normalisations={"topsis": "vectr"}), UNKNOWN),
    "methods: weights as numbers": (lambda: compare_methods(SHEET, weights=[0.5]), "asked.names"),
    "methods: no such weights": (lambda: compare_methods(SHEET, weights="critik"), UNKNOWN),
    "methods: an evaluation": (lambda: compare_methods(EVALUATION), "asked.sheet.Evaluation"),
    "methods: a tender": (lambda: compare_methods(TENDER), "asked.sheet.Tender"),
    "methods: a table": (lambda: compare_methods(FRAME), "asked.sheet.DataFrame"),
    "methods: a row that is none": (lambda: COMPARED.stand(["topsis"]), UNKNOWN),
    "methods: a correlation that is none": (lambda: COMPARED.correlation_frame(["kendall"]), UNKNOWN),
    # what if
    "what if: an evaluation": (lambda: what_if(EVALUATION, weights={"price": 1}), "asked.tender.Evaluation"),
    "what if: no such bid": (lambda: what_if(TENDER, without="X"), UNKNOWN),
    "what if: a bid as a number": (lambda: what_if(TENDER, without=[3]), "asked.names"),
    "what if: prices as a text": (lambda: what_if(TENDER, prices="abc"), "asked.mapping"),
    "what if: a price as a text": (lambda: what_if(TENDER, prices={"B": "x"}), "what_if.prices.invalid"),
    "what if: a price as a truth value": (lambda: what_if(TENDER, prices={"B": True}), "what_if.prices.invalid"),
    "what if: a price beyond all money": (lambda: what_if(TENDER, prices={"B": 1e308}), "what_if.prices.invalid"),
    "what if: a price of nobody": (lambda: what_if(TENDER, prices={3: 5}), UNKNOWN),
    "what if: a weight that is no number": (
        lambda: what_if(TENDER, weights={"price": float("nan")}),
        "what_if.weights.invalid",
    ),
    "what if: a weight below zero": (lambda: what_if(TENDER, weights={"price": -1}), "what_if.weights.invalid"),
    "what if: a weight as a text": (lambda: what_if(TENDER, weights={"price": "x"}), "what_if.weights.invalid"),
    "what if: a weight as a truth value": (lambda: what_if(TENDER, weights={"price": True}), "what_if.weights.invalid"),
    "what if: weights as a list": (lambda: what_if(TENDER, weights=[40]), "asked.mapping"),
    "what if: weights of nothing": (lambda: what_if(TENDER, weights={3: 40}), UNKNOWN),
    "what if: a formula as a number": (lambda: what_if(TENDER, formula=3), "asked.text"),
    "what if: a formula of a criterion as a list": (lambda: what_if(TENDER, formula={"price": ["x"]}), "asked.text"),
    "what if: parameters as a text": (lambda: what_if(TENDER, parameters="x"), "asked.mapping"),
    "what if: a parameter as a text": (lambda: what_if(TENDER, parameters={"factor": "x"}), "policy.value.invalid"),
    "what if: floors as a text": (lambda: what_if(TENDER, floors="quality"), "asked.mapping"),
    "what if: floors as numbers": (lambda: what_if(TENDER, floors=[60]), "asked.mapping"),
    "what if: a floor as a text": (lambda: what_if(TENDER, floors={"quality": "x"}), "policy.value.invalid"),
    "what if: marks as a list": (lambda: what_if(TENDER, marks=[1]), "asked.mapping"),
    "what if: a mark of a bid alone": (lambda: what_if(TENDER, marks={"A": 3}), "what_if.marks.key"),
    "what if: a mark as a text": (
        lambda: what_if(TENDER, marks={("A", "quality", "E1"): "x"}),
        "what_if.marks.range",
    ),
    "what if: an added bid as a text": (lambda: what_if(TENDER, adding={"D": "A"}), "asked.mapping"),
    "what if: added bids as a text": (lambda: what_if(TENDER, adding="D"), "asked.mapping"),
    "what if: an added bid without an id": (lambda: what_if(TENDER, adding={3: {"like": "A"}}), "asked.text"),
    "what if: an added bid that is there": (
        lambda: what_if(TENDER, adding={"A": {"like": "B"}}),
        "what_if.adding.taken",
    ),
    "what if: an added bid like nobody": (lambda: what_if(TENDER, adding={"D": {"like": ["A"]}}), UNKNOWN),
    "what if: an added mark out of range": (
        lambda: what_if(TENDER, adding={"D": {"like": "A", "marks": {"quality": 101}}}),
        "what_if.adding.range",
    ),
    "what if: a policy as a text": (lambda: what_if(TENDER, policy="policy.toml"), "asked.policy"),
    "what if: no such change": (lambda: what_if(TENDER, weihgts={}), UNKNOWN),
    "what if: a lot as a number": (lambda: what_if(TENDER, lot=3), UNKNOWN),
    # rehearsal
    "rehearse: a name": (lambda: rehearse("name"), "asked.policy"),
    "rehearse: a tender": (lambda: rehearse(TENDER), "asked.policy.Tender"),
    "rehearse: a category as a number": (lambda: rehearse(POLICY, category=3), "asked.text"),
    "rehearse: a market as a text": (lambda: rehearse(POLICY, market="prices.csv"), "asked.frame"),
    "rehearse: bids below two": (lambda: rehearse(POLICY, bids=1), "asked.whole"),
    "rehearse: half a bid": (lambda: rehearse(POLICY, bids=2.5), "asked.whole"),
    "rehearse: no tenders": (lambda: rehearse(POLICY, bids=3, tenders=-5), "asked.whole"),
    "rehearse: no spread": (lambda: rehearse(POLICY, bids=3, spread=0), "asked.figure.above"),
    "rehearse: a spread as a text": (lambda: rehearse(POLICY, bids=3, spread="x"), "asked.figure.above"),
    "rehearse: a seed as a text": (lambda: rehearse(POLICY, seed="x"), "asked.whole"),
    "rehearse: a seed below zero": (lambda: rehearse(POLICY, seed=-1), "asked.whole"),
    "rehearse: a deviation below zero": (lambda: rehearse(POLICY, marks=(70, -1)), "asked.figure"),
    "rehearse: a mean above a hundred": (lambda: rehearse(POLICY, marks=(170, 1)), "rehearsal.marks.pair"),
    "rehearse: one figure for the marks": (lambda: rehearse(POLICY, marks=70), "rehearsal.marks.pair"),
    "rehearse: marks as texts": (lambda: rehearse(POLICY, marks=("70", 12)), "asked.figure"),
    "publication: a path": (lambda: publication_findings("policy.toml"), "asked.policy"),
    "publication: a category as a number": (lambda: publication_findings(POLICY, 3), "asked.text"),
    "rehearsals: a tender": (lambda: rehearsals(TENDER), "asked.policy.Tender"),
    "rehearsals as data: a policy": (lambda: rehearsals_document(POLICY), "asked.kind"),
    "check: a number": (lambda: check_before_publication(3), "asked.path"),
    "check: neither yes nor no": (lambda: check_before_publication("x", is_policy="no"), "asked.yes_no"),
    "check: a policy as a path": (lambda: check_before_publication("x", "policy.toml"), "asked.policy"),
    "market: a list": (lambda: prices_of([[1, 2]]), "asked.frame"),
    "drawn prices: no generator": (lambda: drawn_prices(3, 0.1, 5, 7), "asked.kind"),
    # one evaluator, irrelevant bids, uncertainty
    "panel: an evaluation": (lambda: leave_one_evaluator_out(EVALUATION), "asked.tender.Evaluation"),
    "panel: a lot as a list": (lambda: leave_one_evaluator_out(TENDER, ["1"]), UNKNOWN),
    "panel: no block": (lambda: panel_influence(TENDER), "asked.kind"),
    "reversal: a sheet": (lambda: rank_reversal(SHEET), "asked.tender.ScoreSheet"),
    "reversal: no draws": (lambda: rank_reversal(TENDER, draws=0), "asked.whole"),
    "reversal: half a draw": (lambda: rank_reversal(TENDER, draws=2.5), "asked.whole"),
    "reversal: a seed as a text": (lambda: rank_reversal(TENDER, seed="x"), "asked.whole"),
    "reversal: no block": (lambda: reversal_of("x"), "asked.kind"),
    "draws: prices as a text": (lambda: tender_draws(TENDER, prices="abc"), "asked.mapping"),
    "draws: a size as a text": (lambda: tender_draws(TENDER, prices={"normal": "x"}), "uncertainty.prices.invalid"),
    "draws: marks as a number": (lambda: tender_draws(TENDER, marks=3), "asked.yes_no"),
    "draws: no block": (lambda: draws_of(None), "asked.kind"),
    # study and verdict
    "study: an evaluation": (lambda: robustness_study(EVALUATION), "asked.tender.Evaluation"),
    "study: draws below one": (lambda: robustness_study(TENDER, draws=-5), "asked.whole"),
    "study: half a draw": (lambda: robustness_study(TENDER, draws=2.5), "asked.whole"),
    "study: a seed as a text": (lambda: robustness_study(TENDER, seed="x"), "asked.whole"),
    "study: a seed below zero": (lambda: robustness_study(TENDER, seed=-1), "asked.whole"),
    "study: a lot as a number": (lambda: robustness_study(TENDER, 3), UNKNOWN),
    "answers: an evaluation": (lambda: answer_lots(EVALUATION), "asked.tender.Evaluation"),
    "answers: a lot as a list": (lambda: answer_lots(TENDER, ["1"]), UNKNOWN),
    "answers: methods as a text": (lambda: answer_lots(TENDER, methods="topsis"), "asked.yes_no"),
    "answers as data: a text": (lambda: answers_document("x"), "asked.kind"),
    "verdict: no figures": (lambda: verdict({"winner": "A"}), "asked.kind"),
    "verdict: lines as a mapping": (lambda: verdict(VerdictFigures("A", "B", 1.0), {"room": 5}), "asked.kind"),
    # weights read off the bids
    "weights: nothing": (lambda: entropy_weights(None), "asked.sheet"),
    "weights: an evaluation": (lambda: critic_weights(EVALUATION), "asked.sheet.Evaluation"),
    "weights: a text": (lambda: entropy_weights("x"), "matrix.values.shape"),
    "weights: one direction as a text": (lambda: critic_weights(FRAME, "max"), "data_weights.direction.kind"),
    "weights: directions as a number": (lambda: merec_weights(FRAME, 3), "data_weights.direction.kind"),
    "weights: a direction as a list": (
        lambda: critic_weights(FRAME, [["max"], "min"]),
        "data_weights.direction.unknown",
    ),
    "weights: an orientation as a list": (
        lambda: entropy_weights(FRAME, orientation=["mirrored"]),
        "data_weights.orientation.unknown",
    ),
    "weights: figures as texts": (
        lambda: merec_weights([["a", "b"], ["c", "d"]], [1, 1]),
        "data_weights.value.missing",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_a_remedy(case):
    ask, code = WRONG[case]
    with pytest.raises((InvalidInput, UnknownName)) as refused:
        ask()
    said = str(refused.value)
    assert not re.search(r"object is not|not supported between|unhashable|has no attribute|object at 0x", said)
    if code == UNKNOWN:
        assert isinstance(refused.value, UnknownName)
        return
    assert {finding.code for finding in refused.value.findings} == {code}
    for finding in refused.value.findings:
        for lang in ("en", "zh"):
            assert finding.say(lang) and finding.advise(lang)


def test_all_that_is_wrong_comes_at_once():
    with pytest.raises(InvalidInput) as refused:
        rehearse("name", category=3, marks=("x", -1), seed=-1)
    assert [finding.column for finding in refused.value.findings] == ["policy", "category", "marks", "marks", "seed"]
    with pytest.raises(InvalidInput) as refused:
        what_if(TENDER, prices="abc", weights=[1], without=3, policy="x")
    assert {finding.column for finding in refused.value.findings} == {"prices", "weights", "without", "policy"}
    with pytest.raises(InvalidInput) as refused:
        robustness_study(TENDER, draws=2.5, seed="x")
    assert [finding.column for finding in refused.value.findings] == ["draws", "seed"]
    with pytest.raises(InvalidInput) as refused:
        what_if(TENDER, weights={"price": "x", "quality": -1})
    assert [finding.column for finding in refused.value.findings] == ["price", "quality"]


def test_one_text_is_one_name():
    assert [row.way.key for row in compare_methods(SHEET, "topsis", {}, ()).rows[1:]] == ["topsis"]
    assert what_if(TENDER, without="A").to_frame().set_index("bid").loc["A", "rank_after"] == 0


def test_a_change_of_none_is_none():
    assert what_if(TENDER, weights=None, prices=None, floors=None).changes == ()


def test_numbers_of_numpy_are_numbers():
    found = rank_reversal(TENDER, draws=np.int64(8), seed=np.int64(1))
    assert found.draws == 8
    assert (
        rehearse(POLICY, bids=np.int64(3), tenders=np.int32(5), spread=np.float32(0.25), seed=np.uint8(2)).tenders == 5
    )


def test_a_measure_of_plain_arrays_is_refused_in_words():
    with pytest.raises(ValueError, match="measure is one of kendall"):
        correlations([[1, 2], [2, 1]], ["kendall"])
