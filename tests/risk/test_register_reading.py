"""Registers that contradict themselves are refused with everything at once."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_registers import AS_OF, RATINGS, RISKS, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskMatrix, RiskRegister
from supplier_eval.risk.matrix import Bands


def refusal(risks=RISKS, ratings=RATINGS, **more):
    with pytest.raises(InvalidInput) as refused:
        RiskRegister.read({"risks": risks, "ratings": ratings}, as_of=AS_OF, **more)
    assert all(f.say("zh") and f.advise("zh") for f in refused.value.findings)
    return [(f.code, f.column, f.rows) for f in refused.value.findings]


def test_a_likelihood_outside_its_scale_and_an_impact_too():
    matrix = RiskMatrix.by_product(5, likelihood=Bands.even(5, 1), impact=Bands.even(5, 3e5))
    ratings = RATINGS.assign(low=[1e4, 1e4, 5e4, 5e5, 1.0], high=[1e6, 1e6, 5e4, 5e5, 2.0])
    assert refusal(ratings=ratings, matrix=matrix) == [
        ("register.likelihood_outside", "frequency", (4, 5)),
        ("register.impact_outside", "high", (5,)),
        ("register.likelihood_outside", "inherent_frequency", (4,)),
    ]


def test_a_lower_bound_above_the_upper_one():
    assert refusal(RISKS.assign(target_low=[1e6, None, None])) == [("register.interval", "target_high", (2,))]
    assert refusal(ratings=RATINGS.assign(low=[2e6, 1e4, 5e4, 1e5, 1.0])) == [("register.interval", "high", (2,))]
    assert refusal(ratings=RATINGS.assign(low=[1e-5, 1e4, 5e4, 1e5, 1.0])) == [("losses.interval_wide", "high", (2,))]


def test_currencies_categories_and_days_are_said_together():
    risks = RISKS.assign(
        currency=["CNY", "EUR", "CNY"],
        category=["legal", "weather", "legal"],
        identified=["2026-02-01", "x", "2025-1-1"],
    )
    assert refusal(risks) == [
        ("risk_table.not_day", "identified", (3,)),
        ("register.identified_later", "identified", (2,)),
        ("register.category", "category", (3,)),
        ("register.currencies", "currency", (3,)),
    ]
    RiskRegister.read({"risks": RISKS.assign(category="天气")}, as_of=AS_OF, categories=["天气"])


def test_ratings_of_nothing_two_of_a_day_and_unknown_words():
    rows = [
        ("leak", "2025-03-01", "Lin", 1.0, 1.0, 2.0, "firm", ""),
        ("odd", "2025-03-01", "Lin", 1.0, 1.0, 2.0, "", ""),
    ]
    more = pd.concat([RATINGS, pd.DataFrame(rows, columns=RATINGS.columns)], ignore_index=True)
    assert refusal(ratings=more) == [
        ("register.knowledge", "knowledge", (7,)),
        ("register.rating_stray", "risk", (8,)),
        ("register.rating_twice", "on", (2, 7)),
    ]


def test_figures_below_zero_text_and_missing_columns():
    assert refusal(ratings=RATINGS.assign(frequency=-1.0)) == [
        ("risk_table.out_of_range", "frequency", (2, 3, 4, 5, 6))
    ]
    codes = [code for code, *_ in refusal(RISKS.drop(columns=["owner", "identified"]), RATINGS.assign(low="1e4"))]
    assert sorted(codes) == ["risk_table.column_missing"] * 2 + ["risk_table.not_number"]
    assert refusal(pd.concat([RISKS, RISKS.iloc[[0]]]))[0] == ("risk_table.key_twice", "risk", (2, 5))


def test_chinese_words_are_read_as_the_english_ones():
    risks = RISKS.assign(category=["信息安全", "质量", "市场"])
    ratings = RATINGS.assign(knowledge=["弱", "中", None, "强", None])
    read = RiskRegister.read({"risks": risks, "ratings": ratings}, as_of=AS_OF)
    pd.testing.assert_frame_equal(read.to_frame(), RiskRegister.read(TABLES, as_of=AS_OF).to_frame())
    own = RiskRegister.read({"risks": risks}, as_of=AS_OF, categories=["质量"])
    assert [one.category for one in own.risks.values() if one.risk == "交付"] == ["质量"]
