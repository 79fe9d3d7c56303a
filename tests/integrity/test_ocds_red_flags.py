"""The result of the red flags: tables, flags, words."""

from __future__ import annotations

from pathlib import Path

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.integrity.ocds_red_flags import COLUMNS
from supplier_eval.integrity.ocds_screening import screen_releases
from supplier_eval.messages import UnknownLanguageError

FIXTURES = Path(__file__).parents[1] / "fixtures" / "ocds_red_flags"
FOUND = screen_releases(FIXTURES / "R035.jsonl", indicators=["R018", "R035"])
ALL = [path for path in sorted(FIXTURES.glob("*.jsonl")) if "-" not in path.stem]


def test_one_row_a_red_flag():
    frame = FOUND.to_frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["id"].tolist() == ["F1", "F2", "accept", "repeat", "V"]
    assert frame["value"].tolist() == [1, 2, 1, 1, 0]
    assert frame["threshold"].tolist()[:4] == [1, 1, 1, 1]
    assert frame["processes"][4] == "F1, F2, accept, repeat"


def test_flags_name_process_and_tenderer():
    process, *_, tenderer = FOUND.flags
    assert (process.lot, process.bid, process.figure, process.clause) == ("F1", "", 1, "§1.3.4")
    assert (tenderer.lot, tenderer.bid) == ("F1, F2, accept, repeat", "V")


def test_all_together_say_what_was_found_and_what_was_not():
    said = FOUND.explain()
    assert "- R018 Single bid received: none" in said
    assert "- R035 All except winning bid disqualified: 4 processes, 1 tenderers" in said
    assert "excludes nobody" in said
    assert "仅一家投标" in FOUND.explain(lang="zh")


def test_one_of_them_is_explained():
    assert "bids of 2 other tenderers were disqualified" in FOUND.explain("F2")
    with pytest.raises(UnknownName, match="F2"):
        FOUND.explain("F3")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_flag_has_its_words_in_both_languages(path):
    own = {"R048": {"minimum_contracting_processes": 1}}
    found = screen_releases(path, settings=own)
    for flag in found.flags:
        assert flag.say("en") != flag.say("zh")
        assert "{" not in flag.say("en") + flag.say("zh")
    assert len(found.to_frame("zh")) == len(found.found)


def test_a_result_is_short():
    assert repr(FOUND) == "RedFlags(5 of 2 indicators in 11 processes)"
    assert (FOUND.standing, FOUND.policy_fingerprint) == ("exploratory", "")


def test_a_language_that_is_not_spoken_is_named():
    with pytest.raises(UnknownLanguageError, match="language"):
        FOUND.explain(lang="fr")
