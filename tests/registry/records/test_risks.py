"""Kinds of chapter 6 declare what falls due, and refuse what is no figure of a risk."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from registry_shelf import NOW
from supplier_eval.registry.record import due_fields, references
from supplier_eval.registry.records.risks import CATEGORIES, Risk, RiskResponse, RiskWarning

RISK = {"id": "R-1", "category": "legal", "title": "New law", "owner": "wu"}


def test_reviews_tests_expiries_and_answers_fall_due():
    assert {name: due.what for name, due in due_fields(Risk).items()} == {"next_review": "review"}
    assert {n: d.what for n, d in due_fields(RiskResponse).items()} == {"test_due": "test", "expires_on": "expiry"}
    assert due_fields(RiskWarning)["due"].done == "acknowledged_on"


def test_a_response_belongs_to_a_risk_and_a_risk_may_belong_to_supplier_and_contract():
    assert references(RiskResponse) == {"risk": "risk"}
    assert references(Risk) == {"supplier": "supplier", "contract": "contract"}


@pytest.mark.parametrize("fields", [{"likelihood": -1}, {"impact_low": -1}, {"title": ""}, {"knowledge": "some"}])
def test_what_is_no_figure_of_a_risk_is_refused(fields):
    with pytest.raises(ValidationError):
        Risk(**{**RISK, **fields})


def test_a_company_may_add_categories_to_those_of_the_policy():
    assert CATEGORIES == ("market", "credit", "technical", "quality", "legal")
    assert Risk(**{**RISK, "category": "climate"}).category == "climate"


def test_a_warning_has_one_of_three_levels():
    given = {"id": "W-1", "indicator": "late", "raised_at": NOW, "owner": "wu", "due": NOW.date()}
    with pytest.raises(ValidationError):
        RiskWarning(level="green", **given)
