"""check_matrix: the findings about a matrix in tables and sentences."""

from __future__ import annotations

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import Bands, RiskMatrix, check_matrix

HALVES = Bands.even(2)
TWO = RiskMatrix((("low", "low"), ("low", "high")), HALVES, HALVES, ("low", "high"))


def test_the_usual_matrix_prints_its_misordering():
    check = check_matrix(RiskMatrix.by_product())
    assert check.sound
    assert repr(check) == "MatrixCheck(sound; mis-ordered 2.7% and 19.2% at rho 0 and -0.9)"
    assert "2.7 % of the pairs that its colours part" in check.explain()
    assert "19.2 %" in check.explain("zh")
    assert check.to_frame().empty
    assert list(check.shares_frame()["model"]) == ["independent", "negative"]
    assert check.standing == "exploratory"


def test_offending_cells_are_named_with_their_colours():
    frame = check_matrix(TWO).to_frame()
    first = frame[frame["condition"] == "weak_consistency"].iloc[0]
    assert tuple(first) == ("weak_consistency", "1 x 2", "low", "2 x 2", "high")
    assert set(frame["condition"]) == {"weak_consistency", "betweenness", "consistent_colouring"}
    assert "1 x 2 [low] / 2 x 2 [high]" in check_matrix(TWO).explain()
    assert "弱一致性不成立" in check_matrix(TWO).explain("zh")


def test_the_spread_decides_for_bands_of_unequal_width():
    money = Bands(("1", "2", "3", "4", "5"), (0, 1e3, 1e4, 1e5, 1e6, 1e7), "CNY")
    matrix = RiskMatrix.by_product(impact=money)
    even, wide = check_matrix(matrix), check_matrix(matrix, spread="range")
    assert even.independent.wrong != wide.independent.wrong
    plain = RiskMatrix.by_product()
    assert check_matrix(plain).independent == check_matrix(plain, spread="range").independent


@pytest.mark.parametrize("rho", [-1, 0.5, "x", None, float("nan"), True])
def test_a_correlation_out_of_range_is_refused_together_with_the_rest(rho):
    with pytest.raises(InvalidInput) as refused:
        check_matrix("matrix", rho=rho, spread="everywhere")
    assert [f.code for f in refused.value.findings] == ["asked.kind", "risk_matrix.rho", "risk_matrix.spread"]
    assert "rho" in refused.value.report("zh")


def test_a_spread_of_another_kind_is_refused_in_words():
    for spread in (None, 1, [], TWO.to_frame()):
        with pytest.raises(InvalidInput, match="no spread"):
            check_matrix(TWO, spread=spread)
