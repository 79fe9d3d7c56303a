"""Points that a weighting finds: on the hull, edges included; by hand and by trying weights."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.award.frontier_hull import supported


def exact(rows):
    return [tuple(map(Fraction, row)) for row in rows]


def test_one_or_two_points_are_always_found_by_a_weighting():
    assert supported(exact([])) == []
    assert supported(exact([(1, 1)])) == [True]
    assert supported(exact([(1, 2), (2, 1)])) == [True, True]


def test_a_dent_is_not_found_and_an_edge_is():
    """(1, 2) lies on the line from (0, 4) to (2, 0); (3, -1/2) above that from (2, 0) to (4, -2)."""
    assert supported(exact([(0, 4), (1, 2), (2, 0), (3, "-1/2"), (4, -2)])) == [True, True, True, False, True]


def test_slack_forgives_a_part_of_the_extent():
    """(5, 6) lies a tenth of the extent above the middle of (0, 10), (10, 0)."""
    dented = exact([(0, 10), (5, 6), (10, 0)])
    assert supported(dented, 0.09) == [True, False, True]
    assert supported(dented, 0.11) == [True, True, True]


@st.composite
def fronts(draw):
    n = draw(st.integers(1, 7))
    xs = sorted(draw(st.sets(st.integers(0, 20), min_size=n, max_size=n)))
    ys = sorted(draw(st.sets(st.integers(0, 20), min_size=n, max_size=n)), reverse=True)
    return exact(zip(xs, ys, strict=True))


@given(fronts())
def test_supported_is_what_is_least_in_some_weighting(costs):
    """Weightings that matter are those of the lines through two points, and the two ends."""
    pairs = [(a, b) for a in costs for b in costs if a[0] < b[0]]
    weightings = [(a[1] - b[1], b[0] - a[0]) for a, b in pairs] or [(Fraction(1), Fraction(1))]
    least = set()
    for w, v in weightings:
        best = min(w * x + v * y for x, y in costs)
        least |= {(x, y) for x, y in costs if w * x + v * y == best}
    assert [cost in least for cost in costs] == supported(costs)
