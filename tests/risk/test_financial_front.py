"""altman_z: statements of suppliers, one score or one reason each."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import altman_z

ITEMS = {
    "supplier": ["SOUND", "TIGHT"],
    "total_assets": [1000.0, 1000.0],
    "total_liabilities": [400.0, 800.0],
    "working_capital": [300.0, 20.0],
    "retained_earnings": [200.0, 10.0],
    "ebit": [150.0, 20.0],
    "book_equity": [600.0, 200.0],
    "sales": [1500.0, 900.0],
    "period_end": ["2025-12-31", "2025-12-31"],
}
STATEMENTS = pd.DataFrame(ITEMS)


def codes(*args, **named):
    with pytest.raises(InvalidInput) as refused:
        altman_z(*args, **named)
    return [f.code for f in refused.value.findings]


def test_double_prime_by_hand():
    """SOUND: 6.56 x 0.3 + 3.26 x 0.2 + 6.72 x 0.15 + 1.05 x 1.5 = 5.203; TIGHT: 0.1312 + 0.0326 + 0.1344 + 0.2625."""
    found = altman_z(STATEMENTS, "z_double_prime", as_of="2026-06-30")
    frame = found.to_frame().set_index("supplier")
    assert frame["z"].tolist() == pytest.approx([5.203, 0.5607])
    assert frame["zone"].tolist() == ["safe", "distress"]
    assert frame["age"].tolist() == [181, 181]
    assert found.explain("SOUND") == (
        "SOUND: z_double_prime = 6.56 x 0.3 + 3.26 x 0.2 + 6.72 x 0.15 + 1.05 x 1.5 = 5.203, safe zone "
        "(distress below 1.10, safe above 2.60; Altman, Hartzell & Peck 1995)."
    )
    assert "困境区" in found.explain("TIGHT", "zh")


def test_prime_by_hand():
    """SOUND: 0.717 x 0.3 + 0.847 x 0.2 + 3.107 x 0.15 + 0.42 x 1.5 + 0.998 x 1.5 = 2.97755."""
    assert float(altman_z(STATEMENTS, "z_prime").scores["SOUND"].z) == pytest.approx(2.97755)


def test_each_row_may_name_its_own_variant():
    found = altman_z(STATEMENTS.assign(variant=["z_prime", None]), "z_double_prime")
    assert [one.variant.name for one in found.scores.values()] == ["z_prime", "z_double_prime"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"ebit": [None, 20.0]}, "missing"),
        ({"total_assets": [0.0, 1000.0]}, "total_assets"),
        ({"total_liabilities": [0.0, 800.0]}, "total_liabilities"),
        ({"period_end": ["2023-12-31", "2025-12-31"]}, "stale"),
        ({"period_end": [None, "2025-12-31"]}, "undated"),
    ],
)
def test_no_score_has_a_reason_and_is_no_zero(changes, why):
    found = altman_z(STATEMENTS.assign(**changes), "z_double_prime", as_of=date(2026, 6, 30))
    one = found.scores["SOUND"]
    assert (one.z, one.zone, one.why) == (None, "not_rated", why)
    assert found.not_rated == ("SOUND",)
    assert found.explain("SOUND") != found.explain("SOUND", "zh")


def test_equity_at_market_in_another_currency_gives_no_score():
    listed = STATEMENTS.assign(market_equity=900.0, currency="CNY", market_currency=["HKD", "CNY"])
    assert [one.why for one in altman_z(listed, "z").scores.values()] == ["currency_mix", ""]


def test_every_finding_at_once():
    broken = STATEMENTS.assign(
        total_assets=["1000", 1000.0], ebit=[float("inf"), 1.0], sales=[-1.0, 1.0], period_end=["soon", "2025-12-31"]
    )
    found = codes(broken, "z_double_prime", as_of="yesterday", max_age=0)
    assert {"rating.as_of", "asked.whole", "risk_table.not_number", "risk_table.out_of_range"} <= set(found)


def test_no_variant_is_guessed():
    assert codes(STATEMENTS) == ["altman.variant"] * 2
    assert codes(STATEMENTS, "z_triple") == ["altman.variant"] * 2
    assert codes(STATEMENTS, 3)[0] == "asked.text"
    assert codes(None, "z") == ["asked.frame"]


def test_an_empty_table_is_an_empty_answer():
    assert altman_z(STATEMENTS.iloc[:0], "z").to_frame().empty


def test_row_order_changes_nothing():
    pd.testing.assert_frame_equal(
        altman_z(STATEMENTS, "z_prime").to_frame(), altman_z(STATEMENTS.iloc[::-1], "z_prime").to_frame()
    )
