"""Kinds about settlement."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from supplier_eval.registry.record import due_fields
from supplier_eval.registry.records.settlement import KINDS, Settlement

GIVEN = {"id": "B1", "contract": "C1", "period_from": "2026-01-01", "period_to": "2026-02-01", "prepared_by": "zhao"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_each_kind_cites_its_clause_and_has_a_name_in_both_languages(kind):
    assert all(clause.startswith("§4.3") for clause in kind.clauses)
    assert kind.words.en != kind.words.zh != ""


def test_money_is_kept_to_the_hundredth_and_finer_amounts_are_refused():
    with pytest.raises(ValidationError, match="gross"):
        Settlement(**GIVEN, gross="100.001", credits=0, net="100.001")


def test_an_amount_is_never_negative():
    with pytest.raises(ValidationError, match="net"):
        Settlement(**GIVEN, gross=10, credits=20, net=-10)


def test_a_payment_is_due_until_the_day_it_was_paid():
    assert due_fields(Settlement)["due_on"].done == "paid_on"
