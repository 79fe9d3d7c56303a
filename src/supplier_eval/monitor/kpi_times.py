"""Response and resolution time of tickets and emergencies: share within the limit, mean, percentile.

What is still open is censored, never dropped: overdue it is a breach in the period in which it became due; not yet due
it is counted beside, not in; in means and percentiles it stands with its age so far.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supplier_eval.clock import BusinessClock, Holds
from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.intake.identifiers import id_key
from supplier_eval.monitor.kpi_cells import HOUR, NEVER, OUT, Cells, Figures, IntArray, Source, known_by
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpi_shares import mean_figures, share_figures
from supplier_eval.monitor.percentiles import percentile

YEAR = 366 * 86_400_000_000


@dataclass(frozen=True, eq=False)
class Times:
    """When things began, were done, became due and were called off; microseconds, `NEVER` for what is not so.

    Parameters
    ----------
    begin, done, due, cancelled : ndarray of int64, shape (n_records,)
        As known at the moment of knowledge.
    group : ndarray of int64
        Group of each record; `OUT` for none, and for what had not begun.
    clock : BusinessClock
        That counts between begin and done.
    worked : ndarray of int64
        Working time of the clock before each begin.
    holds : Holds or None
        In working time.
    """

    begin: IntArray
    done: IntArray
    due: IntArray
    cancelled: IntArray
    group: IntArray
    clock: BusinessClock
    worked: IntArray
    holds: Holds | None

    def lasting(self, until: IntArray) -> IntArray:
        """Working time of each record from its begin to a moment, holds not counted."""
        last = self.clock.spans.worked(until)
        held = 0 if self.holds is None else self.holds.held(self.worked, last)
        return np.asarray(last - self.worked - held, dtype=np.int64)


def times_of(kpi: KpiDefinition, source: Source, cells: Cells) -> Times:
    """Read the times of tickets, or of drills and emergencies, for one KPI."""
    if kpi.measure in {"response_time", "resolution_time"}:
        return _ticket_times(kpi, source, cells)
    clock = BusinessClock.always(source.clock.timezone)
    begin = source.micro("drills", "began")
    done = known_by(source.micro("drills", "recovered"), cells.as_of)
    if kpi.measure == "emergency_response":
        done = np.minimum(done, known_by(source.micro("drills", "responded"), cells.as_of))
    group = np.where(begin <= cells.as_of, cells.group_of("drills"), OUT)
    never = np.full(begin.size, NEVER)
    due = begin + (kpi.limit_us("") or 0) if kpi.limit is not None else never
    return Times(begin, done, due, never, group, clock, clock.spans.worked(begin), None)


def _ticket_times(kpi: KpiDefinition, source: Source, cells: Cells) -> Times:
    """What several KPIs share (working time before each opening, due times, what is known) is worked out once."""
    clock, as_of = source.clock, cells.as_of
    begin = source.micro("tickets", "opened")
    done = source.once(("done", kpi.measure), lambda: _done(kpi, source, as_of))
    there = source.once("there", lambda: np.where(begin <= as_of, cells.group_of("tickets"), OUT))
    group, limit = _limits(kpi, source, there)
    group = _timed(kpi, source, cells, begin, done, group)
    worked = source.once(("worked", clock), lambda: clock.spans.worked(np.maximum(begin, clock.spans.first)))
    holds = _holds(source, cells)
    if limit is None or not (kpi.statistic == "share" or kpi.window == "due"):
        due = source.once("never", lambda: np.full(begin.size, NEVER))
    else:
        key = ("due", clock, tuple(sorted(kpi.limits.items())), kpi.limit)
        due = source.once(key, lambda: clock.due_us(begin, limit, holds, worked))
    cancelled = source.once("cancelled", lambda: known_by(source.micro("tickets", "cancelled"), as_of))
    return Times(begin, done, due, cancelled, group, clock, worked, holds)


def _done(kpi: KpiDefinition, source: Source, as_of: int) -> IntArray:
    """When a ticket was closed, or answered: an end is an answer, too."""
    done = known_by(source.micro("tickets", "closed"), as_of)
    if kpi.measure == "response_time":
        return np.minimum(done, known_by(source.micro("tickets", "responded"), as_of))
    return done


def share_in_time(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share done within the limit; the period of a record is that of its `window`."""
    times = times_of(kpi, source, cells)
    good = times.done <= times.due
    settled = np.minimum(times.done, times.due)
    off = times.cancelled < settled if kpi.cancelled == "exclude" else np.zeros(good.shape, dtype=bool)
    group = np.where(off, OUT, times.group)
    if kpi.window == "opened":
        known = (settled <= cells.as_of) & (settled != NEVER)
        cell = cells.place(times.begin, np.where(known, group, OUT))
        censored = cells.count(cells.place(times.begin, np.where(known, OUT, group)))
        excluded = cells.count(cells.place(times.begin, np.where(off, times.group, OUT)))
    else:
        moment = times.due if kpi.window == "due" else np.where(good, times.done, times.due)
        cell = cells.place(known_by(moment, cells.as_of), group)
        censored = np.bincount(cells.open_at_ends(times.begin, settled, group)[1], minlength=cells.size)
        excluded = cells.count(cells.place(times.cancelled, np.where(off, times.group, OUT)))
    figures = share_figures(kpi, cells.count(cell, good), cells.count(cell))
    figures.censored, figures.excluded = censored.astype(np.int64), excluded
    figures.say((figures.n == 0) & (figures.censored > 0), "no_data", "only_open")
    return figures


