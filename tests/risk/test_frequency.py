"""Events per year: generating functions, the class of Panjer, and pieces that add up."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from supplier_eval.risk.frequency import Frequency

LAWS = [Frequency(0.3), Frequency(4.0), Frequency(2.0, 1.5), Frequency(0.2, 8.0)]


def law(frequency):
    if frequency.poisson:
        return poisson(frequency.mean)
    return nbinom(frequency.size, 1 / frequency.dispersion)


@pytest.mark.parametrize("frequency", LAWS)
def test_mean_variance_and_the_year_without_events_are_those_of_scipy(frequency):
    reference = law(frequency)
    assert reference.mean() == pytest.approx(frequency.mean)
    assert reference.var() == pytest.approx(frequency.mean * frequency.dispersion)
    assert frequency.none == pytest.approx(reference.pmf(0))


@pytest.mark.parametrize("frequency", LAWS)
def test_panjers_class_and_the_generating_function_give_the_same_probabilities(frequency):
    a, b = frequency.recursion
    reference = law(frequency).pmf(np.arange(12))
    k = np.arange(1, 12)
    assert (a + b / k) * reference[:-1] == pytest.approx(reference[1:])
    z = 0.6
    whole = float(np.sum(law(frequency).pmf(np.arange(400)) * z ** np.arange(400)))
    assert math.exp(frequency.log_generating(z).real) == pytest.approx(whole)


@pytest.mark.parametrize("frequency", LAWS)
def test_pieces_add_up(frequency):
    assert 8 * frequency.part(8).log_generating(0.3) == pytest.approx(complex(frequency.log_generating(0.3)))


def test_a_dispersion_that_goes_to_1_is_poisson():
    near = Frequency(3.0, 1 + 1e-10)
    assert near.none == pytest.approx(math.exp(-3), rel=1e-8)


def test_wald_gives_the_variance_of_the_published_compound_poisson():
    """lambda 3, mean 10, sd 5: sd 19.3649 (Klugman, Panjer and Willmot)."""
    assert math.sqrt(Frequency(3.0).aggregate_variance(10.0, 125.0)) == pytest.approx(19.364916731037084, abs=1e-12)
