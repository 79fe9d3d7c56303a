"""What rounding makes likely, by hand and by counting."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from supplier_eval.integrity.rounding_chances import equal_steps_chance, grid_chance, tie_chance


def test_ties_are_the_birthday_problem():
    assert tie_chance(23, 365) == pytest.approx(0.5073, abs=1e-4)
    assert (tie_chance(1, 5), tie_chance(2, 1), tie_chance(6, 5)) == (0, 1, 1)


@pytest.mark.parametrize(("n", "places"), [(4, 5), (5, 3), (3, 7)])
def test_more_repeats_are_counted_over_all_placings(n, places):
    placings = list(product(range(places), repeat=n))
    for repeats in range(n + 1):
        seen = sum(n - len(set(placed)) >= repeats for placed in placings) / len(placings)
        assert tie_chance(n, places, repeats) == pytest.approx(seen)


@pytest.mark.parametrize(("steps", "units"), [(3, 6), (3, 9), (2, 10), (4, 12)])
def test_equal_steps_are_one_of_all_splits(steps, units):
    splits = [parts for parts in product(range(1, units), repeat=steps) if sum(parts) == units]
    assert equal_steps_chance(steps, units) == pytest.approx(1 / len(splits))


def test_steps_of_one_unit_say_nothing():
    assert equal_steps_chance(3, 3) == 1


def test_markups_on_a_coarse_unit_meet_the_grid_by_themselves():
    assert grid_chance(3, 0.01, 0.3, 0.005, 1e-4) == 1
    assert grid_chance(3, 0.001, 0.3, 0.005, 1e-4) == pytest.approx(0.2**3)


def test_markups_on_a_fine_unit_meet_it_as_often_as_even_ones():
    drawn = np.random.default_rng(0).uniform(0, 0.3, 200_000)
    seen = (np.abs(drawn - np.rint(drawn / 0.005) * 0.005) <= 1e-4).mean()
    assert grid_chance(1, 1e-9, 0.3, 0.005, 1e-4) == pytest.approx(0.04)
    assert seen == pytest.approx(0.04, abs=0.002)
