"""Rank reversal: what bids that cannot win do to who wins."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

import supplier_eval as se
from strategies import flat, make_tender, offers, policy_mapping
from supplier_eval.policy import Policy
from supplier_eval.robustness.reversal import rank_reversal

SAMPLES = Path(__file__).parents[2] / "data" / "samples"


def policy(formula: str = "lowest_over_price", parameters: dict[str, object] | None = None, **rules: object) -> Policy:
    mapping = policy_mapping(**rules)
    mapping["criteria"][-1]["price"] = {"formula": formula, "parameters": parameters or {}}
    return Policy.from_mapping(mapping)


# L quotes far below and is poor: with it price points shrink, and quality decides between A and B
MADE = [flat("A", 90, "100"), flat("B", 78, "80"), flat("L", 0, "30")]


def test_a_losing_bid_that_decides_is_named_with_the_winner_it_keeps_away():
    found = rank_reversal(make_tender(MADE, policy()))
    assert found.winners == ("A",)
    removed = next(e for e in found.events if e.change == "removed" and e.bid == "L")
    assert removed.reversal and removed.winners == ("B",)
    assert se.evaluate(make_tender(MADE[:2], policy())).ranking.winners == ("B",)
    assert "Without the losing bid L the winner would be B." in found.explain()
    assert "若没有落选投标 L" in found.explain("zh")
    assert 0 <= found.probability <= 1 and found.error > 0


def test_a_fixed_scale_cannot_be_reversed():
    """The share of the ceiling looks at no other bid: nothing that is added or removed matters."""
    tender = make_tender(MADE, policy("share_of_ceiling"), ceiling=Decimal(150))
    found = rank_reversal(tender, draws=256)
    assert found.reversals == ()
    assert found.probability == 0 and found.error == pytest.approx(1 / found.irrelevant)
    assert "No irrelevant bid decides" in found.explain()


@settings(max_examples=20, deadline=None)
@given(offers(fewest=2))
def test_a_removed_bid_is_a_tender_without_it(made):
    found = rank_reversal(make_tender(made, policy()), draws=1)
    for event in found.events:
        if event.change == "removed":
            ranking = se.evaluate(make_tender([o for o in made if o.bid != event.bid], policy())).ranking
            assert event.winners == ranking.winners
            assert event.reversal == (ranking.winners != found.winners)
        if event.change == "cloned":
            twin = next(o for o in made if o.bid == event.bid)
            ranking = se.evaluate(make_tender([*made, replace(twin, bid="Z")], policy())).ranking
            order = [bid for bid in ranking.order if bid != "Z"]
            best = ranking.rank_of(order[0])
            assert event.winners == tuple(bid for bid in order if ranking.rank_of(bid) == best)


def test_a_floor_keeps_the_nonsense_bid_from_deciding():
    made = MADE[:2]
    open_to_all = rank_reversal(make_tender(made, policy()))
    floored = rank_reversal(make_tender(made, policy(floors=[{"criterion": "quality", "minimum": 50}])))
    nonsense = [next(e for e in found.events if e.change == "nonsense") for found in (open_to_all, floored)]
    assert nonsense[0].reversal and nonsense[0].winners == ("A",)
    assert not nonsense[1].reversal
    assert "half the lowest price" in open_to_all.explain()


def test_the_share_of_random_reversals_agrees_between_seeds_and_repeats_with_one():
    """The mean moves with every bid; two seeds agree within their errors."""
    tender = make_tender(MADE, policy("mean_ratio"))
    found = rank_reversal(tender, draws=64, seed=3)
    again = rank_reversal(tender, draws=64, seed=3)
    other = rank_reversal(tender, draws=4096, seed=4)
    assert found.probability == again.probability
    assert abs(found.probability - other.probability) < 5 * np.hypot(found.error, other.error)


def test_one_bid_alone_and_identical_bids():
    alone = rank_reversal(make_tender([flat("A", 50, "10")], policy()), draws=16)
    assert not alone.reversals
    twins = rank_reversal(make_tender([flat("A", 50, "10"), flat("B", 50, "10")], policy()), draws=16)
    assert twins.winners == ("A", "B")
    assert not [e for e in twins.events if e.change in {"removed", "cloned"} and e.reversal]


@pytest.mark.parametrize("sample", ["museum-services", "service-desk"])
def test_the_samples_are_answered_lot_by_lot(sample):
    tender = se.read_tender(SAMPLES / sample)
    for lot in tender.lots:
        found = rank_reversal(tender, lot, draws=64)
        frame = found.to_frame()
        assert list(frame.columns) == ["change", "bid", "relevant", "winners", "reversal", "order_changed"]
        assert {"dominated", "nonsense"} <= set(frame["change"])
        assert np.isfinite([found.probability, found.error]).all()
        assert len(repr(found).splitlines()) == 1


def test_no_draws_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        rank_reversal(make_tender(MADE, policy()), draws=0)
