"""Rates at which the two cheapest options change places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning_tables import CALLS, costs_table, plan
from supplier_eval.errors import InvalidInput
from supplier_eval.planning import cost_options, switching_values

COSTS = cost_options(costs_table(), CALLS, plan(), draws=200)


def test_figures_are_those_of_the_formula_by_hand():
    found = switching_values(COSTS)
    # out 960, own 1440: out's supplier is paid 12 * 10 times, own's team 12 times
    assert (found.cheapest, found.second, found.gap) == ("out", "own", pytest.approx(480))
    rates = {one.item: one.rate for one in found.values}
    assert rates["supplier"] == pytest.approx(5 + 480 / 120)
    assert rates["team"] == pytest.approx(100 - 480 / 12)
    assert rates["handover"] == pytest.approx(780)
    assert rates["overtime"] is None  # 240 of it cannot fall by 480
    assert found.values[0].item == "team"  # -40 %, the smallest change
    assert [one.inside for one in found.values] == [False] * 5


@settings(max_examples=40)
@given(st.integers(1, 400), st.integers(1, 50), st.integers(0, 2000))
def test_at_its_switching_rate_the_two_cost_the_same(team, supplier, handover):
    table = costs_table()
    for row, rate in ((0, team), (2, supplier), (3, handover)):
        table.loc[row, ["rate_low", "rate_likely", "rate_high"]] = float(rate)
    found = switching_values(cost_options(table, CALLS, plan(), draws=200))
    for one in found.values:
        if one.rate is not None:
            changed = table.copy()
            row = changed["option"].isin(one.options) & (changed["item"] == one.item)
            changed.loc[row, ["rate_low", "rate_likely", "rate_high"]] = one.rate
            own, out = cost_options(changed, CALLS, plan(), draws=200).options
            assert own.likely == pytest.approx(out.likely, abs=1e-6)


def test_the_sentences_say_the_gap_and_the_nearest_lines():
    said = switching_values(COSTS).explain().split("\n")
    assert said[0].startswith("out costs 480 less than own")
    assert said[1] == "“team” of own: 60 in place of 100 (−40.0 %), outside its range."
    assert len(said) == 4
    assert "在其区间外" in switching_values(COSTS).explain("zh")
    wide = costs_table()
    wide.loc[0, "rate_low"] = 10.0
    assert "within its range" in switching_values(cost_options(wide, CALLS, plan(), draws=200)).explain()


def test_the_frame_has_gaps_where_no_rate_does_it_and_only_costs_are_taken():
    frame = switching_values(COSTS).to_frame()
    assert frame["switching"].isna().sum() == 1 and frame.iloc[-1]["item"] == "overtime"
    with pytest.raises(InvalidInput):
        switching_values(None)
    one = plan(options=[{"id": "own", "kind": "in_house"}], criteria=[])
    alone = cost_options(costs_table().iloc[:2], CALLS, one, draws=200)
    with pytest.raises(InvalidInput):
        switching_values(alone)


def test_a_price_that_both_pay_moves_both():
    shared = [(option, "team lead", "run", "", 1, last, 40.0, 50.0, 80.0) for option, last in (("own", 12), ("out", 3))]
    found = switching_values(cost_options(costs_table(*shared), CALLS, plan(), draws=200))
    lead = next(one for one in found.values if one.item == "team lead")
    # own costs 2040, out 1110; a unit more a month costs own 12 and out 3, so that 930 / 9 less would level them
    assert lead.options == ("out", "own") and lead.rate is None
    same = [(option, "team lead", "run", "", 1, 12, 40.0, 50.0, 80.0) for option in ("own", "out")]
    found = switching_values(cost_options(costs_table(*same), CALLS, plan(), draws=200))
    assert next(one for one in found.values if one.item == "team lead").rate is None
    dear = [("own", "lead", "run", "", 1, 3, 10.0, 50.0, 90.0), ("out", "lead", "run", "", 1, 12, 10.0, 50.0, 90.0)]
    found = switching_values(cost_options(costs_table(*dear), CALLS, plan(), draws=200))
    lead = next(one for one in found.values if one.item == "lead")
    assert lead.rate == pytest.approx(50 + (1590 - 1560) / 9) and lead.inside  # own 1590, out 1560
