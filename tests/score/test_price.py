"""The registry of price formulas: names, declared parameters, one more formula, the page that lists them."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from supplier_eval.errors import UnknownName
from supplier_eval.score.price import (
    PRICE_FORMULAS,
    PriceFormula,
    check_parameters,
    price_formula,
    register_price_formula,
)

NAMES = sorted(PRICE_FORMULAS)
ISSUE = {
    "lowest_over_price",
    "linear_to_twice_lowest",
    "linear_to_ceiling",
    "min_max",
    "share_of_ceiling",
    "power_discount",
    "bilinear",
    "trimmed_mean_benchmark",
    "mean_ratio",
    "distance_from_mean",
    "concave_ceiling",
    "price_per_quality_point",
    "performance_per_price",
    "reduced_price",
}
# one plausible figure for every parameter that a policy must state
STATED = {
    "ceiling": 180.0,
    "alpha": 0.5,
    "x": 0.9,
    "exponent": 2.0,
    "e1": 1.0,
    "e2": 0.5,
    "corridor": 0.1,
    "features_max": 0.3,
}


def test_every_formula_of_the_house_is_registered_under_its_functions_name():
    assert set(PRICE_FORMULAS) == ISSUE
    assert all(f.name == name == f.function.__name__ for name, f in PRICE_FORMULAS.items())


@pytest.mark.parametrize("name", NAMES)
def test_declared_parameters_are_those_of_the_function(name):
    formula = PRICE_FORMULAS[name]
    signature = list(inspect.signature(formula.function).parameters.values())[2:]
    assert [p.name for p in signature] == [p.name for p in formula.parameters]
    for taken, declared in zip(signature, formula.parameters, strict=True):
        assert declared.required == (taken.default is inspect.Parameter.empty)
        if not declared.required:
            assert taken.default == declared.default
        assert declared.meaning
    assert formula.formula
    assert formula.source


@pytest.mark.parametrize("name", NAMES)
def test_a_policy_that_states_what_is_required_passes_the_check(name):
    formula = PRICE_FORMULAS[name]
    later = [p.name for p in formula.parameters if p.per_bid]
    stated = {p.name: STATED[p.name] for p in formula.parameters if p.required and not p.per_bid}
    assert check_parameters(name, stated, later=later) == []
    assert len(check_parameters(name, {})) == sum(p.required for p in formula.parameters)


def test_all_problems_of_the_parameters_come_at_once():
    problems = check_parameters("bilinear", {"x": 1.2, "celing": 180})
    assert problems == [
        "bilinear does not know 'celing'; it takes ceiling, x",
        "bilinear needs ceiling: published highest price, in the currency of the prices",
        "x must be at most 1",
    ]


def test_an_unknown_formula_is_answered_with_the_nearest_name():
    with pytest.raises(UnknownName, match="Did you mean 'lowest_over_price'"):
        price_formula("lowest_over_prize")
    with pytest.raises(UnknownName):
        check_parameters("cheapest", {})


def test_a_user_may_register_one_more_formula_but_not_take_a_name(monkeypatch):
    monkeypatch.setattr("supplier_eval.score.price.PRICE_FORMULAS", dict(PRICE_FORMULAS))
    own = PriceFormula(
        "house_rule",
        PRICE_FORMULAS["min_max"].function,
        (),
        relative=True,
        bounded=True,
        monotone=True,
        formula="as min-max",
        source="house rule 7",
    )
    register_price_formula(own)
    assert price_formula("house_rule") is own
    with pytest.raises(ValueError, match="already"):
        register_price_formula(own)
    with pytest.raises(ValueError, match="plain name"):
        register_price_formula(replace(own, name="House rule"))


def test_the_page_of_formulas_has_one_row_for_each_and_says_what_is_declared():
    page = (Path(__file__).parents[2] / "docs" / "price-formulas.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in page.splitlines() if "| `" in line]
    table = {re.sub("`", "", row[0]): row for row in rows if row[0].startswith("`")}
    assert set(table) == set(PRICE_FORMULAS)
    for name, formula in PRICE_FORMULAS.items():
        relative, bounded, monotone = table[name][4:7]
        says = {"yes": True, "no": False}
        assert (says[relative], says[bounded], says[monotone.strip("*")]) == (
            formula.relative,
            formula.bounded,
            formula.monotone,
        )
        assert all(f"`{p.name}`" in table[name][3] for p in formula.parameters)
