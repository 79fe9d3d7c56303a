"""A record begins without the answers of later steps."""

from __future__ import annotations

import pytest

from registry_shelf import situation
from supplier_eval.registry.catalogue import life_cycles
from supplier_eval.registry.guards.beginnings import LATER, begins_without_answers
from supplier_eval.registry.records.contracts import Contract
from supplier_eval.registry.records.settlement import Settlement


@pytest.mark.parametrize("kind", LATER)
def test_what_is_left_empty_is_what_only_events_give(kind):
    cycle = life_cycles()[kind]
    begin = cycle.moves[0]
    given = {name for move in cycle.moves[1:] for name in (*move.needs, *move.may)}
    assert set(LATER[kind][1]) <= given - set(cycle.editable.get(begin.target, ()))
    assert begins_without_answers(kind) in begin.guards


def test_a_contract_does_not_begin_reviewed_or_signed():
    given = {"id": "C1", "supplier": "S1", "title": "Desk", "owner": "wu"}
    asked = situation(Contract(**given, reviewed_by="lin", signed_by="chen"))
    found = list(begins_without_answers("contract").check(asked))
    assert [(finding.code, finding.column) for finding in found] == [
        ("contract.step.later", "reviewed_by"),
        ("contract.step.later", "signed_by"),
    ]
    assert found[0].message == "`reviewed_by` says “lin” already; it is given by a later step."
    assert not list(begins_without_answers("contract").check(situation(Contract(**given))))


def test_a_settlement_does_not_begin_paid():
    given = {"contract": "C1", "period_from": "2026-04-01", "period_to": "2026-05-01", "prepared_by": "ming"}
    paid = Settlement(id="B1", **given, gross=1, credits=0, net=1, paid_on="2026-05-02")
    assert [finding.column for finding in begins_without_answers("settlement").check(situation(paid))] == ["paid_on"]
