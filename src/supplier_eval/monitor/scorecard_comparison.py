"""The shrunken figures of a period: what ranks, compares and watches, beside the contract's raw ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.monitor.decay import age_weights
from supplier_eval.monitor.scorecard_beliefs import Beliefs, standard_errors
from supplier_eval.monitor.scorecard_table import PeriodFigures
from supplier_eval.monitor.shrinkage_front import Prior, shrink_means, shrink_rates
from supplier_eval.monitor.shrunken import Shrunken

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan

FloatArray = npt.NDArray[np.float64]


def comparison_beliefs(
    figures: PeriodFigures,
    raw: Beliefs,
    plan: ReviewPlan,
    groups: Mapping[str, str],
    earlier: Sequence[PeriodFigures] = (),
) -> Beliefs:
    """Shrink the rates and means of a period within the peer groups.

    Parameters
    ----------
    figures : PeriodFigures
        The period.
    raw : Beliefs
        What its raw figures say.
    plan : ReviewPlan
        Fits, priors, half-life.
    groups : mapping of str to str
        Supplier → peer group.
    earlier : sequence of PeriodFigures
        Periods before, latest first, same suppliers; their cases count by their age where the plan has a half-life.

    Returns
    -------
    Beliefs
        Raw where a kind is not shrunk, or where there are neither peers nor a stated prior (source ``no_peers``). Only
        figures that were measured in this period are shrunk: an estimate never stands in for a missing one.
    """
    kinds = {kpi.id: kpi for kpi in plan.kpis}
    value, first, second, reliability = (part.copy() for part in (raw.value, raw.first, raw.second, raw.reliability))
    family, source = raw.family.copy(), raw.source.copy()
    group = [groups[name] for name in figures.suppliers]
    for k, kpi in enumerate(figures.kpis):
        kind = kinds[kpi].kind
        there = figures.measured[k]
        if kind not in {"rate", "mean"} or not there.any():
            continue
        shrink = _rate if kind == "rate" else _mean
        found = shrink(figures, k, plan, group, earlier)
        known = there & np.array([status != "no_prior" for status in found.status], dtype=bool)
        estimate = found.figures["estimate"]
        source[k, there & ~known] = "no_peers"
        source[k, known] = np.array(found.source, dtype=object)[known]
        reliability[k, known] = found.figures["reliability"][known]
        if kind == "rate":
            value[k, known] = (1 - estimate if raw.falls[k] else estimate)[known]
            first[k, known], second[k, known] = found.figures["alpha"][known], found.figures["beta"][known]
        else:
            value[k, known] = estimate[known]
            first[k, known] = second[k, known] = found.figures["sd"][known]
        family[k, known] = "beta" if kind == "rate" else "split"
    return Beliefs(value, family, first, second, raw.falls, reliability, source)


def _rate(
    figures: PeriodFigures, k: int, plan: ReviewPlan, group: list[str], earlier: Sequence[PeriodFigures]
) -> Shrunken:
    events, n = _counts(figures, k)
    if plan.estimates.half_life is not None:
        weights = age_weights(np.arange(1, len(earlier) + 1), float(plan.estimates.half_life))
        for weight, past in zip(weights.tolist(), earlier, strict=True):
            more, of = _counts(past, k)
            events, n = events + weight * more, n + weight * of
    by = dict(zip(figures.suppliers, zip(events, n, group, strict=True), strict=True))
    rule = plan.estimates
    prior = _prior(plan, figures.kpis[k])
    return shrink_rates(
        {name: cell[0] for name, cell in by.items()},
        {name: cell[1] for name, cell in by.items()},
        group={name: cell[2] for name, cell in by.items()},
        prior=prior,
        method=rule.rates,
        confidence=float(rule.confidence),
        minimum_peers=rule.minimum_peers,
    )


def _mean(
    figures: PeriodFigures, k: int, plan: ReviewPlan, group: list[str], earlier: Sequence[PeriodFigures]
) -> Shrunken:
    """Means of this period; earlier ones do not enter (a mean is compared as it is now)."""
    error = standard_errors(figures, k)
    known = figures.measured[k] & ~np.isnan(error)
    mean = np.where(known, figures.columns["value"][k], np.nan)
    rule = plan.estimates
    found = shrink_means(
        dict(zip(figures.suppliers, mean, strict=True)),
        dict(zip(figures.suppliers, np.where(known, error, np.nan), strict=True)),
        group=dict(zip(figures.suppliers, group, strict=True)),
        prior=_prior(plan, figures.kpis[k]),
        method=rule.means,
        confidence=float(rule.confidence),
        minimum_peers=rule.minimum_peers,
    )
    status = ["no_prior" if not own else said for own, said in zip(known, found.status, strict=True)]
    return Shrunken(found.kind, found.data, found.figures, found.source, tuple(status), found.confidence, found.method)


def _counts(figures: PeriodFigures, k: int) -> tuple[FloatArray, FloatArray]:
    """Good cases and cases of one KPI; 0 of 0 where not measured."""
    there = figures.measured[k]
    return tuple(np.where(there, figures.columns[name][k], 0.0) for name in ("events", "n"))  # type: ignore[return-value]


def _prior(plan: ReviewPlan, kpi: str) -> Prior | None:
    """Stated prior of a KPI, of a rate for its GOOD share."""
    definition = next(one for one in plan.kpis if one.id == kpi)
    stated = next((one for one in plan.estimates.priors if one.kpi == kpi), None)
    if stated is None:
        return None
    mean = float(stated.mean)
    flipped = definition.kind == "rate" and definition.direction == "min"
    return (1 - mean if flipped else mean), float(stated.strength)
