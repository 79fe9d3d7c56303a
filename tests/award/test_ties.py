"""Ties by published keys, in order; what is left is shown as tied, whatever the order of rows."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from award_enumeration import optimum
from award_problems import problem_of, small_problems
from supplier_eval.award import ties
from supplier_eval.award.exact import solve_formulation
from supplier_eval.award.formulation import formulate
from supplier_eval.award.front import award_lots
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.ties import settle


def problem():
    """Both cost 18: A has quality 5, B has 8."""
    return problem_of(
        [Lot(id="L", demand=Fraction(2), indivisible=True)],
        [Supplier(id=key, attributes={"quality": Fraction(q)}) for key, q in (("A", 5), ("B", 8))],
        [Bid(lot="L", supplier=key, price=Fraction(9)) for key in "AB"],
        tie_keys=("attr:quality",),
    )


@pytest.mark.parametrize(("sign", "winner"), [(-1, "B"), (1, "A")])
def test_a_later_key_decides(sign, winner):
    made = formulate(problem())
    first = solve_formulation(made)
    vector = sign * made.measures["attr:quality"]
    settled = settle(made, first, [vector], ends=time.monotonic() + 30, solver="scipy")
    assert settled.best.award.winners(problem()) == (winner,)
    assert settled.tied == ()
    assert settled.settled


def test_without_time_nothing_is_claimed():
    made = formulate(problem())
    first = solve_formulation(made)
    settled = settle(made, first, [], ends=time.monotonic() - 1, solver="scipy")
    assert (settled.settled, settled.tied, settled.best.award) == (False, (), first.award)


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(small_problems(goals=("cost", ("winners", "cost"), ("cost", "score"))))
def test_all_stages_are_those_of_the_best_of_all_awards(problem):
    stages, _ = optimum(problem)
    made = award_lots(problem, gap=0, solver="scipy")
    assert (made.award is None) == (stages is None)
    if stages is not None:
        assert all(abs(a - b) <= Fraction(1, 100) for a, b in zip(made.audit.stages, stages, strict=True))


def test_awards_that_differ_by_less_than_a_cent_are_no_tie():
    """10.000 against 10.001: equal in cents, not exactly; the lower one wins without a draw."""
    problem = problem_of(
        [Lot(id="L", indivisible=True)],
        [Supplier(id="A"), Supplier(id="B")],
        [
            Bid(lot="L", supplier="A", price=Fraction("10.001")),
            Bid(lot="L", supplier="B", price=Fraction("10")),
        ],
    )
    made = award_lots(problem, solver="scipy")
    assert made.tied == ()
    assert made.award.label() == {"L|B": 1.0}


@pytest.mark.parametrize("solver", solvers_installed())
def test_whoever_could_win_is_in_the_draw(solver):
    """Four equal bids for a whole lot: four awards. Two lots with two equal bids each: four awards."""
    one = problem_of(
        [Lot(id="L", indivisible=True)],
        [Supplier(id=key) for key in "ABCDE"],
        [Bid(lot="L", supplier=key, price=Fraction(10 if key < "E" else 11)) for key in "ABCDE"],
    )
    made = award_lots(one, solver=solver)
    assert [award.winners(one) for award in made.tied] == [("A",), ("B",), ("C",), ("D",)]
    two = problem_of(
        [Lot(id=key, indivisible=True) for key in "LM"],
        [Supplier(id=key) for key in "AB"],
        [Bid(lot=lot, supplier=key, price=Fraction(10)) for lot in "LM" for key in "AB"],
        tie_keys=("cost",),
    )
    found = {tuple(award.units) for award in award_lots(two, solver=solver).tied}
    assert len(found) >= 2
    assert {key for units in found for key in units} == set(two.bids)


@pytest.mark.parametrize("solver", solvers_installed())
@pytest.mark.parametrize(("price", "more"), [(10**7, "0.60"), (10**9, "50")])
def test_a_better_score_does_not_buy_a_dearer_award_however_large_the_sum(solver, price, more):
    problem = problem_of(
        [Lot(id="L", indivisible=True)],
        [Supplier(id="A", attributes={"score": Fraction(1)}), Supplier(id="B", attributes={"score": Fraction(9)})],
        [
            Bid(lot="L", supplier="A", price=Fraction(price)),
            Bid(lot="L", supplier="B", price=price + Fraction(more)),
        ],
    )
    made = award_lots(problem, solver=solver, gap=0)
    assert made.award.winners(problem) == ("A",)
    assert made.status == "optimal"


def test_ctrl_c_while_ties_are_settled_leaves_the_award(monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    made = formulate(problem())
    first = solve_formulation(made)
    monkeypatch.setattr(ties, "solve_formulation", stopped)
    settled = settle(made, first, [], ends=time.monotonic() + 30, solver="scipy")
    assert (settled.settled, settled.tied, settled.best.award) == (False, (), first.award)
