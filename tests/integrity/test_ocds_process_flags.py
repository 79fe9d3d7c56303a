"""Red flags of one process where the fixtures are silent."""

from __future__ import annotations

import pytest

from supplier_eval.integrity.ocds_screening import screen_releases


def found(indicator, release, settings=None):
    return screen_releases([{"ocid": "p", **release}], indicators=indicator, settings=settings).to_dict()


def period(start, end):
    return {"tender": {"tenderPeriod": {"startDate": start, "endDate": end}}}


@pytest.mark.parametrize(
    ("end", "short"),
    [("2000-01-16T10:00:00+08:00", False), ("2000-01-16T10:00:00+09:00", True), ("1999-12-31T10:00:00Z", True)],
)
def test_r003_counts_whole_days_across_time_zones(end, short):
    assert found("R003", period("2000-01-01T10:00:00+08:00", end)) == ({"OCID": {"p": {"R003": 1.0}}} if short else {})


def test_r003_says_nothing_of_days_without_a_time():
    assert found("R003", period("2000-01-01", "2000-01-02")) == {}


def bid(who, amount=1, status="valid", date="2000-01-01T00:00:00Z"):
    value = {"amount": amount, "currency": "CNY"}
    return {"status": status, "tenderers": [{"id": one} for one in who], "value": value, "date": date}


def process(bids, suppliers="A", **tender):
    awards = [{"status": "active", "suppliers": [{"id": one} for one in suppliers]}]
    return {"bids": {"details": bids}, "awards": awards, "tender": tender}


def test_r028_takes_a_joint_bid_for_another_tenderer():
    assert found("R028", process([bid("A"), bid("AB")]))["Tenderer"] == {"A": {"R028": 1.0}, "B": {"R028": 1.0}}


def test_r030_compares_moments():
    late = process([bid("A", date="2000-03-15T01:00:00+01:00")], tenderPeriod={"endDate": "2000-03-15T00:00:00Z"})
    assert found("R030", late) == {}


def test_r035_threshold_can_be_raised():
    bids = [bid("A"), bid("B", status="disqualified"), bid("C", status="disqualified")]
    assert found("R035", process(bids))["OCID"] == {"p": {"R035": 2.0}}
    assert found("R035", process(bids), {"R035": {"threshold": 3}}) == {}


def test_r036_needs_a_valid_bid_with_an_amount():
    bids = [bid("A", 2), bid("B", 1, "disqualified")]
    assert found("R036", process(bids))["OCID"] == {"p": {"R036": 1.0}}
    assert found("R036", process([bid("A", 2, "pending"), bids[1]])) == {}


def test_r018_methods_can_be_set():
    single = {"tender": {"numberOfTenderers": 1, "procurementMethod": "limited"}}
    assert found("R018", single) == {}
    assert found("R018", single, {"R018": {"procurement_methods": ["limited"]}})["OCID"] == {"p": {"R018": 1.0}}
