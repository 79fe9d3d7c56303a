"""Bad years without and with measures drawn."""

from __future__ import annotations

import numpy as np

from report.made_risks import made
from report.made_robustness import texts
from risk_measures import MEASURES, RESPONSES, assessed
from risk_registers import AS_OF, TABLES
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_risk import tails_plot
from supplier_eval.risk import RiskRegister, compare_tails


def test_two_curves_over_the_same_money_and_the_one_with_measures_lies_lower():
    tails = made().tails
    ax = tails_plot(tails)
    without, with_them = ax.lines[:2]
    assert np.array_equal(without.get_xdata(), with_them.get_xdata())
    at = tails.before.var(0.95).value
    assert np.interp(at, *without.get_data()) > np.interp(at, *with_them.get_data())
    assert without.get_linestyle() != with_them.get_linestyle()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["without them", "with them"]
    assert "CNY" in ax.get_xlabel() and "%" in ax.get_ylabel()


def test_the_words_name_the_measures_in_both_languages():
    assert "With P03, P04, P05, P06, P07 an average year costs" in alt_text(tails_plot(made().tails))
    chinese = tails_plot(made().tails, lang="zh")
    assert "实施 P03、P04、P05、P06、P07 后" in alt_text(chinese)
    assert draw_as(chinese, "png")


def test_where_no_year_has_a_loss_that_is_said():
    gone = RESPONSES.assign(response="avoid", done_on="2025-01-01")
    none = compare_tails(assessed(MEASURES, gone), [], years=2000)
    assert "No year has a loss." in texts(tails_plot(none))


def test_where_nothing_is_assessed_no_year_is_said_to_be_without_a_loss():
    blank = {f"inherent_{name}": None for name in ("frequency", "low", "high")}
    register = RiskRegister.read({"risks": TABLES["risks"].assign(**blank), "ratings": TABLES["ratings"]}, as_of=AS_OF)
    said = texts(tails_plot(compare_tails(assessed(register=register), [], years=2000)))
    assert any("that is not a loss of 0" in text.replace("\n", " ") for text in said)
