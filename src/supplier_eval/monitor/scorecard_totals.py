"""The totals of all suppliers in one period: coverage, both bases, intervals, places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from supplier_eval.monitor.grade_bands import exact_score, grade_shares, grades_down
from supplier_eval.monitor.scorecard import RAW, SHRUNKEN, ScoreLine, Total, Unrated
from supplier_eval.monitor.scorecard_beliefs import Beliefs, raw_beliefs
from supplier_eval.monitor.scorecard_comparison import comparison_beliefs
from supplier_eval.monitor.scorecard_distribution import Distribution, spread_of, total_distributions
from supplier_eval.monitor.scorecard_draws import Places, Streams, places_of
from supplier_eval.monitor.scorecard_points import PointScale
from supplier_eval.monitor.scorecard_table import PeriodFigures
from supplier_eval.score.order import sum_in_order

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Totals:
    """What a period's scorecards are made of.

    Parameters
    ----------
    plan, figures
        Rules and measured figures.
    beliefs : (Beliefs, Beliefs)
        Raw, and for comparison.
    points : (ndarray, ndarray)
        Points by KPI and supplier, raw and for comparison; NaN where not measured or not scored.
    shares : ndarray of shape (n_kpis, n_suppliers)
        Weight of a KPI in the supplier's total.
    coverage : tuple of Fraction
        Measured weight over the weight that applies, by supplier.
    in_force : tuple of float
        Share of the period under contract.
    unrated : tuple of str
        Why there is no total; empty where there is one.
    raw, comparison : mapping of str to Total
        By supplier that is rated.
    places : mapping of str to Places
        By supplier that is rated.
    """

    plan: ReviewPlan
    figures: PeriodFigures
    beliefs: tuple[Beliefs, Beliefs]
    points: tuple[FloatArray, FloatArray]
    shares: FloatArray
    coverage: tuple[Fraction, ...]
    in_force: tuple[float, ...]
    unrated: tuple[Unrated, ...]
    raw: Mapping[str, Total]
    comparison: Mapping[str, Total]
    places: Mapping[str, Places]

    def lines(self, at: int) -> tuple[ScoreLine, ...]:
        """Lines of one supplier's scorecard."""
        figures, (raw, shrunken) = self.figures, self.beliefs
        return tuple(
            ScoreLine(
                kpi=kpi,
                branch=self.plan.tree.places[kpi],
                weight=self.plan.tree.weights[kpi],
                share=float(self.shares[k, at]),
                status=str(figures.status[k, at]),
                reason=str(figures.reason[k, at]),
                n=float(figures.columns["n"][k, at]),
                raw=float(raw.value[k, at]),
                shrunken=float(shrunken.value[k, at]),
                raw_points=float(self.points[0][k, at]),
                shrunken_points=float(self.points[1][k, at]),
                reliability=float(shrunken.reliability[k, at]),
                source=str(shrunken.source[k, at]),
                exact=bool(raw.family[k, at] == "exact"),
                at_least=bool(figures.columns["at_least"][k, at] > 0 and figures.measured[k, at]),
            )
            for k, kpi in enumerate(figures.kpis)
        )


def score_period(
    figures: PeriodFigures,
    plan: ReviewPlan,
    groups: Mapping[str, str],
    earlier: Sequence[PeriodFigures],
    streams: Streams,
) -> Totals:
    """Score all suppliers in one period.

    Parameters
    ----------
    figures : PeriodFigures
        What was measured.
    plan : ReviewPlan
        Weights, points, estimates, floors.
    groups : mapping of str to str
        Supplier → peer group.
    earlier : sequence of PeriodFigures
        Periods before, latest first, for counts that lose weight with age.
    streams : Streams
        Random numbers, shared by all periods of a review.
    """
    kpis = {kpi.id: kpi for kpi in plan.kpis}
    scales = [PointScale.of(kpis[name], plan.points) for name in figures.kpis]
    raw = raw_beliefs(figures, kpis)
    both = (raw, comparison_beliefs(figures, raw, plan, groups, earlier))
    points = (_points(both[0], scales), _points(both[1], scales))
    coverage, shares = _coverage(figures, plan)
    in_force = _in_force(figures)
    unrated = tuple(_unrated(c, i, plan) for c, i in zip(coverage, in_force, strict=True))
    totals: tuple[dict[str, Total], dict[str, Total]] = ({}, {})
    compared = {}
    known = tuple(total_distributions(beliefs, scales, shares) for beliefs in both)
    for at, name in enumerate(figures.suppliers):
        if unrated[at]:
            continue
        for basis in (0, 1):
            distribution = known[basis][at]
            total = float(sum_in_order(np.where(shares[:, at] > 0, shares[:, at] * points[basis][:, at], 0.0)))
            totals[basis][name] = _total((RAW, SHRUNKEN)[basis], total, distribution, plan)
            compared[name] = (float(totals[basis][name].score), total, distribution)
    places = places_of(compared, streams, float(plan.estimates.confidence))
    return Totals(plan, figures, both, points, shares, coverage, in_force, unrated, *totals, places)


def _points(beliefs: Beliefs, scales: Sequence[PointScale | None]) -> FloatArray:
    rows = [
        np.full(value.shape, np.nan) if scale is None else scale.points(value)
        for scale, value in zip(scales, beliefs.value, strict=True)
    ]
    return np.array(rows).reshape(beliefs.value.shape)


def _coverage(figures: PeriodFigures, plan: ReviewPlan) -> tuple[tuple[Fraction, ...], FloatArray]:
    """Exact coverage of every supplier, and the share of each KPI in its total."""
    weights = [plan.tree.weights[name] for name in figures.kpis]
    covered, shares = [], np.zeros(figures.measured.shape)
    for at in range(len(figures.suppliers)):
        applies = sum((w for w, own in zip(weights, figures.applicable[:, at], strict=True) if own), Fraction(0))
        measured = sum((w for w, own in zip(weights, figures.measured[:, at], strict=True) if own), Fraction(0))
        covered.append(measured / applies if applies else Fraction(0))
        for k, weight in enumerate(weights):
            if measured and figures.measured[k, at]:
                shares[k, at] = float(weight / measured)
    return tuple(covered), shares


def _in_force(figures: PeriodFigures) -> tuple[float, ...]:
    """Share of the period in which any KPI's contract ran."""
    share = np.where(figures.applicable, figures.columns["in_force"], 0.0)
    return tuple(float(own) for own in share.max(axis=0, initial=0.0))


def _unrated(coverage: Fraction, in_force: float, plan: ReviewPlan) -> Unrated:
    if coverage == 0:
        return "nothing_measured"
    if in_force < float(plan.minimum_in_force) - 1e-9:
        return "in_force"
    return "coverage" if coverage < Fraction(plan.coverage_floor) else ""


def _total(basis: str, unrounded: float, distribution: Distribution, plan: ReviewPlan) -> Total:
    score = exact_score(unrounded, plan.rounding)
    spread = spread_of(distribution, unrounded, float(plan.estimates.confidence), float(score))
    shares: tuple[float, ...] = ()
    if plan.grades.bands:
        exact = score if spread.error == 0 else None
        shares = grade_shares(plan.grades, distribution.share_below, plan.rounding, exact)
    return Total(
        basis=basis,
        unrounded=unrounded,
        score=score,
        spread=spread,
        grade_shares=dict(zip(grades_down(plan.grades), shares, strict=True)),
    )
