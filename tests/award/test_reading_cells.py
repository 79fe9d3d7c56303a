"""Cells are read exactly, and what cannot be read says why."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.reading_cells import (
    Marks,
    Reader,
    attribute_of,
    attribute_reader,
    figure_of,
    is_blank,
    name_of,
    names_of,
    share_of,
    yes_no_of,
)
from supplier_eval.intake.cell_values import Problem


@pytest.mark.parametrize("cell", [None, "", "  ", float("nan"), np.nan, pd.NA, pd.NaT, Decimal("NaN")])
def test_empty_cells_are_blank(cell):
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "NA", (), Decimal(0)])
def test_zero_and_words_are_not_blank(cell):
    assert not is_blank(cell)


@pytest.mark.parametrize(
    "cell", [Decimal("0.1"), 0.1, "0.1", np.float64(0.1), Fraction(1, 10), "０.1"], ids=lambda c: type(c).__name__
)
def test_one_tenth_is_one_tenth_in_every_form(cell):
    assert figure_of(cell) == Fraction(1, 10)


@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=6))
def test_every_decimal_keeps_all_its_digits_as_number_and_as_text(figure):
    assert figure_of(figure) == figure_of(f"{figure:f}") == Fraction(figure)


@pytest.mark.parametrize("cell", ["n/a", "nan", float("inf"), Decimal("Infinity"), True, [1], {}, 10**31, "1e5"])
def test_what_is_no_plain_figure_is_a_problem(cell):
    assert isinstance(figure_of(cell), Problem)


def test_a_figure_of_a_million_digits_is_refused_before_it_is_written_out():
    assert isinstance(figure_of(Decimal("1e999999")), Problem)
    assert isinstance(figure_of(Decimal("1e-999999")), Problem)


def test_written_figures_follow_the_declared_marks():
    assert figure_of("1.234,5", Marks(",", ".")) == Fraction("1234.5")
    assert figure_of("¥12.50", Marks(".", "", "CNY")) == Fraction("12.5")
    assert figure_of("1,234", Marks()).code == "number.ambiguous"


@pytest.mark.parametrize(("cell", "share"), [("60%", "3/5"), (" 60 ％", "3/5"), (0.6, "3/5"), (1, "1"), ("0", "0")])
def test_a_share_is_a_fraction_or_a_percentage_with_its_sign(cell, share):
    assert share_of(cell) == Fraction(share)


@pytest.mark.parametrize("cell", [60, "60", -0.1, "101%"])
def test_a_share_beyond_the_whole_is_refused(cell):
    assert share_of(cell).code == "award.share"


def test_kinds_of_figures_keep_their_ranges():
    assert Reader("money")(-1).code == "award.negative"
    assert Reader("money")(0) == 0
    assert Reader("quantity")(0).code == "award.not_positive"


def test_ids_are_texts_or_whole_numbers():
    assert name_of(" Ｌ1 ") == "L1" and name_of(7) == "7" and name_of(np.int64(7)) == "7"
    assert all(isinstance(name_of(cell), Problem) for cell in (1.5, True, ["L1"]))


def test_lists_of_ids_are_sorted_and_each_stands_once():
    assert names_of("b| a |b") == names_of(["a", "b"]) == ("a", "b")
    assert names_of([]) == () and names_of(3) == ("3",)
    assert isinstance(names_of({"a": 1}), Problem) and isinstance(names_of(["a", 1.5]), Problem)


def test_yes_and_no_in_words_figures_and_truth_values():
    assert [yes_no_of(cell) for cell in ("是", "no", 1, 0.0, np.True_, False)] == [
        True,
        False,
        True,
        False,
        True,
        False,
    ]
    assert isinstance(yes_no_of("maybe"), Problem) and isinstance(yes_no_of(2), Problem)


def test_an_attribute_stays_what_it_is():
    assert attribute_of("2.5") == "2.5" and attribute_of(2.5) == Fraction(5, 2) and attribute_of(np.False_) is False
    assert attribute_of([1]).code == "award.attribute_shape"


@pytest.mark.parametrize(
    ("texts", "cell", "value"),
    [
        (["70", "", "2.5"], "70", Fraction(70)),
        (["是", "否", ""], "是", True),
        (["1", "0"], "1", Fraction(1)),
        (["007", "008"], "007", "007"),
        (["70", "high"], "70", "70"),
        (["", ""], "x", "x"),
    ],
)
def test_a_written_column_is_of_the_kind_that_all_its_cells_are(texts, cell, value):
    read = attribute_reader(texts, Marks("."))(cell)
    assert read == value and type(read) is type(value)


def test_equal_cells_of_different_kinds_are_not_taken_for_one_another():
    read = Reader("attribute")
    assert [type(read(cell)) for cell in (1, True, "1", 1.0)] == [Fraction, bool, str, Fraction]
    ids = Reader("id")
    assert ids(1) == "1" and isinstance(ids(1.0), Problem) and isinstance(ids(Decimal(1)), Problem)
