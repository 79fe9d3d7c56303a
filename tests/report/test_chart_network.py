"""Who bids with whom."""

from __future__ import annotations

import numpy as np
import pytest

from integrity.made_markets import fair_market, tender
from report.made_robustness import texts
from report.made_screens import across
from supplier_eval.errors import UnknownName
from supplier_eval.integrity import screen_market
from supplier_eval.report.chart_network import LINES_A_BIDDER, MOST, layout, network_of, network_size
from supplier_eval.report.charts_integrity import co_bidding_network


def test_a_ring_is_drawn_with_heavy_lines():
    shown = network_of(across(), None)
    heavy = {(shown.names[a], shown.names[b]) for a, b, _, kind in shown.lines if kind == "flag"}
    assert {("A", "B"), ("A", "C"), ("B", "C")} <= heavy
    assert len(shown.lines) <= LINES_A_BIDDER * len(shown.names) + len(heavy)
    assert "pair or group with a flag" in " ".join(" ".join(texts(co_bidding_network(across()))).split())


def test_named_bidders_are_drawn_and_strangers_refused():
    shown = network_of(across(), ["B", "A", "B"])
    assert shown.names == ("A", "B")
    assert [line[2] for line in shown.lines] == [25]  # 24 of the ring and S1
    with pytest.raises(UnknownName, match="bidder"):
        co_bidding_network(across(), names=["A", "nobody"])


def test_sixty_bidders_have_places_of_their_own():
    found = screen_market(fair_market(1, 2500, 70), settings={"coalition_sizes": (), "least_meetings": 2})
    names = found.to_frame("bidders")["bidder"].tolist()
    shown = network_of(found, names)
    assert len(shown.names) == MOST
    at = layout(MOST, shown.lines)
    apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(axis=2)) + 9 * np.eye(MOST)
    assert np.abs(at).max() <= 1.0
    assert apart.min() > 0.02
    assert max(network_size(shown)) < 15


def test_places_are_not_drawn_by_lot():
    lines = [(0, 1, 5, "met"), (1, 2, 3, "plain"), (3, 4, 9, "flag")]
    assert np.array_equal(layout(5, lines), layout(5, lines))
    near = layout(5, lines)
    assert np.linalg.norm(near[3] - near[4]) < np.linalg.norm(near[0] - near[3])


def test_nobody_met():
    found = screen_market(tender("T", 0, ("A", 1.0), ("B", 2.0)))
    assert "No two bidders met often enough to be drawn." in texts(co_bidding_network(found))
