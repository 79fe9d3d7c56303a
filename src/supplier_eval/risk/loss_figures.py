r"""Figures of sampled annual losses, each with its standard error: VaR, TVaR, how often a sum is exceeded.

With the losses sorted, :math:`x_{(1)} \le \dots \le x_{(n)}`, at the level p:

- VaR is :math:`x_{(\lceil np \rceil)}`, the smallest loss that a share p of the years does not exceed; its error is
  half the distance of the order statistics one binomial standard deviation :math:`\sqrt{np(1-p)}` up and down;
- TVaR is :math:`\frac{1}{1-p} \int_p^1 VaR_u \, du`, a year at the level counting in part; its error is
  :math:`\sqrt{(Var[X | tail] + p \, (TVaR - VaR)^2) / (n (1-p))}`;
- a share k/n of exceedance has the binomial error; at 0 and at 1 the 95 % bound :math:`1 - 0.05^{1/n}` instead.

Source: B. J. Manistre, G. H. Hancock (2005), "Variance of the CTE Estimator", North American Actuarial Journal 9(2),
129-156; C. Acerbi, D. Tasche (2002), Journal of Banking & Finance 26, 1487-1503. Recalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from supplier_eval.risk.severity import FloatArray

CONFIDENCE = 0.05
GRAIN = 1e-9  # n * p is read to nine decimals: 0.95 * 100 is 95


@dataclass(frozen=True)
class Estimate:
    """A sampled figure.

    Parameters
    ----------
    value : float
        The figure.
    error : float
        Its standard error; for shares of 0 and 1 a 95 % bound.
    """

    value: float
    error: float


def value_at_risk(losses: FloatArray, level: float) -> Estimate:
    """The loss that a share `level` of the years does not exceed.

    Parameters
    ----------
    losses : ndarray of shape (n,)
        Sorted.
    level : float
        0 < level < 1.
    """
    n = len(losses)
    at = max(1, ceil(n * level - GRAIN))
    away = max(1.0, sqrt(n * level * (1 - level)))
    high = losses[min(n, ceil(at + away)) - 1]
    low = losses[max(1, int(at - away)) - 1]
    return Estimate(float(losses[at - 1]), float(high - low) / 2)


def tail_value_at_risk(losses: FloatArray, level: float) -> Estimate:
    """Mean loss of the worst years, a share of 1 - level of them.

    Parameters
    ----------
    losses, level
        As in `value_at_risk`.
    """
    n = len(losses)
    at = max(1, ceil(n * level - GRAIN))
    edge, beyond = float(losses[at - 1]), losses[at:]
    width = n * (1 - level)
    value = edge + float(np.sum(beyond - edge)) / width
    spread = float(np.var(beyond)) if len(beyond) else 0.0
    return Estimate(value, sqrt((spread + level * (value - edge) ** 2) / width))


def exceeded(losses: FloatArray, amount: float) -> Estimate:
    """Share of years with a loss above an amount.

    Parameters
    ----------
    losses : ndarray of shape (n,)
        Sorted.
    amount : float
        Money.
    """
    n = len(losses)
    share = float(n - np.searchsorted(losses, amount, side="right")) / n
    if share in (0.0, 1.0):
        return Estimate(share, float(1 - CONFIDENCE ** (1 / n)))
    return Estimate(share, sqrt(share * (1 - share) / (n - 1)))
