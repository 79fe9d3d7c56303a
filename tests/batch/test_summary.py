"""What a batch did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supplier_eval.batch.counts import Counts
from supplier_eval.batch.summary import BatchSummary, FileSummary
from supplier_eval.errors import Finding, UnknownName

FILES = (
    FileSummary("a.csv", "scored", Counts(5, 3, 2, 2, 1, 1), "a.csv", "_rejects/a.csv"),
    FileSummary("b.csv", "kept", Counts(1, 1, 0, 1, 1, 0), "b.csv"),
    FileSummary("c.csv", "refused", findings=(Finding("files.empty", "c.csv"),)),
)
SUMMARY = BatchSummary(FILES, Path("out"), "sha256:a", "1", "local", "exploratory", ("why",))


def test_files_and_their_sums():
    assert SUMMARY.counts == Counts(6, 4, 2, 3, 2, 1)
    assert not SUMMARY.complete
    assert [file.file for file in SUMMARY.refused] == ["c.csv"]
    frame = SUMMARY.to_frame()
    assert frame["state"].tolist() == ["scored", "kept", "refused"]
    assert frame["rows_rejected"].tolist() == [2, 0, 0]
    assert len(repr(SUMMARY).splitlines()) == 1
    assert repr(FILES[0]) == "FileSummary('a.csv', scored: 3 of 5 bids)"


def test_it_explains_itself_in_both_languages():
    assert "Bids: 6 (4 scored, 2 rejected)" in SUMMARY.explain()
    assert "the file holds nothing" in SUMMARY.explain()
    assert "投标 6 份（已评分 4 份，退回 2 份）" in SUMMARY.explain(lang="zh")
    assert "_rejects/a.csv" in SUMMARY.explain("a.csv")
    assert "沿用" not in SUMMARY.explain("b.csv", "zh")
    assert "was not scored" in SUMMARY.explain("c.csv")
    with pytest.raises(UnknownName, match=r"a\.csv"):
        SUMMARY.explain("a")


def test_it_is_plain_data():
    document = json.loads(json.dumps(SUMMARY.to_dict()))
    assert document["counts"]["rows"] == sum(file["rows"] for file in document["files"])
    assert document["files"][2]["findings"][0]["code"] == "files.empty"
    assert (document["standing"], document["complete"]) == ("exploratory", False)
