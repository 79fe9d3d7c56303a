"""Response and resolution time: open tickets are censored, never dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from service_tables import ALWAYS, OFFICE, SAMPLE, at, kpi, measured, records, row, ticket
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.kpi_definitions import KpiDefinition
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.record_reading import read_service_records

BOTH = Period.months("2026-03", "2026-04")
LATER = OFFICE.moment("2026-05-31T00:00")
IN_TIME = ticket("1", at("03-02"), at("03-02", 12))
LATE = ticket("2", at("03-02"), at("03-02", 16))
OPEN_OVERDUE = ticket("3", at("03-03"))
OPEN_AHEAD = ticket("4", at("03-31", 17))


def test_overdue_open_tickets_are_breaches_and_the_rest_is_counted_beside():
    found = row(records(tickets=[IN_TIME, LATE, OPEN_OVERDUE, OPEN_AHEAD]), kpi())
    assert (found["n"], found["events"], found["value"], found["censored"]) == (3, 1, 1 / 3, 1)
    assert found["lower"] == pytest.approx(0.0615, abs=5e-5) and found["upper"] == pytest.approx(0.7923, abs=5e-5)
    assert found["status"] == "measured" and not found["meets_target"]


def test_what_is_done_to_the_very_end_of_its_limit_is_in_time():
    tickets = [ticket("1", at("03-02"), at("03-02", 14)), ticket("2", at("03-02"), "2026-03-02T14:00:01+08:00")]
    assert row(records(tickets=tickets), kpi())["events"] == 1


def test_a_breach_belongs_to_the_period_in_which_it_became_due():
    """Opened 31 March 17:00, due 1 April 12:00, closed 2 April: open at the end of March, a breach in April."""
    late = ticket("1", at("03-31", 17), at("04-02", 10))
    for window in ("due", "closed"):
        frame = measured(records(tickets=[late]), kpi(window=window), BOTH).to_frame()
        assert frame["n"].tolist() == [0, 1] and frame["events"].tolist() == [0, 0]
        assert frame["censored"].tolist() == [1, 0]
        assert frame["reason"].tolist() == ["only_open", ""]
    opened = measured(records(tickets=[late]), kpi(window="opened"), BOTH).to_frame()
    assert opened["n"].tolist() == [1, 0]


def test_a_good_ticket_belongs_to_its_end_or_to_its_due_time_as_the_window_says():
    good = ticket("1", at("03-31", 15), at("03-31", 16))
    frames = {w: measured(records(tickets=[good]), kpi(window=w), BOTH).to_frame() for w in ("opened", "closed", "due")}
    assert {w: f["events"].tolist() for w, f in frames.items()} == {"opened": [1, 0], "closed": [1, 0], "due": [0, 1]}


def test_leaving_tickets_open_never_pays():
    """The gamer's trick: a late ticket closed, or left open, is the same breach, whatever the window."""
    for window in ("opened", "closed", "due"):
        left = row(records(tickets=[IN_TIME, OPEN_OVERDUE]), kpi(window=window))
        shut = row(records(tickets=[IN_TIME, OPEN_OVERDUE | {"closed": at("03-20")}]), kpi(window=window))
        assert left["value"] == shut["value"] == 0.5


def test_every_ticket_is_counted_once_over_the_months():
    tickets = [ticket(str(n), at(f"03-{n:02}", 9), at(f"04-{n:02}", 10) if n % 3 else "") for n in range(1, 28)]
    for window in ("closed", "due", "opened"):
        frame = measured(records(tickets=tickets), kpi(window=window), BOTH).to_frame()
        assert frame["n"].sum() == 27 - (frame["censored"].iloc[-1] if window != "opened" else 0)


def test_a_supplier_with_only_open_tickets_is_rated_when_they_are_overdue_and_said_when_not():
    overdue = row(records(tickets=[OPEN_OVERDUE]), kpi())
    assert (overdue["status"], overdue["value"], overdue["n"]) == ("measured", 0.0, 1)
    ahead = row(records(tickets=[OPEN_AHEAD]), kpi())
    assert (ahead["status"], ahead["reason"], ahead["censored"]) == ("no_data", "only_open", 1)
    assert np.isnan(ahead["value"])


def test_a_month_without_work_is_no_data_not_0_and_not_1():
    found = row(records(tickets=[IN_TIME]), kpi(), period=Period.month("2026-05"))
    assert (found["status"], found["reason"], found["n"]) == ("no_data", "no_records", 0)
    assert np.isnan(found["value"]) and pd.isna(found["meets_target"])


def test_cancelled_tickets_leave_only_by_the_stated_rule_and_are_counted():
    early = ticket("1", at("03-02"), cancelled=at("03-02", 10))
    after = ticket("2", at("03-02"), cancelled=at("03-04", 10))
    rows = records(tickets=[IN_TIME | {"ticket": "9"}, early, after])
    counted, left = row(rows, kpi()), row(rows, kpi(cancelled="exclude"))
    assert (counted["n"], counted["events"], counted["excluded"]) == (3, 1, 0)
    assert (left["n"], left["events"], left["excluded"]) == (2, 1, 1)


