"""What is missing or overdue in the security of contracts (§7)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from registry_shelf import NOW, Shelf, stored
from supplier_eval.registry.guards.security_gaps import (
    ControlGap,
    TeamCoverage,
    control_gaps,
    drill_due,
    lessons_due,
    overdue_drills,
    reported_late,
    training_coverage,
)
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules

RULES = HouseRules.default()
DAY = date(2026, 6, 1)


def control(item: str, state: str = "in_place", key: str = "", **fields: object) -> Stored:
    given = {"id": key or f"K-{item}", "contract": "C-1", "item": item, "next_check": date(2026, 9, 1)}
    return stored("control", state, **{**given, **fields})


def gaps(*kept: Stored, data_class: str = "internal") -> tuple[ControlGap, ...]:
    return control_gaps(Shelf(*kept), "C-1", data_class, DAY, RULES)


def test_a_class_asks_for_its_controls_in_the_order_of_the_rules():
    assert [gap.item for gap in gaps()] == ["responsibility", "access-control", "authentication"]
    assert gaps(data_class="public") == ()


def test_what_is_in_place_is_no_gap_and_what_failed_says_so():
    found = gaps(control("responsibility"), control("access-control", "failed"), control("authentication", "required"))
    assert found == (ControlGap("access-control", "failed"), ControlGap("authentication", "missing"))


def test_a_check_that_is_past_makes_it_out_of_date_one_that_is_due_today_does_not():
    late, today = control("responsibility", next_check=DAY - timedelta(1)), control("access-control", next_check=DAY)
    found = gaps(late, today, control("authentication"))
    assert found == (ControlGap("responsibility", "out_of_date", DAY - timedelta(1)),)


def test_the_best_record_of_an_item_counts_and_another_contract_does_not():
    both = (control("responsibility", key="K-1", next_check=date(2026, 1, 1)), control("responsibility", key="K-2"))
    found = gaps(*both, control("access-control", contract="C-2"), control("authentication", "retired"))
    assert [(gap.item, gap.problem) for gap in found] == [("access-control", "missing"), ("authentication", "missing")]


def test_a_class_that_the_rules_do_not_know_asks_for_every_control():
    assert [gap.item for gap in gaps(data_class="cosmic")] == [item.id for item in RULES.security.controls]


def plan(key: str, approved: date, state: str = "in_force") -> Stored:
    given = {"id": key, "scenario": "site lost", "version": "1", "owner": "wu"}
    return stored("emergency_plan", state, approved_on=approved, **given)


def drill(key: str, of: str, held: date | None) -> Stored:
    return stored("drill", "held", id=key, emergency_plan=of, planned_on=date(2026, 1, 1), held_on=held)


def test_a_drill_is_due_so_many_months_after_the_last_one():
    kept = plan("E-1", date(2025, 6, 1))
    assert drill_due(Shelf(kept), kept, RULES) == date(2025, 12, 1)
    held = Shelf(kept, drill("D-1", "E-1", date(2026, 3, 15)), drill("D-2", "E-1", None), drill("D-3", "E-2", DAY))
    assert drill_due(held, kept, RULES) == date(2026, 9, 15)


def test_overdue_plans_come_with_the_day_longest_overdue_first():
    older, newer = plan("E-2", date(2025, 1, 1)), plan("E-1", date(2025, 10, 1))
    on_the_day, draft = plan("E-3", date(2025, 12, 1)), plan("E-4", date(2025, 1, 1), "draft")
    found = overdue_drills(Shelf(newer, older, on_the_day, draft), DAY, RULES)
    assert found == ((older, date(2025, 7, 1)), (newer, date(2026, 4, 1)))


def test_an_incident_says_by_how_much_it_was_reported_late():
    given = {"id": "I-1", "title": "Leak", "severity": "high", "occurred_at": NOW, "reported_by": "li", "owner": "wu"}
    in_time = stored("incident", "reported", reported_at=NOW + timedelta(hours=24), **given)
    late = stored("incident", "reported", reported_at=NOW + timedelta(hours=25), **given)
    assert reported_late(in_time, RULES) == timedelta()
    assert reported_late(late, RULES) == timedelta(hours=1)
    assert lessons_due(NOW, RULES) == date(2026, 7, 1)


def training(key: str, state: str, team: str, day: date, due: int = 10, present: int = 0, **fields: object) -> Stored:
    held = {"held_on": day, "people_present": present} if state == "held" else {}
    given = {"id": key, "audience": "employee", "topic": "Phishing", "team": team, "planned_on": day, "people_due": due}
    return stored("training", state, **{**given, **held, **fields})


def test_coverage_is_counted_by_team_over_the_trainings_of_the_time():
    kept = Shelf(
        training("T-1", "held", "desk", DAY, 10, 7),
        training("T-2", "held", "desk", DAY + timedelta(30), 5, 5),
        training("T-3", "planned", "night", DAY),
        training("T-4", "held", "desk", DAY - timedelta(1), 10, 10),
        training("T-5", "held", "desk", DAY, 10, 10, audience="supplier"),
        training("T-6", "cancelled", "night", DAY),
    )
    found = training_coverage(kept, DAY, DAY + timedelta(30))
    assert found == (TeamCoverage("desk", 15, 12, 0), TeamCoverage("night", 0, 0, 1))
    assert [team.share for team in found] == [Fraction(4, 5), None]
