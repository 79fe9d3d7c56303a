"""Kinds about contracts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from supplier_eval.registry.record import references
from supplier_eval.registry.records.contracts import KINDS, Authority, Change, Contract, Milestone, Rate


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.kind)
def test_each_kind_cites_its_clause_and_has_a_name_in_both_languages(kind):
    assert all(clause.startswith("§") for clause in kind.clauses)
    assert kind.words.en != kind.words.zh != ""


def test_a_contract_refers_to_the_award_that_it_follows():
    assert references(Contract) == {"award": "award", "supplier": "supplier", "tender": "tender"}


def test_a_rate_keeps_more_decimals_than_money_and_is_never_negative():
    assert Rate(id="R1", contract="C1", item="Ticket", unit_price="12.3456").unit_price == Decimal("12.3456")
    with pytest.raises(ValidationError, match="unit_price"):
        Rate(id="R1", contract="C1", item="Ticket", unit_price="-1")


def test_an_authority_is_given_for_an_act_that_is_known():
    with pytest.raises(ValidationError, match="act"):
        Authority(
            id="A1",
            person="li",
            act="anything",
            up_to=1,
            valid_from="2026-01-01",
            valid_until="2026-12-31",
            granted_by="chen",
        )


def test_a_change_says_its_effect_on_the_price_even_where_there_is_none():
    given = {"id": "V1", "contract": "C1", "reason": "More", "proposed_by": "wang", "proposed_on": "2026-05-01"}
    with pytest.raises(ValidationError, match="effect_price"):
        Change(**given)
    assert Change(**given, effect_price="-10.50").effect_price == Decimal("-10.50")


def test_a_milestone_of_no_quantity_leaves_it_out():
    with pytest.raises(ValidationError, match="quantity"):
        Milestone(id="M1", contract="C1", title="Handover", due_on="2026-05-01", quantity=0)
