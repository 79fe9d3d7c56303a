"""Tables are copies; the result says what it is."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

from integrity.made_markets import ring_in_turn
from supplier_eval.errors import UnknownName
from supplier_eval.integrity.market_result import KINDS
from supplier_eval.integrity.market_screening import screen_market


@pytest.fixture(scope="module")
def found():
    return screen_market(ring_in_turn(12))


def test_there_is_every_table_and_each_is_a_copy(found):
    assert set(found.tables) == set(KINDS)
    for kind in KINDS:
        frame = found.to_frame(kind)
        frame["more"] = 1
        assert "more" not in found.to_frame(kind).columns
    with pytest.raises(UnknownName, match="Did you mean 'pairs'"):
        found.to_frame("pair")


def test_it_is_frozen_short_and_exploratory(found):
    assert repr(found).startswith("MarketScreens(12 tenders, 5 bidders;")
    assert found.standing == "exploratory"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.flags = ()


def test_flags_travel_between_processes(found):
    assert pickle.loads(pickle.dumps(found.flags)) == found.flags
