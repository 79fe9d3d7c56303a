"""The data of the panel page: both languages, names or none, and JSON that cannot leave its element."""

from __future__ import annotations

import json

import pytest

from supplier_eval.report.panel_data import panel_data, panel_json
from supplier_eval.report.words import words
from supplier_eval.robustness.answers import answer_lots


def test_all_words_of_the_page_come_in_both_languages(desk):
    said = panel_data(desk, "zh", ())["words"]
    assert set(said["en"]) == set(said["zh"])
    assert said["zh"]["panel.reset"] == words("zh")["panel.reset"]
    assert {key for key in words("en") if key.startswith("panel.")} <= set(said["en"])


def test_the_verdict_is_that_of_the_study_with_marks_for_the_bids(desk):
    answers = answer_lots(desk.tender, draws=64)
    (lot,) = panel_data(desk, "en", answers)["lots"]
    verdict = answers[0].study.verdict
    assert lot["verdict"]["level"] == verdict.level
    said = "\n".join(lot["verdict"]["said"]["en"])
    for i, bid in enumerate(("B1", "B2", "B3", "B4", "B5", "B6")):
        said = said.replace(f"⟦b{i}⟧", bid)
    for i in range(5):
        said = said.replace(f"⟦m{i}⟧", f"E{i + 1}")
    for line in verdict.explain("en").split("\n"):
        assert line.strip() in said
    assert verdict.figures.winner not in "\n".join(lot["verdict"]["said"]["en"])


def test_without_an_answer_there_is_no_verdict(desk):
    assert panel_data(desk, "en", ())["lots"][0]["verdict"] is None


@pytest.mark.parametrize("blind", [False, True])
def test_people_have_a_number_each_and_names_unless_blind(desk, blind):
    data = panel_data(desk, "en", (), blind=blind)
    assert sorted(person["number"] for person in data["bids"]) == [1, 2, 3, 4, 5, 6]
    assert sorted(person["number"] for person in data["members"]) == [1, 2, 3, 4, 5]
    assert all(("name" in person) is not blind for person in (*data["bids"], *data["members"]))
    assert ("Alpha IT" in panel_json(data)) is not blind


def test_json_holds_nothing_that_ends_its_element():
    given = {"name": "</script><!-- & \u2028\u2029 <b>"}
    text = panel_json(given)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == given
