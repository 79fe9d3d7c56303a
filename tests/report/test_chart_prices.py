"""Prices of tenders beside each other."""

from __future__ import annotations

import pytest

from integrity.made_markets import joined, tender
from report.made_robustness import texts
from report.made_screens import inside
from supplier_eval.errors import UnknownName
from supplier_eval.integrity import screen_bids
from supplier_eval.report.chart_prices import DEFAULT_ROWS, MOST_ROWS, price_rows, prices_size
from supplier_eval.report.charts_integrity import tender_prices


def two():
    return joined(tender("T1", 0, ("A", 90.0), ("B", 95.0), ("C", 100.0)), tender("T2", 1, ("A", 50.0), ("B", 40.0)))


def test_prices_are_shares_of_the_reserve_price_with_the_number_of_bids():
    screens = screen_bids(two().assign(reserve=[120.0] * 3 + [80.0] * 2, minimum=[60.0] * 3 + [float("nan")] * 2))
    shown = price_rows(screens, ["T2", "T1"])
    assert [row.label for row in shown.rows] == ["T2", "T1"]
    assert shown.rows[1].ratios == pytest.approx((0.75, 95 / 120, 100 / 120))
    assert (shown.rows[1].won, shown.rows[1].minimum, shown.rows[0].minimum) == ((True, False, False), 0.5, None)
    ax = tender_prices(screens, tenders=["T1", "T2"])
    assert ax.get_xlabel() == "price, % of the reserve price"
    assert {"2", "3"} <= set(texts(ax))


def test_where_a_tender_has_no_reserve_price_all_stand_on_their_lowest():
    screens = screen_bids(two().assign(reserve=[120.0] * 3 + [float("nan")] * 2))
    assert price_rows(screens, ["T1"]).of_reserve
    assert not price_rows(screens, ["T1", "T2"]).of_reserve
    assert price_rows(screens, ["T1", "T2"]).rows[0].ratios[0] == 1.0
    assert [row.label for row in price_rows(screens, None).rows] == ["T1"]


def test_the_most_flagged_stand_first_and_no_more_than_fit():
    shown = price_rows(inside(), None)
    counts = [row.flags for row in shown.rows]
    assert len(counts) == DEFAULT_ROWS
    assert counts == sorted(counts, reverse=True)
    every = price_rows(inside(), inside().table.labels)
    assert len(every.rows) == MOST_ROWS
    assert prices_size(every)[1] < 15


def test_nobody_of_that_name_and_nothing_to_draw():
    with pytest.raises(UnknownName, match="tender"):
        tender_prices(inside(), tenders=["T9999"])
    alone = screen_bids(tender("T", 0, ("A", 1.0)))
    assert "There is no tender with two bids to draw." in texts(tender_prices(alone))
