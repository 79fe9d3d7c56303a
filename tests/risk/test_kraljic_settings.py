"""Settings of a portfolio, exact."""

from __future__ import annotations

from fractions import Fraction

import pytest

from supplier_eval.errors import InvalidInput
from supplier_eval.risk.kraljic_settings import settings_of


def test_weights_of_points_and_of_fractions_are_the_same():
    points = settings_of(({"a": 30, "b": 70}, {"c": 100}), (1, 5), (50, 60), 5)
    shares = settings_of(({"b": 0.7, "a": 0.3}, {"c": 1.0}), (1, 5), (50, 60), 5)
    assert points == shares
    assert points.supply_risk == {"a": Fraction(3, 10), "b": Fraction(7, 10)}
    assert points.factors == ("a", "b", "c")


def test_ten_tenths_are_one():
    made = settings_of(({f"f{at}": 0.1 for at in range(10)}, {"c": 1}), (0, 1), (50, 50), 0)
    assert sum(made.supply_risk.values()) == 1
    assert set(made.supply_risk.values()) == {Fraction(1, 10)}


@pytest.mark.parametrize("weights", [{"a": True}, {"a": float("nan")}, {"a": float("inf")}, {1: 1.0}, {"Name": 1}, [1]])
def test_weights_that_are_none(weights):
    with pytest.raises(InvalidInput) as refused:
        settings_of((weights, {"c": 1}), (0, 1), (50, 50), 0)
    assert all(f.say("zh") and f.advise("en") for f in refused.value.findings)
