"""Availability: agreed time, merged outages, maintenance taken out; the downtime budget of the SRE book."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_tables import ALWAYS, OFFICE, at, kpi, measured, records, row
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.kpi_availability import _time
from supplier_eval.monitor.period import Period

UP = kpi("availability", target="0.999")
WATCHED = {"supplier": "A", "service": "app", "watched_from": "2026-01-01", "watched_to": ""}


def outage(key: str, begin: str, end: str = "", service: str = "app") -> dict:
    return {"outage": key, "supplier": "A", "service": service, "begin": begin, "end": end}


def agreed(begin: str, end: str) -> dict:
    return {"supplier": "A", "service": "app", "begin": begin, "end": end}


def test_outages_that_overlap_are_one_and_maintenance_is_taken_out_of_both():
    rows = records(
        services=[WATCHED],
        outages=[outage("1", at("03-02", 10), at("03-02", 12)), outage("2", at("03-02", 11), at("03-02", 14))],
        maintenance=[agreed(at("03-02", 13), at("03-02", 15))],
    )
    found = row(rows, UP, clock=ALWAYS)
    assert found["denominator"] == 31 * 24 - 2
    assert found["value"] == (742 - 3) / 742
    assert (found["status"], found["reason"]) == ("measured", "in_full") and np.isnan(found["lower"])


def test_outside_the_agreed_hours_nothing_is_lost():
    night = outage("1", at("03-02", 20), at("03-03", 10))
    found = row(records(services=[WATCHED], outages=[night]), UP, clock=OFFICE)
    assert found["denominator"] == 22 * 8 and found["value"] == (176 - 1) / 176


def test_an_outage_that_is_not_over_lasts_and_one_over_midnight_counts_in_both_months():
    rows = records(services=[WATCHED], outages=[outage("1", at("03-31", 23))])
    frame = measured(rows, UP, Period.months("2026-03", "2026-04"), ALWAYS).to_frame()
    assert frame["value"].tolist() == [743 / 744, 0.0]


def test_a_service_is_measured_only_while_it_is_watched():
    late = WATCHED | {"watched_from": "2026-03-17", "watched_to": "2026-03-17"}
    found = row(records(services=[late], outages=[outage("1", at("03-10"), at("03-11"))]), UP, clock=ALWAYS)
    assert (found["denominator"], found["value"]) == (24, 1.0)
    nothing = row(records(services=[late], outages=[outage("1", at("03-10"), at("03-11"))]), UP, clock=ALWAYS,
                  period=Period.month("2026-05"))  # fmt: skip
    assert (nothing["status"], nothing["reason"]) == ("no_data", "not_watched")


def test_services_of_a_supplier_add_up_by_their_hours():
    other = WATCHED | {"service": "web", "watched_from": "2026-03-31"}
    rows = records(services=[WATCHED, other], outages=[outage("1", at("03-31"), at("03-31", 21), "web")])
    found = row(rows, UP, clock=ALWAYS)
    assert found["denominator"] == 744 + 24 and found["value"] == (768 - 12) / 768


@pytest.mark.parametrize(("share", "minutes"), [(0.999, 43.83), (0.9995, 21.92), (0.9999, 4.38)])
def test_the_downtime_budget_of_an_average_month(share, minutes):
    """Google, Site Reliability Engineering, availability table: 99.9 % leaves 43.8 minutes of 730.5 hours."""
    hour = 3_600_000_000
    month, lost = int(730.5 * hour), round((1 - share) * 730.5 * 60 * 60_000_000)
    down = np.array([0]), np.array([lost])
    nothing = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    whole, gone, _ = _time(BusinessClock.always().spans, 0, month, down, nothing)
    assert (whole - gone) / whole == pytest.approx(share)
    assert gone / 60_000_000 == pytest.approx(minutes, abs=0.01)


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=5)


@given(spans, spans)
def test_it_is_what_counting_tick_by_tick_gives(outages, windows):
    def pairs(rows):
        return tuple(np.array([r[side] for r in rows], dtype=np.int64) for side in (0, 1))

    def on(rows, tick):
        return any(a <= tick < b for a, b in rows)

    whole, lost, _ = _time(BusinessClock.always().spans, 5, 45, pairs(outages), pairs(windows))
    free = [tick for tick in range(5, 45) if not on(windows, tick)]
    assert whole == len(free)
    assert lost == sum(on(outages, tick) for tick in free)


@pytest.mark.parametrize(
    "period", [Period.month("2027-01"), Period.between(date(2026, 12, 1), date(2027, 2, 1)), Period.month("2024-12")]
)
def test_a_period_in_a_year_whose_holidays_nobody_stated_is_refused(period):
    clock = BusinessClock.from_week({"mon-fri": "09:00-17:00"}, timezone="Asia/Shanghai", years=(2025, 2026))
    begin, end = "2027-01-05T10:00+08:00", "2027-01-05T13:00+08:00"
    rows = records(services=[WATCHED | {"watched_from": "2024-01-01"}], outages=[outage("1", begin, end)])
    with pytest.raises(InvalidInput) as refused:
        row(rows, UP, clock=clock, period=period)
    assert [(f.code, f.rows) for f in refused.value.findings] == [("kpis.watched_uncovered", (2,))]
    ended = records(services=[WATCHED | {"watched_to": "2026-12-31"}], outages=[outage("1", begin, end)])
    assert row(ended, UP, clock=clock, period=Period.between(date(2026, 12, 1), date(2027, 2, 1)))["value"] == 1.0
