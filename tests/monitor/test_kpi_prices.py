"""Price level by period, from quotes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from service_tables import kpi, measured, records, row
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.period import Period

LEVEL = kpi("price_level", target=100)


def quote(supplier: str, item: str, price: float, quantity: object = 1, on: str = "03-01", **more: object) -> dict:
    return {"supplier": supplier, "item": item, "on": f"2026-{on}", "price": price, "quantity": quantity, **more}


QUOTES = [
    quote("A", "desk", 100, 10), quote("B", "desk", 120, 20), quote("C", "desk", 110, 30),
    quote("A", "field", 50, 4), quote("B", "field", 40, 5), quote("C", "lab", 7, 9),
]  # fmt: skip


def test_levels_by_hand_with_coverage():
    found = row(records(quotes=QUOTES), LEVEL)
    assert found["value"] == pytest.approx(100 * 1200 / 1310) and found["status"] == "measured"
    assert (found["n"], found["asked"], found["denominator"]) == (2, 2, 1.0)
    third = row(records(quotes=QUOTES), LEVEL, "C")
    assert (third["n"], third["asked"]) == (1, 2) and third["denominator"] == pytest.approx(3300 / 3363)


def test_fisher_needs_quantities_and_says_where_they_are_missing():
    fisher = kpi("price_level", target=100, method="fisher")
    assert row(records(quotes=QUOTES), fisher)["value"] == pytest.approx(100 * np.sqrt(1200 / 1310 * 5250 / 5950))
    with pytest.raises(InvalidInput) as caught:
        row(records(quotes=[*QUOTES, quote("C", "field", 45, "")]), fisher)
    assert [(f.code, f.column, f.rows) for f in caught.value.findings] == [("kpis.blank", "quantity", (8,))]
    plain = row(records(quotes=[*QUOTES, quote("C", "field", 45, "")]), LEVEL)
    assert (plain["status"], plain["reason"]) == ("measured", "unweighted")


def test_a_single_supplier_is_not_market_rated_and_one_without_quotes_has_no_data():
    rows = records(quotes=[*QUOTES, quote("D", "drone", 9)])
    found = row(rows, LEVEL, "D")
    assert (found["status"], found["reason"]) == ("not_market_rated", "only_supplier")
    assert np.isnan(found["value"]) and pd.isna(found["meets_target"])
    frame = measured(rows, LEVEL, Period.month("2026-04")).to_frame()
    assert set(frame["status"]) == {"no_data"}


def test_the_last_quote_of_the_period_counts_whatever_its_row():
    later = quote("A", "desk", 200, 10, on="03-20")
    for rows in ([later, *QUOTES], [*QUOTES, later]):
        assert row(records(quotes=rows), LEVEL)["value"] == pytest.approx(100 * 2200 / 1310)


def test_mixed_currencies_are_refused():
    with pytest.raises(InvalidInput) as caught:
        records(quotes=[quote("A", "desk", 1, currency="CNY"), quote("B", "desk", 1, currency="EUR")])
    assert [f.code for f in caught.value.findings] == ["quotes.currency.mixed"]


def test_an_item_is_the_same_in_any_case_and_width():
    rows = records(quotes=[quote("A", "Desk", 100), quote("B", "ＤＥＳＫ", 80)])
    assert row(rows, LEVEL)["value"] == 125
