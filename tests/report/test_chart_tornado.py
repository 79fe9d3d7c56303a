from __future__ import annotations

import numpy as np
import pytest

from report.made_robustness import crowd, pair, sheet, texts
from supplier_eval.report.chart_tornado import swings_of
from supplier_eval.report.charts_robustness import tornado
from supplier_eval.robustness.stability_front import weight_stability
from supplier_eval.robustness.weight_lines import score_lines


def test_swings_done_by_hand():
    """A leads by 100 w - 60 where c1 weighs w: 10 at 0.7, 30 at 0.9, -10 at 0.5."""
    now, swings = swings_of(weight_stability(pair()), 0.2)
    assert now == pytest.approx(10.0)
    by_name = {swing.node.id: swing for swing in swings}
    assert by_name["c1"].leads == pytest.approx((-10.0, 30.0))
    assert by_name["c1"].weights == pytest.approx((50.0, 90.0))
    assert by_name["c2"].leads == pytest.approx((30.0, -10.0))
    ax = tornado(weight_stability(pair()), radius=0.2)
    assert texts(ax).count("−10.00 B") == 2
    assert texts(ax).count("30.00") == 2


def test_a_weight_stops_at_nothing_and_at_its_group():
    swing = swings_of(weight_stability(pair()), 0.5)[1]
    assert {s.node.id: s.weights for s in swing} == {
        "c1": pytest.approx((20.0, 100.0)),
        "c2": pytest.approx((0.0, 80.0)),
    }


def test_leads_are_those_of_the_score_lines_at_every_level(desk):
    stability = weight_stability(desk.only_lot.sheet)
    _, swings = swings_of(stability, 0.05)
    assert len(swings) == len(stability.nodes)
    w = stability.scored.position(stability.winner)
    for swing in swings:
        lines = score_lines(desk.only_lot.sheet, swing.node.id)
        for points, lead, rival in zip(swing.weights, swing.leads, swing.rivals, strict=True):
            totals = lines.totals_at(points / 100 / swing.node.parent_weight)
            assert lead == pytest.approx(totals[w] - np.delete(totals, w).max(), abs=1e-8)
            assert totals[lines.bids.index(rival)] == pytest.approx(np.delete(totals, w).max(), abs=1e-8)


def test_bars_end_at_the_leads_widest_on_top(desk):
    stability = weight_stability(desk.only_lot.sheet)
    now, swings = swings_of(stability, 0.05)
    ax = tornado(stability)
    bars = sorted((p for p in ax.patches if p.get_zorder() == 2), key=lambda p: p.get_y())
    ends = [p.get_x() + p.get_width() for p in bars]
    assert ends == pytest.approx([lead for swing in swings for lead in (swing.leads[1], swing.leads[0])])
    reach = [max(abs(lead - now) for lead in swing.leads) for swing in swings]
    assert reach == sorted(reach, reverse=True)
    assert ax.get_xlim()[0] <= 0.0 <= ax.get_xlim()[1]


def test_the_outcome_is_said():
    assert any("no move of 5 points" in text.replace("\n", " ") for text in texts(tornado(weight_stability(pair()))))
    wide = tornado(weight_stability(pair()), radius=0.2)
    assert any("for 2 of 2 criteria" in text.replace("\n", " ") for text in texts(wide))
    behind = tornado(weight_stability(pair(), winner="B"), radius=0.2)
    assert any("10.00 points behind" in text.replace("\n", " ") for text in texts(behind))


def test_one_bid_has_no_lead():
    alone = weight_stability(sheet({"A": (50, 60)}, (0.5, 0.5)))
    assert any("stands alone" in text for text in texts(tornado(alone)))


@pytest.mark.parametrize("radius", [0.0, -0.1, 1.5, float("nan")])
def test_a_radius_that_is_none_is_refused(radius):
    with pytest.raises(ValueError, match="fraction of the whole weight"):
        tornado(weight_stability(pair()), radius=radius)


def test_no_label_leaves_the_axes():
    ax = tornado(weight_stability(crowd(20)), radius=0.3)
    ax.figure.draw_without_rendering()
    frame = ax.get_window_extent()
    ends = [t.get_window_extent() for t in ax.texts if t.get_fontsize() == 7.5]
    assert ends
    assert min(box.x0 for box in ends) >= frame.x0 - 1
    assert max(box.x1 for box in ends) <= frame.x1 + 1
