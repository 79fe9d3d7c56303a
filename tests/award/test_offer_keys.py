"""Names of offers in every form."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.offer_keys import bid_keys, offer_keys, offer_named, said_key
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier


@pytest.fixture
def problem():
    bids = [Bid(lot="L", supplier="A", alternate=name, price=Fraction(1)) for name in ("", "x")]
    bids.append(Bid(lot="L", supplier="B", alternate="only", price=Fraction(1)))
    bundles = [Bundle(id="Pack", supplier="A", lots=("L",), price=Fraction(1))]
    return problem_of([Lot(id="L")], [Supplier(id="A"), Supplier(id="B")], bids, bundles)


@pytest.mark.parametrize("given", [("L", "A"), ("L", "A", ""), "L|A"])
def test_the_main_offer_needs_no_alternate(problem, given):
    assert offer_named(problem, given) == ("L", "A", "")


def test_alternates_and_bundles_are_named_in_full(problem):
    assert offer_named(problem, "L|A|x") == ("L", "A", "x")
    assert offer_named(problem, "bundle:pack") == "bundle:Pack"
    assert bid_keys(problem)["L", "A"] == ("L", "A", "")


@pytest.mark.parametrize("given", [("L", "B"), "L", "L|C", "bundle:x", 3, None, ["L", "A"]])
def test_what_there_is_not_is_none(problem, given):
    assert offer_named(problem, given) is None


def test_all_offers_in_order_as_people_read_them(problem):
    assert [said_key(key) for key in offer_keys(problem)] == ["L|A", "L|A|x", "L|B|only", "bundle:Pack"]
    assert said_key(7) == "7"
