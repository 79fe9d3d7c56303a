from __future__ import annotations

from itertools import pairwise

import pytest

from report.made_robustness import apart, crowd, pair, sheet, texts, twins
from supplier_eval.report.chart_acceptability import SKINS, percent_text, rank_bars_of
from supplier_eval.report.charts_robustness import rank_acceptability_bars
from supplier_eval.robustness.acceptability_front import rank_acceptability


def acceptability(made, draws=512, region="simplex"):
    return rank_acceptability(made, draws=draws, region=region)


def test_segments_are_the_frames_shares_most_often_first_on_top():
    made = acceptability(crowd(5))
    frame = made.to_frame().sort_values(["first", "expected_rank"], ascending=[False, True])
    ax = rank_acceptability_bars(made)
    assert len(ax.containers) == 5
    for rank, container in enumerate(ax.containers, start=1):
        assert [bar.get_width() for bar in container] == pytest.approx(list(100 * frame[f"rank_{rank}"]))


def test_the_parts_of_every_bar_fill_it():
    for n in (1, 2, 7, 8, 20):
        bars = rank_bars_of(acceptability(crowd(n), 64))
        assert [sum(row) for row in bars.shares] == pytest.approx([1.0] * n)
        assert len(bars.ranks) == min(n, len(SKINS))
        assert [rank for ranks in bars.ranks for rank in ranks] == list(range(1, n + 1))


def test_the_first_rank_is_said_with_its_error():
    made = acceptability(pair())
    half = made.half_widths()[:, 0]
    shown = texts(rank_acceptability_bars(made))
    for b in range(2):
        assert f"{percent_text(made.first[b])} ± {percent_text(half[b])} %" in shown
    assert any("±: half-width of the 95 % interval" in text.replace("\n", " ") for text in shown)


def test_the_remark_says_where_weights_and_values_were_drawn():
    ball = texts(rank_acceptability_bars(rank_acceptability(pair(), draws=64)))
    assert any("more than 5 points" in text.replace("\n", " ") for text in ball)
    uncertain = rank_acceptability(pair(), draws=64, uncertainty={"normal": 5.0})
    assert any("vary as well" in text.replace("\n", " ") for text in texts(rank_acceptability_bars(uncertain)))


def test_tied_bids_share_the_better_rank():
    bars = rank_bars_of(acceptability(twins(), 64))
    assert bars.shares == ((1.0, 0.0, 0.0), (1.0, 0.0, 0.0), (0.0, 0.0, 1.0))


@pytest.mark.parametrize(
    ("share", "places", "shown"),
    [
        (0.0, 1, "0.0"),
        (0.0004, 1, "<0.1"),
        (0.9996, 1, ">99.9"),
        (1.0, 0, "100"),
        (0.384, 0, "38"),
        (0.997, 0, ">99"),
        (0.996, 1, "99.6"),
    ],
)
def test_a_small_share_is_not_none_and_a_large_one_not_all(share, places, shown):
    assert percent_text(share, places) == shown


def test_segments_can_be_told_apart_in_grey():
    def lightness(face):
        r, g, b = (int(face[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    tones = [lightness(face) for face, _, _ in SKINS]
    assert tones == sorted(tones)
    assert all(a[1] != b[1] for a, b in pairwise(SKINS))


@pytest.mark.parametrize("n", [1, 20])
def test_no_text_lies_upon_another(n):
    ax = rank_acceptability_bars(acceptability(crowd(n), 128))
    ax.figure.draw_without_rendering()
    assert apart([*ax.get_yticklabels(), *(t for t in ax.texts if t.get_rotation() == 0)])
    legend = ax.get_legend().get_window_extent()
    head = next(t for t in ax.texts if t.get_text() == "rank 1 ± 95 %").get_window_extent()
    assert legend.x1 <= head.x0


def test_one_criterion_leaves_no_room_and_still_draws():
    ax = rank_acceptability_bars(acceptability(sheet({"A": (50,), "B": (40,)}, (1,)), 64))
    assert [bar.get_width() for bar in ax.containers[0]] == [100.0, 0.0]
