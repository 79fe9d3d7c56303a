"""Where a review's figures come from: results of a measurement, a table, or records that are measured first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from supplier_eval.clock import BusinessClock
from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key, normalise_id
from supplier_eval.monitor.grade_history import period_key, period_of
from supplier_eval.monitor.kpi_results import KpiResults
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.records import ServiceRecords
from supplier_eval.monitor.review_notices import outside_records
from supplier_eval.monitor.scorecard_table import checked_table, suppliers_of

if TYPE_CHECKING:
    import pandas as pd

    from supplier_eval.monitor.plan import ReviewPlan

TABLE = "arguments"


@dataclass(frozen=True, eq=False)
class Source:
    """Checked figures of one or several periods.

    Parameters
    ----------
    table : DataFrame
        As `checked_table` gives it.
    plan : ReviewPlan
        Names periods and KPIs.
    periods : tuple of str
        Labels, earliest first.
    spans : mapping of str to Period
        Days of the periods that are known.
    suppliers : tuple of str
        All, in canonical order.
    groups : mapping of str to str
        Key of a supplier's id → peer group.
    measured : bool
        Whether the figures are results of a measurement.
    """

    table: pd.DataFrame
    plan: ReviewPlan
    periods: tuple[str, ...]
    spans: Mapping[str, Period]
    suppliers: tuple[str, ...]
    groups: Mapping[str, str]
    measured: bool

    def span(self, label: str) -> Period | None:
        """Days of a period; None where neither the results nor the label say them."""
        return self.spans.get(label) or period_of(label, self.plan)

    def key(self, label: str) -> tuple[str, str]:
        """By what periods are ordered."""
        return period_key(label, self.plan, self.spans)

    def in_order(self, wanted: Iterable[str | Period]) -> tuple[str, ...]:
        """Labels that were asked for, earliest first."""
        labels = [one.label if isinstance(one, Period) else one for one in wanted]
        for label in labels:
            if label not in self.periods:
                raise UnknownName("period", label, self.periods)
        return tuple(label for label in self.periods if label in labels)

    def reviewed(self, period: str, graded: Iterable[str], concerned: Iterable[str]) -> tuple[str, ...]:
        """Suppliers of a period.

        Those with a KPI that applies, those that had a grade before unless their rows say that nothing applies any
        more (their contract has ended), and those that an event concerns.
        """
        rows = self.table[self.table["period"] == period]
        ended = {id_key(name) for name in rows["supplier"]}
        rows = rows[rows["status"] != "not_applicable"]
        ended -= {id_key(name) for name in rows["supplier"]}
        names = {id_key(name): name for name in graded if id_key(name) not in ended}
        names |= {id_key(name): name for name in concerned} | {id_key(n): n for n in suppliers_of(rows, period)}
        return tuple(sorted(names.values(), key=lambda name: (id_key(name), name)))

    def groups_of(self, suppliers: Sequence[str]) -> dict[str, str]:
        """Peer groups of suppliers; one group of all where none were given."""
        without = [name for name in suppliers if self.groups and id_key(name) not in self.groups]
        if without:
            found = Finding("review.group.missing", TABLE, "groups", value=", ".join(without[:5]))
            raise InvalidInput([found], TABLE)
        return {name: self.groups.get(id_key(name), "all") for name in suppliers}


def read_source(
    figures: object,
    plan: ReviewPlan,
    periods: Sequence[str | Period] | None,
    as_of: date | datetime | None,
    further: Mapping[str, Any],
) -> Source:
    """Take figures of any of the three kinds; records are measured first.

    Raises
    ------
    InvalidInput
        For anything else, for records without a clock or periods, for results by other definitions than the plan's.
    """
    import pandas as pd

    groups = _groups(further.get("groups"))
    if isinstance(figures, ServiceRecords):
        groups = groups or contract_groups(figures)
        figures = _measured(figures, plan, periods, as_of, further)
    if isinstance(figures, KpiResults):
        _same_definitions(figures, plan)
        table = checked_table(figures.to_frame(), plan)
        spans = {period.label: period for period in figures.periods}
        return Source(table, plan, tuple(spans), spans, figures.suppliers, groups, measured=True)
    if not isinstance(figures, pd.DataFrame):
        raise InvalidInput([Finding("review.figures", TABLE, "figures", value=type(figures).__name__)], TABLE)
    table = checked_table(figures, plan)
    names = {id_key(name): name for name in table["supplier"]}
    suppliers = tuple(sorted(names.values(), key=lambda name: (id_key(name), name)))
    spans = {one.label: one for one in periods or () if isinstance(one, Period)}
    labels = sorted(set(table["period"]), key=lambda label: period_key(label, plan, spans))
    return Source(table, plan, tuple(labels), spans, suppliers, groups, measured=False)


def _measured(
    records: ServiceRecords,
    plan: ReviewPlan,
    periods: Sequence[str | Period] | None,
    as_of: date | datetime | None,
    further: Mapping[str, Any],
) -> KpiResults:
    spans = [one if isinstance(one, Period) else period_of(one, plan) for one in periods or ()]
    found = []
    if not spans or any(span is None for span in spans):
        found.append(Finding("review.records.period", TABLE, "period"))
    if further.get("clock") is None and not records.clocks:
        found.append(Finding("review.records.clock", TABLE, "clock"))
    wanted = tuple(span for span in spans if span is not None)
    clock = further.get("clock") or next(iter(records.clocks.values()), None)
    if isinstance(clock, BusinessClock):
        found += outside_records(records, clock.timezone, wanted)
    if found:
        raise InvalidInput(found, TABLE)
    known = as_of if isinstance(as_of, datetime) else None
    return measure_kpis(records, plan.kpis, wanted, clock=further.get("clock"), as_of=known)


def _same_definitions(results: KpiResults, plan: ReviewPlan) -> None:
    """Results must be measured by the plan's own definitions."""
    own = {kpi.id: kpi for kpi in plan.kpis}
    theirs = {kpi.id: kpi for kpi in results.kpis}
    other = sorted({name for name in {*own, *theirs} if own.get(name) != theirs.get(name)})
    if other:
        found = Finding("review.definitions.differ", TABLE, "figures", value=", ".join(other))
        raise InvalidInput([found], TABLE)


def _groups(given: object) -> dict[str, str]:
    """Key of a supplier's id → peer group."""
    import pandas as pd

    if given is None:
        return {}
    if not isinstance(given, pd.Series | Mapping):
        raise InvalidInput([Finding("review.groups", TABLE, "groups", value=type(given).__name__)], TABLE)
    pairs = [(normalise_id(str(name)), group) for name, group in given.items()]
    blank = [name for name, group in pairs if not isinstance(group, str) or not group.strip()]
    if blank:
        raise InvalidInput([Finding("review.group.missing", TABLE, "groups", value=", ".join(blank[:5]))], TABLE)
    return {id_key(name): str(group) for name, group in pairs}


def contract_groups(records: ServiceRecords) -> dict[str, str]:
    """Peer groups that the contracts state; none unless every supplier has one."""
    if "contracts" not in records.tables or "peer_group" not in records.tables["contracts"]:
        return {}
    frame = records.tables["contracts"]
    found = {
        id_key(str(name)): str(group)
        for name, group in zip(frame["supplier"], frame["peer_group"], strict=True)
        if isinstance(group, str) and group
    }
    return found if {id_key(name) for name in records.suppliers} <= set(found) else {}
