r"""What is known of each true figure, twice: from the contract's raw figure, and shrunken for comparison.

Raw: of a rate :math:`\mathrm{Beta}(k + 1/2, n - k + 1/2)` (Jeffreys), of a mean normal with the standard error
:math:`s/\sqrt n`, of every other kind two half-normals that meet at the value and reach to the ends of its interval.
A figure without any of these is taken as exact. Comparison: `beta_binomial` and `normal_means` within the peer group;
other kinds stay raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy.special import betainc, ndtr, ndtri

from supplier_eval.monitor.scorecard_table import PeriodFigures

if TYPE_CHECKING:
    from supplier_eval.monitor.kpi_definitions import KpiDefinition

FloatArray = npt.NDArray[np.float64]
FEW = 10
STRETCHES, EACH, REACH = 96, 6, 5.5
EDGES: FloatArray = np.linspace(-REACH, REACH, STRETCHES + 1)
INSIDE: FloatArray = (np.arange(STRETCHES * EACH) + 0.5) / (STRETCHES * EACH)
NORMAL: FloatArray = REACH * (2 * INSIDE - 1)
NORMAL_MASS: FloatArray = np.repeat(np.diff(np.concatenate([[0.0], ndtr(EDGES[1:-1]), [1.0]])) / EACH, EACH)


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
        Weight of the own figure in the shrunken one, 0-1; NaN where nothing was shrunk.
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

    def places(self, k: int) -> tuple[FloatArray, FloatArray]:
        """Where the true figures of one KPI may lie, and with which probabilities.

        Parameters
        ----------
        k : int
            Place of the KPI.

        Returns
        -------
        figures, masses : ndarray of shape (n_suppliers, 576)
            Places in 96 neighbouring stretches, six in each, in the unit of the KPI, and their probabilities; for Beta
            the stretches are even in the angle (the figure is its squared sine), in which every Beta distribution down
            to a half is smooth. NaN where not measured.
        """
        family, value = self.family[k], self.value[k]
        below, above = (np.where(family == "split", part[k], 0.0)[:, np.newaxis] for part in (self.first, self.second))
        figures = value[:, np.newaxis] + NORMAL * np.where(NORMAL < 0, below, above)
        masses = np.tile(NORMAL_MASS, (len(value), 1))
        rates = np.nonzero(family == "beta")[0]
        if len(rates):
            good, masses[rates] = _beta_places(self.first[k, rates], self.second[k, rates])
            figures[rates] = 1 - good if self.falls[k] else good
        return figures, masses


def _beta_places(a: FloatArray, b: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Places of good shares and their probabilities; the outermost stretches take what lies beyond them."""
    size = (a + b)[:, np.newaxis]
    middle, reach = np.arcsin(np.sqrt(a[:, np.newaxis] / size)), REACH / (2 * np.sqrt(size))
    low, high = np.maximum(middle - reach, 0.0), np.minimum(middle + reach, np.pi / 2)
    edges = low + (high - low) * np.linspace(0.0, 1.0, STRETCHES + 1)
    shares = betainc(a[:, np.newaxis], b[:, np.newaxis], np.sin(edges) ** 2)
    shares[:, 0], shares[:, -1] = 0.0, 1.0
    return np.sin(low + (high - low) * INSIDE) ** 2, np.repeat(np.diff(shares, axis=1) / EACH, EACH, axis=1)


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
    return Beliefs(value, family, first, second, falls, np.full(shape, np.nan), source)


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