def mean_time(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Mean hours; with open records among them a lower bound, for they stand with their age so far."""
    cell, hours, done, excluded = _durations(kpi, source, cells)
    figures = mean_figures(kpi, cells, cell, hours)
    figures.censored, figures.excluded = cells.count(cell, ~done), excluded
    still_open = figures.censored > 0
    figures.at_least = still_open
    figures.lower = np.maximum(figures.lower, 0.0)  # time does not run backwards
    figures.upper = np.where(still_open, np.nan, figures.upper)
    figures.reason[still_open & (figures.status == "measured")] = "at_least"
    figures.say((figures.n > 0) & (figures.n == figures.censored), "too_few", "only_open")
    return figures


def percentile_time(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Percentile of the hours, open records censored at their age."""
    cell, hours, done, excluded = _durations(kpi, source, cells)
    figures = Figures.of(cells.size, n=cells.count(cell), excluded=excluded)
    figures.censored = cells.count(cell, ~done)
    order = np.argsort(cell, kind="stable")
    ends = np.searchsorted(cell[order], np.arange(cells.size + 1))
    for at in np.flatnonzero(figures.n):
        rows = order[ends[at] : ends[at + 1]]
        found = percentile(hours[rows], done[rows], float(kpi.percentile) / 100, float(kpi.confidence))
        figures.value[at], figures.lower[at], figures.upper[at] = found.value, found.lower, found.upper
        if np.isnan(found.value):
            figures.value[at], figures.at_least[at] = found.longest, True
    figures.say(figures.n > 0, "measured")
    figures.say((figures.n > 0) & (np.isnan(figures.lower) | np.isnan(figures.upper)), "too_few", "no_interval")
    figures.say(figures.at_least, "too_few", "not_reached")
    figures.say((figures.n > 0) & (figures.n < kpi.minimum_n), "too_few", "below_minimum")
    figures.say((figures.n > 0) & (figures.n == figures.censored), "too_few", "only_open")
    return figures


Durations = tuple[IntArray, npt.NDArray[np.float64], npt.NDArray[np.bool_], IntArray]


def _durations(kpi: KpiDefinition, source: Source, cells: Cells) -> Durations:
    """Cell, hours and whether it is done, of every record and period that it is counted in; and what was excluded."""
    asked = (kpi.measure, kpi.window, kpi.cancelled, kpi.priorities, tuple(sorted(kpi.limits.items())), kpi.limit)
    key = ("durations", source.clock, cells.start.tobytes(), cells.end.tobytes(), cells.groups, asked)
    return source.once(key, lambda: _durations_of(kpi, source, cells))


def _durations_of(kpi: KpiDefinition, source: Source, cells: Cells) -> Durations:
    times = times_of(kpi, source, cells)
    off = times.cancelled < times.done if kpi.cancelled == "exclude" else np.zeros(times.done.shape, dtype=bool)
    group = np.where(off, OUT, times.group)
    moment = {"opened": times.begin, "due": known_by(times.due, cells.as_of), "closed": times.done}[kpi.window]
    left = times.begin if kpi.window == "opened" else times.cancelled
    excluded = cells.count(cells.place(left, np.where(off, times.group, OUT)))
    cell = cells.place(moment, group)
    known = np.where(times.group == OUT, times.begin, np.minimum(times.done, cells.as_of))
    hours = times.lasting(known) / HOUR
    done = times.done != NEVER
    if kpi.window == "closed":
        still, where = cells.open_at_ends(times.begin, times.done, group)
        ends = np.minimum(cells.end, cells.as_of)[where // cells.groups]
        ages = _ages(times, still, ends)
        cell, hours = np.concatenate((cell, where)), np.concatenate((hours, ages))
        done = np.concatenate((done, np.zeros(still.size, dtype=bool)))
    return cell, hours, done, excluded


def _ages(times: Times, at: IntArray, until: IntArray) -> npt.NDArray[np.float64]:
    """Age in hours of some records at some moments; a record may stand there several times."""
    ages = np.empty(at.size)
    for end in np.unique(until):
        here = until == end
        whole = np.maximum(np.full(times.begin.shape, end), times.begin)
        ages[here] = times.lasting(whole)[at[here]] / HOUR
    return ages


def _limits(kpi: KpiDefinition, source: Source, group: IntArray) -> tuple[IntArray, IntArray | None]:
    """The group, `OUT` for priorities that do not count, and the limit of each ticket; None where there is none."""
    priority = source["tickets"]["priority"].cat
    names = [str(name) for name in priority.categories]
    codes = priority.codes.to_numpy()
    if kpi.priorities:
        wanted = {id_key(name) for name in kpi.priorities}
        counted = np.array([id_key(name) in wanted for name in names], dtype=bool)
        group = np.where(counted[codes], group, OUT)
    if not kpi.limits and kpi.limit is None:
        return group, None
    stated = {id_key(name): name for name in kpi.limits}
    known = [kpi.limit_us(stated.get(id_key(name), name)) for name in names]
    without = np.array([limit is None for limit in known], dtype=bool)
    wrong = np.flatnonzero(without[codes] & (group != OUT)) if without.any() else np.zeros(0, dtype=np.int64)
    if wrong.size:
        rows = tuple(int(row) for row in source["tickets"]["row"].to_numpy()[wrong[:1000]])
        facts = {"kpi": kpi.id, "known": ", ".join(kpi.limits)}
        value = names[codes[wrong[0]]]
        raise InvalidInput([Finding("kpis.priority_unknown", "tickets", "priority", rows, value, facts)], "tickets")
    return group, np.array([limit or 0 for limit in known], dtype=np.int64)[codes]


def _holds(source: Source, cells: Cells) -> Holds | None:
    """Holds of tickets in working time, by the row of their ticket."""
    if "holds" not in source or not len(source["holds"]):
        return None
    return source.once(("holds", source.clock), lambda: _holds_of(source, cells.as_of))


def _holds_of(source: Source, as_of: int) -> Holds:
    spans, at = source.clock.spans, source["holds"]["at"].to_numpy()
    begin, end = source.micro("holds", "begin"), known_by(source.micro("holds", "end"), as_of)
    known = begin <= as_of
    begin, end = np.clip(begin, spans.first, spans.last), np.clip(end, spans.first, spans.last)
    return Holds.merged(at[known], spans.worked(begin[known]), spans.worked(end[known]))


def _timed(
    kpi: KpiDefinition, source: Source, cells: Cells, begin: IntArray, done: IntArray, group: IntArray
) -> IntArray:
    """The group of each ticket that can be timed; one in a year whose holidays nobody stated is out, or refused.

    Out are tickets opened a year and more before the calendar and all periods begin: they fell due long before, so that
    no share counts them; means and percentiles count them only where the window is their end.
    """
    spans = source.clock.spans
    key = ("outside", source.clock, kpi.measure)
    outside = source.once(
        key, lambda: np.flatnonzero(~(spans.covered(begin) & spans.covered(np.minimum(done, cells.as_of))))
    )
    if not outside.size:
        return group
    first = int(cells.start.min())
    old = begin[outside] < min(first, spans.first) - YEAR
    counted = (kpi.statistic != "share") & (kpi.window == "closed") & (done[outside] >= first)
    wrong = outside[(group[outside] != OUT) & ~(old & ~counted)]
    if wrong.size:
        rows = tuple(int(row) for row in source["tickets"]["row"].to_numpy()[wrong[:1000]])
        calendar = source.clock.calendar
        facts = {"first": calendar.years[0], "last": calendar.years[1], "name": calendar.name, "kpi": kpi.id}
        raise InvalidInput([Finding("kpis.year_uncovered", "tickets", "opened", rows, facts=facts)], "tickets")
    timed = group.copy()
    timed[outside] = OUT
    return timed
