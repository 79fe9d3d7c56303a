"""Value functions and price formulas give in a spreadsheet what they give in the package."""

from __future__ import annotations

from decimal import Decimal

import pytest

from report.changed_books import FORMULAS, PRICES, RAW, RULES, criterion, expected_values
from report.office import figures
from supplier_eval.policy.criteria import Criterion
from supplier_eval.report.grid import address
from supplier_eval.report.value_cells import price_formula_cells, value_formula
from supplier_eval.score.price import PRICE_FORMULAS


@pytest.mark.parametrize("name", RULES)
def test_a_value_function_gives_the_packages_values(name, recalculated):
    found = figures(recalculated.fresh["formulas"])
    column = list(RULES).index(name) + 1
    values = [found["values", address(row, column)] for row in range(len(RAW))]
    assert values == pytest.approx(expected_values(name).tolist(), abs=1e-9)


@pytest.mark.parametrize("name", FORMULAS)
def test_a_price_formula_gives_the_packages_scores(name, recalculated):
    found = figures(recalculated.fresh["formulas"])
    column = list(FORMULAS).index(name) + 1
    scores = [found["prices", address(row, column)] for row in range(len(PRICES))]
    assert scores == pytest.approx(PRICE_FORMULAS[name].function(PRICES, **FORMULAS[name]).tolist(), abs=1e-9)


def test_every_price_formula_can_be_said_once_its_figures_are_known():
    stated = {"ceiling": 1.0, "alpha": 1.0, "x": 0.9, "e1": 1, "e2": 1, "exponent": 2, "corridor": 0.1}
    stated |= {"features_max": 0.3}
    for name, formula in PRICE_FORMULAS.items():
        reads = any(parameter.per_bid for parameter in formula.parameters)
        said = (price_formula_cells(name, "A1", "$A$1:$A$9", stated, read) for read in (None, ("B1", "$B$1:$B$9")))
        assert [one is None for one in said] == [reads, False]
    assert price_formula_cells("linear_to_ceiling", "A1", "$A$1:$A$9", {}) is None


def test_what_a_spreadsheet_cannot_say_is_left_as_a_constant():
    flat = {"kind": "exponential", "floor": 0, "target": 100, "curvature": "0.0001"}
    many = {"kind": "piecewise_linear", "knots": [[i, Decimal(i) / 2] for i in range(60)]}
    for value in (flat, many):
        leaf = Criterion.model_validate({"id": "c", "name": "c", "weight": 1, "source": "marks", "value": value})
        assert value_formula(leaf, "A1") is None


def test_yes_no_and_rubric():
    leaf = {"id": "c", "name": "c", "weight": 1, "source": "facts"}
    yes = Criterion.model_validate(leaf | {"value": {"kind": "yes_no"}})
    assert value_formula(yes, "B2") == "IF(B2=1,100.0,0.0)"
    rubric = Criterion.model_validate(leaf | {"value": {"kind": "rubric", "levels": {"A": 100, "B": 80}}})
    assert value_formula(rubric, "B2") == "B2"
    assert value_formula(criterion("threshold"), "B2") == "IF(ROUND(B2,9)>=60.0,100,0)"
