"""Needs and marks read from a store, marks brought into it, the report filed by its digest."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from planning_tables import marks_table, places, plan
from registry_procedure import Procedure
from supplier_eval.errors import InvalidInput, Refused, UnknownName
from supplier_eval.planning import assess_needs, assess_registry, file_report, mark_records, registry_needs
from supplier_eval.registry.store import Registry

DESK = {"an": (5, 4, 4, 2), "bo": (4, 4, 5, 3), "cy": (3, 2, 4, 2)}
PAGE = "<!DOCTYPE html><title>需求分析报告</title>".encode()


class Standing:
    """A clock that stands still."""

    now = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def steps(tmp_path):
    clock = Standing()
    with Registry.create(tmp_path / "store.registry", actor="tester", clock=clock) as registry:
        yield Procedure(registry, clock)


def test_marks_go_into_the_store_and_come_out_the_same(steps):
    steps.need("N-1")
    steps.need("N-2", title="Print room", scope="")
    marks = marks_table(**{"N-1": DESK})
    assert steps.registry.add_many(mark_records(marks, plan())) == 12
    needs, read = registry_needs(steps.registry)
    assert needs["need"].tolist() == ["N-1", "N-2"]
    assert needs["quality"].tolist() == ["80 % at once"] * 2 and needs["scope"].isna().tolist() == [False, True]
    assert sorted(read["mark"]) == sorted(map(Decimal, map(str, map(int, marks["mark"]))))
    assert set(read["dimension"]) == {"necessity", "feasibility"}
    found = assess_registry(steps.registry, plan())
    same = assess_needs(needs, marks, plan())
    assert found.to_frame().equals(same.to_frame())
    assert found.need("N-1").texts["next_review"] == str(steps.registry.get("need", "N-1").next_review)


def test_withdrawn_marks_and_closed_needs_do_not_count(steps):
    steps.need("N-1")
    steps.need("N-2")
    steps.registry.add_many(mark_records(marks_table(**{"N-1": DESK}), plan()))
    for name in ("gap", "urgency", "market", "data"):
        steps.move("assessment", f"N-1-cy-{name}", "withdraw", comment="not competent")
    steps.move("need", "N-2", "close", closing_reason="no longer wanted")
    found = assess_registry(steps.registry, plan())
    assert [one.need for one in found.needs] == ["N-1"]
    assert sorted(found.need("N-1").by_person) == ["an", "bo"]
    assert registry_needs(steps.registry, needs=["n-2"])[0]["need"].tolist() == ["N-2"]
    with pytest.raises(UnknownName):
        registry_needs(steps.registry, needs=["N-9"])


def test_a_mark_for_another_dimension_or_criterion_is_found_by_its_record(steps):
    steps.need("N-1")
    steps.assess()  # criterion "overall", which the plan does not have
    steps.add("assessment", "M-1", need="N-1", person="an", dimension="feasibility", criterion="gap", mark=4)
    with pytest.raises(InvalidInput) as refused:
        assess_registry(steps.registry, plan())
    codes = [one.code for one in refused.value.findings]
    assert codes.count("planning.other_dimension") == 1 and codes.count("planning.criterion_unknown") == 6
    assert "M-1" in str(refused.value)


def test_marks_that_no_record_can_hold_are_refused_at_once(steps):
    marks = marks_table(**{"N-1": DESK})
    marks.loc[0, "criterion"] = "weather"
    marks.loc[1, "mark"] = 101.0
    marks.loc[2, "person"] = "x" * 130
    with pytest.raises(InvalidInput) as refused:
        mark_records(marks, plan())
    found = places(refused)
    assert ("planning.criterion_unknown", "need_marks", "criterion", (2,)) in found
    assert {column for _, table, column, _ in found if table == "assessment"} == {"mark", "person"}


def test_a_long_mark_gets_the_digest_as_its_id():
    marks = marks_table(**{"需" * 60: {"人" * 60: (1, 1, 1, 1)}})
    records = mark_records(marks, plan())
    assert len({one.id for one in records}) == 4
    assert all(one.id.startswith("mark-") and len(one.id) <= 120 for one in records)


def test_the_report_is_kept_and_its_digest_stands_in_need_and_decision(steps):
    steps.need("N-1")
    steps.registry.add_many(mark_records(marks_table(**{"N-1": DESK}), plan()))
    steps.draft_decision(report=None)
    digest = file_report(steps.registry, "n-1", PAGE)
    assert digest == "sha256:" + hashlib.sha256(PAGE).hexdigest()
    assert steps.registry.content(digest) == PAGE
    need = steps.get("need", "N-1")
    assert (need.state, need.report) == ("analysed", digest)
    assert steps.get("decision", "D-1").report == digest
    assert steps.submit().state == "submitted"
    assert file_report(steps.registry, "N-1", PAGE) == digest  # again: nothing happens


def test_another_report_asks_for_another_analysis(steps):
    steps.need("N-1")
    steps.registry.add_many(mark_records(marks_table(**{"N-1": DESK}), plan()))
    file_report(steps.registry, "N-1", PAGE)
    with pytest.raises(InvalidInput) as refused:
        file_report(steps.registry, "N-1", PAGE + b"<p>changed</p>")
    assert places(refused) == {("planning.report_stands", "need", "report", ())}


def test_a_report_on_marks_of_too_few_people_is_refused_by_the_store(steps):
    steps.need("N-1")
    with pytest.raises(Refused) as refused:
        file_report(steps.registry, "N-1", PAGE)
    assert {one.code for one in refused.value.findings} == {"need.report.too_few_assessors"}
    assert steps.get("need", "N-1").state == "listed"
