"""Where each measure of an improvement plan stands, by the figures that came after it (§3.3.4, §5.2.3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from supplier_eval.errors import Finding
from supplier_eval.messages import Lang, clean, known_language, message
from supplier_eval.monitor.chart_words import figure_text
from supplier_eval.monitor.improvement import CusumRule, ImprovementAction, ImprovementPlan, PosteriorRule
from supplier_eval.monitor.improvement_evidence import chance_mean_met, chance_target_met, reset_cusum
from supplier_eval.monitor.series import TABLE, figure_or_gap, given_frame, refuse_all
from supplier_eval.shown import Shown

if TYPE_CHECKING:
    import pandas as pd

SAME = 1e-12
STATES = ("open", "overdue", "effective", "closed", "not_effective")


@dataclass(frozen=True)
class ReviewedAction:
    """Where one measure stands.

    Parameters
    ----------
    action : ImprovementAction
        As agreed.
    state : {"open", "overdue", "effective", "closed", "not_effective"}
        Closed needs both: later data that meet the rule, and somebody who closed it.
    reason : str
        Why: ``not_done``, ``too_few``, ``not_yet``, ``met``, ``not_met``, ``closed_without_data``.
    n, events : int
        Later cases, and those that the rate counts (0 for a mean).
    rate : float
        Later rate or mean; NaN without cases.
    probability : float
        That the target is met; NaN where the rule does not ask, or there are no cases.
    quiet_for, periods : int
        Of a CUSUM: periods since the line was passed, later periods with cases.
    """

    action: ImprovementAction
    state: str
    reason: str
    n: int
    events: int
    rate: float
    probability: float
    quiet_for: int
    periods: int


@dataclass(frozen=True, eq=False)
class ImprovementReview(Shown):
    """A whole plan on one day.

    Parameters
    ----------
    plan : ImprovementPlan
        As agreed.
    on : date
        The day.
    actions : tuple of ReviewedAction
        In the order of due dates, then ids.
    """

    plan: ImprovementPlan
    on: date
    actions: tuple[ReviewedAction, ...]
    standing: Literal["exploratory"] = "exploratory"

    @property
    def policy_fingerprint(self) -> str:
        """Fingerprint of the plan."""
        return self.plan.fingerprint

    def in_state(self, state: str) -> tuple[str, ...]:
        """Ids of the measures in a state."""
        return tuple(one.action.id for one in self.actions if one.state == state)

    def to_frame(self) -> pd.DataFrame:
        """One row a measure, by due date.

        Columns: ``id supplier kpi owner opened due done`` · ``target direction baseline`` · ``n events rate
        probability quiet_for periods`` (of later data) · ``state reason closed_by closed_on``. NaN where nothing is
        known yet.
        """
        import pandas as pd

        own = ("id", "supplier", "kpi", "owner", "opened", "due", "done", "target", "direction", "baseline")
        seen = ("n", "events", "rate", "probability", "quiet_for", "periods", "state", "reason")
        rows = [
            {name: getattr(one.action, name) for name in own}
            | {name: getattr(one, name) for name in seen}
            | {"closed_by": one.action.closed_by, "closed_on": one.action.closed_on}
            for one in self.actions
        ]
        return pd.DataFrame(rows, columns=[*own, *seen, "closed_by", "closed_on"])

    def explain(self, lang: Lang = "en") -> str:
        """Say where each measure stands, and why."""
        known_language(lang)
        lines = [message("improvement.head", lang, n=len(self.actions), on=self.on.isoformat())]
        for one in self.actions:
            action = one.action
            facts = {
                "id": clean(action.id),
                "kpi": clean(action.kpi),
                "supplier": clean(action.supplier),
                "owner": clean(action.owner),
                "due": action.due.isoformat(),
                "target": figure_text(action.target),
                "side": message(f"improvement.side.{action.direction}", lang),
                "baseline": figure_text(action.baseline),
                "rate": figure_text(one.rate),
                "n": one.n,
                "probability": "–" if math.isnan(one.probability) else f"{100 * one.probability:.1f} %",
                "quiet": one.quiet_for,
                "state": message(f"improvement.state.{one.state}", lang),
            }
            said = message("improvement.line", lang, **facts)
            lines.append(said + message(f"improvement.why.{one.reason}", lang, **facts))
        return "\n".join(lines)

    def __repr__(self) -> str:
        counts = ", ".join(f"{len(self.in_state(state))} {state}" for state in STATES if self.in_state(state))
        return f"ImprovementReview({self.on.isoformat()}: {counts or 'no actions'})"


def review_improvement(plan: ImprovementPlan, later: pd.DataFrame, *, on: date) -> ImprovementReview:
    """Say where each measure stands on a day; only data from after it took effect can close it.

    Parameters
    ----------
    plan : ImprovementPlan
        As agreed.
    later : DataFrame
        ``supplier kpi date`` with ``events`` and ``n`` (a rate: cases that it counts, of so many), or with ``value``
        (single figures, for a mean). ``date`` is the last day of the period that the row is about; rows up to the day
        on which the measure took effect, and after `on`, are not counted.
    on : date
        Today.

    Returns
    -------
    ImprovementReview

    Raises
    ------
    InvalidInput
        Missing columns, no dates, broken counts, more events than cases, a rate's target outside 0 to 1.
    """
    found: list[Finding] = []
    if not isinstance(plan, ImprovementPlan):
        found.append(Finding("improvement.no_plan", TABLE, "plan", value=type(plan).__name__))
    if not isinstance(on, date) or isinstance(on, datetime):
        found.append(Finding("improvement.date", TABLE, "on", value=str(on)[:40]))
    frame = given_frame(later, "later", ("supplier", "kpi", "date"), found)
    rows = _rows(frame, found)
    if not found:
        found += _targets(plan, rows)
    refuse_all(found)
    judged = [_judged(action, rows, on) for action in sorted(plan.actions, key=lambda one: (one.due, one.id))]
    return ImprovementReview(plan, on, tuple(judged))


def _rows(frame: pd.DataFrame, found: list[Finding]) -> list[dict[str, Any]]:
    """Rows in order of time, dates as dates, counts as whole numbers; all faults as findings."""
    counted = {"events", "n"} <= set(frame.columns)
    if not counted and "value" not in frame.columns and len(frame.columns) and not found:
        known = ", ".join(str(one) for one in frame.columns[:12])
        found.append(Finding("series.column", "later", "n", facts={"known": known}))
        return []
    rows: list[dict[str, Any]] = []
    for i, row in enumerate(frame.to_dict("records"), start=2):
        day = row["date"]
        day = day.date() if isinstance(day, datetime) else day
        if not isinstance(day, date):
            found.append(Finding("improvement.row_date", "later", "date", (i,), str(day)[:40]))
            continue
        made: dict[str, Any] = {"supplier": str(row["supplier"]), "kpi": str(row["kpi"]), "date": day}
        names = ("events", "n") if counted else ("value",)
        for name in names:
            figure = figure_or_gap(row[name])
            whole = figure is not None and figure >= 0 and figure == np.floor(figure)
            if figure is None or (counted and not whole):
                found.append(Finding("improvement.count", "later", name, (i,), str(row[name])[:40]))
            made[name] = figure
        if counted and not found and made["events"] > made["n"]:
            found.append(Finding("improvement.more_than_n", "later", "events", (i,), str(made["events"])))
        rows.append(made)
    return sorted(rows, key=lambda row: (row["date"], row["supplier"], row["kpi"]))


def _targets(plan: ImprovementPlan, rows: list[dict[str, Any]]) -> list[Finding]:
    """A rate's target is a fraction; a CUSUM needs counts."""
    found = []
    for action in plan.actions:
        own = [row for row in rows if row["kpi"] == action.kpi and row["supplier"] == action.supplier]
        counted = any("n" in row for row in own)
        if counted and not 0 < action.target < 1:
            found.append(Finding("improvement.target", "plan", "target", value=f"{action.target:g}"))
        if own and not counted and isinstance(action.rule, CusumRule):
            found.append(Finding("improvement.cusum_counts", "later", "n", value=action.id))
    return found


