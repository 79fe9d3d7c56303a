from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.report.chart_heat import heat_of
from supplier_eval.report.charts import panel_heat_map


def test_the_map_holds_the_weighted_marks_of_the_agreement(desk):
    result = desk.only_lot
    heat = heat_of(result)
    assert heat.members == ("E1", "E2", "E3", "E4", "E5")
    assert heat.bids == ("B1", "B2", "B4", "B6")
    assert np.array_equal(heat.marks, result.agreement.totals.to_numpy().T)


def test_a_cell_is_the_weighted_value_of_the_members_marks(desk):
    """By hand for B2: weights 12.5, 5, 17.5 and 4 of 39; the method runs from 20 to 90, drills ask for 50."""
    technical = desk.only_lot.sheet.technical
    team, method, plan, drills = technical.panel.marks[:, :, technical.panel.bids.index("B2")].T
    by_hand = (12.5 * team + 5 * (method - 20) / 0.7 + 17.5 * plan + 4 * 100 * (drills >= 50)) / 39
    assert heat_of(desk.only_lot).marks[1] == pytest.approx(by_hand)


def test_flagged_marks_are_boxed_while_open(desk):
    assert heat_of(desk.only_lot).boxed == {("B1", "E3"): True}
    ax = panel_heat_map(desk.only_lot)
    assert len(ax.lines) == 2


def test_values_are_printed_in_every_cell(desk):
    heat = heat_of(desk.only_lot)
    shown = {text.get_text() for text in panel_heat_map(desk.only_lot).texts}
    assert {f"{mark:.1f}" for mark in heat.marks.ravel()} <= shown


def test_who_was_recused_is_not_on_the_map_but_named_below(two_lots):
    north = two_lots.lots["north"]
    assert "E5" not in heat_of(north).members
    ax = panel_heat_map(north)
    assert any("Recused: E5" in text.get_text() for text in ax.texts)


def test_one_agreed_mark_makes_a_map_of_one_column(museum):
    heat = heat_of(museum.only_lot)
    assert heat.members == ("panel",)
    assert heat.marks.shape == (3, 1)
    assert heat.marks[1, 0] == pytest.approx(100 * 32.6 / 50, abs=0.2)
