"""One award in all scenarios: figures, worst, who matters most, what is left over, errors of draws."""

from __future__ import annotations

from fractions import Fraction

import pytest

from award_problems import problem_of
from supplier_eval.award.analysis_arguments import Ends
from supplier_eval.award.audit import audit_award
from supplier_eval.award.awarded import Award
from supplier_eval.award.disruption_figures import risk_figures
from supplier_eval.award.disruption_profile import profile_of
from supplier_eval.award.disruption_recourse import Recourse
from supplier_eval.award.disruption_scenarios import independent_failures
from supplier_eval.award.parts import Bid, Lot, Supplier

F = Fraction
PROBLEM = problem_of(
    [Lot(id="L", demand=F(10), unserved_cost=F(30))],
    [Supplier(id=key) for key in "ABC"],
    [Bid(lot="L", supplier=key, price=F(price)) for key, price in zip("ABC", (4, 5, 6), strict=True)],
    grid=10,
)
LEVEL = F(9, 10)
CHANCES = {"A": F(1, 10), "B": F(1, 5), "C": F(0)}


def profile(units, chances=CHANCES, *, problem=PROBLEM, level=LEVEL, seconds=20.0, **failures):
    audit = audit_award(problem, Award(10, {("L", key, ""): n for key, n in units.items()}))
    made = independent_failures(chances, **failures)
    return profile_of(audit, made, Recourse(), level, solver="scipy", ends=Ends(seconds))


def test_figures_by_hand():
    made = profile({"A": 10})
    costs = {one.failure.id: one.cost for one in made.scenarios}
    assert costs == {"-": 40, "A": 50, "B": 40, "A+B": 60}
    assert made.figures.expected == F(72 + 18, 100) * 40 + F(8, 100) * 50 + F(2, 100) * 60
    assert (made.figures.var, made.figures.cvar) == (40, F(8, 10) * 50 + F(2, 10) * 60)
    assert made.proven
    assert made.unserved_probability == 0
    assert [one.failure.id for one in made.worst] == ["A+B"]


def test_who_matters_most():
    made = profile({"A": 5, "B": 5})
    # A fails alone (0.08): 50; both (0.02): 60; B alone (0.18): 40; plain 45
    assert made.by_supplier["A"].probability == F(1, 10)
    assert made.by_supplier["A"].extra == (F(8, 100) * 50 + F(2, 100) * 60) / F(1, 10) - 45
    assert made.by_supplier["B"].extra == (F(18, 100) * 40 + F(2, 100) * 60) / F(1, 5) - 45
    assert made.costliest == ("A",)


def test_suppliers_that_matter_equally_are_all_named():
    problem = PROBLEM.replace(bids={key: bid for key, bid in PROBLEM.bids.items() if key[1] != "C"})
    problem = problem.with_bid(Bid(lot="L", supplier="B", price=F(4)))
    assert profile({"A": 5, "B": 5}, dict.fromkeys("AB", F(1, 10)), problem=problem).costliest == ("A", "B")


def test_nobody_matters_where_nobody_can_fail():
    made = profile({"A": 10}, dict.fromkeys("ABC", F(0)))
    assert made.figures.expected == made.figures.cvar == made.cost == 40
    assert made.costliest == ()
    assert dict(made.by_supplier) == {}


def test_unserved_where_everybody_fails():
    made = profile({"A": 10}, dict.fromkeys("ABC", F(1, 2)))
    assert made.unserved_probability == F(1, 8)
    assert made.worst[0].cost == 300


def test_what_is_left_over_bounds_the_figures():
    whole = profile({"A": 10}, dict.fromkeys("ABC", F(1, 5)))
    cut = profile({"A": 10}, dict.fromkeys("ABC", F(1, 5)), most=4)
    assert cut.failures.at_once == 1
    low, high = cut.bounds
    assert low.expected <= whole.figures.expected <= high.expected
    assert low.cvar <= whole.figures.cvar <= high.cvar
    rest = cut.failures.leftover
    assert rest == 3 * F(1, 25) * F(4, 5) + F(1, 125)
    assert high.expected == low.expected + rest * (40 + 300)
    assert whole.bounds is None
    strict = PROBLEM.replace(lots={"L": Lot(id="L", demand=F(10))})
    assert profile({"A": 10}, dict.fromkeys("ABC", F(1, 5)), problem=strict, most=4).bounds[1] is None


def test_draws_have_standard_errors():
    made = profile({"A": 10}, draws=2000, seed=4)
    exact = profile({"A": 10})
    expected, cvar = made.errors
    assert abs(made.figures.expected - exact.figures.expected) < 4 * expected
    assert abs(made.figures.cvar - exact.figures.cvar) < 4 * cvar
    assert exact.errors is None
    assert exact.unserved_error is None
    assert made.unserved_error == pytest.approx(1 - 0.05 ** (1 / 2000))  # 0 of 2000 draws
    often = profile({"A": 10}, dict.fromkeys("ABC", F(1, 2)), draws=2000, seed=4)
    share = float(often.unserved_probability)
    assert often.unserved_error == pytest.approx((share * (1 - share) / 1999) ** 0.5)


def test_without_a_way_to_serve_there_is_no_expected_cost():
    problem = PROBLEM.replace(lots={"L": Lot(id="L", demand=F(10))})
    made = profile({"A": 10}, dict.fromkeys("ABC", F(1, 2)), problem=problem)
    assert made.figures is None
    assert [one.failure.id for one in made.infeasible] == ["A+B+C"] == [one.failure.id for one in made.worst]
    assert made.unserved_probability == F(1, 8)
    assert set(made.costliest) == set("ABC")
    assert made.by_supplier["A"].extra is None


def test_scenarios_that_time_does_not_reach_say_so():
    made = profile({"A": 10}, seconds=0.0)
    assert {one.failure.id: one.status for one in made.scenarios} == {
        "-": "optimal",
        "A": "no_award_found",
        "B": "optimal",
        "A+B": "no_award_found",
    }
    assert not made.complete


def test_equal_figures_whatever_the_level_where_one_cost_is_certain():
    made = profile({"C": 10}, level=F(1, 2))
    assert made.figures == risk_figures([(F(60), F(1))], F(1, 2))
