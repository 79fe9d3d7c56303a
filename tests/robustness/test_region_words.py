"""Every kind of region has its words in both languages."""

from __future__ import annotations

import pytest

from supplier_eval.robustness.region import NORMS, ball, intervals, linear, order, simplex
from supplier_eval.robustness.region_words import region_words

REGIONS = [simplex(2), intervals([0, 0.2], [1, 0.7]), linear([[1.0, -1.0]], [0.0])]
REGIONS += [ball([0.3, 0.7], 0.05, norm) for norm in NORMS]


def label(criterion, lang):
    return criterion.upper()


@pytest.mark.parametrize("region", REGIONS, ids=repr)
def test_each_kind_of_region_is_said_in_its_own_words(region):
    said = [region_words(region.bound_to(("a", "b")), label, lang) for lang in ("en", "zh")]
    others = [region_words(other.bound_to(("a", "b")), label) for other in REGIONS if other is not region]
    assert said[0].isascii() and not said[1].isascii()
    assert said[0] not in others


def test_a_radius_is_said_in_points_and_an_order_by_its_labels():
    assert "5 points of 100" in region_words(ball([0.3, 0.7], 0.05).bound_to(("a", "b")), label)
    ranked = order([2, 1, 2]).bound_to(("a", "b", "c"))
    assert region_words(ranked, label).endswith("B ≥ A / C")
