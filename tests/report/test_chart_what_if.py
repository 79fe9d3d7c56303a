from __future__ import annotations

import pytest

from report.made_robustness import texts
from supplier_eval.report.chart_what_if import CHANGES
from supplier_eval.report.charts_robustness import what_if_bars
from supplier_eval.robustness import whatif
from supplier_eval.robustness.whatif import what_if


def test_bars_are_the_frames_totals_before_and_after(desk):
    made = what_if(desk.tender, weights={"price": 60})
    frame, ax = made.to_frame(), what_if_bars(made)
    before, after = ([bar.get_width() for bar in container] for container in ax.containers)
    assert before == pytest.approx(list(frame["total_before"]))
    assert after == pytest.approx(list(frame["total_after"]))
    shown = texts(ax)
    for total, rank in zip(frame["total_after"], frame["rank_after"], strict=True):
        assert f"{total:.2f} (rank {rank})" in shown


def test_a_bid_that_is_left_out_says_so(desk):
    ax = what_if_bars(what_if(desk.tender, without=["B2"]))
    assert texts(ax).count("out") == 1
    assert "bids left out" in ax.get_title(loc="left")


def test_every_change_has_words():
    assert tuple(CHANGES) == whatif.CHANGES
