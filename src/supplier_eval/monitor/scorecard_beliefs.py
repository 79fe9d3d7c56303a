r"""What is known of each true figure, twice: from the contract's raw figure, and shrunken for comparison.

Raw: of a rate :math:`\mathrm{Beta}(k + 1/2, n - k + 1/2)` (Jeffreys), of a mean normal with the standard error
:math:`s/\sqrt n`, of every other kind two half-normals that meet at the value and reach to the ends of its interval.
A figure without any of these is taken as exact. Comparison: `beta_binomial` and `normal_means` within the peer group;
other kinds stay raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, ndtri

from supplier_eval.monitor.scorecard_table import PeriodFigures

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition

FloatArray = npt.NDArray[np.float64]
FEW = 10
NODES = 129


@dataclass(frozen=True, eq=False)
class Beliefs:
    """Distributions of true figures, arrays of shape (n_kpis, n_suppliers).

    Parameters
    ----------
    value : ndarray
        The figure itself, in the unit of the KPI; NaN where not measured.
    family : ndarray of str
        ``beta`` (first and second are its parameters for the GOOD share; the figure is 1 less it where lower is
        better), ``split`` (first and second are the standard deviations below and above the value), ``exact``, ``""``.
    first, second : ndarray
        Parameters.
    falls : ndarray of bool, shape (n_kpis,)
        KPIs that are better when low.
    reliability : ndarray
        Weight of the own figure, 0-1; 1 where nothing was shrunk.
    source : ndarray of str
        ``raw``, ``peers``, ``stated`` or ``no_peers`` (raw, since there was nothing to compare with).
    """

    value: FloatArray
    family: npt.NDArray[np.object_]
    first: FloatArray
    second: FloatArray
    falls: npt.NDArray[np.bool_]
    reliability: FloatArray
    source: npt.NDArray[np.object_]

    @cached_property
    def tables(self) -> tuple[FloatArray, FloatArray]:
        """Distribution functions of the Beta figures at 129 places: angles (the figure is their squared sine), shares.

        Shape (n_kpis, n_suppliers, 129); in the angle every Beta distribution down to a half is smooth. A quantile read
        between two places is off by less than a hundredth of a standard deviation.
        """
        a, b = (np.where(self.family == "beta", part, 1.0)[..., np.newaxis] for part in (self.first, self.second))
        middle, reach = np.arcsin(np.sqrt(a / (a + b))), 2.75 / np.sqrt(a + b)
        low, high = np.maximum(middle - reach, 0.0), np.minimum(middle + reach, np.pi / 2)
        angles = low + (high - low) * np.linspace(0.0, 1.0, NODES)
        return angles, np.asarray(betainc(a, b, np.sin(angles) ** 2))

    def figures(self, k: int, s: int, draws: FloatArray) -> FloatArray:
        """The true figures of one KPI and supplier that belong to draws, in the unit of the KPI.

        Parameters
        ----------
        k, s : int
            Places of the KPI and the supplier.
        draws : ndarray
            For ``beta`` uniform in (0, 1), else standard normal.
        """
        if self.family[k, s] == "beta":
            angles, shares = self.tables
            good = np.sin(np.interp(draws, shares[k, s], angles[k, s])) ** 2
            return np.asarray(1 - good if self.falls[k] else good)
        below, above = float(self.first[k, s]), float(self.second[k, s])
        return np.asarray(self.value[k, s] + draws * np.where(draws < 0, below, above))


def raw_beliefs(figures: PeriodFigures, kpis: Mapping[str, KpiDefinition]) -> Beliefs:
    """What the contract's own figures say of the true ones."""
    shape = figures.measured.shape
    value = np.where(figures.measured, figures.columns["value"], np.nan)
    family: npt.NDArray[np.object_] = np.full(shape, "", dtype=object)
    family[figures.measured] = "exact"
    first, second = np.zeros(shape), np.zeros(shape)
    for k, kpi in enumerate(figures.kpis):
        there = figures.measured[k]
        if kpis[kpi].kind == "rate":
            n, events = figures.columns["n"][k], figures.columns["events"][k]
            family[k, there] = "beta"
            first[k, there], second[k, there] = events[there] + 0.5, (n - events)[there] + 0.5
            continue
        below, above = _spreads(figures, k, kpis[kpi])
        known = there & np.isfinite(below) & np.isfinite(above) & (below + above > 0)
        family[k, known] = "split"
        first[k, known], second[k, known] = below[known], above[known]
    falls = np.array([kpis[kpi].direction == "min" for kpi in figures.kpis], dtype=bool)
    source: npt.NDArray[np.object_] = np.full(shape, "raw", dtype=object)
    return Beliefs(value, family, first, second, falls, np.ones(shape), source)


def standard_errors(figures: PeriodFigures, k: int) -> FloatArray:
    """Standard errors of the means of one KPI: own standard deviation, the pooled one where n is below 10.

    The pooled standard deviation is that of all suppliers in the period, weighted with n - 1. NaN where not measured or
    nobody has a standard deviation.
    """
    there = figures.measured[k]
    n, sd = figures.columns["n"][k], figures.columns["sd"][k]
    known = there & np.isfinite(sd) & (n > 1)
    freedom = np.where(known, n - 1, 0.0)
    pooled = np.sqrt(np.sum(freedom * np.where(known, sd, 0.0) ** 2) / np.sum(freedom)) if known.any() else np.nan
    own = known & (n >= FEW) & (sd > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.where(own, sd, pooled) / np.sqrt(n)
    return np.where(there & (error > 0), error, np.nan)


def _spreads(figures: PeriodFigures, k: int, kpi: KpiDefinition) -> tuple[FloatArray, FloatArray]:
    """Standard deviations below and above the value."""
    error = standard_errors(figures, k) if kpi.kind == "mean" else np.full(figures.measured.shape[1], np.nan)
    z = float(ndtri(0.5 + float(kpi.confidence) / 2))
    value, lower, upper = (figures.columns[name][k] for name in ("value", "lower", "upper"))
    below, above = np.maximum(value - lower, 0.0) / z, np.maximum(upper - value, 0.0) / z
    return np.where(np.isnan(error), below, error), np.where(np.isnan(error), above, error)
