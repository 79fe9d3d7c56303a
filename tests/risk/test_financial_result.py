"""The table and the sentences of Altman scores."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.risk.altman import ALTMAN_VARIANTS
from supplier_eval.risk.financial_result import AltmanScore, AltmanScores

X = {f"x{i}": Fraction(1, 10) for i in range(1, 6)}
SCORES = AltmanScores(
    {
        "甲": AltmanScore("甲", ALTMAN_VARIANTS["z_double_prime_em"], X, date(2025, 12, 31), 100, z=Fraction("5.009")),
        "B": AltmanScore("B", ALTMAN_VARIANTS["z"], {}, why="missing", missing=("ebit", "sales")),
    }
)


def test_the_table_has_figures_by_column_and_missing_ones_stay_missing():
    frame = SCORES.to_frame()
    assert frame["zone"].tolist() == ["grey", "not_rated"]
    assert frame["missing"].tolist() == ["", "ebit|sales"]
    assert frame["z"].isna().tolist() == [False, True]
    assert frame.loc[0, "position"] == pytest.approx((5.009 - 4.35) / 1.5)


def test_sentences():
    assert SCORES.explain("甲").startswith("甲: z_double_prime_em = 3.25 + 6.56 x 0.1 + ")
    assert SCORES.explain("B") == "B has no z: missing are ebit, sales."
    assert SCORES.explain("B", "zh") == "B 无 z 评分：缺少 ebit、sales。"
    assert repr(SCORES) == "AltmanScores(0 distress, 1 grey, 0 safe; 1 not rated)"
    assert SCORES.standing == "exploratory"
    with pytest.raises(UnknownName):
        SCORES.explain("C")
