from __future__ import annotations

import numpy as np
import pytest

from report.made_robustness import apart, crowd, pair, sheet, texts
from supplier_eval.report.chart_lines import stays_of
from supplier_eval.report.charts_robustness import score_lines as draw
from supplier_eval.robustness.scored import Scored
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.weight_lines import score_lines


def lines_of(ax):
    return [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_marker() == "None"]


def test_lines_done_by_hand():
    ax = draw(score_lines(pair(), "c1"))
    ends = {tuple(line.get_ydata()) for line in lines_of(ax) if list(line.get_xdata()) == [0.0, 100.0]}
    assert ends == {(40.0, 80.0), (100.0, 40.0)}
    dots = [line for line in ax.lines if line.get_marker() == "o" and len(line.get_xdata()) == 1]
    assert [(d.get_xdata()[0], d.get_ydata()[0]) for d in dots] == [pytest.approx((60.0, 64.0))]
    span = next(p for p in ax.patches if p.get_zorder() == 0)
    assert (span.get_x(), span.get_x() + span.get_width()) == pytest.approx((60.0, 100.0))


def test_lines_and_crossings_are_the_frames_figures(desk):
    lines = score_lines(desk.only_lot.sheet, "price")
    ax, frame, met = draw(lines), lines.to_frame(), lines.crossings_frame()
    ends = sorted(tuple(line.get_ydata()) for line in lines_of(ax) if list(line.get_xdata()) == [0.0, 100.0])
    expected = sorted(zip(frame["intercept"], frame["intercept"] + frame["slope"], strict=True))
    assert ends == [pytest.approx(pair) for pair in expected]
    drawn = [x for line in ax.lines if line.get_marker() == "o" for x in np.ravel(line.get_xdata())]
    assert sorted(drawn) == pytest.approx(sorted(met["weight_points"]))


@pytest.mark.parametrize("name", ["desk", "museum", "tied"])
def test_the_shaded_interval_is_that_of_the_stability(name, request):
    sheet_ = request.getfixturevalue(name).only_lot.sheet
    stability = weight_stability(sheet_)
    compared = 0
    for line in stability.nodes:
        stays = stays_of(score_lines(sheet_, line.node.id))
        if line.first.holds_now and line.movable:
            assert stays is not None
            assert (stays.lower, stays.upper) == pytest.approx((line.first.lower, line.first.upper), abs=1e-9)
            compared += 1
    assert compared


def test_a_winner_that_is_behind_by_unrounded_totals_shades_nothing(monkeypatch):
    lines = score_lines(pair(), "c1")
    assert stays_of(lines) is not None
    monkeypatch.setattr(Scored, "winner", "B")  # as where rounding or a tie key decided
    assert stays_of(lines) is None
    assert not [p for p in draw(lines).patches if p.get_zorder() == 0]


def test_names_stand_apart_and_inside_the_figure():
    ax = draw(score_lines(crowd(20), "c1"))
    ax.figure.draw_without_rendering()
    named = [t for t in ax.texts if t.get_text().startswith("BID")]
    assert len(named) == 20
    assert apart(named)
    assert max(t.get_window_extent().x1 for t in named) <= ax.figure.bbox.x1


def test_one_bid_has_one_line_and_no_crossing():
    ax = draw(score_lines(sheet({"A": (50, 60)}, (0.5, 0.5)), "c1"))
    assert "A" in texts(ax)
    assert "first place changes hands" not in texts(ax)
