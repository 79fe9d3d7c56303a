"""Faults are gathered by code and column, and told by row."""

from __future__ import annotations

import numpy as np

from supplier_eval.batch.faults import Faults


def gathered() -> Faults:
    faults = Faults(4)
    faults.add("batch.price.missing", "price", np.array([False, True, False, True]))
    faults.add("batch.number.infinite", "quality", np.array([3, 1, 1]), np.inf)
    faults.add("batch.price.missing", "other", np.zeros(4, bool))
    return faults


def test_nothing_is_noted_where_nothing_is_wrong():
    assert [fault.column for fault in gathered().found] == ["price", "quality"]
    assert Faults(2).rows.tolist() == [False, False]


def test_findings_carry_row_numbers_from_where_the_table_begins():
    assert [f.rows for f in gathered().findings(100)] == [(101, 103), (101, 103)]
    assert gathered().findings(2)[1].value == "inf"


def test_every_row_is_told_all_that_is_wrong_with_it():
    codes, said = gathered().by_row("zh")
    assert codes.tolist() == ["", "batch.price.missing; batch.number.infinite"] * 2
    assert said[1].startswith("price: 纳入评审的投标没有报价。 quality:")
    assert gathered().rows.tolist() == [False, True, False, True]
