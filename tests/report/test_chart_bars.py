from __future__ import annotations

import pytest

from supplier_eval.report.chart_bars import bars_of
from supplier_eval.report.charts import ranking_bars


def test_the_parts_are_the_rankings_points_and_add_up(desk):
    bars = bars_of(desk.ranking)
    assert bars.bids == desk.ranking.order
    assert [name for name, _, _ in bars.parts] == [
        "qualification",
        "capability",
        "quality",
        "price",
        "emergency",
        "rounding",
    ]
    for i, bid in enumerate(bars.bids):
        points = desk.ranking.criteria_points(bid)
        assert {name: part[i] for name, _, part in bars.parts} == {name: points.get(name, 0.0) for name in points}
        assert sum(part[i] for _, _, part in bars.parts) == pytest.approx(bars.totals[i], abs=1e-9)


def test_without_rounding_there_is_no_rounding_line(museum):
    assert [name for name, _, _ in bars_of(museum.ranking, "zh").parts] == ["technical", "price"]


def test_every_bar_ends_at_its_total(desk):
    ax = ranking_bars(desk.ranking)
    ends = [max(bar.get_x() + max(bar.get_width(), 0) for bar in group) for group in zip(*ax.containers, strict=True)]
    assert ends == pytest.approx([desk.ranking.total_of(bid) for bid in desk.ranking.order], abs=0.006)
    labels = {text.get_text() for text in ax.texts}
    assert {f"{desk.ranking.total_of(bid):.2f}" for bid in desk.ranking.order} <= labels


def test_tied_bids_show_the_same_rank(tied):
    assert bars_of(tied.ranking).ranks == (1, 1, 3)
