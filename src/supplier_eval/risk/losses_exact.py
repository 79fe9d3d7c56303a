"""What a register of risks may cost in a year, computed on a grid instead of sampled (§6.1.2)."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.risk.loss_grid import annual_grid, grid_mean
from supplier_eval.risk.loss_levels import read_levels
from supplier_eval.risk.loss_register import read_register
from supplier_eval.risk.losses import LEVELS
from supplier_eval.risk.losses_exact_result import ExactLosses
from supplier_eval.risk.records import as_figure, asked
from supplier_eval.risk.severity import METHODS

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.risk.loss_model import LossModel

POINTS = 16_384
FEWEST_POINTS, MOST_POINTS = 256, 1 << 20
REACH = 20.0  # standard deviations above the mean


def exact_losses(
    register: pd.DataFrame,
    shocks: pd.DataFrame | None = None,
    *,
    levels: Sequence[float] = LEVELS,
    points: int = POINTS,
    step: float | None = None,
) -> ExactLosses:
    """Say what the risks of a register may cost in a year without drawing anything: figures between bounds that hold.

    Parameters
    ----------
    register, shocks : DataFrame
        As in `simulate_losses`.
    levels : sequence of float
        Of VaR and TVaR, above 0 and below 1.
    points : int
        Of the grid, 256 to 1 048 576: twice as many halve the distance of the bounds.
    step : float, optional
        Money between two points; without it the grid reaches from 0 to the mean and 20 standard deviations.

    Returns
    -------
    ExactLosses
        A level that the grid does not reach has no figure (None, missing in the frame) rather than a wrong one.

    Raises
    ------
    InvalidInput
        With every finding: tables as in `simulate_losses`, arguments out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> register = pd.DataFrame({"risk": ["outage", "leak"], "frequency": [2.0, 0.1]})
    >>> register = register.assign(low=[10_000, 100_000], high=[80_000, 2_000_000])  # 90 % of the losses lie between
    >>> se.risk.exact_losses(register)
    ExactLosses(2 risks; mean 136,777, VaR 0.99 1,555,463 (1,555,052 - 1,556,284))
    """
    shares, findings = read_levels(levels, 0)
    whole = int(points) if isinstance(points, int | np.integer) and not isinstance(points, bool) else 0
    if not FEWEST_POINTS <= whole <= MOST_POINTS:
        facts = {"least": f"{FEWEST_POINTS:,}", "most": f"{MOST_POINTS:,}"}
        findings.append(Finding("losses.points", "arguments", "points", value=str(points), facts=facts))
    width = None if step is None else as_figure(step)
    if step is not None and (width is None or not 0 < width < inf):
        findings.append(asked("asked.figure.above", "step", step, least=0))
    found, broken = read_register(register, shocks)
    findings += broken
    if found is not None and not found.model.risks and not found.not_assessed:
        findings.append(Finding("losses.empty", "register"))
    if findings or found is None:
        raise InvalidInput(findings, "register")
    width = width or _step(found.model, whole)
    grids = {method: annual_grid(found.model, width, whole, method) for method in METHODS}
    means = {method: grid_mean(found.model, width, whole, method) for method in METHODS}
    for grid in grids.values():
        grid.setflags(write=False)
    return ExactLosses(found.model, width, grids, means, shares, found.not_assessed, found.currency)


def _step(model: LossModel, points: int) -> float:
    mean, sd = model.moments()
    return (mean + REACH * sd) / (points - 1) or 1.0
