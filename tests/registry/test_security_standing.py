"""How contracts stand by the rules of security and confidentiality on a day."""

from __future__ import annotations

from datetime import date, timedelta

from registry_shelf import NOW, Shelf, stored
from supplier_eval.registry.record import Stored
from supplier_eval.registry.rules import HouseRules
from supplier_eval.registry.security_standing import SecurityGap, review_security

RULES = HouseRules.default()
DAY = date(2026, 6, 1)
CONTROLS = ("responsibility", "access-control", "authentication")


def contract(key: str = "C-1", state: str = "running", **fields: object) -> Stored:
    given = {"supplier": "S-1", "title": "Desk", "owner": "wu", "data_class": "internal", "starts_on": date(2026, 1, 1)}
    return stored("contract", state, id=key, **{**given, **fields})


def controls(*items: str, of: str = "C-1", **fields: object) -> list[Stored]:
    given = {"contract": of, "next_check": DAY, **fields}
    return [stored("control", "in_place", id=f"{of}-{item}", item=item, **given) for item in items]


def check(key: str, purpose: str, done: date | None, **fields: object) -> Stored:
    given = {"contract": "C-1", "purpose": purpose, "planned_on": DAY, "done_on": done, **fields}
    return stored("check", "planned" if done is None else "done", id=key, **given)


def checked() -> list[Stored]:
    return [check("H-1", "security", date(2026, 3, 1)), check("H-2", "confidentiality", date(2026, 1, 5))]


def gaps(*kept: Stored) -> tuple[SecurityGap, ...]:
    return review_security(Shelf(*kept), DAY, RULES).gaps


def test_a_contract_that_shows_everything_in_time_has_no_gap():
    assert gaps(contract(), *controls(*CONTROLS), *checked()) == ()


def test_what_is_due_today_is_not_late_and_what_was_due_yesterday_is():
    late = controls("authentication", next_check=DAY - timedelta(1))
    found = gaps(contract(), *controls(*CONTROLS[:2]), *late, *checked())
    assert found == (SecurityGap("contract", "C-1", "out_of_date", "authentication", date(2026, 5, 31), 1),)


def test_inspections_and_checks_of_secrecy_have_intervals_of_their_own():
    old = check("H-1", "security", date(2026, 2, 28)), check("H-2", "confidentiality", date(2025, 11, 30))
    found = gaps(contract(starts_on=date(2025, 1, 1)), *controls(*CONTROLS), *old)
    assert [(gap.problem, gap.since, gap.days) for gap in found] == [
        ("inspection", date(2026, 5, 28), 4),
        ("secrecy_check", date(2026, 5, 30), 2),
    ]


def test_without_a_check_the_interval_runs_from_the_start_and_a_planned_one_does_not_count():
    planned = check("H-1", "security", None), check("H-2", "confidentiality", None)
    found = gaps(contract(), *controls(*CONTROLS), *planned)
    assert [(gap.problem, gap.since) for gap in found] == [("inspection", date(2026, 4, 1))]
    unknown = gaps(contract(starts_on=None), *controls(*CONTROLS))
    assert unknown == ()


def test_public_contracts_and_contracts_not_in_force_ask_for_nothing():
    assert gaps(contract(data_class="public"), contract("C-2", "draft"), contract("C-3", "ended")) == ()


def test_overdue_drills_and_late_reports_stand_after_the_contracts():
    plan = {"id": "E-1", "scenario": "site lost", "version": "1", "owner": "wu", "approved_on": date(2025, 6, 1)}
    told = {"occurred_at": NOW - timedelta(hours=50), "reported_at": NOW, "reported_by": "li", "owner": "wu"}
    late = {"id": "I-1", "title": "Leak", "severity": "high", **told}
    kept = stored("emergency_plan", "in_force", **plan), stored("incident", "reported", **late)
    closed = stored("incident", "closed", **{**late, "id": "I-2"})
    found = gaps(*kept, closed)
    assert [(gap.kind, gap.id, gap.problem, gap.item) for gap in found] == [
        ("emergency_plan", "E-1", "drill", ""),
        ("incident", "I-1", "reported_late", "26"),
    ]


def test_it_says_itself_in_both_languages_and_as_a_table():
    standing = review_security(Shelf(contract()), DAY, RULES)
    assert repr(standing) == "SecurityStanding(on=2026-06-01, 1 contracts, 4 gaps)"
    lines = standing.explain().splitlines()
    assert lines[0] == "On 2026-06-01: 1 contracts in force, 4 gaps in security and confidentiality."
    assert lines[1] == "Contract C-1: nobody has seen the control “responsibility” in place."
    assert "合同 C-1：安全检查应于 2026年4月1日 前完成，已逾期 61 天。" in standing.explain("zh")
    frame = standing.to_frame()
    assert list(frame.columns) == ["kind", "id", "problem", "item", "since", "days"]
    assert list(frame["problem"]) == ["missing", "missing", "missing", "inspection"]
