"""Authority by person, act, amount, currency and day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from registry_shelf import Shelf, objections, situation, stored
from supplier_eval.registry.guards.authority import authorities, covers, last_day
from supplier_eval.registry.guards.signing import SIGNATORY
from supplier_eval.registry.records.contracts import Contract

GIVEN = {
    "id": "A1",
    "person": "chen",
    "act": "sign_contract",
    "up_to": "1000000",
    "valid_from": "2026-01-01",
    "valid_until": "2026-12-31",
    "granted_by": "board",
}
HELD = stored("authority", "granted", **GIVEN)
REVOKED = stored("authority", "revoked", **GIVEN, revoked_on="2026-05-10", reason="New post")


@pytest.mark.parametrize(
    ("amount", "currency", "day", "enough"),
    [
        ("1000000.00", "CNY", date(2026, 6, 1), True),
        ("1000000.01", "CNY", date(2026, 6, 1), False),
        ("10", "USD", date(2026, 6, 1), False),
        ("10", "CNY", date(2025, 12, 31), False),
        ("10", "CNY", date(2026, 1, 1), True),
        ("10", "CNY", date(2026, 12, 31), True),
        ("10", "CNY", date(2027, 1, 1), False),
        ("-1000000.01", "CNY", date(2026, 6, 1), False),
    ],
)
def test_an_authority_reaches_an_amount_in_its_currency_on_its_days(amount, currency, day, enough):
    assert covers(HELD, Decimal(amount), currency, day) is enough


def test_a_revocation_cuts_it_short_and_leaves_what_was_signed_before():
    assert last_day(REVOKED) == date(2026, 5, 9)
    assert covers(REVOKED, Decimal(10), "CNY", date(2026, 5, 9))
    assert not covers(REVOKED, Decimal(10), "CNY", date(2026, 5, 10))


def test_an_authority_for_one_act_is_none_for_another():
    assert authorities(Shelf(HELD), "chen", "sign_contract") == (HELD,)
    assert authorities(Shelf(HELD), "chen", "approve_change") == ()


def contract(**fields):
    return Contract(id="C1", supplier="S1", title="Desk", owner="wu", **fields)


def test_who_signs_without_authority_is_refused_and_told_what_is_on_record():
    asked = situation(contract(value="1000000.01", signed_by="chen", signed_on="2026-06-01"), HELD)
    assert objections(SIGNATORY, asked) == [("contract.signed_by.no_authority", "signed_by")]
    (finding,) = SIGNATORY.check(asked)
    assert "≤ 1000000 CNY, 2026-01-01 – 2026-12-31" in finding.message
    nobody = situation(contract(value="1", signed_by="wu", signed_on="2026-06-01"), HELD)
    assert objections(SIGNATORY, nobody) == [("contract.signed_by.no_authority", "signed_by")]


def test_who_has_it_may_sign():
    assert not objections(SIGNATORY, situation(contract(value=5, signed_by="chen", signed_on="2026-06-01"), HELD))
