"""The answers of a folder: a frame, sentences, a document."""

from __future__ import annotations

import json

import pytest

from report.made_risks import made
from supplier_eval.errors import UnknownName
from supplier_eval.risk.answers import QUESTIONS, RiskAnswers


def test_every_question_has_a_row_and_sentences_in_both_languages():
    frame = made().to_frame()
    assert list(frame["question"]) == list(QUESTIONS)
    assert frame["answered"].all()
    for question in QUESTIONS:
        assert made().explain(question) != made().explain(question, "zh")


def test_the_document_is_json_and_says_what_was_left_out():
    text = json.dumps(made().document("zh"), allow_nan=False, ensure_ascii=False)
    document = json.loads(text)
    assert document["standing"] == "exploratory"
    assert document["left_out"] == {}
    assert document["losses"]["years"] == 4000
    assert len(document["register"]["table"]) == 25
    few = RiskAnswers("f", made().as_of, {}, {"matrix": ("matrix.toml",)})
    assert few.document()["left_out"] == {"matrix": ["matrix.toml"]}
    assert few.frames("matrix") == {}
    assert few.policy_fingerprint == ""


def test_an_unknown_question_is_refused():
    with pytest.raises(UnknownName, match="question"):
        made().explain("weather")
    with pytest.raises(UnknownName, match="question"):
        made().frames("weather")


def test_its_repr_is_short():
    assert repr(made()) == "RiskAnswers(risks, 2026-11-30: 13 answers)"
