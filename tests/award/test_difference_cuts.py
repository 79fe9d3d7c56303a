"""Cuts keep exactly the awards that differ enough."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from award_enumeration import every_reading
from award_problems import problem_of, small_problems
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.awarded import Award
from supplier_eval.award.difference_cuts import (
    away_from,
    most_of_places,
    shares_of_places,
    with_true_winners,
    without_winners,
)
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.moved import demand_of, shares_by_supplier, volume_moved
from supplier_eval.award.parts import Bid, Bundle, Lot, Supplier
from supplier_eval.award.solve_with_cuts import solve_with_cuts

F = Fraction


def problem(cover="exactly"):
    lots = [Lot(id="L1", demand=F(6)), Lot(id="L2", demand=F(2))]
    bids = [Bid(lot=lot.id, supplier=key, price=F(1)) for lot in lots for key in "AB"]
    bids.append(Bid(lot="L1", supplier="A", alternate="x", price=F(1), max_share=F(1, 2)))
    bundles = [Bundle(id="all", supplier="B", lots=("L1", "L2"), price=F(9))]
    return problem_of(lots, [Supplier(id=key) for key in "ABC"], bids, bundles, grid=4, cover=cover)


def test_places_by_hand():
    made = formulate(problem())
    terms = shares_of_places(made)
    assert {place: len(columns) for place, columns in terms.items()} == {
        ("L1", "A"): 2,
        ("L1", "B"): 2,
        ("L2", "A"): 1,
        ("L2", "B"): 2,
    }
    assert most_of_places(problem())["L1", "B"] == 1
    assert most_of_places(problem("free_disposal"))["L1", "B"] == 2


def test_whole_shares_take_no_switch_and_split_ones_one_each():
    made = formulate(problem())
    whole = Award(4, {("L1", "A", ""): 4, ("L2", "B", ""): 4})
    assert away_from(made, whole, F(1, 10)).n_columns == made.n_columns
    split = Award(4, {("L1", "A", ""): 3, ("L1", "B", ""): 1, ("L2", "B", ""): 4})
    cut = away_from(made, split, F(1, 10))
    assert cut.n_columns == made.n_columns + 4
    assert cut.measures["cost"].size == cut.cost.size == len(cut.variable_names()) == cut.n_columns
    again = away_from(cut, whole, F(1, 10))
    assert again.n_columns == cut.n_columns and again.n_rows == cut.n_rows + 1


def test_a_supplier_without_offers_cannot_be_a_winner():
    made = with_true_winners(formulate(problem()))
    wanted = np.zeros(made.n_columns)
    wanted[made.columns.active] = -1.0
    solved = solve_formulation(made.minimising(wanted), solver="scipy")
    assert solved.objective == pytest.approx(-2), "A and B, not C"
    assert len(solved.audit.suppliers) == 2
    only = without_winners(without_winners(made, ("A", "B")), ("B",))
    assert solve_formulation(only, solver="scipy").award.winners(problem()) == ("A",)
    assert solve_formulation(without_winners(only, ("A",)), solver="scipy").status == "infeasible"


@settings(max_examples=50, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_the_best_award_away_from_two_known_ones(data):
    """Against all awards, in every cover, with bundles, alternates and lots that may stay open."""
    made = data.draw(small_problems(most=120, most_rules=1))
    every = [reading for reading in every_reading(made) if reading.feasible]
    if not every:
        assert solve_formulation(formulate(made), solver="scipy").status == "infeasible"
        return
    known = [data.draw(st.sampled_from(every)).award for _ in range(2)]
    apart = data.draw(st.sampled_from((F(1, 20), F(1, 4), F(1, 2), F(1))))
    demand, whole = demand_of(made), sum(lot.demand for lot in made.lots.values())

    def far(award):
        shares = shares_by_supplier(made, award)
        return all(
            volume_moved(demand, shares, shares_by_supplier(made, other)) >= apart * whole for other in known
        )  # fmt: skip

    model = formulate(made)
    for award in known:
        model = away_from(model, award, apart)
    solved = solve_with_cuts(model, lambda audit: far(audit.award), ends=Ends(60), solver="scipy")
    left = [reading.stages[0] for reading in every if far(reading.award)]
    assert (solved.award is None) == (not left)
    if left:
        assert far(solved.award)
        assert abs(solved.audit.stages[0] - min(left)) <= F(1, 100)
