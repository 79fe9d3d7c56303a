"""A front as a table; the point that is picked; standing."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import pytest

from award_fronts import four_lots, shared_lot
from supplier_eval.award import frontier
from supplier_eval.award.frontier_result import Frontier
from supplier_eval.errors import InvalidInput

TWO = ("cost", "attr:quality")


@pytest.fixture(scope="module")
def four():
    return frontier(four_lots(), TWO)


@pytest.fixture(scope="module")
def shared():
    return frontier(shared_lot(), TWO)


@pytest.fixture(scope="module")
def nothing():
    senses = MappingProxyType({"cost": "min", "attr:quality": "max"})
    return Frontier(four_lots(), TWO, senses, (), (), (), "no_award_found", ("time",))


def test_one_row_a_point(four):
    frame = four.to_frame()
    assert list(frame.columns) == ["point", *TWO, "supported", "to_next", "suppliers", "award"]
    assert frame.iloc[0].to_dict() == {
        "point": 1,
        "cost": 1005.0,
        "attr:quality": 7050.0,
        "supported": True,
        "to_next": False,
        "suppliers": "A|B|C",
        "award": "L1|A 1; L2|B 1; L3|C 1; L4|A 1",
    }
    assert frame["point"].tolist() == list(range(1, 14))
    assert frame["cost"].is_monotonic_increasing


def test_the_table_keeps_its_types_with_and_without_points(four, nothing):
    expected = ["int64", "float64", "float64", "boolean", "bool", "str", "str"]
    assert [str(kind) for kind in four.to_frame().dtypes] == expected
    assert [str(kind) for kind in nothing.to_frame().dtypes] == expected
    assert len(nothing.to_frame()) == 0


def test_the_number_of_winners_as_an_objective_keeps_its_column():
    frame = frontier(four_lots(), ("cost", "winners")).to_frame()
    assert frame["winners"].tolist() == [3.0, 2.0, 1.0]
    assert frame["suppliers"].tolist() == ["A|B|C", "A|C", "A"]


def test_three_objectives_do_not_say_what_is_supported():
    frame = frontier(four_lots(), ("cost", "attr:quality", "risk")).to_frame()
    assert frame["supported"].isna().all()


def test_proved_segments_lead_to_the_next_point(shared):
    frame = shared.to_frame()
    assert frame["to_next"].sum() == len(shared.segments)
    assert frame["to_next"].tolist()[0]
    assert not frame["to_next"].tolist()[-1]


def test_the_nearest_point_counts_in_parts_of_the_extent(four):
    """Costs run over 195, quality over 1,950: (1,012; 7,150) is 3 / 195 and 50 / 1,950 away from (1,015; 7,200)."""
    assert four.nearest({"cost": 1012, "attr:quality": 7150}).figures == {"cost": 1015, "attr:quality": 7200}
    assert four.nearest({"attr:quality": 10_000}) is four.points[-1]
    assert four.nearest({"cost": Fraction(1, 3)}) is four.points[0]
    assert four.nearest({}) is four.points[0]


def test_an_objective_that_is_equal_in_all_points_does_not_count():
    """There are no soft rules: every penalty is 0."""
    front = frontier(four_lots(), (*TWO, "penalty"))
    assert front.nearest({"penalty": 5}) is front.points[0]
    assert front.nearest({"penalty": 5, "cost": 1200}) is front.points[-1]


def test_the_best_point_in_a_weighted_sum(four):
    """One more of quality is worth so much money: nothing, 1/10, and more than all of C costs."""
    assert four.best({"cost": 1}) is four.points[0]
    assert four.best({"cost": 1, "attr:quality": 1}) is four.points[-1]
    chosen = four.best({"cost": 1, "attr:quality": 0.1})
    values = [point.figures["cost"] - Fraction(0.1) * point.figures["attr:quality"] for point in four.points]
    assert chosen is four.points[values.index(min(values))]
    assert chosen.supported


def test_nothing_can_be_picked_from_nothing(nothing):
    assert nothing.best({"cost": 1}) is None
    assert nothing.nearest({"cost": 1}) is None


def test_all_mistakes_of_a_pick_are_said_at_once(four):
    with pytest.raises(InvalidInput) as raised:
        four.best({"risk": 1, "cost": -1, "attr:quality": float("nan")})
    codes = [finding.code for finding in raised.value.findings]
    assert codes == ["frontier.figures.unknown", "frontier.figures.best", "frontier.figures.best"]
    with pytest.raises(InvalidInput, match="finite number"):
        four.nearest({"cost": "cheap"})


def test_a_front_explores_and_never_binds(four):
    assert four.standing == "exploratory"
    assert four.policy_fingerprint == four_lots().policy_fingerprint


def test_complete_is_said_only_of_a_complete_front(four, nothing):
    assert (four.complete, nothing.complete) == (True, False)


def test_it_shows_itself_in_a_line(four, nothing):
    assert repr(four) == (
        "Frontier(complete; 13 points, 0 segments; cost 1,005 to 1,200 (min); attr:quality 7,050 to 9,000 (max))"
    )
    assert repr(nothing) == "Frontier(no_award_found; 0 points, 0 segments)"
