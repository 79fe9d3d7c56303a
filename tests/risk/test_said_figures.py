"""Figures in sentences."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.risk.said_figures import figure_text, some_names


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (6.8e6, "6,800,000"), (1234567.6, "1,234,568"), (1e4, "10,000"), (1e15, "1,000,000,000,000,000"),
        (999.5, "999.5"), (0.05, "0.05"), (1e-7, "0.0000001"), (0.0, "0"), (-0.0, "0"), (-2.5, "−2.5"),
        (1 / 3, "0.333333"), (None, "-"), (math.nan, "-"), (math.inf, "∞"), (-math.inf, "−∞"),
    ],
)  # fmt: skip
def test_figures_are_said_in_full(figure, said):
    assert figure_text(figure) == said


def test_fewer_digits_never_lose_one_before_the_point():
    assert figure_text(5336.4, 3) == "5,336"
    assert figure_text(2.8138, 3) == "2.81"


@given(st.floats(-1e15, 1e15), st.integers(1, 12))
def test_no_exponent_and_close_to_the_figure(figure, digits):
    said = figure_text(figure, digits)
    assert "e" not in said.lower()
    assert float(said.replace(",", "").replace("−", "-")) == pytest.approx(figure, rel=10 ** (1 - digits), abs=1e-300)


def test_long_rows_of_names_are_cut_with_the_number_of_the_rest():
    assert some_names([str(n) for n in range(15)], "en").endswith("10, 11 … (+3)")
    assert some_names(["a", "b"], "zh") == "a、b"
    assert some_names([], "zh") == "-"
