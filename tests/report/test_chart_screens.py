"""Tenders between variation and distance."""

from __future__ import annotations

import numpy as np

from integrity.made_markets import joined, tender
from report.made_robustness import texts
from report.made_screens import inside
from supplier_eval.integrity import screen_bids
from supplier_eval.report.charts_integrity import screen_scatter


def test_flagged_tenders_have_a_shape_of_their_own_and_lines_are_named():
    frame = joined(
        tender("ODD", 0, ("A", 100.0), ("B", 104.0), ("C", 104.5), ("D", 105.0)),
        tender("FAIR", 1, ("A", 100.0), ("B", 101.0), ("C", 150.0), ("D", 180.0)),
    )
    ax = screen_scatter(screen_bids(frame))
    said = texts(ax)
    assert {"flagged (1)", "not flagged (1)", "lines: 6 %, 1", "ODD"} <= set(said)
    assert "FAIR" not in said
    odd = ax.collections[1].get_offsets()
    assert np.allclose(odd[0], [100 * np.std([100, 104, 104.5, 105], ddof=1) / 103.375, 4 / 0.5])


def test_what_is_not_defined_and_what_lies_outside_is_counted():
    said = " ".join(" ".join(texts(screen_scatter(inside()))).split())
    undefined = int((~np.isfinite(inside().figures["relative_distance"])).sum())
    assert f"for {undefined} tenders the figures are not defined" in said


def test_pairs_of_bids_have_neither_figure():
    ax = screen_scatter(screen_bids(tender("T", 0, ("A", 1.0), ("B", 2.0))))
    assert "No tender has both figures: they need three bids." in texts(ax)


def test_of_two_names_that_would_cover_each_other_one_is_written():
    prices = (("A", 100.0), ("B", 104.0), ("C", 104.5), ("D", 105.0))
    said = texts(screen_scatter(screen_bids(joined(tender("ODD1", 0, *prices), tender("ODD2", 1, *prices)))))
    assert "flagged (2)" in said
    assert ("ODD1" in said, "ODD2" in said) == (True, False)
