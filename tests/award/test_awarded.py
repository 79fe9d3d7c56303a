"""An award is what was given, in canonical order, whatever the order it was given in."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.awarded import Award
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier

A1, A2, B1 = ("L1", "A", ""), ("L2", "A", "green"), ("L1", "B", "")


def test_awards_are_equal_and_hash_alike_in_any_order_and_without_their_zeros():
    one = Award(10, {B1: 4, A1: 6, A2: 0}, frozenset({"b"}))
    other = Award(10, {A1: 6, B1: 4}, frozenset({"b"}))
    assert one == other
    assert len({one, other}) == 1
    assert list(one.units) == [A1, B1]


def test_the_same_shares_on_another_grid_or_with_other_bundles_are_another_award():
    assert Award(10, {A1: 10}) != Award(100, {A1: 100})
    assert Award(10, {A1: 10}) != Award(10, {A1: 10}, frozenset({"b"}))


def test_an_award_cannot_be_changed_and_does_not_change_with_what_it_was_made_from():
    units = {A1: 10}
    award = Award(10, units)
    units[A1] = 3
    assert award.units[A1] == 10
    with pytest.raises(TypeError):
        award.units[A1] = 3


def test_an_award_can_be_sent_to_another_process():
    award = Award(10, {A1: 6, B1: 4}, frozenset({"b"}))
    assert pickle.loads(pickle.dumps(award)) == copy.deepcopy(award) == award


def test_shares_are_exact():
    award = Award(3, {A1: 1, B1: 2})
    assert award.share(A1) == Fraction(1, 3)
    assert award.share(A2) == 0
    assert award.shares() == {A1: Fraction(1, 3), B1: Fraction(2, 3)}


def test_cover_and_winners_count_bids_and_bundles():
    problem = problem_of(
        [Lot(id="L1"), Lot(id="L2"), Lot(id="L3")],
        [Supplier(id="A"), Supplier(id="B"), Supplier(id="C")],
        [Bid(lot="L1", supplier="B", price=Fraction(1))],
        [Bundle(id="b", supplier="A", lots=("L1", "L2"), price=Fraction(1))],
    )
    award = Award(2, {B1: 1}, frozenset({"b"}))
    assert award.covered(problem) == {"L1": Fraction(3, 2), "L2": 1, "L3": 0}
    assert award.winners(problem) == ("A", "B")


def test_the_short_form_names_alternates_and_bundles():
    award = Award(4, {A1: 1, A2: 3}, frozenset({"b2", "b1"}))
    assert award.label() == {"L1|A": 0.25, "L2|A|green": 0.75, "bundle:b1": 1.0, "bundle:b2": 1.0}
