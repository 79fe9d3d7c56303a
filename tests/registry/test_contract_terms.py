"""What a contract says after a change."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from registry_shelf import stored
from supplier_eval.registry.contract_terms import amended, outstanding, term_months
from supplier_eval.registry.records.contracts import Change, Contract


def contract(**fields):
    return Contract(**{"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu", **fields})


def change(**fields):
    given = {"contract": "C1", "reason": "More", "proposed_by": "wu", "proposed_on": "2026-04-01"}
    return Change(**{"id": "V2", **given, **fields})


def test_a_change_moves_value_and_end_by_its_effects():
    before = contract(value="1000000.00", ends_on="2026-12-31", amended_by=("V1",))
    assert amended(before, change(effect_price="-50000.50", effect_term_days=31)) == {
        "amended_by": ("V1", "V2"),
        "value": Decimal("949999.50"),
        "ends_on": date(2027, 1, 31),
    }


def test_what_a_contract_does_not_say_no_change_moves():
    assert amended(contract(), change(effect_price=5)) == {"amended_by": ("V2",)}


def test_effective_changes_that_are_not_written_in_are_named_in_their_order():
    given = {"contract": "C1", "reason": "More", "proposed_by": "wu", "proposed_on": "2026-04-01", "effect_price": 5}

    def kept(key, state="effective", day="2026-05-01", **fields):
        return stored("change", state, **{**given, "id": key, "effective_on": day, **fields})

    changes = [
        kept("V1"),
        kept("V2", day="2026-05-09"),
        kept("V3"),
        kept("V4", "approved"),
        kept("V5", subject="termination"),
        kept("V6", contract="C2"),
    ]
    assert [known.id for known in outstanding(contract(amended_by=("V1",)), changes)] == ["V3", "V2"]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2028, 12, 31), 36),
        (date(2026, 1, 1), date(2028, 12, 30), 35),
        (date(2026, 1, 15), date(2026, 2, 14), 1),
        (date(2026, 1, 15), date(2026, 1, 20), 0),
        (None, date(2026, 1, 20), None),
        (date(2026, 1, 1), None, None),
    ],
)
def test_a_term_counts_whole_months_both_days_included(start, end, months):
    assert term_months(start, end) == months
