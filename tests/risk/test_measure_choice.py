"""Which measures to buy: by hand, with the value of more money, and where sets cannot be listed."""

from __future__ import annotations

import pandas as pd
import pytest

from risk_measures import MEASURE_COLUMNS, MEASURES, RESPONSES, assessed
from risk_registers import AS_OF, TABLES
from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RiskRegister, choose_measures, measure_choice, measures_model

INSTALLED = "scipy" if measures_model._cbc() is None else "cbc"
LEAK = assessed().risks["leak"].residual.expected_loss
FOUND = assessed()


def test_by_hand_insurance_saves_six_tenths_and_a_second_source_three_quarters():
    """Rates cost 100 000 a year before; insurance leaves 0.4 of the leak, the second source 0.25 of the rates."""
    one = choose_measures(FOUND, 6000)
    assert (one.status, one.measures, one.cost) == ("optimal", ("insurance",), 100_000)
    assert one.solvers == (INSTALLED, "enumeration")
    assert one.loss_before == pytest.approx(LEAK + 1e5)
    assert one.loss_after == pytest.approx(0.4 * LEAK + 1e5)
    assert one.marginal_value == pytest.approx(0.75e5 / 0.5)
    assert choose_measures(FOUND, 6000.5).measures == ("insurance", "second source")
    assert choose_measures(FOUND, 6000.499999).measures == ("insurance",)
    assert choose_measures(FOUND, 1e9).marginal_value == 0
    assert choose_measures(FOUND, 0).measures == ()


def test_the_frame_lists_every_budget_that_buys_more():
    frame = choose_measures(FOUND, 1000).to_frame()
    assert frame["budget"].tolist() == [0, 1000, 6000.5]
    assert frame["chosen"].tolist() == [False, True, False]
    assert frame.loc[1, "per_unit"] == pytest.approx(0.6 * LEAK / 1000)
    assert pd.isna(frame.loc[0, "per_unit"])


def test_nothing_is_bought_for_what_is_accepted_or_not_assessed():
    accepted = assessed(responses=RESPONSES.assign(expires=[None, "2026-12-31"]))
    one = choose_measures(accepted, 1e6)
    assert (one.measures, one.left_out) == (("insurance",), ("rates", "交付"))
    assert one.loss_before == pytest.approx(LEAK)
    assert "Left out" in one.explain() and "未计入：rates、交付" in one.explain("zh")


def test_the_level_as_rated_may_be_the_base():
    rated = choose_measures(FOUND, 0, base="current")
    assert rated.loss_before == pytest.approx(sum(r.current.expected_loss or 0 for r in FOUND.risks.values()))


def test_sentences():
    one = choose_measures(FOUND, 1000)
    assert "buy insurance for 1,000.00" in one.explain()
    assert "5,000.50 CNY more would buy insurance, second source" in one.explain()
    assert "Within 0.00 CNY nothing can be bought" in choose_measures(FOUND, 0).explain()
    assert "增加预算不会带来更多效果" in choose_measures(FOUND, 1e6).explain("zh")
    assert repr(one).startswith("MeasureChoice(optimal; 1 measures for 1,000.00; loss ")
    assert one.standing == "exploratory"


def test_where_sets_cannot_be_listed_the_solver_alone_answers(monkeypatch):
    monkeypatch.setattr(measure_choice, "best_sets", lambda problem: None)
    one = choose_measures(FOUND, 6000.5)
    assert (one.measures, one.solvers, one.marginal_value) == (("insurance", "second source"), (INSTALLED,), None)
    assert one.to_frame()["chosen"].tolist() == [True]
    assert "too many sets to list" in one.explain()
    monkeypatch.setattr(measure_choice, "buy_measures", lambda problem, limit: None)
    none = choose_measures(FOUND, 6000.5)
    assert (none.status, none.loss_after, none.measures) == ("not_solved", None, ())
    assert none.to_frame().empty and "proven best" in none.explain()


def test_rows_in_any_order_buy_the_same():
    one, other = (choose_measures(assessed(m), 6000) for m in (MEASURES, MEASURES[::-1]))
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    assert one.loss_after == other.loss_after


def test_of_equal_sets_the_first_by_id():
    rows = [(name, "leak", "proposed", 5.0, 0.5, None, None, None) for name in ("b", "a")]
    twins = assessed(pd.DataFrame(rows, columns=MEASURE_COLUMNS))
    assert choose_measures(twins, 5).measures == ("a",)


def test_wrong_arguments_and_too_many_measures_are_refused():
    with pytest.raises(InvalidInput) as refused:
        choose_measures(MEASURES, -1, base=["x"])
    assert [f.code for f in refused.value.findings] == ["asked.kind", "asked.figure", "measures.base"]
    rows = [(f"m{k:02}", "leak", "proposed", 5.0, 0.5, None, None, None) for k in range(13)]
    with pytest.raises(InvalidInput, match="more than 12 proposed measures"):
        choose_measures(assessed(pd.DataFrame(rows, columns=MEASURE_COLUMNS)), 5)


def test_a_measure_that_costs_more_than_it_saves_is_named_with_both_figures():
    assert choose_measures(FOUND, 1000).dear == ()
    found = choose_measures(assessed(MEASURES.replace({"cost": {1000.0: 9e6}})), 9e6)
    assert found.measures == found.dear == ("insurance",)
    assert found.savings == pytest.approx([0.6 * LEAK])
    assert f"insurance (costs 9,000,000, saves {0.6 * LEAK:,.0f})" in found.explain()
    assert "费用高于其减少的损失" in found.explain("zh")


def test_where_no_risk_counts_that_is_said_and_not_a_loss_of_nothing():
    blank = {f"inherent_{name}": None for name in ("frequency", "low", "high")}
    register = RiskRegister.read({"risks": TABLES["risks"].assign(**blank), "ratings": TABLES["ratings"]}, as_of=AS_OF)
    said = choose_measures(assessed(register=register), 1e6).explain()
    assert said.startswith("No risk counts here that a measure could lower.")
