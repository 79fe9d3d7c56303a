"""Terms of an award: their defaults, and the smallest amount of money."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supplier_eval.award.objective import goal_of
from supplier_eval.award.terms import FINEST_GRID, Terms


def test_what_holds_where_nothing_is_declared():
    terms = Terms(goal=goal_of("cost"))
    assert (terms.cover, terms.grid, terms.currency) == ("exactly", FINEST_GRID, "")
    assert terms.tie_keys == ("cost", "score", "winners")


@pytest.mark.parametrize(("places", "cent"), [(0, Fraction(1)), (2, Fraction(1, 100)), (3, Fraction(1, 1000))])
def test_a_cent_is_one_minor_unit_of_the_currency(places, cent):
    assert Terms(goal=goal_of("cost"), minor_units=places).cent == cent


@pytest.mark.parametrize(("share", "below"), [("1/2", "2/5"), ("2/5", "3/10"), ("0.41", "2/5"), ("1", "9/10")])
def test_the_next_share_of_the_grid_below(share, below):
    """Tenths."""
    assert Terms(goal=goal_of("cost"), grid=10).share_below(Fraction(share)) == Fraction(below)


@pytest.mark.parametrize(
    ("objective", "places", "forgiven"),
    [
        ("cost", 0, "1/2"),
        ("cost", 2, "1/200"),
        ({"cost": 1, "score": 2}, 0, "1/2"),
        ("risk", 0, "1/2000"),
        ("score", 4, "1/20000"),
    ],
)
def test_half_a_minor_unit_is_forgiven_of_money_only(objective, places, forgiven):
    assert Terms(goal=goal_of(objective), minor_units=places).forgiven == Fraction(forgiven)
