"""The three conditions of Cox (2008), cell by cell."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supplier_eval.risk.matrix_checks import (
    cell_risks,
    inconsistently_coloured,
    not_rising,
    weakly_inconsistent,
    without_between,
)

THIRDS = [0, 1 / 3, 2 / 3, 1]
FIFTHS = [0, 0.2, 0.4, 0.6, 0.8, 1]
COX_3 = [[0, 0, 0], [0, 1, 1], [0, 1, 2]]
USUAL_5 = np.digitize(np.outer(range(1, 6), range(1, 6)), [5, 15])


def offences(levels, edges):
    return (
        not_rising(levels),
        weakly_inconsistent(levels, edges, edges),
        without_between(levels),
        inconsistently_coloured(levels, edges, edges),
    )


def test_cox_2008_the_colouring_of_a_3_by_3_matrix_passes():
    """Green in the left column and the bottom row, red in the top right cell (section 3 of the paper, recalled)."""
    assert offences(COX_3, THIRDS) == ((), (), (), ())


def test_the_usual_5_by_5_matrix_passes():
    assert offences(USUAL_5, FIFTHS) == ((), (), (), ())


def test_cox_2008_two_colours_that_touch_leave_nothing_between():
    levels = [[0, 0], [0, 1]]
    assert without_between(levels) == (((0, 0), (1, 1)), ((0, 1), (1, 1)), ((1, 0), (1, 1)))
    assert weakly_inconsistent(levels, [0, 0.5, 1], [0, 0.5, 1]) == (((0, 1), (1, 1)), ((1, 0), (1, 1)))


def test_a_shared_corner_is_no_passage_between():
    assert without_between([[0, 1], [1, 2]]) == (((0, 0), (1, 1)),)


def test_a_red_corner_at_low_likelihood_is_named_with_its_green_cells():
    """(0, 2) holds risks from 0 on, each green cell holds larger ones; by hand."""
    levels = [[0, 1, 2], [0, 1, 1], [0, 1, 2]]
    assert weakly_inconsistent(levels, THIRDS, THIRDS) == tuple(((i, 0), (0, 2)) for i in range(3))
    assert (0, 2) in inconsistently_coloured(levels, THIRDS, THIRDS)
    assert not_rising(levels) == (((0, 2), (1, 2)),)


def test_a_middle_colour_below_all_green_cells_is_inconsistent():
    levels = [[1, 0, 0], [0, 1, 1], [0, 1, 2]]
    assert inconsistently_coloured(levels, THIRDS, THIRDS) == ((0, 0),)
    assert not_rising(levels) == (((0, 0), (0, 1)), ((0, 0), (1, 0)))


def test_a_middle_colour_whose_risks_are_all_those_of_red_is_inconsistent():
    levels = USUAL_5.copy()
    levels[4, 4] = 1
    assert inconsistently_coloured(levels, FIFTHS, FIFTHS) == ((4, 4),)


def test_equal_products_of_other_factors_are_equal():
    """0.4 * 0.4 and 0.2 * 0.8 differ in their last bit and are one risk."""
    low, high = cell_risks(FIFTHS, FIFTHS)
    assert high[1, 1] == pytest.approx(low[1, 4])
    levels = [[0, 0, 0, 0, 0], [0, 0, 1, 1, 2], *[[1, 1, 1, 1, 1]] * 3]
    assert not [pair for pair in weakly_inconsistent(levels, FIFTHS, FIFTHS) if pair[0] == (1, 1)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=2, max_size=4), st.floats(0.1, 1e6))
def test_exchanging_the_axes_or_the_unit_of_money_exchanges_the_offences(levels, unit):
    rows = np.linspace(0, 1, len(levels) + 1) ** 1.7
    there = weakly_inconsistent(levels, rows, THIRDS)
    turned = weakly_inconsistent(np.transpose(levels), np.array(THIRDS) * unit, rows)
    assert {(a[::-1], b[::-1]) for a, b in turned} == set(there)
    assert {(a[::-1], b[::-1]) for a, b in without_between(np.transpose(levels))} == set(without_between(levels))
