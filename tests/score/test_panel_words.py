"""What is said about the agreement of a panel, in both languages."""

from __future__ import annotations

import tomllib
from importlib import resources

import numpy as np
import pandas as pd
import pytest

from supplier_eval.messages import LANGS, catalogue
from supplier_eval.score.panel_front import panel_agreement

NAN = np.nan


def wide(rows):
    return pd.DataFrame(rows, index=[f"E{i + 1}" for i in range(len(rows))], dtype=float)


def test_severity_is_said_with_its_side_its_error_and_the_spread():
    said = panel_agreement(wide([[60, 70, 81], [70, 80, 90], [80, 90, 99]])).explain().splitlines()
    assert said[0] == "Totals per evaluator and bid (evaluators: 3, bids: 3)."
    assert said[1].startswith("Kendall's W = 1.000")
    assert said[2] == "With 3 bids that p-value is only a rough guide."
    assert "9.67 points below the mean of the panel (standard error 0.27)" in said[-3]
    assert said[-2].startswith("E2 marks at the mean of the panel")
    assert "E3 marks 9.67 points above" in said[-1]


def test_groups_that_share_no_bid_are_named():
    said = panel_agreement(wide([[1, 2, NAN, NAN], [2, 3, NAN, NAN], [NAN, NAN, 3, 4]])).explain()
    assert "Evaluators that can be compared only among themselves: E1, E2; E3." in said


def test_a_name_with_control_characters_stays_on_its_line():
    marks = wide([[60, 70, 80], [70, 90, 85]]).rename(index={"E1": "E\n1\u202e"})
    said = panel_agreement(marks).explain()
    assert "\u202e" not in said
    assert len(said.splitlines()) == 8


TABLES = {
    "good": [[60, 70, 81], [70, 80, 90], [80, 90, 99]],
    "one evaluator": [[60, 70]],
    "one bid": [[60], [70]],
    "equal": [[60, 60], [60, 60]],
    "no difference between bids": [[4, 6], [6, 4]],
    "empty": [[NAN, NAN]],
    "missing": [[1, 2, 3], [2, NAN, 4], [1, 2, 5]],
    "unconnected": [[1, 2, NAN, NAN], [NAN, NAN, 3, 4]],
    "constant evaluators": [[1, 1], [3, 3]],
    "many bids": [[1, 2, 3, 4, 5, 6, 7, 8], [2, 1, 4, 3, 6, 5, 8, 7]],
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_explained_without_a_hole(name, lang):
    said = panel_agreement(wide(TABLES[name])).explain(lang)
    assert "nan" not in said
    assert "None" not in said
    assert "{" not in said


@pytest.mark.parametrize("lang", LANGS)
def test_each_reason_is_said_in_its_own_words(lang):
    reasons = {
        "one evaluator": "one_evaluator",
        "one bid": "one_bid",
        "equal": "no_variation",
        "no difference between bids": "denominator_not_positive",
        "empty": "no_marks",
        "missing": "missing_marks",
        "unconnected": "unconnected",
    }
    for name, reason in reasons.items():
        assert catalogue()[f"panel.reason.{reason}"][lang] in panel_agreement(wide(TABLES[name])).explain(lang)


def test_every_entry_has_both_languages():
    file = resources.files("supplier_eval.messages") / "panel.toml"
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    assert "panel.kendall_w" in entries
    for code, words in entries.items():
        assert set(words) in ({"en", "zh"}, {"en", "zh", "en_remedy", "zh_remedy"}), code
