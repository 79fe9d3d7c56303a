"""Reviewing suppliers, period after period."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from monitor_review_parts import figures, frame, plan_data, review_plan
from supplier_eval.clock import BusinessClock
from supplier_eval.errors import InvalidInput, UnknownName
from supplier_eval.monitor.period import Period
from supplier_eval.monitor.plan import ReviewPlan
from supplier_eval.monitor.record_reading import read_service_records
from supplier_eval.monitor.reviewing import review_period, review_periods

PLAN = review_plan()
MANY = 200_000


def sure(csat, period="2026-01", supplier="S1"):
    return figures(
        supplier, period, ontime=(0.95, MANY), csat=None if csat is None else (csat, MANY), milestones=(1.0, MANY)
    )


def months(*levels, **asked):
    rows = [sure(level, f"2026-{m:02}") for m, level in enumerate(levels, start=1)]
    return review_periods(frame(*rows), asked.pop("plan", PLAN), **asked)


def test_the_order_of_rows_and_columns_changes_nothing_to_the_last_bit():
    table = frame(*(figures(name, ontime=(0.9 + 0.01 * i, 50 + i)) for i, name in enumerate("ABCDEFG")))
    other = table.sample(frac=1, random_state=2)[list(reversed(table.columns))]
    first, second = (review_period(given, PLAN, "2026-01") for given in (table, other))
    pd.testing.assert_frame_equal(first.to_frame(), second.to_frame(), check_exact=True)
    pd.testing.assert_frame_equal(first.lines_frame(), second.lines_frame(), check_exact=True)


def test_no_seed_moves_a_score_an_interval_or_a_grade():
    table = frame(*(figures(name, ontime=(0.9 + 0.01 * i, 50 + i)) for i, name in enumerate("ABCDEFG")))
    first, second = (review_period(table, PLAN, "2026-01", seed=seed).to_frame() for seed in (0, 1))
    drawn = ["rank_expected", "rank_expected_error", "first_probability", "first_error", "rank_lower", "rank_upper"]
    pd.testing.assert_frame_equal(first.drop(columns=drawn), second.drop(columns=drawn), check_exact=True)
    assert first["rank_expected"].tolist() != second["rank_expected"].tolist()


def test_ten_times_the_data_narrow_the_interval_and_leave_the_score():
    small, large = (
        review_period(frame(figures("S1", ontime=(0.9, n), csat=(4.0, n), milestones=(0.9, n))), PLAN, "2026-01")["S1"]
        for n in (100, 1000)
    )
    assert small.score == large.score
    assert large.raw.spread.error < 0.5 * small.raw.spread.error


def test_grades_follow_each_other_with_hysteresis():
    reviews = months(4.7, 4.1, 4.1)  # 96, then 91 - 0.5: a hair within the band; all an A
    assert [r["S1"].grade for r in reviews] == ["A", "A", "A"]
    fallen = months(4.7, 3.85, 3.85)  # 86.4: beyond the margin of 2 points, not of 5
    assert [r["S1"].grade for r in fallen] == ["A", "A", "B"]
    assert [r["S1"].state.why for r in fallen] == ["first", "waiting", "moved"]
    assert [r["S1"].grade for r in months(4.7, 3.7)] == ["A", "B"]  # 84: at once


def test_one_by_one_is_the_same_as_all_together():
    together = months(4.7, 3.85, None, 3.85, plan=review_plan(coverage_floor="0.9"))
    rows = [sure(level, f"2026-{m:02}") for m, level in enumerate((4.7, 3.85, None, 3.85), start=1)]
    plan = review_plan(coverage_floor="0.9")
    one = None
    for m, given in enumerate(rows, start=1):
        previous = None if one is None else (one if m % 2 else one.history)
        one = review_period(frame(given), plan, f"2026-{m:02}", previous=previous)
    pd.testing.assert_frame_equal(one.history, together[-1].history)
    assert one.history["why"].tolist() == ["first", "waiting", "not_rated", "moved"]


def test_who_had_a_grade_does_not_leave_the_list_by_a_gap():
    table = frame(figures("S1", "2026-01"), figures("S2", "2026-01"), figures("S1", "2026-02"))
    last = review_periods(table, PLAN)[-1]
    assert last.suppliers == ("S1", "S2")
    assert last["S2"].unrated == "nothing_measured"
    assert last["S2"].grade == "A"
    proposal = next(one for one in last.proposals if one.supplier == "S2")
    assert (proposal.action, proposal.look_again) == ("watch", True)


def test_a_critical_event_overrides_in_its_period_only():
    events = [{"supplier": "S1", "kind": "security", "on": "2026-02-15"}]
    first, second, third = months(4.7, 4.7, 4.7, events=events)
    assert [r["S1"].grade for r in (first, second, third)] == ["A", "D", "D"]
    assert [len(r["S1"].events) for r in (first, second, third)] == [0, 1, 0]
    assert second["S1"].score == first["S1"].score
    assert third["S1"].state.why == "held"


def test_an_event_alone_brings_a_supplier_onto_the_list():
    rows = [row | {"status": "not_applicable", "value": np.nan} for row in figures("S2")]
    events = [{"supplier": "S2", "kind": "security", "on": "2026-01-15"}]
    review = review_period(frame(figures("S1"), rows), PLAN, "2026-01", events=events)
    assert review.suppliers == ("S1", "S2")
    assert review["S2"].grade == "D"


def test_an_event_of_a_stranger_is_refused():
    with pytest.raises(InvalidInput, match="suppliers that have no figures: S9"):
        review_period(
            frame(figures("S1")), PLAN, "2026-01", events=[{"supplier": "S9", "kind": "security", "on": "2026-01-15"}]
        )


def test_a_period_with_any_label_can_be_reviewed_if_its_days_are_given():
    rows = figures("S1", "spring")
    with pytest.raises(InvalidInput, match="days of the period"):
        review_period(frame(rows), PLAN, "spring")
    assert review_period(frame(rows), PLAN, "spring", as_of=date(2026, 7, 1)).proposals[0].from_day == date(2026, 7, 1)
    spring = Period.between(date(2026, 3, 1), date(2026, 6, 1), "spring")
    review = review_period(
        frame(rows), PLAN, spring, events=[{"supplier": "S1", "kind": "security", "on": "2026-05-31"}]
    )
    assert review["S1"].grade == "D"
    with pytest.raises(InvalidInput, match="cannot be placed"):
        review_period(
            frame(rows),
            PLAN,
            "spring",
            as_of=date(2026, 7, 1),
            events=[{"supplier": "S1", "kind": "security", "on": "2026-05-31"}],
        )


def test_periods_with_names_follow_each_other_by_their_days():
    spring = Period.between(date(2026, 3, 1), date(2026, 6, 1), "spring")
    autumn = Period.between(date(2026, 9, 1), date(2026, 12, 1), "autumn")
    rows = frame(sure(4.7, "spring"), sure(3.7, "autumn"))
    reviews = review_periods(rows, PLAN, [autumn, spring])
    assert [(r.period, r["S1"].grade) for r in reviews] == [("spring", "A"), ("autumn", "B")]


def test_a_plan_without_grades_gives_scores_only():
    data = plan_data(knock_outs=[], consequences=[])
    del data["grades"]
    review = review_period(frame(figures("S1")), ReviewPlan.from_mapping(data), "2026-01")
    assert review["S1"].state is None
    assert review["S1"].grade == ""
    assert review.to_frame().loc[0, "score"] == 92.0
    assert review.explain("S1")
    assert review.history.empty


def test_every_wrong_argument_is_said_at_once():
    with pytest.raises(InvalidInput) as refused:
        review_period(frame(figures("S1")), "plan", "2026-01", seed=-1, as_of="today", agreed=3, colour="red", events=5)
    assert [f.code for f in refused.value.findings] == [
        "review.plan",
        "review.seed",
        "review.as_of",
        "review.agreed",
        "review.argument.unknown",
        "review.events.kind",
    ]
    assert all(f.say("zh") for f in refused.value.findings)
    with pytest.raises(InvalidInput, match="`previous` must be"):
        review_period(frame(figures("S1")), PLAN, "2026-01", previous="2025-12")
    with pytest.raises(UnknownName, match="2026-01"):
        review_period(frame(figures("S1")), PLAN, "2026-02")
    for wrong in (5, [None]):
        with pytest.raises(InvalidInput, match="labels or Periods"):
            review_periods(frame(figures("S1")), PLAN, wrong)
    with pytest.raises(UnknownName):
        review_period(frame(figures("S1")), PLAN, ["2026-01"])


def test_long_and_chinese_names_are_carried_through():
    name = "华北区信息技术服务外包有限责任公司" * 5
    review = review_period(frame(figures(name), figures("S1")), PLAN, "2026-01")
    assert review[name].score == review["S1"].score
    assert name in review.explain(name, "zh")


def test_the_half_life_lets_earlier_cases_count_in_the_comparison_only():
    rows = [figures(f"S{i}", f"2026-0{m}", ontime=(0.7 + 0.05 * i, 40)) for i in range(6) for m in (1, 2)]
    faded, alone = (
        review_periods(frame(*rows), review_plan(estimates=rule))[-1]["S0"] for rule in ({"half_life": 2}, {})
    )
    assert faded.score == alone.score
    line = next(line for line in faded.lines if line.kpi == "ontime")
    other = next(line for line in alone.lines if line.kpi == "ontime")
    assert line.reliability > other.reliability


def test_two_years_of_the_sample_show_what_is_in_them():
    """data/samples/service-records: a decline, a tiny supplier, open tickets only, a start in mid-month, no market."""
    folder = Path(__file__).parents[2] / "data" / "samples" / "service-records"
    plan = ReviewPlan.load(folder / "plan.toml").replace(first_period="2025-06")
    clock = {"": BusinessClock.load(folder / "calendar.toml"), "always": BusinessClock.always("Asia/Shanghai")}
    periods = Period.months("2025-06", "2026-03")
    reviews = review_periods(read_service_records(folder), plan, periods, clock=clock, agreed=plan.fingerprint)
    by_month = {review.period: review for review in reviews}
    assert {review.standing for review in reviews} == {"binding"}
    grades = [by_month[month]["S03"].grade for month in ("2025-08", "2025-09", "2025-10", "2025-11")]
    assert grades[0] < grades[1] <= grades[2] == grades[3] == "D"  # declines in September
    tiny, large = by_month["2025-12"]["S04"], by_month["2025-12"]["NA"]
    assert tiny.raw.spread.error > 2 * large.raw.spread.error
    blocked = by_month["2026-03"]["S05"]
    assert next(line for line in blocked.lines if line.kpi == "resolution").raw < 0.2
    assert blocked.grade == "D"
    assert by_month["2025-06"]["S06"].in_force == 0.5  # from 16 June
    assert by_month["2025-06"]["S06"].rated
    assert (
        next(line for line in by_month["2025-06"]["S08"].lines if line.kpi == "price_level").status
        == "not_market_rated"
    )
    assert by_month["2026-03"].past_table()["bidder"].is_unique
