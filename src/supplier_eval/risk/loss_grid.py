r"""The annual loss of a whole register on a grid, without sampling, and the figures that can be read from it.

Each risk is a compound distribution; a shock is one whose single loss is the sum of the events that it brings, with the
transform :math:`\prod_i (1 - p_i + p_i \hat f_i)`. All transforms are multiplied (independence).

With every single loss put down to the grid (``lower``) or up (``upper``), the annual loss is never larger, or never
smaller, than the true one; so are VaR, TVaR and the probability that a sum is exceeded. TVaR is

.. math:: TVaR_p = \min_v \; v + \frac{E[L] - E[\min(L, v)]}{1 - p}

with the mean of the loss on the endless grid, so that the tail beyond counts; the minimum lies on the grid.

Source: R. T. Rockafellar, S. Uryasev (2002), Journal of Banking & Finance 26, 1443-1471 (recalled); transforms as in
`aggregate`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from supplier_eval.risk.aggregate import compound, transform
from supplier_eval.risk.frequency import ComplexArray, Frequency
from supplier_eval.risk.loss_model import LossModel
from supplier_eval.risk.severity import FloatArray, discretise, discretised_mean

NOISE = 1e-12  # of a cumulated probability


def annual_grid(model: LossModel, step: float, points: int, method: str = "rounding") -> FloatArray:
    """Probability that the annual loss does not exceed 0, 1, ... steps.

    Parameters
    ----------
    model : LossModel
        Risks and shocks.
    step : float
        Money between two points, above 0.
    points : int
        How many points.
    method : {"rounding", "lower", "upper"}
        How single losses are put on the grid.

    Returns
    -------
    ndarray of shape (points,)
        Rising, at most 1; the last one is below 1 by the probability of more than the grid holds.
    """
    if model.no_loss() == 1:
        return np.ones(points)
    below = np.cumsum(compound(_parts(model, step, points, method)))
    return np.minimum(np.maximum.accumulate(below), 1.0)


def _parts(model: LossModel, step: float, points: int, method: str) -> Iterator[tuple[Frequency, ComplexArray]]:
    """Each risk and each shock with the transform of what one event costs; only those that a shock needs are kept."""
    needed = {at for shock in model.shocks for at, _ in shock.hits}
    kept: dict[int, ComplexArray] = {}
    for at, risk in enumerate(model.risks):
        loss = transform(discretise(risk.mu, risk.sigma, step, points, method))
        if at in needed:
            kept[at] = loss
        yield risk.frequency, loss
    for shock in model.shocks:
        together: ComplexArray = np.ones(points + 1, np.complex128)
        for at, p in shock.hits:
            together = together * (1 - p + p * kept[at])
        yield Frequency(shock.frequency), together


def grid_mean(model: LossModel, step: float, points: int, method: str = "rounding") -> float:
    """Mean of the annual loss whose single losses are put on the grid.

    Parameters
    ----------
    model, step, points, method
        As in `annual_grid`.
    """
    found = 0.0
    for at, risk in enumerate(model.risks):
        hit = sum(shock.frequency * p for shock in model.shocks for where, p in shock.hits if where == at)
        found += (risk.frequency.mean + hit) * discretised_mean(risk.mu, risk.sigma, step, points, method)
    return found


def grid_var(below: FloatArray, step: float, level: float) -> float | None:
    """Smallest loss on the grid that a share `level` of the years does not exceed; None where the grid ends before.

    Parameters
    ----------
    below : ndarray of shape (points,)
        From `annual_grid`.
    step : float
        Money.
    level : float
        0 < level < 1.
    """
    at = int(np.searchsorted(below, level - NOISE))
    return None if at == len(below) else at * step


def grid_tvar(below: FloatArray, step: float, level: float, mean: float) -> float | None:
    """Mean loss of the worst 1 - level of the years; None where the grid ends before the level.

    Parameters
    ----------
    below, step, level
        As in `grid_var`.
    mean : float
        From `grid_mean`.
    """
    if grid_var(below, step, level) is None:
        return None
    capped = np.concatenate([[0.0], np.cumsum(1 - below[:-1]) * step])  # E[min(L, v)]
    return float(np.min(np.arange(len(below)) * step + (mean - capped) / (1 - level)))


def grid_exceeded(below: FloatArray, step: float, amount: float) -> float | None:
    """Probability of a loss above an amount; None where the grid ends before it.

    Parameters
    ----------
    below, step
        As in `grid_var`.
    amount : float
        Money.
    """
    at = int(np.floor(amount / step * (1 + NOISE)))
    if at < 0:
        return 1.0
    return None if at >= len(below) else float(1 - below[at])
