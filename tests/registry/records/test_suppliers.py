"""Kinds about suppliers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.suppliers import KINDS, ImprovementPlan, ScorecardRecord, Supplier


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_each_kind_cites_its_clause_and_has_a_name_in_both_languages(kind):
    assert all(clause.startswith("§") for clause in kind.clauses)
    assert kind.words.en != kind.words.zh != ""


def test_everything_about_a_supplier_refers_to_it():
    assert all(references(kind).get("supplier") == "supplier" for kind in KINDS if kind is not Supplier)


def test_a_supplier_has_a_name():
    with pytest.raises(ValidationError, match="name"):
        Supplier(id="S1", name="")


def test_a_score_stays_between_0_and_100():
    given = {"id": "C1", "supplier": "S1", "period": "2026-Q1", "period_from": "2026-01-01", "period_to": "2026-04-01"}
    assert ScorecardRecord(**given, score=Decimal("87.5")).score == Decimal("87.5")
    with pytest.raises(ValidationError, match="score"):
        ScorecardRecord(**given, score=Decimal("100.01"))


def test_an_improvement_plan_falls_due_until_its_evidence_is_there():
    assert due_fields(ImprovementPlan)["due"].done == "evidence_figure"
    plan = ImprovementPlan(
        id="P1",
        supplier="S1",
        measure="K1",
        owner="wang",
        agreed_on="2026-04-10",
        baseline_until="2026-04-01",
        baseline="91.5",
        target="95",
        due="2026-07-15",
    )
    assert (plan.due, plan.baseline) == (date(2026, 7, 15), Decimal("91.5"))
