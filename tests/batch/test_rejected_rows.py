"""Rows without a result: what is said of each."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from supplier_eval.batch.dataset_stream import OddRow
from supplier_eval.batch.rejected_rows import odd_finding, odd_findings, odd_records, rejected_records

ODD = tuple(OddRow(number, cells, 3, f"text {number}", None) for number, cells in ((4, 2), (7, 5), (9, 2)))


def test_rows_carry_their_sheet_row_codes_and_words():
    rows = pa.table({"t": ["A", "B"], "findings": ["old", "old"]})
    out = rejected_records(rows, np.array([5, 8]), np.array(["c", "d"], object), np.array(["x", "y"], object))
    assert out.to_pydict() == {
        "t": ["A", "B"],
        "reject_row": [5, 8],
        "finding_codes": ["c", "d"],
        "findings": ["x", "y"],
        "unread_text": [None, None],
    }


def test_records_that_do_not_fit_are_gathered_by_what_is_wrong():
    short, long = odd_findings(ODD, "a.csv")
    assert (short.code, short.rows, short.facts["found"]) == ("batch.row.too_few_cells", (4, 9), 2)
    assert (long.code, long.rows, long.value) == ("batch.row.too_many_cells", (7,), "text 7")
    assert odd_finding(ODD[0], "a.csv").rows == (4,)


def test_records_that_do_not_fit_keep_their_text():
    rows = odd_records(ODD, ["t", "x"], "zh", "a.csv").to_pydict()
    assert rows["t"] == rows["x"] == [None] * 3
    assert rows["unread_text"] == ["text 4", "text 7", "text 9"]
    assert rows["reject_row"] == [4, 7, 9]
    assert "标题行" in rows["findings"][0]
