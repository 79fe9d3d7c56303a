"""Openings: on record, once, before anything is opened."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry_begun import refused
from registry_procedure import Procedure


@pytest.fixture
def steps(registry, clock) -> Procedure:
    return Procedure(registry, clock)


def test_a_tender_does_not_open_without_the_record_and_an_envelope_opens_once(steps):
    steps.published()
    steps.bids(1)
    steps.close()
    with refused("tender.id.no_opening"):
        steps.move("tender", "T-1", "open")
    steps.registry.move(steps.draft_opening("all"), "sign")
    second = steps.add("opening", "O-2", tender="T-1", envelope="all")
    fields = {"opened_at": steps.clock.now, "place": "room 4", "witnesses": ("gao.yu", "he.jun"), "read_out": "again"}
    with refused("opening.envelope.opened_before"):
        steps.registry.move(second, "sign", bids=("B-1",), **fields)
    assert steps.registry.move(second, "discard", read_out="filled in twice").state == "discarded"


def test_an_opening_is_not_signed_ahead_of_its_moment(steps):
    steps.published()
    steps.bids(1)
    steps.close()
    with refused("opening.opened_at.ahead"):
        steps.registry.move(steps.draft_opening("all", opened_at=steps.clock.now + timedelta(hours=1)), "sign")