def test_what_happened_after_the_moment_of_knowledge_is_not_known():
    late_close = ticket("1", at("03-31", 17), at("04-01", 10))
    rows = records(tickets=[late_close])
    early = row(rows, kpi(window="opened"))
    later = row(rows, kpi(window="opened"), as_of=LATER)
    assert (early["n"], early["censored"]) == (0, 1)
    assert (later["n"], later["events"], later["censored"]) == (1, 1, 0)


def test_holds_stop_the_clock_and_overlapping_ones_stop_it_once():
    held = [
        {"ticket": "2", "begin": at("03-02", 10), "end": at("03-02", 12)},
        {"ticket": "2", "begin": at("03-02", 11), "end": at("03-02", 14)},
    ]
    found = row(records(tickets=[LATE], holds=held), kpi())
    assert found["events"] == 1
    mean = row(records(tickets=[LATE], holds=held), kpi(statistic="mean", target=4))
    assert mean["value"] == 3.0


def test_a_ticket_that_waits_is_not_due():
    waiting = [{"ticket": "3", "begin": at("03-03", 10), "end": ""}]
    found = row(records(tickets=[OPEN_OVERDUE], holds=waiting), kpi())
    assert (found["n"], found["censored"]) == (0, 1)


def test_an_end_is_an_answer():
    rows = [
        ticket("1", at("03-02"), at("03-02", 10), responded=""),
        ticket("2", at("03-02"), "", responded=at("03-02", 15)),
    ]
    found = row(records(tickets=rows), kpi("response_time"))
    assert (found["n"], found["events"]) == (2, 1)


def test_priorities_have_their_own_limits_and_one_without_is_a_finding():
    rows = records(tickets=[IN_TIME, LATE | {"priority": "P2"}])
    split = KpiDefinition(id="k", name="k", measure="resolution_time", target="0.9", limits={"P1": "2h", "P2": "8h"})
    assert row(rows, split)["events"] == 1
    only = KpiDefinition(id="k", name="k", measure="resolution_time", target="0.9", limits={"P1": "4h"})
    with pytest.raises(InvalidInput) as caught:
        row(rows, only)
    (finding,) = caught.value.findings
    assert (finding.code, finding.value, finding.rows) == ("kpis.priority_unknown", "P2", (3,))
    assert row(rows, only.model_copy(update={"priorities": ("P1",)}))["n"] == 1


def test_the_mean_counts_open_tickets_with_their_age_and_says_it_is_a_lower_bound():
    mean = kpi(statistic="mean", target=4)
    closed = row(records(tickets=[IN_TIME, LATE]), mean)
    assert (closed["value"], closed["n"], closed["at_least"]) == (4.5, 2, False)
    assert closed["sd"] == pytest.approx(np.std([3, 6], ddof=1))
    some = row(records(tickets=[IN_TIME, LATE, OPEN_OVERDUE]), mean)
    assert some["at_least"] and some["reason"] == "at_least" and np.isnan(some["upper"]) and some["censored"] == 1
    assert some["value"] == pytest.approx((3 + 6 + 21 * 8) / 3)
    assert not some["meets_target"]
    assert pd.isna(row(records(tickets=[IN_TIME, OPEN_AHEAD]), kpi(statistic="mean", target=400))["meets_target"])


def test_means_have_students_interval():
    from scipy import stats

    hours = [1, 2, 2.5, 3]
    rows = records(tickets=[ticket(str(n), at("03-02"), at("03-02", 9 + h)) for n, h in enumerate(hours)])
    found = row(rows, kpi(statistic="mean", target=4))
    low, high = stats.t.interval(0.95, 3, np.mean(hours), stats.sem(hours))
    assert (found["lower"], found["upper"]) == pytest.approx((low, high))
    alike = row(
        records(tickets=[ticket(str(n), at("03-02"), at("03-02", 10)) for n in range(3)]),
        kpi(statistic="mean", target=4),
    )
    assert (alike["reason"], alike["sd"]) == ("no_spread", 0) and np.isnan(alike["lower"])
    one = row(records(tickets=[IN_TIME]), kpi(statistic="mean", target=4))
    assert (one["status"], one["reason"], one["value"]) == ("too_few", "one_record", 3)


def test_a_percentile_has_its_interval_or_is_too_few():
    p90 = kpi(statistic="percentile", percentile=90, target=40)
    many = [ticket(str(n), at("03-02"), at("03-02", 9 + n / 60)) for n in range(1, 101)]
    found = row(records(tickets=many), p90)
    assert found["status"] == "measured"
    assert [round(found[name] * 60) for name in ("value", "lower", "upper")] == [90, 84, 96]
    few = row(records(tickets=many[:20]), p90)
    assert (few["status"], few["reason"], few["value"]) == ("too_few", "no_interval", 0.3)


