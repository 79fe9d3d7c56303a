"""Figures of a discrete distribution of costs, exact: expectation, variance, value at risk, conditional value at risk.

Conditional value at risk at level a of costs z_1 < ... < z_N with probabilities p_k, where k_a is the first k with
p_1 + ... + p_k >= a::

    VaR  = z_(k_a)
    CVaR = ((p_1 + ... + p_(k_a) - a) z_(k_a) + sum over k > k_a of p_k z_k) / (1 - a)

Source: R. T. Rockafellar and S. Uryasev (2002), "Conditional value-at-risk for general loss distributions", Journal of
Banking & Finance 26, 1443-1471, proposition 8 (the atom at the quantile is split, so that the tail weighs 1 - a).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from supplier_eval.award.parts import ONE, ZERO

Atoms = Iterable[tuple[Fraction, Fraction]]


@dataclass(frozen=True)
class RiskFigures:
    """What a distribution of costs comes to.

    Parameters
    ----------
    expected : Fraction
        Expectation; money.
    variance : Fraction
        Money squared.
    var : Fraction
        Value at risk: the least cost that is not exceeded with a probability of at least the level; money.
    cvar : Fraction
        Conditional value at risk: the mean cost of the worst 1 - level; money.
    """

    expected: Fraction
    variance: Fraction
    var: Fraction
    cvar: Fraction

    @property
    def deviation(self) -> float:
        """Standard deviation, rounded; money."""
        return sqrt(self.variance)


def risk_figures(atoms: Atoms, level: Fraction) -> RiskFigures:
    """Expectation, variance, VaR and CVaR of a discrete distribution.

    Parameters
    ----------
    atoms : iterable of (Fraction, Fraction)
        Cost and probability >= 0; equal costs are taken together. The probabilities add up to 1.
    level : Fraction
        0 < level < 1.

    Returns
    -------
    RiskFigures
        Exact.

    Raises
    ------
    ValueError
        Probabilities that do not add up to 1 or are below 0, or a level outside.
    """
    weights: dict[Fraction, Fraction] = defaultdict(lambda: ZERO)
    for cost, probability in atoms:
        if probability < 0:
            raise ValueError(f"a probability is {probability}")
        weights[cost] += probability
    if sum(weights.values(), ZERO) != ONE or not 0 < level < 1:
        raise ValueError("probabilities add up to 1, and a level lies between 0 and 1")
    costs = sorted(cost for cost, probability in weights.items() if probability)
    expected = sum((weights[cost] * cost for cost in costs), ZERO)
    variance = sum((weights[cost] * (cost - expected) ** 2 for cost in costs), ZERO)
    reached, tail, quantile = ZERO, ZERO, None
    for cost in costs:
        reached += weights[cost]
        if quantile is not None:
            tail += weights[cost] * cost
        elif reached >= level:
            quantile, tail = cost, (reached - level) * cost
    assert quantile is not None  # the probabilities reach 1, which is above the level
    return RiskFigures(expected, variance, quantile, tail / (1 - level))


def mix_of(figures: RiskFigures, weight: Fraction) -> Fraction:
    """(1 - weight) x expectation + weight x CVaR; money."""
    return (1 - weight) * figures.expected + weight * figures.cvar


def sampling_errors(costs: Iterable[tuple[Fraction, int]], level: Fraction) -> tuple[float, float]:
    """Standard errors of the expectation and of CVaR from independent draws.

    That of CVaR is the one of the mean of ``VaR + max(0, cost - VaR) / (1 - level)`` with VaR held at its estimate,
    which is its limit for many draws.

    Parameters
    ----------
    costs : iterable of (Fraction, int)
        Cost and how often it was drawn; in all at least 2 draws.
    level : Fraction
        0 < level < 1.

    Returns
    -------
    expected, cvar : float
        Money.
    """
    drawn = list(costs)
    count = sum(often for _, often in drawn)
    figures = risk_figures(((cost, Fraction(often, count)) for cost, often in drawn), level)
    beyond = [(max(ZERO, cost - figures.var) / (1 - level), often) for cost, often in drawn]
    return sqrt(figures.variance / (count - 1)), sqrt(_variance(beyond, count) / (count - 1))


def _variance(drawn: list[tuple[Fraction, int]], count: int) -> Fraction:
    mean = sum((value * often for value, often in drawn), ZERO) / count
    return sum((often * (value - mean) ** 2 for value, often in drawn), ZERO) / count
