"""Lots without letters are named with the reason; an award in the registry goes before the evaluation's order."""

from __future__ import annotations

import dataclasses

import pytest

from report.made_files import desk_record, sample
from supplier_eval.errors import SupplierEvalError
from supplier_eval.report.documents import write_debriefs
from supplier_eval.report.letter_lots import after_awards, held_back, losers, to_be_told
from supplier_eval.report.letters import compose


def awards(*told, **tender):
    """The sample record with these awards of lot L3: bid, state."""
    record = desk_record()
    pattern = record.of("award")[0]
    made = tuple(
        dataclasses.replace(
            pattern,
            state=state,
            record=pattern.record.model_copy(update={"id": f"W-{n}", "lot": "L3", "bid": bid, "approved_on": approved}),
        )
        for n, (bid, state, approved) in enumerate(told)
    )
    told_of = dataclasses.replace(record.tender, **{key: tender[key] for key in ("state",) if key in tender})
    if "failed_lots" in tender:
        told_of = dataclasses.replace(told_of, record=told_of.record.model_copy(update=tender))
    return dataclasses.replace(record, tender=told_of, parts={**record.parts, "award": made})


ON = desk_record().of("award")[0].approved_on


def test_without_awards_the_record_changes_no_letter():
    desk = sample("service-desk")
    assert to_be_told(desk, "en", awards()) == to_be_told(desk, "en")
    assert held_back(desk, "en", awards()) == {}


def test_whoever_was_awarded_after_a_withdrawal_is_not_told_that_it_was_not_chosen(tmp_path):
    desk = sample("service-desk")
    record = awards(("TY-3", "withdrawn", ON), ("LM-3", "notified", ON))
    settled = after_awards(desk, record)
    assert settled.lots["L3"].ranking.winners == ("LM-3",)
    assert settled.lots["L1"].ranking.winners == desk.lots["L1"].ranking.winners
    assert losers(settled.lots["L3"]) == ("BT-3", "HZ-3", "YX-3")
    assert dict(compose(settled, "YX-3", "en").winner)["Bidder"].startswith("鹿鸣川")
    written = {path.name.split("_")[1] for path in write_debriefs(desk, tmp_path, record=record)}
    assert {"YX-3", "BT-3"} <= written
    assert not {"LM-3", "TY-3"} & written


def test_while_a_withdrawn_award_has_no_follower_the_lot_has_no_letters():
    desk = sample("service-desk")
    record = awards(("TY-3", "withdrawn", ON), ("LM-3", "proposed", None))
    assert list(held_back(desk, "en", record)) == ["L3"]
    assert "was withdrawn" in held_back(desk, "en", record)["L3"]
    assert not {bid for bid in to_be_told(desk, "en", record) if bid.endswith("-3")}


def test_an_award_that_was_never_approved_decides_nothing():
    desk = sample("service-desk")
    assert to_be_told(desk, "en", awards(("TY-3", "withdrawn", None))) == to_be_told(desk, "en")


def test_an_award_to_a_bid_without_a_rank_holds_the_letters_back():
    held = held_back(sample("service-desk"), "en", awards(("HZ-3", "approved", ON)))
    assert "bid HZ-3, which has no rank here" in held["L3"]


@pytest.mark.parametrize("ended", [{"state": "cancelled"}, {"state": "failed"}, {"failed_lots": ("L3",)}])
def test_where_the_registry_knows_no_award_nobody_is_told_of_a_winner(ended):
    desk = sample("service-desk")
    held = held_back(desk, "en", awards(**ended))
    assert list(held) == (["L3"] if "failed_lots" in ended else ["L1", "L2", "L3"])
    if "state" in ended:
        with pytest.raises(SupplierEvalError, match="ended without an award"):
            to_be_told(desk, "en", awards(**ended))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_tie_says_how_its_draw_is_recorded(tied, lang):
    (why,) = held_back(tied, lang).values()
    assert all(word in why for word in ("rulings.csv", "draw", "note", "B1", "B2"))
    assert "B3" not in why