def _judged(action: ImprovementAction, rows: list[dict[str, Any]], on: date) -> ReviewedAction:
    after = action.done
    own = [row for row in rows if row["kpi"] == action.kpi and row["supplier"] == action.supplier]
    own = [row for row in own if after is not None and after < row["date"] <= on]
    n, events, rate = _summed(own)
    probability, quiet, periods = math.nan, 0, 0
    enough = met = False
    if isinstance(action.rule, PosteriorRule):
        probability = _probability(action, action.rule, own, n, events)
        enough = n >= action.rule.least and math.isfinite(probability)
        met = enough and probability >= action.rule.level
    elif own:
        rule = action.rule
        d, size = [row["events"] for row in own], [row["n"] for row in own]
        seen = reset_cusum(d, size, action.target, action.direction, rule.k, rule.h)
        quiet, periods = seen.quiet_for, seen.points
        enough, met = periods >= rule.periods, quiet >= rule.periods and _reached(action, own, quiet)
    state, reason = _state(action, on, enough, met)
    return ReviewedAction(action, state, reason, n, events, rate, probability, quiet, periods)


def _reached(action: ImprovementAction, own: list[dict[str, Any]], quiet: int) -> bool:
    """Whether the cases of the quiet periods together reach the target: a CUSUM is quiet a little below it, too."""
    counted = [row for row in own if row["n"] > 0][-quiet:] if quiet else []
    rate = _summed(counted)[2] if counted else math.nan
    return rate <= action.target + SAME if action.direction == "min" else rate >= action.target - SAME


def _state(action: ImprovementAction, on: date, enough: bool, met: bool) -> tuple[str, str]:
    asked = action.closed_on is not None and action.closed_on <= on
    if met:
        return ("closed", "met") if asked else ("effective", "met")
    late = on > action.due
    if action.done is None or action.done > on:
        return ("overdue" if late else "open"), "not_done"
    if enough and late:
        return "not_effective", "not_met"
    reason = "closed_without_data" if asked else "not_yet" if enough else "too_few"
    return "open", reason


def _summed(own: list[dict[str, Any]]) -> tuple[int, int, float]:
    if own and "n" in own[0]:
        n, events = int(sum(row["n"] for row in own)), int(sum(row["events"] for row in own))
        return n, events, events / n if n else math.nan
    values = [row["value"] for row in own if np.isfinite(row["value"])]
    return len(values), 0, math.fsum(values) / len(values) if values else math.nan


def _probability(
    action: ImprovementAction, rule: PosteriorRule, own: list[dict[str, Any]], n: int, events: int
) -> float:  # fmt: skip
    if not n:
        return math.nan
    if "n" in own[0]:
        return chance_target_met(events, n, action.target, action.direction, rule.prior)
    values = [row["value"] for row in own if np.isfinite(row["value"])]
    return chance_mean_met(values, action.target, action.direction)
