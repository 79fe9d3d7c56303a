"""What a user writes about a region, read with every finding at once."""

from __future__ import annotations

import numpy as np
import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.robustness.region import intervals
from supplier_eval.robustness.region_spec import read_region

NAMES = ("quality", "delivery", "price")
PUBLISHED = np.array([0.3, 0.2, 0.5])


def codes(given):
    with pytest.raises(InvalidInput) as caught:
        read_region(given, NAMES, PUBLISHED)
    for finding in caught.value.findings:
        assert finding.say("en")
        assert finding.advise("zh")
    return {(f.code, f.value) for f in caught.value.findings}


def test_the_default_lets_no_weight_move_by_more_than_five_points():
    region = read_region("ball", NAMES, PUBLISHED)
    assert region.criteria == NAMES
    assert region.contains([[0.35, 0.2, 0.45], [0.36, 0.2, 0.44]]).tolist() == [True, False]


@pytest.mark.parametrize(
    ("given", "inside", "outside"),
    [
        ("simplex", [0, 0, 1], [0.5, 0.6, -0.1]),
        ({"ball": 0.2, "norm": "sum"}, [0.4, 0.2, 0.4], [0.4, 0.3, 0.3]),
        ({"intervals": {"price": (0.4, 0.6)}}, [0.5, 0, 0.5], [0.7, 0, 0.3]),
        ({"order": ["price", ["quality", "delivery"]]}, [0.2, 0.3, 0.5], [0.5, 0.1, 0.4]),
        ({"linear": [({"quality": 1, "delivery": -2}, ">=", 0)]}, [0.4, 0.2, 0.4], [0.3, 0.2, 0.5]),
        ({"linear": [({"quality": 1}, "==", 0.25)]}, [0.25, 0.2, 0.55], [0.3, 0.2, 0.5]),
        (intervals([0, 0, 0.4], [1, 1, 0.6]), [0.5, 0, 0.5], [0.7, 0, 0.3]),
    ],
)
def test_each_way_of_saying_a_region_is_read(given, inside, outside):
    region = read_region(given, NAMES, PUBLISHED)
    assert region.contains(inside)
    assert not region.contains(outside)


def test_unknown_kinds_and_keys_are_named():
    assert codes("bal") == {("region.kind.unknown", "bal")}
    assert codes({"ball": 0.1, "nrm": "max"}) == {("region.kind.unknown", "['nrm']")}


def test_a_ball_with_two_faults_gives_two_findings():
    assert codes({"ball": "wide", "norm": "x"}) == {("region.radius.invalid", "wide"), ("region.norm.unknown", "x")}


def test_intervals_name_unknown_criteria_and_limits_that_are_none():
    found = codes({"intervals": {"cost": (0, 1), "price": (0.9, 0.2), "quality": 3}})
    assert found == {
        ("region.criterion.unknown", "cost"),
        ("region.limits.invalid", "(0.9, 0.2)"),
        ("region.limits.invalid", "3"),
    }


def test_an_order_names_every_criterion_once():
    found = codes({"order": ["price", "price", "cost", ["quality"]]})
    assert found == {
        ("region.criterion.unknown", "cost"),
        ("region.criterion.twice", "price"),
        ("region.criterion.absent", "delivery"),
    }


@pytest.mark.parametrize("given", [{"order": "price"}, {"intervals": [1]}, {"linear": "x"}, {"linear": [({}, "<", 1)]}])
def test_what_cannot_be_read_is_said(given):
    assert {code for code, _ in codes(given)} == {"region.shape.invalid"}


@pytest.mark.parametrize(
    "given",
    [
        {"linear": [({"quality": 1}, ">=", 2)]},
        {"intervals": dict.fromkeys(NAMES, (0, 0.2))},
        intervals([0, 0], [1, 1]),
    ],
)
def test_a_region_without_weights_is_a_finding(given):
    assert {code for code, _ in codes(given)} == {"region.empty"}
