"""The table and the sentences of a portfolio."""

from __future__ import annotations

import pandas as pd
import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.risk import kraljic

FOUND = kraljic(
    pd.DataFrame(
        {"item": ["clear", "near", "未知"], "name": [None, "N", None], "r": [90, 52, None], "p": [90, 20, 10]}
    ),
    supply_risk={"r": 1},
    profit_impact={"p": 1},
)


def test_table():
    frame = FOUND.to_frame()
    assert frame["could_be"].tolist() == ["strategic", "routine|bottleneck", ""]
    assert frame["grey"].tolist() == [False, True, False]
    assert frame["missing"].tolist() == ["", "", "r"]
    assert frame["supply_risk"].isna().tolist() == [False, False, True]


def test_sentences():
    assert FOUND.explain("clear") == (
        "clear is strategic: supply risk 90.0 (high from 50), profit impact 90.0 (high from 50)."
    )
    assert FOUND.explain("near").endswith("It lies within 5 points of a line; it could be any of routine, bottleneck.")
    assert FOUND.explain("near", "zh").endswith("可能为一般型、瓶颈型。")
    assert FOUND.explain("未知", "zh") == "未知 没有定位：尚未评分的因素有 r。"
    with pytest.raises(UnknownName):
        FOUND.explain("x")


def test_what_it_says_of_itself():
    assert repr(FOUND) == "KraljicPortfolio(routine 0, leverage 0, bottleneck 1, strategic 1; 1 grey, 1 not placed)"
    assert (FOUND.standing, FOUND.not_placed) == ("exploratory", ("未知",))
