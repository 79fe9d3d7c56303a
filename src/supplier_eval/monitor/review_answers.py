"""What a review of a folder answers: scorecards, charts, causes, observations, credits, gaps; as one document."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from supplier_eval.messages import Lang
from supplier_eval.monitor.improvement_gaps import gaps_to_target
from supplier_eval.monitor.kpi_charts import chart_kpis
from supplier_eval.monitor.observations import compare_observations
from supplier_eval.monitor.pareto import pareto_of_causes
from supplier_eval.monitor.portfolio_alarms import watch_portfolio
from supplier_eval.monitor.review_notices import step_findings
from supplier_eval.monitor.review_series import chart_rule, enough_cases
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.errors import Finding
    from supplier_eval.monitor.chart_result import ControlChart
    from supplier_eval.monitor.credit_result import ServiceCredits
    from supplier_eval.monitor.folder_contents import ReviewFolder
    from supplier_eval.monitor.improvement_gaps import TargetGaps
    from supplier_eval.monitor.kpi_results import KpiResults
    from supplier_eval.monitor.observations import Observations
    from supplier_eval.monitor.pareto import ParetoCauses
    from supplier_eval.monitor.period_review import PeriodReview
    from supplier_eval.monitor.plan import ReviewPlan
    from supplier_eval.monitor.portfolio_alarms import PortfolioAlarms

FORMAT = "supplier-eval-review-result/1"
RECENT = 12


@dataclass(frozen=True, eq=False)
class ReviewAnswers(Shown):
    """A review of a folder and everything that is read off it.

    Parameters
    ----------
    folder : ReviewFolder
        Records, events, terms.
    plan : ReviewPlan
        By which was reviewed; the folder's unless another length of a period was asked for.
    results : KpiResults
        Raw KPIs of all periods.
    reviews : tuple of PeriodReview
        Earliest first; the last one is the review, those before give its grades their history.
    credits : mapping of str to tuple of ServiceCredits
        By supplier that has terms, earliest first.
    supplier : str
        Whom alone to show; empty for all.
    noticed : tuple of Finding
        What choosing the periods left out.
    """

    folder: ReviewFolder
    plan: ReviewPlan
    results: KpiResults
    reviews: tuple[PeriodReview, ...]
    credits: Mapping[str, tuple[ServiceCredits, ...]]
    supplier: str = ""
    noticed: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        shown = f"{len(self.reviews)} periods to {self.review.period}" if self.reviews else "no period"
        return f"ReviewAnswers({shown}; credits: {len(self.credits)})"

    @property
    def review(self) -> PeriodReview:
        """The period that is reviewed."""
        return self.reviews[-1]

    @property
    def standing(self) -> str:
        """As the review's."""
        return self.review.standing

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    @property
    def shown(self) -> tuple[str, ...]:
        """Suppliers that are shown, in canonical order."""
        return tuple(name for name in self.review.suppliers if self.supplier in {"", name})

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What was noticed in the records and in the plan, and refuses nothing."""
        return (
            *self.noticed,
            *self.folder.records.warnings,
            *self.plan.check(),
            *step_findings(self.folder.records, self.plan),
        )

    @property
    def recent(self) -> tuple[str, ...]:
        """Labels of the last twelve periods, over which causes and observations are added up."""
        return tuple(one.period for one in self.reviews[-RECENT:])

    @cached_property
    def charts(self) -> Mapping[str, ControlChart]:
        """Control charts by ``supplier · kpi`` of the suppliers shown.

        The first periods with a figure, as many as the plan's ``chart_baseline``, set the limits, which are widened for
        how little so few points know; only later periods are judged, and none moves the limits. Counts of which less
        than one failure a period is expected have no chart: no limits hold for them, and the funnel adds up their
        periods instead.
        """
        return {name: chart for name, chart in self._drawn.items() if enough_cases(chart)}

    @property
    def uncharted(self) -> tuple[str, ...]:
        """``supplier · kpi`` with too few cases a period for a control chart."""
        return tuple(name for name in self._drawn if name not in self.charts)

    @cached_property
    def _drawn(self) -> dict[str, ControlChart]:
        kpis = [kpi.id for kpi in self.plan.kpis if kpi.weight > 0 or kpi.key_step]
        known = [name for name in self.shown if name in self.results.suppliers]
        return chart_kpis(self.results, suppliers=known, kpis=kpis, **chart_rule(self.plan))

    @cached_property
    def alarms(self) -> PortfolioAlarms:
        """Which of these charts stand out in the period reviewed, among all whose limits have a width."""
        judged = {name: chart for name, chart in self.charts.items() if chart.status != "no_variation"}
        return watch_portfolio(judged, period=self.review.period)

    @cached_property
    def gaps(self) -> TargetGaps:
        """Scored KPIs by how far they miss their targets in the period reviewed; raw figures."""
        frame = self.results.frame
        rows = frame[(frame["period"] == self.review.period) & (frame["weight"] > 0)]
        return gaps_to_target(rows[rows["supplier"].isin(self.shown) & (rows["status"] != "not_applicable")])

    def causes(self, supplier: str = "") -> ParetoCauses:
        """Causes of complaints in the last twelve periods, of all suppliers shown or of one."""
        import pandas as pd

        rows = self._recent("complaints", "received", (supplier,) if supplier else self.shown)
        names = rows["cause"].astype(object) if len(rows) else pd.Series([], dtype=object)
        return pareto_of_causes(pd.DataFrame({"cause": names}), shown=12)

    @cached_property
    def observations(self) -> Observations:
        """Inspections, spot checks and feedback in the last twelve periods, supplier by supplier."""
        import pandas as pd

        rows = self._recent("inspections", "on", self.shown)
        label = self.recent[0] if len(self.recent) == 1 else f"{self.recent[0]} – {self.recent[-1]}"
        counted = {name: rows[name].astype(object).tolist() for name in ("supplier", "kind", "units", "defective")}
        frame = pd.DataFrame(counted, columns=["supplier", "kind", "units", "defective"], dtype=object)
        return compare_observations(frame.assign(period=label))

    def _recent(self, table: str, moment: str, suppliers: tuple[str, ...]) -> pd.DataFrame:
        """Rows of a table in the last twelve periods."""
        import pandas as pd

        if table not in self.folder.records:
            return pd.DataFrame(columns=["supplier", "kind", "units", "defective", "cause"])
        frame = self.folder.records[table]
        spans = [one.span for one in self.reviews[-RECENT:] if one.span is not None]
        zone = next(iter(self.folder.records.clocks.values())).timezone
        begin, end = spans[0].bounds(zone)[0], spans[-1].bounds(zone)[1]
        cells = frame[moment]
        if getattr(cells.dtype, "tz", None) is None:
            cells = cells.dt.tz_localize(zone)
        inside = (cells >= begin) & (cells < end)
        return frame[inside & frame["supplier"].astype(str).isin(suppliers)]

    def document(self, lang: Lang = "en") -> dict[str, Any]:
        """Everything as plain data for one JSON document; figures that do not exist are null."""
        own = self.supplier
        review, shown = self.review, set(self.shown)
        tables = {
            "suppliers": review.to_frame(),
            "scorecards": review.lines_frame(),
            "probabilities": review.probabilities_frame(),
            "proposals": review.proposals_frame(lang),
            "history": review.history,
            "kpis": review.kpis,
            "gaps": self.gaps.to_frame(),
            "observations": self.observations.to_frame(),
            "alarms": self.alarms.to_frame(),
        }
        kept = {name: frame[frame["supplier"].isin(shown)] if own and "supplier" in frame else frame
                for name, frame in tables.items()}  # fmt: skip
        return {
            "format": FORMAT,
            "folder": self.folder.name,
            "period": review.period,
            "periods": [one.period for one in self.reviews],
            "as_of": self.results.as_of.isoformat(),
            "supplier": own or None,
            "standing": review.standing,
            "standing_reasons": [reason.say(lang) for reason in review.reasons],
            "plan_fingerprint": self.plan.fingerprint,
            "data_fingerprint": self.folder.fingerprint,
            "seed": review.seed,
            "bases": {"score, grade, proposal, credits": "raw, contract", "comparison, rank": "shrunken, comparison"},
            **{name: records(frame) for name, frame in kept.items()},
            "causes": records(self.causes().to_frame()),
            "credits": [_credit(owed[-1]) for name, owed in self.credits.items() if owed and name in shown],
            "warnings": [finding.line(lang) for finding in self.warnings],
        }


def _credit(owed: ServiceCredits) -> dict[str, Any]:
    money = ("fees", "at_risk", "computed", "cut", "credit", "held", "earned_back", "payable")
    return {
        "supplier": owed.terms.supplier,
        "contract": owed.terms.contract,
        "period": owed.period,
        "currency": owed.terms.currency,
        "basis": "raw",
        "standing": owed.standing,
        "terms_fingerprint": owed.policy_fingerprint,
        **{name: str(getattr(owed, name)) for name in money},
        "lines": records(owed.to_frame()),
    }


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data: what is missing or not finite is null, decimals and days are text."""
    return [{str(key): _plain(cell) for key, cell in row.items()} for row in frame.to_dict("records")]


def _plain(cell: object) -> Any:  # noqa: ANN401 - plain data
    if cell is None or type(cell).__name__ in {"NAType", "NaTType"}:
        return None
    if isinstance(cell, bool | int | str):
        return cell
    if isinstance(cell, date | Decimal):
        return str(cell)
    if hasattr(cell, "item"):
        return _plain(cell.item())
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    return str(cell)
