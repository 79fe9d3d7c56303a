"""Tables of price ranges."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.price_ranges import price_range
from supplier_eval.errors import UnknownName

F = Fraction


@pytest.fixture
def made():
    bids = [Bid(lot="L", supplier=key, price=F(p)) for key, p in (("A", 10), ("B", 12))]
    lots = [Lot(id="L", demand=F(5), indivisible=True)]
    return price_range(problem_of(lots, [Supplier(id="A"), Supplier(id="B")], bids, currency="EUR"))


def test_the_table(made):
    frame = made.to_frame()
    assert frame["offer"].tolist() == ["L|A", "L|B"] and frame["share"].tolist() == [1, 0]
    assert frame["low"].tolist() == [0, 10] and frame["high"].isna().tolist() == [False, True]
    assert frame["low_kind"].tolist() == ["zero", "crossing"]
    assert frame["high_kind"].tolist() == ["crossing", "unlimited"]
    assert frame["high_winners"].tolist() == ["B", ""] and frame["low_winners"].tolist() == ["", "B"]
    assert frame["high_moved"].tolist()[0] == 1 and frame["enters"].tolist()[1] == 10
    assert frame.dtypes.astype(str).tolist() == [
        *("str", "str", "Float64", "Float64", "Float64", "Float64", "Float64"),
        *("str", "str", "str", "Float64", "Float64", "str", "str"),
    ]


def test_a_range_is_found_by_any_name(made):
    assert made["L|A"] is made["L", "A"] is made["L", "A", ""]
    with pytest.raises(UnknownName, match="price range"):
        made["L|Z"]


def test_what_moves_behind_an_end(made):
    end = made["L|A"].high
    assert made.shifts(end) == {("L", "A"): -1, ("L", "B"): 1} and made.moved(end) == 1
    assert made.shifts(made["L|A"].low) is None and made.moved(None) is None


def test_standing_and_short_form(made):
    assert made.standing == "exploratory" and made.policy_fingerprint == ""
    assert made.proven and made["L|A"].proven
    assert repr(made) == "PriceRanges(optimal; cost 50.00; 2 offers, 2 exact)"
