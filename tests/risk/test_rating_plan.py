"""The rating plan as a document: read, fingerprinted, replaced, refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk import RatingPlan

TOML = """
altman_variant = "z_double_prime"
total = 3
[[measures]]
id = "legal"
weight = 2
knots = [[0, 0], [10, 100]]
[[measures]]
id = "delivery"
weight = 1
knots = [[0, 100], [100, 0]]
[[levels]]
id = "calm"
lower = 0
[[levels]]
id = "wild"
lower = 50
words = { en = "wild", zh = "高" }
[[knock_outs]]
id = "law"
measure = "legal"
points = 100
level = "wild"
"""


def test_a_plan_is_read_from_a_file(tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(TOML, encoding="utf-8")
    plan = RatingPlan.of(path)
    assert [one.id for one in plan.measures] == ["legal", "delivery"]
    assert (plan.level("wild"), plan.lowers, plan.total) == (1, [0, 50], Decimal(3))
    assert plan == RatingPlan.load(str(path))
    assert repr(plan).startswith("RatingPlan(2 measures, 2 levels, sha256:")


def test_the_fingerprint_knows_content_and_not_order():
    plan = RatingPlan.of()
    turned = plan.replace(measures=tuple(reversed(plan.to_mapping().get("measures", plan.measures))))
    assert turned.fingerprint == plan.fingerprint
    assert plan.replace(rounding=2).fingerprint != plan.fingerprint
    assert RatingPlan.of({"coverage_floor": "0.60"}).fingerprint == plan.fingerprint
    assert hash(plan) == hash(RatingPlan())


def test_keys_and_kinds_are_refused_together():
    with pytest.raises(InvalidInput) as refused:
        RatingPlan.of({"roundin": 1, "measures": [{"id": "weather", "weight": -1}], "overdue_factor": True})
    assert {f.code for f in refused.value.findings} == {"rating.key_unknown", "rating.key_missing", "rating.value"}
    for wrong in (3, [1]):
        with pytest.raises(InvalidInput):
            RatingPlan.of(wrong)
    with pytest.raises(InvalidInput):
        RatingPlan.load(None)
