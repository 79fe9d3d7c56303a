"""Where a review's figures come from."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from monitor_review_parts import figures, frame, review_plan
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.records import ServiceRecords
from supplier_eval.monitor.review_source import read_source
from supplier_eval.monitor.reviewing import review_period, review_periods

KPI = {
    "id": "ontime",
    "name": "In time",
    "measure": "resolution_time",
    "limit": "8h",
    "target": "0.95",
    "floor": "0.5",
    "weight": 100,
}
PLAN = review_plan(
    branches=[{"id": "quality", "weight": 100}], kpis=[KPI], adoption={"by": "board", "on": "2025-12-01"}
)
CLOCK = BusinessClock.always()
JANUARY, FEBRUARY = Period.month("2026-01"), Period.month("2026-02")


def records(months=(1, 2), closed=True):
    tickets = [
        {
            "ticket": f"{name}{month}{i}",
            "supplier": name,
            "priority": "P1",
            "opened": f"2026-0{month}-{i + 1:02}T08:00Z",
            "closed": f"2026-0{month}-{i + 1:02}T{9 + (i > 8) * 10:02}:00Z" if closed else "",
        }
        for name in ("S1", "S2")
        for month in months
        for i in range(10)
    ]
    contracts = [
        {"supplier": name, "start": "2025-01-01", "end": "2026-01-31" if name == "S2" else "", "peer_group": "desk"}
        for name in ("S1", "S2")
    ]
    return ServiceRecords.from_frames(
        {"tickets": pd.DataFrame(tickets, dtype="str"), "contracts": pd.DataFrame(contracts, dtype="str")}
    )


def test_records_are_measured_first_and_may_bind():
    plan = PLAN.replace(first_period="2026-01")
    review = review_period(records(), plan, JANUARY, clock=CLOCK, agreed=plan.fingerprint)
    assert review["S1"].lines[0].raw == 0.9
    assert review.standing == "binding"
    assert review["S1"].places.rank == 1


def test_results_give_the_same_as_records():
    results = measure_kpis(records(), PLAN.kpis, [JANUARY], clock=CLOCK)
    first, second = (review_period(given, PLAN, "2026-01", clock=CLOCK) for given in (results, records()))
    pd.testing.assert_frame_equal(first.to_frame(), second.to_frame())


def test_only_open_tickets_are_breaches_not_no_data():
    review = review_period(records(closed=False), PLAN, JANUARY, clock=CLOCK)
    assert review["S1"].rated
    assert review["S1"].lines[0].raw == 0.0
    assert review["S1"].grade == "D"


def test_a_month_without_work_is_not_rated_and_a_contract_that_ended_leaves():
    known = datetime(2026, 3, 1, tzinfo=UTC)
    results = measure_kpis(records(months=(1,)), PLAN.kpis, [JANUARY, FEBRUARY], clock=CLOCK, as_of=known)
    first, second = review_periods(results, PLAN)
    assert first.suppliers == ("S1", "S2")
    assert second.suppliers == ("S1",)
    assert second["S1"].unrated == "nothing_measured"
    assert second["S1"].grade == first["S1"].grade


def test_results_by_other_definitions_are_refused():
    results = measure_kpis(records(), PLAN.kpis, [JANUARY], clock=CLOCK)
    other = PLAN.replace(kpis=[KPI | {"limit": "9h"}])
    with pytest.raises(InvalidInput, match="other definitions"):
        review_period(results, other, "2026-01")


def test_records_need_a_clock_and_periods():
    with pytest.raises(InvalidInput) as refused:
        review_periods(records(), PLAN)
    assert [f.code for f in refused.value.findings] == ["review.records.period", "review.records.clock"]
    assert review_period(records(), PLAN, "2026-01", clock=CLOCK).period == "2026-01"


def test_anything_else_is_refused_in_words():
    for wrong in (None, "figures.csv", [1, 2]):
        with pytest.raises(InvalidInput, match="must be measured KPIs"):
            review_period(wrong, PLAN, "2026-01")


def test_groups_name_everybody():
    plan, table = review_plan(), frame(figures("S1"), figures("S2"))
    assert read_source(table, plan, None, None, {"groups": {"s1": "x", "S2": "y"}}).groups_of(["S1", "S2"]) == {
        "S1": "x",
        "S2": "y",
    }
    with pytest.raises(InvalidInput, match="no peer group for: S2"):
        review_period(table, plan, "2026-01", groups={"S1": "x"})
    with pytest.raises(InvalidInput, match="peer group by supplier"):
        review_period(table, plan, "2026-01", groups=["x", "y"])


def test_periods_stand_in_the_order_of_their_days():
    plan, table = review_plan(), frame(figures("S1", "2026-02"), figures("S1", "2025-12"), figures("S1", "2026-01"))
    source = read_source(table, plan, None, None, {})
    assert source.periods == ("2025-12", "2026-01", "2026-02")
    assert source.in_order(["2026-02", "2025-12"]) == ("2025-12", "2026-02")
    with pytest.raises(UnknownName, match="2026-01"):
        source.in_order(["2026-03"])
    assert source.span("2026-01") == JANUARY
    assert source.span("spring") is None
