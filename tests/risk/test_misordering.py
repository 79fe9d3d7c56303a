"""Shares of pairs that a matrix mis-orders: by hand, by sampling, and as limits of one another."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import integrate
from scipy.stats import norm

from supplier_eval.risk.misordering import misordering

FIFTHS = np.linspace(0, 1, 6)
USUAL = np.digitize(np.outer(range(1, 6), range(1, 6)), [5, 15])


def uniform(levels, rho=0.0, edges=FIFTHS):
    return misordering(levels, (edges, edges), (edges, edges), rho)


def test_a_usual_5_by_5_matrix_misorders_3_percent_of_the_pairs_it_parts_and_19_under_negative_correlation():
    independent, negative = uniform(USUAL), uniform(USUAL, -0.9)
    assert round(100 * independent.wrong_of_parted) == 3
    assert round(100 * negative.wrong_of_parted) == 19
    assert independent.wrong == pytest.approx(0.017438, abs=1e-6)
    assert independent.tied == pytest.approx((8 / 25) ** 2 + (11 / 25) ** 2 + (6 / 25) ** 2)
    assert max(independent.error, negative.error) < 1e-6


def test_two_columns_against_an_integral_by_another_routine():
    """Low impact green, high impact red, likelihood in one band: 2 * integral of (1/2 - F_green) dF_red."""
    got = misordering([[0, 1]], ([0, 1], [0, 1]), ([0, 0.5, 1], [0, 0.5, 1]))
    below = lambda t: min(t * (1 + math.log(0.5 / t)), 0.5) if t < 0.5 else 0.5  # noqa: E731
    red = lambda t: math.log(2) if t < 0.5 else math.log(1 / t)  # noqa: E731
    exact = 2 * integrate.quad(lambda t: (0.5 - below(t)) * red(t), 0, 0.5)[0]
    assert got.wrong == pytest.approx(exact, abs=1e-6)
    assert got.tied == pytest.approx(0.5)


@pytest.mark.parametrize("rho", [0.0, -0.5, -0.9])
def test_sampling_agrees_within_four_standard_errors(rho):
    rng = np.random.default_rng(7)
    n = 200_000
    z = rng.standard_normal((2, 2, n))
    f, s = norm.cdf(z[0]), norm.cdf(rho * z[0] + math.sqrt(1 - rho * rho) * z[1])
    colour = USUAL[np.minimum((5 * f).astype(int), 4), np.minimum((5 * s).astype(int), 4)]
    wrong = np.mean((colour[0] - colour[1]) * ((f * s)[0] - (f * s)[1]) < 0)
    exact = uniform(USUAL, rho).wrong
    assert abs(wrong - exact) < 4 * math.sqrt(exact * (1 - exact) / n)


def test_correlation_goes_over_into_independence():
    assert uniform(USUAL, -1e-9).wrong == pytest.approx(uniform(USUAL).wrong, abs=1e-5)


def test_real_ranges_that_keep_the_shape_keep_the_share():
    """Money instead of 0 to 1 changes nothing where every band keeps its share of the axis."""
    share = np.linspace(0, 1, 6)
    got = misordering(USUAL, (FIFTHS * 4, share), (FIFTHS * 1e7, share), -0.9)
    assert got.wrong == pytest.approx(uniform(USUAL, -0.9).wrong, abs=1e-9)


def test_bands_of_powers_of_ten_are_sampled_alike():
    edges, share = np.array([0.0, 1e3, 1e4, 1e5, 1e6, 1e7]), np.linspace(0, 1, 6)
    got = misordering(USUAL, (FIFTHS, share), (edges, share))
    rng = np.random.default_rng(3)
    u, v = rng.random((2, 2, 400_000))
    loss = u * np.interp(v, share, edges)
    colour = USUAL[np.minimum((5 * u).astype(int), 4), np.minimum((5 * v).astype(int), 4)]
    sampled = np.mean((colour[0] - colour[1]) * (loss[0] - loss[1]) < 0)
    assert abs(sampled - got.wrong) < 4 * math.sqrt(got.wrong / 400_000)


def test_one_colour_parts_no_pair():
    assert uniform(np.zeros((5, 5), int)).wrong_of_parted is None
