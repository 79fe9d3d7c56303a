"""Measuring: many periods at once, contracts in force, order, bad questions."""

from __future__ import annotations

import random
from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest

from service_tables import ALWAYS, MARCH, OFFICE, SAMPLE, at, kpi, measured, records, row, ticket
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor import measure_kpis as public
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records

TICKETS = records(tickets=[ticket("1", at("03-02"), at("03-02", 12)), ticket("2", at("03-10"), supplier="B")])


@pytest.fixture(scope="module")
def sample():
    clocks = {"": BusinessClock.load(SAMPLE / "calendar.toml"), "always": BusinessClock.always("Asia/Shanghai")}
    return read_service_records(SAMPLE), ReviewPlan.load(SAMPLE / "plan.toml").kpis, clocks


def test_many_periods_give_what_each_gives_alone(sample):
    rows, kpis, clocks = sample
    periods = [*Period.months("2026-01", "2026-04"), Period.quarter("2026Q1")]
    as_of = Period.month("2026-04").bounds("Asia/Shanghai")[1]
    together = measure_kpis(rows, kpis, periods, clock=clocks, as_of=as_of).to_frame()
    alone = [measure_kpis(rows, kpis, period, clock=clocks, as_of=as_of).to_frame() for period in periods]
    order = [period.label for period in sorted(periods)]
    expected = pd.concat(alone).sort_values("period", key=lambda labels: labels.map(order.index), kind="stable")
    pd.testing.assert_frame_equal(together, expected.reset_index(drop=True))


def test_months_of_a_quarter_add_up_to_it(sample):
    rows, kpis, clocks = sample
    periods = [*Period.months("2026-01", "2026-03"), Period.quarter("2026Q1")]
    frame = measure_kpis(rows, kpis, periods, clock=clocks).to_frame()
    counted = frame.pivot_table(index=["kpi", "supplier"], columns="period", values="n")
    months = counted[["2026-01", "2026-02", "2026-03"]].sum(axis=1)
    added = ["accuracy", "resolution", "right_first_time", "satisfaction", "complaints"]
    assert months.loc[added].equals(counted.loc[added, "2026Q1"])


def test_the_order_of_rows_and_columns_changes_no_bit(sample):
    rows, kpis, clocks = sample
    frames = {}
    for name in ("tickets", "holds", "quotes", "feedback", "inspections", "outages", "maintenance", "services"):
        frame = rows[name].drop(columns=["row", "at"], errors="ignore")
        columns = list(frame.columns)
        random.Random(6).shuffle(columns)
        frames[name] = frame.sample(frac=1, random_state=6)[columns]
    mixed = type(rows).from_frames(frames | {
        name: rows[name].drop(columns="row") for name in ("contracts", "complaints", "milestones", "volumes", "drills")
    })  # fmt: skip
    one, other = (measure_kpis(r, kpis, Period.month("2026-03"), clock=clocks).to_frame() for r in (rows, mixed))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_order_of_kpis_and_periods_does_not_matter():
    kpis = [kpi(id="b"), kpi(id="a", statistic="mean", target=4)]
    months = list(Period.months("2026-03", "2026-04"))
    one = measured(TICKETS, kpis, months)
    other = measured(TICKETS, kpis[::-1], months[::-1])
    pd.testing.assert_frame_equal(one.to_frame(), other.to_frame())
    assert one.fingerprint == other.fingerprint
    assert one.fingerprint != measured(TICKETS, kpis, months, ALWAYS).fingerprint
    assert one.fingerprint != measured(TICKETS, kpis[:1], months).fingerprint


def test_a_contract_that_starts_in_the_period_says_how_much_of_it_was_in_force():
    contracts = [
        {"supplier": "A", "start": "2026-03-17", "end": ""},
        {"supplier": "B", "start": "2026-01-01", "end": "2026-02-28"},
    ]
    rows = records(tickets=[ticket("1", at("03-20"), at("03-20", 12))], contracts=contracts)
    assert row(rows, kpi())["in_force"] == pytest.approx(15 / 31)
    gone = row(rows, kpi(), "B")
    assert (gone["status"], gone["reason"], gone["in_force"]) == ("not_applicable", "no_contract", 0)
    before = row(rows, kpi(), "B", period=Period.month("2026-02"))
    assert (before["status"], before["in_force"]) == ("no_data", 1.0)


def test_without_contracts_nobody_knows_what_was_in_force():
    assert np.isnan(row(TICKETS, kpi())["in_force"])


def test_a_kpi_can_be_for_some_suppliers():
    found = measured(TICKETS, kpi(suppliers=["b"])).to_frame()
    assert found["status"].tolist() == ["not_applicable", "measured"]
    assert np.isnan(found["value"].iloc[0])


def test_ids_stay_what_they_are():
    rows = records(tickets=[ticket("1", at("03-02"), at("03-02", 12), name) for name in ("00123",)] + [
        ticket("2", at("03-02"), at("03-02", 12), "NA"), ticket("3", at("03-02"), at("03-02", 12), "华信"),
    ])  # fmt: skip
    assert measured(rows, kpi()).suppliers == ("00123", "NA", "华信")


