"""Rows and columns collected in blocks."""

from __future__ import annotations

import numpy as np

from supplier_eval.award.rows import Builder, plus


def test_blocks_follow_each_other_and_keep_their_owners():
    builder = Builder()
    first = builder.columns("share", 2, upper=[1.0, 0.5])
    second = builder.columns("open", 1, integer=True)
    builder.block("cover", [0, 0], first, 1.0, [1.0], [1.0])
    builder.row("R1", {int(first[1]): 1.0, int(second[0]): -1.0, int(first[0]): 0.0}, upper=0.0)
    rows = builder.finish()
    assert rows.row.tolist() == [0, 0, 1, 1]
    assert rows.column.tolist() == [0, 1, 1, 2]
    assert [rows.owners[at] for at in rows.owner] == ["cover", "R1"]
    assert rows.lower.tolist() == [1.0, -np.inf]
    assert rows.upper.tolist() == [1.0, 0.0]


def test_the_bound_of_a_column_is_found_in_whichever_block_it_stands():
    builder = Builder()
    builder.columns("share", 2, upper=[1.0, 0.5])
    assert builder.most(1) == 0.5
    builder.columns("breach", 1, upper=7.0)
    assert [builder.most(at) for at in range(3)] == [1.0, 0.5, 7.0]


def test_expressions_add_up_by_column():
    assert plus([(1, 2.0), (2, 1.0)], [(1, -0.5)]) == {1: 1.5, 2: 1.0}
