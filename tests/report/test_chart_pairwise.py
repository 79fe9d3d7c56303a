from __future__ import annotations

import numpy as np
import pytest

from report.made_robustness import apart, crowd, sheet, texts, twins
from supplier_eval.report.chart_acceptability import percent_text
from supplier_eval.report.charts_robustness import pairwise_matrix
from supplier_eval.robustness.acceptability_front import rank_acceptability


def test_cells_are_the_frames_probabilities_best_mean_rank_first():
    made = rank_acceptability(crowd(4), draws=512, region="simplex")
    ax = pairwise_matrix(made)
    order = made.to_frame().sort_values("expected_rank")["bid"].tolist()
    assert [label.get_text() for label in ax.get_xticklabels()] == order
    frame = made.pairwise_frame().set_index(["bid", "other"])["ahead"]
    table = ax.images[0].get_array()
    cells = {(t.get_position()[1], t.get_position()[0]): t.get_text() for t in ax.texts if t.get_rotation() == 0}
    for a, bid in enumerate(order):
        assert cells[a, a] == "–"
        for b, other in enumerate(order):
            if a != b:
                assert table[a, b] == pytest.approx(100 * frame[bid, other])
                assert cells[a, b] == percent_text(float(frame[bid, other]))
    assert np.ma.getmaskarray(table).diagonal().all()


def test_ties_are_said_only_where_there_are_some():
    tied = texts(pairwise_matrix(rank_acceptability(twins(), draws=64)))
    assert any("100 % are ties" in text for text in tied)
    clear = texts(pairwise_matrix(rank_acceptability(crowd(3), draws=64)))
    assert not any("are ties" in text for text in clear)


def test_one_bid_is_said():
    made = rank_acceptability(sheet({"A": (50, 60)}, (0.5, 0.5)), draws=64)
    assert "A is the only bid in the order; there is nobody to be ahead of." in texts(pairwise_matrix(made))


@pytest.mark.parametrize("n", [2, 12])
def test_no_text_lies_upon_another(n):
    ax = pairwise_matrix(rank_acceptability(crowd(n), draws=64))
    ax.figure.draw_without_rendering()
    cells = [t for t in ax.texts if t.get_rotation() == 0]
    assert apart([*ax.get_xticklabels(), *ax.get_yticklabels(), *cells])
    assert apart([ax.xaxis.label, *cells])
    assert max(t.get_window_extent().x1 for t in cells) <= ax.figure.bbox.x1
