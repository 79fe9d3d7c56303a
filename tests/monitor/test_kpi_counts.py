"""Counts: accuracy, defects, milestones, complaints, satisfaction, drills; each by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2

from service_tables import OFFICE, at, kpi, measured, records, row, ticket
from supplier_eval.errors import InvalidInput
from supplier_eval.monitor.period import Period


def inspection(key: str, units: float, defective: object, on: str = "03-10", **more: object) -> dict:
    kind = more.pop("kind", "inspection")
    given = {"inspection": key, "supplier": "A", "on": f"2026-{on}", "kind": kind, "units": units}
    return given | {"defective": defective, **more}


def test_accuracy_counts_units_not_inspections_and_a_rate_of_4_in_1000_is_not_0():
    rows = records(inspections=[inspection("1", 900, 4), inspection("2", 100, 0)])
    found = row(rows, kpi("accuracy", target="0.99"))
    assert (found["n"], found["events"], found["value"], found["asked"]) == (1000, 996, 0.996, 2)
    assert 1 - found["value"] == pytest.approx(0.004)
    assert found["lower"] < 0.996 < found["upper"] and found["meets_target"]


def test_kinds_of_observation_stand_side_by_side():
    rows = records(inspections=[inspection("1", 10, 5), inspection("2", 10, 0, kind="spot_check")])
    assert row(rows, kpi("accuracy", observations=["spot_check"]))["value"] == 1.0
    assert row(rows, kpi("accuracy", observations=["inspection"]))["value"] == 0.5
    assert row(rows, kpi("accuracy"))["value"] == 0.75


def test_defects_per_unit_have_the_exact_poisson_interval():
    rows = records(inspections=[inspection("1", 200, 2, defects=3)])
    found = row(rows, kpi("defects_per_unit", target=20, per=1000))
    assert (found["events"], found["denominator"], found["value"]) == (3, 200, 15)
    assert found["lower"] == pytest.approx(1000 * chi2.ppf(0.025, 6) / 2 / 200)
    assert found["upper"] == pytest.approx(1000 * chi2.ppf(0.975, 8) / 2 / 200)


def test_a_blank_result_of_an_inspection_is_not_zero_defects():
    rows = records(inspections=[inspection("1", 10, 0, defects=0), inspection("2", 10, "", defects="")])
    for measure in ("accuracy", "defects_per_unit"):
        with pytest.raises(InvalidInput) as caught:
            row(rows, kpi(measure, target=1))
        assert [(f.code, f.rows) for f in caught.value.findings] == [("kpis.blank", (3,))]


def test_first_time_right_is_of_the_tickets_closed_in_the_period():
    tickets = [
        ticket("1", at("02-02"), at("03-02"), reopened=0),
        ticket("2", at("03-02"), at("03-03"), reopened=2),
        ticket("3", at("03-02"), "", reopened=0),
        ticket("4", at("03-02"), at("04-03"), reopened=0),
    ]
    found = row(records(tickets=tickets), kpi("first_time_right"))
    assert (found["n"], found["events"]) == (2, 1)


def milestone(key: str, due: str, done: str = "", **more: object) -> dict:
    given = {"milestone": key, "supplier": "A", "due": f"2026-{due}", "done": f"2026-{done}" if done else ""}
    return given | more


def test_milestones_are_on_time_to_the_end_of_their_day_and_overdue_ones_are_late():
    rows = records(
        milestones=[milestone("1", "03-10", "03-10"), milestone("2", "03-10", "03-11"), milestone("3", "03-31")]
    )
    found = row(rows, kpi("milestones"))
    assert (found["n"], found["events"], found["value"], found["censored"]) == (3, 1, 1 / 3, 0)


def test_a_milestone_due_today_is_not_late_yet():
    rows = records(milestones=[milestone("1", "03-20")])
    part = Period.between(OFFICE.moment("2026-03-01T00:00"), OFFICE.moment("2026-03-20T18:00"), "to 20 March")
    found = row(rows, kpi("milestones"), period=part)
    assert (found["n"], found["censored"], found["reason"]) == (0, 1, "only_open")


def test_a_milestone_called_off_leaves_by_rule_only():
    rows = records(milestones=[milestone("1", "03-10", "03-10"), milestone("2", "03-20", cancelled="2026-03-05")])
    assert row(rows, kpi("milestones"))["n"] == 2
    left = row(rows, kpi("milestones", cancelled="exclude"))
    assert (left["n"], left["excluded"]) == (1, 1)


def complaint(key: str, received: str, customer: str = "C", cause: str = "late", supplier: str = "A") -> dict:
    return {"complaint": key, "supplier": supplier, "received": received, "customer": customer, "cause": cause}


def test_a_repeat_is_the_same_customer_and_cause_within_so_many_days():
    rows = records(
        complaints=[
            complaint("1", at("01-05")),
            complaint("2", at("03-01")),  # 55 days after the first
            complaint("3", at("03-02"), cause="wrong"),
            complaint("4", at("03-02"), customer="D"),
            complaint("5", at("03-30"), customer="ｃ", cause="LATE"),
            complaint("6", at("03-30"), supplier="B"),
        ]
    )
    found = row(rows, kpi("repeat_complaints", target="0.1", repeat_days=60))
    assert (found["n"], found["events"], found["value"]) == (4, 2, 0.5)
    short = row(rows, kpi("repeat_complaints", target="0.1", repeat_days=29))
    assert (short["n"], short["events"], short["value"]) == (4, 3, 0.25)


def volume(begin: str, end: str, volume: float, supplier: str = "A") -> dict:
    return {"supplier": supplier, "begin": f"2026-{begin}", "end": f"2026-{end}", "volume": volume}


def test_complaints_are_set_against_the_volume_of_the_period_in_part_where_it_is_longer():
    rows = records(complaints=[complaint("1", at("03-05"))], volumes=[volume("01-01", "04-01", 900)])
    found = row(rows, kpi("complaints_per_volume", target=1, per=1000))
    assert found["denominator"] == pytest.approx(310) and found["value"] == pytest.approx(1000 / 310)


def test_no_complaint_in_a_known_volume_is_a_measured_zero_with_an_upper_end():
    rows = records(complaints=[complaint("1", at("01-05"))], volumes=[volume("03-01", "04-01", 1000)])
    found = row(rows, kpi("complaints_per_volume", target=1, per=1000))
    assert (found["status"], found["value"], found["lower"]) == ("measured", 0.0, 0.0)
    assert found["upper"] == pytest.approx(3.6889, abs=1e-4)


def test_complaints_without_a_volume_are_no_ratio():
    rows = records(complaints=[complaint("1", at("03-05"))], volumes=[volume("01-01", "02-01", 1000)])
    found = row(rows, kpi("complaints_per_volume", target=1))
    assert (found["status"], found["reason"]) == ("no_data", "no_exposure") and np.isnan(found["value"])


def test_complaints_can_be_set_against_tickets():
    tickets = [ticket(str(n), at(f"03-{n:02}")) for n in range(2, 12)]
    rows = records(complaints=[complaint("1", at("03-05"))], tickets=tickets)
    assert row(rows, kpi("complaints_per_volume", target=1, volume="tickets"))["value"] == 0.1


def answer(key: str, score: object, sent: str = "03-10") -> dict:
    return {"feedback": key, "supplier": "A", "sent": f"2026-{sent}", "score": score}


def test_satisfaction_says_who_was_asked_and_who_answered():
    rows = records(feedback=[answer("1", 5), answer("2", 3), answer("3", ""), answer("4", "")])
    found = row(rows, kpi("satisfaction", target=4))
    assert (found["n"], found["asked"], found["value"]) == (2, 4, 4.0)
    assert (found["lower"], found["upper"]) == (1, 5), "Student's interval, cut to the scale"
    share = row(rows, kpi("satisfaction", statistic="share", top_box=4))
    assert (share["n"], share["events"], share["value"]) == (2, 1, 0.5)
    few = row(rows, kpi("satisfaction", target=4, minimum_response_rate="0.6"))
    assert (few["status"], few["reason"]) == ("too_few", "few_answers")


def test_nobody_answered_is_not_nobody_satisfied():
    found = row(records(feedback=[answer("1", ""), answer("2", 4, "02-02")]), kpi("satisfaction", target=4))
    assert (found["status"], found["reason"], found["asked"]) == ("no_data", "no_answers", 1)


def test_a_score_outside_the_scale_is_a_finding():
    with pytest.raises(InvalidInput) as caught:
        row(records(feedback=[answer("1", 5), answer("2", 50)]), kpi("satisfaction", target=4))
    assert [(f.code, f.value, f.rows) for f in caught.value.findings] == [("kpis.score_outside", "50", (3,))]


def drill(key: str, kind: str = "drill", answered: float = 9.5, recovered: object = 11, passed: str = "yes") -> dict:
    ends = {"responded": at("03-08", answered), "recovered": at("03-08", recovered) if recovered else ""}
    return {"drill": key, "supplier": "A", "kind": kind, "began": at("03-08"), **ends, "passed": passed}


def test_emergencies_run_in_real_time_on_a_sunday_too():
    rows = records(drills=[drill("1"), drill("2", "event", 10, 14, ""), drill("3", passed="no", recovered=None)])
    recovery = row(rows, kpi("emergency_recovery", limit="4h", target="0.9"))
    assert (recovery["n"], recovery["events"]) == (3, 1)
    answered = row(rows, kpi("emergency_response", limit="45min", target="0.9"))
    assert (answered["n"], answered["events"]) == (3, 2)
    mean = row(rows, kpi("emergency_response", statistic="mean", target=1))
    assert mean["value"] == pytest.approx((0.5 + 1 + 0.5) / 3)
    passed = row(rows, kpi("drills_passed", target=1))
    assert (passed["n"], passed["events"]) == (2, 1)


def test_a_drill_without_a_result_is_a_finding():
    with pytest.raises(InvalidInput) as caught:
        row(records(drills=[drill("1"), drill("2", passed="")]), kpi("drills_passed", target=1))
    assert [(f.code, f.rows) for f in caught.value.findings] == [("kpis.blank", (3,))]


def test_days_belong_to_the_local_month():
    """A day is a day of the place: 1 April counts in April, whatever UTC says."""
    rows = records(inspections=[inspection("1", 10, 1, on="04-01"), inspection("2", 10, 0, on="03-31")])
    frame = measured(rows, kpi("accuracy"), Period.months("2026-03", "2026-04")).to_frame()
    assert frame["value"].tolist() == [1.0, 0.9]
    assert frame["period"].tolist() == ["2026-03", "2026-04"]
    assert pd.api.types.is_string_dtype(frame["period"])
