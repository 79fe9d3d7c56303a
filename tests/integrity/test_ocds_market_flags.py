"""Red flags that need a set of processes, where the fixtures are silent."""

from __future__ import annotations

from supplier_eval.integrity.ocds_market_flags import second_lowest
from supplier_eval.integrity.ocds_process import read_process
from supplier_eval.integrity.ocds_screening import screen_releases
from supplier_eval.integrity.ocds_settings import RedFlagSettings


def process(ocid, prices, winner="A"):
    details = [
        {"status": "valid", "tenderers": [{"id": who}], "value": {"amount": price, "currency": "CNY"}}
        for who, price in prices
    ]
    return {"ocid": ocid, "bids": {"details": details}, "awards": [{"status": "active", "suppliers": [{"id": winner}]}]}


def gap(*prices, winner="A"):
    return second_lowest([read_process(process("p", prices, winner))], RedFlagSettings(currency="CNY")).get("p")


def test_the_gap_is_a_share_of_the_winning_bid():
    assert gap(("A", 100), ("B", 105), ("C", 130)) == (0.05, "A", ("B",))
    assert gap(("A", 100), ("A", 90), ("B", 99))[0] == 0.1
    assert gap(("A", 100), ("C", 105), ("B", 105)) == (0.05, "A", ("B", "C"))


def test_the_winner_must_be_the_lowest_and_have_a_rival():
    assert gap(("A", 100), ("B", 99)) is None
    assert gap(("A", 100)) is None
    assert gap(("A", 100), ("B", 105), winner="Z") is None


def test_lines_can_be_set():
    releases = [process(str(at), [("A", 100), ("B", 100 + at)]) for at in range(1, 6)]
    close = screen_releases(releases, indicators="R024", settings={"R024": {"threshold": 0.02}}).to_dict()
    assert close["OCID"] == {"1": {"R024": 0.01}, "2": {"R024": 0.02}}
    far = screen_releases(releases, indicators="R058", settings={"R058": {"threshold": 0.05}}).to_dict()
    assert far["OCID"] == {"5": {"R058": 0.05}}


def test_a_tenderer_that_bids_often_and_never_wins_has_no_lower_fence_to_fall_below():
    """As published: where a quarter of the ratios is zero nobody is flagged."""
    releases = [process(str(at), [("A", 100), ("B", 110)]) for at in range(10)]
    assert screen_releases(releases, indicators="R025").to_dict() == {}


def test_minimum_numbers_keep_small_organisations_out():
    out = {"status": "disqualified", "tenderers": [{"id": "D"}]}
    releases = [{"ocid": str(at), "buyer": {"id": f"b{at % 3}"}, "bids": {"details": [out]}} for at in range(6)]
    assert set(screen_releases(releases, indicators="R038").to_dict()) == {"Buyer", "Tenderer"}
    few = {"R038": {"minimum_submitted_bids": 7, "minimum_contracting_processes": 3}}
    assert screen_releases(releases, indicators="R038", settings=few).to_dict() == {}


def test_nothing_to_compare_gives_nothing():
    found = screen_releases([{"ocid": "p"}])
    assert found.to_dict() == {}
    assert found.n_processes == 1
