"""One supplier's scorecard of one period: KPI by KPI, both bases side by side, coverage, interval, grade (§3.3.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from supplier_eval.messages import Lang, known_language
from supplier_eval.monitor.critical_events import CriticalEvent
from supplier_eval.monitor.hysteresis import GradeState
from supplier_eval.monitor.scorecard_distribution import Spread
from supplier_eval.monitor.scorecard_draws import Places
from supplier_eval.monitor.shrunken import BASIS as SHRUNKEN
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan

RAW = "raw, contract"
Unrated = Literal["", "nothing_measured", "coverage", "in_force"]


@dataclass(frozen=True)
class ScoreLine:
    """One KPI in a scorecard.

    Parameters
    ----------
    kpi, branch : str
        Ids.
    weight : Fraction
        Of the whole tree, 0-1.
    share : float
        Of this supplier's total: weight over the weights that were measured; 0 where not measured.
    status, reason : str
        As `KpiResults` gives them.
    n : float
        Records; NaN where not said.
    raw, shrunken : float
        The contract's figure and the one for comparison, in the unit of the KPI; NaN where not measured.
    raw_points, shrunken_points : float
        Points, 0-100; NaN where not measured or not scored.
    reliability : float
        Weight of the own figure in the shrunken one, 0-1; NaN where nothing was shrunken (`source` ``raw`` or
        ``no_peers``, or not measured).
    source : str
        ``peers``, ``stated``, ``no_peers`` (too few, no stated prior: raw) or ``raw`` (a kind that is not shrunk).
    exact : bool
        Whether the figure has no uncertainty of its own (a price level) and is taken as it is.
    at_least : bool
        Whether the figure is a lower bound, since some cases are still open; points of a KPI that is better when low
        are then the most that it can have.
    """

    kpi: str
    branch: str
    weight: Fraction
    share: float
    status: str
    reason: str
    n: float
    raw: float
    shrunken: float
    raw_points: float
    shrunken_points: float
    reliability: float
    source: str
    exact: bool
    at_least: bool


@dataclass(frozen=True)
class Total:
    """A total on one basis.

    Parameters
    ----------
    basis : str
        ``raw, contract`` or ``shrunken, comparison``.
    unrounded : float
        0-100.
    score : Decimal
        Rounded as the plan says; this one is graded or ranked.
    spread : Spread
        Interval and errors, in points.
    grade_shares : mapping of str to float
        Probability of each grade's band, best first; empty without grades.
    """

    basis: str
    unrounded: float
    score: Decimal
    spread: Spread
    grade_shares: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Scorecard(Shown):
    """How one supplier did in one period.

    Parameters
    ----------
    plan : ReviewPlan
        By which it was scored.
    supplier, period : str
        Id and label.
    lines : tuple of ScoreLine
        All KPIs, in the order of their ids.
    coverage : Fraction
        Weights of what was measured over the weights of what applies, 0-1.
    in_force : float
        Share of the period in which the contract ran, 0-1.
    unrated : str
        Why there is no total; empty where there is one.
    raw, comparison : Total or None
        The total from raw figures, which is graded, and from shrunken ones, which is ranked.
    places : Places or None
        Rank and its interval, by the comparison; None where not rated.
    state : GradeState or None
        The grade after this period; None without grades.
    events : tuple of CriticalEvent
        Critical events of the period, apart from the score.
    standing : {"binding", "exploratory"}
        That of the review it belongs to.
    """

    plan: ReviewPlan
    supplier: str
    period: str
    lines: tuple[ScoreLine, ...]
    coverage: Fraction
    in_force: float
    unrated: Unrated
    raw: Total | None
    comparison: Total | None
    places: Places | None
    state: GradeState | None
    events: tuple[CriticalEvent, ...]
    standing: Literal["binding", "exploratory"] = "exploratory"

    @property
    def rated(self) -> bool:
        """Whether enough was measured for a total."""
        return not self.unrated

    @property
    def score(self) -> Decimal | None:
        """The rounded total from raw figures; None where not rated."""
        return None if self.raw is None else self.raw.score

    @property
    def grade(self) -> str:
        """The grade that counts, after hysteresis and critical events; empty where there is none yet."""
        return "" if self.state is None else self.state.grade

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    def branch_points(self, branch: str) -> tuple[float, float, Fraction]:
        """Points of a branch, raw and shrunken, and its coverage; NaN where nothing in it was measured."""
        inside = [line for line in self.lines if line.kpi in self.plan.tree.kpis_below(branch) and line.weight > 0]
        applies = sum((line.weight for line in inside if line.status != "not_applicable"), Fraction(0))
        measured = [line for line in inside if line.status == "measured"]
        whole = sum((line.weight for line in measured), Fraction(0))
        if not whole:
            return float("nan"), float("nan"), Fraction(0)
        raw = sum(float(line.weight / whole) * line.raw_points for line in measured)
        shrunken = sum(float(line.weight / whole) * line.shrunken_points for line in measured)
        return raw, shrunken, whole / applies

    def to_frame(self) -> pd.DataFrame:
        """One row a KPI, in the order of their ids.

        Columns: ``period supplier kpi branch`` · ``weight`` (of the whole tree, 0-1), ``share`` (of this total, 0-1) ·
        ``status reason n`` · ``raw raw_points`` (basis ``raw, contract``) · ``shrunken shrunken_points reliability
        source`` (basis ``shrunken, comparison``) · ``exact at_least``. Figures are in the unit of the KPI, points
        0-100; missing where not measured, points also where the KPI is only watched.
        """
        import pandas as pd

        rows = [
            {
                "period": self.period,
                "supplier": self.supplier,
                **{name: getattr(line, name) for name in ScoreLine.__dataclass_fields__},
                "weight": float(line.weight),
            }
            for line in self.lines
        ]
        return pd.DataFrame(rows)

    def explain(self, lang: Lang = "en") -> str:
        """Say how the total, the grade and the rank came about."""
        from supplier_eval.monitor.scorecard_words import explain_scorecard

        known_language(lang)
        return explain_scorecard(self, lang)

    def __repr__(self) -> str:
        said = "not rated" if self.raw is None else f"{self.raw.score} ({RAW})"
        return f"Scorecard({self.supplier!r}, {self.period}: {said}, grade {self.grade or 'none'})"


__all__ = ["RAW", "SHRUNKEN", "ScoreLine", "Scorecard", "Total"]
