"""A risk matrix drawn."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from report.made_risks import made
from report.made_robustness import texts
from supplier_eval.report.chart_matrix import face_of
from supplier_eval.report.charts import alt_text, draw_as
from supplier_eval.report.charts_risk import risk_matrix_plot
from supplier_eval.risk import RiskMatrix, place_risks


def grey(face: str) -> float:
    return sum(w * int(face[at : at + 2], 16) for w, at in ((0.299, 1), (0.587, 3), (0.114, 5)))


def test_cells_hold_their_risks_by_expected_loss_and_axes_carry_real_ranges():
    ax = risk_matrix_plot(made().places)
    assert "R17, R08, R09, R14" in texts(ax)
    assert [label.get_text() for label in ax.get_xticklabels()][3] == "large\n500,000 – 2,000,000"
    assert "CNY" in ax.get_xlabel() and "events a year" in ax.get_ylabel()
    assert "n = 22" in ax.get_title(loc="left")
    assert "R22, R23, R24" in alt_text(ax)


def test_levels_can_be_told_apart_in_grey():
    for count in (2, 3, 5):
        shades = [grey(face_of(at, count)) for at in range(count)]
        assert all(a - b > 20 for a, b in pairwise(shades))


def test_a_full_cell_says_how_many_more_and_other_colours_keep_their_names():
    matrix = RiskMatrix.by_product(2, (2,), ("低", "$high_$"))
    table = pd.DataFrame({"risk": [f"risk number {n}" for n in range(60)], "likelihood": 0.7, "impact": 0.7})
    ax = risk_matrix_plot(place_risks(matrix, table), lang="zh")
    cell = next(text for text in texts(ax) if "+" in text)
    names, _, more = cell.rpartition("+")
    assert names.count("…") + int(more) == 60
    assert len(cell.split("\n")) == 4
    assert all(name.strip().startswith("risk") for name in names.replace("\n", " ").split(","))  # none is broken
    assert "$high_$" in texts(ax)
    assert draw_as(ax, "png")


def test_nothing_placed_is_drawn_as_empty_cells():
    table = pd.DataFrame({"risk": ["A"], "likelihood": [None], "impact": [None]}).astype({"likelihood": float})
    table["impact"] = table["impact"].astype(float)
    assert "n = 0" in risk_matrix_plot(place_risks(made().places.matrix, table)).get_title(loc="left")
