"""What the package brings."""

from __future__ import annotations

import inspect

import pytest

from supplier_eval.rank.methods import METHODS
from supplier_eval.rank.normalise import NORMALISATIONS

BROUGHT = {
    *("weighted_sum", "weighted_product", "waspas", "topsis", "vikor", "promethee_i", "promethee_ii", "electre_i"),
    *("copras", "edas", "mabac", "moora", "aras", "codas", "spotis"),
}


def test_every_method_of_the_plan_is_there_under_its_own_name():
    assert set(METHODS) >= BROUGHT
    assert all(name == method.name for name, method in METHODS.items())


@pytest.mark.parametrize("name", sorted(BROUGHT))
def test_the_parameters_that_are_described_are_those_that_are_taken(name):
    method = METHODS[name]
    taken = list(inspect.signature(method.function).parameters)
    assert taken[:3] == ["values", "weights", "directions"]
    assert set(taken[3:]) == set(method.parameters)
    if "normalisation" in taken:
        assert inspect.signature(method.function).parameters["normalisation"].default == method.normalisation
        assert method.normalisation in NORMALISATIONS
