"""A risk matrix as data, and what it refuses."""

from __future__ import annotations

import math

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import Bands, RiskMatrix

YEARLY = Bands(("Rare", "Possible", "Frequent"), (0, 0.1, 1, 12), "events per year")
MONEY = Bands(("小", "中", "大"), (0, 10_000, 100_000, 1_000_000), "CNY")
CELLS = (("green", "green", "amber"), ("green", "amber", "red"), ("amber", "red", "red"))


def codes(refused):
    return [finding.code for finding in refused.value.findings]


def test_the_usual_matrix_is_the_product_of_scores():
    matrix = RiskMatrix.by_product()
    assert [cell for row in matrix.cells for cell in row].count("green") == 8
    assert matrix.colour_of(0.65, 0.85) == "red"
    assert matrix.to_frame().loc["3", "5"] == "red"
    assert repr(matrix) == "RiskMatrix(5 x 5; green, amber, red)"


def test_a_band_holds_its_lower_edge_and_the_last_one_both():
    assert [YEARLY.index(x) for x in (0, 0.1, 0.99, 12, 12.01, -1)] == [0, 1, 1, 2, None, None]
    assert YEARLY.range_text(1) == "Possible (0.1 - 1 events per year)"


def test_real_ranges_and_chinese_names_stand_in_the_frame():
    frame = RiskMatrix(CELLS, YEARLY, MONEY).to_frame()
    assert list(frame.columns) == ["小", "中", "大"]
    assert frame.loc["Frequent", "小"] == "amber"
    assert RiskMatrix(frame, YEARLY, MONEY).cells == CELLS


def test_a_table_is_read_by_its_labels():
    frame = RiskMatrix(CELLS, YEARLY, MONEY).to_frame()
    assert RiskMatrix(frame.iloc[::-1][["大", "小", "中"]], YEARLY, MONEY).cells == CELLS
    usual = RiskMatrix.by_product()
    assert RiskMatrix(usual.to_frame().rename(index=int), usual.likelihood, usual.impact) == usual
    with pytest.raises(InvalidInput) as refused:
        RiskMatrix(frame.rename(index={"Rare": "Never"}, columns={"大": "很大"}), YEARLY, MONEY)
    assert codes(refused) == ["risk_matrix.labels", "risk_matrix.labels"]


def test_a_long_name_is_kept():
    name = "极" * 300
    assert Bands((name,), (0, 1)).names == (name,)


def test_all_that_is_wrong_with_bands_is_said_at_once():
    with pytest.raises(InvalidInput) as refused:
        Bands(("a", "A"), (0, 2, 1))
    assert codes(refused) == ["risk_matrix.name_twice", "risk_matrix.edges"]


@pytest.mark.parametrize("edges", [(0, math.inf), (-1, 1), (0, math.nan), (1, 1), ("0", "1"), 3, None, (True, 2), "01"])
def test_edges_must_be_finite_and_rise(edges):
    with pytest.raises(InvalidInput) as refused:
        Bands(("a",), edges)
    assert codes(refused) == ["risk_matrix.edges"]


def test_too_few_edges_are_counted():
    with pytest.raises(InvalidInput, match="2 edges do not part 2 bands"):
        Bands(("a", "b"), (0, 1))


def test_cells_must_fit_the_bands_and_the_colours():
    with pytest.raises(InvalidInput, match="3 x 3"):
        RiskMatrix(CELLS[:2], YEARLY, MONEY)
    with pytest.raises(InvalidInput) as refused:
        RiskMatrix((("green", "blue", "amber"), *CELLS[:2]), YEARLY, MONEY, ("green", "amber", "red", "black"))
    assert codes(refused) == ["risk_matrix.colour_unknown", "risk_matrix.colour_unused"]


@pytest.mark.parametrize("cells", [None, 5, "green", ((1, 2, 3),), ((),)])
def test_cells_of_another_kind_are_refused_in_words(cells):
    with pytest.raises(InvalidInput):
        RiskMatrix(cells, YEARLY, MONEY)


def test_arguments_of_another_kind_are_refused_in_words():
    with pytest.raises(InvalidInput) as refused:
        RiskMatrix(CELLS, "likelihood", None)
    assert codes(refused) == ["asked.kind", "asked.kind"]
    with pytest.raises(InvalidInput, match="one colour"):
        RiskMatrix((("a",),), Bands.even(1), Bands.even(1), ("a",))
    with pytest.raises(InvalidInput) as refused:
        RiskMatrix.by_product("5", (15, 5), ("a", "b"))
    assert codes(refused) == ["asked.whole", "risk_matrix.cuts"]
    with pytest.raises(InvalidInput, match="do not part 2 colours"):
        RiskMatrix.by_product(5, (5, 15), ("a", "b"))
    with pytest.raises(InvalidInput):
        RiskMatrix.by_product(likelihood=[])
    with pytest.raises(InvalidInput):
        Bands.even(0, -1)
