"""Models side by side in one program."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from award_problems import problem_of
from supplier_eval.award.disruption_widened import builder_behind, widened
from supplier_eval.award.formulation import formulate
from supplier_eval.award.model import solve, solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier


def lot_at(price):
    return formulate(
        problem_of([Lot(id="L", demand=Fraction(10))], [Supplier(id="A")], [Bid(lot="L", supplier="A", price=price)])
    )


@pytest.mark.parametrize("solver", solvers_installed())
def test_blocks_and_further_rows_count_columns_over_all(solver):
    first, second = lot_at(Fraction(2)), lot_at(Fraction(3))
    more = builder_behind(first.n_columns + second.n_columns)
    extra = int(more.columns("extra", 1, upper=5.0)[0])
    more.row("tie", {int(second.columns.share[0]) + first.n_columns: 4.0, extra: -1.0}, upper=0.0)
    cost = {int(first.columns.share[0]): 20.0, extra: 1.0}
    made = widened(first, [second], more, cost)
    assert made.n_columns == first.n_columns + second.n_columns + 1 == extra + 1
    assert made.n_rows == first.n_rows + second.n_rows + 1
    assert made.rows.owners[-1] == "tie"
    assert len(made.variable_names()) == len(set(made.variable_names())) == made.n_columns
    found = solve(made.program, solver=solver)
    assert found.objective == pytest.approx(24.0)  # 20 for the lot, and 4 because the second lot is served too
    assert found.values[extra] == pytest.approx(4.0)


def test_measures_are_those_of_the_first_model():
    first, second = lot_at(Fraction(2)), lot_at(Fraction(3))
    made = widened(first, [second], builder_behind(first.n_columns + second.n_columns), {})
    assert made.problem is first.problem
    assert made.measures["cost"].size == made.n_columns
    assert np.flatnonzero(made.measures["cost"]).max() < first.n_columns
    assert not made.cost.any()
