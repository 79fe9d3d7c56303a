"""What is wrong with a review plan as a whole: sums, references, scales, grades, consequences; everything at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from supplier_eval.clock.local_time import zone_named
from supplier_eval.errors import Finding
from supplier_eval.monitor.grade_history import period_of
from supplier_eval.monitor.plan_tree import placed
from supplier_eval.policy.tree import same_ids

if TYPE_CHECKING:
    from supplier_eval.monitor.plan import ReviewPlan

PLAN = "plan"


def plan_findings(plan: ReviewPlan) -> list[Finding]:
    """Every finding about a plan whose fields are well-formed one by one."""
    found = list(_tree_findings(plan))
    if not found:
        found += _sum_findings(plan)
    found += _period_findings(plan)
    found += _zone_findings(plan)
    found += _scale_findings(plan)
    found += _prior_findings(plan)
    found += _grade_findings(plan)
    found += _warnings(plan)
    return found


def _tree_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """Ids that stand twice, parents that do not exist, circles, KPIs in no branch or in several."""
    for column, ids in (("branches", [b.id for b in plan.branches]), ("kpis", [k.id for k in plan.kpis])):
        for twice in same_ids(ids):
            yield Finding("plan.id.twice", PLAN, column, value=twice)
    by_id = {branch.id: branch for branch in plan.branches}
    known_kpis = {kpi.id for kpi in plan.kpis}
    for branch in plan.branches:
        if branch.parent and branch.parent not in by_id:
            yield Finding("plan.branch.unknown", PLAN, "branches.parent", value=branch.parent, facts=_known(by_id))
        for kpi in branch.kpis:
            if kpi not in known_kpis:
                yield Finding("plan.kpi.unknown", PLAN, "branches.kpis", value=kpi, facts=_known(known_kpis))
        seen, at = {branch.id}, branch.parent
        while at in by_id and at not in seen:
            seen.add(at)
            at = by_id[at].parent
        if at in by_id:
            yield Finding("plan.branch.circle", PLAN, "branches", value=branch.id)
    listed = [kpi for branch in plan.branches for kpi in branch.kpis]
    for kpi in sorted({one for one in listed if listed.count(one) > 1}):
        yield Finding("plan.kpi.placed_twice", PLAN, "branches.kpis", value=kpi)
    for kpi, branch_id in placed(plan.branches, plan.kpis).items():
        if branch_id not in by_id:
            yield Finding("plan.kpi.no_branch", PLAN, "kpis", value=kpi, facts={"part": branch_id, **_known(by_id)})


def _sum_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """Weights inside every node add up to its total, exactly (convention §6)."""
    places = placed(plan.branches, plan.kpis)
    for name, total in [("", plan.total), *((branch.id, branch.total) for branch in plan.branches)]:
        inside = [branch.weight for branch in plan.branches if branch.parent == name]
        inside += [kpi.weight for kpi in plan.kpis if name and places[kpi.id] == name]
        if sum(inside, Decimal(0)) != total:
            facts = {"sum": f"{sum(inside, Decimal(0)):f}", "total": f"{total:f}", "count": len(inside)}
            yield Finding("plan.weights.sum", PLAN, "branches", value=name or plan.name, facts=facts)


def _period_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """The first period is one of the plan's length, written as its label."""
    if not plan.first_period:
        return
    start = period_of(plan.first_period, plan)
    if start is None or start.label != plan.first_period:
        facts = {"period": plan.period, "example": {"month": "2026-01", "quarter": "2026Q1"}.get(plan.period, "2026")}
        yield Finding("plan.first_period", PLAN, "first_period", value=plan.first_period, facts=facts)


def _zone_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """The zone of moments that state none exists."""
    if plan.timezone and zone_named(plan.timezone) is None:
        yield Finding("records.timezone", PLAN, "timezone", value=plan.timezone)


