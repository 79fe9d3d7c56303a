from __future__ import annotations

import pytest

from report.made_robustness import crowd, pair, sheet, texts, twins
from supplier_eval.report.charts_robustness import stability_bars
from supplier_eval.robustness.stability_front import weight_stability


def bars(ax, order):
    """Left and right ends of the bars of one layer, from top to bottom."""
    found = [p for p in ax.patches if p.get_zorder() == order]
    found.sort(key=lambda p: p.get_y())
    return [(p.get_x(), p.get_x() + p.get_width()) for p in found]


def test_an_interval_done_by_hand_and_its_challenger():
    """40 points between A and B on c1, 60 the other way on c2: equal where c1 weighs 60 and c2 40."""
    ax = stability_bars(weight_stability(pair()))
    assert bars(ax, 2) == [pytest.approx((60.0, 100.0)), pytest.approx((0.0, 40.0))]
    assert {"B 60.00", "B 40.00"} <= set(texts(ax))
    ticks = [line.get_xdata()[0] for line in ax.lines if len(line.get_xdata()) == 2 and line.get_zorder() == 4]
    assert ticks == pytest.approx([70.0, 30.0])


def test_bars_are_the_frames_figures_tightest_on_top(desk):
    stability = weight_stability(desk.only_lot.sheet)
    ax = stability_bars(stability)
    frame = stability.to_frame().set_index("node").loc[[line.node.id for line in stability.by_room]]
    assert bars(ax, 2) == [pytest.approx(ends) for ends in zip(frame.lower_points, frame.upper_points, strict=True)]
    assert [right for _, right in bars(ax, 1) if right] == pytest.approx(
        [line.points(1.0) for line in stability.by_room]
    )
    rooms = [line.room for line in stability.by_room if line.movable]
    assert rooms == sorted(rooms)
    assert len(ax.get_yticklabels()) == len(frame)


def test_several_challengers_at_one_end_are_counted():
    three = sheet({"A": (80, 40), "B": (40, 100), "C": (40, 100)}, (0.7, 0.3))
    assert any(text.startswith("B +1 ") for text in texts(stability_bars(weight_stability(three))))


def test_a_bar_without_the_published_weight_is_hatched_and_said():
    behind = weight_stability(pair(), winner="B")
    ax = stability_bars(behind)
    assert {p.get_hatch() for p in ax.patches if p.get_zorder() == 2} == {"////"}
    assert any("not at the published weight" in text for text in texts(ax))


def test_a_bid_that_is_never_first_has_no_bar_but_words():
    never = weight_stability(twins(), winner="C")
    ax = stability_bars(never)
    assert not bars(ax, 2)
    assert texts(ax).count("not first at any weight") == 2


def test_one_bid_or_one_criterion_is_said():
    alone = stability_bars(weight_stability(sheet({"A": (50, 60)}, (0.5, 0.5))))
    assert any("stands alone" in text for text in texts(alone))
    assert "cannot move by itself" in texts(stability_bars(weight_stability(sheet({"A": (50,), "B": (40,)}, (1,)))))


def test_no_label_leaves_the_axes():
    ax = stability_bars(weight_stability(crowd(20)))
    ax.figure.draw_without_rendering()
    frame = ax.get_window_extent()
    inside = [t for t in ax.texts if t.get_text()[:3] == "BID"]
    assert inside
    assert all(t.get_window_extent().x0 >= frame.x0 - 1 for t in inside)
    assert all(t.get_window_extent().x1 <= frame.x1 + 1 for t in inside)
    assert min(ax.get_xticks()) >= 0
