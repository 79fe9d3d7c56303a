"""The parts of an annual loss: what each risk costs and how often, and shocks that hit several risks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

from supplier_eval.risk.frequency import Frequency
from supplier_eval.risk.severity import lognormal_moments


@dataclass(frozen=True)
class LossRisk:
    """One risk with its own events.

    Parameters
    ----------
    risk : str
        Id.
    mu, sigma : float
        Of the logarithm of one event's loss.
    frequency : Frequency
        Its own events per year; those of shocks come on top.
    """

    risk: str
    mu: float
    sigma: float
    frequency: Frequency

    @property
    def moments(self) -> tuple[float, float]:
        """E[X] and E[X^2] of one event."""
        return lognormal_moments(self.mu, self.sigma)


@dataclass(frozen=True)
class Shock:
    """One cause that hits several risks in the same moment.

    Parameters
    ----------
    shock : str
        Id.
    frequency : float
        Shocks per year, Poisson.
    hits : tuple of (int, float)
        Position of a risk, and the probability that a shock brings an event of it; one risk's hit is independent of
        another's, given the shock.
    """

    shock: str
    frequency: float
    hits: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class LossModel:
    """All of it, in canonical order.

    Parameters
    ----------
    risks : tuple of LossRisk
        Independent of each other but for the shocks.
    shocks : tuple of Shock
        Independent of each other.
    """

    risks: tuple[LossRisk, ...]
    shocks: tuple[Shock, ...] = field(default=())

    def risk_moments(self, at: int) -> tuple[float, float]:
        """Mean and variance of the annual loss of one risk, its part in shocks included; closed form (Wald)."""
        risk = self.risks[at]
        first, second = risk.moments
        hit = sum(shock.frequency * p for shock in self.shocks for where, p in shock.hits if where == at)
        return (risk.frequency.mean + hit) * first, risk.frequency.aggregate_variance(first, second) + hit * second

    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation of the whole annual loss; closed form.

        A shock costs the sum of the events that it brings: that sum Y has mean and variance as independent summands
        give them, and the shocks of a year have the variance ``frequency * E[Y^2]``.
        """
        mean = variance = 0.0
        for risk in self.risks:
            first, second = risk.moments
            mean += risk.frequency.mean * first
            variance += risk.frequency.aggregate_variance(first, second)
        for shock in self.shocks:
            cost, spread = self._shock_moments(shock.hits)
            mean += shock.frequency * cost
            variance += shock.frequency * (spread + cost * cost)
        return mean, sqrt(variance)

    def _shock_moments(self, hits: Sequence[tuple[int, float]]) -> tuple[float, float]:
        mean = variance = 0.0
        for at, p in hits:
            first, second = self.risks[at].moments
            mean += p * first
            variance += p * second - (p * first) ** 2
        return mean, variance

    def no_loss(self) -> float:
        """Probability of a year without any event; closed form."""
        found = 1.0
        for risk in self.risks:
            found *= risk.frequency.none
        for shock in self.shocks:
            spared = 1.0
            for _, p in shock.hits:
                spared *= 1 - p
            found *= Frequency(shock.frequency * (1 - spared)).none
        return found
