"""The recourse to a given award: by hand, and against a linear program of its own."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from award_disruption_linear import drawn_problem, recourse_cost
from award_enumeration import every_reading
from award_problems import problem_of
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.disruption_scenarios import Failure
from supplier_eval.award.disruption_second import cost_in_scenario
from supplier_eval.award.model import solvers_installed
from supplier_eval.award.parts import Bid, Lot, Supplier
from supplier_eval.award.rules import Rule

F = Fraction


def three(**kinds):
    """100 units; A at 10, B at 12 up to 60 units, C at 20 with a fixed cost of 50."""
    return problem_of(
        [Lot(id="L", demand=F(100), **kinds)],
        [Supplier(id="A"), Supplier(id="B", capacity=F(60)), Supplier(id="C", fixed_cost=F(50))],
        [Bid(lot="L", supplier=key, price=F(price)) for key, price in zip("ABC", (10, 12, 20), strict=True)],
        rules=[Rule(id="R", kind="max_winners", value=F(2))],
        grid=100,
    )


def run(problem, units, lost, *, solver="scipy", **recourse):
    audit = audit_award(problem, Award(100, {("L", key, ""): n for key, n in units.items()}))
    assert audit.valid
    failure = Failure("x", {key: F(loss) for key, loss in lost.items()}, F(1))
    return cost_in_scenario(audit, failure, Recourse(**recourse), solver=solver, time_limit=20)


@pytest.mark.parametrize("solver", solvers_installed())
def test_others_fill_what_one_leaves(solver):
    made = run(three(), {"A": 100}, {"A": 1}, solver=solver)
    assert made.status == "optimal"
    assert made.cost == 60 * 12 + 40 * 20 + 50
    assert made.delivered.label() == {"L|B": 0.6, "L|C": 0.4}


@pytest.mark.parametrize("solver", solvers_installed())
def test_an_emergency_price_goes_before_a_dearer_supplier(solver):
    made = run(three(), {"A": 100}, {"A": 1}, solver=solver, unserved_cost=F(21))
    assert made.cost == 60 * 12 + 40 * 21  # C: 40 x 20 + 50 is dearer
    assert dict(made.unserved) == {"L": 40}


def test_where_nobody_awarded_anything_is_hit_nothing_is_done():
    made = run(three(), {"A": 50, "B": 50}, {"C": 1}, kind="reallocate")
    assert made.cost == 1100  # though A alone would do it for 1000
    assert made.delivered.label() == {"L|A": 0.5, "L|B": 0.5}


def test_fill_keeps_the_others_and_reallocate_does_not():
    fixed = three()
    assert run(fixed, {"A": 20, "C": 80}, {"A": 1}).cost == 80 * 20 + 50 + 20 * 12
    assert run(fixed, {"A": 20, "C": 80}, {"A": 1}, kind="reallocate").cost == 40 * 20 + 50 + 60 * 12


def test_a_surcharge_makes_the_emergency_price_cheaper():
    made = run(three(unserved_cost=F(14)), {"A": 100}, {"A": 1}, surcharge=F(1, 4))
    assert made.cost == 1400  # B would cost 15 a unit
    assert dict(made.unserved) == {"L": 100}


def test_a_capacity_lost_in_part():
    made = run(three(), {"A": 40, "B": 60}, {"B": F(1, 2)})
    assert made.cost == 70 * 10 + 30 * 12


def test_who_states_no_capacity_loses_a_part_of_its_award():
    made = run(three(), {"A": 90, "B": 10}, {"A": F(1, 3)})
    assert made.cost == 60 * 10 + 40 * 12


@pytest.mark.parametrize("solver", solvers_installed())
def test_what_nobody_can_deliver_is_an_answer_that_names_the_lot(solver):
    problem = three().without_rules(["R"])
    made = run(problem, {"A": 100}, {"A": 1, "C": 1}, solver=solver)
    assert made.status == "infeasible"
    assert made.cost is None
    assert {key: float(amount) for key, amount in made.unserved.items()} == {"L": pytest.approx(40)}


def test_a_whole_lot_stays_whole():
    made = run(three(indivisible=True), {"A": 100}, {"A": 1})
    assert made.cost == 100 * 20 + 50  # B could do 60 units, not the lot
    assert made.delivered.label() == {"L|C": 1.0}


def test_penalties_of_the_award_stay():
    problem = three().replace(rules={"R": Rule(id="R", kind="max_winners", value=F(1), penalty=F(7))})
    assert run(problem, {"A": 50, "B": 50}, {"C": 1}).cost == 1107
    assert run(problem, {"A": 50, "B": 50}, {"B": 1}).cost == 1007


@pytest.mark.parametrize("seed", range(6))
def test_every_award_of_a_random_problem_costs_what_a_linear_program_says(seed):
    rng = np.random.default_rng(seed)
    problem = drawn_problem(rng, problem_of)
    lost = {"A": F(1), "B": F(1, 2)} if seed % 2 else {"C": F(1, 4), "B": F(1)}
    readings = [reading for reading in every_reading(problem) if reading.feasible]
    picked = rng.permutation(len(readings))[:6].tolist()
    assert picked
    for at in picked:
        audit = audit_award(problem, readings[at].award)
        made = cost_in_scenario(
            audit, Failure("x", lost, F(1)), Recourse(unserved_cost=F(15), surcharge=F(1, 10)), solver="scipy",
            time_limit=20,
        )  # fmt: skip
        want = recourse_cost(problem, readings[at].award, lost, 15.0, surcharge=0.1)
        if not set(lost) & set(audit.suppliers):
            want = float(audit.stages[0])
        assert made.status == "optimal"
        assert float(made.cost) == pytest.approx(want, abs=1e-6)
