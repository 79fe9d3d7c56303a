from __future__ import annotations

import pandas as pd
import pytest

from report.made_robustness import apart, crowd, pair, sheet, texts
from supplier_eval.report.chart_methods import BOX
from supplier_eval.report.charts_robustness import method_agreement
from supplier_eval.report.formats import number
from supplier_eval.robustness.methods import compare_methods


def test_cells_are_the_frames_ranks_in_the_policys_order():
    made = compare_methods(crowd(5))
    ax = method_agreement(made)
    frame = made.ranks_frame()
    order = frame.iloc[0].sort_values().index.tolist()
    assert [label.get_text() for label in ax.get_xticklabels()] == order
    assert (ax.images[0].get_array() == frame[order].to_numpy()).all()
    numbers = [t for t in ax.texts if t.get_text().isdigit()]
    cells = {(t.get_position()[1], t.get_position()[0]): int(t.get_text()) for t in numbers}
    assert cells == {(r, b): int(frame.iloc[r][bid]) for r in range(len(frame)) for b, bid in enumerate(order)}


def test_tau_and_stand_are_at_the_side():
    made = compare_methods(crowd(5))
    frame, ax = made.to_frame(), method_agreement(made)
    taken = frame[frame["agrees"].notna()]
    side = [t.get_text() for t in ax.texts if getattr(t, "xycoords", None) == ("axes fraction", "data")]
    assert side[::2] == [number(None if pd.isna(tau) else float(tau), 2) for tau in taken["tau"]]
    assert side[1] == "policy"
    words = {"agrees": "agrees", "ties": "ties", "other": "another"}
    assert side[3::2] == [words[made.stand(key)] for key in taken["method"][1:]]


def test_first_ranks_that_are_not_the_policys_are_boxed():
    made = compare_methods(crowd(5))
    boxed = [line for line in method_agreement(made).lines if line.get_color() == BOX]
    expected = {True: 0, False: 0}
    for row in made.rows:
        if made.stand(row.way.key) != "agrees":
            expected[made.stand(row.way.key) == "other"] += len(row.first)
    assert sum(line.get_linestyle() == "-" for line in boxed) == expected[True]
    assert sum(line.get_linestyle() != "-" for line in boxed) == expected[False]
    assert sum(expected.values())


def test_ways_that_could_not_take_the_figures_are_named():
    made = compare_methods(sheet({"A": (80, 0), "B": (40, 100)}, (0.7, 0.3)))
    assert made.refused
    shown = " ".join(texts(method_agreement(made))).replace("\n", " ")
    assert made.refused[0].way.title() in shown


@pytest.mark.parametrize("n", [1, 2, 10])
def test_no_text_lies_upon_another(n):
    made = compare_methods(crowd(n) if n > 2 else pair() if n == 2 else sheet({"A": (50, 60)}, (0.5, 0.5)))
    ax = method_agreement(made)
    ax.figure.draw_without_rendering()
    assert apart([*ax.get_xticklabels(), *ax.get_yticklabels(), *(t for t in ax.texts if t.get_rotation() == 0)])
    assert max(t.get_window_extent().x1 for t in ax.texts) <= ax.figure.bbox.x1 + 1
