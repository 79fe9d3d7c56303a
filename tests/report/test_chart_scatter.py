from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.report.chart_scatter import levels
from supplier_eval.report.charts import price_quality


@pytest.mark.parametrize(("low", "high"), [(0.0, 100.0), (71.2, 71.9), (40.0, 90.0), (1e-3, 2e-3)])
def test_levels_are_round_rising_and_few(low, high):
    found = levels(low, high)
    assert 2 <= len(found) <= 12
    assert found == sorted(found)
    assert low - 1e-9 <= found[0]
    assert found[-1] <= high + 1e-9


def test_the_dots_are_the_bids(desk):
    ax = price_quality(desk.ranking, notice=desk.tender.notice)
    dots = np.concatenate([collection.get_offsets() for collection in ax.collections])
    prices = desk.ranking.sheet.prices.scored
    assert sorted(dots[:, 0]) == sorted(float(prices[bid]) for bid in desk.ranking.order)
    names = {text.get_text() for text in ax.texts}
    assert set(desk.ranking.order) <= names


def test_every_line_drawn_carries_its_total(desk):
    ax = price_quality(desk.ranking, notice=desk.tender.notice)
    assert len(ax.lines) >= 3
    numbers = [text for text in ax.texts if text.get_text().isdigit()]
    assert len(numbers) == len(ax.lines)
    for line, number in zip(ax.lines, numbers, strict=True):
        x, y = line.get_data()
        seen = np.isfinite(y)
        total = y[seen] + 30.0 * 400000.5 / x[seen]
        assert total == pytest.approx(np.full(total.shape, float(number.get_text())))


def test_names_do_not_cover_each_other(sixty):
    ax = price_quality(sixty.ranking, notice=sixty.tender.notice)
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text() in sixty.ranking.order]
    assert len(boxes) == 60
    crossing = sum(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])
    assert crossing <= 6


def test_an_axis_of_small_prices_shows_its_decimals(folder):
    from report.made_reports import evaluated

    evaluation = evaluated(folder / "cheap", ["One", "Two", "Three"], prices=["1.25", "1.40", "1.33"])
    ax = price_quality(evaluation.ranking, notice=evaluation.tender.notice)
    assert ax.xaxis.get_major_formatter()(1.255, 0) in {"1.25", "1.26"}


def test_a_tie_has_two_diamonds(tied):
    ax = price_quality(tied.ranking, notice=tied.tender.notice)
    first, others = ax.collections
    assert len(first.get_offsets()) == 2
    assert len(others.get_offsets()) == 1
