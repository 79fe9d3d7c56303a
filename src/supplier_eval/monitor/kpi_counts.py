"""KPIs that count: accuracy, defects, first time right, milestones, complaints, satisfaction, drills."""

from __future__ import annotations

import numpy as np

from supplier_eval.errors import Finding, InvalidInput
from supplier_eval.monitor.kpi_cells import NEVER, OUT, BoolArray, Cells, Figures, IntArray, Source, known_by, micro
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.kpi_shares import mean_figures, ratio_figures, share_figures
from supplier_eval.monitor.record_checks import folded

DAY = 86_400_000_000


def accuracy(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share of inspected units that are free of defects."""
    cell, units, defective = _inspected(kpi, source, cells, "defective")
    n, bad = (np.rint(cells.total(cell, x)).astype(np.int64) for x in (units, defective))
    figures = share_figures(kpi, n - bad, n)
    figures.asked = cells.count(cell)
    return figures


def defects_per_unit(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Defects per inspected unit; one unit may have several."""
    cell, units, defects = _inspected(kpi, source, cells, "defects")
    n = cells.total(cell, units)
    return ratio_figures(kpi, np.rint(cells.total(cell, defects)).astype(np.int64), np.rint(n).astype(np.int64), n)


def first_time_right(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share of the tickets closed in the period that never came back."""
    frame = source["tickets"]
    closed = known_by(source.micro("tickets", "closed"), cells.as_of)
    reopened = frame["reopened"].to_numpy()
    cell = cells.place(closed, cells.group_of("tickets"))
    _refuse_blank("tickets", "reopened", np.isnan(reopened) & (cell != OUT), kpi, source)
    return share_figures(kpi, cells.count(cell, reopened == 0), cells.count(cell))


def milestones(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share of the milestones due in the period that were done by the end of their day; overdue ones are late."""
    frame = source["milestones"]
    group = cells.group_of("milestones")
    done, cancelled = (known_by(micro(frame[name]), cells.wall_as_of) for name in ("done", "cancelled"))
    due = micro(frame["due"])
    off = cancelled <= due if kpi.cancelled == "exclude" else np.zeros(due.shape, dtype=bool)
    good = done <= due
    known = good | (due + DAY <= cells.wall_as_of)
    cell = cells.place(due, np.where(off, OUT, group), wall=True)
    figures = share_figures(kpi, cells.count(cell, good & known), cells.count(cell, known))
    figures.censored = cells.count(cell, ~known)
    figures.excluded = cells.count(cells.place(due, np.where(off, group, OUT), wall=True))
    figures.say((figures.n == 0) & (figures.censored > 0), "no_data", "only_open")
    return figures


def repeat_complaints(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share of complaints that the same customer had already made about the same cause within so many days."""
    frame = source["complaints"]
    received = micro(frame["received"])
    supplier, customer, cause = (folded(frame, name).to_numpy() for name in ("supplier", "customer", "cause"))
    order = np.lexsort((received, cause, customer, supplier))
    again = np.zeros(received.size, dtype=bool)
    if order.size:
        same = np.ones(order.size - 1, dtype=bool)
        for keys in (supplier, customer, cause):
            same &= keys[order][1:] == keys[order][:-1]
        again[order[1:]] = same & (np.diff(received[order]) <= kpi.repeat_days * DAY)
    cell = cells.place(known_by(received, cells.as_of), cells.group_of("complaints"))
    return share_figures(kpi, cells.count(cell, ~again), cells.count(cell))


def complaints_per_volume(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Complaints received in the period per unit of volume, or per ticket opened in it."""
    frame = source["complaints"]
    cell = cells.place(known_by(micro(frame["received"]), cells.as_of), cells.group_of("complaints"))
    n = cells.count(cell)
    if kpi.volume == "tickets":
        opened = known_by(source.micro("tickets", "opened"), cells.as_of)
        volume = cells.count(cells.place(opened, cells.group_of("tickets"))).astype(np.float64)
    else:
        volume = _volume(source, cells)
    return ratio_figures(kpi, n, n, volume)


def satisfaction(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Mean score of the answers, or the share of them that reach the top box; who did not answer is counted beside."""
    frame = source["feedback"]
    score = frame["score"].to_numpy()
    low, high = (float(end) for end in kpi.scale)
    with np.errstate(invalid="ignore"):
        outside = (score < low) | (score > high)
    if outside.any():
        at = np.flatnonzero(outside)
        rows = tuple(int(row) for row in frame["row"].to_numpy()[at[:1000]])
        facts = {"kpi": kpi.id, "low": f"{low:g}", "high": f"{high:g}"}
        found = Finding("kpis.score_outside", "feedback", "score", rows, f"{score[at[0]]:g}", facts)
        raise InvalidInput([found], "feedback")
    cell = cells.place(known_by(micro(frame["sent"]), cells.wall_as_of), cells.group_of("feedback"), wall=True)
    answered = np.where(np.isnan(score), OUT, cell)
    if kpi.statistic == "mean":
        figures = mean_figures(kpi, cells, answered, np.nan_to_num(score))
        figures.lower, figures.upper = np.maximum(figures.lower, low), np.minimum(figures.upper, high)
    else:
        assert kpi.top_box is not None
        figures = share_figures(kpi, cells.count(answered, score >= float(kpi.top_box)), cells.count(answered))
    figures.asked = cells.count(cell)
    figures.say((figures.n == 0) & (figures.asked > 0), "no_data", "no_answers")
    few = (figures.n > 0) & (figures.n < float(kpi.minimum_response_rate) * figures.asked)
    figures.say(few, "too_few", "few_answers")
    return figures


def drills_passed(kpi: KpiDefinition, source: Source, cells: Cells) -> Figures:
    """Share of the drills of the period that were passed (§7.1.2); real emergencies have no such result."""
    frame = source["drills"]
    began = known_by(micro(frame["began"]), cells.as_of)
    drill = (frame["kind"].astype(object) == "drill").to_numpy()
    cell = cells.place(began, np.where(drill, cells.group_of("drills"), OUT))
    passed = frame["passed"]
    _refuse_blank("drills", "passed", passed.isna().to_numpy() & (cell != OUT), kpi, source)
    yes = passed.fillna(value=False).to_numpy(dtype=bool)
    return share_figures(kpi, cells.count(cell, yes), cells.count(cell))


def _inspected(
    kpi: KpiDefinition, source: Source, cells: Cells, counted: str
) -> tuple[IntArray, np.ndarray, np.ndarray]:
    """Cells of the inspections that count, their units and what was found."""
    frame = source["inspections"]
    group = cells.group_of("inspections")
    if kpi.observations:
        group = np.where(frame["kind"].astype(object).isin(kpi.observations).to_numpy(), group, OUT)
    cell = cells.place(known_by(micro(frame["on"]), cells.wall_as_of), group, wall=True)
    found = frame[counted].to_numpy()
    _refuse_blank("inspections", counted, np.isnan(found) & (cell != OUT), kpi, source)
    return cell, np.nan_to_num(frame["units"].to_numpy()), np.nan_to_num(found)


def _refuse_blank(table: str, column: str, wrong: BoolArray, kpi: KpiDefinition, source: Source) -> None:
    """A figure that a KPI needs and that is not there: missing is not zero."""
    at = np.flatnonzero(wrong)
    if at.size:
        rows = tuple(int(row) for row in source[table]["row"].to_numpy()[at[:1000]])
        raise InvalidInput([Finding("kpis.blank", table, column, rows, facts={"kpi": kpi.id})], table)


def _volume(source: Source, cells: Cells) -> np.ndarray:
    """Volume of each cell: a stated volume is spread evenly over its days, so that a part of them counts in part."""
    frame = source["volumes"]
    group = cells.group_of("volumes")
    begin, end, volume = micro(frame["begin"]), micro(frame["end"]), frame["volume"].to_numpy()
    total = np.zeros(cells.size)
    for at, (start, stop) in enumerate(zip(cells.wall_start, cells.wall_end, strict=True)):
        inside = np.minimum(end, min(stop, cells.wall_as_of)) - np.maximum(begin, start)
        part = np.where((inside > 0) & (group != OUT) & (end > begin) & (end != NEVER), inside / (end - begin), 0.0)
        cell = np.where(part > 0, at * cells.groups + group, OUT)
        total += cells.total(cell, part * volume)
    return total
