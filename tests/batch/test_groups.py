"""Rows by tender without moving them."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.batch.groups import Groups


@pytest.mark.parametrize("codes", [[0, 0, 1, 2, 2, 2], [2, 0, 2, 1, 0, 2], [5, 5, 9, 1], [0], [-1, 0, 0, -1]])
def test_blocks_hold_every_row_once_with_the_rows_of_its_tender(codes):
    given = np.array(codes)
    groups = Groups.of(given)
    seen = []
    for tenders, at in groups.laid_out(rows_at_once=3):
        assert at.shape[1] == len(tenders)
        for t in range(at.shape[1]):
            assert len(set(given[at[:, t]])) == 1
            assert at.shape[0] == np.count_nonzero(given == given[at[0, t]])
            assert (groups.codes[at[:, t]] == tenders[t]).all()
        seen += at.ravel().tolist()
    assert sorted(seen) == list(range(len(given)))
    assert groups.n == len(set(codes))


def test_rows_that_stand_together_are_not_sorted():
    assert Groups.of(np.array([3, 3, 1, 1])).order is None
    assert Groups.of(np.array([3, 1, 3])).order is not None


def test_no_row_is_no_tender():
    groups = Groups.of(np.array([], dtype=np.int64))
    assert (groups.n, groups.blocks()) == (0, ())


def test_rows_that_differ_inside_their_tender_are_found():
    groups = Groups.of(np.array([0, 1, 0, 1]))
    assert groups.varies(np.array([1.0, np.nan, 2.0, np.nan])).tolist() == [False, False, True, False]
    assert groups.count(np.array([True, False, True, True])).tolist() == [2, 1]
