"""The map of an award: shares, dots, what is cut off."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from report.made_awards import many, rich, shop
from report.made_robustness import texts
from supplier_eval.award.allocation import Allocation
from supplier_eval.award.front import award_lots
from supplier_eval.report.chart_award_map import MOST_LOTS, MOST_SUPPLIERS, map_of, map_size, share_text
from supplier_eval.report.charts_award import award_map

F = Fraction


def test_shares_stand_by_lot_and_supplier_the_largest_spend_first():
    shown = map_of(rich())
    assert (shown.lots, shown.suppliers) == (("L1", "L2", "L3", "L4"), ("B", "A"))
    assert shown.unserved
    assert shown.shares.tolist() == [[40, 60, 0], [100, 0, 0], [100, 0, 0], [75, 0, 25]]


def test_offers_that_win_nothing_are_dots():
    ax = award_map(award_lots(shop(), gap=0))
    assert [text.get_text() for text in ax.texts].count("•") == 2
    assert "A dot is an offer that wins nothing of the lot." in texts(ax)


def test_what_is_awarded_to_nobody_has_a_column():
    labels = [label.get_text() for label in award_map(rich()).get_xticklabels()]
    assert labels == ["B", "A", "unserved"]


def test_a_large_award_is_cut_to_the_largest_lots_and_suppliers_and_says_so():
    whole = many(300, 90)
    shown = map_of(whole)
    assert shown.shares.shape == (MOST_LOTS, MOST_SUPPLIERS + 1)
    assert np.allclose(shown.shares.sum(axis=1), 100)
    assert shown.lots == tuple(sorted(shown.lots))
    worth = {lot: part.demand * min(b.price for b in whole.problem.bids.values() if b.lot == lot)
             for lot, part in whole.problem.lots.items()}  # fmt: skip
    assert min(worth[lot] for lot in shown.lots) >= max(w for lot, w in worth.items() if lot not in shown.lots)
    said = " ".join(" ".join(texts(award_map(whole))).split())
    assert "The 60 lots of most money are shown; 240 others are not." in said
    assert "all others share one" in said


def test_in_a_crowd_losers_have_no_column_and_are_counted():
    from supplier_eval.award.parts import Supplier

    problem = shop()
    crowd = dict(problem.suppliers) | {f"Z{i:02d}": Supplier(id=f"Z{i:02d}") for i in range(20)}
    made = award_lots(problem.replace(suppliers=crowd), gap=0)
    assert map_of(made).suppliers == ("B",)
    assert "21 suppliers win nothing and have no column." in " ".join(texts(award_map(made)))


def test_sixty_by_forty_fits_and_its_size_is_bounded():
    wide, high = map_size(map_of(many(60, 40)))
    assert (wide, high) < (20, 20)
    assert map_size(None)[1] < 3


@pytest.mark.parametrize(("share", "said"), [(100.0, "100"), (37.5, "37.5"), (0.01, "<0.1"), (99.99, ">99.9")])
def test_a_share_is_never_rounded_away(share, said):
    assert share_text(share) == said


def test_without_an_award_the_axes_say_why():
    ax = award_map(Allocation(shop(), "infeasible"), lang="zh")
    assert any("不存在可行的授标方案" in text for text in texts(ax))
    assert map_of(Allocation(shop(), "infeasible")) is None
