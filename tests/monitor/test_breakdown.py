"""Break-down: counts add up, rates are recomputed, small groups do not leave the team."""

from __future__ import annotations

import pytest

from service_tables import MARCH, OFFICE, SAMPLE, at, kpi, records, ticket
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.breakdown import break_down
from supplier_eval.monitor.kpis import measure_kpis
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.targets import cascade_targets


@pytest.fixture(scope="module")
def sample():
    clocks = {"": BusinessClock.load(SAMPLE / "calendar.toml"), "always": BusinessClock.always("Asia/Shanghai")}
    return read_service_records(SAMPLE), ReviewPlan.load(SAMPLE / "plan.toml").kpis, clocks


def some(kpis, *ids: str):
    return [one for one in kpis if one.id in ids]


@pytest.mark.parametrize("by", [("team", "post", "person"), "step"])
def test_counts_add_up_and_the_top_is_the_contracts_own(sample, by):
    rows, kpis, clocks = sample
    asked = some(kpis, "resolution", "response", "right_first_time", "resolution_mean")
    months = Period.months("2026-02", "2026-03")
    made = break_down(rows, asked, months, supplier="S03", clock=clocks, by=by)
    frame = made.to_frame()
    for (period, one), part in frame.groupby(["period", "kpi"]):
        by_path = part.set_index("path")
        for path, node in by_path.iterrows():
            below = part[part["path"].map(lambda p: p.rpartition(" / ")[0]) == path]
            if len(below):
                for name in ("n", "events", "censored", "excluded"):
                    assert below[name].sum() == node[name], (period, one, path, name)
    whole = measure_kpis(rows, asked, months, clock=clocks).to_frame()
    whole = whole[whole["supplier"] == "S03"].sort_values(["period", "kpi"])
    top = frame[frame["level"] == "contract"].sort_values(["period", "kpi"])
    assert top["value"].tolist() == whole["value"].tolist() and top["n"].tolist() == whole["n"].tolist()


def test_rates_and_percentiles_are_measured_again_never_averaged():
    staff = {"team": "t", "post": "L1"}
    tickets = [ticket(str(n), at("03-02"), at("03-02", 10), person="fast", **staff) for n in range(9)]
    tickets += [ticket("x", at("03-02"), at("03-04"), person="slow", **staff)]
    kpis = [kpi(), kpi(id="p", statistic="percentile", percentile=50, target=4)]
    frame = break_down(records(tickets=tickets), kpis, MARCH, supplier="A", clock=OFFICE).to_frame()
    rate = frame[frame["kpi"] == "k"].set_index("node")["value"]
    assert (rate["fast"], rate["slow"], rate["L1"], rate["A"]) == (1.0, 0.0, 0.9, 0.9)
    median = frame[frame["kpi"] == "p"].set_index("node")["value"]
    assert (median["fast"], median["slow"], median["A"]) == (1.0, 16.0, 1.0)


def test_records_that_name_nobody_are_a_group_of_their_own():
    tickets = [ticket("1", at("03-02"), at("03-02", 10), team="t"), ticket("2", at("03-02"), at("03-02", 10), team="")]
    frame = break_down(records(tickets=tickets), kpi(), MARCH, supplier="a", clock=OFFICE, by="team").to_frame()
    assert frame[["node", "n"]].to_numpy().tolist() == [["A", 2], ["-", 1], ["t", 1]]


def test_small_groups_do_not_leave_the_team(sample):
    rows, kpis, clocks = sample
    made = break_down(rows, some(kpis, "resolution"), Period.quarter("2026Q1"), supplier="00123", clock=clocks)
    frame = made.released()
    assert [*made.to_frame().columns, "suppressed"] == list(frame.columns)
    shown = frame[frame["suppressed"] == ""]
    assert shown["level"].tolist() == ["contract"]
    hidden = frame[frame["suppressed"] != ""]
    for name in ("n", "events", "value", "lower", "upper", "censored", "people", "meets_target"):
        assert hidden[name].isna().all()
    assert (hidden["status"] == "").all() and "above" not in frame
    steps = break_down(
        rows, some(kpis, "resolution"), Period.quarter("2026Q1"), supplier="00123", clock=clocks, by="step"
    )
    assert (steps.released()["suppressed"] == "").all() and len(steps.frame) == 5


def test_groups_have_their_own_target(sample):
    rows, kpis, clocks = sample
    cascade = cascade_targets(rows, kpis)
    made = break_down(
        rows, some(kpis, "resolution"), Period.quarter("2026Q1"), supplier="00123", clock=clocks, targets=cascade
    )
    frame = made.to_frame().set_index("node")
    assert frame.loc["00123-L1", "target"] == 0.95 and frame.loc["00123", "target"] == 0.93
    assert bool(frame.loc["00123-L1", "meets_target"]) == (frame.loc["00123-L1", "value"] >= 0.95)
    assert repr(made).startswith("Breakdown(00123, contract > team > post > person, 14 rows")


def test_what_cannot_be_broken_down_is_refused(sample):
    rows, kpis, clocks = sample
    with pytest.raises(InvalidInput) as caught:
        asked = some(kpis, "availability", "complaints", "price_level", "resolution")
        break_down(rows, asked, Period.month("2026-03"), supplier="S03", clock=clocks)
    assert [f.code for f in caught.value.findings] == ["breakdown.not_by"] * 3
    assert all(f.say("zh") for f in caught.value.findings)
    with pytest.raises(InvalidInput):
        break_down(rows, some(kpis, "resolution"), Period.month("2026-03"), supplier="S03", clock=clocks, by="colour")
    with pytest.raises(UnknownName):
        break_down(rows, some(kpis, "resolution"), Period.month("2026-03"), supplier="S99", clock=clocks)
    with pytest.raises(InvalidInput):
        break_down("rows", some(kpis, "resolution"), Period.month("2026-03"), supplier="S03", clock=clocks)


def test_wrong_arguments_are_refused_in_words(sample):
    rows, kpis, _ = sample
    asked = {"kpis": some(kpis, "resolution"), "period": Period.month("2026-03"), "supplier": "S03"}
    for code, changes in (
        ("breakdown.by", {"by": 5}), ("breakdown.by", {"by": ("team", 3)}), ("breakdown.by", {"by": ()}),
        ("breakdown.by", {"by": ("team", "team")}), ("breakdown.targets", {"targets": 5}),
    ):  # fmt: skip
        with pytest.raises(InvalidInput) as caught:
            break_down(rows, **asked, **changes)
        assert [f.code for f in caught.value.findings] == [code] and caught.value.report("zh")
    made = break_down(rows, **asked, by="step")
    for least in ("5", 0, True, None):
        with pytest.raises(InvalidInput) as caught:
            made.released(least)
        assert [f.code for f in caught.value.findings] == ["breakdown.least"]


def test_a_lower_bound_meets_no_target_yet():
    staff = {"team": "t", "post": "L1", "person": "p"}
    tickets = [ticket("1", at("03-02"), at("03-02", 10), **staff), ticket("2", at("03-31", 17), **staff)]
    mean = kpi(statistic="mean", target=100)
    made = break_down(records(tickets=tickets), mean, MARCH, supplier="A", clock=OFFICE, by="team").to_frame()
    assert made["at_least"].all() and made["status"].eq("measured").all()
    assert made["meets_target"].isna().all()
    strict = kpi(statistic="mean", target="0.5")
    missed = break_down(records(tickets=tickets), strict, MARCH, supplier="A", clock=OFFICE, by="team").to_frame()
    assert missed["meets_target"].eq(False).all()