def test_a_percentile_beyond_the_last_end_is_not_reached():
    tickets = [ticket(str(n), at("03-02"), at("03-02", 10) if n < 40 else "") for n in range(60)]
    found = row(records(tickets=tickets), kpi(statistic="percentile", percentile=90, target=40), clock=ALWAYS)
    assert (found["status"], found["reason"], found["at_least"]) == ("too_few", "not_reached", True)
    assert found["value"] == pytest.approx(29 * 24 + 15)
    median = row(records(tickets=tickets), kpi(statistic="percentile", percentile=50, target=40), clock=ALWAYS)
    assert (median["status"], median["value"]) == ("measured", 1.0)


def test_open_tickets_stand_at_the_end_of_every_period_of_a_closing_window():
    rows = records(tickets=[IN_TIME, OPEN_OVERDUE])
    frame = measured(rows, kpi(statistic="mean", target=4, window="closed"), BOTH).to_frame()
    assert frame["n"].tolist() == [2, 1] and frame["censored"].tolist() == [1, 1]
    assert frame["value"].tolist() == pytest.approx([(3 + 168) / 2, 168 + 21 * 8])


def test_the_calendar_must_cover_every_ticket():
    early = ticket("1", "2025-12-30T09:00+08:00", at("01-05"))
    with pytest.raises(InvalidInput) as caught:
        row(records(tickets=[early]), kpi(), period=Period.month("2026-01"))
    assert [f.code for f in caught.value.findings] == ["kpis.year_uncovered"]


def test_the_sample_agrees_with_counting_ticket_by_ticket():
    """Every ticket of the sample again with plain datetimes, minute by minute of the calendar, in three windows."""
    rows = read_service_records(SAMPLE)
    clock = BusinessClock.load(SAMPLE / "calendar.toml")
    hours = {"P1": 4, "P2": 8, "P3": 16, "P4": 40}
    definition = KpiDefinition(
        id="k", name="k", measure="resolution_time", target="0.9", cancelled="exclude",
        limits={name: f"{h}h" for name, h in hours.items()},
    )  # fmt: skip
    tickets = rows["tickets"]
    first, last = (pd.Timestamp(day, tz="UTC") for day in ("2026-03-20", "2026-05-02"))
    tickets = tickets[(tickets["opened"] >= first) & (tickets["opened"] < last)]
    expected: dict[str, list[int]] = {"due": [0, 0], "closed": [0, 0], "opened": [0, 0]}
    held = rows["holds"]
    start, end = (moment.astimezone() for moment in Period.month("2026-04").bounds("Asia/Shanghai"))
    for _, one in tickets.iterrows():
        mine = held[held["ticket"].astype(str) == str(one["ticket"])]
        pairs = [(a, None if pd.isna(b) else b) for a, b in zip(mine["begin"], mine["end"], strict=True)]
        due = clock.due(one["opened"].to_pydatetime(), timedelta(hours=hours[one["priority"]]), pairs)
        done = None if pd.isna(one["closed"]) or one["closed"] > end else one["closed"].to_pydatetime()
        off = None if pd.isna(one["cancelled"]) else one["cancelled"].to_pydatetime()
        good = done is not None and done <= due
        if off is not None and off <= end and off < min(due, done or datetime.max.replace(tzinfo=due.tzinfo)):
            continue
        moments = {"due": due, "closed": done if good else due, "opened": one["opened"].to_pydatetime()}
        for window, moment in moments.items():
            if start <= moment < end and (window != "opened" or good or due <= end):
                expected[window][0] += 1
                expected[window][1] += good
    frames = {"tickets": tickets.drop(columns="row"), "holds": _holds_of(held, tickets)}
    part = type(rows).from_frames(frames)
    for window, (n, k) in expected.items():
        changed = definition.model_copy(update={"window": window})
        frame = measured(part, changed, Period.month("2026-04"), clock).to_frame()
        assert (frame["n"].sum(), frame["events"].sum()) == (n, k), window
        assert n > 100


def _holds_of(held: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    return held[held["ticket"].astype(str).isin(tickets["ticket"].astype(str))].drop(columns=["row", "at"])


def test_priorities_are_the_same_in_any_case():
    rows = records(tickets=[IN_TIME | {"priority": "p1"}])
    split = KpiDefinition(id="k", name="k", measure="resolution_time", target="0.9", limits={"P1": "2h", "P2": "8h"})
    assert row(rows, split)["events"] == 0
    assert row(rows, split.model_copy(update={"priorities": ("p1",)}))["n"] == 1


def test_tickets_of_long_ago_ask_for_no_calendar():
    old = [ticket("8", "2019-03-02T09:00+08:00", "2019-03-02T10:00+08:00"), ticket("9", "2019-03-02T09:00+08:00")]
    rows = records(tickets=[IN_TIME, *old])
    for window in ("due", "closed", "opened"):
        assert row(rows, kpi(window=window))["n"] == 1
    assert row(rows, kpi(statistic="mean", target=4))["n"] == 1
    with pytest.raises(InvalidInput):
        row(rows, kpi(statistic="mean", target=4, window="closed"))
