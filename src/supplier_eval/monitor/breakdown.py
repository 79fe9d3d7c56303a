"""Results of one supplier by team, post and person, or by step of the process: counts add up, rates are recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import pandas as pd

from supplier_eval.errors import Finding, InvalidInput, UnknownName
from supplier_eval.intake.identifiers import id_key
from supplier_eval.messages import Lang
from supplier_eval.monitor.kpi_asked import Clocks, asked_clocks, asked_findings, asked_knowledge, asked_kpis
from supplier_eval.monitor.kpi_cells import OUT, IntArray
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpi_layers import Measured, measure_layers
from supplier_eval.monitor.period import Period, asked_periods
from supplier_eval.monitor.record_tables import NEEDED, RECORD_TABLES
from supplier_eval.monitor.records import ServiceRecords
from supplier_eval.monitor.suppression import hidden_groups
from supplier_eval.monitor.targets import TargetCascade
from supplier_eval.shown import Shown

TABLE = "breakdown"
STAFF = ("team", "post", "person")
TOP = "contract"
COUNTS = ("n", "events", "censored", "excluded", "asked", "people")
FIGURES = ("value", "lower", "upper", "sd", "denominator")
COLUMNS = (
    *("period", "kpi", "level", "node", "parent", "path", "unit", "kind", *COUNTS[:5], *FIGURES, "at_least", "status"),
    *("reason", "people", "target", "meets_target"),
)
LEAST = 5


@dataclass(frozen=True, eq=False)
class Breakdown(Shown):
    """Results of one supplier down a tree of groups.

    Parameters
    ----------
    supplier : str
        Whose results.
    levels : tuple of str
        ``contract`` and the columns below it: ``team``, ``post``, ``person``, or ``step``.
    frame : DataFrame
        The rows, see `to_frame`.
    """

    supplier: str
    levels: tuple[str, ...]
    frame: pd.DataFrame
    standing: Literal["exploratory"] = "exploratory"

    def to_frame(self) -> pd.DataFrame:
        """For those inside the team: one row a period, KPI and group.

        Columns: ``period kpi level node parent path`` (the ids from the top, joined by `` / ``; ``-`` where a record
        names no group) · ``unit kind n events value lower upper sd censored excluded asked denominator at_least status
        reason`` as in `KpiResults.to_frame` · ``people`` (different persons, missing where none is recorded) ·
        ``target meets_target``.
        """
        return self.frame.drop(columns="above")

    def released(self, least: int = LEAST) -> pd.DataFrame:
        """For those outside the team: small groups hidden, and with them what would give them away.

        Parameters
        ----------
        least : int
            A group with fewer people or records is hidden; from 1.

        Returns
        -------
        DataFrame
            As `to_frame`, with ``suppressed``: ``few``, ``complement`` or empty; all figures of a hidden row are
            missing.
        """
        if not isinstance(least, int | np.integer) or isinstance(least, bool) or least < 1:
            raise InvalidInput([Finding("breakdown.least", TABLE, "least", value=str(least))], TABLE)
        frame = self.frame.astype(dict.fromkeys(COUNTS, "Int64") | {"at_least": "boolean"})
        frame["suppressed"] = ""
        for _, part in frame.groupby(["period", "kpi"], sort=False):
            counted = (part["n"] + part["censored"] + part["excluded"]).fillna(0)
            people = [None if pd.isna(n) else int(n) for n in part["people"]]
            hidden = hidden_groups(
                dict(zip(part["path"], part["above"], strict=True)),
                dict(zip(part["path"], [int(n) for n in counted], strict=True)),
                dict(zip(part["path"], people, strict=True)),
                least,
            )
            frame.loc[part.index, "suppressed"] = [hidden[path] for path in part["path"]]
        gone = frame["suppressed"] != ""
        for name in (*COUNTS, *FIGURES, "at_least", "meets_target", "status", "reason"):
            frame[name] = frame[name].where(~gone, "" if name in {"status", "reason"} else pd.NA)
        return frame.drop(columns="above")

    def explain(self, lang: Lang = "en") -> str:
        """Say the figures of every group that may be named outside the team."""
        from supplier_eval.monitor.breakdown_words import explain_breakdown

        return explain_breakdown(self, lang)

    def __repr__(self) -> str:
        return f"Breakdown({self.supplier}, {' > '.join(self.levels)}, {len(self.frame)} rows)"


def break_down(
    records: ServiceRecords,
    kpis: Iterable[KpiDefinition] | KpiDefinition,
    period: Period | Iterable[Period],
    *,
    supplier: str,
    clock: Clocks | None = None,
    by: Sequence[str] | str = STAFF,
    as_of: datetime | None = None,
    targets: TargetCascade | None = None,
) -> Breakdown:
    """Measure a supplier's KPIs for the contract and every group below it.

    Parameters
    ----------
    records, kpis, period, clock, as_of
        As in `measure_kpis`.
    supplier : str
        Whose records.
    by : sequence of str
        Columns from the top down: ``("team", "post", "person")``, part of it, or ``"step"``.
    targets : TargetCascade, optional
        Targets of teams, posts and persons; other groups have the contract's.

    Returns
    -------
    Breakdown
        Counts of the groups below one add up to its own, exactly; every rate, mean and percentile is measured again on
        the group's own records, never averaged.

    Raises
    ------
    InvalidInput
        As `measure_kpis`; and for a KPI whose records do not say who did the work, or a column that they do not have.
    UnknownName
        For a supplier without records.
    """
    if not isinstance(records, ServiceRecords):
        raise InvalidInput([Finding("kpis.records", TABLE, "records", value=type(records).__name__)], TABLE)
    levels = _asked_levels(by)
    if targets is not None and not isinstance(targets, TargetCascade):
        raise InvalidInput([Finding("breakdown.targets", TABLE, "targets", value=type(targets).__name__)], TABLE)
    defined, periods = asked_kpis(kpis), asked_periods(period)
    clocks = asked_clocks(clock if clock is not None else records.clocks or None)
    known = {id_key(name): name for name in records.suppliers}
    if id_key(str(supplier)) not in known:
        raise UnknownName("supplier", supplier, records.suppliers)
    found = asked_findings(records, defined, clocks) + _askable(defined, levels)
    if found:
        raise InvalidInput(found, TABLE)
    knowledge = asked_knowledge(as_of, periods, next(iter(clocks.values())).timezone)
    name = known[id_key(str(supplier))]
    parts = []
    for depth in range(len(levels) + 1):
        groups = _Groups(records, name, levels[:depth], defined)
        measured = measure_layers(records, defined, periods, clocks, knowledge, len(groups.paths), groups.of)
        parts += [_rows(part, groups, name, (TOP, *levels)[depth], targets) for part in measured]
    frame = pd.concat(parts, ignore_index=True)
    order = {one.label: at for at, one in enumerate(periods)}
    place = {level: at for at, level in enumerate((TOP, *levels))}
    keys = [frame["path"], frame["level"].map(place), frame["kpi"], frame["period"].map(order)]
    frame = frame.iloc[np.lexsort([key.to_numpy() for key in keys])].reset_index(drop=True)
    return Breakdown(name, (TOP, *levels), frame)


class _Groups:
    """Groups of one depth: their paths, the rows of every table in them, the people of each."""

    def __init__(
        self, records: ServiceRecords, supplier: str, levels: tuple[str, ...], kpis: tuple[KpiDefinition, ...]
    ) -> None:
        self.records, self.supplier, self.levels = records, supplier, levels
        tables = sorted({NEEDED[kpi.measure][0] for kpi in kpis} | ({"tickets"} & set(records.tables)))
        self._known = {table: self._paths(table) for table in tables}
        paths = {path for known, _ in self._known.values() for path in known}
        self.paths = sorted(paths) or [(supplier,)]
        self.people = self._people()

    def of(self, table: str) -> IntArray:
        """The group of each row of a table."""
        if table not in self._known:
            self._known[table] = self._paths(table)
        place = {path: at for at, path in enumerate(self.paths)}
        known, rows = self._known[table]
        at = np.array([*(place.get(path, OUT) for path in known), OUT], dtype=np.int64)
        return at[rows]

    def _paths(self, table: str) -> tuple[list[tuple[str, ...]], IntArray]:
        """The different paths of a table, and for every row which; the last position for rows of others."""
        frame = self.records[table]
        names = frame["supplier"].cat.categories
        own = np.array([id_key(str(name)) == id_key(self.supplier) for name in names] or [False], dtype=bool)
        mine = own[frame["supplier"].cat.codes.to_numpy()]
        together = np.zeros(len(frame), dtype=np.int64)
        for level in self.levels:
            column = frame[level].cat
            together = together * len(column.categories) + column.codes.to_numpy()
        different, first, place = np.unique(together[mine], return_index=True, return_inverse=True)
        at = np.flatnonzero(mine)[first]
        cells = [[str(frame[level].iloc[row]) or "-" for level in self.levels] for row in at]
        rows = np.full(len(frame), different.size, dtype=np.int64)
        rows[mine] = place
        return [(self.supplier, *cell) for cell in cells], rows

    def _people(self) -> dict[tuple[str, ...], int | None]:
        """Different persons named in the records of each group; None where no record names one."""
        people: dict[tuple[str, ...], set[str]] = {path: set() for path in self.paths}
        for table, (known, rows) in self._known.items():
            if "person" not in RECORD_TABLES[table].names:
                continue
            persons = self.records[table]["person"].cat
            mine = rows < len(known)
            pairs = np.unique(np.stack((rows[mine], persons.codes.to_numpy()[mine])), axis=1)
            for path, person in pairs.T.tolist():
                name = str(persons.categories[person])
                if name:
                    people[known[path]].add(id_key(name))
        return {path: len(names) or None for path, names in people.items()}


def _rows(part: Measured, groups: _Groups, supplier: str, level: str, targets: TargetCascade | None) -> pd.DataFrame:
    figures, kpi, size = part.figures, part.kpi, len(groups.paths)
    frame = pd.DataFrame(
        {name: getattr(figures, name) for name in (*COUNTS[:5], *FIGURES, "at_least", "status", "reason")}
    )
    frame["period"] = np.repeat([period.label for period in part.periods], size)
    nodes = [path[-1] for path in groups.paths] * len(part.periods)
    frame["node"], frame["level"], frame["kpi"] = nodes, level, kpi.id
    frame["path"] = [" / ".join(path) for path in groups.paths] * len(part.periods)
    frame["above"] = [" / ".join(path[:-1]) for path in groups.paths] * len(part.periods)
    frame["parent"] = ["" if len(path) < 2 else path[-2] for path in groups.paths] * len(part.periods)
    frame["people"] = pd.array([groups.people[path] for path in groups.paths] * len(part.periods), dtype="Int64")
    frame["unit"], frame["kind"] = kpi.shown_unit, kpi.kind
    stated = [None if targets is None else targets.target_of(supplier, kpi.id, node) for node in nodes]
    frame["target"] = [float(kpi.target if target is None else target) for target in stated]
    good = frame["value"] >= frame["target"] if kpi.direction == "max" else frame["value"] <= frame["target"]
    open_end = frame["at_least"] & (good if kpi.direction == "min" else ~good)  # a lower bound that is still good
    frame["meets_target"] = good.astype("boolean").mask((frame["status"] != "measured") | open_end)
    return frame[[*COLUMNS, "above"]]


def _asked_levels(by: object) -> tuple[str, ...]:
    """Columns from the top down, each once."""
    levels = (by,) if isinstance(by, str) else tuple(by) if isinstance(by, Iterable) else ()
    named = tuple(level for level in levels if isinstance(level, str))
    if not levels or len(named) < len(levels) or len(set(named)) < len(named):
        raise InvalidInput([Finding("breakdown.by", TABLE, "by", value=str(by))], TABLE)
    return named


def _askable(kpis: tuple[KpiDefinition, ...], levels: tuple[str, ...]) -> list[Finding]:
    found = []
    for kpi in kpis:
        table = NEEDED[kpi.measure][0]
        lacks = [level for level in levels if level not in RECORD_TABLES[table].names]
        if lacks or (kpi.measure == "complaints_per_volume" and kpi.volume == "volumes"):
            facts = {"kpi": kpi.id, "known": "team, post, person, step"}
            found.append(Finding("breakdown.not_by", table, ", ".join(lacks or levels), value=kpi.measure, facts=facts))
    return found
