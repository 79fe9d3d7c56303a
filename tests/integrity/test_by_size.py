"""Tenders of one size as blocks."""

from __future__ import annotations

import numpy as np

from supplier_eval.integrity.by_size import blocks_by_size


def test_every_row_stands_in_one_block():
    start = np.array([0, 2, 5, 7, 8])
    blocks = list(blocks_by_size(start))
    assert [(size, tenders.tolist()) for size, tenders, _ in blocks] == [(1, [3]), (2, [0, 2]), (3, [1])]
    assert sorted(row for _, _, rows in blocks for row in rows.ravel().tolist()) == list(range(8))
    assert blocks[1][2].T.tolist() == [[0, 1], [5, 6]]
