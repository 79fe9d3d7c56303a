"""Explanations of one thing, of all, and in the language that was meant."""

from __future__ import annotations

import pandas as pd
import pytest

from report.made_risks import made
from supplier_eval.errors import UnknownName
from supplier_eval.messages import UnknownLanguageError
from supplier_eval.risk import rate_failure_modes
from supplier_eval.risk.explained import asked_of

MODES = pd.DataFrame({"mode": ["lost", "late"], "severity": [5, 9], "occurrence": [8, 9], "detection": [2, 7]})
RESULTS = ("register", "responses", "rating", "portfolio", "indicators", "backtest", "concentration")


@pytest.mark.parametrize("question", RESULTS)
def test_without_an_id_the_whole_is_explained(question):
    found = made().answers[question]
    said = made().explain(question)
    assert found.explain() in said if question == "concentration" else found.explain() == said
    assert found.explain("zh") != found.explain()
    assert found.explain("zh") in made().explain(question, "zh")
    with pytest.raises(UnknownName):
        found.explain("nobody")
    with pytest.raises(UnknownLanguageError, match="de"):
        found.explain(lang="de")


def test_failure_modes_come_in_the_order_of_action():
    lines = rate_failure_modes(MODES).explain("zh").split("\n")
    assert [line.split("：")[0] for line in lines] == ["late", "lost"]
    assert rate_failure_modes(MODES.iloc[:0]).explain() == "There is no failure mode."


def test_an_id_that_is_spelled_like_a_language_is_an_id():
    assert asked_of("item", "zh", "en", ["zh"]) == ("zh", "en")
    assert asked_of("item", "zh", "en", ["x"]) == (None, "zh")
