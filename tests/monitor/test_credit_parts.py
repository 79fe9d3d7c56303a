"""The credits of one KPI."""

from __future__ import annotations

from decimal import Decimal

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.credit_parts import CreditKpi, CreditTier, EarnBack


def tiers(*pairs):
    return tuple(CreditTier(Decimal(bound), Decimal(percent)) for bound, percent in pairs)


def test_the_worst_tier_that_holds_counts_and_bounds_belong_to_the_better_side():
    kpi = CreditKpi("availability", "99.99", tiers(("95", 100), ("99.99", 10), ("99", 30)))
    percent = [kpi.tier_of(Decimal(v)) for v in ("99.995", "99.99", "99.5", "99.0", "98.9", "94.9")]
    assert [t.percent if t else 0 for t in percent] == [0, 0, 10, 10, 30, 100]


def test_where_less_is_better_the_tiers_turn_over():
    kpi = CreditKpi("hours", 4, tiers((8, 20), (4, 5)), direction="min")
    percent = [kpi.tier_of(Decimal(v)) for v in (4, 5, 8, 9)]
    assert [t.percent if t else 0 for t in percent] == [0, 5, 5, 20]
    assert kpi.meets(Decimal(4), Decimal(4)) and not kpi.meets(Decimal(5), Decimal(4))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"tiers": ()}, "credits.no_tiers"),
        ({"tiers": tiers((99, 1), (99, 2))}, "credits.tier_twice"),
        ({"tiers": tiers((99, 5), (98, 2))}, "credits.tiers_fall"),
        ({"tiers": tiers((99.5, 5))}, "credits.tier_above_target"),
        ({"direction": "up"}, "credits.choice"),
        ({"basis": "all"}, "credits.choice"),
        ({"without_data": "zero"}, "credits.choice"),
        ({"target": "high"}, "credits.figure"),
        ({"allocation": -1}, "credits.range"),
        ({"places": 1.5}, "credits.places"),
        ({"kpi": " "}, "credits.no_name"),
    ],
)
def test_a_clause_that_does_not_hold_together_is_refused(change, code):
    given = {"kpi": "availability", "target": 99, "tiers": tiers((99, 5))} | change
    with pytest.raises(InvalidInput) as refused:
        CreditKpi(**given)
    assert code in [finding.code for finding in refused.value.findings]


def test_tiers_and_earn_back_refuse_what_is_no_figure():
    for wrong in ({"bound": "x", "percent": 5}, {"bound": 1, "percent": 101}, {"bound": 1, "percent": -1}):
        with pytest.raises(InvalidInput):
            CreditTier(**wrong)
    for wrong in (
        {"level": 1, "periods": 0},
        {"level": 1, "periods": True},
        {"level": None, "periods": 1},
        {"level": 1, "periods": 1, "percent": 200},
        {"level": 1, "periods": 1, "limit": -1},
    ):
        with pytest.raises(InvalidInput):
            EarnBack(**wrong)
