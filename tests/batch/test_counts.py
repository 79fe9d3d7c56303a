"""Counts that must add up."""

from __future__ import annotations

import pytest

from supplier_eval.batch.counts import Counts, total
from supplier_eval.errors import SupplierEvalError


def test_counts_of_files_are_added_and_checked():
    one, two = Counts(5, 3, 2, 2, 1, 1), Counts(4, 4, 0, 1, 1, 0)
    assert total([one, two]) == Counts(9, 7, 2, 3, 2, 1)
    assert total([]) == Counts()


@pytest.mark.parametrize("given", [(5, 3, 1, 0, 0, 0), (0, 0, 0, 3, 1, 1)])
def test_counts_that_do_not_add_up_are_an_error(given):
    with pytest.raises(SupplierEvalError, match="do not add up"):
        Counts(*given)
