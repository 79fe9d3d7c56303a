"""One answer to "may this party see this class of information on this day?" (§8.2.2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from registry_shelf import Shelf
from supplier_eval.registry.guards.agreements import needs_agreement, valid_agreement
from supplier_eval.registry.record import Stored
from supplier_eval.registry.records.confidentiality import Agreement
from supplier_eval.registry.rules import HouseRules

RULES = HouseRules.default()
DAY = date(2026, 6, 1)


def agreement(key: str = "A-1", state: str = "signed", **changes: object) -> Stored:
    given = {
        "id": key,
        "party_kind": "evaluator",
        "party": "wang",
        "data_class": "important",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
    }
    record = Agreement(**{**given, **changes})
    return Stored(record, state, 1, datetime(2026, 1, 1, tzinfo=UTC), "li")


def asked(*kept: Stored, kind: str = "evaluator", party: str = "wang", data_class: str = "important", day: date = DAY):
    return valid_agreement(Shelf(*kept), kind, party, data_class, day, RULES)


def test_a_signed_agreement_covers_its_class_and_every_lower_one():
    kept = agreement()
    assert asked(kept) is kept
    assert asked(kept, data_class="internal") is kept
    assert asked(kept, data_class="core") is None


@pytest.mark.parametrize("state", ["draft", "ended", "withdrawn"])
def test_only_a_signed_one_counts(state):
    assert asked(agreement(state=state)) is None


def test_both_ends_of_its_period_belong_to_it():
    kept = agreement()
    for day in (kept.valid_from, kept.valid_until):
        assert asked(kept, day=day) is kept
    assert asked(kept, day=kept.valid_from - timedelta(days=1)) is None
    assert asked(kept, day=kept.valid_until + timedelta(days=1)) is None


def test_one_without_a_period_covers_nothing():
    assert asked(agreement(valid_until=None)) is None
    assert asked(agreement(valid_from=None)) is None


def test_the_party_is_asked_by_kind_and_id():
    kept = agreement()
    assert asked(kept, kind="employee") is None
    assert asked(kept, party="wang2") is None


def test_the_same_party_is_found_under_another_spelling():
    assert asked(agreement(party="Wang"), party="wang") is not None
    expired = agreement("A-2", valid_until=date(2026, 2, 1))
    assert asked(expired, agreement("A-3", party="WANG")).id == "A-3"


def test_an_unknown_class_neither_covers_nor_is_covered():
    assert asked(agreement(data_class="cosmic"), data_class="internal") is None
    assert asked(agreement(data_class="core"), data_class="cosmic") is None


def test_of_several_the_one_that_runs_longest_is_named():
    longer = agreement("A-2", valid_until=date(2027, 12, 31))
    assert asked(agreement(), longer, agreement("A-3")) is longer


def test_every_class_above_public_asks_for_one():
    assert not needs_agreement("public", RULES)
    assert needs_agreement("internal", RULES)
    assert needs_agreement("cosmic", RULES)
