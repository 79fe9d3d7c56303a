"""Costs as they are said and laid out."""

from __future__ import annotations

import pytest

from planning_tables import CALLS, costs_table, plan
from supplier_eval.errors import UnknownName
from supplier_eval.planning import cost_options

FOUND = cost_options(costs_table(), CALLS, plan(), draws=1000)


def test_the_frames_have_a_row_an_option_and_a_row_a_pair():
    table = FOUND.to_frame()
    assert table["option"].tolist() == ["own", "out"]
    assert (table["transition"] + table["run"] + table["exit"]).tolist() == pytest.approx(table["likely"].tolist())
    (pair,) = FOUND.break_even_frame().to_dict("records")
    assert (pair["driver"], pair["unit"], pair["first"], pair["second"], pair["inside"]) == (
        *("calls", "calls", "own", "out"),
        True,
    )
    empty = cost_options(costs_table().assign(driver=""), None, plan(), draws=200).break_even_frame()
    assert len(empty) == 0 and empty["volume"].dtype == "float64"


def test_sentences_say_kinds_range_chance_and_where_two_change_places():
    said = FOUND.explain()
    assert "own over 12 months at 0 % a year: present value 1,440 CNY as is likely" in said
    assert "(transition 0, run 1,440, exit 0); at least 1,200, at most 2,160" in said
    assert "at a first-year volume of 23.33 calls a month, within its range 5 to 30: below it out is cheaper" in said
    assert "tickets of" not in said and "± 0.0" not in said


def test_an_option_is_asked_by_its_id_however_it_is_spelt():
    lines = FOUND.explain("OWN").split("\n")
    assert len(lines) == 2 and lines[0].startswith("own")
    assert "成本最低" in FOUND.explain("out", "zh")
    with pytest.raises(UnknownName, match="cloud"):
        FOUND.option("cloud")


def test_a_break_even_volume_outside_the_range_and_one_that_never_comes():
    narrow = cost_options(costs_table(), CALLS.assign(high=20.0), plan(), draws=200)
    assert "outside its range 5 to 20" in narrow.explain()
    dear = costs_table(("out", "fine", "run", "", 1, 12, 900.0, 900.0, 900.0))
    assert "Whatever the volume of calls, own is cheaper" in cost_options(dear, CALLS, plan(), draws=200).explain()


def test_what_is_certain_is_said_with_an_exact_bound():
    dear = costs_table(("out", "fine", "run", "", 1, 12, 900.0, 900.0, 900.0))
    said = cost_options(dear, CALLS, plan(), draws=1000).explain()
    assert "The cheapest in all of 1,000 drawn worlds (at 95 % confidence its chance is at least 99.70 %)" in said
    assert "The cheapest in none of 1,000 drawn worlds (at 95 % confidence its chance is at most 0.30 %)" in said


def test_standing_fingerprint_and_a_short_repr():
    assert (FOUND.standing, FOUND.draws, FOUND.policy_fingerprint) == ("exploratory", 1000, plan().fingerprint)
    assert repr(FOUND) == "OptionCosts(own 1,440, out 960 CNY; 5 lines; exploratory)"
    adopted = plan(adoption={"by": "committee", "on": "2026-01-12"})
    assert cost_options(costs_table(), CALLS, adopted, draws=200).standing == "binding"
