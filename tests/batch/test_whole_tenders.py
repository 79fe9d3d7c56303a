"""A stream cut where one tender ends and the next begins."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.batch.dataset_sources import InputFile
from supplier_eval.batch.dataset_stream import open_stream
from supplier_eval.batch.files import joined
from supplier_eval.batch.whole_tenders import whole_tenders


def blocks_of(folder, text: str, batch_rows: int):
    path = folder / "a.csv"
    path.write_text(text)
    return list(whole_tenders(open_stream(InputFile(path, "a.csv", "csv", "csv")), "t", batch_rows))


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 12)), min_size=1, max_size=12),
    st.sampled_from([1, 2, 3, 7, 50]),
    st.sets(st.integers(0, 60), max_size=3),
)
def test_no_tender_is_cut_and_no_row_is_lost(tmp_path_factory, runs, batch_rows, blanks):
    tenders = [name for name, n in runs for _ in range(n)]
    cells = ["" if i in blanks else name for i, name in enumerate(tenders)]
    text = "t,x\n" + "".join(f"{cell},{i}\n" for i, cell in enumerate(cells))
    blocks = blocks_of(tmp_path_factory.mktemp("b"), text, batch_rows)
    rows = joined([block.piece.rows for block in blocks])
    assert rows["x"].to_pylist() == [str(i) for i in range(len(cells))]
    for left, right in pairwise(blocks):
        named = [d for d in left.piece.digests if d] or [np.uint64(0)]
        first = next((d for d in right.piece.digests if d), np.uint64(1))
        assert named[-1] != first
    if batch_rows == 1:
        assert all(len(block.starts) == 1 for block in blocks)


def test_a_tender_longer_than_a_batch_stays_whole(tmp_path):
    text = "t,x\n" + "A,1\n" * 50 + "B,1\n" * 3 + "C,1\n" * 40
    assert [len(block.piece) for block in blocks_of(tmp_path, text, 7)] == [53, 40]


@pytest.mark.parametrize("batch_rows", [1, 3, 100])
def test_a_record_that_cannot_be_read_breaks_the_tenders_it_may_belong_to(tmp_path, batch_rows):
    def broken(text: str) -> set[str]:
        found = set()
        for block in blocks_of(tmp_path, text, batch_rows):
            names = block.piece.rows["t"].to_pylist()
            found |= {names[block.starts[place]] for place in block.broken}
        return found

    assert broken("t,x\nA,1\nA\nA,2\nB,1\n") == {"A"}  # inside
    assert broken("t,x\nA,1\nA,1,1\nB,1\nC,1\n") == {"A"}  # beside: its first cell is its tender
    assert broken("t,x\nA,1\nB,1,1\nB,1\nC,1\n") == {"B"}
    assert broken("t,x\nA,1\nZ,1,1\nB,1\nC,1\n") == set()  # a tender of its own
    assert broken("x,t\n1,A\n1\n1,B\n1,C\n") == {"A", "B"}  # nobody knows whose
    assert broken("t,x\nA,1\nB,1\nB,1,1\n") == {"B"}