def test_a_score_at_its_target_meets_it_and_target_and_floor_are_apart():
    tickets = [ticket(str(n), at("03-02"), at("03-02", 10 if n < 9 else 17)) for n in range(10)]
    found = row(records(tickets=tickets), kpi(target="0.9", floor="0.8"))
    assert found["value"] == 0.9 and found["meets_target"] and found["meets_floor"]
    higher = row(records(tickets=tickets), kpi(target="0.95", floor="0.9"))
    assert not higher["meets_target"] and higher["meets_floor"]
    assert pd.isna(row(records(tickets=tickets), kpi())["meets_floor"])


def test_header_only_tables_say_that_nothing_happened():
    empty = pd.DataFrame({"ticket": [], "supplier": [], "priority": [], "opened": [], "closed": []}, dtype=object)
    rows = type(TICKETS).from_frames({"tickets": empty}, timezone="Asia/Shanghai")
    assert [f.code for f in rows.warnings] == ["tickets.no_rows"]
    assert len(measured(rows, kpi()).to_frame()) == 0
    known = pd.DataFrame({"supplier": ["A"], "start": ["2026-01-01"], "end": [""]})
    both = type(TICKETS).from_frames({"tickets": empty, "contracts": known}, timezone="Asia/Shanghai")
    assert measured(both, kpi()).to_frame()["status"].tolist() == ["no_data"]


def refused(**changes: object) -> list[str]:
    given = {"records": TICKETS, "kpis": kpi(), "period": MARCH, "clock": OFFICE} | changes
    with pytest.raises(InvalidInput) as caught:
        measure_kpis(**given)
    assert all(f.say("zh") for f in caught.value.findings)
    return [f.code for f in caught.value.findings]


def test_bad_questions_are_refused_in_words():
    assert refused(records=pd.DataFrame()) == ["kpis.records"]
    assert refused(kpis=[]) == ["kpis.asked"]
    assert refused(kpis="resolution") == ["kpis.asked"]
    assert refused(kpis=[kpi(), kpi(id="K")]) == ["kpis.twice"]
    assert refused(period="2026-03") == ["period.asked"]
    assert refused(clock=None) == ["kpis.clock"]
    assert refused(clock={}) == ["kpis.clock"]
    assert refused(clock={"a": OFFICE, "b": BusinessClock.always("UTC")}) == ["kpis.zones"]
    assert refused(as_of=datetime(2026, 4, 1)) == ["kpis.as_of"]
    assert refused(as_of=OFFICE.moment("2026-03-15T00:00")) == ["period.not_over"]


def test_all_that_a_measurement_lacks_is_said_at_once():
    kpis = [kpi(id="a", calendar="night"), kpi("accuracy", id="b"), kpi("response_time", id="c", suppliers=["Z"])]
    assert sorted(refused(kpis=kpis)) == [
        "kpis.calendar_unknown", "kpis.column_missing", "kpis.supplier_unknown", "kpis.table_missing",
    ]  # fmt: skip


def test_it_is_public():
    assert public is measure_kpis


def test_the_sample_tells_its_stories(sample):
    """data/samples/service-records/README.md, with the clocks that came in the folder."""
    rows, kpis, _ = sample
    figures = measure_kpis(rows, kpis, Period.months("2025-01", "2026-07")).to_frame()
    frame = figures.set_index(["supplier", "kpi", "period"]).sort_index()
    rate = frame.loc[("S03", "resolution")][["n", "events"]]
    before, after = rate[:"2025-08"].sum(), rate["2025-09":].sum()
    assert before["events"] / before["n"] > 0.92
    assert after["events"] / after["n"] < 0.82
    silent = frame.loc[("S05", "resolution_mean", "2026-03")]
    assert silent["n"] == silent["censored"] == 9 and silent["reason"] == "only_open"
    assert frame.loc[("S05", "resolution", "2026-03")]["value"] < 0.2
    assert frame.loc[("S06", "resolution", "2025-06")]["in_force"] == 0.5
    assert frame.loc[("S06", "resolution", "2025-05")]["status"] == "not_applicable"
    assert set(frame.loc[("S08", "price_level")]["status"]) == {"not_market_rated"}
    late = frame.loc[("S12", "resolution", "2026-07")]
    assert (late["in_force"], late["status"]) == (0, "measured")


def test_by_closed_tickets_alone_the_one_who_leaves_them_open_would_look_best(sample):
    rows, kpis, clocks = sample
    whole = Period.between(date(2024, 11, 1), date(2026, 11, 1))
    resolution = [one for one in kpis if one.id == "resolution"]
    tickets = rows["tickets"][rows["tickets"]["closed"].notna()]
    held = rows["holds"][rows["holds"]["ticket"].astype(str).isin(tickets["ticket"].astype(str))]
    frames = {"tickets": tickets.drop(columns="row"), "holds": held.drop(columns=["row", "at"])}
    closed, all_of_them = (
        measure_kpis(some, resolution, whole, clock=clocks).to_frame().set_index("supplier")["value"]
        for some in (type(rows).from_frames(frames), rows)
    )
    assert closed.idxmax() == "S07" and all_of_them["S07"] < all_of_them.median()
