"""Risks on a matrix: colours, and inside a colour the order by expected loss."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.risk import RiskMatrix, place_risks

MATRIX = RiskMatrix.by_product()
RISKS = pd.DataFrame(
    {
        "risk": ["00123", "R2", "R3", "R4", "R5", "R6"],
        "likelihood": [0.9, 0.7, 0.1, None, 1.5, 0.7],
        "impact": [0.9, 0.9, 0.95, 0.5, 0.5, 0.9],
    }
)


def test_inside_a_colour_risks_are_ordered_by_expected_loss_and_equal_ones_share_a_place():
    placed = place_risks(MATRIX, RISKS)
    assert {key: (one.colour, one.rank) for key, one in placed.risks.items()} == {
        "00123": ("red", 1),
        "R2": ("red", 2),
        "R3": ("amber", 4),
        "R4": ("", None),
        "R5": ("", None),
        "R6": ("red", 2),
    }


def test_not_assessed_and_outside_are_counted_and_have_no_colour():
    placed = place_risks(MATRIX, RISKS)
    assert placed.not_assessed == ("R4",)
    assert placed.outside == ("R5",)
    assert repr(placed) == "PlacedRisks(4 placed; 1 not assessed; 1 outside)"
    assert list(placed.to_frame()["risk"]) == ["00123", "R2", "R6", "R3", "R4", "R5"]
    assert "neither low nor high" in placed.explain("R4")
    assert "未评估" in placed.explain("R4", "zh")
    assert "place 2 of 4" in placed.explain("R2")


def test_the_order_of_rows_and_columns_changes_nothing():
    turned = RISKS.sample(frac=1, random_state=4)[["impact", "risk", "likelihood"]]
    pd.testing.assert_frame_equal(place_risks(MATRIX, turned).to_frame(), place_risks(MATRIX, RISKS).to_frame())


def test_an_empty_table_has_no_risks():
    assert place_risks(MATRIX, RISKS.iloc[:0]).to_frame().empty


def test_everything_wrong_is_said_at_once():
    broken = pd.DataFrame({"risk": ["a", "A", None], "likelihood": [-1, "0.5", 0.1], "eindruck": [1, 1, 1]})
    with pytest.raises(InvalidInput) as refused:
        place_risks(MATRIX, broken)
    assert sorted(f.code for f in refused.value.findings) == [
        "risk_table.cell_missing",
        "risk_table.column_missing",
        "risk_table.key_twice",
        "risk_table.not_number",
        "risk_table.out_of_range",
    ]


def test_wrong_kinds_are_refused_in_words():
    with pytest.raises(InvalidInput):
        place_risks(MATRIX, [1, 2])
    with pytest.raises(InvalidInput):
        place_risks("matrix", RISKS)
    with pytest.raises(UnknownName, match="R22"):
        place_risks(MATRIX, RISKS).explain("R22")
