"""Charts and pages of risks refuse in words what they cannot draw."""

from __future__ import annotations

import pytest

from report.made_risks import made
from supplier_eval import report
from supplier_eval.errors import InvalidInput
from supplier_eval.report.asked_results import wanted

CHARTS = {
    "risk_matrix_plot": "PlacedRisks",
    "loss_exceedance": "AnnualLosses",
    "loss_drivers": "RiskRegister",
    "concentration_bars": "Concentrations",
    "kraljic_plot": "KraljicPortfolio",
    "indicator_backtest_plot": "IndicatorBacktests",
}


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("wrong", [None, {}, "x"])
def test_a_chart_names_the_result_that_it_draws(name, wrong):
    with pytest.raises(InvalidInput, match=f"{CHARTS[name]} is asked for"):
        getattr(report, name)(wrong)


def test_lines_of_indicators_and_the_page_do_so_too(tmp_path):
    with pytest.raises(InvalidInput, match="IndicatorWatch is asked for"):
        report.indicator_lines(None, "x")
    with pytest.raises(InvalidInput, match="RiskAnswers is asked for"):
        report.write_risks({}, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_result_itself_passes():
    wanted(made().losses, "losses", "AnnualLosses")
