"""Tables are copies; the result says what it is."""

from __future__ import annotations

import dataclasses
import pickle
import re
from pathlib import Path

import pytest

from integrity.made_markets import ring_in_turn
from supplier_eval.errors import UnknownName
from supplier_eval.integrity.market_result import KINDS
from supplier_eval.integrity.market_screening import screen_market
from supplier_eval.integrity.market_settings import MarketSettings


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
    with pytest.raises(UnknownName):
        found.to_frame(["pairs"])


def test_it_is_frozen_short_and_exploratory(found):
    assert repr(found).startswith("MarketScreens(12 tenders, 5 bidders;")
    assert found.standing == "exploratory"
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.flags = ()


def test_flags_travel_between_processes(found):
    assert pickle.loads(pickle.dumps(found.flags)) == found.flags


def test_the_guide_names_every_column_and_setting(found):
    guide = (Path(__file__).parents[2] / "docs" / "screens-market.md").read_text(encoding="utf-8")
    said = set(re.findall(r"[a-z_0-9]+", guide))
    for kind in KINDS:
        columns = {c for c in found.to_frame(kind).columns if not c.startswith(("p_", "q_")) and "_of_" not in c}
        assert columns <= said | {"bidder", "tender", "buyer", "p_dominance"}, kind
    assert {field.name for field in dataclasses.fields(MarketSettings)} <= said