def _scale_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """A KPI that is scored needs a floor apart from its target; a benchmark is asked for."""
    for kpi in plan.kpis:
        if kpi.weight > 0 and kpi.floor is None:
            yield Finding("plan.kpi.no_floor", PLAN, "kpis", value=kpi.id)
        elif kpi.weight > 0 and kpi.floor == kpi.target:
            yield Finding("plan.kpi.floor_is_target", PLAN, "kpis", value=kpi.id)
    without = [kpi.id for kpi in plan.kpis if kpi.part == "quality" and kpi.benchmark is None and kpi.weight > 0]
    if without:
        yield Finding("plan.kpi.no_benchmark", PLAN, "kpis", value=", ".join(without), severity="warning")


def _prior_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """Stated priors: of KPIs that exist, once each, rates between 0 and 1, none for kinds that are not shrunk."""
    kinds = {kpi.id: kpi.kind for kpi in plan.kpis}
    names = [prior.kpi for prior in plan.estimates.priors]
    for twice in sorted({name for name in names if names.count(name) > 1}):
        yield Finding("plan.prior.twice", PLAN, "estimates.priors", value=twice)
    for prior in plan.estimates.priors:
        kind = kinds.get(prior.kpi)
        if kind is None:
            yield Finding("plan.kpi.unknown", PLAN, "estimates.priors", value=prior.kpi, facts=_known(kinds))
        elif kind not in {"rate", "mean"}:
            yield Finding("plan.prior.kind", PLAN, "estimates.priors", value=prior.kpi, facts={"kind": kind})
        elif kind == "rate" and not 0 < prior.mean < 1:
            yield Finding("plan.prior.range", PLAN, "estimates.priors", value=f"{prior.kpi}: {prior.mean:f}")


def _grade_findings(plan: ReviewPlan) -> Iterator[Finding]:
    """Grades differ; knock-outs and consequences name one each; consequences never soften as grades fall."""
    from supplier_eval.monitor.plan_rules import ACTIONS

    names = [band.grade for band in plan.grades.bands]
    for twice in same_ids(names):
        yield Finding("plan.grade.twice", PLAN, "grades", value=twice)
    if not names:
        for column, parts in (("knock_outs", plan.knock_outs), ("consequences", plan.consequences)):
            if parts:
                yield Finding("plan.grades.none", PLAN, column)
        return
    for column, grades in (
        ("knock_outs", [one.grade for one in plan.knock_outs]),
        ("consequences", [one.grade for one in plan.consequences]),
    ):
        for grade in sorted(set(grades) - set(names)):
            yield Finding("plan.grade.unknown", PLAN, column, value=grade, facts=_known(names))
    kinds = [one.kind for one in plan.knock_outs]
    for kind in sorted({one for one in kinds if kinds.count(one) > 1}):
        yield Finding("plan.knock_out.twice", PLAN, "knock_outs", value=kind)
    stated = [one.grade for one in plan.consequences]
    for grade in names:
        if plan.consequences and stated.count(grade) != 1:
            yield Finding("plan.consequence.once", PLAN, "consequences", value=grade, facts={"n": stated.count(grade)})
    by_grade = {one.grade: ACTIONS.index(one.action) for one in plan.consequences}
    severity = [by_grade[grade] for grade in names if grade in by_grade]
    if severity != sorted(severity):
        yield Finding("plan.consequence.order", PLAN, "consequences")


def _warnings(plan: ReviewPlan) -> Iterator[Finding]:
    if plan.adoption is None:
        yield Finding("plan.adoption.missing", PLAN, "adoption", severity="warning")
    if not plan.grades.bands:
        yield Finding("plan.grades.missing", PLAN, "grades", severity="warning")
    elif not plan.first_period:
        yield Finding("plan.first_period.missing", PLAN, "first_period", severity="warning")


def _known(names: object) -> dict[str, object]:
    return {"known": ", ".join(str(name) for name in names)}  # type: ignore[attr-defined]
