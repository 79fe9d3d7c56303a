"""The result of a simulation: tables, curve, sentences."""

from __future__ import annotations

import math

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import AnnualLosses
from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.loss_model import LossModel, LossRisk, Shock

MODEL = LossModel((LossRisk("a", math.log(40), 0.0, Frequency(1.0)), LossRisk("b", math.log(5), 0.0, Frequency(2.1))))
LOSSES = np.arange(1.0, 1001.0)
FOUND = AnnualLosses(MODEL, LOSSES, (0.9, 0.95), 3, ("x", "未评"), "CNY")


def test_sampled_figures_stand_beside_closed_forms():
    frame = FOUND.to_frame().set_index(["measure", "level"])
    assert frame.loc[("mean", np.nan), "exact"].item() == pytest.approx(50.5)
    assert frame.loc[("var", 0.95), "value"] == 950
    assert frame.loc[("tvar", 0.95), "value"] == pytest.approx(975.5)
    assert frame["exact"].isna().tolist() == [False, False, False, True, True, True, True]


def test_shares_of_risks_add_up():
    frame = FOUND.risks_frame()
    assert frame["share"].sum() == pytest.approx(1)
    assert frame["mean"].tolist() == pytest.approx([40, 10.5])


def test_the_curve_falls_and_stops_where_too_few_years_are_sampled():
    curve = FOUND.exceedance()
    assert curve["return_period"].tolist() == pytest.approx([2, 5, 10, 20, 50])
    assert curve["loss"].is_monotonic_increasing
    own = FOUND.exceedance([2000, 990])
    assert own["probability"].tolist() == [0.01, 0.0]
    assert own["return_period"].isna().tolist() == [False, True]


@pytest.mark.parametrize("amounts", ["12", ["a"], [None], object()])
def test_amounts_that_are_no_money_are_refused(amounts):
    with pytest.raises(InvalidInput, match="amounts"):
        FOUND.exceedance(amounts)


def test_the_sentences_name_errors_and_what_is_left_out():
    said = FOUND.explain().splitlines()
    assert said[0].startswith("The risks assessed (2) cost 50.5 CNY a year on average, with a standard deviation of")
    assert said[1].startswith("90 % of the years cost no more than 900 CNY (standard error")
    assert said[-1] == "Not assessed, and in no figure: 2 (x, 未评)."
    assert "未评估、未计入任何数值：2 项" in FOUND.explain("zh")
    assert repr(FOUND) == "AnnualLosses(2 risks, 1,000 years; mean 50.5, VaR 0.95 950; 2 not assessed)"
    assert FOUND.standing == "exploratory"


def test_large_sums_are_written_with_commas_and_never_with_an_exponent():
    large = AnnualLosses(MODEL, LOSSES * 12345.0, (0.9,), 3, (), "CNY")
    said = large.explain()
    assert "cost no more than 11,110,500 CNY" in said
    assert "e+" not in said + large.explain("zh") + repr(large)


@pytest.mark.parametrize("level", [0.99999, 95, 1, "0.95"])
def test_figures_at_levels_that_the_years_do_not_support_are_refused(level):
    losses = AnnualLosses(LossModel((), ()), np.zeros(1000), (0.9,), 0)
    for figure in (losses.var, losses.tvar):
        with pytest.raises(InvalidInput, match="level"):
            figure(level)


def test_what_shocks_bring_is_said_apart():
    risk = LossRisk("a", math.log(10), 0.0, Frequency(2.0, 1.0))
    shocked = AnnualLosses(LossModel((risk,), (Shock("s", 0.5, ((0, 1.0),)),)), np.zeros(1000), (0.9,), 0)
    assert "Of that average 5 come from shocks" in shocked.explain()
    assert "共同冲击" in shocked.explain("zh")
    assert "shocks" not in AnnualLosses(LossModel((risk,), ()), np.zeros(1000), (0.9,), 0).explain()
