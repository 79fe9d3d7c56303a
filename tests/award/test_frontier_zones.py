"""Zones of a search: cut by what is known, none lost, none twice; the search itself on four lots."""

from __future__ import annotations

from itertools import product
from math import inf
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from award_fronts import enumerated_front, four_lots
from supplier_eval.award.frontier_search import Clock, Hit, WholeSearch
from supplier_eval.award.frontier_targets import targets_of
from supplier_eval.award.frontier_zones import corners, cut, extent, front_of, inside, search_zones, why

THREE = ("cost", "attr:quality", "risk")
rows = st.lists(st.tuples(*[st.integers(0, 4)] * 3), max_size=5)


def search(names=THREE, seconds=60.0, gap=0.0):
    return WholeSearch(targets_of(four_lots(), names), Clock(seconds), gap=gap, solver="scipy")


def dominated(known, row):
    return any(all(a <= b for a, b in zip(one, row, strict=True)) for one in known)


def test_an_award_cuts_a_zone_into_one_for_each_objective():
    assert cut([(inf, inf)], (3, 5)) == [(3, inf), (inf, 5)]
    assert cut([(3, inf), (inf, 5)], (1, 8)) == [(inf, 5), (1, inf), (3, 8)]


def test_a_zone_that_does_not_have_the_award_stays():
    assert cut([(3, 5)], (3, 4)) == [(3, 5)]


@given(rows)
def test_zones_hold_exactly_what_no_known_award_dominates(known):
    zones = [(inf, inf, inf)]
    for row in known:
        zones = cut(zones, row)
    for row in product(range(6), repeat=3):
        assert any(inside(row, zone) for zone in zones) is not dominated(known, row)


@given(rows)
def test_no_zone_lies_within_another(known):
    zones = [(inf, inf, inf)]
    for row in known:
        zones = cut(zones, row)
    pairs = [(a, b) for a in zones for b in zones if a is not b]
    assert not [a for a, b in pairs if all(x <= y for x, y in zip(a, b, strict=True))]


def test_the_front_of_awards_found_has_each_figure_once():
    found = [SimpleNamespace(costs=row) for row in ((2, 1), (1, 2), (2, 2), (1, 2), (3, 1))]
    assert front_of(found) == [found[1], found[0]]


def test_the_extent_of_equal_figures_is_1():
    assert extent([(1, 7), (5, 7)]) == ([1.0, 7.0], [4.0, 1.0])


def test_corners_are_the_best_of_each_objective():
    """Cheapest ABCA 1,005; the best quality and the least risk have all of C."""
    made = corners(search())
    assert [found.costs[at] for at, found in enumerate(made.found)] == [1005, -9000, 500]
    assert made.open == []


def test_a_search_finds_all_and_leaves_nothing_open():
    made = search_zones(search(), most=50)
    assert [found.costs for found in front_of(made.found)] == enumerated_front(four_lots(), THREE)
    assert made.open == []


def test_a_search_stops_at_so_many():
    made = search_zones(search(), most=4)
    assert len({found.costs for found in made.found}) == 4
    assert made.open == ["most"]


def test_a_gap_takes_nothing_from_a_search_that_ends_and_leaves_the_corners_open_in_one_that_does_not():
    made = search_zones(search(gap=0.1), most=50)
    assert [found.costs for found in front_of(made.found)] == enumerated_front(four_lots(), THREE)
    assert made.open == []
    assert search_zones(search(gap=0.1), most=5).open == ["payoff", "most"]


def test_a_zone_without_an_answer_is_left_open_and_the_others_are_searched():
    asked = search()
    least, calls = asked.least, []

    def once(weights, limits, **more):
        calls.append(limits)
        return Hit("error") if len(calls) == 10 else least(weights, limits, **more)

    asked.least = once
    made = search_zones(asked, most=50)
    assert made.open == ["solver"]
    assert len(calls) > 20


def test_an_award_outside_its_zone_is_asked_for_again_within_closer_limits():
    """The solver takes 4 more of cost than fit; all is found all the same, and what cannot be settled stays open."""
    asked = search(("cost", "attr:quality"))
    asked.lexicographic, least = search(("cost", "attr:quality")).lexicographic, asked.least
    asked.least = lambda weights, limits, **more: least(weights, [limits[0] + 4, limits[1]], **more)
    made = search_zones(asked, most=50)
    assert [found.costs for found in front_of(made.found)] == enumerated_front(four_lots(), ("cost", "attr:quality"))
    assert made.open == ["numeric"]


def test_an_award_outside_its_zone_is_no_proof():
    asked = search()
    first = asked.lexicographic([0, 1, 2])
    asked.lexicographic = lambda _: first
    asked.least = lambda *_, **__: first
    assert search_zones(asked, most=50).open == ["numeric"]


@pytest.mark.parametrize(
    ("status", "code"), [("infeasible", "infeasible"), ("no_award_found", "time"), ("error", "solver")]
)
def test_what_a_solver_says_has_a_code(status, code):
    assert why(status) == code
