"""Figures of KPIs in words."""

from __future__ import annotations

import pytest

from monitor_folders import two_years
from supplier_eval.report.figure_words import is_share, kpi_figure, target_words, unit_words

KPIS = {kpi.id: kpi for kpi in two_years().plan.kpis}


@pytest.mark.parametrize(
    ("kpi", "value", "shown"),
    [
        ("resolution", 0.849057, "84.91 %"),
        ("resolution", 0.004, "0.4 %"),
        ("resolution", 1.0, "100 %"),
        ("availability", 0.9999951, "99.99951 %"),
        ("resolution_mean", 15.638, "15.64 hours"),
        ("price_level", 96.3248, "96.32 (market = 100)"),
        ("complaints", 0.0040049, "0.004005 per 1,000 transactions"),
        ("resolution", float("nan"), "–"),
        ("resolution", None, "–"),
    ],
)
def test_a_small_figure_is_not_shown_as_none_and_a_near_one_not_as_whole(kpi, value, shown):
    assert kpi_figure(KPIS[kpi], value, "en") == shown


def test_targets_have_their_direction_and_units_their_words():
    assert target_words(KPIS["resolution"], "en") == "target ≥ 93 %"
    assert target_words(KPIS["price_level"], "zh", unit=False) == "目标 ≤ 100"
    assert unit_words(KPIS["resolution_mean"], "zh") == "小时"
    assert is_share(KPIS["resolution"]) and not is_share(KPIS["price_level"])
