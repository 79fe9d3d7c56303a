"""One contracting process: what is of the wrong kind counts as not there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supplier_eval.integrity.ocds_process import later, moment, read_process

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "status", "value", "amount", "tenderers", "details"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON, JSON, JSON, JSON)
def test_anything_can_stand_anywhere(tender, bids, awards, buyer):
    process = read_process({"ocid": "p", "tender": tender, "bids": bids, "awards": awards, "buyer": buyer})
    assert isinstance(process.submitted, tuple)
    assert isinstance(process.winner, str)


def process(awards=(), bids=()):
    return read_process({"ocid": "p", "awards": list(awards), "bids": {"details": list(bids)}})


def bid(status="valid", amount=1, currency="CNY", tenderers=("A",)):
    value = {"amount": amount, "currency": currency}
    return {"status": status, "value": value, "tenderers": [{"id": one} for one in tenderers]}


def test_bids_that_were_invited_or_taken_back_were_not_submitted():
    states = ["valid", "disqualified", "pending", "invited", "withdrawn", None]
    found = process(bids=[bid(status) for status in states]).submitted
    assert [one.status for one in found] == ["valid", "disqualified", "pending"]


@pytest.mark.parametrize(
    ("amount", "read", "bad"),
    [
        (1.5, Decimal("1.5"), 0),
        (0, None, 1),
        (-3, None, 1),
        (10**400, None, 1),
        (float("nan"), None, 1),
        (True, None, 0),
        ("1", None, 0),
    ],
)
def test_amounts_are_above_zero(amount, read, bad):
    found = process(bids=[bid(amount=amount)])
    assert (found.bids[0].amount, found.bad_amounts) == (read, bad)


@pytest.mark.parametrize(
    ("count", "read"), [(1, 1), (1.0, 1), (1.5, None), (-1, None), (float("inf"), None), (Decimal("1e999999"), None)]
)
def test_the_number_of_tenderers_is_a_count(count, read):
    assert read_process({"ocid": "p", "tender": {"numberOfTenderers": count}}).n_tenderers == read


def test_the_winner_is_known_only_when_all_awards_are_final():
    active, joint = (
        {"status": "active", "suppliers": [{"id": "A"}]},
        {"status": "active", "suppliers": [{"id": "A"}, {}]},
    )
    assert process([active, {"status": "cancelled"}]).winner == "A"
    assert process([active, {"status": "pending"}]).winner == ""
    assert process([active, active]).winner == ""
    assert process([joint]).winner == ""
    assert read_process({"ocid": "p", "awards": [active]}).winner == ""


def test_joint_bids_have_no_single_tenderer():
    assert process(bids=[bid(tenderers=("A", "B"))]).bids[0].alone == ""
    assert process(bids=[bid()]).bids[0].alone == "A"


def test_ids_may_be_whole_numbers():
    assert process(bids=[bid(tenderers=(7, True, None))]).bids[0].tenderers == {"7"}


@pytest.mark.parametrize("text", ["2000-01-01", "2000-01-01T10:00:00", "20000101T100000Z", "2000-13-01T10:00:00Z", ""])
def test_a_moment_needs_a_time_and_a_zone(text):
    assert moment(text) is None


def test_moments_are_compared_and_not_their_texts():
    assert not later("2000-01-01T09:00:00+08:00", "2000-01-01T02:00:00Z")
    assert later("2000-01-01T09:00:00+08:00", "2000-01-01T00:59:59Z")
    assert later("2000-01-02", "2000-01-01")
    assert not later("2000-01-02", "2000-01-01T00:00:00Z")
    assert not later("x", "2000-01-01")
