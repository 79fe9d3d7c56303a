"""Tables of near-optimal awards."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.near_optimal import near_optimal_awards
from supplier_eval.award.near_optimal_result import measured
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.errors import UnknownName

F = Fraction


@pytest.fixture
def made():
    """L1 (30) and L2 (10), whole: A 120 in all; L2 to B 2 more, L1 to B 3 more."""
    lots = [Lot(id="L1", demand=F(30), indivisible=True), Lot(id="L2", demand=F(10), indivisible=True)]
    prices = {("L1", "A"): F(3), ("L2", "A"): F(3), ("L1", "B"): F(31, 10), ("L2", "B"): F(32, 10)}
    bids = [Bid(lot=lot, supplier=key, price=price) for (lot, key), price in prices.items()]
    return near_optimal_awards(problem_of(lots, [Supplier(id="A"), Supplier(id="B")], bids), amount=5)


def test_the_table(made):
    frame = made.to_frame()
    assert frame["above"].tolist() == [0, 2, 3, 5]
    assert frame["above_share"].tolist() == pytest.approx([0, 2 / 120, 3 / 120, 5 / 120])
    assert frame["moved"].tolist() == [0, 0.25, 0.75, 1]
    assert frame["winners"].tolist() == ["A", "A|B", "A|B", "B"]
    assert frame["gained"].tolist() == ["", "B", "B", "B"] and frame["lost"].tolist() == ["", "", "", "A"]
    assert frame.dtypes.astype(str).tolist() == [*["Float64"] * 6, "bool", "str", "str", "str"]


def test_distances_are_symmetric(made):
    distances = made.distances()
    assert distances.loc[1, 2] == 1 and distances.loc[0, 3] == 1 and distances.loc[1, 3] == 0.75
    assert (distances == distances.T).all().all() and (distances.to_numpy().diagonal() == 0).all()
    assert measured(made.problem, made.awards[1].audit, made.awards[3].audit) == F(3, 4)
    assert [award.nearest for award in made.awards] == [F(1, 4), F(1, 4), F(1, 4), F(1, 4)]


def test_who_has_more_and_who_less(made):
    assert made.shifts(1) == {("L2", "A"): -1, ("L2", "B"): 1}
    assert made.shifts(0) == {}


def test_a_place_that_there_is_not_is_named(made):
    with pytest.raises(UnknownName, match="There is: 0, 1, 2, 3"):
        made.shifts(4)


def test_standing_and_short_form(made):
    assert made.standing == "exploratory" and made.policy_fingerprint == ""
    assert repr(made) == "NearOptimalAwards(4 awards; complete)" and len(made) == 4
