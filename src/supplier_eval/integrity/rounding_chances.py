r"""How easily rounded prices make a pattern by themselves.

Prices that are multiples of a unit can lie at few places only. With :math:`K` places from the lowest to the highest:

.. math::
    P(\text{tie among } n) = 1 - \prod_{i=1}^{n-1} \Big(1 - \frac{i}{K}\Big), \qquad
    P_{n+1}(r) = P_n(r - 1)\,\frac{n - r + 1}{K} + P_n(r)\,\Big(1 - \frac{n - r}{K}\Big), \qquad
    P(m \text{ equal steps} \mid \text{sum } T) = \binom{T-1}{m-1}^{-1}

where :math:`P_n(r)` is the chance that n prices lie on n - r places (r of them repeat another: occupancy); and the
chance that a markup meets a grid is the share of the places that do.

Source: the birthday problem; compositions of a whole number into positive parts (both elementary; Feller (1968), "An
Introduction to Probability Theory and Its Applications", vol. 1, II.3 and II.5, recalled).
"""

from __future__ import annotations

import math

import numpy as np

MOST_PLACES = 10_000


def tie_chance(n: int, places: int, repeats: int = 1) -> float:
    """Probability that at least `repeats` of `n` even prices repeat an earlier one, on `places` places.

    One repeat is a tie of two; two repeats are a tie of three, or two ties.
    """
    if repeats < 1 or n - repeats >= places:
        return 1.0
    if repeats >= n:
        return 0.0
    held = np.zeros(repeats + 1)  # chance of each number of repeats; the last one gathers all above
    held[0] = 1.0
    for placed in range(1, n):
        taken = np.clip(placed - np.arange(repeats + 1), 0, places) / places
        taken[-1] = 0.0
        held = held * (1.0 - taken) + np.concatenate(([0.0], (held * taken)[:-1]))
    return min(1.0, float(held[-1]))


def equal_steps_chance(steps: int, units: int) -> float:
    """Probability that `steps` steps which sum to `units` whole units are equal, every split being as likely."""
    return 1.0 if units <= steps else 1.0 / math.comb(units - 1, steps - 1)


def grid_chance(losers: int, unit: float, reach: float, grid: float, tolerance: float) -> float:
    """Probability that all of `losers` even markups meet a grid.

    Parameters
    ----------
    losers : int
        Number of markups.
    unit, reach : float
        What a markup can change by, and the largest markup, as shares of the lowest price.
    grid, tolerance : float
        Step of the grid, and how near a markup must be.
    """
    places = round(reach / unit)
    if places > MOST_PLACES:
        return min(1.0, 2.0 * tolerance / grid) ** losers
    met = sum(abs(k * unit - round(k * unit / grid) * grid) <= tolerance for k in range(1, places + 1))
    return (met / max(places, 1)) ** losers
