r"""How figures become points and points a rating: knots, weighted means, half-open levels; nothing is rounded twice.

.. math:: S = \frac{\sum_{i \in A} w_i\, s_i}{\sum_{i \in A} w_i}, \qquad c_i = \frac{w_i\, s_i}{\sum_{j \in A} w_j}

with A the measures that were assessed, s the points of a measure (0 no risk, 100 the highest) and c its contribution;
contributions add up to S. What was not assessed is in no mean; `possible` says what it could still do.

Everything is exact: fractions in, fractions out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

WORST = Fraction(100)
ZERO = Fraction(0)
Knots = Sequence[tuple[Fraction, Fraction]]


def points(knots: Knots, figure: Fraction) -> Fraction:
    """Points of a figure: straight lines between knots, flat outside the first and the last.

    Parameters
    ----------
    knots : sequence of (figure, points)
        Figures rising.
    figure : Fraction
        What was measured.
    """
    if figure <= knots[0][0]:
        return knots[0][1]
    for (low, at_low), (high, at_high) in pairwise(knots):
        if figure <= high:
            return at_low + (at_high - at_low) * (figure - low) / (high - low)
    return knots[-1][1]


def contributions(weights: Sequence[Fraction], scored: Sequence[Fraction]) -> list[Fraction]:
    """What each measure that was assessed adds to the score.

    Parameters
    ----------
    weights, scored : sequence of Fraction
        Weights above 0 and points of the measures assessed.
    """
    total = sum(weights, ZERO)
    return [weight * one / total for weight, one in zip(weights, scored, strict=True)]


def possible(weighted: Fraction, unknown: Fraction, total: Fraction) -> tuple[Fraction, Fraction]:
    """The score if all that was not assessed had no risk, and if it had the highest.

    Parameters
    ----------
    weighted : Fraction
        Sum of weight times points of what was assessed.
    unknown, total : Fraction
        Weight of what was not assessed, and of all.
    """
    return weighted / total, (weighted + unknown * WORST) / total


def half_up(figure: Fraction, places: int) -> Fraction:
    """Rounded to decimals, half up; the figure is not negative."""
    scale = 10**places
    return Fraction((figure * scale * 2 + 1) // 2, scale)


def level_of(lowers: Sequence[Fraction], score: Fraction) -> int:
    """Place of the level of a score, from 0; a level holds its lower bound, and the last one 100.

    Parameters
    ----------
    lowers : sequence of Fraction
        Lower bounds, rising from 0.
    score : Fraction
        0 to 100.
    """
    return bisect_right(lowers, score) - 1
