"""Bids of a release, and the tables that follow from them."""

from __future__ import annotations

import pytest

from intake.made_releases import node, release, small
from supplier_eval.intake.ocds_bids import bid_table, price_table, read_bids, requirement_table, ruling_table


def read(document):
    top = node(document)
    return read_bids(top), [f.code for f in top.found.findings()]


def scales(*given):
    """A joint bid of parties of these scales."""
    parties = [{"id": str(i), "name": f"P{i}"} | ({"details": {"scale": s}} if s else {}) for i, s in enumerate(given)]
    tenderers = [{"id": str(i)} for i in range(len(given))]
    (bid, _), codes = read(small(tenderers=tenderers) | {"parties": parties})
    return bid.small, codes


def test_a_bid_takes_its_name_from_the_parties_where_the_reference_has_none():
    bids, codes = read(release())
    assert [bid.name for bid in bids[:2]] == ["Alpha Payroll", "Beta Services"]
    assert codes == []


def test_a_joint_bid_joins_its_tenderers_in_the_order_of_their_ids():
    forward, _ = read(small(tenderers=[{"id": "S1", "name": "A"}, {"id": "S9", "name": "B"}]))
    backward, _ = read(small(tenderers=[{"id": "S9", "name": "B"}, {"id": "S1", "name": "A"}]))
    assert (forward[0].bidder, forward[0].name) == (backward[0].bidder, backward[0].name) == ("S1+S9", "A + B")


def test_a_joint_bid_with_a_nameless_member_has_no_name():
    bids, _ = read(small(tenderers=[{"id": "S1", "name": "A"}, {"id": "S9"}]))
    assert bids[0].name == ""


@pytest.mark.parametrize(
    ("given", "small_business"),
    [(["sme"], "yes"), (["micro", "SME"], "yes"), (["sme", "large"], "no"), (["sme", ""], ""), ([""], ""), ([], "")],
)
def test_a_bid_is_a_small_business_where_every_member_is(given, small_business):
    assert scales(*given) == (small_business, [])


def test_an_unknown_scale_is_a_finding_and_nobody_guesses():
    assert scales("tiny") == ("", ["ocds.parties.scale_unknown"])


def test_a_party_that_stands_twice_is_a_finding():
    twice = [{"id": "S1", "details": {"scale": "sme"}}, {"id": "s1", "details": {"scale": "large"}}]
    assert read(small() | {"parties": twice})[1] == ["ocds.parties.twice"]


def test_one_price_for_several_lots_is_a_finding():
    assert read(small(relatedLots=["1", "2"]))[1] == ["ocds.bids.several_lots"]
    assert read(small(relatedLots=["1", "1"]))[1] == []
    assert read(small(relatedLots=[{"id": "1"}]))[1] == ["ocds.not_an_id"]


def test_an_unknown_status_is_a_finding():
    assert read(small(status="active"))[1] == ["ocds.bids.status_unknown"]


def test_the_column_received_is_there_only_where_a_bid_has_a_date():
    assert "received" not in bid_table(read(small())[0], "f").columns
    assert bid_table(read(small(date="2026-01-01"))[0], "f").cells("received") == ("2026-01-01", "")


def amounts(stated=True, **value):
    bids, _ = read(small(value=value))
    return price_table(bids, "f", stated).cells("amount")[0]


def test_prices_carry_their_own_currency():
    assert amounts(amount=5, currency="USD") == "USD 5"
    assert amounts(amount=5) == "XXX 5"
    assert amounts(amount=5, stated=False) == "5"


def test_an_amount_that_is_no_number_stays_in_quotes():
    assert amounts(amount="5", currency="EUR") == 'EUR "5"'
    assert amounts(amount=True, currency="EUR") == "EUR true"


def test_a_bid_without_an_amount_has_no_row_of_prices():
    bids, _ = read(small(value={"currency": "EUR"}))
    table = price_table(bids, "f", True)
    assert table.rows == (("B2", "total", "EUR 80"),)
    assert table.row_numbers == (2,)


def test_a_requirement_is_named_by_its_object_or_by_its_id_alone():
    responses = [{"requirement": {"id": "a"}, "value": True}, {"requirement": "b", "value": 2}, {"value": "2027-01-01"}]
    table = requirement_table(read(small(requirementResponses=responses))[0], "f")
    assert table.rows == (("B1", "a", "yes"), ("B1", "b", "2"), ("B1", "", "2027-01-01"))


@pytest.mark.parametrize("status", ["disqualified", "invalid", "withdrawn"])
def test_a_status_on_record_becomes_a_ruling_of_the_procuring_entity(status):
    document = small(status=status) | {"date": "2026-06-12T23:30:00-06:00", "buyer": {"name": "Buyer"}}
    top = node(document)
    (row,) = ruling_table(top, read_bids(top), "f").rows
    expected = ("B1", "qualification.status", "exclude", "Buyer", "2026-06-12", f"bids.details.status = {status}")
    assert row == expected


@pytest.mark.parametrize("date", [{}, {"date": "soon"}, {"date": "2026-06-12Tlate"}])
def test_a_status_without_a_day_is_a_finding(date):
    top = node(small(status="disqualified") | date)
    assert ruling_table(top, read_bids(top), "f").rows == ()
    assert [f.code for f in top.found.findings()] == ["ocds.date.needed"]
