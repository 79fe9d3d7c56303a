"""The step from rows of a file to the arithmetic of a frame and back."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from batch_folders import POLICY, job, market
from supplier_eval.batch import score_frame
from supplier_eval.batch.dataset_kernel import Scorer, options_of, tender_column
from supplier_eval.errors import InvalidInput


def scorer(tmp_path, columns, **changes) -> Scorer:
    return Scorer.of(job(tmp_path, **changes), tuple(columns), "a.csv")


def test_rows_are_scored_as_the_frame_is(tmp_path):
    frame = market(20)
    one = scorer(tmp_path, frame.columns)
    scored = one.score(pa.Table.from_pandas(frame), np.arange(len(frame)) + 2, "a.csv")
    whole = score_frame(frame, POLICY)
    assert one.tender == "tender"
    assert set(one.columns) == {"tender", "bidder", "quality", "capability", "emergency", "price"}
    assert list(one.kinds) == [name for name in whole.columns if name not in frame.columns]
    for name in one.kinds:
        assert scored.frame[name].astype(object).equals(whole[name].astype(object))
    assert not scored.bad.any()
    assert not scored.findings


def test_findings_have_the_rows_of_the_sheet_and_the_name_of_the_file(tmp_path):
    frame = market(4)
    frame.loc[2, "price"] = -1.0
    numbers = np.arange(len(frame)) * 10 + 7
    scored = scorer(tmp_path, frame.columns).score(pa.Table.from_pandas(frame), numbers, "b.csv")
    (finding,) = scored.findings
    assert (finding.table, finding.rows, finding.code) == ("b.csv", (27,), "batch.price.not_positive")
    mine = (frame.tender == frame.tender[2]).to_numpy()
    assert scored.bad.tolist() == mine.tolist()
    assert scored.codes[2] == "batch.price.not_positive"
    assert set(scored.codes[mine]) <= {"batch.price.not_positive", "batch.tender.set_aside"}
    assert len(scored.frame) == (~mine).sum()


def test_a_column_that_is_not_there_names_the_file(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        scorer(tmp_path, ["tender", "bidder", "quality", "total"])
    assert refused.value.source == "a.csv"
    assert {f.code for f in refused.value.findings} == {"batch.column.missing", "batch.column.taken"}


def test_what_changes_a_byte_stands_in_the_options(tmp_path):
    plain = options_of(job(tmp_path), None)
    assert options_of(job(tmp_path, batch_rows=3, keep_going=True), None) == plain
    for changes in (
        {"lang": "zh"},
        {"robustness": ("radius",)},
        {"seed": 1},
        {"columns": {"tender": "x", "lot": None}},
    ):
        assert options_of(job(tmp_path, **changes), None) != plain
    assert options_of(job(tmp_path), "csv") != plain
    assert tender_column(job(tmp_path, columns={"tender": "pid"}), [*market(1).columns, "pid"]) == "pid"


def test_no_rows_have_the_result_columns(tmp_path):
    one = scorer(tmp_path, market(1).columns)
    assert list(one.nothing().columns) == list(one.kinds)
